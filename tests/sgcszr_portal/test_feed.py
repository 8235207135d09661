"""`/due/calendar/<key>.ics`: the deadlines for a calendar program, which cannot log in."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import DecisionPoint
from sgcszr_portal.due import tasks_for
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.municipalities.surveys.factory import a_round
from tests.resolutions.factory import instruct, point_step

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def address(user: User) -> str:
    return f"/due/calendar/{user.calendar_key or user.new_calendar_key()}.ics"


def feed(user: User) -> Any:
    """What a calendar program reads there; the library's types promise less than the standard."""
    return Calendar.from_ical(Client().get(address(user)).content)


def events(user: User) -> dict[str, Any]:
    return {str(event["UID"]): event for event in feed(user).walk("VEVENT")}


def test_a_program_reads_whose_it_is_and_how_often_to_come_back(secretariat: User) -> None:
    calendar = feed(secretariat)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["X-WR-CALNAME"] == "Сроки портала СГЦСЗР"
    raw = Client().get(address(secretariat)).content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in raw
    assert "X-PUBLISHED-TTL:PT6H\r\n" in raw


def test_a_deadline_is_an_event_of_a_whole_day_with_a_warning(secretariat: User, overdue_point: DecisionPoint) -> None:
    due_on = timezone.localdate() + dt.timedelta(days=40)
    instruct(overdue_point, by=secretariat, due_on=due_on, warn_days=21)
    event = events(secretariat)[f"point-{overdue_point.pk}@testserver"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (due_on, due_on + dt.timedelta(days=1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["SUMMARY"] == "Пункт 1 решения от 27\u00a0июня\u00a02024\u00a0г. «О деле»: поручение"
    assert event["URL"] == f"http://testserver{overdue_point.get_absolute_url()}"
    assert event["DTSTAMP"].dt.utcoffset() == dt.timedelta()
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", dt.timedelta(days=-21))


def test_an_event_keeps_its_name_when_the_deadline_moves(secretariat: User, overdue_point: DecisionPoint) -> None:
    before = events(secretariat)
    assert [str(event["SUMMARY"]).startswith("Просрочено: ") for event in before.values()] == [True]
    instruct(overdue_point, by=secretariat, due_on=timezone.localdate() + dt.timedelta(days=5))
    after = events(secretariat)
    assert set(before) == set(after)
    assert [str(event["SUMMARY"]).startswith("Просрочено: ") for event in after.values()] == [False]
    for action in ("start", "report", "close"):
        point_step(overdue_point, action, by=secretariat)
    assert events(secretariat) == {}


@pytest.mark.slow
def test_it_holds_every_task_with_a_day_and_nothing_that_its_owner_may_not_see(
    secretariat: User,
    chair: User,
    kostroma: Municipality,
    kostroma_official: User,
    arkhangelsk_official: User,
    overdue_point: DecisionPoint,
) -> None:
    a_round(kostroma, opened_by=secretariat)
    for user in (secretariat, chair, kostroma_official, arkhangelsk_official):
        dated = {f"{task.key}@testserver" for task in tasks_for(user) if task.due_on}
        assert set(events(user)) == dated
    assert len(events(kostroma_official)) == 1
    assert events(arkhangelsk_official) == {}


def test_today_is_todays(secretariat: User, overdue_point: DecisionPoint) -> None:
    assert overdue_point.due_on
    with at(f"{overdue_point.due_on} 23:59"):
        (event,) = events(secretariat).values()
    assert not str(event["SUMMARY"]).startswith("Просрочено")


def test_nothing_of_it_is_stored_on_the_way_and_head_works(secretariat: User) -> None:
    for method in ("get", "head"):
        response = getattr(Client(), method)(address(secretariat))
        assert response.status_code == 200
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert "no-store" in response["Cache-Control"]
    assert Client().post(address(secretariat)).status_code == 405


def test_unknown_keys_and_owners_who_are_switched_off_lead_nowhere(secretariat: User, chair: User) -> None:
    url = address(chair)
    for unknown in ("x", "0", "%20", secretariat.email):
        assert Client().get(f"/due/calendar/{unknown}.ics").status_code == 404
    assert Client().get("/due/calendar/.ics").status_code == 404
    User.objects.filter(pk=chair.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_the_address_is_made_on_demand_and_a_new_one_kills_the_former(client_for: ClientFor, chair: User) -> None:
    client = client_for(chair)
    assert "Создать адрес" in client.get("/due/").content.decode()
    chair.refresh_from_db()
    assert chair.calendar_key == ""  # looking makes nothing
    assert "Адрес календаря создан." in client.post("/due/calendar/", follow=True).content.decode()
    chair.refresh_from_db()
    former = address(chair)
    page = client.get("/due/").content.decode()
    assert f"http://testserver{former}" in page and "Сменить адрес" in page
    assert "прежний больше не работает" in client.post("/due/calendar/", follow=True).content.decode()
    chair.refresh_from_db()
    assert (Client().get(former).status_code, Client().get(address(chair)).status_code) == (404, 200)


def test_the_profile_leads_to_it(client_for: ClientFor, chair: User) -> None:
    assert "/due/#calendar" in client_for(chair).get("/accounts/profile/").content.decode()
