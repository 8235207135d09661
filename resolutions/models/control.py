"""How a point is kept under control: its states, and the table of steps between them."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from accounts.roles import Permission
from listings.badges import ToneChoices
from resolutions.models.party import Side
from resolutions.models.steps import Step


class PointState(ToneChoices):
    """How far a point has been carried out."""

    PLANNED = "planned", "todo", "Не начато"
    IN_PROGRESS = "in_progress", "doing", "В работе"
    REPORTED = "reported", "reported", "Доложено"
    CLOSED = "closed", "off", "Снято с контроля"
    CANCELLED = "cancelled", "off", "Исполнение отменено"


class PointAction(models.TextChoices):
    """What was done about a point; each is an entry of its progress."""

    NOTE = "note", "Запись о ходе исполнения"
    INSTRUCT = "instruct", "Поручено"
    START = "start", "Исполнение начато"
    REPORT = "report", "Доложено об исполнении"
    CLOSE = "close", "Снято с контроля"
    RETURN_FOR_REWORK = "return_for_rework", "Возвращено на доработку"
    EXTEND = "extend", "Изменён срок"
    CANCEL = "cancel", "Исполнение отменено"
    REOPEN = "reopen", "Возвращено на контроль"
    RESULT = "result", "Назван результат"
    REQUEST = "request", "Запрошен другой срок"
    REFUSE = "refuse", "В другом сроке отказано"
    MEASURE = "measure", "Выбрано, чем измеряется исполнение"


PLANNED, IN_PROGRESS, REPORTED = PointState.PLANNED, PointState.IN_PROGRESS, PointState.REPORTED
CLOSED, CANCELLED = PointState.CLOSED, PointState.CANCELLED

UNREPORTED = (PLANNED, IN_PROGRESS)  # only these can be late: who has reported is waited for no more
UNDER_CONTROL = (*UNREPORTED, REPORTED)
NOTHING_ASKED = "Просьбы о другом сроке нет."
ENDS = {
    CLOSED: "Пункт снят с контроля: сначала верните его на контроль.",
    CANCELLED: "Исполнение пункта отменено: сначала верните его на контроль.",
}

ALL = tuple(PointState)


@dataclass(frozen=True)
class PointStep(Step[PointState]):
    """A step of a point.

    Attributes:
        side: whose it is; the secretariat, which may take every step, takes those of others on their behalf.
    """

    side: Side = Side.SECRETARIAT


def _step(side: Side, label: str, before: tuple[PointState, ...], **more: Any) -> PointStep:
    more = {"after": None, "otherwise": ""} | more
    return PointStep(label, Permission.CONTROL_POINTS, before, side=side, **more)


POINT_STEPS: dict[PointAction, PointStep] = {
    PointAction.NOTE: _step(Side.RESPONSIBLE, "Добавить запись", UNDER_CONTROL, asks="Что сделано", replays=ALL),
    PointAction.INSTRUCT: _step(Side.SECRETARIAT, "Поручить исполнение", UNDER_CONTROL),
    PointAction.START: _step(
        Side.RESPONSIBLE,
        "Начать исполнение",
        (PLANNED,),
        after=IN_PROGRESS,
        otherwise="Исполнение уже начато.",
        asks="С чего начато исполнение",
    ),
    PointAction.REPORT: _step(
        Side.RESPONSIBLE,
        "Доложить об исполнении",
        (IN_PROGRESS,),
        after=REPORTED,
        otherwise="Доложить можно о пункте, который в работе.",
        asks="Что сделано во исполнение пункта",
    ),
    PointAction.REQUEST: _step(
        Side.RESPONSIBLE,
        "Попросить другой срок",
        UNREPORTED,
        otherwise="Об исполнении уже доложено: другого срока не просят.",
        asks="Почему нужен другой срок",
    ),
    PointAction.CLOSE: _step(
        Side.CONTROLLER,
        "Снять с контроля",
        (REPORTED,),
        after=CLOSED,
        otherwise="Снять с контроля можно пункт, об исполнении которого доложено.",
        asks="Почему пункт снимается с контроля",
    ),
    PointAction.RETURN_FOR_REWORK: _step(
        Side.CONTROLLER,
        "Вернуть на доработку",
        (REPORTED,),
        after=IN_PROGRESS,
        otherwise="Вернуть на доработку можно пункт, об исполнении которого доложено.",
        asks="Что нужно доработать",
    ),
    PointAction.EXTEND: _step(
        Side.CONTROLLER,
        "Изменить срок",
        UNREPORTED,
        otherwise="Об исполнении уже доложено: срок не меняют. Если работа не закончена, верните пункт на доработку.",
        asks="Причина",
    ),
    PointAction.REFUSE: _step(
        Side.CONTROLLER, "Отказать в другом сроке", UNREPORTED, otherwise=NOTHING_ASKED, asks="Почему срок прежний"
    ),
    PointAction.MEASURE: _step(
        Side.SECRETARIAT, "Выбрать, чем измеряется", UNDER_CONTROL, replays=ALL, asks="Примечание"
    ),
    PointAction.CANCEL: _step(Side.SECRETARIAT, "Отменить исполнение", UNDER_CONTROL, after=CANCELLED, asks="Причина"),
    PointAction.REOPEN: _step(
        Side.SECRETARIAT,
        "Вернуть на контроль",
        (CLOSED, CANCELLED),
        after=IN_PROGRESS,
        otherwise="Пункт и так на контроле.",
        asks="Причина",
    ),
    PointAction.RESULT: _step(
        Side.SECRETARIAT,
        "Назвать результат",
        (*UNDER_CONTROL, CLOSED),  # «закон принят через два года»
        asks="Что стало известно",
    ),
}


def point_step_refusal(action: PointAction, state: str) -> str | None:
    """Why a step is not open in a state, in Russian; None when it is."""
    return POINT_STEPS[action].refusal(PointState(state), ENDS)


# What may follow a step at once: typed together and replayed as one, for each alone may be impossible in the past.
FOLLOWED_BY: dict[PointAction, tuple[PointAction, ...]] = {
    PointAction.REPORT: (PointAction.RETURN_FOR_REWORK, PointAction.CLOSE),
    PointAction.REQUEST: (PointAction.EXTEND, PointAction.REFUSE),
    PointAction.CLOSE: (PointAction.REOPEN,),
    PointAction.CANCEL: (PointAction.REOPEN,),
}
