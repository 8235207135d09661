"""A point that is a city's work."""

import pytest

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import (
    DecisionPoint,
    Party,
)
from tests.conftest import ClientFor
from tests.resolutions.parties.helpers import DUE
from tests.resolutions.steps import Life, assign


@pytest.fixture
def life(client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality) -> Life:
    """A point that is Кострома's work, controlled by the chair."""
    assign(point, Party.objects.of_municipality(kostroma.pk), by=secretariat, due_on=DUE)
    return Life(client_for, point)
