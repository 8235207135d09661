"""What the portal holds of what rows name, laid on the desk. Fifteen queries or so, whatever the number of rows."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import Prefetch, Q

from resolutions.models import IncomingLetter, Letter, LetterState, NumberSeries, ProgressEntry, Resolution
from resolutions.past.loading.desk import Desk, LetterName, Matter
from resolutions.past.rows import PastRows


def lay_out(desk: Desk, rows: PastRows) -> None:
    """Lay on the desk what the portal holds."""
    sent, came = _years_of(rows)
    _decisions(desk, set(_decisions_named(rows)))
    _letters(desk, sent)
    _incoming(desk, came)


def hold_numbers(rows: PastRows) -> None:
    """Let nobody register letters of the same years until the transaction of the caller ends."""
    sent, came = _years_of(rows)
    list(NumberSeries.objects.filter(year__in=sent | came).select_for_update().order_by("pk"))


def _years_of(rows: PastRows) -> tuple[set[int], set[int]]:
    """The years of outgoing and of incoming letters that rows name."""
    outgoing: tuple[Any, ...] = (*rows.letters, *rows.asks, *rows.outcomes)
    incoming: tuple[Any, ...] = (*rows.incoming, *rows.outcomes)
    return {one.date.year for one in outgoing}, {one.received_on.year for one in incoming}


def _decisions_named(rows: PastRows) -> Iterator[str]:
    named: tuple[Any, ...] = (*rows.decisions, *rows.points, *rows.letters, *rows.steps, *rows.promises)
    return (one.decision for one in named)


def is_address(name: str) -> bool:
    """Whether a designation can be a part of an address."""
    try:
        validate_slug(name)
    except ValidationError:
        return False
    return True


def _decisions(desk: Desk, names: set[str]) -> None:
    named = Resolution.objects.filter(slug__in=[one for one in names if is_address(one)])
    entries = ProgressEntry.objects.select_related("responsible__municipality", "controller__municipality")
    for one in named.prefetch_related("paragraphs", "points__subpoints", Prefetch("points__progress", entries)):
        desk.decisions[one.slug] = one
        for point in one.points.all():
            point.resolution = one
            desk.points[one.slug, point.number] = point


def _letters(desk: Desk, years: set[int]) -> None:
    keys = [one.pk for one in desk.decisions.values() if one]
    registered = Letter.objects.exclude(number="").filter(Q(resolution__in=keys) | Q(year__in=years))
    read = registered.select_related("resolution", "point").with_asks().prefetch_related("carried__ask__letter")
    held = {name_of(letter): letter for letter in read.order_by("date", "pk")}
    for name, letter in held.items():
        matter = matter_of(letter)
        desk.letters[name], desk.matters[name] = letter, matter
        for borne in letter.asks.all():
            if letter.state != LetterState.ANNULLED:
                desk.born[matter, borne.number].append(borne)
    _carried(desk, held)


def _carried(desk: Desk, held: Mapping[LetterName, Letter]) -> None:
    """Which letters of the portal carry which asks, each ask being one object."""
    borne = {one.pk: one for letter in held.values() for one in letter.asks.all()}
    for name, letter in held.items():
        for one in letter.carried.all():
            ask = borne.get(one.ask_id, one.ask)
            desk.asks[name, ask.number] = ask
            if letter not in desk.carriers[id(ask)]:
                desk.carriers[id(ask)].append(letter)


def day_of(letter: Letter) -> dt.date:
    """The day of a registered letter."""
    return letter.date or dt.date.min


def name_of(letter: Letter) -> LetterName:
    """How rows name a letter."""
    return day_of(letter).year, letter.number


def matter_of(letter: Letter) -> Matter:
    """What a letter is about, as rows name it."""
    return letter.resolution.slug, letter.point.number if letter.point else None


def _incoming(desk: Desk, years: set[int]) -> None:
    registered = IncomingLetter.objects.exclude(number="").filter(year__in=years)
    read = registered.select_related("correspondent__municipality")
    for one in read.prefetch_related("entries__outcomes__forwarded_to__municipality"):
        desk.incoming[one.year, one.number] = one
