"""Who speaks for a municipality: appointing, inviting, removing."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.invitations import invite
from accounts.models import User
from accounts.requests import author, open_or_403
from accounts.roles import Role
from municipalities.access import appointing_refusal, representatives_refusal
from municipalities.forms import AppointForm, InviteForm
from municipalities.models import Municipality, Representative
from municipalities.representation import Representatives, end, take_back
from municipalities.views.gates import municipality_or_404

INVITED = "Представитель назначен, приглашение ждёт отправки: {email}. Ушло ли оно, видно на странице пользователя."


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_representatives(request: HttpRequest, slug: str) -> HttpResponse:
    """The representatives; a POST appoints one of the users that the portal has."""
    municipality = municipality_or_404(request, slug)
    open_or_403(representatives_refusal(request.user))
    if request.method != "POST":
        return _page(request, municipality)
    open_or_403(appointing_refusal(request.user, municipality))
    form = AppointForm(request.POST, municipality=municipality)
    if not form.is_valid():
        return _page(request, municipality, appoint=form)
    user = form.cleaned_data["user"]
    _appoint(user, municipality, since=form.cleaned_data["since"], until=form.cleaned_data["until"])
    messages.success(request, f"{user} представляет муниципальное образование: {municipality.name}.")
    return redirect("municipality_representatives", slug=slug)


@require_POST
def municipality_representative_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody new by e-mail, and appoint them at once."""
    municipality = municipality_or_404(request, slug)
    open_or_403(appointing_refusal(request.user, municipality))
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            user = _invite(form, municipality, by=author(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, INVITED.format(email=user.email))
            return redirect("municipality_representatives", slug=slug)
    return _page(request, municipality, invite=form)


@require_POST
def municipality_representative_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End an appointment with yesterday, or take a wrong one back; the user and everything they recorded stay."""
    municipality = municipality_or_404(request, slug)
    open_or_403(representatives_refusal(request.user))
    representative = get_object_or_404(municipality.representatives.select_related("user"), pk=pk)
    if "was_wrong" in request.POST:
        take_back(representative)
        messages.success(request, f"Ошибочное назначение отменено: {representative.user}.")
    else:
        end(representative)
        messages.success(request, f"{representative.user} больше не представляет муниципальное образование.")
    return redirect("municipality_representatives", slug=slug)


@transaction.atomic
def _appoint(
    user: User, municipality: Municipality, *, since: dt.date | None = None, until: dt.date | None = None
) -> None:
    """Appoint somebody who is not appointed for these days, whoever was quicker."""
    if not municipality.representatives.filter(user=user).meeting(since, until).exists():
        Representative.objects.create(user=user, municipality=municipality, since=since, until=until)


@transaction.atomic
def _invite(form: InviteForm, municipality: Municipality, *, by: User) -> User:
    said = dict(form.cleaned_data)
    since = said.pop("since")
    user = invite(**said, role=Role.MUNICIPAL, by=by)
    _appoint(user, municipality, since=since)
    return user


def _page(
    request: HttpRequest,
    municipality: Municipality,
    *,
    appoint: AppointForm | None = None,
    invite: InviteForm | None = None,
) -> HttpResponse:
    """The page; a form that is handed over was refused."""
    context = {
        "municipality": municipality,
        "listing": Representatives(request.GET, request.user, municipality),
        "appoint_form": appoint or AppointForm(municipality=municipality),
        "invite_form": invite or InviteForm(),
        "refusal": appointing_refusal(request.user, municipality),
        "succession": municipality.succession,
    }
    return render(request, "municipalities/representatives.html", context, status=422 if appoint or invite else 200)
