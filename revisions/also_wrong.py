"""Rows that are voided together with a wrong one, because they stand on it: each with the right row or without."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.http import HttpRequest

from revisions.forms import FormT, unjudged
from revisions.ledger import LedgerRow

RowT = TypeVar("RowT", bound=LedgerRow)

SHOW = "show"  # the button that shows what the ticked rows say, and writes nothing
GONE = "Одну из отмеченных записей уже отменили: отметьте заново."


class WhichForm(forms.Form):
    """Which rows are wrong too."""

    also = forms.MultipleChoiceField(
        label="Отменить вместе с ней",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE},
        help_text="Отметьте более поздние записи, которые без этой невозможны: все отменяются вместе, по одной причине",
    )

    def __init__(self, rows: Sequence[LedgerRow], data: Any = None) -> None:
        super().__init__(data)
        named = [(str(row.pk), f"{row.name}, {row.day_in_words}") for row in rows]
        self.fields["also"].choices = named  # type: ignore[attr-defined]  # a field of choices


class BoxForm(forms.Form):
    """Whether the right row is known."""

    replaces = forms.BooleanField(label="Внести верную запись вместо неё", required=False)


class AlsoRow(Generic[RowT, FormT]):
    """A row that is ticked, and what is right instead.

    Attributes:
        row: the wrong one.
        box, right: the forms.
        wants_right: whether the right row is wanted; while it is not, its form only keeps what was typed.
    """

    def __init__(self, row: RowT, make: Callable[[Any, Any, str], FormT], request: HttpRequest) -> None:
        self.row, prefix = row, f"right{row.pk}"
        data, files = (request.POST, request.FILES) if f"{prefix}-happened_on" in request.POST else (None, None)
        self.wants_right = f"{prefix}-replaces" in request.POST and SHOW not in request.POST
        self.box = BoxForm(data, prefix=prefix)

        def made(said: Any, sent: Any) -> FormT:
            form = make(said, sent, prefix)
            form.fields.pop("version", None)  # the page carries it once
            return form

        self.right = made(data, files) if self.wants_right else unjudged(made, data, files)


class AlsoWrong(Generic[RowT, FormT]):
    """The rows that may be voided together with a wrong one, and those that are to be.

    Args:
        request: that of the page.
        rows: what may be voided too.
        right: makes the form of the right row instead of one of them, filled with what that says.

    Attributes:
        form: asks which.
        ticked: those that are.
    """

    def __init__(
        self, request: HttpRequest, rows: Sequence[RowT], right: Callable[[RowT], Callable[[Any, Any, str], FormT]]
    ) -> None:
        sent = request.POST.getlist("also")
        self.form = WhichForm(rows, request.POST if request.method == "POST" else None)
        self.ticked = [AlsoRow(row, right(row), request) for row in rows if str(row.pk) in sent]

    def is_valid(self) -> bool:
        """Whether all that is ticked and wanted is; everything is judged, so that all errors are shown at once."""
        return all([self.form.is_valid(), *(form.is_valid() for form in self.wanted)])

    @property
    def wanted(self) -> list[FormT]:
        """The forms of the right rows that are wanted."""
        return [one.right for one in self.ticked if one.wants_right]

    @property
    def said(self) -> list[tuple[RowT, FormT | None]]:
        """The rows that are voided too, each with the form of the right one, if there is one."""
        return [(one.row, one.right if one.wants_right else None) for one in self.ticked]
