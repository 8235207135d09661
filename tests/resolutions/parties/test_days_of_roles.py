"""Who holds a role, or represents a municipality, on the day of a step; nobody acts on the days of another."""

import datetime as dt

import pytest

from accounts.models import User
from accounts.role_keeping import void_role
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from resolutions.models import DecisionPoint, Party, PointState
from tests.accounts.roles import had_role
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import point_step
from tests.resolutions.steps import Life, assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ELECTED = dt.date(2024, 9, 1)
CLOSING = {"text": "Исполнено.", "result": "achieved"}


@pytest.fixture
def reported(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, arkhangelsk: Municipality, chair: User
) -> Life:
    """A point of Архангельск, which has reported; the chair controls."""
    assign(point, Party.objects.of_municipality(arkhangelsk.pk), by=secretariat)
    for action in ("start", "report"):
        point_step(point, action, by=secretariat, on=dt.date(2024, 8, 5))
    return Life(client_for, point)


def test_the_present_chair_does_nothing_on_a_day_of_their_predecessor(
    reported: Life, secretariat: User, chair: User
) -> None:
    had_role(chair, since=ELECTED, by=secretariat)
    refused = reported.tries(chair, "close", "2024-08-31", **CLOSING)
    assert refused.status_code == 422
    (told,) = refused.context["form"].errors["happened_on"]
    assert told.replace("\xa0", " ") == (
        "Председателем Союза вы стали 1 сентября 2024 г.: шаг этим днём записать нельзя."
    )
    assert "Исполнено." in refused.content.decode()
    assert reported.point.state == PointState.REPORTED
    reported.does(secretariat, "close", "2024-08-31", behalf_ground="протокол № 5", **CLOSING)
    entry = reported.point.progress.latest("pk")
    assert (entry.on_behalf_of, entry.behalf_ground) == ("Председатель Союза", "протокол № 5")


def test_the_present_chair_controls_from_their_day_on(reported: Life, secretariat: User, chair: User) -> None:
    had_role(chair, since=ELECTED, by=secretariat)
    reported.does(chair, "close", "2024-09-01", **CLOSING)
    assert reported.point.state == PointState.CLOSED


def test_whose_role_ended_yesterday_takes_no_step(reported: Life, secretariat: User, chair: User) -> None:
    with at("2024-09-10 12:00"):
        had_role(chair, Role.MUNICIPAL, since=dt.date(2024, 9, 10), by=secretariat)
        refused = reported.tries(chair, "close", "2024-09-09", **CLOSING)
        assert refused.status_code == 403
        told = refused.content.decode().replace("\xa0", " ")
        assert "Полномочия председателя Союза закончились 9 сентября 2024 г." in told
        assert "Исполнено." in told
    assert reported.point.state == PointState.REPORTED


def test_whoever_is_the_secretariat_today_types_the_folder_of_all_years_in(
    client_for: ClientFor, point: DecisionPoint, secretariat: User
) -> None:
    had_role(secretariat, since=dt.date(2026, 1, 12), by=secretariat)
    Life(client_for, point).does(secretariat, "start", "2024-07-10")
    assert point.progress.get().on_behalf_of == ""


def test_a_role_that_is_taken_back_leaves_the_step_and_marks_it_for_a_look(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, chair: User
) -> None:
    life = Life(client_for, point)  # nobody was instructed: the chair controls
    for action in ("start", "report"):
        point_step(point, action, by=secretariat, on=dt.date(2024, 8, 5))
    life.does(chair, "close", "2024-08-31", **CLOSING)
    look = "Проверьте: полномочий председателя Союза на этот день нет"
    assert look not in life.page(secretariat)
    row = had_role(chair, since=ELECTED, by=secretariat)
    assert life.page(secretariat).count(look) == 1
    assert look not in life.page(None)
    assert life.point.state == PointState.CLOSED
    void_role(row, reason="Избран раньше.", by=secretariat, version=chair.version, replacement=(Role.CHAIR, None))
    assert look not in life.page(secretariat)


# --- who represents a municipality ---


def test_a_representative_takes_steps_of_the_days_of_their_appointment(
    life: Life, kostroma_official: User, secretariat: User
) -> None:
    Representative.objects.update(since=dt.date(2024, 7, 20))
    refused = life.tries(kostroma_official, "start", "2024-07-19", text="Начали.")
    assert refused.status_code == 422
    (told,) = refused.context["form"].errors["happened_on"]
    assert told.replace("\xa0", " ") == (
        "Муниципальное образование (Кострома) вы представляете с 20 июля 2024 г.: шаг этим днём записать нельзя."
    )
    assert "Начали." in refused.content.decode()
    life.does(kostroma_official, "start", "2024-07-20")
    life.does(secretariat, "note", "2024-07-20", behalf_ground="письмо администрации")


def test_somebody_appointed_twice_is_told_both_times(
    life: Life, kostroma_official: User, kostroma: Municipality
) -> None:
    Representative.objects.update(until=dt.date(2024, 7, 20))
    Representative.objects.create(user=kostroma_official, municipality=kostroma, since=dt.date(2024, 9, 1))
    refused = life.tries(kostroma_official, "start", "2024-08-01")
    (told,) = refused.context["form"].errors["happened_on"]
    assert "вы представляете по 20 июля 2024 г., с 1 сентября 2024 г.:" in told.replace("\xa0", " ")
    life.does(kostroma_official, "start", "2024-07-20")


def test_the_role_of_a_representative_has_its_days_too(life: Life, kostroma_official: User, secretariat: User) -> None:
    had_role(kostroma_official, since=ELECTED, by=secretariat)
    refused = life.tries(kostroma_official, "start", "2024-08-31")
    (told,) = refused.context["form"].errors["happened_on"]
    assert told.startswith("Представителем муниципалитета вы стали")
    life.does(kostroma_official, "start", "2024-09-01")


def test_whose_appointment_ended_yesterday_takes_no_step(life: Life, kostroma_official: User) -> None:
    Representative.objects.update(until=dt.date(2024, 9, 9))
    with at("2024-09-10 12:00"):
        refused = life.tries(kostroma_official, "note", "2024-09-09", text="Сделали.")
    assert (refused.status_code, "Сделали." in refused.content.decode()) == (403, True)


def test_other_officials_are_told_whose_step_it_was(
    life: Life, kostroma_official: User, arkhangelsk_official: User, secretariat: User
) -> None:
    assign(life.point, Party.objects.of_user(arkhangelsk_official.pk), by=secretariat, on=dt.date(2024, 8, 1))
    refused = life.tries(arkhangelsk_official, "start", "2024-07-10")
    (told,) = refused.context["form"].errors["happened_on"]
    assert told.endswith("этот шаг мог сделать только ответственный: Кострома.")
