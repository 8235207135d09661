"""Promises as of a day, and as known on a day: example B of the union, and what the rooms above read."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, CommitmentState, Practice
from municipalities.practices.promises import PromiseFilter, PromiseOnDay, PromiseStatus, promises_on
from tests.municipalities.factory import city, left
from tests.municipalities.practices.factory import day, promise, step
from tests.municipalities.practices.test_commitment_ledger import merged, void

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def read(on: str, known: str = "") -> PromiseOnDay:
    (one,) = promises_on(day(on), known_on=day(known) if known else None)
    return one


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2024-07-31", "Выполняется"),
        ("2025-05-31", "Выполняется"),
        ("2025-06-01", "Просрочено на 1\xa0день"),
        ("2025-06-10", "Просрочено на 10\xa0дней"),
        ("2025-06-20", "Исполнено с опозданием на 20\xa0дней"),
        ("2025-07-01", "Исполнено с опозданием на 20\xa0дней"),
    ],
)
def test_a_promise_is_late_from_the_day_after_and_kept_late(arkhangelsk: Municipality, on: str, status: str) -> None:
    step(promise(arkhangelsk), "kept", "2025-06-20")
    assert read(on).status_in_words == status
    assert read(on).is_late == ("Просрочено" in status)


def test_kept_on_its_last_day_is_not_late(arkhangelsk: Municipality) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-05-31")
    one = read("2025-06-30")
    assert (one.status_in_words, one.days_late, one.badge) == ("Исполнено", 0, PromiseStatus.KEPT)
    assert (one.ended_on, one.url, one.get_absolute_url()) == (
        day("2025-05-31"),
        f"/practices/commitments/{made.pk}/",
        f"/practices/commitments/{made.pk}/",
    )


def test_what_was_written_down_later_was_not_known(arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk, entered="2024-07-10 12:00")
    step(made, "kept", "2025-05-30", entered="2025-06-20 12:00")
    assert promises_on(day("2024-07-09"), known_on=day("2024-07-09")) == []
    assert read("2025-06-10", "2025-06-10").is_late
    assert not read("2025-06-10", "2025-06-10").is_recorded_later
    assert read("2025-06-10").badge == PromiseStatus.KEPT
    assert read("2025-06-10").is_recorded_later
    assert not read("2025-06-20").is_recorded_later
    page = Client().get("/practices/commitments/", {"as_of": "2025-06-10"}).content.decode()
    assert "внесено позже отчётной даты" in page


def test_a_leaver_is_late_no_more(arkhangelsk: Municipality) -> None:
    promise(arkhangelsk)
    left(arkhangelsk, "2025-06-05")
    assert read("2025-06-04").is_late
    one = read("2025-06-05")
    assert (one.is_of_leaver, one.is_late, one.status_in_words) == (True, False, "Выполняется")
    assert one.is_in(PromiseFilter.LEFT)
    assert not one.is_in(PromiseFilter.OPEN)
    assert not read("2025-06-04").is_in(PromiseFilter.LEFT)


@pytest.mark.parametrize(
    ("action", "on", "asked"),
    [
        ("", "2025-05-01", {"open"}),
        ("", "2025-07-01", {"open", "late"}),
        ("kept", "2025-05-01", {"kept"}),
        ("kept", "2025-07-01", {"kept", "kept-late"}),
        ("dropped", "2025-05-01", {"dropped"}),
    ],
)
def test_each_filter_has_its_own(arkhangelsk: Municipality, action: str, on: str, asked: set[str]) -> None:
    made = promise(arkhangelsk)
    if action:
        step(made, action, on)
    assert {one.value for one in PromiseFilter if read(on).is_in(one)} == asked


def test_a_promise_by_link_is_a_deed_from_its_acceptance(arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk, by_link=True, entered="2024-06-28 12:00")
    waiting = read("2024-06-30")
    assert (waiting.is_public, waiting.accepted_on, waiting.accepted_at) == (False, None, None)
    assert waiting.is_in(PromiseFilter.WAITING)
    step(made, "accepted", "2024-07-01", entered="2024-07-03 12:00")
    one = read("2024-07-01")
    assert (one.is_public, one.accepted_on) == (True, day("2024-07-01"))
    assert one.accepted_at
    assert one.accepted_at.date() == dt.date(2024, 7, 3)
    assert not read("2024-07-01", "2024-07-02").is_public


def test_dropping_does_not_undo_the_deed_and_voiding_does(arkhangelsk: Municipality, secretariat: User) -> None:
    made = step(promise(arkhangelsk, entered="2024-07-10 12:00"), "dropped", "2024-08-01")
    one = read("2024-08-02")
    assert (one.accepted_on, one.is_public, one.state) == (day("2024-06-27"), True, CommitmentState.DROPPED)
    assert one.accepted_at == made.steps.get(action="made").recorded_at
    void(made, "dropped", secretariat)
    void(made, "made", secretariat)
    assert promises_on(day("2024-08-02")) == []


def test_a_predecessors_promise_is_its_own_until_it_is_passed(
    arkhangelsk: Municipality, kostroma: Municipality, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    whole = merged(arkhangelsk, kostroma, by=secretariat)
    assert not read("2024-12-31").is_to_pass
    one = read("2025-06-10")
    assert (one.municipality, one.is_to_pass, one.is_of_leaver, one.days_late) == (arkhangelsk, True, False, 10)
    step(made, "passed", "2025-06-11", municipality=whole)
    assert read("2025-06-10").municipality == arkhangelsk
    passed = read("2025-06-11")
    assert (passed.municipality, passed.is_to_pass, passed.days_late) == (whole, False, 11)


def test_what_was_typed_by_mistake_is_not_public(arkhangelsk: Municipality) -> None:
    promise(arkhangelsk)
    Municipality.objects.filter(pk=arkhangelsk.pk).update(is_listed=False)
    assert not read("2024-07-01").is_public


def test_the_number_of_queries_does_not_grow(practice: Practice) -> None:
    assert promises_on(day("2024-07-01")) == []
    for number in range(5):
        one = city(f"Город {number}", 100 + number)
        step(promise(one, practice), "kept", "2024-08-01")
        promise(one)
        with CaptureQueriesContext(connection) as asked:
            found = promises_on(day("2025-07-01"))
            assert [bool(one.label) for one in found] == [True] * (2 * number + 2)
        assert len(asked) == 7
    some = promises_on(day("2025-07-01"), commitments=Commitment.objects.filter(practice=practice))
    assert len(some) == 5
