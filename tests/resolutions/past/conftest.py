"""What the tests of the past share."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from resolutions.models import PastImport
from tests.conftest import ClientFor
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
