"""The way of a response: its states, and the table of what leads from one to another."""

from django.db import models

from listings.badges import ToneChoices


class ResponseState(ToneChoices):
    """How far a municipality has got. A form is opened by a person who presses a button, not by what reads its page."""

    NOT_OPENED = "not_opened", "unknown", "Не открывали"
    DRAFT = "draft", "draft", "Черновик"
    SUBMITTED = "submitted", "reported", "Отправлен"
    RETURNED = "returned", "suspended", "Возвращён"
    ACCEPTED = "accepted", "done", "Принят"


class ResponseAction(models.TextChoices):
    """What happens to a response; each leaves an event behind."""

    OPEN = "open", "Форма открыта"
    SAVE = "save", "Сохранён черновик"
    SUBMIT = "submit", "Ответ отправлен"
    RETURN = "return", "Возвращён на доработку"
    ACCEPT = "accept", "Ответ принят"


S, A = ResponseState, ResponseAction

# (action, state before) -> state after; what is not here is refused.
RESPONSE_TRANSITIONS: dict[tuple[ResponseAction, ResponseState], ResponseState] = {
    (A.OPEN, S.NOT_OPENED): S.DRAFT,
    (A.SAVE, S.NOT_OPENED): S.DRAFT,
    (A.SAVE, S.DRAFT): S.DRAFT,
    (A.SAVE, S.RETURNED): S.RETURNED,
    (A.SUBMIT, S.NOT_OPENED): S.SUBMITTED,
    (A.SUBMIT, S.DRAFT): S.SUBMITTED,
    (A.SUBMIT, S.RETURNED): S.SUBMITTED,
    (A.RETURN, S.SUBMITTED): S.RETURNED,
    (A.ACCEPT, S.SUBMITTED): S.ACCEPTED,
}
OWING = (S.NOT_OPENED, S.DRAFT, S.RETURNED)  # who has to be reminded
ANSWERED = (S.SUBMITTED, S.ACCEPTED)
NEEDS_OPEN_ROUND = (A.OPEN, A.SAVE, A.SUBMIT, A.RETURN)
REFUSALS = {
    S.SUBMITTED: "Ответ уже отправлен и проверяется. Чтобы исправить его, попросите секретариат вернуть ответ.",
    S.ACCEPTED: "Ответ уже принят. Новые сведения внесите на странице муниципального образования.",
}
OPENED_ALREADY = "Форма уже открыта: ответ можно заполнять."
NOTHING_SENT = "Ответ ещё не отправлен: принимать или возвращать нечего."
