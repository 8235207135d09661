"""Promises: the list, one promise with its steps, making one, taking and voiding steps."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import has_permission
from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from listings.answering import listing_response
from municipalities.access import representation_refusal, represents
from municipalities.models import Municipality
from municipalities.practices import access
from municipalities.practices.commitment_forms import (
    CommitmentForm,
    CommitmentStepForm,
    RightStepForm,
    add_refusal,
)
from municipalities.practices.forms import AdopterForm
from municipalities.practices.models import Commitment, CommitmentAction, CommitmentState, CommitmentStep, Practice
from municipalities.practices.models.adoption import IN_USE, PracticeAdoption
from municipalities.practices.models.commitment_step import COMMITMENT_RULES
from municipalities.practices.promise_list import CommitmentList
from municipalities.practices.promises import PromiseOnDay, promises_on, with_points
from municipalities.views.gates import municipality_or_404
from revisions.conflict import ConflictRow, render_conflict
from revisions.ledger import in_force
from revisions.models import EditConflict
from revisions.refusing import refused
from revisions.voiding import Crumb, void_page
from russian.templatetags.russian import long_date

# What a button of the card says, and the heading of the page that it opens.
STEPS: dict[str, str] = {
    CommitmentAction.ACCEPTED: "Принять обязательство",
    CommitmentAction.KEPT: "Отметить исполнение",
    CommitmentAction.MILESTONE: "Внести промежуточный итог",
    CommitmentAction.MOVED: "Перенести срок",
    CommitmentAction.PASSED: "Передать правопреемнику",
    CommitmentAction.DROPPED: "Снять обязательство",
}


def commitment_or_404(request: HttpRequest, pk: int) -> Commitment:
    """A promise, if this visitor may read it.

    Raises:
        Http404: there is none, or it waits or was voided and is not this visitor's.
    """
    return get_object_or_404(access.visible_commitments(request.user).told(), pk=pk)


@login_not_required
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """What the cities have promised, as of a day."""
    return listing_response(request, CommitmentList(request.GET, request.user))


@dataclass(frozen=True)
class ShownStep:
    """A step in the history; `void_url` is empty for those who may not void it."""

    row: CommitmentStep
    void_url: str


@login_not_required
@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, how it stands, and all of its steps."""
    shown = commitment_or_404(request, pk)
    user = request.user
    internal = has_permission(user, Permission.READ_INTERNAL) or represents(user, shown.municipality)
    context = {
        "commitment": shown,
        "promise": _standing(shown),
        "offered": [
            (action, label)
            for action, label in STEPS.items()
            if not access.commitment_step_refusal(user, shown, action)
        ],
        "history": [
            ShownStep(row, _void_url(request, row))
            for row in shown.steps.to_show().select_related("municipality", "voided_by")
        ],
        "internal": internal,
        "adoption_url": _adoption_url(request, shown),
        "successor": shown.municipality.succession,
    }
    return render(request, "municipalities/practices/commitments/card.html", context)


def _standing(shown: Commitment) -> PromiseOnDay | None:
    """Where a promise stands today; None when its making was voided."""
    asked = Commitment.objects.filter(pk=shown.pk)
    return next(iter(with_points(promises_on(timezone.localdate(), commitments=asked))), None)


def _void_url(request: HttpRequest, row: CommitmentStep) -> str:
    refusal = access.commitment_void_refusal(request.user, row)
    return "" if refusal else reverse("commitment_void", args=[row.commitment_id, row.pk])


def _adoption_url(request: HttpRequest, shown: Commitment) -> str:
    """Where the practice of a kept promise is marked as taken up, for those who may; empty when it is."""
    practice = shown.practice
    if shown.state != CommitmentState.KEPT or practice is None:
        return ""
    if access.adoption_refusal(request.user, practice, shown.municipality):
        return ""
    marks = PracticeAdoption.objects.filter(practice=practice, municipality=shown.municipality)
    is_in_use = marks.filter(status__in=IN_USE).exists()
    return "" if is_in_use else reverse("practice_adoption", args=[practice.pk, shown.municipality.slug])


@require_safe
def commitment_add(request: HttpRequest) -> HttpResponse:
    """Choose who promises; the only one is chosen already. The address may name the practice."""
    practice = _practice_asked(request)
    open_or_403(access.promising_refusal(request.user, practice))
    choices = access.keeps_of(request.user).exclude(pk=practice.municipality_id if practice else 0)
    form = AdopterForm(request.GET if "municipality" in request.GET else None, choices=choices)
    form.fields["municipality"].label = "Кто берёт обязательство"
    chosen = form.cleaned_data["municipality"] if form.is_valid() else None
    if chosen is None and not form.is_bound and choices.count() == 1:
        chosen = choices.get()
    if chosen:
        to_it = f"?practice={practice.pk}" if practice else ""
        return redirect(reverse("commitment_make", args=[chosen.slug]) + to_it)
    context = {"practice": practice, "form": form}
    return render(request, "municipalities/practices/commitments/add.html", context, status=422 if form.errors else 200)


