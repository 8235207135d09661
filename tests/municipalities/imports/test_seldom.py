"""What seldom happens to an import: merged cells, quicker colleagues, memories written over, dates of the standard."""

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import User
from background.models import LiveWorker
from municipalities import jobs
from municipalities.importing import comparing
from municipalities.importing.applying import apply
from municipalities.importing.batches import RefusedFiles, discard
from municipalities.importing.forms import MAX_FILES
from municipalities.importing.plan import digest
from municipalities.models import ImportState, Municipality, ParticipationRecord, WorkbookImport
from municipalities.workbook import MEMORY_FORMAT, MEMORY_MARK, MEMORY_SHEET
from tests.conftest import ClientFor
from tests.meanwhile import meanwhile
from tests.municipalities.factory import statement
from tests.municipalities.imports.books import KOSTROMA, edited, exported, saved, table, upload, with_cells
from tests.municipalities.imports.conftest import Preview, cells_of, errors_of, plan_of
from tests.municipalities.imports.hostile import FILES
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/import/"
SINCE = dt.datetime(2024, 6, 27)  # noqa: DTZ001 - a cell of a workbook knows no time zone


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture(autouse=True)
def city(kostroma: Municipality) -> None:
    """Кострома stands in row 5 of an export."""
    statement(kostroma)


@pytest.fixture
def batch(preview: Preview) -> WorkbookImport:
    """A new basis for Кострома, in preview."""
    return preview(with_cells(exported(), I5="Письмо № 2"))


def page(client: Client, batch: WorkbookImport) -> str:
    return client.get(f"{URL}{batch.pk}/").content.decode()


