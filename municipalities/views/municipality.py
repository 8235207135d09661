"""One municipality: its page, its facts, its place in the list."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import author, form_status, open_or_403
from municipalities import access
from municipalities.chart import index_chart
from municipalities.columns import facts_of, in_history
from municipalities.forms import AsOfForm, ListingForm, municipality_form
from municipalities.merger_history import shown_mergers
from municipalities.models import HeadRecord, Municipality, Participation, ParticipationRecord, Renaming
from municipalities.models.participation import NOTHING_STATED, PARTICIPATION_RULES, Stated, is_stale
from municipalities.registration import sections_of
from municipalities.renaming import correct_naming
from municipalities.views.gates import municipality_or_404, regions_in_use
from revisions.conflict import conflict_page
from revisions.history import record_changes
from revisions.models import EditConflict

STATED_TODAY = "Статус внесён сегодняшним днём: подтверждать его пока не нужно."


@login_not_required
@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Facts, participation with its dated history, representatives; `?as_of=` shows an earlier day."""
    return municipality_page(request, municipality_or_404(request, slug))


def municipality_page(request: HttpRequest, shown: Municipality, *, status: int = 200) -> HttpResponse:
    """The page, as this visitor may read it.

    Args:
        request: its query string may ask for an earlier day.
        shown: one that the visitor may see.
        status: of the answer; 422 when the day makes no sense, whatever was asked.
    """
    form = AsOfForm(request.GET, label_suffix="")
    as_of = form.cleaned_data["as_of"] if form.is_valid() else None
    day = as_of or timezone.localdate()
    records = _records(request, shown, day)
    current = next((one for one in records if one.row.voiding is None), None)
    internal = access.can_see_internal(request.user, shown)
    mergers = shown_mergers(shown, request.user, until=as_of, internal=internal)
    participation_refusal = access.participation_refusal(request.user, shown)
    context = {
        "municipality": shown,
        "facts": facts_of(shown),
        "membership": shown.memberships.held_on(day).first(),
        "as_of_form": form,
        "as_of": as_of,
        "records": records,
        "current": current,
        "current_is_stale": current is not None and is_stale(current.stated.status, current.stated.since, day),
        "internal": internal,
        "representatives": shown.representatives.lasting().select_related("user").order_by("user__name")
        if internal
        else [],
        "contacts": shown.contacts.all() if internal else [],
        "contacts_refusal": access.contacts_refusal(request.user, shown),
        "changes": record_changes(shown, in_history()) if internal else [],
        **_index(request, shown),
        **_dated(shown, day, internal=internal),
        "mergers": mergers,
        "succession": next((one.row for one in mergers if not one.is_whole and not one.row.voiding), None),
        "edit_refusal": access.edit_refusal(request.user),
        "representatives_refusal": access.representatives_refusal(request.user),
        "participation_refusal": participation_refusal,
        "confirm_refusal": participation_refusal or _confirm_refusal(current),
        "sections": sections_of(request.user, shown),
    }
    return render(request, "municipalities/municipality.html", context, status=422 if form.errors else status)


@dataclass(frozen=True)
class ShownRecord:
    """A record of participation in the history.

    Attributes:
        row: the record.
        stated: what holds with it; of a voided one, what it said.
        void_url: where it is voided; empty for those who may not.
    """

    row: ParticipationRecord
    stated: Stated
    void_url: str


def _records(request: HttpRequest, shown: Municipality, day: dt.date) -> list[ShownRecord]:
    """The history by the end of a day, the latest first; voided records stand where they stood."""
    rows = list(shown.participation_records.filter(happened_on__lte=day).to_show())
    stated = {one.row.pk: one.after for one in PARTICIPATION_RULES.walk(row for row in rows if row.voiding is None)}
    return [
        ShownRecord(
            row,
            stated.get(row.pk) or Stated(Participation(row.status or Participation.UNKNOWN), None, row.basis),
            ""
            if access.participation_void_refusal(request.user, row)
            else reverse("municipality_participation_void", args=[shown.slug, row.pk]),
        )
        for row in rows
    ]


def _confirm_refusal(current: ShownRecord | None) -> str | None:
    """Why there is nothing to confirm."""
    if current is None or current.stated.status == Participation.UNKNOWN:
        return NOTHING_STATED
    return STATED_TODAY if current.row.happened_on >= timezone.localdate() else None


def _dated(shown: Municipality, day: dt.date, *, internal: bool) -> dict[str, object]:
    """Names and codes, head and address: for everybody, what was voided for staff alone."""
    renamings: list[Renaming] = [row for row in shown.renamings.to_show() if internal or not row.voiding]
    heads: list[HeadRecord] = list(shown.head_records.to_show()) if internal else []
    return {
        "renamings": [] if all(row.is_beginning for row in renamings) else renamings,  # nothing has changed
        "head": shown.head_on(day),
        "head_records": heads,
    }


def _index(request: HttpRequest, shown: Municipality) -> dict[str, object]:
    """What the section of the index needs."""
    scores = list(shown.index_scores.select_related("edition").order_by("year"))
    return {
        "scores": scores,
        "chart": index_chart(scores),
        "index_refusal": access.index_refusal(request.user, shown),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the facts; a name or code that changes from a day on has a page of its own."""
    edited = municipality_or_404(request, slug)
    open_or_403(access.edit_refusal(request.user))
    form = municipality_form(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                correct_naming(form.save(), by=author(request))
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=edited.get_absolute_url())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Сведения сохранены.")
            return redirect(edited)
    stored = municipality_or_404(request, slug)  # the form has written what was typed into the other one
    context = {"municipality": stored, "form": form, "regions": regions_in_use()}
    return render(request, "municipalities/edit.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_add(request: HttpRequest) -> HttpResponse:
    """Add a municipality."""
    open_or_403(access.edit_refusal(request.user))
    form = municipality_form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                added: Municipality = form.save()
        except IntegrityError:  # the same form sent twice at the same moment
            form.add_error("oktmo", Municipality._meta.get_field("oktmo").error_messages["unique"])
        else:
            messages.success(request, f"{added.name}: муниципальное образование добавлено. Входит ли оно в Союз?")
            return redirect("municipality_membership", added.slug)
    context = {"form": form, "regions": regions_in_use()}
    return render(request, "municipalities/add.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Withdraw a municipality that was typed by mistake, or put it back; nothing is deleted."""
    moved = municipality_or_404(request, slug)
    open_or_403(access.edit_refusal(request.user))
    form = ListingForm(request.POST or None, initial={"listed": "no" if moved.is_listed else "yes"}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            moved.set_listed(form.cleaned_data["listed"], by=author(request), reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            done = "возвращено в портал" if moved.is_listed else "убрано из портала как внесённое ошибочно"
            messages.success(request, f"{moved.name}: муниципальное образование {done}.")
            return redirect(moved)
    context = {"municipality": moved, "form": form}
    return render(request, "municipalities/listing.html", context, status=form_status(request))
