"""The database says no too."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from resolutions.models import DecisionPoint, Letter, ProgressEntry, Resolution, ResolutionVersion

Broken = Callable[[Resolution], object]


def letters(resolution: Resolution, count: int = 1, **fields: object) -> None:
    rows = [Letter(resolution=resolution, addressee="А", body="Т", **fields) for _ in range(count)]
    Letter.objects.bulk_create(rows)


def entry(resolution: Resolution, **fields: object) -> None:
    point = resolution.points.first()
    values = {"happened_on": dt.date(2024, 7, 1), "text": "Т", "state_before": "planned", "state_after": "planned"}
    ProgressEntry.objects.bulk_create([ProgressEntry(point=point, **values | fields)])


ATTEMPTS: dict[str, Broken] = {
    "resolution_status_known": lambda r: Resolution.objects.filter(pk=r.pk).update(status="lost"),
    "resolution_adopted_has_date": lambda r: Resolution.objects.filter(pk=r.pk).update(adopted_on=None),
    "resolution_signed_exactly_when_issued": lambda r: Resolution.objects.filter(pk=r.pk).update(status="signed"),
    "version_number_once": lambda r: ResolutionVersion.objects.bulk_create(
        [ResolutionVersion(resolution=r, number=1, action="created", text={}, actor_name="А")]
    ),
    "version_action_known": lambda r: ResolutionVersion.objects.bulk_create(
        [ResolutionVersion(resolution=r, number=9, action="guessed", text={}, actor_name="А")]
    ),
    "point_number_once": lambda r: r.points.update(number=1),
    "point_number_from_one": lambda r: r.points.filter(number=1).update(number=0),
    "point_kind_known": lambda r: r.points.update(kind="wish"),
    "point_state_known": lambda r: r.points.update(state="forgotten"),
    "progress_states_known": lambda r: entry(r, state_after="forgotten"),
    "progress_says_something": lambda r: entry(r, text=""),
    "letter_kind_known": lambda r: letters(r, kind="postcard"),
    "letter_number_comes_with_date": lambda r: letters(r, kind="appeal", number="1"),
    "letter_number_once_a_year": lambda r: letters(
        r, 2, kind="circular", number="1", date=dt.date(2024, 7, 1), year=2024
    ),
    "letter_one_appeal_per_point": lambda r: letters(r, 2, kind="appeal", point=r.points.first()),
}


def constraint_names() -> set[str]:
    models = (Resolution, ResolutionVersion, DecisionPoint, ProgressEntry, Letter)
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_every_constraint_has_an_attempt_to_break_it() -> None:
    assert constraint_names() == set(ATTEMPTS)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_refuses(adopted: Resolution, name: str) -> None:
    columns = {"version_number_once": "number", "point_number_once": "number", "letter_number_once_a_year": "number"}
    columns["letter_one_appeal_per_point"] = "point_id"
    refusal = f"{name}|UNIQUE constraint failed: .*{columns.get(name, '-')}"
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        ATTEMPTS[name](adopted)
