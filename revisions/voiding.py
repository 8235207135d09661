"""The page on which a wrong row of a ledger is voided: the row, why it is wrong, and the button."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from revisions.ledger import LedgerRow
from revisions.models import EditConflict
from russian.text import paragraphs, plain_text

CHANGED = "Пока форма была открыта, добавлена другая запись. Проверьте историю и отправьте форму снова."


class VoidForm(forms.Form):
    """Why a row is wrong; it carries the version of the page."""

    reason = forms.CharField(
        label="Почему запись неверна",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[plain_text],
        help_text="Останется в истории рядом с отменённой записью.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_reason(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["reason"]))


def void_page(
    request: HttpRequest,
    row: LedgerRow,
    *,
    version: int,
    back: str,
    write: Callable[[str, int], object],
    refused: type[Exception],
) -> HttpResponse:
    """Show a row and ask why it is wrong, or void it and go back.

    Args:
        request: of somebody who may void the row.
        row: the wrong one.
        version: of what the row belongs to.
        back: the address of the page that shows the row.
        write: voids it, for a reason, over a version.
        refused: what `write` raises when the voiding is impossible.

    Returns:
        The page (200; 422 when something stands against it, 409 when somebody was quicker), or the way back.
    """
    form, status = VoidForm(request.POST or None, initial={"version": version}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write(form.cleaned_data["reason"], form.cleaned_data["version"])
            except EditConflict as conflict:
                form, status = _again(request, conflict.current.version), 409
            except refused as refusal:
                form.add_error(None, getattr(refusal, "messages", str(refusal)))
            else:
                messages.success(request, f"Запись отменена: {row.name.lower()}.")
                return redirect(back)
    context: dict[str, Any] = {"row": row, "form": form, "back": back}
    return render(request, "revisions/void.html", context, status=status)


def _again(request: HttpRequest, version: int) -> VoidForm:
    """The form with what was typed, over what somebody else recorded."""
    data = request.POST.copy()
    data["version"] = str(version)
    form = VoidForm(data)
    form.add_error(None, CHANGED)
    return form