def annotated(client: Client, batch: WorkbookImport) -> Any:
    return client.get(f"{URL}{batch.pk}/files/{batch.files.get().pk}/errors.xlsx", follow=True)


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """The workbook with another text of one part."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as source, zipfile.ZipFile(output, "w") as target:
        assert name in source.namelist()
        for one in source.namelist():
            target.writestr(one, content if one == name else source.read(one))
    return output.getvalue()


def remembering(*lines: str) -> bytes:
    """An export in whose hidden sheet stands something else."""
    book = load_workbook(BytesIO(with_cells(exported(), I5="Письмо № 2")))
    del book[MEMORY_SHEET]
    hidden = book.create_sheet(MEMORY_SHEET)
    for line in lines:
        hidden.append([line])
    return saved(book)


def test_the_comment_on_a_merged_cell_stands_where_it_is_seen(secretary: Client, preview: Preview) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("F5:G5")

    answer = annotated(secretary, preview(edited(exported(), merge)))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert "Значение не указано" in sheet["F5"].comment.text


def test_a_workbook_that_bears_no_comments_is_told_of(secretary: Client, preview: Preview) -> None:
    def comment(sheet: Worksheet) -> None:
        sheet["A1"].comment, sheet["G5"].value = Comment("Проверить", "Кто-то"), "Чемпион"

    refused = preview(with_part(edited(exported(), comment), "xl/comments/comment1.xml", b"<comments>"))
    answer = annotated(secretary, refused)
    assert answer.redirect_chain == [(f"{URL}{refused.pk}/", 302)]
    assert "Файл повреждён: откройте его в Excel" in answer.content.decode()


def test_of_a_table_that_is_the_same_nothing_is_loaded(secretary: Client, preview: Preview) -> None:
    same = preview(exported())
    answer = secretary.post(f"{URL}{same.pk}/apply/", {"seen": digest(same.plan)}, follow=True)
    assert "Загружать нечего: изменений в файле нет." in answer.content.decode()
    same.refresh_from_db()
    assert same.state == "preview"


def test_a_stored_plan_cannot_change_what_is_not_for_a_workbook(batch: WorkbookImport, secretariat: User) -> None:
    batch.plan["changes"][0]["facts"] = {"oktmo": "99999999"}
    batch.save()
    with pytest.raises(ValidationError, match="oktmo is not for a workbook"):
        apply(batch, seen=digest(batch.plan), by=secretariat)
    assert Municipality.objects.get().oktmo == KOSTROMA[3]


def test_only_somebody_decides(batch: WorkbookImport) -> None:
    with pytest.raises(ValueError, match="somebody who decides"):
        batch.move(ImportState.APPLIED)


def test_what_was_decided_is_not_discarded(secretary: Client, batch: WorkbookImport) -> None:
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": digest(batch.plan)})
    run_tasks()
    answer = secretary.post(f"{URL}{batch.pk}/discard/", follow=True)
    assert f"Загрузка № {batch.pk}: загружено. Загрузите файл ещё раз." in answer.content.decode()
    assert ParticipationRecord.objects.filter(basis="Письмо № 2").exists()


def test_what_a_colleague_discards_is_not_compared_anew(
    secretary: Client, batch: WorkbookImport, secretariat: User
) -> None:
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": "0" * 32})
    with meanwhile(jobs, "look_again", lambda: discard(batch, by=secretariat)):
        run_tasks()
    assert "Отменено, на портале ничего не изменилось" in page(secretary, batch)
    assert not ParticipationRecord.objects.filter(basis="Письмо № 2").exists()


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"PK\x03\x04"), Path.unlink])
def test_a_kept_file_that_is_damaged_is_not_compared_anew(
    secretary: Client, batch: WorkbookImport, damage: Callable[[Path], object]
) -> None:
    damage(Path(batch.files.get().file.path))
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": "0" * 32})
    run_tasks()
    assert "В файле есть ошибки, поэтому не загружено ничего." in page(secretary, batch)
    assert not ParticipationRecord.objects.filter(basis="Письмо № 2").exists()


def test_what_is_damaged_and_discarded_meanwhile_stays_discarded(
    secretary: Client, batch: WorkbookImport, secretariat: User
) -> None:
    Path(batch.files.get().file.path).unlink()
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": "0" * 32})
    with meanwhile(jobs, "show", lambda: discard(batch, by=secretariat)):
        run_tasks()
    assert "Отменено, на портале ничего не изменилось" in page(secretary, batch)


def test_what_was_discarded_before_the_worker_came_is_left_alone(secretary: Client, batch: WorkbookImport) -> None:
    for seen in ("0" * 32, digest(batch.plan)):
        secretary.post(f"{URL}{batch.pk}/apply/", {"seen": seen})
        secretary.post(f"{URL}{batch.pk}/discard/")
        run_tasks()
        assert "Отменено, на портале ничего не изменилось" in page(secretary, batch)
        WorkbookImport.objects.update(state=ImportState.PREVIEW, decided_at=None, decided_by_name="")
    assert not ParticipationRecord.objects.filter(basis="Письмо № 2").exists()


def test_a_formula_far_below_is_found_by_the_worker(secretary: Client, kostroma: Municipality) -> None:
    make, sentence = FILES["formulas"]
    secretary.post(URL, {"workbooks": upload(make())})
    run_tasks()
    batch = WorkbookImport.objects.get()
    assert batch.state == ImportState.REFUSED
    assert sentence in page(secretary, batch)


def test_what_the_records_refuse_is_told_and_nothing_is_written(secretary: Client, batch: WorkbookImport) -> None:
    batch.plan["changes"][0]["statement"]["basis"] = ""
    batch.save()
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": digest(batch.plan)})
    run_tasks()
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEW
    assert "Ничего не загружено." in page(secretary, batch)
    assert ParticipationRecord.objects.count() == 1


def test_the_page_waits_and_says_when_no_worker_lives(secretary: Client, batch: WorkbookImport) -> None:
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": digest(batch.plan)})
    assert "Загружается 1\xa0строка." in page(secretary, batch)
    assert "обработчик очереди не работает" in page(secretary, batch)
    LiveWorker.objects.create(key="one")
    assert "обработчик очереди не работает" not in page(secretary, batch)
    WorkbookImport.objects.update(state=ImportState.READING, rows=5)
    assert "прочитано 5\xa0строк" in page(secretary, batch)


@pytest.mark.parametrize(("seen", "note"), [("", ""), (None, "загрузка остановилась из-за сбоя на портале")])
def test_what_the_worker_gave_up_on_is_said_and_tried_again(
    secretary: Client, batch: WorkbookImport, seen: str | None, note: str
) -> None:
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": digest(batch.plan) if seen is None else seen})
    refused = secretary.post(f"{URL}{batch.pk}/again/", follow=True)
    assert "повторять нечего" in refused.content.decode()
    DBTaskResult.objects.update(status="FAILED")
    assert "Загрузка остановилась из-за сбоя на портале." in page(secretary, batch)
    assert "every 2s" not in page(secretary, batch)
    secretary.post(f"{URL}{batch.pk}/again/")
    run_tasks()
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEW
    assert note in page(secretary, batch)
    assert not ParticipationRecord.objects.filter(basis="Письмо № 2").exists()


def test_the_fragment_that_waits_is_exchanged_and_then_the_whole_page(secretary: Client, batch: WorkbookImport) -> None:
    asks = {"HX-Request": "true", "HX-Target": "under-way"}
    secretary.post(f"{URL}{batch.pk}/apply/", {"seen": digest(batch.plan)})
    fragment = secretary.get(f"{URL}{batch.pk}/", headers=asks)
    assert "<html" not in fragment.content.decode()
    assert "Загружается 1" in fragment.content.decode()
    run_tasks()
    assert secretary.get(f"{URL}{batch.pk}/", headers=asks)["HX-Refresh"] == "true"


def test_more_than_fifty_files_are_too_many(secretary: Client) -> None:
    answer = secretary.post(URL, {"workbooks": [upload(b"x", f"{number}.xlsx") for number in range(MAX_FILES + 1)]})
    assert answer.status_code == 422
    assert f"За один раз – не больше {MAX_FILES} файлов." in answer.content.decode()


def test_of_very_many_errors_the_first_are_shown(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MAX_ERRORS", 2)
    refused = preview(with_cells(exported(), C5="ЦФО", G5="Чемпион", H5="вчера"))
    assert [cell for cell, _ in errors_of(refused)] == ["C5", "G5"]
    assert "Ошибок слишком много: показаны первые, дальше файл не прочитан." in plan_of(refused).notes


@pytest.mark.parametrize(("typed", "read"), [(True, "ИСТИНА"), (False, "ЛОЖЬ"), (SINCE, "27.06.2024")])
def test_a_text_that_excel_took_for_something_else_is_read_back(preview: Preview, typed: object, read: str) -> None:
    assert cells_of(preview(with_cells(exported(), I5=typed)))[0][3] == read


def test_dates_are_read_as_the_standard_writes_them_too(preview: Preview) -> None:
    book = load_workbook(BytesIO(table((*KOSTROMA, dt.date(2025, 3, 1), "Письмо администрации"))))
    book.worksheets[0]["H2"].value = dt.date(2025, 3, 1)
    book.iso_dates = True
    assert [cell[1:] for cell in cells_of(preview(saved(book)))] == [("По состоянию на", "27.06.2024", "01.03.2025")]


HEAD = json.dumps({"mark": MEMORY_MARK, "format": MEMORY_FORMAT})


@pytest.mark.parametrize("lines", [["{}"], ["заметки"], [HEAD, "{}"], [HEAD, '"x"'], ["[]"]])
def test_a_memory_that_somebody_wrote_in_is_none(preview: Preview, lines: list[str]) -> None:
    loaded = preview(remembering(*lines))
    assert plan_of(loaded).notes == [comparing.NOT_AN_EXPORT]
    assert [cell for _, cell, _, _ in cells_of(loaded)] == ["Основание"]


def test_an_export_of_another_version_is_refused(preview: Preview) -> None:
    with pytest.raises(RefusedFiles, match="Файл выгружен другой версией портала: выгрузите таблицу ещё раз"):
        preview(remembering(json.dumps({"mark": MEMORY_MARK, "format": MEMORY_FORMAT + 1})))


def test_an_upload_is_called_by_its_number_and_a_file_by_its_name(batch: WorkbookImport) -> None:
    assert (str(batch), str(batch.files.get())) == (f"Загрузка № {batch.pk}", "реестр.xlsx")
