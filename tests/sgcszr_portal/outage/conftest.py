"""A point of a decision, whose files lie in a folder of the test, and who writes to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.models import DecisionPoint
from revisions.sent_once import new_token
from tests.resolutions.factory import PDF, decision
from tests.sgcszr_portal.archive.portal import files_in


def quiet(client: Client) -> Client:
    """A client that shows what a visitor would see."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    with files_in(tmp_path / "media"):
        yield tmp_path / "media"


@pytest.fixture
def point(secretariat: User, media: Path) -> DecisionPoint:
    return decision("recommendation", by=secretariat).points.get()


def note(client: Client, point: DecisionPoint, token: str = "", **headers: str) -> Any:
    """Send a note on a point, with a file."""
    said = {
        "text": "Получено письмо. " * 110,  # more than fits on the pages that a file has
        "happened_on": "2024-07-01",
        "version": str(point.version),
        "attachments": SimpleUploadedFile("Письмо.pdf", PDF),
        "form_token": token or new_token(),
    }
    return quiet(client).post(reverse("point_step", args=["decision", point.number, "note"]), said, headers=headers)
