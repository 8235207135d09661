"""An exported workbook, opened and saved by LibreOffice itself, comes back as it was."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from openpyxl import load_workbook

from accounts.models import User
from municipalities.importing.batches import start
from municipalities.models import Municipality, WorkbookImport
from tests.municipalities.factory import city, statement
from tests.municipalities.imports.books import exported, saved, upload
from tests.municipalities.imports.conftest import cells_of, errors_of, plan_of
from tests.office.soffice import converted

pytestmark = [pytest.mark.django_db, pytest.mark.office]


@pytest.fixture
def cities(db: None) -> None:
    """The twenty of the seed, and texts that a spreadsheet likes to misunderstand."""
    call_command("seed", verbosity=0)
    for number, name in enumerate(["=1+1", "+7 999", "-1", "@Ё", "2024-06-27", "00123"], start=1):
        statement(city(name, number, population=None), basis=name)


def through_libreoffice(book: bytes, folder: Path) -> bytes:
    """Open and save."""
    return converted(book, "xlsx", "xlsx", folder)


def preview(book: bytes, by: User, folder: Path) -> WorkbookImport:
    media = folder / "media"
    media.mkdir(exist_ok=True)
    with override_settings(MEDIA_ROOT=media):
        return start([upload(book)], by=by)


def test_what_libreoffice_saved_has_no_changes(cities: None, secretariat: User, tmp_path: Path) -> None:
    batch = preview(through_libreoffice(exported(), tmp_path), secretariat, tmp_path)
    assert (errors_of(batch), cells_of(batch)) == ([], [])
    assert batch.rows == Municipality.objects.count()
    assert plan_of(batch).notes == []  # the hidden sheet is still there


def test_ten_edited_cells_are_ten_changes(cities: None, secretariat: User, tmp_path: Path) -> None:
    book = load_workbook(through_file(through_libreoffice(exported("sort=oktmo"), tmp_path), tmp_path))
    sheet = book.worksheets[0]
    edits: dict[str, Any] = {"E12": 111111, "E13": 222222, "A14": "Иное имя", "B15": "Иная область"}
    for row in (16, 17):
        edits |= {f"G{row}": "Планирует участие", f"H{row}": dt.date(2025, 2, 3), f"I{row}": f"Письмо № {row}"}
    for coordinate, value in edits.items():
        assert sheet[coordinate].value != value
        sheet[coordinate].value = value
    batch = preview(through_libreoffice(saved(book), tmp_path), secretariat, tmp_path)
    assert errors_of(batch) == []
    assert (batch.changed_cells, batch.changed_municipalities) == (10, 6)
    assert {after for _, _, _, after in cells_of(batch)} >= {"111\u00a0111", "Иное имя", "03.02.2025", "Письмо № 17"}


def through_file(content: bytes, folder: Path) -> Path:
    path = folder / "saved.xlsx"
    path.write_bytes(content)
    return path
