"""A member reports by its row of the questionnaire: given out, filled in, looked at, loaded."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from municipalities.importing.batches import look_again
from municipalities.importing.plan import OutdatedPlan, Plan, digest
from municipalities.mergers import Merger, merge
from municipalities.models import Municipality, WorkbookImport
from resolutions.models import DecisionPoint, MemberReport, MemberReportRow, PointAction
from resolutions.questionnaire import NOT_CLEARED, SAY_WHAT, SAY_WHEN
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.municipalities.factory import city, left
from tests.municipalities.imports.books import upload
from tests.office.soffice import converted
from tests.resolutions.factory import point_step
from tests.resolutions.members.helpers import SAID, report
from tests.resolutions.members.questionnaires import (
    DAY,
    DONE,
    FILLED,
    FIRST,
    NEXT,
    OBSTACLES,
    POINT,
    RESULT,
    cells,
    changes,
    errors,
    filled,
    headings,
    loaded,
    questionnaire,
    write,
)
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("own_files")]


def test_an_official_fills_in_the_questionnaire_and_the_secretariat_loads_it(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    client = client_for(secretariat)
    given = client.get(reverse("municipality_questionnaire", args=["kostroma"])).content
    assert headings(given)[-5:] == [DONE, RESULT, OBSTACLES, NEXT, DAY]
    assert "Чтобы доложить по пункту решения" in str(load_workbook(BytesIO(given)).worksheets[0]["A3"].value)
    assert cells(given)[DONE] is None
    sent: Any = client.post("/municipalities/import/", {"workbooks": upload(filled(given, FILLED), "Кострома.xlsx")})
    run_tasks()
    shown = client.get(sent["Location"])
    assert "Изучили опыт." in shown.content.decode()
    assert not MemberReportRow.objects.exists()
    batch = WorkbookImport.objects.get()
    client.post(reverse("municipality_import_apply", args=[batch.pk]), {"seen": digest(batch.plan)})
    run_tasks()
    row = MemberReportRow.objects.get()
    assert (row.report.municipality, row.report.point, row.actor) == (kostroma, shared, secretariat)
    assert (row.text, row.result, row.obstacles, row.happened_on) == (
        "Изучили опыт.\nПровели семинар.",
        "План утверждён.",
        "",
        dt.date(2024, 9, 1),
    )
    assert (row.on_behalf_of, row.behalf_ground) == ("Кострома", "анкета в файле «Кострома.xlsx»")
    assert "доклад новый" not in shown.content.decode()
    assert list(faults()) == []


def test_untouched_cells_report_nothing_and_the_same_file_reports_once(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    given = questionnaire(kostroma)
    assert loaded(given, secretariat).changed_cells == 0
    answered = filled(given, FILLED)
    write(loaded(answered, secretariat), secretariat)
    again = loaded(answered, secretariat)
    assert (again.changed_cells, errors(again)) == (0, [])
    assert MemberReportRow.objects.count() == 1


def test_an_old_file_reports_nothing_again_after_a_later_report(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma: Municipality, kostroma_official: User
) -> None:
    answered = filled(questionnaire(kostroma), FILLED)
    write(loaded(answered, secretariat), secretariat)
    report(client_for(kostroma_official), shared, happened_on="2024-11-01")
    again = loaded(answered, secretariat)
    assert (again.changed_cells, errors(again)) == (0, [])


def test_the_next_questionnaire_opens_with_the_report_and_takes_another(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    write(loaded(filled(questionnaire(kostroma), FILLED), secretariat), secretariat)
    given = questionnaire(kostroma)
    assert cells(given)[DONE] == FILLED[DONE]
    assert cells(given)[DAY].date() == FILLED[DAY]
    batch = loaded(filled(given, {NEXT: "Закупка."}), secretariat)
    assert changes(batch) == {NEXT: ("—", "Закупка.")}
    [change] = Plan.from_json(batch.plan).changes
    assert change.warnings == [f"{POINT}: доклад новый, а дата прежняя – проверьте дату."]
    write(batch, secretariat)
    batch = loaded(filled(given, {RESULT: "Достигнуто.", DAY: dt.date(2024, 11, 1)}), secretariat)
    assert changes(batch)[RESULT] == ("План утверждён.", "Достигнуто.")
    write(batch, secretariat)
    assert list(MemberReportRow.objects.order_by("pk").values_list("text", "next_step", "result")) == [
        (FILLED[DONE], "", "План утверждён."),
        (FILLED[DONE], "Закупка.", "План утверждён."),
        (FILLED[DONE], "", "Достигнуто."),
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (FILLED | {DONE: ""}, [(DONE, SAY_WHAT)]),
        (FILLED | {DAY: None}, [(DAY, SAY_WHEN)]),
        ({RESULT: "План."}, [(DONE, SAY_WHAT), (DAY, SAY_WHEN)]),
        (FILLED | {DAY: dt.date(2024, 6, 1)}, [(DAY, "Дата доклада не может быть раньше даты решения.")]),
        (FILLED | {DAY: dt.date(2999, 1, 1)}, [(DAY, "Эта дата ещё не наступила.")]),
        (FILLED | {DAY: "вчера"}, [(DAY, "Дата записывается так: 27.06.2024. Здесь: «вчера».")]),
        (
            FILLED | {RESULT: "я" * 5001},
            [(RESULT, "Убедитесь, что это значение содержит не более 2000 символов (сейчас 5001).")],
        ),
    ],
)
def test_each_wrong_cell_gets_its_sentence_and_nothing_is_written(
    shared: DecisionPoint,
    secretariat: User,
    kostroma: Municipality,
    said: dict[str, Any],
    wrong: list[tuple[str, str]],
) -> None:
    batch = loaded(filled(questionnaire(kostroma), said), secretariat)
    assert errors(batch) == wrong
    assert not MemberReport.objects.exists()


def test_a_report_is_not_taken_back_by_emptying_its_cells(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    write(loaded(filled(questionnaire(kostroma), FILLED), secretariat), secretariat)
    emptied = filled(questionnaire(kostroma), dict.fromkeys(FILLED))
    assert errors(loaded(emptied, secretariat)) == [(DONE, NOT_CLEARED)]


def test_who_left_before_the_day_is_told_so_and_who_is_no_member_is_not_asked(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    given = questionnaire(kostroma)
    left(kostroma, "2024-08-01")
    batch = loaded(filled(given, FILLED), secretariat)
    assert errors(batch) == [(DAY, "В этот день муниципальное образование в Союз не входило.")]
    assert DONE not in headings(questionnaire(kostroma))
    before = filled(given, FILLED | {DAY: dt.date(2024, 7, 15)})
    write(loaded(before, secretariat), secretariat)
    assert MemberReportRow.objects.get().happened_on == dt.date(2024, 7, 15)


def test_the_row_of_a_city_that_went_into_another_reports_for_nobody_since(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    given = questionnaire(kostroma)
    whole = Municipality(name="Двинск", oktmo="11500000", region="Область", federal_district="central")
    merge(Merger([kostroma, arkhangelsk], whole, dt.date(2024, 8, 1), "Закон", "Решение"), by=secretariat)
    answer = loaded(filled(given, FILLED), secretariat)
    assert errors(answer) == [(DAY, "В этот день муниципальное образование в Союз не входило.")]
    before = filled(given, FILLED | {DAY: dt.date(2024, 7, 15)})
    write(loaded(before, secretariat), secretariat)
    assert MemberReportRow.objects.get().report.municipality == kostroma


def test_a_point_taken_off_control_asks_no_more_and_takes_what_lies_before(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    given = questionnaire(kostroma)
    point_step(shared, PointAction.CANCEL, by=secretariat, on=dt.date(2024, 8, 20), text="Отпало.")
    batch = loaded(filled(given, FILLED), secretariat)
    assert [column for column, _ in errors(batch)] == [DAY]
    assert "уже не был на контроле" in errors(batch)[0][1]
    assert DONE not in headings(questionnaire(kostroma))
    assert errors(loaded(filled(given, FILLED | {DAY: dt.date(2024, 8, 1)}), secretariat)) == []


def test_what_happened_between_preview_and_writing_makes_it_outdated(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma: Municipality, kostroma_official: User
) -> None:
    batch = loaded(filled(questionnaire(kostroma), FILLED), secretariat)
    report(client_for(kostroma_official), shared)
    with pytest.raises(OutdatedPlan):
        write(batch, secretariat)
    assert MemberReportRow.objects.get().text == SAID["text"]
    look_again(batch)
    write(batch, secretariat)
    assert MemberReportRow.objects.count() == 2
    batch = loaded(filled(questionnaire(kostroma), FILLED | {DAY: dt.date(2024, 10, 1)}), secretariat)
    point_step(shared, PointAction.CANCEL, by=secretariat, on=dt.date(2024, 9, 20), text="Отпало.")
    with pytest.raises(OutdatedPlan):
        write(batch, secretariat)


def test_reports_and_participation_of_a_file_are_written_together_or_not_at_all(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    said = FILLED | {"Население, человек": 270_000}
    batch = loaded(filled(questionnaire(kostroma), said), secretariat)
    Municipality.objects.filter(pk=kostroma.pk).update(version=kostroma.version + 1)
    with pytest.raises(OutdatedPlan):
        write(batch, secretariat)
    assert not MemberReportRow.objects.exists()
    look_again(batch)
    write(batch, secretariat)
    assert MemberReportRow.objects.count() == 1
    assert Municipality.objects.get(pk=kostroma.pk).population == 270_000


def test_who_may_not_report_for_members_loads_no_reports(
    shared: DecisionPoint, secretariat: User, chair: User, kostroma: Municipality
) -> None:
    batch = loaded(filled(questionnaire(kostroma), FILLED), secretariat)
    with pytest.raises(ValidationError, match="докладывают его представители и секретариат"):
        write(batch, chair)
    assert not MemberReportRow.objects.exists()


def test_the_points_take_note_of_many_reports_once(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    book = questionnaire(kostroma, arkhangelsk)
    for row in (FIRST, FIRST + 1):
        book = filled(book, FILLED, row)
    batch = loaded(book, secretariat)
    with patch.object(DecisionPoint, "take_note_of_deeds", wraps=DecisionPoint.take_note_of_deeds) as noted:
        write(batch, secretariat)
    assert (noted.call_count, MemberReportRow.objects.count()) == (1, 2)
    shared.refresh_from_db()
    assert shared.begun_by_deed


def test_the_number_of_queries_does_not_grow_with_members(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    asked = []
    for number in (1, 20):
        towns = [city(f"Город {number} {place}", 90_000_000 + number * 100 + place) for place in range(number)]
        book = questionnaire(*towns)
        for place in range(number):
            book = filled(book, FILLED, row=FIRST + place)
        with CaptureQueriesContext(connection) as queries:
            batch = loaded(book, secretariat)
        assert (len(Plan.from_json(batch.plan).changes), errors(batch)) == (number, [])
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.office
def test_what_was_typed_comes_through_libreoffice(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality, tmp_path: Path
) -> None:
    def through(book: bytes) -> WorkbookImport:
        return loaded(converted(book, "xlsx", "xlsx", tmp_path), secretariat)

    given = questionnaire(kostroma)
    assert (through(given).changed_cells, errors(through(given))) == (0, [])
    answer = through(filled(given, FILLED))
    assert errors(answer) == []
    assert {heading: after for heading, (_, after) in changes(answer).items()} == FILLED | {DAY: "01.09.2024"}
