"""What waits for somebody about municipalities: statuses, information exchange, questions about practices."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.access import Visitor, is_secretariat, is_union_staff
from accounts.tasks import Task
from municipalities.access import own_municipalities
from municipalities.models import Municipality, Participation, PracticeRequest, PracticeRequestStep, RequestStepKind
from russian.templatetags.russian import long_date


def tasks_for(user: Visitor, today: dt.date) -> list[Task]:
    """What waits for the user, in no order; the number of queries does not depend on how much that is.

    Args:
        user: the secretariat leads the exchange, officials answer for their municipalities; nothing waits for others.
        today: the day on which somebody asks, in Moscow.
    """
    if is_secretariat(user):
        return _letters_that_failed()
    if is_union_staff(user):
        return []  # the chair reads the responses of all, and owes none
    return [*_own_statuses(user, today), *_questions(user)]


# --- the secretariat ---


def _letters_that_failed() -> list[Task]:
    """Questions and answers whose letter did not leave."""
    letters = PracticeRequestStep.objects.filter(request=OuterRef("pk"))
    asked = Exists(letters.filter(kind=RequestStepKind.QUESTION_SENT))
    told = Exists(letters.filter(kind=RequestStepKind.ANSWER_SENT))
    failed = PracticeRequest.objects.filter(Q(~asked, answered_at=None) | Q(~told, answered_at__isnull=False))
    return [
        Task(
            key=f"question-{one.pk}-letter",
            what=str(one),
            why=f"Письмо с {'ответом' if one.is_answered else 'вопросом'} не отправлено: отправьте ещё раз",
            url=one.get_absolute_url(),
        )
        for one in failed.select_related("practice").order_by("pk")
    ]


# --- officials ---


def _own_statuses(user: Visitor, today: dt.date) -> list[Task]:
    """Own municipalities: the last day on which each status still counts as recent."""
    return [_own_status(one, today) for one in own_municipalities(user).with_participation(today)]


def _own_status(municipality: Municipality, today: dt.date) -> Task:
    status, since = municipality.standing.status, municipality.standing.since
    due_on, why = None, "Статус участия неизвестен: внесите сведения"
    if since and status != Participation.UNKNOWN:
        due_on = since + dt.timedelta(days=settings.STATUS_STALE_AFTER_DAYS)
        stale = "сведения устарели, обновите их" if due_on < today else "подтвердите или обновите в срок"
        why = f"Статус участия «{status.label}» по состоянию на {long_date(since)} – {stale}"
    return Task.due(
        due_on,
        today,
        key=f"status-{municipality.pk}",
        what=municipality.name,
        why=why,
        url=reverse("municipality_participation", args=[municipality.slug]),
    )


def _questions(user: Visitor) -> list[Task]:
    """Questions about own practices that nobody has answered."""
    asked = PracticeRequest.objects.waiting().filter(practice__municipality__in=own_municipalities(user))
    return [
        Task(
            key=f"question-{one.pk}",
            what=str(one),
            why=f"{one.municipality.name} спрашивает: ответьте",
            url=one.get_absolute_url(),
        )
        for one in asked.select_related("practice", "municipality").order_by("pk")
    ]
