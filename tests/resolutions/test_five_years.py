"""Five years of letters and answers, typed in one afternoon, the years in mixed order: every reading is right."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from django.db import transaction

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from resolutions.correspondence.register import placed_on
from resolutions.editor import blank_text
from resolutions.models import Ask, CarriedAsk, Correspondent, DecisionPoint, Letter, Resolution, StepRefused
from resolutions.text import PointText
from tests.resolutions.factory import GOVERNMENT, answer, letter, register, step

pytestmark = pytest.mark.slow

MINSTROY = "Минстрой России"
YEARS = (2019, 2020, 2021, 2022, 2023)
READ_ON = ((1, 31), (2, 3), (3, 1), (3, 2), (4, 2), (5, 10), (5, 11), (6, 1), (8, 3), (8, 4), (9, 5), (10, 1), (11, 1))
Typed = Callable[[], object]


@dataclass
class Years:
    """What happened in each of the years, each row as something that is typed by itself."""

    point: DecisionPoint
    by: User
    letters: dict[str, Letter] = field(default_factory=dict)

    def prepare(self) -> None:
        """The letters, registered in the order of their numbers."""
        for year in YEARS:
            first = self._letter(f"appeal {year}", new_asks=f"первая {year}\nвторая {year}")
            register(first, by=self.by, on=dt.date(year, 2, 1))
            for name, to in (("repetition", GOVERNMENT), ("to the ministry", MINSTROY)):
                self._letter(f"{name} {year}", correspondent=Correspondent.objects.named(to), new_asks="")
            for name, text, renews in (
                ("repetition", "первая", True),
                ("to the ministry", "вторая", False),
            ):
                ask = Ask.objects.get(letter__point=self.point, text=f"{text} {year}")
                CarriedAsk.objects.create(letter=self.letters[f"{name} {year}"], ask=ask, renews=renews)
                register(self.letters[f"{name} {year}"], by=self.by, on=dt.date(year, 8, 1))

    def _letter(self, name: str, **fields: object) -> Letter:
        self.letters[name] = letter(self.point.resolution, "appeal", point=self.point, **fields)
        return self.letters[name]

    def rows(self) -> list[Typed]:
        """Everything that is typed in the afternoon, in the order in which it happened."""
        typed: list[Typed] = []
        for year in YEARS:
            typed += [
                self._send(f"appeal {year}", dt.date(year, 2, 3)),
                self._said(year, "первая", "interim", dt.date(year, 3, 1), until=dt.date(year, 5, 10)),
                self._said(year, "вторая", "forwarded", dt.date(year, 3, 2), until=dt.date(year, 4, 1), to=MINSTROY),
                self._said(year, "первая", "refused", dt.date(year, 6, 1)),
                self._send(f"repetition {year}", dt.date(year, 8, 3)),
                self._send(f"to the ministry {year}", dt.date(year, 8, 4)),
                self._said(year, "первая", "partly", dt.date(year, 10, 1)),
                self._said(year, "вторая", "satisfied", dt.date(year, 11, 1), of=MINSTROY),
            ]
        return typed

    def _send(self, name: str, on: dt.date) -> Typed:
        return lambda: step(self.letters[name], "send", by=self.by, on=on, channel="post")

    def _said(self, year: int, text: str, outcome: str, on: dt.date, of: str = "", **details: object) -> Typed:
        def typed() -> object:
            ask = Ask.objects.get(letter__point=self.point, text=f"{text} {year}")
            who = Correspondent.objects.named(of) if of else None
            first = Letter.objects.get(pk=self.letters[f"appeal {year}"].pk)
            return answer(first, by=self.by, on=on, outcome=outcome, of=who, asks=[ask.number], **details)  # type: ignore[arg-type]  # details of `answer`

        return typed

    def readings(self) -> dict[dt.date, list[tuple[object, ...]]]:
        """Every ask and letter on the days around each event."""
        days = [dt.date(year, month, day) for year in YEARS for month, day in READ_ON]
        stored = list(self.point.letters.with_asks())
        found: dict[dt.date, list[tuple[object, ...]]] = {}
        for one in days:
            read = placed_on(one, stored)
            asks = [
                (
                    ask.ask.text,
                    ask.standing.outcome,
                    tuple((str(o.body), o.until, o.is_open) for o in ask.standing.lines),
                )
                for ask in read.asks
            ]
            found[one] = [*asks, *((place, sent.state, sent.awaited) for place, sent in enumerate(read.letters))]
        return found


def type_in(rows: list[Typed]) -> None:
    """Type rows in their order; one that is not possible yet is put off until the others are there."""
    while rows:
        put_off: list[Typed] = []
        for row in rows:
            try:
                with transaction.atomic():
                    row()
            except StepRefused:
                put_off.append(row)
        assert len(put_off) < len(rows), "nothing of what is left can be typed"
        rows = put_off


def years(slug: str, by: User) -> Years:
    """A decision of before, with its letters registered."""
    text = blank_text("О деле", dt.date(2019, 1, 15), "г. Архангельск", union=FROM_THE_SOURCE)
    text = replace(text, points=(PointText(1, "appeal", "Обратиться."),), signatory_name="Н.В. Корягина")
    resolution = Resolution.start(text, by=by, slug=slug)
    resolution.adopt(version=resolution.version, by=by)
    made = Years(Resolution.objects.get(pk=resolution.pk).points.get(), by)
    made.prepare()
    return made


@pytest.mark.parametrize("seed", range(2))
def test_typed_in_any_order_the_years_read_the_same(secretariat: User, seed: int) -> None:
    in_order, mixed = years("in-order", secretariat), years("mixed", secretariat)
    for row in in_order.rows():
        row()  # in order nothing has to be put off
    rows = mixed.rows()
    random.Random(seed).shuffle(rows)  # noqa: S311  # orders to try, no secrets
    type_in(rows)
    assert mixed.readings() == in_order.readings()


def test_the_readings_are_those_of_the_rules(secretariat: User) -> None:
    told = years("in-order", secretariat)
    type_in(told.rows()[::-1])
    day = dt.date(2021, 5, 11)
    found = told.readings()
    first, second = (one for one in found[day] if str(one[0]).endswith("2021"))
    assert first == ("первая 2021", None, ((GOVERNMENT, dt.date(2021, 5, 10), True),))
    assert second == ("вторая 2021", None, ((MINSTROY, dt.date(2021, 4, 1), True),))
    renewed = next(one for one in found[dt.date(2021, 8, 4)] if one[0] == "первая 2021")
    assert renewed == ("первая 2021", "refused", ((GOVERNMENT, dt.date(2021, 9, 2), True),))
    last = [one[1] for one in found[dt.date(2023, 11, 1)] if isinstance(one[1], str) and "а" in str(one[0])]
    assert last == ["partly", "satisfied"] * len(YEARS)
