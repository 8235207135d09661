"""Random histories of points and letters, and a plain reading of them to compare the portal's with."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from resolutions.models import Channel, LetterAction, LetterStep, Measure, MeasureCode, PointAction, ProgressEntry
from resolutions.models.control import FOLLOWED_BY
from resolutions.models.results import IMPLIED, NAMED, NAMING
from revisions.ledger import LedgerRow
from revisions.replay import Rules

# What no longer waits for what follows it.
ENDED_BY = {PointAction.CANCEL: (PointAction.REPORT, PointAction.REQUEST), PointAction.REPORT: (PointAction.REQUEST,)}
FIRST_DAY = dt.date(2024, 7, 1)
Facts = dict[str, Any]


def day(number: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=number)


def point_facts() -> st.SearchStrategy[Facts]:
    """What a step of a point may say."""

    def filled(action: str, number: int) -> Facts:
        said: dict[str, Facts] = {
            PointAction.INSTRUCT: {
                "responsible_id": number + 1,
                "responsible_name": f"Отдел {number}",
                "warn_days": number,
                **({} if number % 2 else {"controller_id": 7, "controller_name": "Председатель"}),
            },
            PointAction.EXTEND: {} if number else {"lifts_due": True},
            PointAction.REQUEST: {"asked_due_on": day(200 + number)},
            PointAction.MEASURE: {"measures": Measure(tuple(MeasureCode)[:number]).stored},
            PointAction.REPORT: {"obstacles": f"мешает {number}", "next_step": "дальше"},
        }
        facts: Facts = {"action": action, "text": f"{action} {number}"} | said.get(action, {})
        if action in (PointAction.INSTRUCT, PointAction.EXTEND) and number:
            facts["due_on"] = day(100 + number)
        if action in NAMING:
            facts["result"] = NAMED[number]
        if action in IMPLIED:
            facts["result"] = IMPLIED[PointAction(action)]
        if action in (PointAction.REPORT, PointAction.CLOSE) and number % 2:
            facts["result_reason"] = f"потому что {number}"
        return facts

    return st.builds(filled, st.sampled_from(PointAction.values), st.integers(0, 5))


def letter_facts() -> st.SearchStrategy[Facts]:
    """What a step of a letter may say."""

    def filled(action: str, number: int) -> Facts:
        facts: Facts = {"action": action, "text": f"{action} {number}"}
        if action == LetterAction.SEND:
            facts |= {"channel": Channel.POST, "due_on": day(30 + number)}
        if action == LetterAction.EXTEND:
            facts["due_on" if number else "lifts_due"] = day(60 + number) if number else True
        return facts

    return st.builds(filled, st.sampled_from([one for one in LetterAction.values if one != "sign"]), st.integers(0, 5))


def made(model: Any, facts: Facts, number: int, pk: int | None = None) -> Any:
    """A row that is not stored."""
    return model(pk=pk, happened_on=day(number), actor_name="Кто-то", **facts)


@st.composite
def histories(
    draw: Callable[[st.SearchStrategy[Any]], Any], model: type[LedgerRow], rules: Rules[Any, Any]
) -> list[tuple[int, Facts]]:
    """A legal history in the order of its days: day and facts of each step."""
    facts_of = point_facts() if model is ProgressEntry else letter_facts()
    steps = draw(st.lists(st.tuples(st.integers(0, 2), facts_of), min_size=draw(st.sampled_from([0, 20])), max_size=40))
    history: list[tuple[int, Facts]] = []
    number = 0
    for gap, facts in steps:
        stored = [made(model, said, when, pk) for pk, (when, said) in enumerate(history, start=1)]
        if rules.replay(stored, [made(model, facts, number + gap)]) is None:
            number += gap
            history.append((number, facts))
    return history


def what_belongs_together(history: Sequence[tuple[int, Facts]]) -> list[list[int]]:
    """The places of a point's history, those together that are typed together.

    A report with its return, or with closing and reopening; what is cancelled with what puts it back; a request with
    its answer.
    """
    groups: list[list[int]] = []
    open_groups: dict[str, list[int]] = {}  # those that wait for what follows
    for place, (_, facts) in enumerate(history):
        action = PointAction(facts["action"])
        first = next((one for one, nexts in FOLLOWED_BY.items() if action in nexts and one in open_groups), None)
        group = open_groups.pop(first) if first else []
        group.append(place)
        if not first:
            groups.append(group)
        for lapsed in ENDED_BY.get(action, ()):
            open_groups.pop(lapsed, None)
        if action in FOLLOWED_BY:
            open_groups[action] = group
    return groups


def typed_orders(history: Sequence[tuple[int, Facts]]) -> st.SearchStrategy[list[int]]:
    """Orders in which a history may be typed: places in it, those of one day in their order."""

    def keep_days(order: list[int]) -> list[int]:
        waiting: dict[int, list[int]] = {}
        for place, (number, _) in enumerate(history):
            waiting.setdefault(number, []).append(place)
        return [waiting[history[place][0]].pop(0) for place in order]

    return st.permutations(range(len(history))).map(keep_days)


def type_in(
    history: Sequence[tuple[int, Facts]], order: Sequence[int], write: Callable[[int, Facts], bool]
) -> list[int]:
    """Type a history in an order, putting off what is refused; what follows it on the same day waits too.

    Args:
        history: as `histories` makes it.
        order: as `typed_orders` makes it.
        write: types a step, and says whether it was taken.

    Returns:
        The places of the steps that were taken, sorted: all of them, unless the rest makes one another wait.
    """
    waiting, taken, goes_on = list(order), [], True
    while goes_on:
        goes_on, put_off = False, []
        days: set[int] = set()
        for place in waiting:
            number, facts = history[place]
            if number not in days and write(number, facts):
                taken.append(place)
                goes_on = True
            else:
                days.add(number)
                put_off.append(place)
        waiting = put_off
    return sorted(taken)


def naive_order(rows: Sequence[Any], until: dt.date, known_on: dt.date) -> list[Any]:
    """The reading (D, K), as somebody would make it with cards on a table."""
    table: list[Any] = []
    for row in sorted(rows, key=lambda one: one.pk):
        if row.voids_id is None:
            before = [place for place, one in enumerate(table) if one.pk == row.placed_before_id]
            chain = [place for place, one in enumerate(table) if row.stands_for_id in (one.pk, one.stands_for_id)]
            here = chain[-1] + 1 if row.stands_for_id else before[0] if before else len(table)
            table.insert(here, row)
    table.sort(key=lambda one: one.happened_on)  # stable
    known = [one for one in rows if one.recorded_at.date() <= known_on]
    voided = [one.voids_id for one in known if one.voids_id]
    return [one for one in table if one in known and one.pk not in voided and one.happened_on <= until]


__all__ = ["LetterStep", "day", "histories", "made", "naive_order", "type_in", "typed_orders"]
