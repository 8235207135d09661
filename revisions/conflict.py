"""The page for the second of two people who saved the same form."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from revisions.diff import DiffPiece, word_diff
from revisions.forms import VersionedForm
from revisions.models import EditConflict


@dataclass(frozen=True)
class ConflictRow:
    """One field on which the stored record and the second writer's form differ."""

    label: str
    stored: str
    yours: str

    @property
    def pieces(self) -> list[DiffPiece]:
        """The way from the stored text to the second writer's."""
        return word_diff(self.stored, self.yours)


def _shown(field: forms.BoundField, value: object) -> str:
    """A value as people read it: the label of a choice instead of its code."""
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        labels = {str(code): str(label) for code, label in choices}
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(getattr(one, "pk", one)), str(one)) for one in values if one not in (None, ""))
    prepared = field.field.widget.format_value(field.field.prepare_value(value))
    return "" if prepared is None else str(prepared)


def conflict_page(
    request: HttpRequest, form: VersionedForm, conflict: EditConflict, *, cancel_url: str
) -> HttpResponse:
    """Show both texts and the second writer's form, ready to be saved over the version just shown.

    Args:
        request: the refused POST.
        form: the bound form that could not be saved.
        conflict: what `form.save()` raised.
        cancel_url: where to go when the stored text is good as it is.

    Returns:
        A page with status 409; nothing was saved and nothing typed is lost.
    """
    fresh = type(form)(instance=conflict.current)
    rows = []
    for name, field in form.fields.items():
        if name == "version" or name not in fresh.fields:  # what a form asks may hang on what is stored
            continue
        stored, yours = _shown(fresh[name], fresh[name].value()), _shown(form[name], form[name].value())
        if stored != yours:
            rows.append(ConflictRow(str(field.label or name), stored, yours))
    data = request.POST.copy()
    data["version"] = str(conflict.current.version)
    again = type(form)(data, form.files or None, instance=conflict.current)
    return render_conflict(request, rows, again, cancel_url=cancel_url)


def render_conflict(
    request: HttpRequest, rows: Sequence[ConflictRow], form: object, *, cancel_url: str
) -> HttpResponse:
    """The conflict page itself, for forms that are more than one model form too.

    Args:
        request: the refused POST.
        rows: what differs.
        form: anything a template renders with `{{ form }}`; it carries the stored version now.
        cancel_url: where to go when the stored text is good as it is.

    Returns:
        The page, status 409.
    """
    context = {"rows": rows, "form": form, "cancel_url": cancel_url}
    return render(request, "revisions/conflict.html", context, status=409)
