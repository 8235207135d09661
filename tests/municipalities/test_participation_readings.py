"""Every reading (D, K) of participation: the database, the fold and cards on a table say the same."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from municipalities.models import Municipality, Participation, ParticipationRecord
from municipalities.models.participation import PARTICIPATION_RULES
from tests.municipalities.factory import statement
from tests.resolutions.histories import naive_order

pytestmark = pytest.mark.slow

FIRST = dt.date(2024, 7, 1)
DAYS = st.integers(0, 4)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def at_noon(number: int) -> dt.datetime:
    return dt.datetime.combine(day(number), dt.time(12), tzinfo=dt.UTC)


def write(kostroma: Municipality, data: st.DataObject) -> list[ParticipationRecord]:
    """Random records: statements, confirmations, some placed before others of their day, some voided."""
    rows: list[ParticipationRecord] = []
    for place in range(data.draw(st.integers(0, 8))):
        on, status = data.draw(DAYS), data.draw(st.sampled_from(["", *Participation.values]))
        slots = [one for one in rows if one.happened_on == day(on) and one.placed_before_id is None]
        said: dict[str, Any] = {"recorded_at": at_noon(data.draw(DAYS)), "basis": f"Письмо {place}" if status else ""}
        said["placed_before"] = data.draw(st.sampled_from([None, *slots]))
        rows.append(statement(kostroma, status, str(day(on)), **said))
    for wrong in data.draw(st.lists(st.sampled_from(rows), unique_by=id, max_size=3)) if rows else []:
        said = {"basis": "", "text": "Ошибка.", "voids": wrong, "recorded_at": at_noon(data.draw(DAYS))}
        rows.append(statement(kostroma, "", str(wrong.happened_on), **said))
        if data.draw(st.booleans()):
            right: dict[str, Any] = {"placed_before": wrong.placed_before, "stands_for": wrong.stands_for or wrong}
            status = data.draw(st.sampled_from(Participation.values))
            right |= {"recorded_at": said["recorded_at"], "basis": "Верно"}
            rows.append(statement(kostroma, status, str(wrong.happened_on), **right))
    return rows


@pytest.mark.loose_ledgers
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_reading_is_the_same_in_sql_and_in_python(kostroma: Municipality, data: st.DataObject) -> None:
    city = Municipality.objects.create(
        name="Город", oktmo=f"{Municipality.objects.count():08}", federal_district="central", region="Область"
    )
    rows = write(city, data)
    until, known_on = day(data.draw(DAYS)), day(data.draw(DAYS))
    expected = naive_order(rows, until, known_on)
    held = ParticipationRecord.objects.held_on(until, known_on=known_on).filter(municipality=city)
    assert [one.pk for one in held] == [one.pk for one in reversed(expected)]
    status, basis = "unknown", ""
    for one in expected:
        status, basis = (one.status, one.basis) if one.status else (status, basis)
    since = expected[-1].happened_on if expected else None
    stated = PARTICIPATION_RULES.fold(rows, until, known_on=known_on)
    assert (stated.status, stated.since, stated.basis) == (status, since, basis)
    read: Any = Municipality.objects.with_participation(until, known_on=known_on).get(pk=city.pk)
    assert (read.participation, read.participation_since, read.participation_basis) == (status, since, basis)
