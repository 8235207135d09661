"""No request lays out what is long: papers that may be long are made by the worker."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import User
from documents import engine
from documents.models import PreparedFile
from documents.word import WordPaper
from tests.access_table import TABLE
from tests.conftest import ClientFor
from tests.reading import to_the_end
from tests.world import world  # noqa: F401 - a fixture: the portal with one of everything

# What is short: one decision, one letter, one document; and workbooks of rows, which are written as a stream.
SHORT = {
    "appeal_pdf",
    "decision_docx",
    "decision_pdf",
    "document_copy",
    "letter_docx",
    "letter_pdf",
    "municipalities_export",
    "municipality_import_errors",
    "municipality_questionnaire",
    "past_import_errors",
    "past_template",
}


@pytest.fixture
def laid_out() -> Iterator[list[str]]:
    """Where something was laid out meanwhile: the names of the functions."""
    noted: list[str] = []

    def noting(owner: object, name: str) -> AbstractContextManager[object]:
        real = getattr(owner, name)

        def note(*args: object, **kwargs: object) -> object:
            noted.append(name)
            return real(*args, **kwargs)

        return patch.object(owner, name, note)

    with noting(engine, "_lay_out"), noting(WordPaper, "content"), noting(Workbook, "save"):
        yield noted


@pytest.mark.slow
def test_only_what_is_short_is_laid_out_in_a_request(
    world: dict[object, object],  # noqa: F811
    client_for: ClientFor,
    secretariat: User,
    laid_out: list[str],
) -> None:
    visitor, found = client_for(secretariat), set()
    for line in TABLE:
        if line.get and line.is_ours:
            laid_out.clear()
            to_the_end(visitor.get(reverse(line.name, args=[world.get(arg, arg) for arg in line.args])))
            found |= {line.name} if laid_out else set()
    assert found == SHORT
    assert PreparedFile.objects.exists()
