"""The personas of the tests, and a client for each."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, User
from municipalities.models import FederalDistrict, Municipality, Representative

ClientFor = Callable[[User | None], Client]


@pytest.fixture
def secretariat(db: None) -> User:
    return User.objects.create_user("secretariat@example.org", name="С.С. Секретарёва", role=Role.SECRETARIAT)


@pytest.fixture
def chair(db: None) -> User:
    return User.objects.create_user("chair@example.org", name="Н.В. Корягина", role=Role.CHAIR)


@pytest.fixture
def kostroma(db: None) -> Municipality:
    return Municipality.objects.create(
        name="Кострома",
        region="Костромская область",
        federal_district=FederalDistrict.CENTRAL,
        oktmo="34701000001",
        population=268617,
    )


@pytest.fixture
def arkhangelsk(db: None) -> Municipality:
    return Municipality.objects.create(
        name="Архангельск",
        region="Архангельская область",
        federal_district=FederalDistrict.NORTHWESTERN,
        oktmo="11701000001",
        population=348716,
    )


@pytest.fixture
def kostroma_official(kostroma: Municipality) -> User:
    """Speaks for Кострома and nobody else."""
    official = User.objects.create_user("kostroma@example.org", name="К.К. Костромин", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=kostroma)
    return official


@pytest.fixture
def arkhangelsk_official(arkhangelsk: Municipality) -> User:
    """Speaks for Архангельск and nobody else."""
    official = User.objects.create_user("arkhangelsk@example.org", name="А.А. Архангельский", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=arkhangelsk)
    return official


@pytest.fixture
def client_for(db: None) -> ClientFor:
    """A client logged in as the given user; a stranger's without one."""

    def log_in(user: User | None) -> Client:
        fresh = Client()
        if user is not None:
            fresh.force_login(user)
        return fresh

    return log_in
