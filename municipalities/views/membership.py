"""Joining the Union and leaving it, with a look at what that changes."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from municipalities.access import edit_refusal, membership_void_refusal
from municipalities.forms import MembershipForm, RightMembershipForm
from municipalities.membership import effect_of
from municipalities.models.belonging import MERGERS
from municipalities.views.gates import CHANGED, municipality_or_404
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_membership(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the memberships, and write down that the municipality joins or leaves, once its effect was shown."""
    changed = municipality_or_404(request, slug)
    open_or_403(edit_refusal(request.user))
    form, effect = MembershipForm(request.POST or None, municipality=changed), None
    if request.method == "POST" and form.is_valid():
        if form.is_seen:
            try:
                row = changed.change_membership(**form.said(), by=author(request))
            except EditConflict:
                changed = municipality_or_404(request, slug)
                form = form.over(changed.version)
                form.add_error(None, CHANGED)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, f"{changed.name}. Записано: {row.name}, {row.day_in_words}")
                return redirect("municipality_membership", changed.slug)
        elif refusal := changed.membership_refusal(*form.wanted()):
            form.add_error(None, refusal)
        else:
            effect = effect_of(changed, *form.wanted())
            form.show_again()
    context = {
        "municipality": changed,
        "form": form,
        "effect": effect,
        "belonging": changed.belonging_on(),
        "rows": [
            (row, "" if membership_void_refusal(request.user, row) else _void_url(changed.slug, row.pk))
            for row in changed.memberships.to_show().prefetch_related(*MERGERS)
        ],
    }
    status = 200 if effect else form_status(request)
    return render(request, "municipalities/membership.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_membership_void(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Void a wrong row of membership."""
    owner = municipality_or_404(request, slug)
    row = get_object_or_404(owner.memberships.select_related("voided_by"), pk=pk)
    open_or_403(membership_void_refusal(request.user, row))

    def write(reason: str, version: int, right: RightMembershipForm | None) -> None:
        replacement = right.new_row(author(request)) if right else None
        owner.void_membership(row, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        row,
        version=owner.version,
        trail=[
            Crumb("Муниципальные образования", reverse("municipalities")),
            Crumb(owner.name, owner.get_absolute_url()),
            Crumb("Членство в Союзе", reverse("municipality_membership", args=[owner.slug])),
        ],
        write=write,
        refused=ValidationError,
        right=partial(RightMembershipForm, row),
    )


def _void_url(slug: str, pk: int) -> str:
    return reverse("municipality_membership_void", args=[slug, pk])
