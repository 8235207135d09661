"""The ledger of offices: what the database refuses, and that the order of typing says nothing."""

from copy import copy
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts.models import OFFICE_RULES, OfficeTerm, TermAction, User
from accounts.offices import holders
from accounts.roles import Office
from revisions.days import EARLIEST, LATEST, noon_of
from tests.accounts.terms import BASIS, day
from tests.accounts.test_union_ledger import refused

pytestmark = pytest.mark.slow

LAST = 8
EACH = range(LAST + 1)
DAYS = st.integers(0, LAST)


def row(user: User, **changes: Any) -> OfficeTerm:
    said = {"number": 7, "action": "appoint", "office": "board", "happened_on": day(0), "basis": BASIS}
    return OfficeTerm(**{"user": user, "actor_name": "Кто-то"} | said | changes)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("office_term_within_a_century", {"happened_on": EARLIEST.replace(year=1999)}),
        ("office_term_within_a_century", {"happened_on": LATEST.replace(year=2101)}),
        ("office_term_does_not_end_before_it_begins", {"until": day(-1)}),
        ("office_term_does_not_end_before_it_begins", {"until": LATEST.replace(year=2101)}),
        ("office_term_is_a_step_with_basis_or_a_voiding", {"basis": ""}),
        ("office_term_is_a_step_with_basis_or_a_voiding", {"action": "end", "basis": ""}),
        ("office_term_is_a_step_with_basis_or_a_voiding", {"action": "end", "until": day(1)}),
        ("office_term_is_a_step_with_basis_or_a_voiding", {"action": "rule"}),
        ("office_term_is_a_step_with_basis_or_a_voiding", {"office": "emperor"}),
        ("office_term_is_a_step_with_basis_or_a_voiding", {"action": "", "office": "", "basis": ""}),
        ("office_term_of_a_stand_in_ends", {"office": "acting_chair"}),
        ("officeterm_by_somebody", {"actor_name": ""}),
    ],
)
def test_the_database_refuses(deputy: User, name: str, changes: dict[str, Any]) -> None:
    refused(name, row(deputy, **changes).save)


def test_the_database_refuses_a_voiding_that_says_something_and_a_number_twice(acting_chair: User) -> None:
    stored = OfficeTerm.objects.get()
    refused("office_term_is_a_step_with_basis_or_a_voiding", row(acting_chair, voids=stored, text="Ошибка.").save)
    refused("office_term_numbered_once", row(acting_chair, number=stored.number).save)


def history(people: list[User], data: st.DataObject) -> list[OfficeTerm]:
    """Appointments and ends that are legal together; they have no keys yet."""
    rows: list[OfficeTerm] = []
    for _ in range(data.draw(st.integers(1, 7))):
        begins = data.draw(DAYS)
        said: dict[str, Any] = {"office": data.draw(st.sampled_from(Office)), "happened_on": day(begins)}
        said["until"] = day(data.draw(st.integers(begins, LAST)))
        if data.draw(st.booleans()):
            said |= {"action": TermAction.END, "until": None}
        type_in(rows, row(data.draw(st.sampled_from(people)), **said))
    return rows


def type_in(stored: list[OfficeTerm], new: OfficeTerm) -> bool:
    """Store a row in memory, if the ledger takes it."""
    new.pk = None
    if OFFICE_RULES.replay(stored, [new]):
        return False
    stored.append(new)
    new.pk = new.number = len(stored)
    return True


def held(rows: list[OfficeTerm]) -> list[list[str]]:
    """Who holds what on each day, by the ledger in memory."""
    terms = OFFICE_RULES.fold(rows)
    return [
        sorted(f"{one.held.office} {one.appointed.user}" for one in terms if one.held.holds_on(day(on))) for on in EACH
    ]


@given(data=st.data())
def test_terms_typed_in_whatever_order_come_to_the_same(data: st.DataObject) -> None:
    rows = history([User(pk=1, name="А"), User(pk=2, name="Б")], data)
    expected, typed = held(rows), list[OfficeTerm]()
    waiting = data.draw(st.permutations([copy(one) for one in rows]))
    while waiting:
        before = len(typed)
        waiting = [one for one in waiting if not type_in(typed, one)]
        assume(len(typed) > before)  # what only fits when two are typed together is not typed so
    assert held(typed) == expected


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_reading_is_the_same_in_sql_and_in_python(
    secretariat: User, deputy: User, colleague: User, data: st.DataObject
) -> None:
    with transaction.atomic():
        rows = history([deputy, colleague], data)
        for one in rows:
            one.pk, one.recorded_at = None, noon_of(day(data.draw(DAYS)))
            one.save()
        for wrong in data.draw(st.lists(st.sampled_from(rows), max_size=1) if rows else st.just([])):
            at = {"number": 99, "recorded_at": noon_of(day(data.draw(DAYS)))}
            OfficeTerm.voiding_of(wrong, reason="Ошибка.", by=secretariat, user=wrong.user, **at).save()
        office, on, known_on = data.draw(st.sampled_from(Office)), day(data.draw(DAYS)), day(data.draw(DAYS))
        terms = OFFICE_RULES.fold(OfficeTerm.objects.all(), known_on=known_on)
        expected = {one.appointed.user for one in terms if one.held.office == office and one.held.holds_on(on)}
        assert set(holders(office, on, known_on=known_on)) == expected
        transaction.set_rollback(True)
