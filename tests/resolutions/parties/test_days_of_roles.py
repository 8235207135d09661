"""Who holds a role on the day of a step: the present chair does nothing on the days of their predecessor."""

import datetime as dt

import pytest

from accounts.models import User
from accounts.role_keeping import void_role
from accounts.roles import Role
from municipalities.models import Municipality
from resolutions.models import DecisionPoint, Party, PointState
from tests.accounts.roles import had_role
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import point_step
from tests.resolutions.steps import Life, assign

pytestmark = pytest.mark.django_db

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
