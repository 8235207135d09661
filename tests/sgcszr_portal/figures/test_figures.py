"""Every figure opens as many rows as it says, for everybody, on any day: a crawler follows them all."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.sgcszr_portal.figures.crawler import Crawler
from tests.sgcszr_portal.figures.world import DATES, World

pytestmark = pytest.mark.slow

# How many figures the pages of each kind have at least, on one day.
FEWEST = {
    "overview": 11,
    "reports": 90,
    "points": 14,
    "sheet": 6,
    "comparison": 28,
    "registry": 14,
    "summary": 11,
    "decisions": 2,
    "promises": 9,
}
PROMISED = ("Архангельск", "Псков", "Рыбинск", "Волжск")


@pytest.fixture
def world(secretariat: User) -> World:
    return World(secretariat)


@pytest.fixture
def official(world: World) -> User:
    """Speaks for one of the members."""
    user = User.objects.create_user("official@example.org", name="К.К. Костромин", role=Role.MUNICIPAL)
    Representative.objects.create(user=user, municipality=Municipality.objects.get(slug="kostroma"))
    return user


def of_day(world: World, day: str) -> dict[str, list[str]]:
    """Pages that are read as of a day: as everything is known, and as was known on it."""
    known = ("", f"&known_on={day}")
    return {
        "reports": [
            f"{reverse('execution', args=[one.slug])}?as_of={day}{asked}" for one in world.decisions for asked in known
        ],
        "sheet": [f"{reverse('points')}?as_of={day}{asked}" for asked in known],
        "comparison": [f"{reverse('municipalities_compare')}?from=2024-06-27&to={day}{asked}" for asked in known],
        "registry": [f"{reverse('municipalities')}?as_of={day}{asked}" for asked in known],
    }


def of_today(world: World) -> dict[str, list[str]]:
    """Pages that say how things stand on the day on which somebody looks."""
    points = [point.get_absolute_url() for one in world.decisions for point in one.points.all()]
    told = [world.practice.get_absolute_url(), *(world.city(name).get_absolute_url() for name in PROMISED)]
    return {"overview": ["/"], "promises": told, "decisions": ["/resolutions/"], "points": points}


def crawl(client: Client, pages: dict[str, list[str]]) -> dict[str, int]:
    """Follow all figures.

    Returns:
        How many there are on pages of each kind.
    """
    crawler, followed = Crawler(client), {}
    for kind, urls in pages.items():
        before = crawler.followed
        assert [fault for url in urls for fault in crawler.faults(url)] == [], kind
        followed[kind] = crawler.followed - before
    return followed


def test_every_figure_opens_its_rows_for_the_staff(world: World, client_for: ClientFor) -> None:
    client = client_for(world.by)
    for day in DATES:
        reports = of_day(world, day)["reports"]  # the lists of cities are the same for all
        found = crawl(client, {"reports": reports})
        with at(f"{day} 12:00"):
            found |= crawl(client, of_today(world))
        assert_enough(found)
    assert_enough(crawl(client, {"summary": [reverse("survey_summary", args=[world.survey.pk])]}))


def test_every_figure_opens_its_rows_for_others(world: World, official: User, client_for: ClientFor) -> None:
    for day in DATES:
        found = crawl(client_for(None), of_day(world, day))
        with at(f"{day} 12:00"):
            found |= crawl(client_for(None), of_today(world))
        assert_enough(found)
    of_a_city = client_for(official)
    assert_enough(crawl(of_a_city, {"reports": of_day(world, DATES[-1])["reports"]} | of_today(world)))
    for name in ("survey_summary", "survey_answers"):  # what a round says is for the Union's people
        assert of_a_city.get(reverse(name, args=[world.survey.pk])).status_code == 404


def assert_enough(found: dict[str, int]) -> None:
    """No page has lost its figures."""
    assert {kind: number for kind, number in found.items() if number < FEWEST[kind]} == {}
