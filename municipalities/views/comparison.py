"""Two days side by side."""

import datetime as dt

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import can_see_unlisted
from municipalities.comparison import ASSEMBLY, compare
from revisions.forms import PastDateField

PAGE_SIZE = 100


class ComparisonForm(forms.Form):
    """The two days; without one, the day of the Assembly and today."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(_with_defaults(data), label_suffix="")
        self.fields["from"] = PastDateField(label="С какого дня")  # «from» is no name for an attribute
        self.fields["to"] = PastDateField(label="По какой день")

    def clean(self) -> None:
        """The first day cannot come after the second."""
        if {"from", "to"} <= self.cleaned_data.keys() and self.cleaned_data["from"] > self.cleaned_data["to"]:
            self.add_error("from", "Первый день позже второго: поменяйте их местами.")

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The two days of a valid form."""
        return self.cleaned_data["from"], self.cleaned_data["to"]


def _with_defaults(data: QueryDict) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "from": data.get("from") or min(ASSEMBLY, today).isoformat(),
        "to": data.get("to") or today.isoformat(),
    }


@login_not_required
@require_safe
def municipalities_compare(request: HttpRequest) -> HttpResponse:
    """What changed between two days, city by city."""
    form = ComparisonForm(request.GET)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        comparison = compare(*form.days)
        page = Paginator(comparison.rows, PAGE_SIZE).get_page(request.GET.get("page"))
        days = f"?from={comparison.earlier:%Y-%m-%d}&to={comparison.later:%Y-%m-%d}"
        context |= {
            "comparison": comparison,
            "page": page,
            "sees_unlisted": can_see_unlisted(request.user),
            "previous_url": f"{days}&page={page.previous_page_number()}" if page.has_previous() else "",
            "next_url": f"{days}&page={page.next_page_number()}" if page.has_next() else "",
        }
    return render(request, "municipalities/comparison.html", context, status=200 if form.is_valid() else 422)
