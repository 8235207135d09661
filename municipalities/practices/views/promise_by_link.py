"""Promising by a personal link of any purpose, for its municipality; the secretariat accepts what came so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.requests import form_status
from municipalities.personal_links import Offer, Opened, hold, path_of, token_of
from municipalities.practices.commitment_forms import CommitmentForm, add_refusal
from municipalities.practices.models import Commitment
from municipalities.practices.promises import promises_on
from municipalities.views.personal_links import behind_link
from revisions.refusing import typed_in

MADE = "Обязательство записано. Оно будет опубликовано, когда его примет секретариат."


def offer(opened: Opened) -> Offer | None:
    """To promise something, for members of the Union. One query."""
    if not opened.subject.municipality.belonging_on().is_member:
        return None
    address = reverse("commitment_by_link", args=[opened.link.purpose, token_of(opened.link)])
    return Offer("Взять обязательство от имени муниципального образования", address)


def typed_promise(post: QueryDict, subject: Any) -> list[tuple[str, str]]:
    """What somebody sent whose link is over: each field that they filled in."""
    return typed_in(CommitmentForm(post, municipality=subject.municipality, by_link=True))


@behind_link(typed=typed_promise)
def commitment_by_link(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The form of a promise behind a personal link: this municipality alone, and its promises that are open."""
    owner = opened.subject.municipality
    form = CommitmentForm(request.POST or None, municipality=owner, by_link=True)
    if request.method == "POST" and form.is_valid():
        try:
            _make(form, opened)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, MADE)
            return redirect(request.path)
    live = Commitment.objects.live().filter(municipality=owner)
    context = {
        "municipality": owner,
        "form": form,
        "promises": promises_on(timezone.localdate(), commitments=live),
        "back_to": path_of(opened.link),
    }
    return render(request, "municipalities/practices/commitments/by_link.html", context, status=form_status(request))


@transaction.atomic
def _make(form: CommitmentForm, opened: Opened) -> None:
    """Write the promise down, while the link by which it came is good."""
    hold(opened)
    Commitment.make(form.new(), by=None, by_name=f"{form.municipality.name} (по личной ссылке)")
