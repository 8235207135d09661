"""The catalogue of practices, one practice, its edits, and who takes it up."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import has_permission
from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from listings.answering import listing_response
from municipalities.access import visible_municipalities
from municipalities.practices import access
from municipalities.practices.catalogue import Adopters, Catalogue
from municipalities.practices.forms import (
    AdopterForm,
    AdoptionForm,
    NewPracticeForm,
    PracticeForm,
    RightMarkForm,
    WithdrawalForm,
)
from municipalities.practices.models import AdoptionStatus, Practice, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.models.adoption import ADOPTION_RULES
from municipalities.practices.sections import commitments_to
from municipalities.views.gates import municipality_or_404
from revisions.conflict import ConflictRow, conflict_page, render_conflict
from revisions.history import record_changes
from revisions.models import EditConflict
from revisions.refusing import refused
from revisions.voiding import Crumb, void_page
from russian.collation import in_russian_order
from russian.templatetags.russian import long_date

FACTS = ("title", "direction", "done", "result", "contact", "link", "is_published")


def practice_or_404(request: HttpRequest, pk: int) -> Practice:
    """A practice, if this visitor may see it.

    Raises:
        Http404: there is none, or it was withdrawn and is not this visitor's.
    """
    return get_object_or_404(
        access.visible_practices(request.user).select_related("municipality", "direction__edition"), pk=pk
    )


@login_not_required
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Search, filters and practices; htmx gets the same as a fragment."""
    return listing_response(
        request,
        Catalogue(request.GET, request.user),
        "municipalities/practices/practices.html",
        add_refusal=lambda: access.practice_add_refusal(request.user),
        requests_refusal=lambda: access.requests_refusal(request.user),
    )


@login_not_required
@require_safe
def practices_uptake(request: HttpRequest) -> HttpResponse:
    """Which members have taken up whose practices; the numbers of a decision's card lead here."""
    return listing_response(request, Adopters(request.GET, request.user), "municipalities/practices/uptake.html")


