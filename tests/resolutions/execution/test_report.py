"""`report_on`: one value about a day, for a reader."""

import datetime as dt
from dataclasses import FrozenInstanceError

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from resolutions.execution.letters_report import LetterLine
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.models import AskOutcome, DecisionPoint, Letter, Measure, MeasureCode, Resolution, void_incoming
from tests.municipalities.factory import at, many_cities
from tests.municipalities.practices.factory import mark, practice
from tests.resolutions.factory import answer, letter, point_step, register, send, step, upload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = dt.date(2025, 3, 1)


def report(resolution: Resolution, day: dt.date = DAY, **details: object) -> ExecutionReport:
    return report_on(resolution, day, **{"with_letters": True} | details)  # type: ignore[arg-type]  # as given


@pytest.fixture
def appealing(adopted: Resolution) -> DecisionPoint:
    return adopted.points.get(kind="appeal")


def written(point: DecisionPoint, kind: str = "appeal") -> Letter:
    return letter(point.resolution, kind, point=point, heading="О поддержке")


def test_a_report_cannot_be_changed(adopted: Resolution) -> None:
    with pytest.raises(FrozenInstanceError):
        report(adopted).overdue = 5  # type: ignore[misc]  # what is tested


@pytest.mark.parametrize("day", [dt.date(2024, 6, 26), dt.date(2000, 1, 1)])
def test_there_is_no_report_before_the_decision(adopted: Resolution, day: dt.date) -> None:
    with pytest.raises(ValueError, match="adoption"):
        report(adopted, day)


def test_there_is_no_report_on_a_draft(draft: Resolution) -> None:
    with pytest.raises(ValueError, match="adoption"):
        report(draft)


def test_a_note_moves_nothing(point: DecisionPoint, secretariat: User) -> None:
    point_step(point, "start", by=secretariat, on=dt.date(2024, 7, 1))
    point_step(point, "report", by=secretariat, on=dt.date(2024, 8, 1))
    point_step(point, "note", by=secretariat, on=dt.date(2024, 7, 10), text="Ещё в работе.")  # entered last
    states = {day: report(point.resolution, dt.date(2024, *day)).points[0].state for day in ((7, 15), (8, 2))}
    assert states == {(7, 15): "in_progress", (8, 2): "reported"}


def test_what_happened_after_the_day_is_not_told(point: DecisionPoint, secretariat: User) -> None:
    point_step(point, "start", by=secretariat, on=dt.date(2024, 7, 2))
    before, on_the_day = (report(point.resolution, dt.date(2024, 7, one)).points[0] for one in (1, 2))
    assert (before.state, before.done) == ("planned", ())
    assert (on_the_day.state, len(on_the_day.done)) == ("in_progress", 1)


@pytest.mark.parametrize(("recorded", "is_late"), [("2024-07-02 23:59", False), ("2024-07-03 00:00", True)])
def test_late_is_what_was_recorded_on_a_later_day(
    point: DecisionPoint, secretariat: User, recorded: str, is_late: bool
) -> None:
    with at(recorded):
        point_step(point, "start", by=secretariat, on=dt.date(2024, 7, 2))
    told = report(point.resolution, dt.date(2024, 7, 2))
    assert (told.points[0].done[0].is_late, told.has_late) == (is_late, is_late)


def test_an_answer_that_did_not_come_is_open(appealing: DecisionPoint, secretariat: User) -> None:
    send(written(appealing), by=secretariat, on=dt.date(2024, 7, 8))
    [found] = [one for one in report(appealing.resolution).points if one.number == appealing.number]
    assert "Нет ответа по просьбе 1 (Правительство Российской Федерации): ждали до 7 августа 2024 г." in [
        sentence.replace("\u00a0", " ") for sentence in found.open
    ]


