"""The rows behind the figures of the report on execution: points and letters of a decision as of a day."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import QueryDict
from django.urls import reverse

from accounts.access import Visitor
from listings.asking import FilterForm, query_of
from listings.columns import Column
from listings.filters import Choice, Day, Narrow
from listings.listing import Listing
from listings.words import Words
from resolutions.execution.letters_report import LetterLine, LetterPart, in_part
from resolutions.execution.point_report import PointReport
from resolutions.execution.reading import early_refusal
from resolutions.execution.report import ExecutionReport, points_on, report_on
from resolutions.execution.results import HowNamed
from resolutions.models import PointResult, PointState, Resolution

LineT = TypeVar("LineT")


@dataclass(frozen=True)
class Figure:
    """A number of the report, and the address of the rows that it counts."""

    label: str
    number: int
    url: str


def point_figures(report: ExecutionReport) -> list[Figure]:
    """The points by state, by what came of them, and those that were overdue."""
    states = [
        Figure(f"Пункты: {line.state.label.lower()}", line.number, _url(report, "points", state=line.state))
        for line in report.states
    ]
    results = [
        Figure(
            f"Результаты: {line.label.lower()}",
            line.number,
            _url(report, "points", result=line.result, how=line.how),
        )
        for line in report.results
    ]
    overdue = Figure("Пункты с прошедшим сроком", report.overdue, _url(report, "points", overdue=OVERDUE))
    return [*states, *results, *([overdue] if report.overdue else [])]


def letters_urls(report: ExecutionReport) -> dict[str, str]:
    """The lists of the letters that the report counts, by the names of the counts."""
    return {part.value: _url(report, "letters", part=part) for part in LetterPart}


def _url(report: ExecutionReport, rows: str, **asked: str) -> str:
    days = {"as_of": report.as_of.isoformat(), "known_on": report.known_on.isoformat() if report.known_on else ""}
    return reverse(f"execution_{rows}", args=[report.slug]) + query_of(days | asked)


def _that(is_asked: Callable[[Any, str], bool]) -> Narrow:
    """The lines for which an answer is true."""
    return lambda listing, lines, value: tuple(one for one in lines if is_asked(one, value))


DAYS = (Day("as_of", "По состоянию на"), Day("known_on", "По данным, внесённым не позднее"))
OVERDUE = "yes"


class _OfReport(Listing[tuple[LineT, ...]]):
    """Lines of the report on a decision, read as the report is."""

    trail = "resolutions/_trail.html"

    def __init__(self, data: QueryDict, user: Visitor, resolution: Resolution) -> None:
        self.resolution = resolution
        super().__init__(data, user)

    @property
    def args(self) -> tuple[str]:
        return (self.resolution.slug,)

    def check(self, form: FilterForm) -> None:
        """Nothing is told of a day before the decision."""
        for name in ("as_of", "known_on"):
            day: dt.date | None = form.cleaned_data.get(name)
            if day and (refusal := early_refusal(day, self.resolution.adopted_on)):
                form.add_error(name, refusal)

    report_label = "Информация об исполнении на этот день"

    @property
    def report_url(self) -> str:
        """The report that counts these rows."""
        days = {name: self.asked.get(name, "") for name in ("as_of", "known_on")}
        return reverse("execution", args=self.args) + query_of(days)

    def everything(self) -> tuple[LineT, ...]:
        """The lines of the report."""
        return self.of_report() if self.is_valid else ()

    @abstractmethod
    def of_report(self) -> tuple[LineT, ...]:
        """Its lines."""


class ReportPoints(_OfReport[PointReport]):
    """The points of a decision as of a day."""

    address = "execution_points"
    words = Words(
        table="Пункты решения",
        filters="Отбор пунктов",
        empty="В решении нет пунктов.",
        nothing="Таких пунктов нет.",
        show_all="Показать все пункты",
        refused="покажите все пункты",
    )
    filters = (
        Choice("state", "Состояние", "Любое", PointState.choices, by=_that(lambda one, code: one.state == code)),
        Choice(
            "result", "Результат", "Любой", PointResult.choices, by=_that(lambda one, code: one.result.result == code)
        ),
        Choice("how", "Как назван", "Не важно", HowNamed.choices, by=_that(lambda one, code: one.result.how == code)),
        Choice("overdue", "Срок", "Любой", [(OVERDUE, "Прошёл")], by=_that(lambda one, code: one.is_overdue)),
        *DAYS,
    )
    cells = "resolutions/execution/points"
    columns = (
        Column("title", "Пункт", cell="_title", heads=True),
        Column("state", "Состояние", "state_in_words", cell="_state"),
        Column("result", "Результат", "result.sentence"),
        Column("responsible", "Ответственный"),
        Column("due_on", "Срок", "due_in_words"),
    )

    def of_report(self) -> tuple[PointReport, ...]:
        return points_on(self.resolution, self.day, known_on=self.known_on)


class ReportLetters(_OfReport[LetterLine]):
    """The registered letters of a decision as of a day, for those who may read letters."""

    address = "execution_letters"
    words = Words(
        table="Письма по решению",
        filters="Отбор писем",
        empty="На эту дату зарегистрированных писем нет.",
        nothing="Таких писем нет.",
        show_all="Показать все письма",
        refused="покажите все письма",
    )
    filters = (
        Choice(
            "part",
            "Какие письма",
            "Все, и аннулированные",
            LetterPart.choices,
            by=lambda listing, lines, part: in_part(lines, LetterPart(part)),
        ),
        *DAYS,
    )
    cells = "resolutions/execution/letters"
    columns = (
        Column("number", "Исх. № и дата", cell="_number"),
        Column("letter", "Письмо", "title", cell="_letter", heads=True),
        Column("addressee", "Адресат"),
        Column("state", "Состояние", "state.label", cell="_state"),
        Column("due_on", "Срок ответа", cell="_due"),
        Column("answers", "Ответ", lambda line: "\n".join(line.answers), cell="_answers"),
    )

    def of_report(self) -> tuple[LetterLine, ...]:
        report = report_on(self.resolution, self.day, known_on=self.known_on, with_letters=True, reader=self.user)
        return report.correspondence.letters if report.correspondence else ()
