"""`/resolutions/`: decisions of many years are found by words, year and state."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.models import Resolution
from resolutions.text import day_and_number
from tests.conftest import ClientFor
from tests.resolutions.factory import decision, point_step


@pytest.fixture
def decisions(secretariat: User, draft: Resolution) -> list[Resolution]:
    """Of two years, one of them with a number and nothing under control any more; and a draft."""
    roads = decision("assignment", by=secretariat, slug="roads", adopted_on=dt.date(2019, 6, 27))
    Resolution.objects.filter(pk=roads.pk).update(title="О ремонте дорог", number="5/19")
    point_step(roads.points.get(), "cancel", by=secretariat)
    decision("appeal", "gratitude", by=secretariat, slug="water", adopted_on=dt.date(2021, 6, 25))
    Resolution.objects.filter(slug="water").update(title="О чистой воде")
    return [draft]


def found(visitor: Client, **asked: str) -> list[str]:
    listing = visitor.get(reverse("resolutions"), asked).context["listing"]
    return [one.slug for one in listing.page]


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ({}, ["water", "roads"]),
        ({"q": "ДОРОГ ремонт"}, ["roads"]),
        ({"q": "5/19"}, ["roads"]),
        ({"q": "вода"}, []),
        ({"year": "2021"}, ["water"]),
        ({"status": "adopted"}, ["water", "roads"]),
        ({"year": "2019", "status": "signed"}, []),
    ],
)
def test_decisions_are_found(
    decisions: list[Resolution], client: Client, asked: dict[str, str], slugs: list[str]
) -> None:
    assert found(client, **asked) == slugs


def test_staff_find_drafts_and_strangers_are_not_told_of_them(
    decisions: list[Resolution], client_for: ClientFor, chair: User
) -> None:
    stranger = client_for(None).get(reverse("resolutions"), {"status": "draft"})
    assert stranger.status_code == 422
    assert "Проект" not in stranger.content.decode()
    assert found(client_for(chair), status="draft") == [decisions[0].slug]


def test_a_row_tells_what_is_under_control(decisions: list[Resolution], client: Client) -> None:
    page = client.get(reverse("resolutions")).content.decode()
    assert f"{reverse('points')}?decision=water&amp;control=yes" in page
    assert page.count("все пункты сняты") == 1
    assert day_and_number(dt.date(2019, 6, 27), "5/19") in page


def test_an_unknown_year_says_the_way_out(decisions: list[Resolution], client: Client) -> None:
    page = client.get(reverse("resolutions"), {"year": "1812"})
    assert page.status_code == 422
    assert "покажите все решения" in page.content.decode()