def test_an_answer_that_was_taken_back_is_not_told(appealing: DecisionPoint, secretariat: User) -> None:
    sent = written(appealing)
    send(sent, by=secretariat, on=dt.date(2024, 7, 8))
    given = answer(sent, by=secretariat, on=dt.date(2024, 8, 1), outcome=AskOutcome.REFUSED)
    void_incoming(given, reason="Не то письмо.", version=given.letter.version, by=secretariat)
    august, march = (report(appealing.resolution, day) for day in (dt.date(2024, 8, 2), DAY))
    for told in (august, march):
        assert [line.answers for line in _letters(told)] == [()]
        assert "вх. № 1" not in str(told)


def test_the_register_holds_what_had_a_number(appealing: DecisionPoint, secretariat: User) -> None:
    draft, annulled, kept = written(appealing), written(appealing, "circular"), written(appealing, "circular")
    register(annulled, by=secretariat)
    step(annulled, "annul", by=secretariat, text="Ошибка.")
    register(kept, by=secretariat)
    told = report(appealing.resolution)
    assert [(line.title, str(line.state)) for line in _letters(told)] == [
        ("О поддержке", "annulled"),
        ("О поддержке", "registered"),
    ]
    assert told.correspondence is not None
    assert told.correspondence.counts.registered == 1
    assert draft.number == ""