def _practice_asked(request: HttpRequest) -> Practice | None:
    """The practice that the address names, if this visitor may see it."""
    key = request.GET.get("practice", "")
    found = access.visible_practices(request.user).select_related("municipality")
    return found.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_make(request: HttpRequest, slug: str) -> HttpResponse:
    """Promise something for a municipality."""
    owner = municipality_or_404(request, slug)
    form = CommitmentForm(
        request.POST or None,
        municipality=owner,
        practice=_practice_asked(request),
        for_city=access.writes_for_city(request.user, owner),
    )
    if refusal := access.promise_refusal(request.user, owner):
        return refused(request, refusal, form)
    if request.method == "POST" and _is_possible(request, form, owner):
        try:
            made = Commitment.make(form.new(), by=author(request))
        except ValidationError as impossible:
            add_refusal(form, impossible)
        else:
            messages.success(request, f"{owner.name}: обязательство взято. Срок – {long_date(made.due_on)}")
            return redirect(made)
    context = {"municipality": owner, "form": form}
    return render(request, "municipalities/practices/commitments/make.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take a step of a promise. What was sent too late is answered by the form, so that nothing typed is lost."""
    shown = commitment_or_404(request, pk)
    if action not in STEPS:
        raise Http404
    asked = access.commitment_refusal if request.method == "POST" else access.commitment_step_refusal
    for_city = access.writes_for_city(request.user, shown.municipality, action, shown.state)
    form = CommitmentStepForm(request.POST or None, commitment=shown, action=action, for_city=for_city)
    if refusal := asked(request.user, shown, action):
        return refused(request, refusal, form)
    if request.method == "POST" and _is_possible(request, form, shown.municipality):
        try:
            taken = shown.take(form.new(), by=author(request), version=form.cleaned_data["version"])
        except EditConflict:
            return _taken_meanwhile(request, form)
        except ValidationError as impossible:
            add_refusal(form, impossible)
        else:
            messages.success(request, f"Записано: {taken.name[:1].lower()}{taken.name[1:]}.")
            return redirect(shown)
    context = {"commitment": shown, "heading": STEPS[action], "action": action, "form": form}
    return render(request, "municipalities/practices/commitments/step.html", context, status=form_status(request))


def _is_possible(request: HttpRequest, form: CommitmentForm | CommitmentStepForm, owner: Municipality) -> bool:
    """Whether what was sent is valid, and of a day on which it was theirs: who speaks for a city does so from a day."""
    if form.is_valid():
        day = form.cleaned_data["happened_on"]
        if refusal := representation_refusal(request.user, owner, day):
            form.add_error("happened_on", refusal)
    return form.is_valid()


def _taken_meanwhile(request: HttpRequest, form: CommitmentStepForm) -> HttpResponse:
    """Show what somebody else wrote down beside what was typed; the form can be sent again after it."""
    stored, said = Commitment.objects.get(pk=form.commitment.pk), form.cleaned_data
    last = stored.steps.order_by("pk").last()
    rows = [
        ConflictRow("Шаг", last.name if last else "", str(form.action.label)),
        ConflictRow("Когда", long_date(last.happened_on) if last else "", long_date(said["happened_on"])),
        ConflictRow("Срок", long_date(stored.due_on), long_date(said.get("due_on") or stored.due_on)),
        ConflictRow("Примечание", last.text if last else "", said["text"]),
        ConflictRow("На каком основании", last.behalf_ground if last else "", said.get("behalf_ground", "")),
    ]
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = CommitmentStepForm(data, commitment=stored, action=form.action, for_city=form.for_city)
    differing = [row for row in rows if row.stored != row.yours]
    return render_conflict(request, differing, again, cancel_url=stored.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_void(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Void a wrong step; the right one may be taken with it."""
    shown = commitment_or_404(request, pk)
    steps = shown.steps.select_related("voided_by", "commitment__municipality", "municipality")
    wrong = get_object_or_404(steps, pk=step)

    def write(reason: str, version: int, right: RightStepForm | None) -> None:
        replacement = right.new() if right else None
        shown.void(wrong, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        wrong,
        version=shown.version,
        trail=[Crumb("Обязательства", reverse("commitments")), Crumb(shown.label, shown.get_absolute_url())],
        write=write,
        refused=ValidationError,
        right=partial(RightStepForm, wrong, behalf_of=_behalf_of(request, wrong)),
        refusal=access.commitment_void_refusal(request.user, wrong),
    )


def _behalf_of(request: HttpRequest, wrong: CommitmentStep) -> str:
    """For which municipality the right step would be taken by somebody who does not speak for it; empty for none."""
    # Not `moment_of`: somebody may have voided it meanwhile.
    rows = in_force(wrong.commitment.steps.all())
    before = COMMITMENT_RULES.fold(row for row in rows if row.order < wrong.order)
    owed = Municipality.objects.get(pk=before.municipality_id or wrong.commitment.maker_id)
    is_for_city = not wrong.by_link and access.writes_for_city(request.user, owed, wrong.action, before.state)
    return owed.name if is_for_city else ""
