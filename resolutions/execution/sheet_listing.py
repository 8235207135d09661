"""The control sheet as the portal lists it: filters over the points of all decisions, on any day."""

from collections.abc import Callable
from functools import cached_property

from django.db import models
from django.utils import timezone

from listings.columns import Column
from listings.filters import Choice, Choices, Day, Narrow
from listings.listing import Listing
from listings.words import Words
from resolutions.execution.listing import Figure
from resolutions.execution.results import HowNamed
from resolutions.execution.sheet import SheetRow, decided_by, sheet_on
from resolutions.models import Party, PointResult, PointState, ProgressEntry, Side
from resolutions.models.party import AT_FIRST
from russian.collation import sort_key


class Watched(models.TextChoices):
    """Whether a point is watched."""

    YES = "yes", "На контроле"
    NO = "no", "Сняты с контроля"


class Deadline(models.TextChoices):
    """How a point stands with its deadline."""

    LATE = "late", "Прошёл"
    GIVEN = "given", "Установлен"
    LIFTED = "lifted", "Снят"
    NONE = "none", "Не установлен"


_DEADLINES: dict[str, Callable[[SheetRow], bool]] = {
    Deadline.LATE: lambda row: row.is_overdue,
    Deadline.GIVEN: lambda row: row.due_on is not None,
    Deadline.LIFTED: lambda row: row.lifted_on is not None,
    Deadline.NONE: lambda row: row.due_on is None and row.lifted_on is None,
}
_WATCHED: dict[str, Callable[[SheetRow], bool]] = {
    Watched.YES: lambda row: row.is_under_control,
    Watched.NO: lambda row: not row.is_under_control,
}


def _that(is_asked: Callable[[SheetRow, str], bool]) -> Narrow:
    """The rows for which an answer is true."""
    return lambda listing, rows, value: tuple(row for row in rows if is_asked(row, value))


def _of(side: Side) -> Choice:
    """Who stands on a side."""
    return Choice(
        side.field,
        "Ответственный" if side is Side.RESPONSIBLE else "Контролирует",
        "Любой",
        lambda listing: listing.parties(side),
        by=lambda listing, rows, code: tuple(row for row in rows if listing.party_code(row, side) == code),
    )


def in_order(told: tuple[PointResult, HowNamed, str]) -> tuple[int, int]:
    """Where a result stands among the figures: every process tells them in one order, or a paper is never ready."""
    result, how, _ = told
    return list(PointResult).index(result), list(HowNamed).index(how)


class ControlSheet(Listing[tuple[SheetRow, ...]]):
    """«Контроль исполнения решений»: the points of all decisions, the newest decision first."""

    address = "points"
    words = Words(
        table="Контроль исполнения решений",
        lead="Все пункты всех решений Общего Собрания: кто отвечает, в какой срок, что сделано и что из этого вышло.",
        filters="Отбор пунктов",
        pages="Страницы листа контроля",
        empty_title="Контролировать пока нечего",
        empty="Пункты появляются здесь, когда Общее Собрание приняло решение.",
        nothing="Таких пунктов нет.",
        show_all="Показать все пункты",
        refused="покажите все пункты",
    )
    filters = (
        Choice(
            "decision",
            "Решение",
            "Все",
            lambda listing: listing.decisions(),
            by=_that(lambda row, slug: row.decision.slug == slug),
        ),
        Choice("control", "Контроль", "Все пункты", Watched.choices, by=_that(lambda row, code: _WATCHED[code](row))),
        Choice("state", "Состояние", "Любое", PointState.choices, by=_that(lambda row, code: row.state == code)),
        Choice(
            "result", "Результат", "Любой", PointResult.choices, by=_that(lambda row, code: row.result.result == code)
        ),
        Choice("how", "Как назван", "Не важно", HowNamed.choices, by=_that(lambda row, code: row.result.how == code)),
        Choice("due", "Срок", "Любой", Deadline.choices, by=_that(lambda row, code: _DEADLINES[code](row))),
        _of(Side.RESPONSIBLE),
        _of(Side.CONTROLLER),
        Day("as_of", "По состоянию на"),
        Day("known_on", "По данным, внесённым не позднее"),
    )
    cells = "resolutions/execution/points"
    columns = (
        Column("title", "Пункт", cell="_point", heads=True),
        Column("responsible", "Ответственный", cell="_parties"),
        Column("due_on", "Срок", "due_in_words"),
        Column("state", "Состояние", "state_in_words", cell="_state"),
        Column("result", "Результат", "result.sentence"),
    )
    page_size = 100
    stacks = True

    def everything(self) -> tuple[SheetRow, ...]:
        """The points as of the day asked for."""
        return self._read

    @cached_property
    def _read(self) -> tuple[SheetRow, ...]:
        return sheet_on(self.day, known_on=self.known_on) if self.is_valid else ()

    # --- what is chosen from ---

    def decisions(self) -> Choices:
        """The decisions that there are today."""
        return [(one.slug, f"{one.day_and_number} {one.title}") for one in decided_by(timezone.localdate())]

    def parties(self, side: Side) -> Choices:
        """Whoever was ever told to stand on a side, and who does before anybody was told."""
        told = set(ProgressEntry.objects.exclude(**{side.field: None}).order_by().values_list(side.field, flat=True))
        known = {code: str(party) for code, party in self._parties.items() if party.pk in told}
        first = AT_FIRST[side]
        return sorted((known | {first.value: str(first.label)}).items(), key=lambda one: sort_key(one[1]))

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {one.body or str(one.pk): one for one in Party.objects.select_related("municipality", "user")}

    def party_code(self, row: SheetRow, side: Side) -> str:
        """Who stood on a side, as the address names them: a body by its code, others by their keys."""
        key = row.parties[side]
        return next((code for code, one in self._parties.items() if one.pk == key), AT_FIRST[side].value)

    # --- the same rows told otherwise ---

    def narrowing_told(self) -> str:
        """What was asked for beside the days, in words; empty where everything was."""
        days = {one.label for one in self.filters if isinstance(one, Day)}
        return "; ".join(f"{chip.label} – {chip.value}" for chip in self.chips() if chip.label not in days)

    @cached_property
    def figures(self) -> list[Figure]:
        """How many of the rows that were asked for are in which state, came to what, and are late."""
        rows = self.rows()
        states = ((one.label, {"state": one.value}, [row.state == one for row in rows]) for one in PointState)
        results = (
            (
                label.lower(),
                {"result": result.value, "how": how.value},
                [row.result.result_told[:2] == (result, how) for row in rows],
            )
            for result, how, label in sorted({row.result.result_told for row in rows}, key=in_order)
        )
        late = ("Срок прошёл", {"due": Deadline.LATE.value}, [row.is_overdue for row in rows])
        return [
            Figure(str(label), sum(those), self.url(**asked))
            for label, asked, those in (
                *states,
                *((f"Результат: {label}", asked, those) for label, asked, those in results),
                late,
            )
            if any(those)
        ]
