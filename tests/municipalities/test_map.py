"""The map of the registry: where points lie, what they say, where they lead."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from municipalities import map as atlas
from municipalities.models import Municipality, Participation
from municipalities.seed import seed_municipalities
from tests.municipalities.factory import city, many_cities, statement

URL = "/municipalities/"
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def drawn(client: Client, query: str = "") -> atlas.Map:
    shown: atlas.Map = client.get(URL + query).context["listing"].map
    return shown


def test_known_places_lie_where_they_were_reckoned_to() -> None:
    plane = atlas.projection(south=55, north=65, west=30, east=50)
    # The middle is 60° N, where a degree of longitude is half as wide: a square of ten by ten.
    assert plane.across == pytest.approx(plane.down / 2)
    assert plane.place(65, 30) == pytest.approx((atlas.MARGIN, atlas.MARGIN))
    assert plane.place(55, 50) == pytest.approx((atlas.WIDTH - atlas.MARGIN, plane.height - atlas.MARGIN))
    assert plane.place(60, 40) == pytest.approx((atlas.WIDTH / 2, plane.height / 2))


@given(LATITUDES, LATITUDES, LONGITUDES, LONGITUDES, st.floats(0, 1), st.floats(0, 1))
def test_every_place_of_the_list_is_inside_the_drawing(
    a: float, b: float, c: float, d: float, up: float, along: float
) -> None:
    south, north, west, east = min(a, b), max(a, b), min(c, d), max(c, d)
    plane = atlas.projection(south, north, west, east)
    x, y = plane.place(south + (north - south) * up, west + (east - west) * along)
    assert -1 <= x <= atlas.WIDTH + 1
    assert -1 <= y <= plane.height + 1


@pytest.mark.django_db
def test_the_seeded_cities_lie_as_on_a_map(client: Client) -> None:
    seed_municipalities()
    places = {point.name: (float(point.x), float(point.y)) for point in drawn(client).points}
    assert len(places) == 20
    assert min(places, key=lambda name: places[name][0]) == "Калининград"
    assert max(places, key=lambda name: places[name][0]) == "Нарьян-Мар"
    assert min(places, key=lambda name: places[name][1]) == "Мурманск"
    assert places["Архангельск"][1] < places["Вологда"][1] < places["Владимир"][1]


@pytest.mark.django_db
def test_filtering_does_not_move_the_cities(client: Client) -> None:
    seed_municipalities()
    everywhere = {point.name: (point.x, point.y) for point in drawn(client).points}
    (kostroma,) = drawn(client, "?status=active").points
    assert (kostroma.x, kostroma.y) == everywhere["Кострома"]


@pytest.mark.django_db
def test_a_point_names_its_status_and_leads_to_its_city(client: Client) -> None:
    seed_municipalities()
    page = client.get(URL).content.decode()
    assert re.search(
        r'<a class="map__point map__point--active" href="/municipalities/kostroma/">'
        r"\s*<title>Кострома: Участвует, на 27.06.2024, сведения устарели</title>",
        page,
    )
    assert page.count('class="map__point ') == 20
    svg = page[page.index("<svg") : page.rindex("</svg>")]
    assert "style=" not in svg
    assert "http" not in svg


@pytest.mark.django_db
def test_the_legend_leads_to_the_filtered_list(client: Client, kostroma: Municipality) -> None:
    page = client.get(f"{URL}?district=central").content.decode()
    legend = page[page.index("distribution--legend") :]
    for status in Participation:
        assert f'href="/municipalities/?district=central&amp;status={status}"' in legend
        assert f'd="{status.mark}"' in legend
    assert len({status.mark for status in Participation}) == len(Participation)


@pytest.mark.django_db
def test_what_has_no_coordinates_is_named(client: Client) -> None:
    city("Орёл", 1)
    assert "Карта появится" in client.get(URL).content.decode()
    city("Елец", 2, latitude=52.6, longitude=38.5)
    page = client.get(URL).content.decode()
    assert "Без координат, поэтому не на карте: Орёл." in page
    assert page.count('class="map__point ') == 1


@pytest.mark.django_db
def test_five_hundred_points_are_the_most(client: Client) -> None:
    many_cities(501)
    Municipality.objects.update(latitude=57, longitude=40)
    shown = drawn(client)
    assert (len(shown.points), shown.omitted) == (500, 1)


@pytest.mark.django_db
def test_names_with_markup_stay_text(client: Client) -> None:
    statement(city("a & <i", 1, latitude=57, longitude=40))
    assert "<i:" not in client.get(URL).content.decode()


def test_names_never_lie_over_each_other_or_outside() -> None:
    points = [("Архангельск", 240.0, 150.0), ("Северодвинск", 230.0, 150.0), ("Шуя", 236.0, 152.0), ("Псков", 5.0, 5.0)]
    labels = atlas.place_labels(points, 300)
    assert labels[0] and labels[1]
    assert (labels[0].anchor, labels[1].anchor) == ("start", "end")
    assert labels[3] and labels[3].anchor == "start"


def test_a_crowd_has_no_names() -> None:
    assert atlas.place_labels([("Город", 10.0 * n, 100.0) for n in range(61)], 300) == [None] * 61
