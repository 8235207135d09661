"""The dated history of participation: written once, read as of any day."""

import datetime as dt
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from municipalities.models import Municipality, Participation, ParticipationRecord
from municipalities.models.municipality import MunicipalityQuerySet
from revisions.append_only import AppendOnlyViolation
from revisions.models import EditConflict
from tests.municipalities.factory import TODAY, statement

pytestmark = pytest.mark.django_db


def stands(day: str | None = None) -> tuple[Any, ...]:
    """Status, date and basis of the only municipality, as a query sees them."""
    as_of = dt.date.fromisoformat(day) if day else None
    one: Any = Municipality.objects.with_participation(as_of).get()
    return one.participation, one.participation_since, one.participation_basis


def test_who_said_nothing_is_unknown(kostroma: Municipality) -> None:
    assert stands() == ("unknown", None, "")
    assert kostroma.participation_on() is None


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-03-09", "unknown"),
        ("2024-03-10", "planned"),
        ("2024-06-26", "planned"),
        ("2024-06-27", "active"),
        ("2025-01-31", "active"),
        ("2025-02-01", "suspended"),
    ],
)
def test_a_status_holds_from_its_day_to_the_next(kostroma: Municipality, day: str, status: str) -> None:
    statement(kostroma, "suspended", "2025-02-01")  # entered first: the date decides, not the order of entry
    statement(kostroma, "planned", "2024-03-10")
    statement(kostroma, "active", "2024-06-27")
    assert stands(day)[0] == status
    record = kostroma.participation_on(dt.date.fromisoformat(day))
    assert (record.status if record else "unknown") == status


def test_of_one_day_the_later_record_counts(kostroma: Municipality) -> None:
    statement(kostroma, "active")
    statement(kostroma, "pilot", basis="Уточнение")
    assert stands() == ("pilot", dt.date(2024, 6, 27), "Уточнение")


def test_the_day_is_moscows(kostroma: Municipality) -> None:
    half_past_midnight = dt.datetime(2025, 3, 1, 0, 30, tzinfo=ZoneInfo("Europe/Moscow"))
    statement(kostroma, "active", "2025-03-01")
    with patch("django.utils.timezone.now", return_value=half_past_midnight.astimezone(dt.UTC)):
        assert stands()[0] == "active"
    with patch("django.utils.timezone.now", return_value=half_past_midnight - dt.timedelta(hours=1)):
        assert stands()[0] == "unknown"


def record(municipality: Municipality, by: User, **changes: Any) -> ParticipationRecord:
    said: dict[str, Any] = {
        "status": Participation.ACTIVE,
        "happened_on": TODAY(),
        "basis": "Постановление № 1",
        "version": municipality.version,
    }
    return municipality.record_participation(**said | changes, by=by)


def test_recording_keeps_who_and_when(kostroma: Municipality, kostroma_official: User) -> None:
    stored = record(kostroma, kostroma_official, basis=" Постановление \u00a0№ 1 ", text="Звонили")
    assert (stored.actor, stored.actor_name) == (kostroma_official, "К.К. Костромин")
    assert (stored.basis, stored.text) == ("Постановление № 1", "Звонили")
    kostroma_official.name = "К.К. Иная"
    kostroma_official.save()
    stored.refresh_from_db()
    assert stored.actor_name == "К.К. Костромин"


def test_recording_raises_the_version_and_leaves_the_facts_history_alone(
    kostroma: Municipality, secretariat: User
) -> None:
    record(kostroma, secretariat)
    assert kostroma.version == 2
    kostroma.refresh_from_db()
    assert kostroma.version == 2
    assert kostroma.history.count() == 1  # type: ignore[attr-defined]  # a manager


def test_an_outdated_version_conflicts_and_writes_nothing(kostroma: Municipality, secretariat: User) -> None:
    record(kostroma, secretariat)
    with pytest.raises(EditConflict):
        record(kostroma, secretariat, version=1)
    assert kostroma.participation_records.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("happened_on", "tomorrow"),
        ("happened_on", dt.date(1999, 12, 31)),
        ("status", "champion"),
        ("status", ""),
        ("basis", ""),
        ("basis", "я" * 501),
        ("text", "я" * 1001),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_written(
    kostroma: Municipality, secretariat: User, field: str, value: Any
) -> None:
    value = TODAY() + dt.timedelta(days=1) if value == "tomorrow" else value
    with pytest.raises(ValidationError) as refused:
        record(kostroma, secretariat, **{field: value})
    assert list(refused.value.message_dict) == [field]
    kostroma.refresh_from_db()
    assert (kostroma.version, kostroma.participation_records.count()) == (1, 0)


def test_a_failure_after_the_record_leaves_no_trace(kostroma: Municipality, secretariat: User) -> None:
    with patch.object(MunicipalityQuerySet, "update", side_effect=RuntimeError), pytest.raises(RuntimeError):
        record(kostroma, secretariat)
    assert not ParticipationRecord.objects.exists()


def test_records_are_never_changed_or_deleted(kostroma: Municipality) -> None:
    stored = statement(kostroma)
    records = ParticipationRecord.objects.all()
    for attempt in (stored.save, stored.delete, records.delete, lambda: records.update(basis="Иное")):
        with pytest.raises(AppendOnlyViolation):
            attempt()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("participation_status_known", {"status": "champion"}),
        ("participation_not_before_2000", {"on": "1999-12-31"}),
        ("participation_has_basis", {"basis": ""}),
        ("participationrecord_by_somebody", {"actor_name": ""}),
        ("participationrecord_on_behalf_with_ground", {"on_behalf_of": "Глава"}),
        ("participationrecord_on_behalf_with_ground", {"behalf_ground": "По устному поручению"}),
        ("participation_has_basis", {"status": ""}),
    ],
)
def test_the_database_refuses(kostroma: Municipality, constraint: str, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        statement(kostroma, **fields)
