"""The editions of the Standard: reading, adding, correcting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import author, form_status, open_or_403
from municipalities.models import StandardEdition
from municipalities.practices.access import edition_refusal
from municipalities.practices.edition_forms import EditionForm
from municipalities.practices.editions import changes, editions_read
from revisions.conflict import conflict_page
from revisions.models import EditConflict

MEANWHILE = "Пока форма была открыта, редакцию изменили или стали ею пользоваться. Проверьте и сохраните ещё раз."


@login_not_required
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """All editions with their directions."""
    context = {"editions": editions_read(), "refusal": edition_refusal(request.user)}
    return render(request, "municipalities/practices/editions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_add(request: HttpRequest) -> HttpResponse:
    open_or_403(edition_refusal(request.user))
    return _keep(request, EditionForm(request.POST or None), {})


@require_http_methods(["GET", "HEAD", "POST"])
def edition_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Call an edition and its directions otherwise, and add some; below, what it was before."""
    open_or_403(edition_refusal(request.user))
    stored = get_object_or_404(StandardEdition, year=year)
    form = EditionForm(request.POST or None, instance=get_object_or_404(StandardEdition, year=year))
    return _keep(request, form, {"edition": stored, "changes": changes(stored)})


def _keep(request: HttpRequest, form: EditionForm, context: dict[str, object]) -> HttpResponse:
    """Store what the form says, or give it back."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                kept = form.keep(author(request))
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=reverse("editions"))
        except (IntegrityError, ProtectedError):  # somebody was quicker
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, f"Редакция {kept} сохранена.")
            return redirect("editions")
    template = "municipalities/practices/edition.html"
    return render(request, template, {"form": form, **context}, status=form_status(request))
