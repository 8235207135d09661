"""The import without a browser."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from municipalities.management.commands.import_municipalities import bar
from municipalities.models import Municipality, ParticipationRecord, WorkbookImport
from tests.municipalities.factory import statement
from tests.municipalities.imports.books import exported, with_cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(kostroma: Municipality, tmp_path: Path) -> Path:
    statement(kostroma)
    path = tmp_path / "книга.xlsx"
    path.write_bytes(with_cells(exported(), I5="Письмо № 9"))
    return path


def run(book: Path, *options: str, by: str = "secretariat@example.org") -> str:
    output = StringIO()
    call_command("import_municipalities", str(book), "--by", by, *options, stdout=output)
    return output.getvalue()


def test_without_apply_it_only_shows(secretariat: User, book: Path) -> None:
    said = run(book)
    assert "Кострома, Основание: Письмо администрации → Письмо № 9" in said
    assert "Строк: 1, изменений: 1, муниципальных образований: 1, ошибок: 0." in said
    assert ParticipationRecord.objects.count() == 1


def test_with_apply_it_writes_and_logs(secretariat: User, book: Path) -> None:
    assert "Загружено. Запись в журнале" in run(book, "--apply")
    assert ParticipationRecord.objects.filter(basis="Письмо № 9", actor=secretariat).count() == 1
    assert WorkbookImport.objects.get().state == "applied"


def test_errors_are_named_and_nothing_is_written(secretariat: User, book: Path) -> None:
    book.write_bytes(with_cells(exported(), G5="?", I5="Иное"))
    with pytest.raises(CommandError, match="не загружено ничего"):
        run(book, "--apply")
    assert ParticipationRecord.objects.count() == 1


def test_only_the_secretariat_imports(chair: User, book: Path) -> None:
    for stranger in ("chair@example.org", "nobody@example.org"):
        with pytest.raises(CommandError, match="No active user"):
            run(book, by=stranger)


def test_what_is_no_workbook_gets_a_sentence(secretariat: User, book: Path) -> None:
    book.write_bytes(b"name;status")
    with pytest.raises(CommandError, match="Это не книга Excel"):
        run(book)


def test_the_bar_fills() -> None:
    lines: list[str] = []
    draw = bar(lines.append)
    draw(500, 1000)
    draw(1000, 1000)
    assert lines == [f"[{'#' * 15}{'.' * 15}] 500 из 1000", f"[{'#' * 30}] 1000 из 1000"]
