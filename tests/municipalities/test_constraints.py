"""What the database itself refuses about names and codes, heads, and mergers."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from municipalities.models import HeadRecord, Municipality, Renaming, Succession
from revisions.ledger import LedgerRow

pytestmark = [pytest.mark.django_db, pytest.mark.loose_ledgers]
DAY = dt.date(2026, 3, 2)
OLD, FAR = dt.date(1999, 12, 31), dt.date(2101, 1, 1)

RIGHT: dict[type[LedgerRow], dict[str, Any]] = {
    Renaming: {"new_name": "Буй", "basis": "Закон"},
    HeadRecord: {"person": "И.И. Иванов"},
    Succession: {"basis": "Закон"},
}


@pytest.fixture
def owners(kostroma: Municipality, arkhangelsk: Municipality) -> dict[type[LedgerRow], dict[str, Municipality]]:
    return {
        Renaming: {"municipality": kostroma},
        HeadRecord: {"municipality": kostroma},
        Succession: {"successor": kostroma, "predecessor": arkhangelsk},
    }


@pytest.mark.parametrize(
    ("model", "constraint", "facts"),
    [
        (Renaming, "renaming_within_a_century", {"happened_on": OLD}),
        (Renaming, "renaming_within_a_century", {"happened_on": FAR}),
        (Renaming, "renaming_is_a_change_with_basis_or_a_voiding", {"new_name": ""}),
        (Renaming, "renaming_is_a_change_with_basis_or_a_voiding", {"basis": ""}),
        (Renaming, "renaming_oktmo_8_or_11_digits", {"new_oktmo": "123"}),
        (Renaming, "renaming_by_somebody", {"actor_name": ""}),
        (Renaming, "renaming_on_behalf_with_ground", {"on_behalf_of": "Кто-то"}),
        (HeadRecord, "headrecord_within_a_century", {"happened_on": OLD}),
        (HeadRecord, "headrecord_says_something_or_voids", {"person": None}),
        (HeadRecord, "headrecord_by_somebody", {"actor_name": ""}),
        (HeadRecord, "headrecord_on_behalf_with_ground", {"behalf_ground": "Поручение"}),
        (Succession, "succession_within_a_century", {"happened_on": FAR}),
        (Succession, "succession_has_a_basis_or_is_a_voiding", {"basis": ""}),
        (Succession, "succession_by_somebody", {"actor_name": ""}),
        (Succession, "succession_on_behalf_with_ground", {"on_behalf_of": "Кто-то"}),
    ],
)
def test_a_row_that_makes_no_sense(
    owners: dict[type[LedgerRow], dict[str, Municipality]],
    model: type[LedgerRow],
    constraint: str,
    facts: dict[str, Any],
) -> None:
    right = {"happened_on": DAY, "actor_name": "Кто-то"} | RIGHT[model] | owners[model]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.create(**right | facts)


def test_nobody_comes_of_itself(kostroma: Municipality) -> None:
    with pytest.raises(IntegrityError, match="succession_of_another"), transaction.atomic():
        Succession.objects.create(
            successor=kostroma, predecessor=kostroma, happened_on=DAY, basis="Закон", actor_name="Кто-то"
        )


@pytest.mark.parametrize(
    ("model", "said"), [(Renaming, {"new_name": "Ш"}), (HeadRecord, {"person": "П"}), (Succession, {"basis": "З"})]
)
def test_a_voiding_says_why_and_nothing_else(
    owners: dict[type[LedgerRow], dict[str, Municipality]],
    secretariat: User,
    model: type[LedgerRow],
    said: dict[str, str],
) -> None:
    row = model._default_manager.create(happened_on=DAY, actor_name="Кто-то", **RIGHT[model] | owners[model])
    for reason, changes, constraint in (("", {}, "voiding_says_why"), ("Нет", said, "void")):
        voiding = model.voiding_of(row, reason=reason, by=secretariat, **owners[model])
        for name, value in changes.items():
            setattr(voiding, name, value)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            voiding.save()
