"""What pages and files of the portal tell, in the lines of `expected/`."""

import datetime as dt
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page

from russian.templatetags.russian import long_date
from tests.resolutions.pdf import words_of

# The page as a document that nobody draws: its lines are those of the markup.
_PARSED = """html => {
    const page = new DOMParser().parseFromString(html.replace(/<br[^>]*>/g, "\\n"), "text/html");
    const tidy = text => text.replace(/\\s+/g, " ").trim();
    const lines = element => element.textContent.split("\\n").map(tidy).filter(Boolean);
    const texts = elements => [...elements].map(one => lines(one).join(" "));
    return {
        rows: [...page.querySelectorAll("main table tbody tr")].map(row => [...row.cells].map(lines)),
        badges: [...page.querySelectorAll("main table tbody tr")].map(row => texts(row.querySelectorAll(".badge"))),
        stats: [...page.querySelectorAll(".stat")].map(
            one => [texts(one.querySelectorAll(".stat__label"))[0], texts(one.querySelectorAll(".stat__value"))[0]]),
        points: [...page.querySelectorAll("section[id^=point-]")].map(one => ({
            number: one.id.replace("point-", ""),
            state: texts(one.querySelectorAll(":scope > p .badge")),
            facts: Object.fromEntries([...one.querySelector("dl").children].map(
                fact => [texts(fact.querySelectorAll("dt"))[0], texts(fact.querySelectorAll("dd"))[0]])),
        })),
    };
}"""
_LATE = " внесено позже отчётной даты"
_FIGURES = ("Пункты", "Результаты", "Письма")


def days(day: str, known_on: str = "") -> str:
    """The days of a reading as an address says them; nothing for today."""
    return "&".join(f"{name}={one}" for name, one in (("as_of", day), ("known_on", known_on)) if one)


def sheet(page: Page, asked: str) -> list[str]:
    """The rows of the control sheet on its page."""
    read = _read(page, f"/points/?{asked}")
    rows = zip(read["rows"], read["badges"], strict=True)
    return [_row(cells, badges) for cells, badges in rows]


def report(page: Page, decision: str, asked: str) -> list[str]:
    """The points of a report on execution, and its figures."""
    read = _read(page, f"{decision}execution/?{asked}")
    figures = [f"{label} – {number}" for label, number in read["stats"] if label.startswith(_FIGURES)]
    return [*(_point(one) for one in read["points"]), "; ".join(figures)]


def workbook(content: bytes) -> list[str]:
    """The rows of the control sheet in its workbook."""
    book: Any = load_workbook(BytesIO(content)).active
    rows = list(book.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if "Решение" in row)
    names = [str(name) for name in rows[head]]
    return [_of_cells(dict(zip(names, row, strict=True))) for row in rows[head + 1 :]]


def printed(content: bytes, rows: Sequence[str]) -> list[str]:
    """Those of some rows of the control sheet that its paper holds, one after the other."""
    paper, found, place = " ".join(words_of(content)), [], 0
    assert paper.count("Контролирует: ") == len(rows)
    for row in rows:
        if told := re.compile(_on_paper(row)).search(paper, place):
            place = told.end()
            found.append(row)
    return found


def _read(page: Page, address: str) -> Any:
    """A page as the visitor gets it."""
    answer = page.request.get(address)
    assert answer.status == 200, (address, answer.status)
    return page.evaluate(_PARSED, answer.text())


def _row(cells: list[list[str]], badges: list[str]) -> str:
    (point, *_, decision), (responsible, controls), (due,), _, (result,) = cells
    numbers = [re.search(pattern, text) for pattern, text in ((r"№ (\d+)", decision), (r"Пункт (\d+)", point))]
    place = "/".join(one[1] for one in numbers if one)
    controller = controls.removeprefix("Контролирует: ")
    *state, last = badges
    state, is_late = (state, " (!)") if last == _LATE.strip() else (badges, "")
    return " | ".join((place, responsible, controller, due, ", ".join(state), f"{result}{is_late}"))


def _point(one: Any) -> str:
    facts = {name: text.replace(_LATE, " (!)") for name, text in one["facts"].items()}
    *state, _ = one["state"]  # the last badge is that of the result
    said = [one["number"], ", ".join(state), facts["Результат"], facts.get("Сделано", ""), facts.get("Осталось", "")]
    said += [facts["Доклады членов"]] if "Доклады членов" in facts else []
    return " | ".join(said).strip().replace("|  |", "| |")


def _of_cells(cells: dict[str, Any]) -> str:
    due = cells["Срок"]
    told = long_date(due.date()) if isinstance(due, dt.datetime) else str(due)
    state = cells["Состояние"] + (", Срок прошёл" if cells["Срок прошёл"] == "да" else "")
    said = (
        f"{cells['№ решения']}/{cells['Пункт']}",
        cells["Ответственный"],
        cells["Контролирует"],
        told,
        state,
        cells["Результат"] + (" (!)" if cells["Внесено позже"] else ""),
    )
    return " | ".join(said).replace("\xa0", " ")


def _on_paper(row: str) -> str:
    """How the paper tells a row, as a pattern: the text of the point stands there besides."""
    place, responsible, controller, due, state, result = row.split(" | ")
    state, comma, late = state.partition(", ")
    told = f"{responsible} Контролирует: {controller} {due}{comma and ' '}{late.lower()} {state} "
    result = f"{result[0].lower()}{result[1:]}".replace(" (!)", f" ({_LATE.strip()})")
    return rf"\b{place.partition('/')[2]}\. [^:]+ {re.escape(told)}Результат: {re.escape(result)}"
