"""The pages of the import: upload, preview, all or nothing, log."""

import datetime as dt
import hashlib
import re
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.importing.applying import apply
from municipalities.importing.batches import discard
from municipalities.importing.plan import OutdatedPlan, digest
from municipalities.models import ImportedFile, Municipality, ParticipationRecord, WorkbookImport
from municipalities.models import municipality as municipality_module
from municipalities.models.municipality import MunicipalityQuerySet
from tests.conftest import ClientFor
from tests.meanwhile import meanwhile
from tests.municipalities.factory import TODAY, many_cities, statement
from tests.municipalities.imports.books import HEADINGS, edited, exported, table, upload, with_cells
from tests.municipalities.imports.conftest import Preview, cells_of
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/import/"


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def cities(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    """Архангельск in row 5 says nothing, Кострома in row 6 takes part."""
    statement(kostroma)


@pytest.fixture
def batch(cities: None, preview: Preview) -> WorkbookImport:
    """A new status for Архангельск and a new population for Кострома, in preview."""
    cells = {"G5": "Планирует участие", "H5": dt.date(2025, 3, 1), "I5": "Письмо № 7", "E6": 270000}
    return preview(with_cells(exported(), **cells))


def send(client: Client, batch: WorkbookImport, **data: str) -> int:
    """Confirm, and let the worker do what follows."""
    status = client.post(f"{URL}{batch.pk}/apply/", {"seen": digest(batch.plan), **data}).status_code
    run_tasks()
    return status


def shown(client: Client, batch: WorkbookImport) -> str:
    return client.get(f"{URL}{batch.pk}/").content.decode()


def nothing_changed() -> bool:
    versions = set(Municipality.objects.values_list("version", flat=True))
    return versions == {1} and ParticipationRecord.objects.count() == 1


def test_an_upload_leads_to_its_preview(secretary: Client, cities: None) -> None:
    answer = secretary.post(URL, {"workbooks": upload(with_cells(exported(), I6="Письмо № 2"))}, follow=True)
    assert "Портал читает файлы" in answer.content.decode()
    run_tasks()
    text = shown(secretary, WorkbookImport.objects.get())
    assert "<del>Письмо администрации</del> → <ins>Письмо № 2</ins>" in text
    assert "Загрузить: 1\u00a0изменение" in text
    assert nothing_changed()


def test_the_log_keeps_who_what_and_the_file_itself(secretary: Client, cities: None, secretariat: User) -> None:
    book = with_cells(exported(), I6="Письмо № 2")
    secretary.post(URL, {"workbooks": upload(book, "Мой реестр.xlsx")})
    kept = ImportedFile.objects.select_related("batch").get()
    assert (kept.name, kept.size, kept.sha256) == ("Мой реестр.xlsx", len(book), hashlib.sha256(book).hexdigest())
    assert (kept.batch.uploaded_by, kept.batch.uploaded_by_name) == (secretariat, "С.С. Секретарёва")
    assert re.fullmatch(r"imports/[0-9a-f]{32}\.xlsx", kept.file.name)
    answer = secretary.get(f"{URL}{kept.batch.pk}/files/{kept.pk}/")
    assert b"".join(answer) == book
    assert "attachment" in answer["Content-Disposition"]
    assert "Мой реестр.xlsx" in secretary.get(URL).content.decode()


def test_applying_writes_everything_with_its_history(secretary: Client, batch: WorkbookImport) -> None:
    assert send(secretary, batch) == 302
    record = ParticipationRecord.objects.get(status="planned")
    assert (record.municipality.name, record.basis, record.happened_on) == (
        "Архангельск",
        "Письмо № 7",
        dt.date(2025, 3, 1),
    )
    assert (record.text, record.actor_name) == ("Загрузка из файла «реестр.xlsx»", "С.С. Секретарёва")
    kostroma = Municipality.objects.get(name="Кострома")
    assert (kostroma.population, kostroma.population_source, kostroma.version) == (270000, "", 2)
    line = kostroma.history.first()  # type: ignore[attr-defined]  # a manager
    assert (line.history_change_reason, line.history_user_name) == (
        "Загрузка из файла «реестр.xlsx»",
        "С.С. Секретарёва",
    )
    batch.refresh_from_db()
    assert (batch.state, batch.decided_by_name) == ("applied", "С.С. Секретарёва")


def test_fact_and_status_of_one_city_go_together(secretary: Client, cities: None, preview: Preview) -> None:
    assert send(secretary, preview(with_cells(exported(), A6="Кострома-2", I6="Письмо № 2"))) == 302
    kostroma = Municipality.objects.get(name="Кострома-2")
    assert (kostroma.version, kostroma.slug) == (3, "kostroma")
    assert "кострома-2" in kostroma.search_text
    assert cells_of(preview(exported())) == []


def test_what_was_applied_is_not_applied_again(secretary: Client, batch: WorkbookImport) -> None:
    for _ in range(2):
        send(secretary, batch)
    assert ParticipationRecord.objects.count() == 2


def test_a_change_after_the_preview_is_shown_before_anything_is_written(
    secretary: Client, batch: WorkbookImport, kostroma: Municipality, secretariat: User
) -> None:
    kostroma.record_participation(status="pilot", happened_on=TODAY(), basis="Позже", by=secretariat, version=1)
    assert send(secretary, batch) == 302
    assert "после предпросмотра сведения на портале изменились" in shown(secretary, batch)
    assert "Запись изменилась на портале после выгрузки" in shown(secretary, batch)
    assert ParticipationRecord.objects.count() == 2
    batch.refresh_from_db()
    assert send(secretary, batch) == 302
    assert Municipality.objects.get(name="Кострома").population == 270000


def test_a_plan_that_was_not_seen_is_not_applied(secretary: Client, batch: WorkbookImport) -> None:
    assert send(secretary, batch, seen="0" * 32) == 302
    assert nothing_changed()
    assert "после предпросмотра сведения на портале изменились" in shown(secretary, batch)


def test_a_failure_in_the_middle_leaves_no_trace(batch: WorkbookImport, secretariat: User) -> None:
    with (
        patch.object(MunicipalityQuerySet, "store_records", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        apply(batch, seen=digest(batch.plan), by=secretariat)
    assert nothing_changed()
    assert Municipality.objects.get(name="Кострома").history.count() == 1  # type: ignore[attr-defined]  # a manager
    batch.refresh_from_db()
    assert batch.state == "preview"


def test_all_is_read_and_judged_before_others_wait_for_the_writing(batch: WorkbookImport, secretariat: User) -> None:
    """On SQLite nobody else writes while the transaction is open."""
    before, depths = len(connection.atomic_blocks), []

    def note() -> None:
        depths.append(len(connection.atomic_blocks) - before)

    with (
        meanwhile(Municipality, "clean_fields", note),
        meanwhile(municipality_module, "judge", note),
        meanwhile(MunicipalityQuerySet, "store_records", note),
    ):
        apply(batch, seen=digest(batch.plan), by=secretariat)
    assert depths == [0, 0, 1]


@pytest.mark.parametrize("name", ["Кострома", "Архангельск"])  # a new fact, a new statement
def test_a_change_while_all_is_judged_refuses_all(batch: WorkbookImport, secretariat: User, name: str) -> None:
    def change() -> None:
        Municipality.objects.filter(name=name).update(version=2, population_source="Росстат")

    with meanwhile(municipality_module, "judge", change), pytest.raises(OutdatedPlan):
        apply(batch, seen=digest(batch.plan), by=secretariat)
    assert Municipality.objects.get(name=name).population_source == "Росстат"
    assert not Municipality.objects.filter(population=270000).exists()
    assert ParticipationRecord.objects.count() == 1


def test_what_is_discarded_while_all_is_judged_stays_discarded(batch: WorkbookImport, secretariat: User) -> None:
    with (
        meanwhile(municipality_module, "judge", lambda: discard(batch, by=secretariat)),
        pytest.raises(ValidationError, match="отменено"),
    ):
        apply(batch, seen=digest(batch.plan), by=secretariat)
    assert nothing_changed()


def test_a_discarded_upload_writes_nothing_and_stays_in_the_log(secretary: Client, batch: WorkbookImport) -> None:
    assert secretary.post(f"{URL}{batch.pk}/discard/").status_code == 302
    assert send(secretary, batch) == 302
    assert nothing_changed()
    assert "Отменено" in secretary.get(f"{URL}{batch.pk}/").content.decode()


def test_errors_forbid_applying_and_are_named(secretary: Client, cities: None, preview: Preview) -> None:
    refused = preview(with_cells(exported(), G5="Чемпион", E6=300000))
    assert send(secretary, refused) == 302
    assert nothing_changed()
    page = secretary.get(f"{URL}{refused.pk}/").content.decode()
    assert "G «Статус участия»" in page
    assert "Загрузить:" not in page


def test_errors_go_home_as_comments_in_the_users_own_workbook(
    secretary: Client, cities: None, preview: Preview
) -> None:
    def spoil(sheet: object) -> None:
        sheet["G5"].value, sheet["A6"].value, sheet["K1"].value = "Чемпион", "=1+1", "моя пометка"  # type: ignore[index]
        sheet["A6"].data_type = "s"  # type: ignore[index]

    refused = preview(edited(exported(), spoil))
    answer = secretary.get(f"{URL}{refused.pk}/files/{refused.files.get().pk}/errors.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet["G5"].comment is not None
    assert sheet["G5"].comment.text.startswith("Такого значения нет: «Чемпион».")
    assert sheet["G6"].comment is None
    assert sheet["K1"].value == "моя пометка"
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")


def test_the_questionnaire_comes_back(secretary: Client, cities: None, preview: Preview) -> None:
    answer = secretary.get(f"{URL}questionnaires/kostroma.xlsx")
    assert cells_of(preview(answer.content)) == []
    assert [cell for _, cell, _, _ in cells_of(preview(with_cells(answer.content, I5="Письмо № 4")))] == ["Основание"]


@pytest.mark.parametrize("persona", ["chair", "kostroma_official", None])
def test_nobody_else_may(
    request: pytest.FixtureRequest, client_for: ClientFor, batch: WorkbookImport, persona: str | None
) -> None:
    visitor = client_for(request.getfixturevalue(persona) if persona else None)
    page, file = f"{URL}{batch.pk}/", f"{URL}{batch.pk}/files/{batch.files.get().pk}/"
    answers = [visitor.get(address).status_code for address in (URL, page, file, f"{file}errors.xlsx")]
    answers += [visitor.post(address).status_code for address in (URL, f"{page}apply/", f"{page}discard/")]
    assert set(answers) == {403 if persona else 302}
    assert nothing_changed()


def test_a_forged_form_is_refused(secretariat: User, batch: WorkbookImport) -> None:
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(secretariat)
    assert send(visitor, batch) == 403
    assert visitor.post(URL, {"workbooks": upload(exported())}).status_code == 403
    assert nothing_changed()


def test_no_file_is_a_form_to_fill_in(secretary: Client) -> None:
    answer = secretary.post(URL)
    assert answer.status_code == 422
    assert "Выберите файл." in answer.content.decode()


def test_a_file_of_another_upload_is_not_found(secretary: Client, batch: WorkbookImport, preview: Preview) -> None:
    other = preview(exported())
    assert secretary.get(f"{URL}{other.pk}/files/{batch.files.get().pk}/").status_code == 404


@pytest.mark.slow
def test_a_long_log_asks_no_more_than_a_short_one(
    secretary: Client, batch: WorkbookImport, preview: Preview, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        preview(exported())
    with django_assert_num_queries(6):  # session, user, log, files, the Union, letters that do not leave
        secretary.get(URL)


@pytest.mark.parametrize("thousands", [1, 3])
@pytest.mark.slow
def test_applying_asks_the_same_for_each_thousand(
    secretariat: User, preview: Preview, django_assert_max_num_queries: DjangoAssertNumQueries, thousands: int
) -> None:
    many_cities(1000 * thousands)
    day = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - a cell of a workbook knows no time zone
    headings = [HEADINGS[3], HEADINGS[4], *HEADINGS[6:]]
    numbers = range(1, 1000 * thousands + 1)
    rows = [(f"{number:08d}", number, "Участвует", day, "Новое основание") for number in numbers]
    batch = preview(table(*rows, headings=headings))
    with django_assert_max_num_queries(10 + 70 * thousands):
        apply(batch, seen=digest(batch.plan), by=secretariat)
    assert ParticipationRecord.objects.filter(basis="Новое основание").count() == 1000 * thousands


# Else the row would break `workbookimport_decided_by_somebody` first, and PostgreSQL names that.
NEEDS_A_DECISION = {"workbookimport_applied_without_errors", "workbookimport_state_known"}


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("workbookimport_state_known", {"state": "lost", "decided_by_name": "Кто-то"}),
        ("workbookimport_has_author", {"uploaded_by_name": ""}),
        ("workbookimport_decided_by_somebody", {"state": "applied"}),
        ("workbookimport_decided_by_somebody", {"decided_by_name": "Кто-то"}),
        ("workbookimport_applied_without_errors", {"state": "applied", "decided_by_name": "Кто-то", "errors": 1}),
    ],
)
def test_the_database_refuses(batch: WorkbookImport, constraint: str, fields: dict[str, object]) -> None:
    decided = {"decided_at": batch.uploaded_at} if constraint in NEEDS_A_DECISION else {}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        WorkbookImport.objects.filter(pk=batch.pk).update(**fields, **decided)


def test_the_database_refuses_what_is_no_checksum(batch: WorkbookImport) -> None:
    with pytest.raises(IntegrityError, match="importedfile_sha256_hex"), transaction.atomic():
        batch.files.update(sha256="нет")