def test_cities_read_neither_drafts_nor_what_was_annulled(
    appealing: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    annulled, kept = written(appealing, "circular"), written(appealing, "circular")
    for one in (annulled, kept):
        register(one, by=secretariat)
    step(annulled, "annul", by=secretariat, text="Ошибка.")
    told = report(appealing.resolution, reader=kostroma_official)
    assert [line.url for line in _letters(told)] == [kept.get_absolute_url()]


def test_who_recorded_what_is_for_staff(point: DecisionPoint, secretariat: User, kostroma_official: User) -> None:
    point_step(point, "start", by=secretariat, files=[upload("Приказ.pdf")])
    for_staff, for_cities = (
        report(point.resolution, reader=one).points[0].done[0] for one in (secretariat, kostroma_official)
    )
    assert "С.С. Секретарёва" in for_staff.recorded
    assert for_staff.documents == ("Приказ.pdf",)
    assert (for_cities.recorded, for_cities.documents) == ("", ())


def test_without_letters_none_is_named(appealing: DecisionPoint, secretariat: User) -> None:
    send(written(appealing), by=secretariat)
    told = report(appealing.resolution, with_letters=False)
    assert told.correspondence is None
    assert "О поддержке" not in str(told)
    assert {done.text for one in told.points for done in one.done} == {"По пункту зарегистрировано письмо."}


def test_a_letter_is_worded_as_it_was_known(appealing: DecisionPoint, secretariat: User) -> None:
    with at("2024-07-01 10:00"):
        sent = written(appealing)
        register(sent, by=secretariat, on=dt.date(2024, 7, 1))
    sent.heading, sent.addressee = "Об иной поддержке", "Иному министерству"
    with at("2024-07-03 10:00"):
        sent.save()
    in_july = report(appealing.resolution, dt.date(2024, 7, 5), known_on=dt.date(2024, 7, 2))
    now = report(appealing.resolution, dt.date(2024, 7, 5))
    assert [(line.title, line.addressee) for line in _letters(in_july)] == [("О поддержке", "Всем")]
    assert [(line.title, line.addressee) for line in _letters(now)] == [("Об иной поддержке", "Иному министерству")]


def test_a_decision_that_recommends_nothing_has_no_table_of_municipalities(adopted: Resolution) -> None:
    adopted.points.filter(kind="recommendation").update(kind="assignment")
    assert report(adopted).municipalities is None


def test_a_point_off_control_has_nothing_open(point: DecisionPoint, secretariat: User) -> None:
    point_step(point, "cancel", by=secretariat, text="Утратило значение.")
    [cancelled, *_] = report(point.resolution).points
    assert (cancelled.state, cancelled.open, cancelled.is_overdue) == ("cancelled", (), False)


def test_the_number_of_queries_does_not_depend_on_how_much_there_is(
    adopted: Resolution, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    fill(adopted, secretariat, kostroma, arkhangelsk, points=1, cities=3)
    few = queries(adopted, secretariat)
    fill(adopted, secretariat, arkhangelsk, kostroma, points=4, cities=40)
    assert queries(adopted, secretariat) == few
    assert few <= 31


def fill(
    resolution: Resolution, by: User, owner: Municipality, adopter: Municipality, *, points: int, cities: int
) -> None:
    """More points, each with a letter and its own owner of experience; more cities."""
    many_cities(cities, start=1000 * points)
    mark(practice(owner), adopter)
    for number in range(10 * points, 11 * points):
        point = DecisionPoint.objects.create(
            resolution=resolution, number=number, kind="recommendation", text="Рекомендовать.", experience_of=owner
        )
        point_step(point, "start", by=by, files=[upload()])
        sent = letter(resolution, point=point)
        send(sent, by=by)
        answer(sent, by=by, number=str(number))


def queries(resolution: Resolution, reader: User) -> int:
    resolution = Resolution.objects.get(pk=resolution.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        report(resolution, known_on=DAY, reader=reader)
        report(resolution, reader=reader)
    return len(asked) // 2


def _letters(told: ExecutionReport) -> list[LetterLine]:
    assert told.correspondence is not None
    return list(told.correspondence.letters)


def measured(point: DecisionPoint, *codes: MeasureCode, by: User, on: str, **whose: int) -> None:
    measure = Measure(codes, **whose)
    point_step(point, "measure", by=by, on=dt.date.fromisoformat(on), text="", measure=measure)


@pytest.fixture
def recommending(point: DecisionPoint, kostroma: Municipality) -> DecisionPoint:
    """A recommendation by which nothing is counted."""
    return point


def tells_of_members(point: DecisionPoint, day: str, known_on: str = "") -> bool:
    known = dt.date.fromisoformat(known_on) if known_on else None
    return report(point.resolution, dt.date.fromisoformat(day), known_on=known).municipalities is not None


@pytest.mark.parametrize("code", [MeasureCode.PARTICIPATION, MeasureCode.REPORTS])
def test_the_members_are_told_of_from_the_day_on_which_they_are_counted(
    recommending: DecisionPoint, secretariat: User, code: MeasureCode
) -> None:
    assert not tells_of_members(recommending, "2025-03-01")
    with at("2024-08-05 12:00"):
        measured(recommending, code, by=secretariat, on="2024-08-01")
    with at("2024-12-02 12:00"):
        measured(recommending, by=secretariat, on="2024-12-02")
    told = [tells_of_members(recommending, day) for day in ("2024-07-31", "2024-08-01", "2024-12-01", "2024-12-02")]
    assert told == [False, True, True, False]
    assert not tells_of_members(recommending, "2024-08-01", known_on="2024-08-04")
    assert tells_of_members(recommending, "2024-12-02", known_on="2024-12-01")


def test_an_experience_that_the_text_names_tells_of_the_members(
    recommending: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    recommending.experience_of = kostroma
    recommending.save(update_fields=["experience_of"])
    assert tells_of_members(recommending, "2024-07-01")
    measured(recommending, by=secretariat, on="2024-07-02")
    assert not tells_of_members(recommending, "2024-07-02")
    measured(recommending, MeasureCode.EXPERIENCE, by=secretariat, on="2024-07-03", owner_id=kostroma.pk)
    assert tells_of_members(recommending, "2024-07-03")


def test_answers_are_counted_of_those_asked_and_tell_of_no_members() -> None:
    assert not Measure((MeasureCode.ANSWERS,), question_id=1).is_of_members
    assert Measure((MeasureCode.ANSWERS, MeasureCode.REPORTS), question_id=1).is_of_members
