"""What waits about points: for whoever is to carry them out, and for whoever controls that."""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.text import Truncator

from accounts.access import Visitor, people_with
from accounts.models import User
from accounts.roles import Permission
from accounts.tasks import Asking, Everybody, Task, Urgency, Whose, works_by
from municipalities.access import speaking
from municipalities.due import keys_kept_by
from municipalities.models import Municipality
from resolutions.correspondence.register import LettersOnDay, letters_on
from resolutions.execution.fulfilment import fulfilment_of
from resolutions.execution.measured import Measured, measured_on
from resolutions.execution.member_rows import is_for_all
from resolutions.execution.results import ANSWERED, may_be_outdated, with_results
from resolutions.kinds import POINT_KINDS
from resolutions.models import (
    DecisionPoint,
    Letter,
    LetterState,
    MemberReport,
    Party,
    PartyKind,
    PointResult,
    PointState,
    Resolution,
    ResolutionStatus,
    Side,
    UnionBody,
)
from resolutions.models.control import UNDER_CONTROL, UNREPORTED
from resolutions.models.party import PARTIES
from resolutions.models.point_standing import POINT_RULES, lifted_since
from russian.templatetags.russian import long_date, quoted

RESULT_WAITS = "Назовите результат заново"
TO_REPORT, RETURNED = "доложите, что сделано", "доклад возвращён, исправьте и доложите снова"
NO_LETTER = "Обращения нет: составьте его"
HEADING_WORDS = 8  # as many as the control sheet tells of the heading of a decision
_SECRETARIATS = Whose(permission=UnionBody.SECRETARIAT.permission)


def point_tasks(asking: Asking, today: dt.date) -> list[Task]:
    """Every point under control that waits for somebody, with its next step; each waits for one party.

    Args:
        asking: for whom. The secretariat is asked besides for whoever nobody here acts for.
        today: the day on which somebody asks, in Moscow.

    Returns:
        The tasks, from a number of queries that does not grow with the points.
    """
    if not (isinstance(asking, Everybody) or (isinstance(asking, User) and asking.is_active)):
        return []
    points = list(_under_control())
    towns = keys_kept_by(asking) if points else frozenset()
    is_secretariats = works_by(asking, Permission.CONTROL_POINTS)
    absent = Absent([waits_for(point) for point in points]) if is_secretariats else None
    whose = {point.pk: _whose(waits_for(point), absent) for point in points}
    mine = [one for one in points if _is_asked(whose[one.pk], asking, towns)]
    tasks = [*_next_steps(mine, whose, absent, today)]
    if is_secretariats:
        tasks += _letters_to_prepare([one for one in points if whose[one.pk] != _SECRETARIATS], today)
    return [*tasks, *_reports_to_make([one for one in points if is_for_all(one.responsible)], towns, today)]


def _whose(party: Party, absent: "Absent | None") -> Whose:
    """For whom something waits that a party is to do."""
    if absent and party in absent:
        return _SECRETARIATS
    if body := party.of_body:
        return Whose(permission=body.permission)
    if party.kind == PartyKind.MUNICIPALITY:
        return Whose(municipality=party.municipality_id)
    if party.kind == PartyKind.USER:
        return Whose(person=party.user_id)
    return _SECRETARIATS


def _is_asked(whose: Whose, asking: Asking, towns: Container[int]) -> bool:
    """Whether it is theirs for whom tasks are asked."""
    if whose.permission:
        return works_by(asking, whose.permission)
    if whose.municipality:
        return whose.municipality in towns
    return isinstance(asking, Everybody) or asking.pk == whose.person


def _next_steps(
    points: Sequence[DecisionPoint], whose: Mapping[int, Whose], absent: "Absent | None", today: dt.date
) -> Iterator[Task]:
    """What brings points nearer to «Снято с контроля», as those for whom they wait are told."""
    of_secretariat = [one for one in points if whose[one.pk] == _SECRETARIATS]
    prefetch_related_objects(of_secretariat, "subpoints", "progress")
    own_work = [one for one in of_secretariat if waiting_side(one) is Side.RESPONSIBLE]
    ready = _by_what_is_counted(own_work, today)
    for point in points:
        is_own, party = whose[point.pk] == _SECRETARIATS, waits_for(point)
        if waiting_side(point) is Side.CONTROLLER:
            step = _controls(point)
        else:
            step = ready.get(point.pk) or _carries_out(point, is_secretariats=is_own)
        if absent and party in absent:
            step = f"{step} ({party}: в портале за эту сторону никто не действует)"
        yield _of_point(point, today, step, whose[point.pk])


