"""What control sheet and reports tell of seven days: `expected/`, written by hand from the story before anybody looked.

A row of the sheet: decision and point, who carries out, who controls, deadline, stage, result. A row of a report:
point, stage, result, what was done in a sentence, what is left, and where the members stand; below the rows are the
figures. «(!)» was recorded after the day.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "expected"
THEN = "-as-known-then"
REPORT = "Исполнение решения № "


@dataclass(frozen=True)
class Expected:
    """What is told of a day.

    Attributes:
        day: of the reading.
        known_on: the same day, where only what was recorded by its end counts; empty where everything does.
        sheet: the rows of the control sheet.
        reports: the report of each decision that had been taken, by its number.
    """

    day: str
    known_on: str
    sheet: list[str]
    reports: dict[str, list[str]]


def _read(name: str) -> Expected:
    (_, *sheet), *reports = (part.splitlines() for part in (FOLDER / f"{name}.txt").read_text("utf-8").split("\n\n"))
    day = name.removesuffix(THEN)
    return Expected(
        day,
        known_on=day if name.endswith(THEN) else "",
        sheet=sheet,
        reports={heading.removeprefix(REPORT): rows for heading, *rows in reports},
    )


_NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
EXPECTED = [_read(name) for name in _NAMES]
# The pages of the evening itself: nothing had been recorded later.
EVENINGS = [_read(name) for name in _NAMES if f"{name}{THEN}" not in _NAMES]
