"""The import without a browser."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from municipalities.importing.batches import discard
from municipalities.importing.comparing import NOT_AN_EXPORT
from municipalities.management.commands import import_municipalities as command
from municipalities.models import Municipality, ParticipationRecord, WorkbookImport
from tests.meanwhile import meanwhile
from tests.municipalities.factory import statement
from tests.municipalities.imports.books import KOSTROMA, exported, table, with_cells

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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


def test_notes_and_warnings_are_shown_too(secretariat: User, book: Path) -> None:
    book.write_bytes(table((*KOSTROMA[:4], 270000, *KOSTROMA[5:], "27.06.2024", "Письмо администрации")))
    said = run(book).splitlines()
    assert said[0] == NOT_AN_EXPORT
    assert any(line.startswith("Кострома: Источник сведений о численности будет очищен") for line in said)


def test_a_colleague_who_is_quicker_is_not_overwritten(secretariat: User, book: Path, kostroma: Municipality) -> None:
    def change() -> None:
        Municipality.objects.filter(pk=kostroma.pk).update(population=270000, version=2)

    with meanwhile(command, "apply", change), pytest.raises(CommandError, match="Сведения на портале изменились"):
        run(book, "--apply")
    assert not ParticipationRecord.objects.filter(basis="Письмо № 9").exists()


def test_an_upload_that_a_colleague_discards_is_not_applied(secretariat: User, book: Path) -> None:
    with (
        meanwhile(command, "apply", lambda: discard(WorkbookImport.objects.get(), by=secretariat)),
        pytest.raises(CommandError, match="отменено"),
    ):
        run(book, "--apply")
    assert not ParticipationRecord.objects.filter(basis="Письмо № 9").exists()


def test_a_terminal_sees_the_rows_being_read_and_a_log_does_not(
    secretariat: User, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_terminal, seen in ((True, "\rПрочитано строк: 1\n"), (False, "")):
        errors = StringIO()
        monkeypatch.setattr("sys.stderr.isatty", lambda answer=is_terminal: answer)
        call_command("import_municipalities", str(book), "--by", secretariat.email, stdout=StringIO(), stderr=errors)
        assert errors.getvalue() == seen


def test_a_file_that_is_not_there_is_named(secretariat: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no file"):
        run(tmp_path / "пропавшая.xlsx")
