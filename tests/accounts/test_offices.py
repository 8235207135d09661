"""Who holds an office on a day, and what they may by it."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.access import has_permission, people_with
from accounts.forms import ProfileForm
from accounts.history import account_history
from accounts.ledgers import faults
from accounts.models import OfficeLedger, OfficeTerm, TermAction, User
from accounts.offices import NEEDS_AN_END, NO_ACCOUNT, holders, holds, new_term, term_of, void, voided_since
from accounts.people import LAST_SECRETARY, deactivate
from accounts.roles import OFFICE_PERMISSIONS, PERMISSIONS, Office, Permission, Role, permissions_of_office
from revisions.models import EditConflict
from russian.templatetags.russian import long_date
from tests.accounts.terms import BASIS, appointed, day, ended, noted
from tests.accounts.test_roles import opened_to
from tests.conftest import ClientFor

ACTING, BOARD = Office.ACTING_CHAIR, Office.BOARD
YESTERDAY, TODAY, TOMORROW = -1, 0, 1


def allowed(user: User) -> set[Permission]:
    return {one for one in Permission if has_permission(user, one)}


def refused(user: User, office: Office = ACTING, first: int = -1, last: int | None = 1, *, by: User) -> str:
    with pytest.raises(ValidationError) as found:
        appointed(user, office, first, last, by=by)
    return found.value.messages[0]


def voided(row: OfficeTerm, *, by: User) -> OfficeTerm:
    gone = void(row, reason="Не тот человек.", by=by, version=OfficeLedger.read().version)
    row.user.refresh_from_db()
    return gone


def test_every_office_stands_in_the_table() -> None:
    assert set(OFFICE_PERMISSIONS) == set(Office)
    assert ACTING.role == Role.CHAIR
    assert permissions_of_office(ACTING) == PERMISSIONS[Role.CHAIR]
    reads = {Permission.READ_INTERNAL, Permission.READ_CORRESPONDENCE}
    assert permissions_of_office(BOARD) == reads | {Permission.ACT_AS_BOARD}


def test_who_acts_for_the_chair_may_what_the_chair_may_and_keeps_what_they_could(deputy: User, chair: User) -> None:
    own = allowed(deputy)
    appointed(deputy, by=chair)
    assert allowed(deputy) == own | allowed(chair)


@pytest.mark.slow
def test_pages_open_to_who_acts_are_those_of_the_chair_and_their_own(
    acting_chair: User, chair: User, deputy: User, client_for: ClientFor
) -> None:
    assert opened_to(acting_chair, client_for) == opened_to(chair, client_for) | opened_to(deputy, client_for)


def test_who_sits_on_the_board_reads_and_acts_for_it(deputy: User, secretariat: User) -> None:
    before = allowed(deputy)
    appointed(deputy, BOARD, last=None, by=secretariat)
    assert allowed(deputy) - before == {Permission.READ_INTERNAL, Permission.ACT_AS_BOARD}


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [(TODAY, TODAY, True), (-9, TODAY, True), (TODAY, 9, True), (-9, YESTERDAY, False), (TOMORROW, 9, False)],
)
def test_powers_begin_and_end_by_the_calendar(
    deputy: User, secretariat: User, first: int, last: int, *, may: bool
) -> None:
    appointed(deputy, first=first, last=last, by=secretariat)
    assert has_permission(deputy, Permission.SIGN) == may
    assert (deputy in people_with(Permission.SIGN)) == may
    assert [holds(deputy, ACTING, day(one)) for one in (first - 1, first, last, last + 1)] == [False, True, True, False]


def test_powers_of_a_board_member_without_a_last_day_end_when_they_are_ended(deputy: User, secretariat: User) -> None:
    row = appointed(deputy, BOARD, first=-9, last=None, by=secretariat)
    assert term_of(deputy, BOARD, day(70_00)) == row
    ended(deputy, BOARD, TODAY, by=secretariat)
    assert [holds(deputy, BOARD, day(one)) for one in (YESTERDAY, TODAY)] == [True, False]
    assert deputy.offices == [["board", day(-9).isoformat(), day(YESTERDAY).isoformat()]]
    assert list(holders(BOARD, day(YESTERDAY))) == [deputy]
    assert not holders(BOARD, day(TODAY)).exists()


def test_who_is_switched_off_holds_nothing_and_the_term_is_told(deputy: User, secretariat: User) -> None:
    row = appointed(deputy, by=secretariat)
    deactivate(deputy, by=secretariat)
    deputy.refresh_from_db()
    assert not holds(deputy, ACTING, day(TODAY))
    assert not holders(ACTING, day(TODAY)).exists()
    assert not people_with(Permission.SIGN).exists()
    assert allowed(deputy) == set()
    assert term_of(deputy, ACTING, day(TODAY)) == row


def test_the_right_of_an_office_is_known_without_a_question(
    acting_chair: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert has_permission(acting_chair, Permission.SIGN)
        assert not has_permission(AnonymousUser(), Permission.SIGN)


def test_who_acts_is_no_last_secretary(secretariat: User, deputy: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OFFICE_PERMISSIONS, BOARD, frozenset({Permission.MANAGE_USERS}))
    appointed(deputy, BOARD, by=secretariat)
    assert has_permission(deputy, Permission.MANAGE_USERS)
    with pytest.raises(ValidationError, match=LAST_SECRETARY):
        deactivate(secretariat, by=secretariat)


def test_nobody_is_appointed_twice_for_a_day(deputy: User, secretariat: User) -> None:
    appointed(deputy, BOARD, last=None, by=secretariat)
    assert refused(deputy, BOARD, 5, 6, by=secretariat) == (
        f"З.З. Заместителев и так член Правления: с {long_date(day(YESTERDAY))}"
    )
    appointed(deputy, ACTING, by=secretariat)  # another office is another thing


def test_two_never_act_on_one_day(acting_chair: User, deputy: User, secretariat: User) -> None:
    assert refused(deputy, first=TOMORROW, last=9, by=secretariat) == (
        f"В эти дни обязанности председателя уже исполняет И.О. Замещаева: с {long_date(day(YESTERDAY))} "
        f"по {long_date(day(TOMORROW))} Двое одновременно их не исполняют."
    )
    appointed(deputy, first=2, last=9, by=secretariat)
    assert list(holders(ACTING, day(2))) == [deputy]
    appointed(deputy, BOARD, by=secretariat)
    appointed(secretariat, BOARD, by=secretariat)


def test_a_successor_acts_from_the_day_on_which_the_powers_end(
    acting_chair: User, deputy: User, secretariat: User
) -> None:
    ended(acting_chair, on=TODAY, by=secretariat)
    appointed(deputy, first=TODAY, last=9, by=secretariat)
    assert (allowed(acting_chair) == PERMISSIONS[Role.MUNICIPAL], has_permission(deputy, Permission.SIGN)) == (
        True,
        True,
    )


def test_what_ended_by_a_row_does_not_come_back_while_another_acts(
    acting_chair: User, deputy: User, secretariat: User
) -> None:
    row = ended(acting_chair, on=TODAY, by=secretariat)
    appointed(deputy, first=TODAY, last=9, by=secretariat)
    with pytest.raises(ValidationError, match="Станет невозможной более поздняя запись «Назначение: "):
        voided(row, by=secretariat)


@pytest.mark.parametrize(
    ("on", "why"),
    [(YESTERDAY, "только начинаются"), (-2, "пока они действуют"), (2, "пока они действуют")],
)
def test_powers_end_only_while_they_hold(acting_chair: User, secretariat: User, on: int, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        ended(acting_chair, on=on, by=secretariat)


def test_who_is_appointed_can_log_in_and_does_not_do_so_anyway(secretariat: User, deputy: User, chair: User) -> None:
    administrator = User.objects.create_superuser("root@example.org", name="Т.А. Админов")
    deactivate(deputy, by=secretariat)
    deputy.refresh_from_db()
    assert refused(deputy, by=secretariat) == refused(administrator, by=secretariat) == NO_ACCOUNT
    assert refused(chair, by=secretariat) == "Н.В. Корягина и так исполняет эти обязанности – по своей роли."
    appointed(chair, BOARD, by=secretariat)


def test_who_acts_does_so_until_a_day(deputy: User, secretariat: User) -> None:
    assert refused(deputy, last=None, by=secretariat) == NEEDS_AN_END
    assert refused(deputy, first=TODAY, last=YESTERDAY, by=secretariat) == (
        "Последний день полномочий не может быть раньше первого."
    )


def test_what_was_known_can_be_asked(deputy: User, secretariat: User) -> None:
    noted(appointed(deputy, first=-9, last=9, by=secretariat), on=-5)
    noted(ended(deputy, on=-3, by=secretariat), on=YESTERDAY)
    assert not holds(deputy, ACTING, day(-4), known_on=day(-6))
    assert holds(deputy, ACTING, day(TODAY), known_on=day(-2))
    assert not holds(deputy, ACTING, day(TODAY), known_on=day(YESTERDAY))
    assert list(holders(ACTING, day(TODAY), known_on=day(-2))) == [deputy]


def test_a_voided_appointment_gives_nothing_and_may_be_put_right(
    acting_chair: User, deputy: User, secretariat: User
) -> None:
    wrong, version = OfficeTerm.objects.get(), OfficeLedger.read().version
    days: dict[str, Any] = {"happened_on": wrong.happened_on, "until": wrong.until}
    right = new_term(deputy, ACTING, TermAction.APPOINT, basis=BASIS, by=secretariat, **days)
    void(wrong, reason="Не тот человек.", by=secretariat, version=version, replacement=right)
    for one in (acting_chair, deputy):
        one.refresh_from_db()
    assert (acting_chair.offices, len(deputy.offices)) == ([], 1)
    wrong.refresh_from_db()
    with pytest.raises(ValidationError, match="уже отменена"):
        voided(wrong, by=secretariat)


def test_a_step_is_marked_when_its_powers_were_voided_later(acting_chair: User, secretariat: User) -> None:
    row = noted(OfficeTerm.objects.get(), on=YESTERDAY)
    at = timezone.now()
    asked = (acting_chair, ACTING, day(TODAY), at)
    assert voided_since(*asked) is None
    gone = voided(row, by=secretariat)
    assert voided_since(*asked) == gone
    assert voided_since(acting_chair, ACTING, day(2), at) is None  # not held then either
    assert voided_since(acting_chair, BOARD, day(TODAY), at) is None
    assert voided_since(acting_chair, ACTING, day(TODAY), timezone.now()) is None  # it was known already


def test_a_step_is_marked_when_powers_ended_before_it_as_was_learnt_later(
    acting_chair: User, secretariat: User
) -> None:
    noted(OfficeTerm.objects.get(), on=YESTERDAY)
    at = timezone.now()
    appointed(acting_chair, BOARD, -9, 9, by=secretariat)
    ended(acting_chair, BOARD, on=-5, by=secretariat)  # another office ended besides
    end = ended(acting_chair, on=TODAY, by=secretariat)
    assert voided_since(acting_chair, ACTING, day(TODAY), at) == end
    assert voided_since(acting_chair, ACTING, day(YESTERDAY), at) is None


def test_a_step_is_not_marked_when_the_right_row_gives_the_same_powers(acting_chair: User, secretariat: User) -> None:
    wrong = noted(OfficeTerm.objects.get(), on=YESTERDAY)
    at, version = timezone.now(), OfficeLedger.read().version
    days: dict[str, Any] = {"happened_on": day(TODAY), "until": day(9)}
    right = new_term(acting_chair, ACTING, TermAction.APPOINT, basis=BASIS, by=secretariat, **days)
    void(wrong, reason="Не те дни.", by=secretariat, version=version, replacement=right)
    assert voided_since(acting_chair, ACTING, day(TODAY), at) is None
    assert voided_since(acting_chair, ACTING, day(YESTERDAY), at) == OfficeTerm.objects.get(voids=wrong)


def test_of_two_who_appoint_at_once_one_is_told(acting_chair: User, deputy: User, secretariat: User) -> None:
    read = OfficeLedger.read()
    row = new_term(deputy, BOARD, TermAction.APPOINT, happened_on=day(0), until=None, basis=BASIS, by=secretariat)
    appointed(secretariat, BOARD, by=secretariat)
    with pytest.raises(EditConflict) as conflict:
        read.write([row], version=1)
    assert conflict.value.current.version == 2
    with pytest.raises(EditConflict):
        read.write([row], version=0)


def test_a_fault_of_a_row_is_no_conflict(deputy: User) -> None:
    nobody = OfficeTerm(user=deputy, office=BOARD, action="appoint", happened_on=day(0), basis=BASIS, actor_name="")
    with pytest.raises(IntegrityError):
        OfficeLedger.read().write([nobody], version=0)
    deputy.refresh_from_db()
    assert deputy.offices == []


def test_saving_an_account_that_was_read_earlier_takes_no_powers_back(deputy: User, secretariat: User) -> None:
    form = ProfileForm({"name": "Иной", "position": "", "version": deputy.version}, instance=deputy)
    assert form.is_valid()
    appointed(User.objects.get(pk=deputy.pk), by=secretariat)
    form.save()
    deputy.refresh_from_db()
    assert (deputy.name, len(deputy.offices)) == ("Иной", 1)


def test_an_appointment_is_no_edit_of_the_account(acting_chair: User) -> None:
    assert acting_chair.version == 1
    assert len(account_history(acting_chair)) == 1
    assert "offices" not in {one.name for one in User.history.model._meta.fields}  # type: ignore[attr-defined]  # its manager


@pytest.mark.loose_ledgers
def test_what_is_kept_beside_the_ledger_is_compared_with_it(acting_chair: User, deputy: User) -> None:
    assert list(faults()) == []
    User.objects.filter(pk=acting_chair.pk).update(offices=[])
    User.objects.filter(pk=deputy.pk).update(offices=[["board", "2026-01-01", None]])
    assert [told.partition(":")[0] for told in faults()] == [
        f"accounts.User {one.pk}" for one in (acting_chair, deputy)
    ]


def test_a_row_says_what_happened(acting_chair: User, secretariat: User) -> None:
    row = OfficeTerm.objects.get()
    assert str(row) == f"Назначение: и.о. председателя – И.О. Замещаева, {long_date(day(YESTERDAY))}"
    assert row.told == f"По {long_date(day(TOMORROW))}\n{BASIS}"
    assert ended(acting_chair, by=secretariat).told == BASIS