def _letters_to_prepare(points: Sequence[DecisionPoint], today: dt.date) -> Iterator[Task]:
    """Appeals that are others' work, or wait for others, and have no letter: only the secretariat writes one."""
    asking = [one for one in points if one.of_kind.is_answered and one.state in UNREPORTED]
    letters = Letter.objects.filter(point__in=asking).exclude(state=LetterState.ANNULLED)
    written = set(letters.order_by().values_list("point", flat=True)) if asking else set()
    for point in asking:
        if point.pk not in written:
            told = _of_point(point, today, NO_LETTER, _SECRETARIATS)
            yield replace(told, key=f"letterless-{point.pk}")


def _reports_to_make(points: Sequence[DecisionPoint], towns: frozenset[int], today: dt.date) -> Iterator[Task]:
    """What those of some municipalities that are members have not reported on points for all. Four queries at most."""
    asking = [one for one in points if one.state in UNREPORTED]
    if not (asking and towns):
        return
    members = Municipality.objects.members_on(today).filter(pk__in=towns).prefetch_related("memberships")
    reported = MemberReport.objects.filter(point__in=asking, reported_on__isnull=False)
    done = set(reported.values_list("point", "municipality"))
    begun = MemberReport.objects.filter(point__in=asking, rows__action="return", rows__voided_by=None)
    returned = set(begun.order_by().values_list("point", "municipality")) - done
    for municipality, point in ((town, point) for town in members.order_by("name", "pk") for point in asking):
        if (point.pk, municipality.pk) not in done:
            is_returned = (point.pk, municipality.pk) in returned
            yield _report_to_make(point, municipality, today, is_returned=is_returned)


def _report_to_make(point: DecisionPoint, municipality: Municipality, today: dt.date, *, is_returned: bool) -> Task:
    since, due_on = municipality.belonging_on(today).since, point.due_on
    if due_on and since and since > due_on:
        due_on = None  # who joined after the deadline is not late for it
    if due_on and point.watched_anew_on:
        due_on = max(due_on, point.watched_anew_on)
    return Task.due(
        due_on,
        today,
        key=f"report-{point.pk}-{municipality.pk}",
        what=_name(point),
        why=f"{municipality.name}: {RETURNED if is_returned else TO_REPORT}",
        url=reverse("point_member_report", args=[point.resolution.slug, point.number, municipality.slug]),
        whose=Whose(municipality=municipality.pk),
        warn=point.warn_days,
        about=point.get_absolute_url(),
    )


def waiting_side(point: DecisionPoint) -> Side:
    """On which side somebody has to do something: a report or a request waits for whoever controls."""
    is_asked = point.state == PointState.REPORTED or point.asked_due_on is not None
    return Side.CONTROLLER if is_asked else Side.RESPONSIBLE


def waits_for(point: DecisionPoint) -> Party:
    """Whom a point under control waits for."""
    return point.party(waiting_side(point))


class Absent:
    """Which of some parties nobody acts for here: what waits for them, the secretariat does. Four queries at most.

    Args:
        parties: with their users and municipalities.
    """

    def __init__(self, parties: Iterable[Party]) -> None:
        asked = list(parties)
        bodies = {party.of_body for party in asked if party.of_body}
        self._held = {body for body in UnionBody if body in bodies and people_with(body.permission).exists()}
        towns = {party.municipality_id for party in asked if party.municipality_id}
        spoken_for = speaking().filter(municipality__in=towns).values_list("municipality", flat=True)
        self._spoken_for = set(spoken_for) if towns else set()

    def __contains__(self, party: Party) -> bool:
        if party.of_body:
            return party.of_body not in self._held
        if party.kind == PartyKind.MEMBERS:
            return False  # the secretariat reports the whole, and each member its own
        if party.kind == PartyKind.MUNICIPALITY:
            return party.municipality_id not in self._spoken_for
        return not (party.kind == PartyKind.USER and party.user and party.user.is_active)


