"""The index «IQ городов» of a municipality as a small chart: each year's score as a share of its maximum."""

from collections.abc import Sequence
from dataclasses import dataclass

from municipalities.models import IndexScore

STEP, BAR = 64, 36  # units from year to year, and the width of a bar
TOP, BASE = 24, 144  # heights of 100 and of 0 per cent
LEFT = 44
HEIGHT = 178


@dataclass(frozen=True)
class Bar:
    """A year of the chart; numbers are text, as SVG writes them. Without a score there is no bar, only a note."""

    year: int
    percent: str
    note: str
    x: int
    middle: int
    y: str
    height: str
    note_y: str
    new_scale: int | None


@dataclass(frozen=True)
class Chart:
    """The chart, the lines of its scale, and what has to be said about the scales."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, int], ...]
    scales: int
    width: int
    height: int = HEIGHT
    left: int = LEFT
    base: int = BASE
    top: int = TOP


def index_chart(scores: Sequence[IndexScore]) -> Chart | None:
    """Draw the results of a municipality.

    Args:
        scores: by year, the earliest first.

    Returns:
        The chart; None when no year has a score, and there is nothing to draw.
    """
    measured = [score for score in scores if score.share is not None]
    if not measured:
        return None
    bars, scale = [], measured[0].scale
    for place, score in enumerate(scores):
        changed = score.share is not None and score.scale != scale
        scale = score.scale if score.share is not None else scale
        bars.append(_bar(score, place, starts_scale=changed))
    lines = tuple((percent, BASE - (BASE - TOP) * percent // 100) for percent in (0, 50, 100))
    return Chart(tuple(bars), lines, len({score.scale for score in measured}), LEFT + STEP * len(scores) + 8)


def _bar(score: IndexScore, place: int, *, starts_scale: bool) -> Bar:
    x = LEFT + STEP * place + (STEP - BAR) // 2
    height = float(score.share or 0) * (BASE - TOP)
    return Bar(
        year=score.year,
        percent="" if score.share is None else f"{round(score.share * 100)}\u00a0%",
        note=_note(score),
        x=x,
        middle=x + BAR // 2,
        y=f"{BASE - height:.1f}",
        height=f"{height:.1f}",
        note_y=f"{BASE - height - 6:.1f}",
        new_scale=LEFT + STEP * place if starts_scale else None,
    )


def _note(score: IndexScore) -> str:
    """What stands in place of a bar."""
    if score.share is not None:
        return ""
    return f"{score.rank}-е место" if score.rank else f"топ-{score.rank_at_most}"
