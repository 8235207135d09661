"""The decision of 27 June 2024 with its whole life."""

import pytest

from accounts.models import User
from tests.resolutions.execution.life import Life


@pytest.fixture
def life(secretariat: User) -> Life:
    lived = Life(secretariat)
    lived.live()
    return lived
