"""Illustrative execution of the decision; every entry says that it is made up."""

import datetime as dt
from dataclasses import replace

from accounts.models import User
from resolutions.editor import blank_text
from resolutions.models import (
    Channel,
    DecisionPoint,
    Instruction,
    Letter,
    LetterAction,
    PointAction,
    Resolution,
    ResolutionStatus,
)
from resolutions.text import PointKind, PointText

MARK = "Демонстрационные данные:"
DRAFT_TITLE = "О демонстрационном вопросе повестки дня"
UNSENT = f"{MARK} письмо не отправлялось."
SECRETARIAT, BOARD = "Секретариат Союза", "Председатель Союза"

# point -> steps: what, day, what was done, last day
STEPS: dict[int, list[tuple[PointAction, dt.date, str, dt.date | None]]] = {
    1: [
        (PointAction.INSTRUCT, dt.date(2024, 7, 1), "поручено секретариату.", dt.date(2027, 6, 25)),
        (PointAction.START, dt.date(2024, 7, 8), "решение разослано членам Союза.", None),
        (PointAction.NOTE, dt.date(2024, 9, 16), "опыт Костромы представлен членам Союза.", None),
    ],
    2: [
        (PointAction.INSTRUCT, dt.date(2024, 7, 1), "поручено секретариату.", dt.date(2024, 12, 27)),
        (PointAction.START, dt.date(2024, 7, 3), "подготовлен проект обращения в Правительство.", None),
    ],
    3: [(PointAction.INSTRUCT, dt.date(2024, 7, 1), "поручено секретариату.", None)],
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
        if not point.progress.exists():
            _take_steps(point, by)
    for appeal in resolution.letters.filter(state="draft", point__kind=PointKind.APPEAL):
        _send(appeal, by)
    if not Resolution.objects.filter(title=DRAFT_TITLE).exists():
        _start_draft(by)


def _take_steps(point: DecisionPoint, by: User) -> None:
    for action, happened_on, text, due_on in STEPS.get(point.number, []):
        point.refresh_from_db()
        point.take_step(
            action,
            text=f"{MARK} {text}",
            happened_on=happened_on,
            version=point.version,
            by=by,
            instruction=Instruction(SECRETARIAT, BOARD, due_on=due_on) if action == PointAction.INSTRUCT else None,
        )


def _send(appeal: Letter, by: User) -> None:
    """Register and send the appeal; nobody has answered it yet."""
    for action, day, channel in (
        (LetterAction.REGISTER, dt.date(2024, 7, 5), ""),
        (LetterAction.SEND, dt.date(2024, 7, 8), Channel.POST),
    ):
        appeal.refresh_from_db()
        appeal.take_step(
            action,
            happened_on=day,
            version=appeal.version,
            by=by,
            channel=channel,
            text=UNSENT,
        )


def _start_draft(by: User) -> None:
    """A second decision, still a draft, so that the editor can be tried without touching the real one."""
    text = replace(
        blank_text(DRAFT_TITLE, None, ""),
        preamble=(f"{MARK} этот проект создан, чтобы попробовать правку текста.",),
        points=(PointText(1, PointKind.ASSIGNMENT, f"{MARK} текст поручения, который можно свободно править."),),
    )
    Resolution.start(text, by=by)
