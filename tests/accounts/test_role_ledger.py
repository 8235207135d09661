"""Since when somebody has a role: the ledger, what it keeps with the person, and what people may on a day by it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.access import day_refusal, had_permission, permission_refusal
from accounts.acting import ActingStep, behalf_of, doubts
from accounts.ledgers import faults
from accounts.models import RoleRecord, User
from accounts.people import LAST_SECRETARY
from accounts.role_keeping import NO_ROLE_LEFT, role_taken_back, void_role
from accounts.roles import Office, Permission, Role
from revisions.days import EARLIEST
from revisions.models import EditConflict
from tests.accounts.roles import had_role
from tests.accounts.terms import appointed, day
from tests.municipalities.factory import at, moment

pytestmark = pytest.mark.django_db

SINCE = dt.date(2025, 3, 1)
BEFORE, AFTER = dt.date(2025, 2, 28), dt.date(2025, 3, 2)
MAY = Permission.ACT_AS_CHAIR


def words(sentence: object) -> str:
    return str(sentence).replace("\xa0", " ")


def test_who_has_no_row_has_had_their_role_from_the_beginning(
    chair: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert had_permission(chair, MAY, EARLIEST)
        assert day_refusal(chair, MAY, EARLIEST) is None
    assert chair.held_roles[0].days_in_words == ""
    assert had_permission(chair, MAY, dt.date(1999, 1, 1)) and had_permission(chair, MAY, dt.date(2999, 1, 1))


def test_a_role_counts_from_its_day(chair: User, secretariat: User) -> None:
    row = had_role(chair, since=SINCE, by=secretariat)
    assert [had_permission(chair, MAY, one) for one in (BEFORE, SINCE, AFTER)] == [False, True, True]
    assert (chair.role_on(BEFORE), chair.role_on(SINCE)) == ("", Role.CHAIR)
    told = words(day_refusal(chair, MAY, BEFORE))
    assert told == "Председателем Союза вы стали 1 марта 2025 г.: шаг этим днём записать нельзя."
    assert day_refusal(chair, MAY, SINCE) is None
    assert day_refusal(secretariat, MAY, BEFORE) is None  # never theirs, whatever the day
    assert (row.actor_name, words(row)) == ("С.С. Секретарёва", "Н.В. Корягина: Роль: Председатель, 1 марта 2025 г.")


def test_the_first_change_says_what_was_before(chair: User, secretariat: User) -> None:
    had_role(chair, Role.MUNICIPAL, since=SINCE, by=secretariat)
    assert [(row.role, row.day_in_words.replace("\xa0", " ")) for row in RoleRecord.objects.reverse()] == [
        ("chair", "день не указан"),
        ("municipal", "1 марта 2025 г."),
    ]
    assert (chair.role, chair.role_on(BEFORE), chair.role_on(SINCE)) == ("municipal", "chair", "municipal")
    assert words(permission_refusal(chair, MAY, "Это делает председатель.")) == (
        "Полномочия председателя Союза закончились 28 февраля 2025 г. Это делает председатель."
    )


def test_who_was_chair_twice_is_told_both_times(chair: User, secretariat: User) -> None:
    had_role(chair, Role.MUNICIPAL, since=SINCE, by=secretariat)
    had_role(chair, Role.CHAIR, since=dt.date(2026, 3, 1), by=secretariat)
    assert words(day_refusal(chair, MAY, AFTER)) == (
        "Председателем Союза вы были по 28 февраля 2025 г.; председателем Союза вы стали 1 марта 2026 г.: "
        "шаг этим днём записать нельзя."
    )
    assert had_permission(chair, MAY, BEFORE)


def test_the_days_of_an_office_are_told_too_but_not_those_to_come(acting_chair: User, secretariat: User) -> None:
    appointed(acting_chair, first=10, last=20, by=secretariat)
    told = words(day_refusal(acting_chair, MAY, day(-5)))
    assert told.startswith("И.о. председателя вы стали") and told.count("и.о.") == 0


def test_a_change_of_the_past_leaves_todays_role(chair: User, secretariat: User) -> None:
    had_role(chair, since=SINCE, by=secretariat)
    had_role(chair, Role.MUNICIPAL, since=dt.date(2024, 1, 1), by=secretariat)
    assert (chair.role, chair.role_on(dt.date(2024, 6, 1)), chair.role_on(dt.date(2023, 6, 1))) == (
        "chair",
        "municipal",
        "",
    )


def test_what_changes_nothing_is_refused(chair: User, secretariat: User) -> None:
    had_role(chair, since=SINCE, by=secretariat)
    with pytest.raises(ValidationError, match="и так такая"):
        had_role(chair, since=AFTER, by=secretariat)
    assert (RoleRecord.objects.count(), User.objects.get(pk=chair.pk).version) == (1, 2)


def test_in_whose_stead_somebody_acted_is_told_by_the_role_of_that_day(acting_chair: User, secretariat: User) -> None:
    had_role(acting_chair, Role.CHAIR, since=day(0), by=secretariat)
    assert behalf_of(acting_chair, Permission.SIGN) is None
    assert behalf_of(acting_chair, Permission.SIGN, day(-1)) is not None


def test_a_wrong_row_is_voided_with_the_right_one(chair: User, secretariat: User) -> None:
    wrong = had_role(chair, since=SINCE, by=secretariat)
    void_role(wrong, reason="Не тот день.", by=secretariat, version=chair.version, replacement=(Role.CHAIR, BEFORE))
    chair.refresh_from_db()
    assert (chair.roles, chair.role, chair.version) == ([["chair", "2025-02-28"]], "chair", 3)
    with pytest.raises(ValidationError, match="уже отменена"):
        void_role(wrong, reason="Ещё раз.", by=secretariat, version=chair.version)


def test_the_right_row_of_the_same_day_takes_the_place_of_the_wrong_one(chair: User, secretariat: User) -> None:
    wrong = had_role(chair, Role.MUNICIPAL, since=SINCE, by=secretariat)
    had_role(chair, Role.CHAIR, since=SINCE, by=secretariat)  # back on the same day
    right = (Role.SECRETARIAT, SINCE)
    void_role(wrong, reason="Не та роль.", by=secretariat, version=chair.version, replacement=right)
    chair.refresh_from_db()
    assert [role for role, _ in chair.roles] == ["chair", "secretariat", "chair"]
    assert (chair.role, chair.role_on(SINCE), [one.role for one in chair.held_roles]) == (
        "chair",
        "chair",
        ["chair", "chair"],
    )


def test_a_change_that_is_voided_gives_the_former_role_back(chair: User, secretariat: User) -> None:
    wrong = had_role(chair, Role.MUNICIPAL, since=SINCE, by=secretariat)
    void_role(wrong, reason="Роль не меняли.", by=secretariat, version=chair.version)
    chair.refresh_from_db()
    assert (chair.role, had_permission(chair, MAY, AFTER)) == ("chair", True)


def test_nobody_is_left_without_a_role(chair: User, secretariat: User) -> None:
    wrong = had_role(chair, since=SINCE, by=secretariat)
    with pytest.raises(ValidationError, match="не осталось бы роли") as refused:
        void_role(wrong, reason="Не тот день.", by=secretariat, version=chair.version)
    assert refused.value.messages == [NO_ROLE_LEFT]
    with pytest.raises(EditConflict):
        row = RoleRecord.objects.get()
        void_role(row, reason="Не тот день.", by=secretariat, version=1, replacement=(Role.CHAIR, None))


def test_the_last_secretary_stays_one(secretariat: User) -> None:
    had_role(secretariat, since=SINCE, by=secretariat)
    wrong = RoleRecord.objects.get()
    with pytest.raises(ValidationError) as refused:
        version = secretariat.version
        void_role(wrong, reason="Нет.", by=secretariat, version=version, replacement=(Role.CHAIR, SINCE))
    assert refused.value.messages == [LAST_SECRETARY]
    assert RoleRecord.objects.count() == 1


def test_an_older_copy_of_the_account_takes_no_history_back(chair: User, secretariat: User) -> None:
    older = User.objects.get(pk=chair.pk)
    had_role(chair, since=SINCE, by=secretariat)
    older.save()
    chair.refresh_from_db()
    assert chair.roles == [["chair", "2025-03-01"]]


@pytest.mark.loose_ledgers
def test_what_the_account_keeps_is_compared_with_the_ledger(chair: User, secretariat: User) -> None:
    had_role(chair, since=SINCE, by=secretariat)
    assert list(faults()) == []
    User.objects.filter(pk=chair.pk).update(role=Role.MUNICIPAL, roles=[])
    assert list(faults()) == [
        f"accounts.User {chair.pk}: roles is [], and the ledger says [['chair', '2025-03-01']]",
        f"accounts.User {chair.pk}: role is 'municipal', and the ledger says 'chair'",
    ]


@pytest.mark.loose_ledgers
def test_a_ledger_of_which_nothing_is_in_force_is_told(chair: User, secretariat: User) -> None:
    wrong = had_role(chair, since=SINCE, by=secretariat)
    RoleRecord.voiding_of(wrong, reason="Мимо правил.", by=secretariat, user=chair).save()
    assert f"accounts.User {chair.pk}: role is 'chair', and the ledger says ''" in list(faults())


# --- what was done by a role that was taken back ---

DONE = moment("2026-05-01 12:00")


def noted(row: RoleRecord, when: str) -> None:
    RoleRecord._base_manager.filter(pk=row.pk).update(recorded_at=moment(when))


def look(user: User, post: Role | Office = Role.CHAIR, on: dt.date = AFTER) -> str:
    return words(doubts([ActingStep("it", user.pk, post, on, DONE)]).get("it", ""))


def test_a_deed_is_marked_when_the_role_turns_out_to_have_begun_later(chair: User, secretariat: User) -> None:
    assert look(chair) == ""
    noted(had_role(chair, since=dt.date(2026, 3, 1), by=secretariat), "2026-05-02 12:00")
    assert look(chair) == (
        "Проверьте: полномочий председателя Союза на этот день нет, запись от 2 мая 2026 г., С.С. Секретарёва."
    )
    assert look(chair, on=dt.date(2026, 3, 1)) == ""
    assert look(secretariat) == ""


def test_a_deed_is_marked_when_the_row_that_it_rests_on_is_voided(deputy: User, secretariat: User) -> None:
    with at("2026-04-01 12:00"):
        had_role(deputy, Role.CHAIR, since=SINCE, by=secretariat)
    for row in RoleRecord.objects.all():
        noted(row, "2026-04-01 12:00")
    assert look(deputy) == ""
    wrong = RoleRecord.objects.get(role=Role.CHAIR)
    void_role(wrong, reason="Не избирали.", by=secretariat, version=deputy.version)
    noted(RoleRecord.objects.exclude(voids=None).get(), "2026-05-02 12:00")
    assert look(deputy).endswith("запись от 2 мая 2026 г., С.С. Секретарёва: Не избирали.")
    assert look(deputy, Role.MUNICIPAL) == ""


def test_whoever_had_not_the_role_then_either_is_not_marked(chair: User, secretariat: User) -> None:
    with at("2026-04-01 12:00"):
        row = had_role(chair, since=SINCE, by=secretariat)
    noted(row, "2026-04-01 12:00")
    assert look(chair, on=BEFORE) == ""
    assert role_taken_back([], Role.CHAIR, BEFORE, DONE) is None
    assert doubts([ActingStep("it", None, Role.CHAIR, AFTER, DONE)]) == {}


# --- the database says no too ---


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("role_record_is_a_known_role_or_a_voiding", {"role": "emperor"}),
        ("role_record_not_before_2000", {"happened_on": dt.date(1999, 12, 31)}),
        ("role_record_without_day_is_of_old", {"day_is_known": False}),
        ("rolerecord_by_somebody", {"actor_name": ""}),
        ("rolerecord_on_behalf_with_ground", {"on_behalf_of": "Председатель"}),
    ],
)
def test_the_database_refuses(chair: User, name: str, changes: dict[str, object]) -> None:
    row = {"user": chair, "role": Role.CHAIR, "happened_on": SINCE, "actor_name": "С.С. Секретарёва"}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        RoleRecord.objects.bulk_create([RoleRecord(**row | changes)])
    if "sqlite" not in str(type(refused.value.__cause__)):
        assert name in str(refused.value)


@pytest.mark.parametrize("changes", [{"text": ""}, {"role": "chair"}])
def test_the_database_refuses_a_voiding_that_says_something_or_not_why(
    chair: User, secretariat: User, changes: dict[str, str]
) -> None:
    voiding = RoleRecord.voiding_of(had_role(chair, since=SINCE, by=secretariat), reason="Да.", by=chair, user=chair)
    for field, value in changes.items():
        setattr(voiding, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRecord.objects.bulk_create([voiding])
