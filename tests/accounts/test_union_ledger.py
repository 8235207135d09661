"""What is known of the Union on a day, how it is asked for, and what the database itself refuses."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts.ledgers import faults
from accounts.models import (
    QuorumRule,
    UnionLedger,
    UnionProfile,
    UnionProfileRecord,
    User,
    demo_data_loaded,
    union_last_known,
    union_read_once,
)
from accounts.models.union import FROM_THE_SOURCE
from revisions.models import EditConflict
from sgcszr_portal.errors import server_error
from tests.accounts.unions import RENAMED, changed

DAY = dt.date(2025, 1, 1)


def test_before_anything_is_written_down_the_source_speaks(db: None) -> None:
    assert UnionProfile.on() == UnionProfile.on(dt.date(2000, 1, 1)) == FROM_THE_SOURCE


def test_a_renaming_holds_from_its_day_and_leaves_the_rest(secretariat: User) -> None:
    changed(secretariat, DAY, full_name=RENAMED)
    changed(secretariat, dt.date(2024, 1, 1), phone="111", full_name="Союз")  # written down later, of an earlier day
    before, after = UnionProfile.on(DAY - dt.timedelta(days=1)), UnionProfile.on(DAY)
    assert (before.full_name, after.full_name) == ("Союз", RENAMED)
    assert before.phone == after.phone == "111"


def test_what_was_not_known_yet_can_be_left_out(secretariat: User) -> None:
    changed(secretariat, DAY, full_name=RENAMED)
    assert UnionProfile.on(DAY, known_on=DAY).full_name == FROM_THE_SOURCE.full_name


@pytest.mark.parametrize(
    ("rule", "members", "needed"),
    [
        ("more_than_half", 26, 14),
        ("more_than_half", 25, 13),
        ("half", 26, 13),
        ("half", 25, 13),
        ("two_thirds", 26, 18),
        ("two_thirds", 27, 18),
        ("three_quarters", 26, 20),
    ],
)
def test_a_quorum_is_counted_from_the_members(rule: str, members: int, needed: int) -> None:
    assert QuorumRule(rule).of(members) == needed


def test_a_request_asks_once_whatever_it_names(
    secretariat: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    changed(secretariat, DAY, full_name=RENAMED)
    UnionProfile.on()  # this process has read the rows
    with union_read_once(), django_assert_num_queries(1):
        assert UnionProfile.on().full_name == UnionProfile.on(DAY).full_name == RENAMED
        assert not demo_data_loaded()


def test_a_process_reads_the_rows_anew_when_another_wrote(secretariat: User) -> None:
    changed(secretariat, DAY, full_name=RENAMED)
    assert UnionProfile.on().full_name == RENAMED
    other = UnionProfileRecord(number=2, happened_on=DAY, text="Устав", actor_name="Другой", short_name="СГР")
    UnionProfileRecord.objects.bulk_create([other])
    assert UnionProfile.on().short_name == "СГР"


def test_what_is_written_within_a_request_is_read_within_it(secretariat: User) -> None:
    with union_read_once():
        assert UnionProfile.on().full_name != RENAMED
        changed(secretariat, DAY, full_name=RENAMED)
        assert UnionProfile.on().full_name == RENAMED


def test_of_two_who_write_at_once_one_is_told(secretariat: User) -> None:
    read = UnionLedger.read()
    changed(secretariat, DAY, phone="111")
    late = UnionProfileRecord(happened_on=DAY, text="Устав", actor_name="Другой", phone="222")
    with pytest.raises(EditConflict) as conflict:
        read.write(late, version=0)
    assert conflict.value.current.version == 1


def test_a_fault_of_a_row_is_no_conflict(db: None) -> None:
    nobody = UnionProfileRecord(happened_on=DAY, text="Устав", actor_name="", phone="222")
    with pytest.raises(IntegrityError):
        UnionLedger.read().write(nobody, version=0)


def test_the_page_of_an_error_names_the_union_without_asking(
    secretariat: User, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    changed(secretariat, DAY, short_name="СГР")
    UnionProfile.on()
    with django_assert_num_queries(0):
        page = server_error(rf.get("/")).content.decode()
    assert "Портал СГР" in page
    assert union_last_known().short_name == "СГР"


def test_every_page_shows_the_name_of_today(client: Client, secretariat: User) -> None:
    changed(secretariat, DAY, full_name=RENAMED, short_name="СГР")
    page = client.get("/verify/").content.decode()
    assert "– Портал СГР</title>" in page
    assert f"<p>{RENAMED}</p>" in page
    assert f"выпускал ли {RENAMED} бумагу" in page


def test_the_ledger_is_legal_when_a_row_stands_in_its_place(secretariat: User) -> None:
    row = changed(secretariat, DAY, phone="111")
    assert list(faults()) == []
    assert (str(row), row.told) == ("Изменены сведения о Союзе с 01.01.2025", "Телефон: 111\nУстав")


ROW: dict[str, Any] = {"number": 1, "happened_on": DAY, "text": "Устав", "actor_name": "Кто-то", "phone": "111"}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("union_record_within_a_century", {"happened_on": dt.date(1999, 1, 1)}),
        ("union_record_within_a_century", {"happened_on": dt.date(2101, 1, 1)}),
        ("union_record_says_why", {"text": ""}),
        ("union_record_says_something_or_voids", {"phone": None}),
        ("union_full_name_not_taken_back", {"full_name": ""}),
        ("union_genitive_not_taken_back", {"genitive": ""}),
        ("union_short_name_not_taken_back", {"short_name": ""}),
        ("union_ogrn_well_formed", {"ogrn": "12345"}),
        ("union_inn_well_formed", {"inn": "12345"}),
        ("union_quorum_rule_known", {"quorum_rule": "всегда"}),
        ("unionprofilerecord_by_somebody", {"actor_name": ""}),
    ],
)
def test_the_database_refuses(db: None, name: str, changes: dict[str, Any]) -> None:
    refused(name, lambda: UnionProfileRecord.objects.bulk_create([UnionProfileRecord(**ROW | changes)]))


def test_the_database_refuses_a_voiding_that_says_something_and_a_number_twice(db: None) -> None:
    stored = UnionProfileRecord(**ROW)
    stored.save()
    voiding = UnionProfileRecord(**ROW | {"number": 2, "voids": stored})
    refused("union_record_says_something_or_voids", voiding.save)
    refused("union_record_numbered_once", UnionProfileRecord(**ROW).save)


def refused(name: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        write()
    if "sqlite" not in str(type(found.value.__cause__)):
        assert name in str(found.value)
