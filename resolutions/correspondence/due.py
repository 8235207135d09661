"""What waits to be done about letters. The letters of a mailing that wait for the same thing are one task."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from accounts.tasks import Task, Whose
from resolutions.correspondence.owed import Owed, owed_on
from resolutions.models import CarriedAsk, Letter, LetterAction, LetterState, LetterStep, PointState, ResolutionStatus
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.correspondence import UNSENT
from resolutions.models.letter import LetterQuerySet
from revisions.ledger import LATEST_FIRST
from russian.templatetags.russian import counted

DELIVERY_DAYS = 14  # a letter that left so long ago has surely arrived, and somebody should say so
LETTERS = "письмо,письма,писем"
LATE = "Ответ не поступил в срок"
_TO_REPEAT = Q(point=None) | Q(point__state=PointState.IN_PROGRESS)  # what was reported is not asked again
_KEEPS, _SIGNS = Whose(permission=Permission.KEEP_LETTERS), Whose(permission=Permission.SIGN)


class Situation(models.TextChoices):
    """What a letter waits for, and what to do about it."""

    REGISTER = "register", "Проект письма: проверьте и зарегистрируйте"
    SIGN_AND_SEND = "sign", "Зарегистрировано: отправьте, когда подпишет председатель"
    SEND_LOADED = "loaded", "Загружено без отправки: отметьте, когда отправили, или аннулируйте"
    SEND = "send", "Подписано: отправьте и отметьте отправку"
    DELIVER = "deliver", "Отправлено давно: отметьте вручение"
    WAIT = "wait", "Ждём ответа"
    REPEAT = "repeat", "Ответ просрочен: составьте повторное письмо"
    REPEATED = "repeated", "Ответ просрочен: отправьте повторное письмо, оно подготовлено"


def letter_tasks(today: dt.date) -> list[Task]:
    """What the secretariat has to do about letters; the number of queries does not depend on theirs.

    Args:
        today: the day on which somebody asks, in Moscow.
    """
    late = _open_letters().overdue(today).filter(_TO_REPEAT)
    owed = [*owed_on(today, late)]
    return [*_tasks(_open_letters(), today), *_repeat_tasks(owed, today)]


def overdue_letters(user: Visitor, today: dt.date, *, besides_own: bool = False) -> list[Task]:
    """Letters whose answer is late, as tasks, for those who see the letters.

    Args:
        user: staff see the letters of a mailing together, others each that they may read.
        today: the day on which somebody asks, in Moscow.
        besides_own: without those that `letter_tasks` tells the user already.
    """
    visible = Letter.objects.visible_to(user).overdue(today)
    late = _open_letters().filter(pk__in=visible.order_by().values("pk"))
    keeps = has_permission(user, Permission.KEEP_LETTERS)
    if besides_own and keeps:
        late = late.exclude(_TO_REPEAT)
    grouped = has_permission(user, Permission.READ_INTERNAL)
    return _repeat_tasks([*owed_on(today, late)], today, grouped=grouped, why="" if keeps else LATE)


def letters_to_sign(today: dt.date) -> list[Task]:
    """Registered letters that nobody has signed, or whose signed paper was withdrawn, for the chair.

    Those of earlier years were signed on paper.
    """
    unsigned = Q(issued_document=None) | Q(issued_document__withdrawal__isnull=False)
    loaded = LetterStep.objects.filter(letter=OuterRef("pk"), action=LetterAction.REGISTER).loaded()
    waiting = _open_letters().filter(unsigned, ~Exists(loaded), state=LetterState.REGISTERED)
    return _tasks(waiting, today, why="Письмо ждёт подписи председателя", whose=_SIGNS)


def _open_letters() -> LetterQuerySet:
    """Letters that may wait for something, with what decides it.

    One that asked for something and is not awaited any more was answered, or a later letter waits instead of it.
    """
    asked = CarriedAsk.objects.filter(letter=OuterRef("pk")).order_by()
    done = LetterStep.objects.in_force().filter(letter=OuterRef("pk"))
    sent = done.filter(action=LetterAction.SEND).order_by(*LATEST_FIRST)
    return (
        Letter.objects.exclude(resolution__status=ResolutionStatus.DRAFT)
        .filter(Q(state__in=UNSENT) | Q(is_awaited=True) | Q(~Exists(asked), state=LetterState.SENT))
        .filter(Q(point=None) | Q(point__state__in=UNDER_CONTROL))  # off control nothing is waited for
        .annotate(
            sent_on=Subquery(sent.values("happened_on")[:1]),
            was_sent_by_load=Exists(sent.loaded()),
            was_registered_by_load=Exists(done.filter(action=LetterAction.REGISTER).loaded()),
        )
        .select_related("mailing", "point", "correspondent__municipality", "issued_document__withdrawal")
        .defer("body", "search_text")
    )


def _situation(letter: Letter, today: dt.date) -> Situation | None:
    """What a letter of `_open_letters` waits for; None when it only travels, or when its answer is late.

    Of one that was sent in an earlier year nobody is asked whether it arrived: the workbook said what is known.
    """
    told: Any = letter  # with what `_open_letters` tells of it
    if letter.state == LetterState.DRAFT:
        return Situation.REGISTER
    if letter.state == LetterState.REGISTERED:
        if letter.document_in_force:
            return Situation.SEND
        return Situation.SEND_LOADED if told.was_registered_by_load else Situation.SIGN_AND_SEND
    if letter.awaited_until and letter.awaited_until < today:
        return None
    travels = letter.state == LetterState.SENT and not told.was_sent_by_load
    if travels and told.sent_on <= today - dt.timedelta(days=DELIVERY_DAYS):
        return Situation.DELIVER
    return Situation.WAIT if letter.awaited_until else None


def _tasks(letters: LetterQuerySet, today: dt.date, *, why: str = "", whose: Whose = _KEEPS) -> list[Task]:
    """Letters as tasks; those of a mailing that wait for the same thing until the same day are one.

    Args:
        letters: of `_open_letters`.
        today: the day on which somebody asks.
        why: what to say instead of the situation.
        whose: for whom they wait.
    """
    groups: dict[tuple[str, Situation, dt.date | None], list[Letter]] = defaultdict(list)
    for letter in letters.order_by("pk"):
        situation = _situation(letter, today)
        if situation is not None:
            key = f"letter-{letter.pk}"
            if letter.mailing_id:
                key = f"mailing-{letter.mailing_id}-{situation.value}-{letter.awaited_until or 'undated'}"
            groups[key, situation, letter.awaited_until].append(letter)
    return [
        Task.due(
            due_on, today, key=key, what=_name(group), why=why or str(situation.label), url=_url(group), whose=whose
        )
        for (key, situation, due_on), group in groups.items()
    ]


def _repeat_tasks(late: list[Owed], today: dt.date, *, grouped: bool = True, why: str = "") -> list[Task]:
    """What bodies owe as tasks: a repeated letter to each of them.

    Args:
        late: what they owe.
        today: the day on which somebody asks.
        grouped: whether what the letters of a mailing wait for until the same day is one task.
        why: what to say instead of what to do.
    """
    groups: dict[tuple[str, dt.date | None], list[Owed]] = defaultdict(list)
    for one in late:
        key = f"letter-{one.letter.pk}-{one.body.pk if one.body else ''}"
        if grouped and one.letter.mailing_id:
            key = f"mailing-{one.letter.mailing_id}-repeat-{one.until}"
        groups[key, one.until].append(one)
    return [
        Task.due(
            until,
            today,
            key=key,
            what=_name([one.letter for one in group]),
            why=why or _repeat(group),
            url=_url([one.letter for one in group]),
            whose=_KEEPS,
        )
        for (key, until), group in groups.items()
    ]


def _repeat(group: list[Owed]) -> str:
    """What to do about what one body owes, or several that one mailing went to; what was reported is not repeated."""
    if all(one.letter.point and one.letter.point.state != PointState.IN_PROGRESS for one in group):
        return LATE
    situation = Situation.REPEATED if all(one.is_prepared for one in group) else Situation.REPEAT
    if len(group) > 1:
        return str(situation.label)
    late, _, what = str(situation.label).partition(":")
    return f"{late} ({group[0].in_words}):{what}"


def _name(group: list[Letter]) -> str:
    first = group[0]
    if len(group) > 1:
        return f"{first.mailing} ({counted(len(group), LETTERS)})"
    return letter_told(first)


def letter_told(letter: Letter) -> str:
    """«Письмо № 1/24 от 05.07.2024: О поддержке»."""
    return (
        f"Письмо № {letter.number} от {letter.date:%d.%m.%Y}: {letter}" if letter.is_registered else f"Письмо: {letter}"
    )


def _url(group: list[Letter]) -> str:
    """The letter itself, or the mailing in which the letters stand together."""
    first = group[0]
    return first.mailing.get_absolute_url() if len(group) > 1 and first.mailing else first.get_absolute_url()
