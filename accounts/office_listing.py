"""The list of those who hold an office, held one, or will."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from accounts.access import term_end_refusal, term_void_refusal
from accounts.models import Held, OfficeLedger, OfficeTerm, Term, TermAction, TermState
from accounts.roles import Office
from listings.columns import Column
from listings.filters import Choice
from listings.listing import Listing
from listings.words import Words
from russian.templatetags.russian import long_date


@dataclass(frozen=True)
class ToldTerm:
    """An appointment as the list tells it.

    Attributes:
        row: the appointment.
        term: what it comes to; None when it is voided.
        ends: the rows that ended it, voided ones too, each with the address that voids it, if it may be.
        end_url, void_url: where it is ended and voided; empty where it cannot be.
    """

    row: OfficeTerm
    term: Term | None
    ends: Sequence[tuple[OfficeTerm, str]] = ()
    end_url: str = ""
    void_url: str = ""

    @property
    def held(self) -> Held:
        """The office and the days, as appointed where nothing else is known."""
        return (self.term or Term(self.row)).held

    @property
    def state(self) -> TermState:
        """Where it stands today."""
        return self.held.state if self.term else TermState.VOIDED

    @property
    def state_in_words(self) -> str:
        """The state, and from which day on where it lies ahead."""
        return f"С {long_date(self.held.begins)}" if self.state == TermState.AHEAD else str(self.state.label)


def in_state(listing: object, rows: list[ToldTerm], state: str) -> list[ToldTerm]:
    """The terms that stand so."""
    return [one for one in rows if one.state == state]


def of_office(listing: object, rows: list[ToldTerm], office: str) -> list[ToldTerm]:
    """The terms of one office."""
    return [one for one in rows if one.row.office == office]


class Terms(Listing[list[ToldTerm]]):
    """All terms, the latest first."""

    address = "offices"
    words = Words(
        table="Кто исполняет обязанности",
        filters="Отбор назначений",
        pages="Страницы списка назначений",
        empty="Пока никто не назначен.",
        nothing="Таких назначений нет.",
        show_all="Показать все",
        refused="покажите все",
    )
    filters = (
        Choice("office", "Обязанности", "Все", Office.choices, by=of_office),
        Choice("state", "Состояние", "Все", TermState.choices, by=in_state),
    )
    cells = "accounts/offices"
    columns = (
        Column("person", "Кто", "row.user.name", cell="_person", heads=True),
        Column("state", "Состояние", "state_in_words", cell="_state"),
        Column("office", "Обязанности", "row.get_office_display"),
        Column("days", "Срок", "held.days_in_words"),
        Column("basis", "Основание и записи", "row.basis", cell="_basis"),
    )
    page_size = 50

    @cached_property
    def ledger(self) -> OfficeLedger:
        """The rows as they are known now."""
        return OfficeLedger.read()

    def everything(self) -> list[ToldTerm]:
        """The appointments, voided ones too."""
        terms = {term.appointed.pk: term for term in self.ledger.terms}
        appointed = [row for row in self.ledger.rows if row.action == TermAction.APPOINT]
        return [ToldTerm(row, terms.get(row.pk)) for row in appointed]

    def prepared(self, rows: list[ToldTerm]) -> list[ToldTerm]:
        """The terms with what ended them, and with what may be done."""
        return [
            replace(
                one,
                ends=[(end, self._void_url(end)) for end in self.ledger.rows if _is_end_of(end, one.row)],
                end_url="" if term_end_refusal(self.user, one.term) else reverse("office_end", args=[one.row.pk]),
                void_url=self._void_url(one.row),
            )
            for one in rows
        ]

    def _void_url(self, row: OfficeTerm) -> str:
        return "" if term_void_refusal(self.user, row) else reverse("office_void", args=[row.pk])


def _is_end_of(end: OfficeTerm, appointed: OfficeTerm) -> bool:
    """Whether a row ended an appointment, or would have if it were not voided."""
    if end.action != TermAction.END or not Term(appointed).is_of(end):
        return False
    return end.happened_on > appointed.happened_on and Term(appointed).held.holds_on(end.happened_on)
