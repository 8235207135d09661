"""`/due/`: what waits for whoever is logged in, soonest first."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tasks import Task, Urgency, Whose
from municipalities.models import Municipality
from resolutions.models import DecisionPoint
from sgcszr_portal.due import grouped, overdue_for, tasks_for
from tests.conftest import ClientFor
from tests.municipalities.factory import statement
from tests.municipalities.surveys.factory import a_round
from tests.resolutions.factory import decision, instruct, letter, mailing
from tests.words import words_of

pytestmark = pytest.mark.slow

URL = "/due/"
TITLES = ["Просрочено", "Скоро", "Позже", "Без срока"]


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def titles(client: Client) -> list[str]:
    return [group.title for group in client.get(URL).context["listing"].groups()]


@pytest.fixture
def busy(secretariat: User, kostroma: Municipality, overdue_point: DecisionPoint) -> None:
    """Tasks of both rooms, in each of the four groups; the soonest was stored last."""
    resolution = decision("assignment", "assignment", "assignment", by=secretariat, slug="another")
    for number, due_in in ((1, 100), (2, 10), (3, -3)):
        instruct(resolution.points.get(number=number), by=secretariat, due_on=days(due_in))
    a_round(kostroma, opened_by=secretariat, closes_on=days(5))
    letter(resolution)


def test_overdue_first_then_soonest_and_last_what_has_no_day(busy: None, secretariat: User) -> None:
    tasks = tasks_for(secretariat)
    due = [task.due_on for task in tasks]
    assert due == [days(-3), days(-1), days(5), days(10), days(100), None]
    assert [task.urgency for task in tasks] == ["overdue", "overdue", "soon", "soon", "in_time", "none"]
    assert [task.key.partition("-")[0] for task in tasks] == ["point", "point", "round", "point", "point", "letter"]


def test_tasks_of_a_day_stand_by_their_numbers(secretariat: User) -> None:
    resolution = decision(*["assignment"] * 10, by=secretariat)
    for number in (10, 2):
        instruct(resolution.points.get(number=number), by=secretariat, due_on=days(5))
    told = [task.what for task in tasks_for(secretariat) if task.due_on]
    assert [what.partition(" решения")[0] for what in told] == ["Пункт 2", "Пункт 10"]


def test_a_later_day_that_is_near_by_its_own_measure_stands_before_an_earlier_one_that_is_not() -> None:
    today, whose = dt.date(2026, 3, 2), Whose(person=1)
    far = Task.due(days(50), days(0), key="far", what="", why="", url="", whose=whose, warn=60)
    near = Task.due(days(20), days(0), key="near", what="", why="", url="", whose=whose)
    assert (far.urgency, near.urgency) == (Urgency.SOON, Urgency.IN_TIME)
    assert [group.urgency for group in grouped([near, far])] == ["soon", "in_time"]
    assert Task.due(None, today, key="", what="", why="", url="", whose=whose).urgency == Urgency.NONE


def test_the_page_stands_in_four_groups_with_links(busy: None, client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)
    assert titles(client) == TITLES
    page = client.get(URL).content.decode()
    positions = [page.index(f">{title} <") for title in TITLES]
    assert positions == sorted(positions)
    for task in tasks_for(secretariat):
        assert f'href="{task.url}"' in page


def test_each_role_has_its_own(
    busy: None, client_for: ClientFor, chair: User, kostroma_official: User, arkhangelsk_official: User
) -> None:
    assert titles(client_for(chair)) == ["Без срока"]
    assert titles(client_for(kostroma_official)) == ["Скоро", "Без срока"]
    assert titles(client_for(arkhangelsk_official)) == ["Без срока"]


def test_who_has_nothing_to_do_is_told_so(client_for: ClientFor, chair: User) -> None:
    page = client_for(chair).get(URL).content.decode()
    assert "Сейчас вас ничего не ждёт" in page


def test_strangers_log_in_first_and_nothing_is_sent_here(client_for: ClientFor, chair: User) -> None:
    assert client_for(None).get(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert client_for(chair).post(URL).status_code == 405


def test_the_navigation_leads_here_once_one_is_logged_in(client_for: ClientFor, chair: User) -> None:
    assert 'href="/due/"' in client_for(chair).get("/verify/").content.decode()
    assert 'href="/due/"' not in client_for(None).get("/verify/").content.decode()


def test_what_is_late_is_in_order_too(busy: None, chair: User) -> None:
    assert [task.due_on for task in overdue_for(chair)] == [days(-3), days(-1)]


# --- the overview ---


def overview(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_overview_begins_with_the_first_tasks(
    busy: None, client_for: ClientFor, secretariat: User, overdue_point: DecisionPoint
) -> None:
    for _ in "12":
        mailing(overdue_point.resolution, by=secretariat)
    shown = client_for(secretariat).get("/").context["overview"]
    assert list(shown.tasks) == tasks_for(secretariat)[:6]
    assert shown.all_tasks == 8
    assert shown.overdue == ()  # they stand among the tasks already
    assert "Все сроки и дела: 8" in words_of(overview(client_for(secretariat)))


def test_everybody_sees_on_the_overview_that_a_point_is_late(
    overdue_point: DecisionPoint, client_for: ClientFor, kostroma_official: User
) -> None:
    for user in (None, kostroma_official):
        section = overview(client_for(user)).partition('<h2 id="overdue">')[2].partition("</section>")[0]
        assert f'href="{overdue_point.get_absolute_url()}"' in section


def test_without_anything_late_there_is_no_such_heading(client_for: ClientFor, chair: User) -> None:
    assert 'id="overdue"' not in overview(client_for(None))
    assert 'id="tasks"' not in overview(client_for(chair))


def test_a_fresh_status_is_no_reason_to_hurry(
    client_for: ClientFor, kostroma: Municipality, kostroma_official: User
) -> None:
    statement(kostroma, on=str(timezone.localdate()))
    assert titles(client_for(kostroma_official)) == ["Позже"]
