"""Steps dated back, placed and voided: the whole ledger is replayed with them."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from accounts.models import User
from resolutions.correspondence.register import letters_on
from resolutions.models import (
    AskOutcome,
    DecisionPoint,
    IncomingLetter,
    Instruction,
    Letter,
    LetterState,
    NewEntry,
    NewIncoming,
    NewOutcome,
    PointAction,
    PointState,
    Resolution,
    StepRefused,
    void_incoming,
)
from resolutions.models.point_standing import POINT_RULES
from tests.resolutions.factory import DAY, answer, letter, parties, point_step, register, send, step, void

pytestmark = pytest.mark.slow


def july(day: int) -> dt.date:
    return dt.date(2024, 7, day)


def august(day: int) -> dt.date:
    return dt.date(2024, 8, day)


def instruct(point: DecisionPoint, day: dt.date, *, by: User, **said: Any) -> Any:
    responsible, controller = parties()
    instruction = Instruction(**{"responsible": responsible, "controller": controller} | said)
    return point_step(point, "instruct", by=by, on=day, text="", instruction=instruction)


@pytest.fixture
def sent(adopted: Resolution, secretariat: User) -> Letter:
    found = letter(adopted, heading="О деле", reply_days=30)
    send(found, by=secretariat, on=july(8))
    return found


# --- dated back ---


def test_an_instruction_of_20_july_does_not_block_a_start_of_9_july(point: DecisionPoint, secretariat: User) -> None:
    instruct(point, july(20), by=secretariat, due_on=dt.date(2024, 12, 27))
    point_step(point, "start", by=secretariat, on=july(9))
    assert (point.state, point.due_on) == (PointState.IN_PROGRESS, dt.date(2024, 12, 27))
    assert POINT_RULES.fold(point.progress.all(), july(19)).due_on is None


@pytest.mark.parametrize(
    ("outcome", "until", "awaited"), [("interim", august(31), dt.date(2024, 9, 30)), ("satisfied", None, None)]
)
def test_an_answer_of_16_august_is_received_after_a_deadline_moved_on_20_august(
    sent: Letter, secretariat: User, outcome: str, until: dt.date | None, awaited: dt.date | None
) -> None:
    step(sent, "extend", by=secretariat, on=august(20), due_on=dt.date(2024, 9, 30), text="Просят время.")
    answer(sent, by=secretariat, on=august(16), outcome=outcome, until=until)
    assert (sent.due_on, sent.is_awaited) == (dt.date(2024, 9, 30), outcome == "interim")
    assert sent.awaited_until == awaited  # the latest event gives the day


def test_the_sentence_names_the_later_step_that_would_become_impossible(
    point: DecisionPoint, secretariat: User
) -> None:
    point_step(point, "start", by=secretariat, on=july(9))
    point_step(point, "report", by=secretariat, on=july(20))
    with pytest.raises(StepRefused, match="«Доложено об исполнении» от 20\xa0июля\xa02024\xa0г"):
        point_step(point, "cancel", by=secretariat, on=july(10))
    assert point.progress.count() == 2


def test_whether_the_deadline_is_the_same_is_asked_at_its_place(sent: Letter, secretariat: User) -> None:
    september = dt.date(2024, 9, 30)
    step(sent, "extend", by=secretariat, on=august(20), due_on=september)
    step(sent, "extend", by=secretariat, on=august(10), due_on=september)
    assert [one.due_on for one in letters_on(august(10), Letter.objects.all()).letters] == [september]
    with pytest.raises(StepRefused, match="прежний срок"):
        step(sent, "extend", by=secretariat, on=august(15), due_on=september)


def test_what_an_instruction_leaves_out_stays_as_it_was(point: DecisionPoint, secretariat: User) -> None:
    instruct(point, july(20), by=secretariat, controller=None)
    instruct(point, july(10), by=secretariat, due_on=august(1), warn_days=5)
    assert (point.due_on, point.controller_name, point.warn_days) == (august(1), "Председатель Союза", 14)
    assert POINT_RULES.fold(point.progress.all(), july(19)).controller_name == "Председатель Союза"


def test_a_deadline_is_taken_back_by_a_value_of_its_own(point: DecisionPoint, secretariat: User) -> None:
    instruct(point, july(1), by=secretariat, due_on=august(1), term="10 дней")
    lifted = Instruction(lifts_due=True)
    point_step(point, "extend", by=secretariat, on=july(2), instruction=lifted)
    assert (point.due_on, point.term) == (None, "")


def test_a_letter_has_a_first_day(sent: Letter, secretariat: User) -> None:
    step(sent, "note", by=secretariat, on=july(1), text="Звонили до отправки.")
    with pytest.raises(StepRefused, match="не раньше 1 января 2000"):
        step(sent, "note", by=secretariat, on=dt.date(1999, 12, 31), text="Звонили.")


# --- placed within a day ---


def test_within_a_day_a_step_may_be_placed_before_another(point: DecisionPoint, secretariat: User) -> None:
    point_step(point, "start", by=secretariat, on=july(9))
    report = point_step(point, "report", by=secretariat, on=july(10))
    with pytest.raises(StepRefused):
        point_step(point, "extend", by=secretariat, on=july(10), instruction=Instruction(due_on=august(1)))
    instruct(point, july(9), by=secretariat, due_on=july(30))
    moved = Instruction(due_on=august(1))
    point_step(point, "extend", by=secretariat, on=july(10), instruction=moved, before=report)
    assert [one.action for one in point.progress.all()] == ["report", "extend", "instruct", "start"]
    assert point.due_on == august(1)


def test_nothing_is_placed_before_a_row_of_another_day_or_before_what_was_placed(
    point: DecisionPoint, secretariat: User
) -> None:
    first = point_step(point, "note", by=secretariat, on=july(9))
    second = point_step(point, "note", by=secretariat, on=july(9), before=first)
    for before, day in ((first, july(10)), (second, july(9))):
        with pytest.raises(StepRefused, match="того же дня"):
            point_step(point, "note", by=secretariat, on=day, before=before)


def test_the_right_row_stands_exactly_where_the_wrong_one_stood(point: DecisionPoint, secretariat: User) -> None:
    note = point_step(point, "note", by=secretariat, on=july(9))
    before: dict[str, Any] = {"by": secretariat, "on": july(9), "before": note}
    wrong = point_step(point, "instruct", instruction=Instruction(*parties(), due_on=july(30)), **before)
    point_step(point, "extend", instruction=Instruction(due_on=august(1)), **before)
    for due_on in (july(20), july(25)):  # the first correction is corrected too
        said = Instruction(*parties(), due_on=due_on)
        right = NewEntry(PointAction.INSTRUCT, july(9), "", said)
        point.refresh_from_db()
        point.void(wrong, reason="Не тот срок.", version=point.version, by=secretariat, replacement=right)
        wrong = point.progress.in_force().get(action="instruct")
    assert [one.action for one in point.progress.in_force()] == ["note", "extend", "instruct"]
    point.refresh_from_db()
    assert point.due_on == august(1)


def test_a_step_is_placed_before_a_row_that_took_the_place_of_another(point: DecisionPoint, secretariat: User) -> None:
    wrong = point_step(point, "note", by=secretariat, on=july(9), text="Не то.")
    right = NewEntry(PointAction.NOTE, july(9), "То.")
    point.refresh_from_db()
    point.void(wrong, reason="Ошибка.", version=point.version, by=secretariat, replacement=right)
    point_step(point, "note", by=secretariat, on=july(9), text="Раньше.", before=point.progress.in_force().get())
    assert [one.text for one in point.progress.in_force()] == ["То.", "Раньше."]


# --- voided ---


def test_a_voided_step_is_as_if_it_had_never_been_written(point: DecisionPoint, secretariat: User) -> None:
    entry = point_step(point, "start", by=secretariat, on=july(9))
    void(entry, by=secretariat, reason="Не тот пункт.")
    point.refresh_from_db()
    (voiding,) = point.progress.filter(voids=entry)
    assert (point.state, voiding.happened_on, voiding.text) == (PointState.PLANNED, july(9), "Не тот пункт.")
    assert list(point.progress.in_force()) == []
    point_step(point, "start", by=secretariat, on=july(11))
    assert point.state == PointState.IN_PROGRESS


def test_a_voiding_is_refused_when_a_later_step_would_fall(point: DecisionPoint, secretariat: User) -> None:
    entry = point_step(point, "start", by=secretariat, on=july(9))
    point_step(point, "report", by=secretariat, on=july(20))
    with pytest.raises(StepRefused, match="«Доложено об исполнении» от 20"):
        void(entry, by=secretariat)
    assert point.progress.in_force().count() == 2


def test_a_voiding_and_what_replaces_it_are_replayed_as_one(point: DecisionPoint, secretariat: User) -> None:
    entry = point_step(point, "start", by=secretariat, on=july(9), text="Не то.")
    point_step(point, "report", by=secretariat, on=july(9))
    right = NewEntry(PointAction.START, july(9), "То.")
    point.void(entry, reason="Опечатка.", version=point.version, by=secretariat, replacement=right)
    assert [one.text for one in point.progress.in_force().order_by("pk")] == ["Сделано.", "То."]
    assert [one.action for one in point.progress.in_force()] == ["report", "start"]
    point.refresh_from_db()
    assert point.state == PointState.REPORTED


def test_a_row_is_voided_once_and_a_voiding_never(point: DecisionPoint, secretariat: User) -> None:
    entry = point_step(point, "note", by=secretariat)
    void(entry, by=secretariat)
    with pytest.raises(StepRefused, match="уже отменена"):
        void(entry, by=secretariat)
    with pytest.raises(StepRefused, match="внесите верную запись заново"):
        void(point.progress.get(voids=entry), by=secretariat)


@pytest.mark.parametrize(("action", "sentence"), [("register", "Аннулируйте"), ("sign", "отзовите")])
def test_a_number_and_a_signature_are_not_voided(
    adopted: Resolution, secretariat: User, action: str, sentence: str
) -> None:
    found = letter(adopted)
    register(found, by=secretariat)
    if action == "sign":
        step(found, "sign", by=secretariat)
    with pytest.raises(StepRefused, match=sentence):
        void(found.steps.get(action=action), by=secretariat)


def test_without_its_final_answer_a_letter_waits_again_and_the_number_stays(sent: Letter, secretariat: User) -> None:
    step(sent, "deliver", by=secretariat, on=july(12))
    given = answer(sent, by=secretariat, on=august(1), number="7")
    assert not sent.is_awaited
    assert given.correspondent
    said = NewOutcome(sent.asks.get(), AskOutcome.INTERIM, august(31))
    right = NewIncoming(august(2), given.correspondent, outcomes=[said])
    void_incoming(given, reason="Ошибка.", version=given.letter.version, by=secretariat, replacement=right)
    sent.refresh_from_db()
    assert (sent.state, sent.is_awaited, sent.awaited_until) == (LetterState.DELIVERED, True, august(31))
    (kept,) = IncomingLetter.objects.all()
    assert (kept.number, kept.received_on, kept.is_voided) == ("7", august(2), False)
    with pytest.raises(StepRefused, match="уже есть"):
        answer(sent, by=secretariat, on=august(3), number="7")


def test_a_letter_that_was_not_sent_after_all_is_sent_anew(sent: Letter, secretariat: User) -> None:
    step(sent, "note", by=secretariat, on=july(20), text="Звонили.")
    void(sent.steps.get(action="send"), by=secretariat)
    sent.refresh_from_db()
    assert (sent.state, sent.due_on) == (LetterState.REGISTERED, None)
    step(sent, "send", by=secretariat, on=july(10), channel="post")
    assert sent.due_on == august(9)


def test_a_repeated_letter_keeps_the_sending_of_the_first(sent: Letter, secretariat: User) -> None:
    repetition = letter(sent.resolution, repeats=sent)
    with pytest.raises(StepRefused, match="сначала аннулируйте"):
        void(sent.steps.get(action="send"), by=secretariat)
    step(repetition, "annul", by=secretariat, text="Лишнее.")
    void(sent.steps.get(action="send"), by=secretariat)


def test_an_annulled_letter_does_not_come_back_to_numbers_of_asks_that_were_taken(
    adopted: Resolution, secretariat: User
) -> None:
    fields: dict[str, Any] = {"kind": "appeal", "point": adopted.points.get(number=2)}
    first = letter(adopted, **fields)
    register(first, by=secretariat)
    step(first, "annul", by=secretariat, text="Опечатка.")
    second = letter(adopted, **fields)
    register(second, by=secretariat)
    assert [one.number for one in (*first.asks.all(), *second.asks.all())] == [1, 1]
    with pytest.raises(StepRefused, match="Номера просьб этого письма заняты"):
        void(first.steps.get(action="annul"), by=secretariat)
    step(second, "annul", by=secretariat, text="Тоже.")
    void(first.steps.get(action="annul"), by=secretariat)
    first.refresh_from_db()
    assert first.state == LetterState.REGISTERED


def test_an_annulled_draft_comes_back_beside_another(adopted: Resolution, secretariat: User) -> None:
    """It has asked for nothing yet: its asks get the next numbers when it is registered."""
    fields: dict[str, Any] = {"kind": "appeal", "point": adopted.points.get(number=2)}
    first = letter(adopted, **fields)
    step(first, "annul", by=secretariat, text="Опечатка.")
    register(letter(adopted, **fields), by=secretariat)
    void(first.steps.get(), by=secretariat)
    register(first, by=secretariat)
    assert [one.number for one in first.asks.all()] == [2]


def test_a_voiding_counts_from_the_day_it_was_written_down(point: DecisionPoint, secretariat: User) -> None:
    entry = point_step(point, "start", by=secretariat, on=july(9))
    tomorrow = timezone.now() + dt.timedelta(days=1)
    with patch("django.utils.timezone.now", return_value=tomorrow):
        void(entry, by=secretariat)
    rows = list(point.progress.all())
    assert POINT_RULES.fold(rows, july(9), known_on=timezone.localdate()).state == PointState.IN_PROGRESS
    assert POINT_RULES.fold(rows, july(9)).state == PointState.PLANNED
    assert [one.pk for one in point.progress.held_on(july(9), known_on=timezone.localdate())] == [entry.pk]
    assert list(point.progress.held_on(july(9))) == []


def test_nothing_is_voided_under_a_draft(point: DecisionPoint, secretariat: User) -> None:
    entry = point_step(point, "start", by=secretariat, on=DAY)
    resolution = Resolution.objects.get(pk=point.resolution_id)
    resolution.reopen(version=resolution.version, by=secretariat, reason="Ошибка")
    with pytest.raises(StepRefused, match="ещё не принято"):
        void(entry, by=secretariat)
