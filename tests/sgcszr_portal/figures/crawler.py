"""Reading a page for its figures, and following each to the rows that it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag

from django.test import Client
from lxml import html  # type: ignore[import-untyped]  # it has no hints

# Numbers beside «из» that are told in sentences, the same on paper, or that no rows of the portal stand behind.
SENTENCES = (
    r"Союза в портале \(из \d+\)",  # by the charter
    r"Не участвуют в проекте или не представили сведений: \d+ из \d+",
    r"Ещё не используют опыт: \d+ из \d+",
    r"Ещё не доложили: \d+ из \d+",
    r"Вручено писем с благодарностью: \d+ из \d+",
    r"Получить ответ по \d+ из \d+",
    r"Страница \d+ из \d+",
    r"Ответили \d+ из \d+",  # a round, in «Сроки и дела»
    r"Найдено \d+ из",  # stands over its rows
)
# Where a number stands that should be a figure: not in the tables that figures open.
PLACES = (
    './/*[contains(@class, "stat__value")] | .//td[contains(@class, "number")][not(ancestor::*[@data-rows])] | .//meter'
)
# Numbers that count something, outside of rows: «Практик: 3», or one that stands alone beside a heading.
HEADED = ".//h2/* | .//h3/*"
COUNTS = re.compile(r".{0,40}[а-яё]: \d+(?=[;,.)](?: |$)|$)")
ASKS = re.compile(r"Из (\d+) просьбы?[^.]*?(?:\. Ещё не направлено: (\d+))?$")


@dataclass
class Figure:
    """A number that says that it counts rows."""

    element: Any

    @property
    def number(self) -> int:
        return int(re.sub(r"\s", "", self.element.text_content()))

    @property
    def opened_by(self) -> Any:
        """What opens its rows on the same page; None where a link does."""
        return None if self.element.get("href") else next(self.element.iterancestors("details"), None)


@dataclass
class Page:
    """A page that was opened."""

    url: str
    content: str

    @cached_property
    def main(self) -> Any:
        return html.fromstring(self.content).get_element_by_id("content")

    @property
    def figures(self) -> list[Figure]:
        return [Figure(element) for element in self.main.xpath(".//*[@data-figure]")]

    def rows(self, fragment: str = "") -> int:
        """How many rows stand on the page, or in a part of it."""
        return rows_in(self.main.get_element_by_id(fragment) if fragment else self.main)

    @property
    def next(self) -> str:
        """The address of the next page of a list; empty on the last."""
        return next(iter(self.main.xpath('.//a[@rel="next"]/@href')), "")

    def bare_numbers(self) -> list[str]:
        """What looks like a figure and is none."""
        copy = html.fromstring(self.content).get_element_by_id("content")
        bare = []
        for place in copy.xpath(PLACES):
            holder = place.getparent() if place.tag == "meter" else place
            text = holder.text_content().strip()
            if not (holder.xpath(".//*[@data-figure]") or re.fullmatch(r"[+−]\d+|0", text) or self._told(place)):
                bare.append(text)
        for place in copy.xpath(".//*[@data-figure] | .//meter"):
            place.drop_tree()
        bare += [place.getparent().text_content() for place in copy.xpath(HEADED) if _is_number(place)]
        text = _told_in(copy)
        bare += re.findall(r".{0,40}\b\d+ из \d+.{0,20}", text)
        for place in copy.xpath(".//*[@data-rows]"):
            place.drop_tree()
        return bare + COUNTS.findall(_told_in(copy))

    def _told(self, place: Any) -> bool:
        """Whether it is the bar under a sentence."""
        return "fulfilment" in place.get("class", "")

    def asks(self) -> Iterator[tuple[str, int, int]]:
        """Sentences about asks that open their cards: which part of the page, how many were sent, and how many not."""
        for link in self.main.xpath('.//a[starts-with(@href, "#")]'):
            if found := ASKS.search(" ".join(link.text_content().split())):
                yield link.get("href")[1:], int(found[1]), int(found[2] or 0)


def _is_number(place: Any) -> bool:
    return bool(re.fullmatch(r"[\d\s]+", place.text_content().strip()))


def _told_in(part: Any) -> str:
    """The words of a part of a page, without sentences that are no figures."""
    text = " ".join(part.text_content().split())
    for sentence in SENTENCES:
        text = re.sub(sentence, "", text)
    return text


def rows_in(part: Any) -> int:
    """How many rows a part of a page has."""
    return sum(len(place) for place in part.xpath(".//*[@data-rows] | self::*[@data-rows]"))


@dataclass
class Crawler:
    """Opens pages as one visitor, at one moment; a page that it has opened is not asked for again."""

    client: Client
    pages: dict[str, Page] = field(default_factory=dict)
    followed: int = 0

    def open(self, url: str) -> Page:
        address = urldefrag(url)[0]
        if address not in self.pages:
            answer = self.client.get(address)
            assert answer.status_code == 200, f"{answer.status_code}: {address}"
            self.pages[address] = Page(address, answer.content.decode())
        return self.pages[address]

    def faults(self, url: str) -> list[str]:
        """What is wrong with the figures of a page."""
        page = self.open(url)
        found = [f"{url}: {text} is no figure" for text in page.bare_numbers()]
        for figure in page.figures:
            self.followed += 1
            number, rows = figure.number, self.rows_of(figure, page)
            if rows is None and number:
                found.append(f"{url}: {number} opens nothing: {figure.element.getparent().text_content()[:80]}")
            elif rows is not None and rows != number:
                found.append(f"{url}: {number}, but {rows} rows at {figure.element.get('href')}")
        for part, sent, unsent in page.asks():
            cards = page.rows(part)
            told = page.main.get_element_by_id(part).text_content().count("Не направлена")
            if (cards, told) != (sent + unsent, unsent):
                found.append(f"{url}#{part}: {sent} and {unsent} asks, but {cards} cards, {told} not sent")
        return found

    def rows_of(self, figure: Figure, page: Page) -> int | None:
        """How many rows are behind a figure; None where it opens nothing."""
        if (opened := figure.opened_by) is not None:
            return rows_in(opened)
        address = figure.element.get("href")
        if not address:
            return None
        url, fragment = urldefrag(address)
        target = self.open(url) if url else page
        rows = target.rows(fragment)
        while not fragment and target.next:
            target = self.open(target.next)
            rows += target.rows()
        return rows
