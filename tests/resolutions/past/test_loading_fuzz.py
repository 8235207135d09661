"""Random rows of small pools: judging never raises, loading writes all or nothing, and a second time nothing."""

import datetime as dt
from dataclasses import fields
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import User
from municipalities.practices.models import Commitment
from resolutions.models import (
    Ask,
    AskOutcome,
    Channel,
    IncomingLetter,
    Letter,
    Outcome,
    PointAction,
    PointResult,
    ProgressEntry,
    Resolution,
)
from resolutions.past.loading import MEANWHILE, PastRefused, judge, load
from resolutions.past.rows import (
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastPromise,
    PastRows,
    PastStep,
)
from sgcszr_portal.ledgers import faults
from tests.municipalities.factory import city

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FILE = "Папка.xlsx"
SLUGS = ("one", "two", "add", "не адрес", "")
DAYS = [dt.date(2024, 6, 27) + dt.timedelta(days) for days in (0, 1, 2, 3, 30, 60)]
ODD_DAYS = [
    *DAYS,
    dt.date(1980, 1, 1),
    dt.date(1, 1, 1),
    dt.date(9999, 12, 31),
    dt.date(2099, 1, 1),
    dt.date(2150, 1, 1),
]
NAMES = ("Минстрой России", "Тверь", "Ржев", "Все члены Союза", "Секретариат Союза", "", "ß" * 240, "А" * 251)
TEXTS = ("Сделано.", "Дело", "", "\x00", "<b>жирно</b>", " два  слова\nи строка ", "Я" * 600)
NUMBERS = (1, 2, 3, 0, -1, 2**40, 2**70)
MODELS: tuple[Any, ...] = (Resolution, Letter, Ask, IncomingLetter, Outcome, ProgressEntry, Commitment)

# What cells hold, by their names: mostly what makes sense, so that rows hang together.
_days, _odd_days = st.sampled_from(DAYS), st.sampled_from(ODD_DAYS)
_day = st.one_of(_days, _days, _days, _odd_days)
_small = st.one_of(st.sampled_from((1, 2)), st.sampled_from((1, 2)), st.sampled_from(NUMBERS))
_text = st.one_of(st.just("Сделано."), st.just("Дело"), st.sampled_from(TEXTS))
_name = st.one_of(st.sampled_from(NAMES[:3]), st.sampled_from(NAMES))
_slug = st.one_of(st.just("one"), st.just("one"), st.sampled_from(SLUGS))
_CELLS: dict[str, Any] = {
    "row": st.integers(2, 9),
    "decision": _slug,
    "kind": st.sampled_from(("appeal", "appeal", "recommendation", "gratitude", "circular", "ничто")),
    "signatory_name": st.sampled_from(("Н.В. Корягина", "Н.В. Корягина", "")),
    "correspondent": _name,
    "municipality": _name,
    "responsible": _name,
    "controller": _name,
    "forwarded_to": st.one_of(st.just(""), _name),
    "letter": st.sampled_from(("1/24", "2/24")),
    "incoming": st.sampled_from(("1", "2")),
    "renews": st.booleans(),
    "outcome": st.sampled_from(AskOutcome),
    "action": st.sampled_from(PointAction),
    "subpoints": st.lists(_text, max_size=2).map(tuple),
    "preamble": st.lists(_text, max_size=2).map(tuple),
    "reply_days": st.one_of(st.none(), st.just(30), st.sampled_from(NUMBERS)),
    "channel": st.one_of(st.none(), st.sampled_from(Channel)),
    "result": st.one_of(st.none(), st.sampled_from(PointResult)),
}
_NUMBERED = {PastLetter: _CELLS["letter"], PastIncoming: _CELLS["incoming"], PastDecision: _text}


def cell(sheet: Any, one: Any) -> Any:
    """What a cell may hold."""
    if one.name in _CELLS:
        return _CELLS[one.name]
    if one.name == "number" and sheet in _NUMBERED:
        return _NUMBERED[sheet]
    if "date" in str(one.type):
        return st.one_of(st.none(), _day) if "None" in str(one.type) else _day
    if "int" in str(one.type):
        return st.one_of(st.none(), _small) if "None" in str(one.type) else _small
    return _text


def rows_of(sheet: Any, most: int) -> Any:
    said = st.builds(sheet, **{one.name: cell(sheet, one) for one in fields(sheet)})
    return st.lists(said, max_size=most).map(tuple)


SHEETS = {
    "decisions": (PastDecision, 2),
    "points": (PastPoint, 3),
    "letters": (PastLetter, 3),
    "asks": (PastAsk, 4),
    "incoming": (PastIncoming, 3),
    "outcomes": (PastOutcome, 4),
    "steps": (PastStep, 5),
    "promises": (PastPromise, 2),
}
ROWS = st.builds(PastRows, **{name: rows_of(*said) for name, said in SHEETS.items()})


def stored() -> list[int]:
    return [model.objects.count() for model in MODELS]


def try_out(rows: PastRows, by: User) -> bool:
    """Load rows after judging them; say whether they were taken."""
    before, judged = stored(), judge(rows, by=by, file_name=FILE)
    assert stored() == before
    assert MEANWHILE not in {one.sentence for one in judged.faults}
    for one in judged.faults:
        assert one.sentence
        assert one.row or one.field == ""
    try:
        assert load(rows, by=by, file_name=FILE) == judged
    except PastRefused as refused:
        assert refused.faults == judged.faults != ()
        assert stored() == before
        return False
    assert list(faults()) == []
    after = stored()
    again = load(rows, by=by, file_name=FILE)
    assert sum(again.added.values()) == 0
    assert stored() == after
    return True


def world() -> User:
    city("Тверь", 1)
    city("Ржев", 2)
    city("Ржев", 3, region="Другая область")
    return User.objects.create_user("fuzz@example.org", name="С.С. Секретарёва", role="secretariat")


@settings(
    max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=True
)
@given(ROWS)
def test_nothing_breaks_it(rows: PastRows) -> None:
    with transaction.atomic():
        try_out(rows, world())
        transaction.set_rollback(True)
