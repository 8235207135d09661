"""How a point is kept under control: its states, and the table of steps between them."""

from django.db import models

from accounts.roles import Permission
from listings.badges import ToneChoices
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


PLANNED, IN_PROGRESS, REPORTED = PointState.PLANNED, PointState.IN_PROGRESS, PointState.REPORTED
CLOSED, CANCELLED = PointState.CLOSED, PointState.CANCELLED

UNREPORTED = (PLANNED, IN_PROGRESS)  # only these can be late: who has reported is waited for no more
UNDER_CONTROL = (*UNREPORTED, REPORTED)
ENDS = {
    CLOSED: "Пункт снят с контроля: сначала верните его на контроль.",
    CANCELLED: "Исполнение пункта отменено: сначала верните его на контроль.",
}

CONTROL = Permission.CONTROL_POINTS
POINT_STEPS: dict[PointAction, Step[PointState]] = {
    PointAction.NOTE: Step(
        "Добавить запись", CONTROL, UNDER_CONTROL, None, "", asks="Что сделано", replays=tuple(PointState)
    ),
    PointAction.INSTRUCT: Step("Поручить исполнение", CONTROL, UNDER_CONTROL, None, "", asks="Примечание"),
    PointAction.START: Step(
        "Начать исполнение", CONTROL, (PLANNED,), IN_PROGRESS, "Исполнение уже начато.", asks="С чего начато исполнение"
    ),
    PointAction.REPORT: Step(
        "Доложить об исполнении",
        CONTROL,
        (IN_PROGRESS,),
        REPORTED,
        "Доложить можно о пункте, который в работе.",
        asks="Что сделано во исполнение пункта",
    ),
    PointAction.CLOSE: Step(
        "Снять с контроля",
        CONTROL,
        (REPORTED,),
        CLOSED,
        "Снять с контроля можно пункт, об исполнении которого доложено.",
        asks="Почему пункт снимается с контроля",
    ),
    PointAction.RETURN_FOR_REWORK: Step(
        "Вернуть на доработку",
        CONTROL,
        (REPORTED,),
        IN_PROGRESS,
        "Вернуть на доработку можно пункт, об исполнении которого доложено.",
        asks="Что нужно доработать",
    ),
    PointAction.EXTEND: Step(
        "Изменить срок",
        CONTROL,
        (PLANNED, IN_PROGRESS),
        None,
        "Об исполнении уже доложено: срок не меняют. Если работа не закончена, верните пункт на доработку.",
        asks="Причина",
    ),
    PointAction.CANCEL: Step("Отменить исполнение", CONTROL, UNDER_CONTROL, CANCELLED, "", asks="Причина"),
    PointAction.REOPEN: Step(
        "Вернуть на контроль", CONTROL, (CLOSED, CANCELLED), IN_PROGRESS, "Пункт и так на контроле.", asks="Причина"
    ),
    PointAction.RESULT: Step(
        "Назвать результат",
        CONTROL,
        (*UNDER_CONTROL, CLOSED),  # «закон принят через два года»
        None,
        "",
        asks="Что стало известно",
    ),
}


def point_step_refusal(action: PointAction, state: str) -> str | None:
    """Why a step is not open in a state, in Russian; None when it is."""
    return POINT_STEPS[action].refusal(PointState(state), ENDS)
