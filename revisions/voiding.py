"""The page on which a wrong row of a ledger is voided: the row, why it is wrong, and the right row, if it is known.

A room brings the form of the right row and writes both; the page shows and validates them, and knows nothing of rooms.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from revisions.also_wrong import SHOW, AlsoWrong
from revisions.forms import FormT, unjudged
from revisions.ledger import LedgerRow
from revisions.models import EditConflict
from revisions.refusing import refused as refuse
from russian.text import paragraphs

CHANGED = "Пока форма была открыта, добавлена другая запись. Проверьте историю и отправьте форму снова."
DONE = 302  # the way back
PREFIX = "right"  # of the names of the right row's fields

MakeForm = Callable[[Any, Any, str], FormT]  # data, files, prefix


class Crumb(NamedTuple):
    """A page above this one, among the breadcrumbs."""

    label: str
    url: str


class VoidForm(forms.Form):
    """Why a row is wrong, and whether the right one stands below; it carries the version of the page."""

    reason = forms.CharField(
        label="Почему запись неверна",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Останется в истории рядом с отменённой записью.",
    )
    replaces = forms.BooleanField(
        label="Внести верную запись вместо неё",
        required=False,
        help_text="Отмена и верная запись сохраняются вместе: если невозможно одно, не сохраняется ничего.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, version: int, can_replace: bool) -> None:
        super().__init__(data, initial={"version": version})
        if not can_replace:
            del self.fields["replaces"]

    @property
    def wants_right_row(self) -> bool:
        """Whether the box was ticked."""
        return self.is_bound and "replaces" in self.fields and bool(self["replaces"].data)

    def clean_reason(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["reason"]))


def void_page(
    request: HttpRequest,
    row: LedgerRow,
    *,
    version: int,
    trail: Sequence[Crumb],
    write: Callable[[str, int, FormT | None], object],
    refused: type[Exception],
    right: MakeForm[FormT] | None = None,
    also: AlsoWrong[Any, Any] | None = None,
    refusal: str | None = None,
) -> HttpResponse:
    """Show a row and ask why it is wrong and what is right, or void it and go back.

    Args:
        request: that of the page.
        row: the wrong one.
        version: of what the row belongs to.
        trail: the pages above, for the breadcrumbs; the last is the one that shows the row.
        write: voids it, for a reason, over a version, together with what the valid form of the right row says, if any.
        refused: what `write` raises when the voiding, or the right row, is impossible.
        right: makes the form of the right row, filled with what the wrong one said; None where nothing can replace it.
        also: what may be voided together with it; `write` reads from there what is. None where nothing can.
        refusal: why the visitor may not void the row, or not any more: what was typed is given back.

    Returns:
        The page (200; 403 when it is refused, 422 when something stands against it, 409 when somebody was quicker), or
        the way back.
    """
    form, status = VoidForm(request.POST or None, version=version, can_replace=right is not None), 200
    if refusal:
        said = [right(request.POST, None, PREFIX)] if right and form.wants_right_row else []
        return refuse(request, refusal, form, *said, *(also.wanted if also else []))
    is_sent = request.method == "POST" and SHOW not in request.POST
    right_form = _right_form(request, right, wanted=form.wants_right_row and is_sent) if right else None
    if is_sent:
        wanted = right_form if form.wants_right_row else None
        form, status = _void(request, form, wanted, also, write=write, refused=refused)
        if status == DONE:
            messages.success(request, _done(row, also, is_replaced=wanted is not None))
            return redirect(trail[-1].url)
    elif request.method == "POST":
        form = unjudged(lambda data, _: VoidForm(data, version=version, can_replace=True), request.POST, None)
    context = {"row": row, "form": form, "right": right_form, "also": also, "trail": trail, "back": trail[-1].url}
    return render(request, "revisions/void.html", context, status=status)


def _void(
    request: HttpRequest,
    form: VoidForm,
    wanted: FormT | None,
    also: AlsoWrong[Any, Any] | None,
    *,
    write: Callable[[str, int, FormT | None], object],
    refused: type[Exception],
) -> tuple[VoidForm, int]:
    """Void the row when all that was typed is valid: the form to show otherwise, and the status, or `DONE`."""
    # All are asked, so that all errors are shown at once.
    if not all([form.is_valid(), wanted is None or wanted.is_valid(), also is None or also.is_valid()]):
        return form, 422
    try:
        write(form.cleaned_data["reason"], form.cleaned_data["version"], wanted)
    except EditConflict as conflict:
        return _again(request, conflict.current.version, can_replace="replaces" in form.fields), 409
    except refused as refusal:
        form.add_error(None, getattr(refusal, "messages", str(refusal)))
        return form, 422
    return form, DONE


def _done(row: LedgerRow, also: AlsoWrong[Any, Any] | None, *, is_replaced: bool) -> str:
    """What was voided, and what was written instead."""
    more = also.said if also else []
    names = ", ".join(_low(one.name) for one, _ in more)
    told = f"Запись отменена: {_low(row.name)}." + (f" Вместе с ней: {names}." if names else "")
    right = is_replaced + sum(form is not None for _, form in more)
    return told + ("" if not right else " Верная запись внесена." if right == 1 else " Верные записи внесены.")


def _low(name: str) -> str:
    return name[:1].lower() + name[1:]


def _right_form(request: HttpRequest, make: MakeForm[FormT], *, wanted: bool) -> FormT:
    """The form of the right row. While nobody wants it, it is not validated, and only keeps what was typed."""

    def made(data: Any, files: Any) -> FormT:
        form = make(data, files, PREFIX)
        form.fields.pop("version", None)  # the page carries it once
        return form

    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return made(data, files) if wanted else unjudged(made, data, files)


def _again(request: HttpRequest, version: int, *, can_replace: bool) -> VoidForm:
    """The form with what was typed, over what somebody else recorded."""
    data = request.POST.copy()
    data["version"] = str(version)
    form = VoidForm(data, version=version, can_replace=can_replace)
    form.add_error(None, CHANGED)
    return form
