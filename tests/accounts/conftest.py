"""What the tests of people share."""

import pytest
from django.core.cache import cache

from accounts.models import User
from accounts.roles import Role

PASSWORD = "Вологда-Кострома-1152"


@pytest.fixture(autouse=True)
def no_code_was_used(db: None) -> None:
    """allauth keeps the used codes of the second factor in the cache; each test begins without any."""
    cache.clear()


@pytest.fixture
def colleague(db: None) -> User:
    """A second person of the secretariat."""
    return User.objects.create_user(
        "colleague@example.org", PASSWORD, name="В.В. Второва", position="Специалист", role=Role.SECRETARIAT
    )


@pytest.fixture
def deputy(db: None) -> User:
    """Somebody of a municipality who can be appointed."""
    return User.objects.create_user("deputy@example.org", name="З.З. Заместителев", role=Role.MUNICIPAL)
