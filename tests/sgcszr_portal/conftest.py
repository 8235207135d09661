"""A decision with an overdue point."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from resolutions.models import DecisionPoint
from tests.resolutions.factory import decision, instruct


@pytest.fixture
def overdue_point(secretariat: User) -> DecisionPoint:
    """A point whose deadline was yesterday."""
    point = decision("assignment", by=secretariat).points.get()
    instruct(point, by=secretariat, due_on=timezone.localdate() - dt.timedelta(days=1))
    return point
