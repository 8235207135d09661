"""Whom to learn from: members of the same group of the index that have a solution at work where a city has none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from municipalities.models import IndexScore, Municipality
from municipalities.practices.models import Direction, Solution, SolutionStage
from russian.collation import in_russian_order
from russian.templatetags.russian import long_date

MOST = 3  # members for a direction


@dataclass(frozen=True)
class Teacher:
    """A member that a city may learn from.

    Attributes:
        solution: of theirs, at work.
        group: of both, in the last index of each, as people read it.
    """

    solution: Solution
    group: str

    @property
    def municipality(self) -> Municipality:
        """Who it is."""
        return self.solution.municipality

    @property
    def reason(self) -> str:
        """«та же группа индекса: большие города; решение «Свет» работает с 3 апреля 2023 г.»."""
        since = f" с {long_date(self.solution.since)}" if self.solution.since else ""
        return f"та же группа индекса: {self.group}; решение {self.solution} работает{since}"


@dataclass(frozen=True)
class Learning:
    """Whom a city may learn from, by the directions in which it has nothing at work.

    Attributes:
        group: of the city in its latest index, «большие города»; empty while that is unknown.
        directions: those that it lacks and for which there is somebody, by their labels.
    """

    group: str
    directions: list[tuple[str, list[Teacher]]]


def _latest(field: Any) -> Subquery:
    scores = IndexScore.objects.filter(municipality=OuterRef("municipality")).order_by("-year")
    return Subquery(scores.annotate(told=field).values("told")[:1])


def _place_beside(own: IndexScore) -> Case:
    """A place, where it stands beside the city's own: by the same edition, or of the same year where none is known."""
    same = Q(edition=own.edition_id) if own.edition_id else Q(edition=None, year=own.year)
    return Case(When(same, then=Coalesce("rank", "rank_at_most")))


def learning_of(municipality: Municipality, solutions: Iterable[Solution]) -> Learning:
    """Whom a city may learn from: for each direction at most `MOST` members, the best place of the latest index first.

    Each direction is one of its edition: what is at work by another edition does not count, and a place by another
    edition than that of the city's own result puts nobody before anybody. Four queries, whatever their number.

    Args:
        municipality: who wants to learn.
        solutions: its published ones.
    """
    latest = municipality.index_scores.order_by("-year").first()
    if latest is None:
        return Learning("", [])
    at_work = {one.direction_id for one in solutions if one.stage == SolutionStage.WORKS}
    lacking = [one for one in Direction.objects.all() if one.code not in at_work]
    name = latest.group_name
    group = f"{name[:1].lower()}{name[1:]} города"
    found = Solution.objects.filter(
        is_published=True, stage=SolutionStage.WORKS, direction__in=[one.code for one in lacking]
    )
    found = found.exclude(municipality=municipality)
    same: Any = found.annotate(group=_latest(F("group")), place=_latest(_place_beside(latest))).filter(
        group=latest.group
    )
    in_order = same.select_related("municipality").order_by(
        F("place").asc(nulls_last=True), in_russian_order("municipality__name"), in_russian_order("title"), "pk"
    )
    there = {one.municipality_id for one in in_order}
    members = set(Municipality.objects.members().filter(pk__in=there).values_list("pk", flat=True))
    by_direction: dict[str, dict[int, Teacher]] = {}
    for solution in (one for one in in_order if one.municipality_id in members):
        teachers = by_direction.setdefault(solution.direction_id, {})
        teachers.setdefault(solution.municipality_id, Teacher(solution, group))
    named = [(str(one), list(by_direction.get(one.code, {}).values())[:MOST]) for one in lacking]
    return Learning(group, [(label, teachers) for label, teachers in named if teachers])
