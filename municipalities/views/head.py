"""The head and the official address of a municipality."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from municipalities.access import dated_facts_void_refusal, edit_refusal
from municipalities.head_form import HeadForm
from municipalities.heads import change_head, void_head
from municipalities.models.head import HEAD_RULES
from municipalities.views.gates import municipality_or_404
from revisions.conflict import render_conflict
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page
from russian.templatetags.russian import long_date

TITLE = "Глава и официальный адрес"


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_head(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who heads the municipality and headed it, and write down what changes."""
    changed = municipality_or_404(request, slug)
    open_or_403(edit_refusal(request.user))
    form = HeadForm(request.POST or None, municipality=changed, before=changed.head_on())
    if request.method == "POST" and form.is_valid():
        row = form.new_row(author(request))
        try:
            change_head(row, version=form.cleaned_data["version"])
        except EditConflict:
            current = municipality_or_404(request, slug)
            here = reverse("municipality_head", args=[slug])
            return render_conflict(request, form.unlike_stored(current), form.over(current), cancel_url=here)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Изменения записаны: действуют с {long_date(row.happened_on)}")
            return redirect("municipality_head", slug)
    rows = [
        (row, "" if dated_facts_void_refusal(request.user, row) else _void_url(slug, row.pk))
        for row in changed.head_records.to_show()
    ]
    context = {"municipality": changed, "form": form, "rows": rows}
    return render(request, "municipalities/head.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_head_void(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Void a wrong row about the head or the address; the right one may be written with it."""
    owner = municipality_or_404(request, slug)
    wrong = get_object_or_404(owner.head_records.select_related("voided_by"), pk=pk)
    open_or_403(dated_facts_void_refusal(request.user, wrong))
    moment = HEAD_RULES.moment_of(wrong, owner.head_records.all())

    def right(data: object, files: object, prefix: str) -> HeadForm:
        return HeadForm(data, municipality=owner, before=moment.before, shown=moment.after, wrong=wrong, prefix=prefix)

    def write(reason: str, version: int, form: HeadForm | None) -> None:
        replacement = form.new_row(author(request)) if form else None
        void_head(wrong, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        wrong,
        version=owner.version,
        trail=[
            Crumb("Муниципальные образования", reverse("municipalities")),
            Crumb(owner.name, owner.get_absolute_url()),
            Crumb(TITLE, reverse("municipality_head", args=[slug])),
        ],
        write=write,
        refused=ValidationError,
        right=right,
    )


def _void_url(slug: str, pk: int) -> str:
    return reverse("municipality_head_void", args=[slug, pk])
