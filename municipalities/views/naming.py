"""Another name or code of a municipality, from a day on."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from municipalities.access import dated_facts_void_refusal, edit_refusal
from municipalities.naming_form import RenamingForm, RightRenamingForm
from municipalities.renaming import rename, void_renaming
from municipalities.views.gates import CHANGED, municipality_or_404
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page

TITLE = "Название и код"


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_naming(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the names and codes, and write down that they change."""
    changed = municipality_or_404(request, slug)
    open_or_403(edit_refusal(request.user))
    form = RenamingForm(request.POST or None, municipality=changed)
    if request.method == "POST" and form.is_valid():
        try:
            row = rename(changed, form.day, by=author(request), version=form.cleaned_data["version"], **form.said())
        except EditConflict:
            changed = municipality_or_404(request, slug)
            form = form.over(changed.version)
            form.add_error(None, CHANGED)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Записано: {row.said}, {row.day_in_words}")
            return redirect("municipality_naming", slug)
    rows = [
        (row, "" if dated_facts_void_refusal(request.user, row) else _void_url(slug, row.pk))
        for row in changed.renamings.to_show()
    ]
    context = {"municipality": changed, "form": form, "rows": rows}
    return render(request, "municipalities/naming.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_naming_void(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Void a wrong row of names and codes."""
    owner = municipality_or_404(request, slug)
    row = get_object_or_404(owner.renamings.select_related("voided_by"), pk=pk)
    open_or_403(dated_facts_void_refusal(request.user, row))

    def write(reason: str, version: int, right: RightRenamingForm | None) -> None:
        replacement = right.new_row(author(request)) if right else None
        void_renaming(row, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        row,
        version=owner.version,
        trail=[
            Crumb("Муниципальные образования", reverse("municipalities")),
            Crumb(owner.name, owner.get_absolute_url()),
            Crumb(TITLE, reverse("municipality_naming", args=[slug])),
        ],
        write=write,
        refused=ValidationError,
        right=partial(RightRenamingForm, row),
    )


def _void_url(slug: str, pk: int) -> str:
    return reverse("municipality_naming_void", args=[slug, pk])
