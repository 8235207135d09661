"""The index «IQ городов»: entering, correcting and taking back a municipality's results."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import form_status, open_or_403
from municipalities.access import index_refusal
from municipalities.forms import IndexScoreForm
from municipalities.models import IndexScore, Municipality
from municipalities.views.gates import municipality_or_404
from revisions.conflict import conflict_page
from revisions.history import record_changes
from revisions.models import EditConflict


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_index_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter the result of a year."""
    municipality = municipality_or_404(request, slug)
    open_or_403(index_refusal(request.user, municipality))
    score = IndexScore(municipality=municipality, group=municipality.index_group)
    form = IndexScoreForm(request.POST or None, instance=score)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:  # the same form sent twice at the same moment
            form.add_error("year", "Результат за этот год уже внесён: исправьте его.")
        else:
            messages.success(request, f"{municipality.name}: результат за {score.year} год записан.")
            return redirect(score)
    return _page(request, municipality, form)


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_index_edit(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Correct the result of a year."""
    municipality = municipality_or_404(request, slug)
    open_or_403(index_refusal(request.user, municipality))
    score = get_object_or_404(municipality.index_scores.select_related("municipality"), year=year)
    form = IndexScoreForm(request.POST or None, instance=score)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=municipality.get_absolute_url())
        except IntegrityError:  # another result of that year was entered at the same moment
            form.add_error("year", "Результат за этот год уже внесён: исправьте его.")
        else:
            messages.success(request, f"{municipality.name}: результат за {score.year} год исправлен.")
            return redirect(score)
    return _page(request, municipality, form, year=year)


@require_POST
def municipality_index_delete(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Take back a result that was entered by mistake; its history stays."""
    municipality = municipality_or_404(request, slug)
    open_or_403(index_refusal(request.user, municipality))
    score = get_object_or_404(municipality.index_scores.all(), year=year)
    with transaction.atomic():  # the history is written with it or not at all
        score.delete()
    messages.success(request, f"{municipality.name}: результат за {year} год убран.")
    return redirect(municipality)


def _page(
    request: HttpRequest, municipality: Municipality, form: IndexScoreForm, *, year: int | None = None
) -> HttpResponse:
    """The form; with a year, also what was changed in that result before."""
    changes = record_changes(form.instance, IndexScoreForm.Meta.fields) if year else []
    context = {"municipality": municipality, "form": form, "year": year, "changes": changes}
    return render(request, "municipalities/index_edit.html", context, status=form_status(request))
