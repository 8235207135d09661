"""The lists below a point: its members, and those who were asked a question that it is measured by."""

from functools import cached_property
from typing import Any

from django.http import QueryDict

from accounts.access import Visitor
from listings.asking import FilterForm
from listings.columns import Column
from listings.filters import Choice, Day
from listings.listing import Listing
from listings.words import Words
from municipalities.surveys.accepted import AskedMunicipality, accepted_answers
from resolutions.execution.member_rows import MemberPart, MemberRow, read_members
from resolutions.execution.reading import early_refusal
from resolutions.models import DecisionPoint, Measure
from resolutions.models.point_standing import PointStanding, point_on

DAYS = (Day("as_of", "По состоянию на"), Day("known_on", "По данным, внесённым не позднее"))
ACCEPTED = "accepted"


class _OfPoint(Listing[tuple[Any, ...]]):
    """Rows of a point as of a day."""

    trail = "resolutions/_trail.html"
    stacks = True

    def __init__(self, data: QueryDict, user: Visitor, point: DecisionPoint) -> None:
        self.point = point
        super().__init__(data, user)

    @property
    def args(self) -> tuple[str, int]:
        return (self.point.resolution.slug, self.point.number)

    def check(self, form: FilterForm) -> None:
        """Nothing is told of a day before the decision."""
        for name in ("as_of", "known_on"):
            day = form.cleaned_data.get(name)
            if day and (refusal := early_refusal(day, self.point.resolution.adopted_on)):
                form.add_error(name, refusal)

    @cached_property
    def stood(self) -> PointStanding:
        """How the card stood."""
        rows = self.point.progress.all()
        return point_on(rows, self.point.deeds(self.known_on), self.day, known_on=self.known_on)

    report_label = "Карточка пункта"

    @property
    def report_url(self) -> str:
        """The card of the point."""
        return self.point.get_absolute_url()


class PointMembers(_OfPoint):
    """The members of a point that is addressed to all; those who left stand apart."""

    def in_part(self, rows: tuple[MemberRow, ...], part: str) -> tuple[MemberRow, ...]:
        """The rows that a figure counts."""
        return tuple(one for one in rows if one.is_in(MemberPart(part)))

    address = "point_members"
    words = Words(
        table="Члены Союза и пункт решения",
        filters="Отбор членов Союза",
        empty="В этот день пункт не был обращён ко всем членам Союза.",
        nothing="Таких членов Союза нет.",
        show_all="Показать всех",
        refused="покажите всех",
    )
    filters = (Choice("part", "Кого показать", "Всех и вышедших", MemberPart.choices, by=in_part), *DAYS)
    cells = "resolutions/members"
    columns = (
        Column("name", "Муниципальное образование", cell="_name", heads=True),
        Column("participation", "Участие", "participation.label", cell="_participation"),
        Column("mark", "Опыт", lambda row: row.mark.label if row.mark else "", cell="_mark"),
        Column("report", "Доклад", lambda row: row.reported_on, cell="_report"),
        Column("promises", "Обязательства", lambda row: len(row.promises), cell="_promises"),
    )

    def everything(self) -> tuple[MemberRow, ...]:
        """The rows of the day."""
        read = read_members([(self.point, self.stood)], self.day, known_on=self.known_on)
        return read[self.point.pk].rows if self.point.pk in read else ()


class PointAnswers(_OfPoint):
    """Those who were asked the question by which a point is measured."""

    def in_part(self, rows: tuple[AskedMunicipality, ...], part: str) -> tuple[AskedMunicipality, ...]:
        """Those whose answers were accepted."""
        return tuple(one for one in rows if one.answered_on)

    address = "point_answers"
    words = Words(
        table="Ответы, которыми измеряется исполнение",
        filters="Отбор ответов",
        empty="В этот день исполнение пункта ответами не измерялось.",
        nothing="Принятых ответов нет.",
        show_all="Показать всех, кого спрашивали",
        refused="покажите всех",
    )
    filters = (
        Choice("part", "Кого показать", "Всех, кого спрашивали", [(ACCEPTED, "Ответ принят")], by=in_part),
        *DAYS,
    )
    cells = "resolutions/answers"
    columns = (
        Column("name", "Муниципальное образование", "municipality.name_then", cell="_name", heads=True),
        Column("answered_on", "Ответ принят, отправлен", lambda row: row.answered_on, cell="_answered"),
    )

    def everything(self) -> tuple[AskedMunicipality, ...]:
        """All that were asked."""
        measure: Measure = self.point.measure_in(self.stood)
        if measure.question_id is None:
            return ()
        return accepted_answers([measure.question_id], self.day, known_on=self.known_on)[measure.question_id].rows
