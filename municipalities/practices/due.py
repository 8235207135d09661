"""What waits for somebody about practices."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from accounts.access import Visitor, has_permission
from accounts.models.outgoing import ARRIVING
from accounts.roles import Permission
from accounts.tasks import Task
from municipalities.access import own_municipalities
from municipalities.practices.models import PracticeRequest, PracticeRequestStep, RequestStepKind


def tasks_for(user: Visitor, today: dt.date) -> list[Task]:
    """What waits for the user, in no order; one query, however much that is.

    Args:
        user: the secretariat sends letters that failed, officials answer questions; nothing waits for others.
        today: the day on which somebody asks, in Moscow; none of these tasks has a day.
    """
    if has_permission(user, Permission.KEEP_PRACTICES):
        return _letters_that_failed()
    return _questions(user) if has_permission(user, Permission.KEEP_OWN_MUNICIPALITY) else []


def _letters_that_failed() -> list[Task]:
    """Questions and answers whose letter did not leave, nor waits to leave."""
    letters = PracticeRequestStep.objects.filter(request=OuterRef("pk"), mail__state__in=ARRIVING)
    asked = Exists(letters.filter(kind=RequestStepKind.QUESTION_LETTER))
    told = Exists(letters.filter(kind=RequestStepKind.ANSWER_LETTER))
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
