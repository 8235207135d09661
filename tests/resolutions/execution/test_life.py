"""The whole life of the decision of 27 June 2024, reported on five days, against what is written down in `expected`.

Each line of `expected/*.txt` was checked by hand against the events of `life.py`.
"""

from pathlib import Path

import pytest

from accounts.models import User
from resolutions.execution.report import ExecutionReport, report_on
from tests.resolutions.execution.life import REPORT_DAYS, Life, day, told

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXPECTED = Path(__file__).parent / "expected"


def later(life: Life, when: str, *, known_on: str | None = None) -> ExecutionReport:
    """The report of a past day, made now."""
    return report_on(life.resolution, day(when), known_on=day(known_on) if known_on else None, with_letters=True)


def marked(report: ExecutionReport) -> list[str]:
    """What the report marks as recorded later."""
    return [line for line in told(report).splitlines() if line.startswith("!")]


def test_the_reports_of_five_days_say_what_was_written_down(life: Life) -> None:
    for when in REPORT_DAYS:
        assert told(life.reports[when]).splitlines() == (EXPECTED / f"{when}.txt").read_text().splitlines(), when


def test_a_report_made_on_its_own_day_marks_nothing(life: Life) -> None:
    assert not any(report.has_late or marked(report) for report in life.reports.values())


def test_known_by_its_own_day_a_report_comes_out_exactly_as_it_was(life: Life) -> None:
    for when in REPORT_DAYS:
        again = later(life, when, known_on=when)
        assert vars(again) | {"known_on": None} == vars(life.reports[when]), when


def test_what_was_recorded_since_is_told_and_marked(life: Life) -> None:
    assert marked(later(life, "2024-07-31")) == []
    assert marked(later(life, "2024-10-01")) == [
        "! Участвуют в проекте: 4 муниципальных образования из 20. Используют опыт: 0 из 19. [4/20]",
        "! Псков: Сведения не представлены → Участвует с 20.09.2024: статус изменён",
    ]
    march = later(life, "2025-03-01")
    assert march.has_late
    assert marked(march) == [
        "! Участвуют в проекте: 5 муниципальных образований из 20. Используют опыт: 2 из 19. [5/20]",
        "! 25.02.2025 Города опрошены.",
        "! Ярославль: Сведения не представлены → Участвует с 01.02.2025: статус изменён",
    ]


def test_between_the_day_and_today_lies_what_was_known_then(life: Life) -> None:
    in_april = later(life, "2025-03-01", known_on="2025-04-10")  # the note is in, Ярославль and Вологда are not
    assert marked(in_april) == ["! 25.02.2025 Города опрошены."]


def test_the_life_ends_off_control(life: Life, secretariat: User) -> None:
    assert {point.state for point in life.resolution.points.all()} == {"closed"}
