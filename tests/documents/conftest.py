"""Papers to print and documents to issue."""

import datetime as dt
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import override_settings
from pypdf import PdfReader

from accounts.models import User
from documents.engine import Paper, render_pdf
from documents.issuing import issue
from documents.models import DocumentKind, IssuedDocument
from documents.verification import Verification
from tests.documents.texts import DECISION, LETTER

CREATED = dt.datetime(2024, 6, 27, 9, 30, tzinfo=dt.UTC)
VERIFICATION = Verification("7K2M-XQ9A-3FTR", "https://portal.example/verify/7K2M-XQ9A-3FTR/")

Issue = Callable[..., IssuedDocument]


def decision_paper(**context: Any) -> Paper:
    """The decision of 27 June 2024; the context can be changed."""
    return Paper(
        template="documents/decision.html",
        context={"text": DECISION, "is_draft": False, "verification": None, **context},
        title="Решение от 27 июня 2024 г.",
        author=DECISION.union_name,
        created=CREATED,
        data='{"заголовок": "Решение"}'.encode(),
        data_name="decision.json",
    )


def letter_paper(**context: Any) -> Paper:
    """A letter; the context can be changed."""
    return Paper(
        template="documents/letter.html",
        context={"letter": LETTER, "is_draft": False, "verification": None, **context},
        title="Обращение",
        author=DECISION.union_name,
        created=CREATED,
    )


def opened(paper: Paper) -> PdfReader:
    """The printed paper, open for reading."""
    return PdfReader(BytesIO(render_pdf(paper)))


@pytest.fixture
def issued_files(tmp_path: Path) -> Iterator[Path]:
    """An empty storage of issued documents, for this test alone."""
    place, media = tmp_path / "issued", tmp_path / "media"
    media.mkdir()
    options = {"BACKEND": "documents.storage.IssuedStorage", "OPTIONS": {"location": place}}
    with override_settings(STORAGES={**storages.backends, "issued": options}, MEDIA_ROOT=media):
        yield place


@pytest.fixture
def issue_document(issued_files: Path, chair: User) -> Issue:
    """Issue a small document; any argument of `issue` can be given."""

    def make(**changes: Any) -> IssuedDocument:
        arguments: dict[str, Any] = {
            "kind": DocumentKind.DECISION,
            "title": "Решение от 27 июня 2024 г.",
            "build": lambda verification: f"%PDF-1.7 {verification.code} {verification.url}".encode(),
            "by": chair,
            "is_public": True,
        }
        return issue(**{**arguments, **changes})

    return make
