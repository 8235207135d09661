"""The whole life of three decisions, done by four people in their browsers, and what the portal tells of it."""

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.decisions import reading
from tests.browser.decisions.acting import Desk
from tests.browser.decisions.conftest import Clock
from tests.browser.decisions.expectations import EVENINGS, EXPECTED, Expected
from tests.browser.decisions.story import STORY
from tests.tasks import run_tasks

PEOPLE = ("secretariat", "chair", "kostroma", "arkhangelsk")
IN_FILES = ("2024-12-28", "2026-04-30")


def test_three_decisions_live_and_are_told_as_of_seven_days(visit: Visit, clock: Clock) -> None:
    """Each evening as it went, then all days from the last one: what was known then has stayed as it was."""
    desk, evenings = Desk(), list(EVENINGS)
    people = {who: visit(who) for who in PEOPLE}
    reader = people["secretariat"]
    for act in STORY:
        while evenings[0].day < act.day:
            evening = evenings.pop(0)
            clock.set(evening.day, 20)
            tells(reader, desk, evening, "")
        clock.set(act.day, 12)
        act.does(people[act.who], desk)
    clock.set(EVENINGS[-1].day, 20)
    for expected in EXPECTED:
        tells(reader, desk, expected, reading.days(expected.day, expected.known_on))
    for expected in EXPECTED:
        if expected.day in IN_FILES:
            files_tell(reader, expected)


def tells(page: Page, desk: Desk, expected: Expected, asked: str) -> None:
    """Sheet and reports say what was expected of a day."""
    assert reading.sheet(page, asked) == expected.sheet, expected.day
    for number, rows in expected.reports.items():
        assert reading.report(page, desk.decisions[number], asked) == rows, (expected.day, number)


def files_tell(page: Page, expected: Expected) -> None:
    """Workbook and paper of the control sheet hold the rows of its page."""
    asked = reading.days(expected.day, expected.known_on)
    files = [f"/points.{kind}?{asked}" for kind in ("xlsx", "pdf")]
    for address in files:
        page.request.get(address)
    run_tasks()
    book, paper = (page.request.get(address).body() for address in files)
    assert reading.workbook(book) == expected.sheet
    assert reading.printed(paper, expected.sheet) == expected.sheet
