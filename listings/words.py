"""What a list says about itself, and about what is asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What a list says about itself.

    Attributes:
        table: what the table holds, for screen readers; the title, where it stands on a page alone.
        lead: what it is for, where it stands on a page alone.
        empty: there is nothing to list yet; `empty_title` stands above it.
        nothing: nothing is left by what was asked; `show_all` names the link to everything.
        refused: «…или покажите весь перечень»: the way out of an address that makes no sense.
        filters, pages: what the form and the links to other pages are, for screen readers.
    """

    table: str
    lead: str = ""
    empty: str = ""
    empty_title: str = ""
    nothing: str = "По этим условиям ничего не нашлось."
    show_all: str = "Показать всё"
    refused: str = "покажите всё"
    filters: str = "Отбор"
    pages: str = "Страницы"


@dataclass(frozen=True)
class Chip:
    """An answer that filters the list, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Option:
    """One of the answers to a question, and the address that gives it."""

    label: str
    url: str
    is_chosen: bool
