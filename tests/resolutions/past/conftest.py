"""What the tests of the past share."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from resolutions.models import DecisionPoint, Instruction, Party, PastImport, PointAction, Resolution, UnionBody
from resolutions.past.loading import load
from tests.conftest import ClientFor
from tests.resolutions.factory import decision, point_step
from tests.resolutions.past.folder import FILE, example_a
from tests.resolutions.past.logged import past_upload

Preview = Callable[[bytes], PastImport]


@pytest.fixture(autouse=True)
def apart(own_files: None) -> None:
    """Every test here keeps workbooks."""


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def preview(secretariat: User) -> Preview:
    """Upload a workbook as the secretariat, and have it read."""
    return lambda book: past_upload(book, by=secretariat)


@pytest.fixture
def loaded(secretariat: User) -> User:
    """The worked example was loaded."""
    load(example_a().rows, by=secretariat, file_name=FILE)
    return secretariat


@pytest.fixture
def done(secretariat: User) -> Resolution:
    """A decision with an appeal, a recommendation and thanks, under which nothing was done yet."""
    return decision("appeal", "recommendation", "gratitude", by=secretariat)


@pytest.fixture
def shared(done: Resolution, secretariat: User) -> DecisionPoint:
    """The recommendation, which all members carry out."""
    point = done.points.get(number=2)
    parties = Party.objects
    all_members = Instruction(parties.all_members(), parties.of_body(UnionBody.CHAIR), due_on=dt.date(2024, 12, 1))
    point_step(point, PointAction.INSTRUCT, by=secretariat, text="", instruction=all_members)
    return point
