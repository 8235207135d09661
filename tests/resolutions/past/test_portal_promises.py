"""Promises of members, as rows of the workbook of the past."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import (
    DecisionPoint,
)
from resolutions.past.portal import rows_of_portal
from resolutions.past.rows import (
    PastPromise,
)
from tests.municipalities.practices.factory import practice, promise
from tests.municipalities.practices.factory import step as of_promise
from tests.municipalities.practices.test_commitment_ledger import merged

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KOSTROMA, ARKHANGELSK = "Кострома (Костромская область)", "Архангельск (Архангельская область)"
DUE = dt.date(2025, 5, 31)


def row(number: int, city: str, what: str, made_on: str, **said: Any) -> PastPromise:
    """A row of a promise that nothing became of yet, but for what is said."""
    usual = {"decision": "", "point": None, "due_on": DUE, "who": "Отдел связи"}
    ends = {"kept_on": None, "dropped_on": None, "reason": ""}
    made = dt.date.fromisoformat(made_on)
    return PastPromise(row=number, municipality=city, what=what, made_on=made, **usual | ends | said)


def test_promises_with_what_became_of_them(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    kept = promise(kostroma, "Поставить датчики", point=str(shared.pk), on="2024-07-06")
    of_promise(kept, "moved", "2024-07-08", due="2025-06-30")
    of_promise(kept, "kept", "2025-06-20")
    dropped = promise(kostroma, "Сделать", on="2024-07-07")
    of_promise(dropped, "dropped", "2024-08-01", text="Нет средств.\nЖдём.")
    promise(arkhangelsk, practice(kostroma, "Свет"), on="2024-07-08")
    promise(kostroma, "Ждёт принятия", by_link=True)
    of_point: dict[str, Any] = {"decision": "decision", "point": 2, "due_on": dt.date(2025, 6, 30)}
    assert rows_of_portal().promises == (
        row(5, KOSTROMA, "Поставить датчики", "2024-07-06", kept_on=dt.date(2025, 6, 20), **of_point),
        row(6, KOSTROMA, "Сделать", "2024-07-07", dropped_on=dt.date(2024, 8, 1), reason="Нет средств.\nЖдём."),
        row(7, ARKHANGELSK, "перенять практику «Свет» (Кострома)", "2024-07-08"),
    )


def test_a_promise_that_was_passed_is_left_out(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    made = promise(kostroma)
    whole = merged(kostroma, arkhangelsk, by=secretariat)
    of_promise(made, "passed", "2025-01-01", municipality=whole)
    assert rows_of_portal().promises == ()