def results_to_name() -> list[Task]:
    """Points of which somebody named a result, and the answers say less by now, or more; off control too."""
    named = DecisionPoint.objects.filter(kind__in=ANSWERED).exclude(result=PointResult.UNNAMED)
    named = named.exclude(resolution__status=ResolutionStatus.DRAFT).filter(may_be_outdated())
    points = with_results(named.select_related("resolution").order_by("resolution", "number"))
    return [
        Task(
            f"result-{point.pk}",
            _name(point),
            f"{RESULT_WAITS}: {shown.sentence}",
            point.get_absolute_url(),
            whose=_SECRETARIATS,
        )
        for point in points
        if (shown := point.shown_result).waits  # type: ignore[attr-defined]  # of `with_results` alone
    ]


def overdue_points(user: Visitor, today: dt.date) -> list[Task]:
    """Points that everybody sees to be late."""
    seen = _under_control().filter(resolution__in=Resolution.objects.visible_to(user))
    tasks = (_of_point(point, today, _standing(point), _whose(waits_for(point), None)) for point in seen)
    return [task for task in tasks if task.urgency == Urgency.OVERDUE]


def _under_control() -> QuerySet[DecisionPoint]:
    points = DecisionPoint.objects.filter(state__in=UNDER_CONTROL).exclude(resolution__status=ResolutionStatus.DRAFT)
    return points.select_related("resolution", *PARTIES).order_by("resolution", "number")


def _name(point: DecisionPoint) -> str:
    """«Пункт 2 решения от 27 июня 2024 г. «Об умном городе»: обращение»: one Assembly takes several decisions."""
    heading = quoted(Truncator(point.resolution.title).words(HEADING_WORDS, truncate=" …"))
    return f"{point.in_full} {heading}: {point.get_kind_display().lower()}"


def _of_point(point: DecisionPoint, today: dt.date, why: str, whose: Whose) -> Task:
    """What waits for somebody about a point; once it was reported, nothing waits by a day any more."""
    urgency = point.kept().urgency_on(today)
    due_on = None if urgency == Urgency.NONE else point.due_on
    key = f"point-{point.pk}"
    return Task(key, _name(point), why, point.get_absolute_url(), due_on, urgency, point.warn_days, whose=whose)


def _standing(point: DecisionPoint) -> str:
    """Where a point stands, for everybody."""
    return f"{point.get_state_display()}; отвечает: {point.responsible_told}"


def _controls(point: DecisionPoint) -> str:
    if point.state == PointState.REPORTED:
        return "Доложено об исполнении: снимите с контроля или верните на доработку"
    return f"Запрошен другой срок – до {long_date(point.asked_due_on)}: измените срок или откажите"


def _carries_out(point: DecisionPoint, *, is_secretariats: bool) -> str:
    if is_secretariats and point.responsible_id is None:
        return "Поручения нет: назначьте ответственного и срок"
    if is_secretariats and point.due_on is None and not lifted_since(POINT_RULES.walk(point.progress.all())):
        return "Срок не установлен: назначьте его поручением"
    return f"{point.get_state_display()}: доложите, когда будет исполнено"


def _by_what_is_counted(points: list[DecisionPoint], today: dt.date) -> dict[int, str]:
    """What to do about points that can be reported, or that nobody has written a letter for, by their keys."""
    if not points:
        return {}
    lettered = [one for one in points if POINT_KINDS[one.kind].counts_letters]
    of_points = Letter.objects.filter(point__in=lettered).defer("body", "search_text")
    read = letters_on(today, of_points)
    written = {one.letter.point_id for one in read.letters if one.state != LetterState.ANNULLED}
    unwritten = {point.pk: NO_LETTER for point in points if point.of_kind.is_answered and point.pk not in written}
    measured = measured_on([(one, one.measure) for one in points if one.of_kind.is_measured], today)
    return unwritten | dict(_ready(points, read, measured, today))


def _ready(
    points: Iterable[DecisionPoint], read: LettersOnDay, measured: Mapping[int, Measured], today: dt.date
) -> Iterator[tuple[int, str]]:
    """What can be reported today."""
    for point in points:
        counted = fulfilment_of(point, today, letters=read.of_point(point.pk), measured=measured.get(point.pk))
        if counted.can_be_reported:
            yield point.pk, _can_report(counted.result)


def _can_report(result: PointResult | None) -> str:
    """That there is something to report, and what the answers propose."""
    if result is None:
        return "Всё, что считает портал, исполнено: можно докладывать"
    return f"Ответ получен, предлагается результат «{result.label.lower()}»: можно докладывать"
