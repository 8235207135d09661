"""The registry as a map: points on a plane, drawn by the server, without tiles of anybody else.

The projection is equirectangular with one standard parallel, the middle of the list: longitudes are multiplied by the
cosine of its latitude, so that distances there are the same in both directions. Over the Union's territory (54°–69° N)
widths are a fifth too small in the south and a third too large in the north, which a map of dots may be. North is up;
the frame is that of the whole list, so that filtering does not move the cities.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from municipalities.models import Participation
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import is_stale

WIDTH = 480  # units of the drawing
SHORTEST, TALLEST = 240, 520
MARGIN = 24
MOST_POINTS = 500
MOST_NAMED = 60
LETTER, LINE = 9.2, 15  # width of a letter and height of a line of the names, in units, generously


@dataclass(frozen=True)
class Label:
    """A name beside its point: where it begins, or ends when `anchor` says so."""

    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class Point:
    """A municipality on the map. Numbers are text, as SVG writes them and no locale does."""

    name: str
    url: str
    status: str
    status_label: str
    since: dt.date | None
    is_listed: bool
    is_stale: bool
    mark: str
    x: str
    y: str
    label: Label | None


@dataclass(frozen=True)
class Map:
    """What is drawn.

    Attributes:
        height: of the drawing, in units; the width is `WIDTH`.
        points: the municipalities that have coordinates.
        stale: how many of all the rows have a status too old to rely on.
        missing: the names of the rows that have no coordinates.
        omitted: how many were left out because nobody could tell so many points apart.
    """

    height: int
    points: tuple[Point, ...]
    stale: int
    missing: tuple[str, ...]
    omitted: int
    width: int = WIDTH


@dataclass(frozen=True)
class Projection:
    """From degrees to units of the drawing."""

    west: float
    north: float
    across: float  # units per degree of longitude
    down: float  # units per degree of latitude
    left: float
    top: float
    height: int

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place lies: x to the east, y to the south."""
        return self.left + (longitude - self.west) * self.across, self.top + (self.north - latitude) * self.down


def projection(south: float, north: float, west: float, east: float) -> Projection:
    """The projection that fits a rectangle of degrees into the drawing.

    Args:
        south, north: latitudes, −90 to 90.
        west, east: longitudes, −180 to 180; a list across the 180th meridian is drawn apart.

    Returns:
        A projection with the same scale in both directions at the middle latitude.
    """
    narrowing = max(math.cos(math.radians((south + north) / 2)), 0.05)
    wide, tall = max((east - west) * narrowing, 0.5), max(north - south, 0.5)  # one city is a map too
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    height = max(round(tall * scale) + 2 * MARGIN, SHORTEST)
    left = (WIDTH - (east - west) * narrowing * scale) / 2
    top = (height - (north - south) * scale) / 2
    return Projection(west, north, scale * narrowing, scale, left, top, height)


def draw_map(plane: Projection | None, rows: MunicipalityQuerySet, day: dt.date) -> Map:
    """Draw municipalities. One query.

    Args:
        plane: where places lie; None when nothing in the list has coordinates.
        rows: those to draw, of `with_participation(day)` and `named_on()`, in the order of the list.
        day: the day that statuses are given for.

    Returns:
        The map; without points when no row has coordinates.
    """
    fields = ("name_on_day", "slug", "latitude", "longitude", "participation", "participation_since", "is_listed")
    found: list[tuple[Any, ...]] = list(rows.values_list(*fields))
    placed = [row for row in found if row[2] is not None]
    missing = tuple(row[0] for row in found if row[2] is None)
    stale = sum(is_stale(row[4], row[5], day) for row in found)
    if plane is None or not placed:
        return Map(SHORTEST, (), stale, missing, 0)
    drawn = placed[:MOST_POINTS]
    places = [plane.place(float(row[2]), float(row[3])) for row in drawn]
    labels = place_labels([(row[0], *place) for row, place in zip(drawn, places, strict=True)], plane.height)
    points = tuple(_point(row, place, label, day) for row, place, label in zip(drawn, places, labels, strict=True))
    return Map(plane.height, points, stale, missing, len(placed) - len(drawn))


def _point(row: tuple[Any, ...], place: tuple[float, float], label: Label | None, day: dt.date) -> Point:
    name, slug, _, _, status, since, is_listed = row
    stands = Participation(status)
    return Point(
        name=name,
        url=reverse("municipality", args=[slug]),
        status=status,
        status_label=str(stands.label),
        since=since,
        is_listed=is_listed,
        is_stale=is_stale(status, since, day),
        mark=stands.mark,
        x=f"{place[0]:.1f}",
        y=f"{place[1]:.1f}",
        label=label,
    )


Box = tuple[float, float, float, float]


def place_labels(points: list[tuple[str, float, float]], height: int) -> list[Label | None]:
    """Find room for names: right of a point, left, above or below; a name without room is left out.

    Args:
        points: name, x and y of each point.
        height: of the drawing.

    Returns:
        A label or None for each point; none at all where there are too many points to name.
    """
    if len(points) > MOST_NAMED:
        return [None] * len(points)
    taken: list[Box] = [(x - 7, y - 7, x + 7, y + 7) for _, x, y in points]
    labels: list[Label | None] = []
    for number, (name, x, y) in enumerate(points):
        others = taken[:number] + taken[number + 1 :]
        free = ((label, box) for label, box in _candidates(name, x, y) if _fits(box, others, height))
        label, box = next(free, (None, None))
        labels.append(label)
        if box:
            taken.append(box)
    return labels


def _candidates(name: str, x: float, y: float) -> Iterable[tuple[Label, Box]]:
    wide = len(name) * LETTER
    for lift in (4, -5, 13):  # level with the point first, then a little above or below it
        line = y + lift
        yield _label(x + 12, line, "start"), (x + 12, line - LINE + 3, x + 12 + wide, line + 3)
        yield _label(x - 12, line, "end"), (x - 12 - wide, line - LINE + 3, x - 12, line + 3)
    for line in (y - 11, y + 21):
        yield _label(x, line, "middle"), (x - wide / 2, line - LINE + 3, x + wide / 2, line + 3)


def _label(x: float, y: float, anchor: str) -> Label:
    return Label(f"{x:.1f}", f"{y:.1f}", anchor)


def _fits(box: Box, others: list[Box], height: int) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > height:
        return False
    return all(right <= o[0] or left >= o[2] or bottom <= o[1] or top >= o[3] for o in others)