@login_not_required
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, what came of it, who took it up."""
    shown = practice_or_404(request, pk)
    user = request.user
    marks = PracticeAdoption.objects.filter(practice=shown, municipality__in=visible_municipalities(user))
    keeps = set(access.keeps_of(user).values_list("pk", flat=True))
    if not has_permission(user, Permission.READ_INTERNAL):  # what was voided whole is nothing to strangers
        marks = marks.exclude(Q(status="") & ~Q(municipality__in=keeps))
    edit_refusal = access.practice_edit_refusal(user, shown)
    internal = not edit_refusal or has_permission(user, Permission.READ_INTERNAL)
    context = {
        "practice": shown,
        "marks": [
            (adoption, _history(request, adoption))
            for adoption in marks.select_related("municipality", "practice")
            .prefetch_related(Prefetch("records", PracticeAdoptionRecord.objects.to_show()))
            .order_by(in_russian_order("municipality__name"))
        ],
        "may_see_contacts": access.can_see_contacts(user),
        "edit_refusal": edit_refusal,
        "adopt_refusal": access.adopt_refusal(user, shown),
        "ask_refusal": access.ask_refusal(user, shown),
        "keeps": keeps,
        "all_names": has_permission(user, Permission.READ_INTERNAL),
        "requests": access.visible_requests(user).filter(practice=shown).select_related("municipality"),
        "internal": internal,
        "changes": record_changes(shown, FACTS) if internal else [],
        **commitments_to(user, shown),
    }
    return render(request, "municipalities/practices/practice.html", context)


@dataclass(frozen=True)
class ShownMark:
    """A mark in the history.

    Attributes:
        row: the mark.
        before: the mark that it followed, in words; empty for the first, and for a voided one.
        void_url: where it is voided; empty for those who may not.
    """

    row: PracticeAdoptionRecord
    before: str
    void_url: str


def _history(request: HttpRequest, adoption: PracticeAdoption) -> list[ShownMark]:
    """The marks of an adoption, whose records are prefetched to be shown."""
    rows = list(adoption.records.all())
    followed = {one.row.pk: one.before.status for one in ADOPTION_RULES.walk(r for r in rows if r.voiding is None)}
    labels = {status.value: str(status.label) for status in AdoptionStatus}
    address = (adoption.practice_id, adoption.municipality.slug)
    return [
        ShownMark(
            row,
            labels.get(followed.get(row.pk, ""), ""),
            ""
            if access.mark_void_refusal(request.user, row)
            else reverse("practice_mark_void", args=[*address, row.pk]),
        )
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def practice_mark_void(request: HttpRequest, pk: int, slug: str, mark: int) -> HttpResponse:
    """Void a wrong mark; the right one may be made with it."""
    shown, adopter = practice_or_404(request, pk), municipality_or_404(request, slug)
    adoption = get_object_or_404(
        PracticeAdoption.objects.select_related("practice", "municipality"), practice=shown, municipality=adopter
    )
    wrong = get_object_or_404(adoption.records.select_related("voided_by"), pk=mark)

    def write(reason: str, version: int, right: RightMarkForm | None) -> None:
        replacement = right.new_mark() if right else None
        adoption.void(wrong, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        wrong,
        version=adoption.version,
        trail=[Crumb("Практики", reverse("practices")), Crumb(shown.title, shown.get_absolute_url())],
        write=write,
        refused=ValidationError,
        right=partial(RightMarkForm, wrong),
        refusal=access.mark_void_refusal(request.user, wrong),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def practice_add(request: HttpRequest) -> HttpResponse:
    """Tell about a practice."""
    open_or_403(access.practice_add_refusal(request.user))
    choices = access.keeps_of(request.user)
    form = NewPracticeForm(request.POST or None, choices=choices, chosen=request.GET.get("municipality", ""))
    if request.method == "POST" and form.is_valid():
        added: Practice = form.save()
        messages.success(request, "Практика опубликована.")
        return redirect(added)
    return render(request, "municipalities/practices/add.html", {"form": form}, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is told about a practice."""
    edited = practice_or_404(request, pk)
    open_or_403(access.practice_edit_refusal(request.user, edited))
    form = PracticeForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=edited.get_absolute_url())
        messages.success(request, "Описание практики сохранено.")
        return redirect(edited)
    stored = practice_or_404(request, pk)  # the form has written what was typed into the other one
    context = {"practice": stored, "form": form}
    return render(request, "municipalities/practices/edit.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def practice_publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a practice, or publish it again; nothing is deleted."""
    moved = practice_or_404(request, pk)
    open_or_403(access.practice_edit_refusal(request.user, moved))
    form = WithdrawalForm(request.POST or None, published=moved.is_published)
    if request.method == "POST" and form.is_valid():
        moved.set_published(form.cleaned_data["published"], by=author(request), reason=form.cleaned_data["reason"])
        messages.success(request, "Практика опубликована." if moved.is_published else "Практика снята с публикации.")
        return redirect(moved)
    context = {"thing": moved, "form": form, "back": moved.get_absolute_url(), "section": "practices"}
    return render(request, "municipalities/practices/publication.html", context, status=form_status(request))


@require_safe
def practice_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose for which municipality the practice is marked; the only one is chosen already."""
    shown = practice_or_404(request, pk)
    open_or_403(access.adopt_refusal(request.user, shown))
    choices = access.keeps_of(request.user).exclude(pk=shown.municipality_id)
    form = AdopterForm(request.GET or None, choices=choices)
    chosen = form.cleaned_data["municipality"] if form.is_valid() else None
    if chosen is None and not form.is_bound and choices.count() == 1:
        chosen = choices.get()
    if chosen:
        return redirect("practice_adoption", shown.pk, chosen.slug)
    context = {"practice": shown, "form": form}
    return render(request, "municipalities/practices/adopt.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_adoption(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Mark how far a municipality has taken up the practice."""
    shown, adopter = practice_or_404(request, pk), municipality_or_404(request, slug)
    stored = PracticeAdoption.objects.filter(practice=shown, municipality=adopter).first()
    form = AdoptionForm(request.POST or None, practice=shown, municipality=adopter, stored=stored)
    if refusal := access.adoption_refusal(request.user, shown, adopter):
        return refused(request, refusal, form)
    if request.method == "POST" and form.is_valid():
        try:
            marked = form.record(author(request))
        except EditConflict:
            return _marked_meanwhile(request, form)
        except ValidationError as impossible:
            form.add_error(None, impossible.messages)
        else:
            messages.success(request, f"{adopter.name}: отметка поставлена – «{marked.get_status_display()}».")
            return redirect(shown)
    elif request.method == "POST" and stored and form.data.get("version") not in (None, "", str(stored.version)):
        return _marked_meanwhile(request, form)  # what was chosen then cannot follow any more
    context = {"practice": shown, "municipality": adopter, "stored": stored, "form": form}
    return render(request, "municipalities/practices/adoption.html", context, status=form_status(request))


def _marked_meanwhile(request: HttpRequest, form: AdoptionForm) -> HttpResponse:
    """Show what somebody else marked beside what was typed; the form can be sent again after it."""
    stored = PracticeAdoption.objects.get(practice=form.practice, municipality=form.municipality)
    last = stored.records.in_force().first()
    labels = {status.value: str(status.label) for status in AdoptionStatus}
    day = form.cleaned_data.get("effective_on")
    rows = [
        ConflictRow("Отметка", labels.get(stored.status, "—"), labels.get(request.POST.get("status", ""), "—")),
        ConflictRow("С какого дня", long_date(stored.since), long_date(day)),
        ConflictRow("Примечание", last.text if last else "", form.cleaned_data.get("note", "")),
    ]
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = AdoptionForm(data, practice=form.practice, municipality=form.municipality, stored=stored)
    differing = [row for row in rows if row.stored != row.yours]
    return render_conflict(request, differing, again, cancel_url=form.practice.get_absolute_url())
