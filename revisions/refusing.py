"""Refusing what was sent without losing it: somebody was quicker, or it is not theirs any more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, reason: str, *sent: forms.BaseForm) -> HttpResponse:
    """The page that says why not (403), with what was typed, to be copied.

    Args:
        request: that of the page.
        reason: why not, in Russian.
        *sent: the forms that were sent; unbound ones while the page is only opened.
    """
    typed = [said for form in sent for said in typed_in(form)]
    return render(request, "revisions/refused.html", {"reason": reason, "typed": typed}, status=403)


def typed_in(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What somebody filled in, label by label: texts, and the labels of what was chosen; no files."""
    return [(str(field.label), _told(field, said)) for name, field in _visible(form) if (said := form[name].data)]


def _visible(form: forms.BaseForm) -> Iterable[tuple[str, Any]]:
    return (
        (name, field)
        for name, field in form.fields.items()
        if not field.widget.is_hidden and not field.widget.needs_multipart_form
    )


def _told(field: Any, data: Any) -> str:
    if data is True:
        return "да"
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    chosen = data if isinstance(data, list) else [data]
    return ", ".join(labels.get(str(one), str(one)) for one in chosen)
