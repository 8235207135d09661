"""What waits for somebody about decisions: their points, their drafts, and the letters that carry them out."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from accounts.tasks import Task, Urgency
from municipalities.practices.uptake import fully_taken_up
from resolutions.correspondence.due import letter_tasks, letters_to_sign, overdue_letters
from resolutions.correspondence.register import letters_on
from resolutions.execution.fulfilment import fulfilment_of
from resolutions.execution.results import ANSWERED, with_results
from resolutions.kinds import POINT_KINDS
from resolutions.models import DecisionPoint, Letter, LetterState, PointResult, PointState, Resolution, ResolutionStatus
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.progress import POINT_RULES, lifted_since

RESULT_WAITS = "Назовите результат заново"
NO_LETTER = "Обращения нет: составьте его"
WAITS_FOR_SIGNATURE = "Решение ждёт вашей подписи"


def tasks_for(user: Visitor, today: dt.date) -> list[Task]:
    """What waits for the user, in no order; the number of queries does not depend on how much that is.

    Args:
        user: the secretariat carries out, the chair signs and reads what is overdue; nothing waits for others.
        today: the day on which somebody asks, in Moscow.
    """
    tasks: list[Task] = []
    if has_permission(user, Permission.KEEP_DECISIONS):
        tasks += _drafts()
    if has_permission(user, Permission.KEEP_LETTERS):
        tasks += letter_tasks(today)
    if has_permission(user, Permission.SIGN):
        tasks += [*_to_sign(), *letters_to_sign(today)]
    if has_permission(user, Permission.CONTROL_POINTS):
        tasks += _points(today)
    elif has_permission(user, Permission.READ_INTERNAL):
        tasks += _overdue_points(user, today)
    return tasks


def overdue_for(user: Visitor, today: dt.date) -> list[Task]:
    """What is late and may be read by the user: points by everybody, answers by those who see the letters.

    Args:
        user: who looks; may be a stranger.
        today: the day on which somebody asks, in Moscow.

    Returns:
        The points and answers, in no order, with the keys that they have as tasks.
    """
    return [*_overdue_points(user, today), *overdue_letters(user, today)]


def _drafts() -> list[Task]:
    drafts = Resolution.objects.filter(status=ResolutionStatus.DRAFT).newest_first()
    return [
        Task(f"draft-{one.pk}", one.title, "Проект решения: подготовьте текст к Собранию", one.get_absolute_url())
        for one in drafts
    ]


def _to_sign() -> list[Task]:
    """Decisions that were adopted, and those whose signed paper was withdrawn."""
    withdrawn = Q(issued_document__withdrawal__isnull=False)
    waiting = Resolution.objects.filter(Q(status=ResolutionStatus.ADOPTED) | withdrawn).newest_first()
    return [
        Task(f"sign-{one.pk}", one.title, WAITS_FOR_SIGNATURE, reverse("resolution_sign", args=[one.slug]))
        for one in waiting
    ]


def _under_control() -> QuerySet[DecisionPoint]:
    points = DecisionPoint.objects.filter(state__in=UNDER_CONTROL).exclude(resolution__status=ResolutionStatus.DRAFT)
    return points.select_related("resolution").order_by("resolution", "number")


def _points(today: dt.date) -> list[Task]:
    """Every point under control, with its next step."""
    points = list(_under_control().prefetch_related("subpoints", "progress"))
    ready = _by_what_is_counted(points, today)
    steps = [_of_point(point, today, _next_step(point, ready=ready.get(point.pk, ""))) for point in points]
    return [*steps, *_to_name_anew()]


def _to_name_anew() -> list[Task]:
    """Points of which somebody named a result, and the answers say less by now, or more; off control too."""
    named = DecisionPoint.objects.filter(kind__in=ANSWERED).exclude(result=PointResult.UNNAMED)
    named = named.exclude(resolution__status=ResolutionStatus.DRAFT)
    points = with_results(named.select_related("resolution").order_by("resolution", "number"))
    return [
        Task(f"result-{point.pk}", _name(point), f"{RESULT_WAITS}: {shown.sentence}", point.get_absolute_url())
        for point in points
        if (shown := point.shown_result).waits  # type: ignore[attr-defined]  # of `with_results` alone
    ]


def _name(point: DecisionPoint) -> str:
    return f"{point.in_full}: {point.get_kind_display().lower()}"


def _overdue_points(user: Visitor, today: dt.date) -> list[Task]:
    """Points that everybody sees to be late."""
    seen = _under_control().filter(resolution__in=Resolution.objects.visible_to(user))
    tasks = (_of_point(point, today, _standing(point)) for point in seen)
    return [task for task in tasks if task.urgency == Urgency.OVERDUE]


def _of_point(point: DecisionPoint, today: dt.date, why: str) -> Task:
    """What waits for somebody about a point; once it was reported, nothing waits by a day any more."""
    urgency = point.kept().urgency_on(today)
    due_on = None if urgency == Urgency.NONE else point.due_on
    key = f"point-{point.pk}"
    return Task(key, _name(point), why, point.get_absolute_url(), due_on, urgency, point.warn_days)


def _standing(point: DecisionPoint) -> str:
    """Where a point stands, for everybody."""
    answers = f"; отвечает: {point.responsible}" if point.responsible else ""
    return f"{point.get_state_display()}{answers}"


def _next_step(point: DecisionPoint, *, ready: str) -> str:
    """What brings the point nearer to «Снято с контроля»."""
    if point.state == PointState.REPORTED:
        return "Доложено об исполнении: снимите с контроля или верните на доработку"
    if ready:
        return ready
    if not point.responsible:
        return "Поручения нет: назначьте ответственного и срок"
    if point.due_on is None and not lifted_since(POINT_RULES.walk(point.progress.all())):
        return "Срок не установлен: назначьте его поручением"
    return _standing(point)


def _by_what_is_counted(points: list[DecisionPoint], today: dt.date) -> dict[int, str]:
    """What to do about points that can be reported, or that nobody has written a letter for, by their keys."""
    lettered = [code for code, kind in POINT_KINDS.items() if kind.counts_letters]
    of_points = Letter.objects.filter(point__in=_under_control().filter(kind__in=lettered).order_by())
    read = letters_on(today, of_points.defer("body", "search_text"))
    counted = {
        point.pk: fulfilment_of(point, today, letters=read.of_point(point.pk))
        for point in points
        if point.kind in lettered
    }
    by_letters = {pk: _can_report(one.result) for pk, one in counted.items() if one.can_be_reported}
    written = {one.letter.point_id for one in read.letters if one.state != LetterState.ANNULLED}
    unwritten = {point.pk: NO_LETTER for point in points if point.of_kind.is_answered and point.pk not in written}
    recommended = [p for p in points if p.of_kind.takes_experience and p.experience_of_id is not None]
    owners = fully_taken_up(point.experience_of_id for point in recommended if point.experience_of_id is not None)
    return (
        unwritten
        | by_letters
        | {point.pk: _can_report(None) for point in recommended if point.experience_of_id in owners}
    )


def _can_report(result: PointResult | None) -> str:
    """That there is something to report, and what the answers propose."""
    if result is None:
        return "Всё, что считает портал, исполнено: можно докладывать"
    return f"Ответ получен, предлагается результат «{result.label.lower()}»: можно докладывать"
