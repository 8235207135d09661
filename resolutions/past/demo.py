"""A workbook of an earlier year for the demonstration, loaded as a secretary does; every text says it is made up."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from resolutions.demo import MARK
from resolutions.models import AskOutcome, Channel, PastImport, PointAction, PointResult, Resolution
from resolutions.past.book import workbook_of
from resolutions.past.plan import PastPlan
from resolutions.past.rows import (
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastRows,
    PastStep,
)
from resolutions.past.uploads import apply, plan_of, receive, show

DECISION = "demo-2021"
TITLE = "О демонстрационном опыте прошлых лет"
FILE_NAME = "Демонстрационные данные – решение 2021 года.xlsx"
_BODY = "Демонстрационная служба"
_LETTER = ("14", dt.date(2021, 6, 28))
_ANSWER = ("27", dt.date(2021, 7, 26))


def _step(day: dt.date, action: PointAction, text: str, result: PointResult | None = None) -> PastStep:
    """A step of the point; the instruction is the secretariat's until the end of the year."""
    is_instruction = action == PointAction.INSTRUCT
    parties = ("Секретариат Союза", "Председатель Союза") if is_instruction else ("", "")
    due_on = dt.date(2021, 12, 24) if is_instruction else None
    return PastStep(0, DECISION, 1, day, action, f"{MARK} {text}", *parties, due_on, result, "", None)


ROWS = PastRows(
    decisions=(
        PastDecision(
            0,
            DECISION,
            dt.date(2021, 6, 17),
            "",
            TITLE,
            "",
            "",
            "",
            (f"{MARK} это решение загружено из книги Excel, чтобы показать решения прошлых лет.",),
            "",
            "И.О. Демонстрационный",
        ),
    ),
    points=(PastPoint(0, DECISION, 1, "appeal", f"{MARK} обратиться с просьбой обобщить опыт городов.", ()),),
    letters=(
        PastLetter(
            0,
            *_LETTER,
            "appeal",
            DECISION,
            1,
            _BODY,
            addressee="",
            body=f"{MARK} письмо не отправлялось.",
            reply_days=30,
            sent_on=dt.date(2021, 6, 29),
            channel=Channel.POST,
            delivered_on=dt.date(2021, 7, 5),
            annulled_on=None,
        ),
    ),
    asks=(PastAsk(0, *_LETTER, 1, f"{MARK} обобщить опыт городов.", False),),
    incoming=(PastIncoming(0, *_ANSWER, _BODY, "", None, f"{MARK} письмо не поступало."),),
    outcomes=(PastOutcome(0, *_ANSWER, *_LETTER, 1, AskOutcome.SATISFIED, None, ""),),
    steps=(
        _step(dt.date(2021, 6, 21), PointAction.INSTRUCT, "поручено секретариату."),
        _step(dt.date(2021, 8, 2), PointAction.REPORT, "опыт обобщён.", PointResult.ACHIEVED),
        _step(dt.date(2021, 8, 9), PointAction.CLOSE, "просьба удовлетворена.", PointResult.ACHIEVED),
    ),
)


def seed_demo_past(*, by: User) -> None:
    """Upload, judge and load the workbook; does nothing the second time.

    Args:
        by: the demonstration account of the secretariat.
    """
    if Resolution.objects.filter(slug=DECISION).exists():
        return
    book = workbook_of(ROWS, at=timezone.localdate())
    upload = receive(ContentFile(book, FILE_NAME), by=by)

    def told(rows: int) -> None:
        PastImport.objects.filter(pk=upload.pk).update(rows=rows)

    plan = plan_of(upload, told=told)
    show(upload, plan)
    apply(upload, seen=PastPlan.from_json(plan.to_json()).seen, by=by)
