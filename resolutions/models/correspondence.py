"""The way of a letter: its states, and the table of steps between them."""

from django.db import models

from accounts.roles import Permission
from listings.badges import ToneChoices
from resolutions.models.steps import Step


class LetterState(ToneChoices):
    """Where a letter stands on its way."""

    DRAFT = "draft", "off", "Проект"
    REGISTERED = "registered", "todo", "Зарегистрировано"
    SENT = "sent", "doing", "Отправлено"
    DELIVERED = "delivered", "reported", "Вручено"
    ANNULLED = "annulled", "off", "Аннулировано"


class LetterAction(models.TextChoices):
    """What was done about a letter; each leaves a step in its history."""

    REGISTER = "register", "Зарегистрировано"
    SIGN = "sign", "Подписано"
    SEND = "send", "Отправлено"
    DELIVER = "deliver", "Вручено"
    EXTEND = "extend", "Изменён срок ответа"
    NOTE = "note", "Примечание"
    ANNUL = "annul", "Аннулировано"


class Channel(models.TextChoices):
    """How a letter leaves."""

    POST = "post", "Почтой"
    EMAIL = "email", "Электронной почтой"
    EXCHANGE = "exchange", "Через систему электронного документооборота"
    COURIER = "courier", "Нарочным"


DRAFT, REGISTERED, SENT = LetterState.DRAFT, LetterState.REGISTERED, LetterState.SENT
DELIVERED, ANNULLED = LetterState.DELIVERED, LetterState.ANNULLED

NUMBERED = (REGISTERED, SENT, DELIVERED)
LEFT = (SENT, DELIVERED)
UNSENT = (DRAFT, REGISTERED)
ARRIVED = (DELIVERED,)
ENDS = {ANNULLED: "Письмо аннулировано: с ним больше ничего не делают."}

KEEP = Permission.KEEP_LETTERS
LETTER_STEPS: dict[LetterAction, Step[LetterState]] = {
    LetterAction.REGISTER: Step("Зарегистрировать", KEEP, (DRAFT,), REGISTERED, "Письмо уже зарегистрировано."),
    LetterAction.SIGN: Step(
        "Подписать",
        Permission.SIGN,
        (REGISTERED,),
        None,
        "Подписывают зарегистрированное письмо, пока оно не отправлено.",
    ),
    LetterAction.SEND: Step(
        "Отметить отправку", KEEP, (REGISTERED,), SENT, "Отправляют зарегистрированное письмо, и один раз."
    ),
    LetterAction.DELIVER: Step(
        "Отметить вручение", KEEP, (SENT,), DELIVERED, "Вручают отправленное письмо, и один раз."
    ),
    LetterAction.EXTEND: Step(
        "Изменить срок ответа",
        KEEP,
        LEFT,
        None,
        "Срок ответа меняют у отправленного письма.",
        asks="Причина",
    ),
    LetterAction.NOTE: Step(
        "Добавить примечание", KEEP, NUMBERED, None, "Письмо ещё не зарегистрировано.", replays=tuple(LetterState)
    ),
    LetterAction.ANNUL: Step(
        "Аннулировать",
        KEEP,
        (DRAFT, REGISTERED),
        ANNULLED,
        "Письмо отправлено: аннулировать его нельзя. Направьте следующее письмо.",
        asks="Причина",
    ),
}


def letter_step_refusal(action: LetterAction, state: str) -> str | None:
    """Why a step is not open in a state, in Russian; None when it is."""
    return LETTER_STEPS[action].refusal(LetterState(state), ENDS)
