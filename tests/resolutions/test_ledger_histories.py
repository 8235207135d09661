"""Histories are typed in any order, and read as if they had been typed in the order of their days."""

import datetime as dt
from copy import copy
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from resolutions.ledgers import faults
from resolutions.models import (
    DecisionPoint,
    Instruction,
    Letter,
    LetterAction,
    LetterStep,
    Measure,
    NamedResult,
    NewEntry,
    Party,
    PointAction,
    ProgressEntry,
    Resolution,
    StepRefused,
    Told,
)
from resolutions.models.letter_step import LETTER_RULES
from resolutions.models.measures import measured_by
from resolutions.models.point_standing import POINT_RULES
from resolutions.models.results import NAMING
from revisions.ledger import LedgerRow, in_force
from revisions.replay import Rules
from tests.resolutions.factory import letter
from tests.resolutions.histories import Facts, day, histories, made, naive_order, type_in, typed_orders

LEDGERS: list[tuple[type[LedgerRow], Rules[Any, Any]]] = [(ProgressEntry, POINT_RULES), (LetterStep, LETTER_RULES)]
IN_DATABASE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def in_order(model: type[LedgerRow], history: list[tuple[int, Facts]]) -> list[Any]:
    return [made(model, facts, number, pk) for pk, (number, facts) in enumerate(history, start=1)]


@pytest.mark.slow
@pytest.mark.parametrize(("model", "rules"), LEDGERS)
@settings(deadline=None)
@given(data=st.data())
def test_the_order_of_typing_changes_no_reading(
    model: type[LedgerRow], rules: Rules[Any, Any], data: st.DataObject
) -> None:
    history = data.draw(histories(model, rules))
    stored: list[Any] = []

    def write(number: int, facts: Facts) -> bool:
        if rules.replay(stored, [made(model, facts, number)]):
            return False
        stored.append(made(model, facts, number, len(stored) + 1))
        return True

    taken = type_in(history, data.draw(typed_orders(history)), write)
    assert rules.replay(stored) is None
    expected = in_order(model, [history[place] for place in taken])
    for number in range(history[-1][0] + 1 if history else 0):
        assert rules.fold(stored, day(number)) == rules.fold(expected, day(number))


@pytest.mark.slow
@pytest.mark.parametrize(("model", "rules"), LEDGERS)
@settings(deadline=None)
@given(data=st.data())
def test_every_reading_equals_a_naive_one(model: Any, rules: Rules[Any, Any], data: st.DataObject) -> None:
    rows = in_order(model, data.draw(histories(model, rules)))
    for row in rows:
        row.recorded_at = dt.datetime.combine(day(data.draw(st.integers(0, 9))), dt.time(12), tzinfo=dt.UTC)
        earlier = [one for one in rows if one.pk < row.pk and one.happened_on == row.happened_on]
        targets = [one for one in earlier if one.placed_before_id is None]
        if placed := data.draw(st.sampled_from([None, *targets])):
            row.placed_before_id = placed.pk
    for wrong in data.draw(st.lists(st.sampled_from(rows), unique_by=id)) if rows else []:
        said = dt.datetime.combine(day(data.draw(st.integers(0, 9))), dt.time(12), tzinfo=dt.UTC)
        rows.append(model(pk=len(rows) + 1, voids_id=wrong.pk, happened_on=wrong.happened_on, recorded_at=said))
        if data.draw(st.booleans()):
            right = copy(wrong)
            right.pk, right.recorded_at = len(rows) + 1, said
            right.placed_before_id, right.stands_for_id = wrong.placed_before_id, wrong.slot_id
            rows.append(right)
    until, known_on = (day(data.draw(st.integers(0, 12))) for _ in range(2))
    read = in_force(rows, until, known_on=known_on)
    assert read == naive_order(rows, until, known_on)
    standing = rules.beginning
    for row in read:
        standing = rules.after(standing, row)
    assert rules.fold(rows, until, known_on=known_on) == standing


# --- the same through the portal's own methods ---


def new_point(resolution: Resolution) -> DecisionPoint:
    number = resolution.points.count() + 1
    return DecisionPoint.objects.create(resolution=resolution, number=number, kind="assignment", text="Дело.")


