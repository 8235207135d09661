"""What the tests of the import share."""

from collections.abc import Callable

import pytest

from accounts.models import User
from municipalities.importing.batches import start
from municipalities.importing.plan import Plan
from municipalities.models import WorkbookImport
from tests.municipalities.imports.books import upload

Preview = Callable[..., WorkbookImport]


@pytest.fixture(autouse=True)
def apart(own_files: None) -> None:
    """Every test here keeps workbooks."""


@pytest.fixture(autouse=True)
def letters(written_columns: None) -> None:
    """Tests of the import write into cells by their letters."""


@pytest.fixture
def preview(secretariat: User) -> Preview:
    """Upload workbooks as the secretariat."""

    def load(*books: bytes) -> WorkbookImport:
        names = [f"файл {number}.xlsx" for number in range(1, len(books) + 1)] if len(books) > 1 else ["реестр.xlsx"]
        return start([upload(book, name) for book, name in zip(books, names, strict=True)], by=secretariat)

    return load


def plan_of(batch: WorkbookImport) -> Plan:
    return Plan.from_json(batch.plan)


def cells_of(batch: WorkbookImport) -> list[tuple[str, str, str, str]]:
    """What changes: municipality, column, old, new."""
    return [
        (change.name, cell.column, cell.before, cell.after)
        for change in plan_of(batch).changes
        for cell in change.cells
    ]


def errors_of(batch: WorkbookImport) -> list[tuple[str, str]]:
    """What is wrong: the cell and the sentence."""
    return [(f"{error.letter}{error.row}", error.text) for error in plan_of(batch).errors]
