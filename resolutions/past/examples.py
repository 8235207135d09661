"""The rows of the template that show how rows are written; they hang together, and whoever reads leaves them out."""

import datetime as dt
import re
from typing import Any

from resolutions.deadlines import REPLY_DAYS
from resolutions.models import AskOutcome, Channel, PointAction, PointResult
from resolutions.past.rows import (
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastPromise,
    PastRows,
    PastStep,
)
from russian.text import search_form

EXAMPLE = "пример"
_BEGINS = re.compile(rf"{EXAMPLE}(?![а-я])")

_DECISION = f"{EXAMPLE}-2019"
_FIRST, _SECOND = (f"{EXAMPLE}-14/19", dt.date(2019, 7, 5)), (f"{EXAMPLE}-27/19", dt.date(2019, 9, 10))
_ANSWER, _OTHER_ANSWER = (f"{EXAMPLE}-31/19", dt.date(2019, 8, 5)), (f"{EXAMPLE}-52/19", dt.date(2019, 10, 8))
_BODY, _OTHER_BODY = "Наименование органа", "Наименование другого органа"
_APPEAL, _RECOMMENDATION = 1, 2


def is_example(first_cell: object) -> bool:
    """Whether a row is an example: its first cell begins with the word «пример».

    Args:
        first_cell: as openpyxl returns it.
    """
    return isinstance(first_cell, str) and _BEGINS.match(search_form(first_cell)) is not None


def _appeal(named: tuple[str, dt.date], to: str, **more: Any) -> PastLetter:
    """A letter of the point that orders the appeal."""
    more = {"addressee": "", "body": "", "delivered_on": None, "annulled_on": None} | more
    number, day = named
    return PastLetter(0, number, day, "appeal", _DECISION, _APPEAL, correspondent=to, reply_days=REPLY_DAYS, **more)


def _step(day: dt.date, action: PointAction, text: str, **more: Any) -> PastStep:
    """A step of the same point, unless it is told of which."""
    point = more.pop("point", _APPEAL)
    more = dict.fromkeys(("responsible", "controller", "result_reason"), "") | more
    more = dict.fromkeys(("due_on", "result", "asked_due_on")) | more
    return PastStep(0, _DECISION, point, day, action, text, **more)


EXAMPLES = PastRows(
    decisions=(
        PastDecision(
            0,
            _DECISION,
            dt.date(2019, 6, 20),
            "5",
            "О развитии общественного транспорта в городах",
            "г. Название города",
            "",
            "Заслушав и обсудив информацию по вопросу «О развитии общественного транспорта в городах»,",
            ("Первый абзац того, что отмечает Собрание.", "Второй абзац – с новой строки той же ячейки."),
            "",
            "И.О. Фамилия",
        ),
    ),
    points=(
        PastPoint(
            0,
            _DECISION,
            _APPEAL,
            "appeal",
            "Обратиться в федеральные органы исполнительной власти с предложениями Союза.",
            (),
        ),
        PastPoint(
            0,
            _DECISION,
            _RECOMMENDATION,
            "recommendation",
            "Рекомендовать муниципальным образованиям – членам Союза:",
            ("разработать программы развития общественного транспорта;", "обмениваться опытом их выполнения."),
        ),
    ),
    letters=(
        _appeal(
            _FIRST,
            _BODY,
            sent_on=dt.date(2019, 7, 8),
            channel=Channel.POST,
            delivered_on=dt.date(2019, 7, 12),
            addressee="Руководителю\nНаименования органа\nИ.О. Фамилии",
            heading="О предложениях Союза",
            salutation="Уважаемый Имя Отчество!",
            body="Просим рассмотреть предложения, принятые Общим Собранием.",
        ),
        _appeal(_SECOND, _OTHER_BODY, sent_on=dt.date(2019, 9, 11), channel=Channel.EXCHANGE),
    ),
    asks=(
        PastAsk(0, *_FIRST, 1, "Выделить субсидии на обновление общественного транспорта.", False),
        PastAsk(0, *_FIRST, 2, "Упростить согласование маршрутов между городами.", False),
        PastAsk(0, *_SECOND, 2, "", False),
    ),
    incoming=(
        PastIncoming(
            0,
            *_ANSWER,
            _BODY,
            "11-02/508",
            dt.date(2019, 8, 1),
            "Субсидии предусмотрены; о маршрутах ответит другой орган.",
        ),
        PastIncoming(
            0, *_OTHER_ANSWER, _OTHER_BODY, "7/1140", dt.date(2019, 10, 3), "Порядок согласования не меняется."
        ),
    ),
    outcomes=(
        PastOutcome(0, *_ANSWER, *_FIRST, 1, AskOutcome.SATISFIED, None, ""),
        PastOutcome(0, *_ANSWER, *_FIRST, 2, AskOutcome.FORWARDED, dt.date(2019, 9, 5), _OTHER_BODY),
        PastOutcome(0, *_OTHER_ANSWER, *_SECOND, 2, AskOutcome.REFUSED, None, ""),
    ),
    steps=(
        _step(
            dt.date(2019, 6, 25),
            PointAction.INSTRUCT,
            "",
            responsible="Секретариат Союза",
            controller="Председатель Союза",
            due_on=dt.date(2019, 12, 31),
        ),
        _step(
            dt.date(2019, 6, 25),
            PointAction.INSTRUCT,
            "",
            point=_RECOMMENDATION,
            responsible="Все члены Союза",
            controller="Председатель Союза",
            due_on=dt.date(2020, 12, 25),
        ),
        _step(
            dt.date(2019, 12, 20),
            PointAction.REPORT,
            "Обращения направлены в оба органа, ответы получены.",
            result=PointResult.PARTLY,
        ),
        _step(
            dt.date(2019, 12, 24),
            PointAction.CLOSE,
            "Из двух просьб одна удовлетворена, в другой отказано.",
            result=PointResult.PARTLY,
        ),
    ),
    promises=(
        PastPromise(
            0,
            "Название города",
            _DECISION,
            _RECOMMENDATION,
            "Принять программу развития общественного транспорта",
            dt.date(2019, 9, 2),
            dt.date(2020, 6, 30),
            "Заместитель главы администрации И.О. Фамилия",
            dt.date(2020, 6, 15),
            None,
            "",
        ),
    ),
)
