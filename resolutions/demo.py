"""Illustrative execution of the decision; every entry says that it is made up."""

import datetime as dt
from dataclasses import replace

from accounts.models import UnionProfile, User
from resolutions.correspondence.mailings import suggested_recipients, suggested_text, write_letters
from resolutions.editor import blank_text
from resolutions.kinds import NEW_POINT, once_a_point
from resolutions.models import (
    Channel,
    DecisionPoint,
    Instruction,
    Letter,
    LetterAction,
    LetterState,
    PointAction,
    Resolution,
    ResolutionStatus,
)
from resolutions.text import Paragraph, PointText

MARK = "Демонстрационные данные:"
DRAFT_TITLE = "О демонстрационном вопросе повестки дня"
UNSENT = f"{MARK} письмо не отправлялось."
APPEAL_WAY = [(LetterAction.REGISTER, dt.date(2024, 7, 5)), (LetterAction.SEND, dt.date(2024, 7, 8))]
THANKS_WAY = [
    (LetterAction.REGISTER, dt.date(2024, 7, 9)),
    (LetterAction.SEND, dt.date(2024, 7, 10)),
    (LetterAction.DELIVER, dt.date(2024, 7, 16)),
]
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
    for appeal in resolution.letters.filter(state=LetterState.DRAFT, kind__in=once_a_point()):
        _move(appeal, APPEAL_WAY, by)
    if not resolution.mailings.exists():
        for point in resolution.points.all():
            _thank(point, by)
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


def _move(letter: Letter, way: list[tuple[LetterAction, dt.date]], by: User) -> None:
    for action, day in way:
        letter.refresh_from_db()
        channel = Channel.POST if action == LetterAction.SEND else ""
        letter.take_step(action, happened_on=day, version=letter.version, by=by, channel=channel, text=UNSENT)


def _thank(point: DecisionPoint, by: User) -> None:
    """Letters to the persons whom a point thanks; all but the last have arrived."""
    resolution, letters = point.resolution, point.of_kind.drafts_many
    if letters is None:
        return
    mailing = write_letters(
        resolution,
        kind=letters.code,
        point=point,
        common=suggested_text(resolution, letters.code),
        recipients=suggested_recipients(point, letters.code),
        by=by,
    )
    *arrived, last = mailing.letters.order_by("pk")
    for letter in arrived:
        _move(letter, THANKS_WAY, by)
    _move(last, THANKS_WAY[:-1], by)


def _start_draft(by: User) -> None:
    """A second decision, still a draft, so that the editor can be tried without touching the real one."""
    text = replace(
        blank_text(DRAFT_TITLE, None, "", union=UnionProfile.on()),
        preamble=(Paragraph(f"{MARK} этот проект создан, чтобы попробовать правку текста."),),
        points=(PointText(1, NEW_POINT, f"{MARK} текст поручения, который можно свободно править."),),
    )
    Resolution.start(text, by=by)
