"""Every figure opens as many rows as it says, for everybody, on any day: a crawler follows them all."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from resolutions.execution import listing
from resolutions.models import Resolution
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.sgcszr_portal.figures.crawler import Crawler
from tests.sgcszr_portal.figures.world import DATES, World
from tests.unmeasured import unmeasured

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
    "editions": 12,
    "promises": 9,
}
# Days are reckoned alike on every database: what one makes of the queries, the last day shows, on which most happened.
WALKED = DATES[-1:] if connection.vendor == "postgresql" else DATES
PROMISED = ("Архангельск", "Псков", "Рыбинск", "Волжск")


@pytest.fixture
def world(secretariat: User) -> World:
    return World(secretariat)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written while the lists behind a report are opened: they read it once, and not a hundred times."""
    kept: dict[tuple[Any, ...], Any] = {}

    def remembering(read: Callable[..., Any]) -> Callable[..., Any]:
        def once(resolution: Resolution, *args: Any, **named: Any) -> Any:
            asked = (read, timezone.localdate(), resolution.pk, args, *named.items())
            if asked not in kept:
                kept[asked] = read(resolution, *args, **named)
            return kept[asked]

        return once

    for name in ("points_on", "report_on"):
        monkeypatch.setattr(listing, name, remembering(getattr(listing, name)))


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
    lists = {"decisions": ["/resolutions/"], "editions": ["/practices/editions/"]}
    return {"overview": ["/"], "promises": told, "points": points} | lists


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


@pytest.mark.parametrize("day", WALKED)
def test_every_figure_opens_its_rows_for_staff_and_strangers(world: World, client_for: ClientFor, day: str) -> None:
    pages = of_day(world, day)
    reports = {"reports": pages["reports"]}  # the lists of cities are the same for all
    with nullcontext() if day == DATES[-1] else unmeasured():  # each day runs the same lines
        for client, dated in ((client_for(world.by), reports), (client_for(None), pages)):
            found = crawl(client, dated)
            with at(f"{day} 12:00"):
                found |= crawl(client, of_today(world))
            assert_enough(found)


def test_every_figure_of_a_round_opens_its_rows_and_those_of_a_city_are_its_own(
    world: World, official: User, client_for: ClientFor
) -> None:
    assert_enough(crawl(client_for(world.by), {"summary": [reverse("survey_summary", args=[world.survey.pk])]}))
    of_a_city = client_for(official)
    assert_enough(crawl(of_a_city, {"reports": of_day(world, DATES[-1])["reports"]} | of_today(world)))
    for name in ("survey_summary", "survey_answers"):  # what a round says is for the Union's people
        assert of_a_city.get(reverse(name, args=[world.survey.pk])).status_code == 404


def assert_enough(found: dict[str, int]) -> None:
    """No page has lost its figures."""
    assert {kind: number for kind, number in found.items() if number < FEWEST[kind]} == {}
