"""A practice of Кострома, and clients for those who meet over it."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from municipalities.practices.models import Practice
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.practices import factory


@pytest.fixture
def practice(kostroma: Municipality) -> Practice:
    return factory.practice(
        kostroma,
        title="Единый диспетчер",
        direction="governance",
        contact="Отдел связи, 31-00-00",
        link="https://a.example/x",
    )


@pytest.fixture
def pskov_official(db: None) -> User:
    """Speaks for Псков: a third city."""
    official = User.objects.create_user("pskov@example.org", name="П.П. Псковский", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=city("Псков", 58701000))
    return official


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def owner(client_for: ClientFor, kostroma_official: User) -> Client:
    """Logged in for Кострома."""
    return client_for(kostroma_official)


@pytest.fixture
def other(client_for: ClientFor, arkhangelsk_official: User) -> Client:
    """Logged in for Архангельск."""
    return client_for(arkhangelsk_official)
