"""The report on execution as it is laid out on paper: headings, paragraphs and tables, for PDF and Word alike.

Neither says who recorded what: the paper is read aloud to the Assembly.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from documents.word import TableColumn
from resolutions.execution.letters_report import Correspondence, LetterLine
from resolutions.execution.members_report import LATE_MEMBER, NAMES_OF_THE_DAY, MunicipalitiesReport, MunicipalityLine
from resolutions.execution.point_report import Done, PointReport
from resolutions.execution.report import LATE, ExecutionReport
from russian.templatetags.russian import grouped, long_date

ABSENT = "—"


@dataclass(frozen=True)
class PrintedTable:
    """A table; each line of a cell stands on its own."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def cells(self) -> Iterator[list[tuple[TableColumn, str]]]:
        """The rows, each cell with its column."""
        return (list(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Section:
    """A part of the paper under a heading; the first has none."""

    heading: str
    paragraphs: tuple[str, ...]
    table: PrintedTable | None = None


def sections_of(report: ExecutionReport) -> tuple[Section, ...]:
    """Lay the report out."""
    sections = [Section("", tuple(_introduction(report))), *(_point(point) for point in report.points)]
    if report.municipalities:
        sections += _municipalities(report, report.municipalities)
    if report.correspondence:
        sections.append(_correspondence(report.correspondence))
    return tuple(sections)


def _introduction(report: ExecutionReport) -> Iterator[str]:
    """What decision the report is about, and its totals."""
    states = "; ".join(f"{line.state.label.lower()} – {line.number}" for line in report.states)
    decided = ", ".join(filter(None, [report.body_name, report.day_and_number, report.place])).removesuffix(".")
    yield f"Решение принято: {decided}."
    results = "; ".join(f"{line.label.lower()} – {line.number}" for line in report.results)
    yield f"Пунктов в решении: {len(report.points)} ({states}). С прошедшим сроком: {report.overdue}."
    yield f"По результатам: {results}."
    if report.known_on:
        yield f"Учтено только то, что внесено в портал не позднее {long_date(report.known_on)}"
    if report.has_late:
        yield f"Сведения, внесённые в портал после {long_date(report.as_of)}, отмечены словами «{LATE}»."


def _point(point: PointReport) -> Section:
    decided = point.text.splitlines()
    facts = tuple(f"{label}: {value}" for label, value in _facts(point))
    facts += tuple(_marked(one.in_words, one.is_late) for one in point.asks)
    if not point.done:
        return Section(point.title, (*decided, *facts, "На эту дату по пункту ничего не сделано."))
    columns = (TableColumn("Дата", 24), TableColumn("Что сделано", 90), TableColumn("Документ", 56))
    rows = tuple((_day(one.day), _done(one), "\n".join(one.documents) or ABSENT) for one in point.done)
    return Section(point.title, (*decided, *facts), PrintedTable(columns, rows))


def _facts(point: PointReport) -> Iterator[tuple[str, str]]:
    yield "Ответственный", point.responsible
    yield "Контролирует", point.controller
    yield "Срок", point.due_in_words
    yield "Состояние", point.state_in_words
    yield "Результат", _marked(point.result.sentence, point.result_is_late)
    if point.fulfilment:
        yield "Сделано", _marked(point.fulfilment, point.fulfilment_is_late)
    if point.members:
        yield "Члены Союза", _marked(point.members_told, point.members_are_late)
    if point.promises_told:
        yield "Обязательства", _marked(point.promises_told, point.promises_are_late)
    if point.open:
        yield "Осталось", " ".join(point.open)


def _done(one: Done) -> str:
    return _marked(f"{one.what}. {one.text}" if one.what else one.text, one.is_late)


def _municipalities(report: ExecutionReport, members: MunicipalitiesReport) -> Iterator[Section]:
    heading = "Участие муниципальных образований в проекте «Умный город»"
    left_later = [_marked(members.left_later_told, is_late=True)] if members.left_later else []
    if not members.lines:
        yield Section(heading, ("На эту дату членов Союза в портале нет.", *left_later))
        return
    days = f"На {_day(report.adopted_on)}", f"На {_day(report.as_of)}"
    counts = PrintedTable(
        (TableColumn("Статус участия", 80), *(TableColumn(day, 30, is_number=True) for day in (*days, "Разница"))),
        tuple(
            (str(one.status.label), grouped(one.before), grouped(one.after), one.difference) for one in members.counts
        ),
    )
    lines = PrintedTable(
        (
            TableColumn("Муниципальное образование", 50),
            *(TableColumn(day, 42) for day in days),
            TableColumn("Что изменилось", 36),
        ),
        tuple(_member(line) for line in members.lines),
    )
    summary = f"Всего: {grouped(len(members.lines))}. Статус иной, чем в день Собрания: {grouped(members.changed)}."
    yield Section(heading, (summary, *left_later), counts)
    yield Section("Статус каждого муниципального образования", (NAMES_OF_THE_DAY,), lines)


def _member(line: MunicipalityLine) -> tuple[str, ...]:
    after = f"{line.after.label}\nна {_day(line.since)}" if line.since else str(line.after.label)
    name = f"{line.name}\n({LATE_MEMBER})" if line.is_late_member else line.name
    return name, str(line.before.label), after, _marked(line.change, line.is_late)


def _correspondence(correspondence: Correspondence) -> Section:
    if not correspondence.letters:
        return Section("Переписка", ("На эту дату зарегистрированных писем нет.",))
    counts = correspondence.counts
    summary = (
        f"Зарегистрировано писем: {grouped(counts.registered)}, отправлено: {grouped(counts.sent)}, "
        f"с ответами, включая промежуточные: {grouped(counts.answered)}, ожидаются ответы: {grouped(counts.waiting)}, "
        f"из них просрочено: {grouped(counts.overdue)}."
    )
    columns = (
        TableColumn("Исх. № и дата", 28),
        TableColumn("Письмо и адресат", 56),
        TableColumn("Состояние", 40),
        TableColumn("Ответ", 46),
    )
    rows = tuple(_letter(one) for one in correspondence.letters)
    return Section("Переписка", (summary,), PrintedTable(columns, rows))


def _letter(letter: LetterLine) -> tuple[str, ...]:
    state = [str(letter.state.label)]
    if letter.sent_on:
        state.append(f"отправлено {_day(letter.sent_on)}, {letter.channel.lower()}")
    if letter.delivered_on:
        state.append(f"вручено {_day(letter.delivered_on)}")
    if letter.is_late:
        state.append(f"({LATE})")
    answer = list(letter.answers)
    if letter.due_on:
        answer.append(f"срок {_day(letter.due_on)}{', просрочено' if letter.is_overdue else ''}")
    about = f", пункт {letter.point}" if letter.point else ""
    return (
        f"{letter.number}\nот {_day(letter.date)}",
        f"{letter.title} ({letter.kind.lower()}{about})\n{letter.addressee}",
        "\n".join(state),
        "\n".join(answer) or ABSENT,
    )


def _marked(text: str, is_late: bool) -> str:
    return f"{text} ({LATE})" if is_late else text


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
