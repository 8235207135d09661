"""`/`: where everything stands, for each visitor."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from municipalities.models import FederalDistrict, Municipality, Representative
from municipalities.seed import seed_municipalities
from municipalities.surveys.seed import seed_round
from resolutions.models import Instruction, PointAction, Resolution
from resolutions.seed import seed_resolution
from tests.accounts.unions import changed
from tests.conftest import ClientFor
from tests.municipalities.factory import city, joined, statement
from tests.resolutions.factory import decision, parties, point_step
from tests.sgcszr_portal.figures.crawler import Crawler

pytestmark = pytest.mark.slow


@pytest.fixture
def seeded(db: None) -> Resolution:
    seed_municipalities()
    return seed_resolution()[0]


@pytest.fixture
def adopted(seeded: Resolution, secretariat: User) -> Resolution:
    seeded.adopt(version=seeded.version, by=secretariat)
    return Resolution.objects.get(pk=seeded.pk)


@pytest.fixture
def official(adopted: Resolution) -> User:
    """Speaks for the seeded Кострома."""
    user = User.objects.create_user("official@example.org", name="К.К. Костромин", role=Role.MUNICIPAL)
    Representative.objects.create(user=user, municipality=Municipality.objects.get(slug="kostroma"))
    return user


def page(visitor: Client) -> str:
    return visitor.get("/").content.decode()


def test_a_stranger_sees_nothing_of_a_draft(client: Client, seeded: Resolution) -> None:
    assert "Решение ещё не опубликовано" in page(client)
    assert seeded.title not in page(client)
    assert "Создан проект" not in page(client)


def test_a_stranger_sees_the_adopted_decision_and_its_points(client: Client, adopted: Resolution) -> None:
    text = page(client)
    assert adopted.title in text
    assert text.count("Не начато") == 3


def test_the_twenty_municipalities_are_counted(client: Client, seeded: Resolution) -> None:
    coverage = client.get("/").context["overview"].coverage
    assert (coverage.total, coverage.informed, coverage.taking_part) == (20, 1, 1)
    assert {share.status: share.count for share in coverage.shares if share.count} == {"active": 1, "unknown": 19}


def test_a_pilot_city_takes_part_and_one_that_paused_does_not(client: Client, seeded: Resolution) -> None:
    for slug, status in (("arkhangelsk", "pilot"), ("vologda", "suspended"), ("pskov", "planned")):
        statement(Municipality.objects.get(slug=slug), status)
    coverage = client.get("/").context["overview"].coverage
    assert (coverage.informed, coverage.taking_part) == (4, 2)


@pytest.mark.slow
def test_what_waits_is_different_for_each_role(
    client_for: ClientFor, adopted: Resolution, chair: User, secretariat: User, official: User
) -> None:
    tasks = {user: client_for(user).get("/").context["overview"].tasks for user in (chair, secretariat)}
    own = client_for(official).get("/").context["overview"].tasks
    assert [task.url for task in tasks[chair]] == [reverse("resolution_sign", args=[adopted.slug])]
    assert {task.url for task in tasks[secretariat]} == {
        *(point.get_absolute_url() for point in adopted.points.all()),
        adopted.letters.get().get_absolute_url(),
    }
    assert [task.url for task in own] == [reverse("municipality_participation", args=["kostroma"])]


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 2000])
def test_the_number_of_queries_does_not_grow(
    client: Client, adopted: Resolution, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    more = Municipality.objects.bulk_create(
        Municipality(
            oktmo=f"9{number:07}",
            name=f"Город {number}",
            slug=f"gorod-{number}",
            region="Область",
            federal_district=FederalDistrict.CENTRAL,
        )
        for number in range(count - 20)
    )
    joined(*more)
    with django_assert_num_queries(16):
        client.get("/")


CANCELLED_ON = dt.date(2025, 3, 1)


def many(by: User, numbers: range) -> list[Resolution]:
    """Decisions of days that follow each other, each with an assignment whose deadline has passed, and a thanks."""
    made = []
    for number in numbers:
        day = dt.date(2025, 1, number)
        made.append(decision("assignment", "gratitude", by=by, slug=f"decision-{number}", adopted_on=day))
        due = Instruction(*parties(), due_on=dt.date(2025, 2, number), warn_days=14)
        point_step(made[-1].points.get(number=1), PointAction.INSTRUCT, by=by, on=day, instruction=due)
    return made


def titles(answer: Any) -> list[str]:
    """The decisions of which the first page tells the points."""
    return [one.slug for one in answer.context["overview"].decisions.in_full]


def test_the_three_newest_decisions_under_control_tell_their_points_and_others_how_much_is_left(
    client: Client, secretariat: User
) -> None:
    made = many(secretariat, range(1, 6))
    for one in (made[0], made[1]):
        point_step(one.points.get(number=2), PointAction.CANCEL, by=secretariat, on=CANCELLED_ON, text="Отпало.")
    point_step(made[4].points.get(number=1), PointAction.CANCEL, by=secretariat, on=CANCELLED_ON, text="Отпало.")
    answer = client.get("/")
    assert titles(answer) == ["decision-5", "decision-4", "decision-3"]
    further = answer.context["overview"].decisions.further
    assert [(one.resolution.slug, one.watched, one.late) for one in further] == [
        ("decision-2", 1, 1),
        ("decision-1", 1, 1),
    ]
    crawler = Crawler(client)
    assert crawler.faults("/") == []
    assert crawler.followed >= 5
    assert "Решения на контроле" in answer.content.decode()


def test_a_decision_off_control_leaves_its_place_to_one_under_control(client: Client, secretariat: User) -> None:
    first, second = many(secretariat, range(1, 3))
    for point in second.points.all():
        point_step(point, PointAction.CANCEL, by=secretariat, on=CANCELLED_ON, text="Отпало.")
    assert titles(client.get("/")) == ["decision-1"]
    for point in first.points.all():
        point_step(point, PointAction.CANCEL, by=secretariat, on=CANCELLED_ON, text="Отпало.")
    answer = client.get("/")
    assert titles(answer) == ["decision-2"]
    assert "Последнее решение" in answer.content.decode()


def test_a_draft_stands_beside_what_was_decided_for_those_who_write_it(
    client: Client, client_for: ClientFor, adopted: Resolution, secretariat: User
) -> None:
    draft = decision("assignment", by=secretariat, slug="next", adopt=False, adopted_on=dt.date(2025, 6, 1))
    assert reverse("resolution", args=[draft.slug]) not in page(client)
    assert reverse("resolution", args=[draft.slug]) in page(client_for(secretariat))
    assert adopted.title in page(client_for(secretariat))


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow_with_decisions(
    client: Client, secretariat: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(secretariat, range(1, 6))
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    many(secretariat, range(6, 20))
    with django_assert_num_queries(len(few)):
        client.get("/")


def figures(said: str) -> dict[str, str]:
    """What each figure of the page counts, without its formatting."""
    found = re.findall(r'class="stat__value"><[^>]*>([^<]*)<.*?class="stat__label">([^<]*)<', said, re.DOTALL)
    return {label: number for number, label in found}


def test_each_figure_says_whom_it_counts_and_a_new_city_was_not_asked(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    asked, _ = seed_round()
    city("Новый город", 90_000_001)
    changed(secretariat, members=26)
    said = figures(page(client))
    assert said["член Союза в портале (из 26)"] == "21"
    assert said["участвовали в информационном обмене 2024 года"] == "20"
    address = f"/municipalities/?survey={asked.pk}&members=all"
    assert f'href="{escape(address)}" data-figure>20</a>' in page(client)
    assert client.get(address).content.decode().count('<th scope="row">') == 20


def test_before_the_first_exchange_there_is_no_such_figure(client: Client, adopted: Resolution) -> None:
    assert "информационном обмене" not in "".join(figures(page(client)))
