"""The personas of the tests, and a client for each."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, User

ClientFor = Callable[[User | None], Client]


@pytest.fixture
def secretariat(db: None) -> User:
    return User.objects.create_user("secretariat@example.org", name="С.С. Секретарёва", role=Role.SECRETARIAT)


@pytest.fixture
def chair(db: None) -> User:
    return User.objects.create_user("chair@example.org", name="Н.В. Корягина", role=Role.CHAIR)


@pytest.fixture
def client_for(db: None) -> ClientFor:
    """A client logged in as the given user; a stranger's without one."""

    def log_in(user: User | None) -> Client:
        fresh = Client()
        if user is not None:
            fresh.force_login(user)
        return fresh

    return log_in
