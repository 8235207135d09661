"""Terms: working and calendar days of Russia, and how near a deadline is."""

import datetime as dt

import pytest

from resolutions.deadlines import last_day, read_term, term_in_words, urgency_of

DECIDED = dt.date(2024, 6, 27)


@pytest.mark.parametrize(
    ("start", "days", "unit", "end"),
    [
        (DECIDED, 1, "working", dt.date(2024, 6, 28)),
        (DECIDED, 2, "working", dt.date(2024, 7, 1)),  # over the weekend
        (dt.date(2024, 4, 26), 1, "working", dt.date(2024, 4, 27)),  # a Saturday that was made a working day
        (dt.date(2024, 4, 27), 1, "working", dt.date(2024, 5, 2)),  # the holidays of May, one of them moved
        (dt.date(2024, 12, 28), 1, "working", dt.date(2025, 1, 9)),  # over the new year
        (DECIDED, 30, "calendar", dt.date(2024, 7, 29)),  # Saturday, 27 July: carried over (ст. 193 ГК РФ)
        (dt.date(2024, 7, 8), 30, "calendar", dt.date(2024, 8, 7)),
    ],
)
def test_the_last_day_of_a_term(start: dt.date, days: int, unit: str, end: dt.date) -> None:
    assert last_day(start, days, unit) == end


def test_a_term_in_words() -> None:
    assert term_in_words(DECIDED, 21, "working").replace("\u00a0", " ") == "21 рабочий день с 27 июня 2024 г."
    assert term_in_words(DECIDED, 2, "calendar").replace("\u00a0", " ") == "2 календарных дня с 27 июня 2024 г."


@pytest.mark.parametrize(("days", "unit"), [(1, "working"), (21, "working"), (1000, "calendar")])
def test_a_term_is_read_from_its_words(days: int, unit: str) -> None:
    assert read_term(DECIDED, term_in_words(DECIDED, days, unit)) == (days, unit)


@pytest.mark.parametrize("words", ["", "до конца года", term_in_words(dt.date(2024, 6, 28), 10, "working")])
def test_no_term_is_read_from_other_words(words: str) -> None:
    assert read_term(DECIDED, words) is None


@pytest.mark.parametrize(("days_before", "urgency"), [(-1, "overdue"), (0, "soon"), (14, "soon"), (15, "in_time")])
def test_how_near_a_deadline_is(days_before: int, urgency: str) -> None:
    assert urgency_of(DECIDED, DECIDED - dt.timedelta(days=days_before)) == urgency


def test_without_a_deadline_nothing_is_near() -> None:
    assert urgency_of(None, DECIDED) == "none"
