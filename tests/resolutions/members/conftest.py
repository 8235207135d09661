"""A point for all members."""

import pytest

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import (
    DecisionPoint,
    Party,
)
from tests.resolutions.members.helpers import DUE
from tests.resolutions.steps import assign


@pytest.fixture
def shared(point: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality) -> DecisionPoint:
    """A point for all members, of whom there are two."""
    assign(point, Party.objects.all_members(), by=secretariat, due_on=DUE)
    return point
