"""Illustrative execution of the decision; every entry says that it is made up."""

import datetime as dt
from dataclasses import replace

from accounts.models import User
from resolutions.editor import blank_text
from resolutions.models import PointState, Resolution, ResolutionStatus
from resolutions.text import PointKind, PointText

MARK = "Демонстрационные данные:"
DRAFT_TITLE = "О демонстрационном вопросе повестки дня"

# point -> entries: day, what was done, state after it
PROGRESS = {
    1: [
        (dt.date(2024, 7, 8), "решение разослано членам Союза.", PointState.IN_PROGRESS),
        (
            dt.date(2024, 9, 16),
            "опыт Костромы представлен членам Союза.",
            PointState.IN_PROGRESS,
        ),
    ],
    2: [(dt.date(2024, 7, 3), "подготовлен проект обращения в Правительство.", PointState.IN_PROGRESS)],
}


def seed_demo_execution(resolution: Resolution, *, by: User) -> None:
    """Adopt the decision, fill its execution and add one more draft; does nothing the second time.

    Args:
        resolution: the seeded decision.
        by: the demonstration account of the secretariat.
    """
    if resolution.status == ResolutionStatus.DRAFT:
        resolution.adopt(version=resolution.version, by=by)
    for point in resolution.points.all():
        if point.progress.exists():
            continue
        for happened_on, text, state in PROGRESS.get(point.number, []):
            point.refresh_from_db()
            point.record_progress(
                text=f"{MARK} {text}", happened_on=happened_on, state=state, version=point.version, by=by
            )
    if not Resolution.objects.filter(title=DRAFT_TITLE).exists():
        _start_draft(by)


def _start_draft(by: User) -> None:
    """A second decision, still a draft, so that the editor can be tried without touching the real one."""
    text = replace(
        blank_text(DRAFT_TITLE, None, ""),
        preamble=(f"{MARK} этот проект создан, чтобы попробовать правку текста.",),
        points=(PointText(1, PointKind.ASSIGNMENT, f"{MARK} текст поручения, который можно свободно править."),),
    )
    Resolution.start(text, by=by)
