"""What waits for somebody about practices and promises."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from accounts.models.outgoing import ARRIVING
from accounts.roles import Permission
from accounts.tasks import Asking, Task, Whose, works_by
from municipalities.due import kept_by, keys_kept_by
from municipalities.models import Municipality
from municipalities.models.succession import merged_by
from municipalities.practices.models import (
    Commitment,
    CommitmentState,
    PracticeRequest,
    PracticeRequestStep,
    RequestStepKind,
)
from russian.templatetags.russian import counted, long_date

_KEEPS = Whose(permission=Permission.KEEP_PRACTICES)
OPEN = "открытое обязательство,открытых обязательства,открытых обязательств"


def tasks_for(asking: Asking, today: dt.date) -> list[Task]:
    """What waits for somebody, in no order; the number of queries does not depend on how much that is.

    Args:
        asking: the secretariat sends letters that failed, accepts promises and passes them on, officials answer
            questions and keep what they promised; nothing waits for others.
        today: the day on which somebody asks, in Moscow.
    """
    tasks: list[Task] = []
    if works_by(asking, Permission.KEEP_PRACTICES):
        tasks += [*_letters_that_failed(), *_to_accept_or_pass(today)]
    if works_by(asking, Permission.KEEP_OWN_MUNICIPALITY):
        tasks += [*_questions(asking), *_promises(asking, today)]
    return tasks


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
            whose=_KEEPS,
        )
        for one in failed.select_related("practice").order_by("pk")
    ]


def _questions(asking: Asking) -> list[Task]:
    """Questions about own practices that nobody has answered."""
    asked = PracticeRequest.objects.waiting().filter(practice__municipality__in=keys_kept_by(asking))
    return [
        Task(
            key=f"question-{one.pk}",
            what=str(one),
            why=f"{one.municipality.name} спрашивает: ответьте",
            url=one.get_absolute_url(),
            whose=Whose(municipality=one.practice.municipality_id),
        )
        for one in asked.select_related("practice", "municipality").order_by("pk")
    ]


def _promises(asking: Asking, today: dt.date) -> list[Task]:
    """What own municipalities promised; nobody watches those that have left the Union."""
    members = list(kept_by(asking).members_on(today).values_list("pk", flat=True))
    owed = Commitment.objects.filter(state=CommitmentState.OPEN, municipality__in=members)
    return [
        Task.due(
            one.due_on,
            today,
            key=f"commitment-{one.pk}",
            what=f"Обязательство: {one.label}",
            why=f"{one.municipality.name} обещает до {long_date(one.due_on)} Отметьте исполнение",
            url=one.get_absolute_url(),
            whose=Whose(municipality=one.municipality_id),
        )
        for one in owed.told().order_by("pk")
    ]


def _to_accept_or_pass(today: dt.date) -> list[Task]:
    """What came by a link, and what those promised that have become part of another municipality."""
    merged = set(merged_by(today))
    to_pass = Q(state=CommitmentState.OPEN, municipality__in=merged)
    asked = list(Commitment.objects.filter(to_pass | Q(state=CommitmentState.WAITING)).told().order_by("pk"))
    makers = {one.municipality_id for one in asked} - merged
    members = Municipality.objects.members_on(today).filter(pk__in=makers)
    watched = merged.union(members.values_list("pk", flat=True))
    return [
        Task(
            key=f"commitment-{one.pk}-{'accept' if one.state == CommitmentState.WAITING else 'pass'}",
            what=f"Обязательство: {one.label}",
            why=f"{one.municipality.name}: взято по личной ссылке, примите или снимите"
            if one.state == CommitmentState.WAITING
            else f"{one.municipality.name} – часть другого муниципального образования: передайте правопреемнику",
            url=one.get_absolute_url(),
            whose=_KEEPS,
        )
        for one in asked
        if one.municipality_id in watched
    ]


def open_promises(municipalities: Sequence[Municipality]) -> list[str]:
    """A sentence about each of some municipalities that merge and have open promises. One query."""
    owed = Commitment.objects.live().filter(municipality__in=municipalities).select_related("municipality")
    names = [one.municipality.name for one in owed.order_by("municipality__name", "pk")]
    return [
        f"{name}: {counted(names.count(name), OPEN)}. После объединения передайте правопреемнику."
        for name in dict.fromkeys(names)
    ]
