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

# How many figures each kind of page has at least.
FEWEST = {"overview": 11, "reports": 200, "points": 14, "comparison": 80, "registry": 20, "summary": 11, "decisions": 2}


@pytest.fixture
def world(secretariat: User) -> World:
    return World(secretariat)


@pytest.fixture
def official(world: World) -> User:
    """Speaks for one of the members."""
    user = User.objects.create_user("official@example.org", name="К.К. Костромин", role=Role.MUNICIPAL)
    Representative.objects.create(user=user, municipality=Municipality.objects.get(slug="kostroma"))
    return user


def of_days(world: World) -> dict[str, list[str]]:
    """Pages that are read as of three days: as everything is known, and as known on the day."""
    days = [f"?as_of={day}{known}" for day in DATES for known in ("", f"&known_on={day}")]
    between = [f"?from=2024-06-27&to={day}{known}" for day in DATES for known in ("", f"&known_on={day}")]
    return {
        "reports": [reverse("execution", args=[one.slug]) + asked for one in world.decisions for asked in days],
        "comparison": [reverse("municipalities_compare") + asked for asked in between],
        "registry": [reverse("municipalities") + asked for asked in (*days[2:4], "?status=active&freshness=fresh")],
    }


def of_today(world: World) -> dict[str, list[str]]:
    """Pages that say how things stand on the day on which somebody looks."""
    points = [point.get_absolute_url() for one in world.decisions for point in one.points.all()]
    return {"overview": ["/"], "decisions": ["/resolutions/"], "points": points}


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


def test_every_figure_opens_the_rows_that_it_counts(world: World, official: User, client_for: ClientFor) -> None:
    for user in (world.by, official, None):
        client = client_for(user)
        counted = crawl(client, of_days(world))
        for day in DATES:
            with at(f"{day} 12:00"):
                found = crawl(client, of_today(world))
            assert all(found[kind] >= FEWEST[kind] for kind in found), (user, day, found)
        assert all(counted[kind] >= FEWEST[kind] for kind in counted), (user, counted)
    summary = {"summary": [reverse("survey_summary", args=[world.survey.pk])]}
    assert crawl(client_for(world.by), summary)["summary"] >= FEWEST["summary"]
    for name in ("survey_summary", "survey_answers"):
        assert client_for(official).get(reverse(name, args=[world.survey.pk])).status_code == 404