def named(facts: Facts, side: str) -> Party | None:
    """Whom a step names on a side."""
    name = facts.get(f"{side}_name")
    return Party.objects.outside(name) if name else None


def take(point: DecisionPoint, number: int, facts: Facts, by: User) -> bool:
    """Take a step of a point as the forms say it; whether it was taken."""
    said = None
    if facts["action"] in (PointAction.INSTRUCT, PointAction.EXTEND):
        said = Instruction(
            named(facts, "responsible"),
            named(facts, "controller"),
            due_on=facts.get("due_on"),
            warn_days=facts.get("warn_days", 14),
            lifts_due=facts.get("lifts_due", False),
        )
    result = NamedResult(facts["result"], facts.get("result_reason", "")) if facts["action"] in NAMING else None
    point.refresh_from_db()
    try:
        point.take_step(
            NewEntry(
                facts["action"],
                day(number),
                facts["text"],
                said,
                named=result,
                told=Told(facts.get("obstacles", ""), facts.get("next_step", ""), facts.get("asked_due_on")),
                measure=measured_by(facts["measures"], None, None) if "measures" in facts else None,
            ),
            version=point.version,
            by=by,
        )
    except StepRefused:
        return False
    return True


@pytest.mark.slow
@IN_DATABASE
@given(data=st.data())
def test_points_are_typed_in_any_order(adopted: Resolution, secretariat: User, data: st.DataObject) -> None:
    history = data.draw(histories(ProgressEntry, POINT_RULES))
    first, second = new_point(adopted), new_point(adopted)
    taken = type_in(
        history, data.draw(typed_orders(history)), lambda number, facts: take(first, number, facts, secretariat)
    )
    for place in taken:
        assert take(second, *history[place], secretariat)
    assert first.standing() == second.standing()
    assert [one.text for one in first.progress.all()] == [one.text for one in second.progress.all()]
    assert list(faults()) == []


def move(found: Letter, number: int, facts: Facts, by: User) -> bool:
    """Take a step of a letter; whether it was taken."""
    found.refresh_from_db()
    said: dict[str, Any] = {name: facts[name] for name in ("channel", "due_on") if name in facts}
    try:
        found.take_step(
            LetterAction(facts["action"]),
            happened_on=day(number),
            version=found.version,
            by=by,
            text=facts["text"],
            **said,
        )
    except StepRefused:
        return False
    return True


@pytest.mark.slow
@IN_DATABASE
@given(data=st.data())
def test_letters_are_typed_in_any_order(adopted: Resolution, secretariat: User, data: st.DataObject) -> None:
    history = [
        one for one in data.draw(histories(LetterStep, LETTER_RULES)) if not one[1].get("lifts_due")
    ]  # no form takes a letter's deadline back yet
    first, second = letter(adopted), letter(adopted)
    taken = type_in(
        history, data.draw(typed_orders(history)), lambda number, facts: move(first, number, facts, secretariat)
    )
    for place in taken:
        move(second, *history[place], secretariat)
    assert first.standing().state == second.standing().state
    assert list(faults()) == []


@pytest.mark.slow
@IN_DATABASE
@given(data=st.data())
def test_voiding_and_replaying_never_leave_an_illegal_history(
    adopted: Resolution, secretariat: User, data: st.DataObject
) -> None:
    point = new_point(adopted)
    for number, facts in data.draw(histories(ProgressEntry, POINT_RULES)):
        take(point, number, facts, secretariat)
    for _ in range(data.draw(st.integers(0, 4))):
        rows = list(point.progress.all())
        if not rows:
            break
        wrong = data.draw(st.sampled_from(rows))
        action = PointAction(data.draw(st.sampled_from(PointAction.values)))
        replacement = NewEntry(action, day(data.draw(st.integers(0, 9))), "Вместо.", measure=Measure())
        point.refresh_from_db()
        written = len(rows)
        try:
            point.void(
                wrong,
                reason="Ошибка.",
                version=point.version,
                by=secretariat,
                replacement=replacement if data.draw(st.booleans()) else None,
            )
        except StepRefused:
            assert point.progress.count() == written
    point.refresh_from_db()
    assert asdict(point.standing()).items() <= vars(point).items()
    assert list(faults()) == []
