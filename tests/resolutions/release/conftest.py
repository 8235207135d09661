"""A letter that is written, and one that left."""

import pytest

from accounts.models import User
from resolutions.models import (
    Letter,
    Resolution,
)
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.factory import register, step
from tests.resolutions.release.helpers import FIELDS


@pytest.fixture
def letter(adopted: Resolution, secretariat: User) -> Letter:
    """A registered letter."""
    made = draft_letter(adopted, **FIELDS)
    register(made, by=secretariat)
    return made


@pytest.fixture
def sent(letter: Letter, secretariat: User) -> Letter:
    """One that left on paper: nothing was issued of it."""
    step(letter, "send", by=secretariat, channel="post")
    return letter
