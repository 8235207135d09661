"""Histories of a point are typed into its forms in any order, what belongs together together: nothing gets stuck."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import User
from resolutions.ledgers import faults
from resolutions.models import DecisionPoint, PointAction, ProgressEntry, Resolution
from resolutions.models.point_standing import POINT_RULES
from tests.conftest import ClientFor
from tests.resolutions.histories import Facts, day, made, point_facts, what_belongs_together
from tests.resolutions.steps import step_url

History = list[tuple[int, Facts]]


@st.composite
def histories_of_days(draw: Any, longest: int = 40) -> History:
    """A legal history with one step a day."""
    steps = draw(st.lists(point_facts(), min_size=draw(st.sampled_from([0, longest // 2, longest])), max_size=longest))
    history: History = []
    for said in steps:
        facts = dict(said)
        if facts["action"] == PointAction.INSTRUCT and POINT_RULES.fold(rows_of(history)).due_on:
            facts.pop("due_on", None)  # that deadline is changed by a step of its own
        if POINT_RULES.replay(rows_of(history), [made(ProgressEntry, facts, len(history))]) is None:
            history.append((len(history), facts))
    return history


def rows_of(history: History) -> list[ProgressEntry]:
    return [made(ProgressEntry, facts, number, pk) for pk, (number, facts) in enumerate(history, start=1)]


def typed(groups: list[list[int]], write: Any) -> bool:
    """Type groups in their order, putting off what is refused; whether all were taken in the end."""
    waiting, goes_on = groups, True
    while waiting and goes_on:
        put_off = [group for group in waiting if not write(group)]
        goes_on, waiting = len(put_off) < len(waiting), put_off
    return not waiting


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_no_history_gets_stuck(data: st.DataObject) -> None:
    history = data.draw(histories_of_days())
    stored: list[ProgressEntry] = []

    def write(group: list[int]) -> bool:
        new = [made(ProgressEntry, history[place][1], history[place][0]) for place in group]
        if POINT_RULES.replay(stored, new):
            return False
        for row in new:
            row.pk = len(stored) + 1
            stored.append(row)
        return True

    assert typed(data.draw(st.permutations(what_belongs_together(history))), write)
    for number, _ in history:
        assert POINT_RULES.fold(stored, day(number)) == POINT_RULES.fold(rows_of(history), day(number))


def sent(number: int, facts: Facts, prefix: str = "") -> dict[str, Any]:
    """A step as its form sends it."""
    said: dict[str, Any] = {"happened_on": day(number), "text": facts["text"], "behalf_ground": "протокол № 5"}
    said |= {
        name: facts[name] for name in ("result", "obstacles", "next_step", "asked_due_on", "due_on") if name in facts
    }
    said["result_reason"] = facts.get("result_reason", "")
    said |= {"term_unit": "calendar", "warn_days": facts.get("warn_days", "")}
    said |= {"lifts_due": "on"} if facts.get("lifts_due") else {}
    if facts["action"] == PointAction.INSTRUCT:
        said |= {
            "due_on": facts.get("due_on", ""),
            "responsible": "outside",
            "responsible_name": facts["responsible_name"],
            "controller": "body:chair",
        }
    return {f"{prefix}{name}": value for name, value in said.items()}


def type_group(client: Client, point: DecisionPoint, steps: History) -> bool:
    """Send the form of what belongs together; whether it was taken."""
    point.refresh_from_db()
    data, prefix = sent(*steps[0]) | {"version": point.version}, ""
    for number, facts in steps[1:]:
        data[f"{prefix}then"] = facts["action"]
        prefix += f"{facts['action']}-"
        data |= sent(number, facts, prefix)
    response = client.post(step_url(point, steps[0][1]["action"]), data)
    assert response.status_code in (302, 422)
    return response.status_code == 302


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=5,
    phases=[Phase.generate],  # shrinking through forms takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_forms_take_every_history_in_any_order(
    adopted: Resolution, secretariat: User, client_for: ClientFor, data: st.DataObject
) -> None:
    """The first point is typed as it went, the second in any order."""
    drawn = data.draw(histories_of_days(16))
    history = [(number, facts) for number, facts in drawn if facts["action"] != PointAction.MEASURE]
    as_it_went, in_any_order = (
        DecisionPoint.objects.create(
            resolution=adopted, number=adopted.points.count() + 1, kind="recommendation", text="Дело."
        )
        for _ in range(2)
    )
    client = client_for(secretariat)
    for step in history:
        assert type_group(client, as_it_went, [step])
    groups = data.draw(st.permutations(what_belongs_together(history)))
    assert typed(groups, lambda group: type_group(client, in_any_order, [history[place] for place in group]))
    read = [list(one.progress.select_related("responsible")) for one in (as_it_went, in_any_order)]
    for number, _ in history:
        assert POINT_RULES.fold(read[0], day(number)) == POINT_RULES.fold(read[1], day(number))
    assert list(faults()) == []
