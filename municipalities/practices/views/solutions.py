"""The solutions of a municipality: adding, correcting, withdrawing."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from municipalities.models import Municipality
from municipalities.practices.access import solution_refusal
from municipalities.practices.forms import SolutionForm, WithdrawalForm
from municipalities.practices.models import Solution
from municipalities.views.gates import municipality_or_404
from revisions.conflict import conflict_page
from revisions.history import record_changes
from revisions.models import EditConflict

FACTS = ("direction", "title", "stage", "since", "note", "is_published")


def _solution_or_404(municipality: Municipality, pk: int) -> Solution:
    return get_object_or_404(municipality.solutions.select_related("municipality", "direction__edition"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def solution_add(request: HttpRequest, slug: str) -> HttpResponse:
    owner = municipality_or_404(request, slug)
    open_or_403(solution_refusal(request.user, owner))
    form = SolutionForm(request.POST or None, instance=Solution(municipality=owner))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:  # the same form sent twice at the same moment
            form.add_error(None, "Такое решение в этом направлении уже внесено.")
        else:
            messages.success(request, "Решение внесено.")
            return redirect(f"{owner.get_absolute_url()}#solutions")
    context = {"municipality": owner, "form": form}
    return render(request, "municipalities/practices/solution_add.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def solution_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a solution or move its stage; below, what it was before."""
    owner = municipality_or_404(request, slug)
    edited = _solution_or_404(owner, pk)
    open_or_403(solution_refusal(request.user, owner))
    form = SolutionForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=f"{owner.get_absolute_url()}#solutions")
        messages.success(request, "Решение сохранено.")
        return redirect(f"{owner.get_absolute_url()}#solutions")
    stored = _solution_or_404(owner, pk)  # the form has written what was typed into the other one
    context = {"municipality": owner, "solution": stored, "form": form, "changes": record_changes(stored, FACTS)}
    return render(request, "municipalities/practices/solution_edit.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def solution_publication(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a solution, or publish it again; nothing is deleted."""
    owner = municipality_or_404(request, slug)
    moved = _solution_or_404(owner, pk)
    open_or_403(solution_refusal(request.user, owner))
    form = WithdrawalForm(request.POST or None, published=moved.is_published)
    if request.method == "POST" and form.is_valid():
        moved.set_published(form.cleaned_data["published"], by=author(request), reason=form.cleaned_data["reason"])
        messages.success(request, "Решение опубликовано." if moved.is_published else "Решение снято с публикации.")
        return redirect(f"{owner.get_absolute_url()}#solutions")
    context = {"thing": moved, "form": form, "back": f"{owner.get_absolute_url()}#solutions", "municipality": owner}
    return render(request, "municipalities/practices/publication.html", context, status=form_status(request))
