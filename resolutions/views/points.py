"""The control card of a point, its steps, and the appeal that it may order."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import author, form_status, open_or_403
from documents.uploads import ATTACHMENT, holders_of, takes_files
from resolutions import access
from resolutions.acting import Actor, looks_at
from resolutions.correspondence.appeal import draft_appeal
from resolutions.correspondence.register import placed_on
from resolutions.execution.asks_report import asks_report
from resolutions.execution.fulfilment import fulfilment_of, proposes_closing, watch_of
from resolutions.execution.measured import measured_on
from resolutions.execution.member_rows import MemberRow, MemberRows, read_members
from resolutions.execution.point_promises import promises_of
from resolutions.execution.reading import Reading
from resolutions.execution.results import result_of, show_result
from resolutions.forms.fields import MAX_FILES
from resolutions.forms.points import PointStepForm
from resolutions.forms.right_entry import RightEntryForm
from resolutions.forms.together import StepsTogether
from resolutions.models import (
    POINT_STEPS,
    Correction,
    DecisionPoint,
    Letter,
    PointAction,
    ProgressEntry,
    ResolutionStatus,
    StepRefused,
)
from resolutions.models.party import MAY_ACT, PARTIES
from resolutions.models.point_standing import POINT_RULES, lifted_since
from resolutions.views.gates import point_or_404
from resolutions.views.links import StepLink, StepLinks, own_steps
from revisions.also_wrong import AlsoWrong
from revisions.ledger import in_force
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page


@login_not_required
@require_safe
def point(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was decided, who answers for it, what was done, and what may be done now."""
    found = point_or_404(request, slug, number)
    user = request.user
    today, stood = timezone.localdate(), found.kept()
    letters = list(Letter.objects.filter(point=found).defer("body", "search_text").with_asks())
    read = placed_on(today, letters)
    show_result(found, result_of(found, stood, letters, today))
    measured = measured_on([(found, found.measure)], None)[found.pk]
    fulfilment = fulfilment_of(found, letters=read, measured=measured)
    progress = _progress(request, found)
    promises = promises_of([found], today, with_waiting=access.can_see_internal(user))
    members = read_members([(found, stood)], today, promises=promises).get(found.pk)
    context = {
        "point": found,
        "resolution": found.resolution,
        "progress": progress,
        "lifted_on": lifted_since(POINT_RULES.walk(one.row for one in progress if one.row.voiding is None)),
        "steps": _steps(request, found),
        "of_past": found.resolution.status != ResolutionStatus.DRAFT,
        "measured": measured,
        "remind_refusal": access.remind_refusal(user, found),
        "members": members,
        "own_rows": _own_rows(request, members),
        "promises": promises[found.pk],
        "fulfilment": fulfilment,
        "asks": asks_report(read.asks, watch_of(stood, read.day), _reading(request, read.day)),
        "proposes_closing": proposes_closing(found, fulfilment) and access.can_see_internal(user),
        "letters": Letter.objects.readable_by(user).filter(point=found),
        "appeal_refusal": access.appeal_refusal(user, found),
        "mailing_refusal": access.point_mailing_refusal(user, found),
        "can_see_internal": access.can_see_internal(user),
        "can_see_files": access.can_see_own_files(Actor(user), found),
    }
    return render(request, "resolutions/point.html", context)


def _own_rows(request: HttpRequest, members: MemberRows | None) -> list[MemberRow]:
    """The members for which the visitor may report."""
    if members is None:
        return []
    mine = Actor(request.user).municipalities
    return [row for row in members.rows if row.left_on is None and row.municipality.pk in mine]


def _reading(request: HttpRequest, day: dt.date) -> Reading:
    """The card of today, for whoever looks."""
    user = request.user
    return Reading(day, None, access.letters_refusal(user) is None, access.can_see_internal(user))


@dataclass(frozen=True)
class ShownEntry:
    """An entry of the progress on the card.

    Attributes:
        row: the entry.
        due_before, due_on: the deadline that it moved, and where to.
        void_url: where it is voided; empty for those who may not.
        look: why the Union's people should have a look at it: powers by which it was written were taken back since.
    """

    row: ProgressEntry
    due_before: dt.date | None
    due_on: dt.date | None
    void_url: str
    look: str


def _progress(request: HttpRequest, found: DecisionPoint) -> list[ShownEntry]:
    """The progress, the latest first; voided entries stand where they stood."""
    rows = list(found.progress.to_show().prefetch_related("files"))
    moved = {
        one.row.pk: (one.before.due_on, one.after.due_on)
        for one in POINT_RULES.walk(row for row in rows if row.voiding is None)
        if one.before.due_on != one.after.due_on
    }
    address = (found.resolution.slug, found.number)
    looks = looks_at(rows) if access.can_see_internal(request.user) else {}
    return [
        ShownEntry(
            row,
            *moved.get(row.pk, (None, None)),
            "" if access.point_void_refusal(request.user, row) else reverse("point_void", args=[*address, row.pk]),
            looks.get(row.pk, ""),
        )
        for row in rows
    ]


def _steps(request: HttpRequest, found: DecisionPoint) -> StepLinks:
    """The steps of the card, for those whose they are."""
    actor = Actor(request.user)
    return own_steps(
        StepLink(
            step.label,
            reverse("point_step", args=[found.resolution.slug, found.number, action.value]),
            access.point_step_refusal(actor, found, action),
        )
        for action, step in POINT_STEPS.items()
    )


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(*MAY_ACT))
@require_http_methods(["GET", "HEAD", "POST"])
def point_step(request: HttpRequest, slug: str, number: int, action: str) -> HttpResponse:
    """Take a step: record progress, name who answers for the point, report, close, return, extend, cancel."""
    found = point_or_404(request, slug, number)
    if action not in PointAction.values:
        raise Http404
    step, actor = PointAction(action), Actor(request.user)
    if refusal := access.point_entry_refusal(actor, found, step):
        return _refused(request, _sent_steps(request, found, step, actor), refusal)
    if request.method != "POST":
        proposal = fulfilment_of(found).proposal if step == PointAction.REPORT else ""
        return _step_page(request, StepsTogether(PointStepForm(found, step, actor=actor, text=proposal)))
    steps = _sent_steps(request, found, step, actor)
    if steps.is_valid():
        try:
            version = steps.form.cleaned_data["version"]
            found.take_steps(steps.new_entries(), version=version, by=author(request))
        except StepRefused as impossible:
            steps.refuse(impossible)
        except EditConflict:
            return _someone_was_quicker(request, found, step, actor)
        else:
            taken = ", ".join(form.step.label.lower() for form in steps.chain)
            messages.success(request, f"Записано: {taken}.")
            return redirect(found)
    return _step_page(request, steps, status=form_status(request))


def _sent_steps(
    request: HttpRequest, found: DecisionPoint, step: PointAction, actor: Actor, data: QueryDict | None = None
) -> StepsTogether:
    """The step that was sent, with those that follow it at once."""
    data = data or request.POST
    return StepsTogether(PointStepForm(found, step, data, request.FILES, actor=actor), data, request.FILES)


def _someone_was_quicker(request: HttpRequest, found: DecisionPoint, step: PointAction, actor: Actor) -> HttpResponse:
    """The form with what was typed, ready to be sent again, beside what the other one recorded."""
    current = DecisionPoint.objects.select_related("resolution", *PARTIES).get(pk=found.pk)
    if refusal := access.point_entry_refusal(actor, current, step):
        return _refused(request, _sent_steps(request, current, step, actor), refusal)
    data = request.POST.copy()
    data["version"] = str(current.version)
    steps = _sent_steps(request, current, step, actor, data)
    steps.form.add_error(
        None, "Пока форма была открыта, запись добавил кто-то ещё. Прочитайте её и отправьте свою снова."
    )
    return _step_page(request, steps, status=409)


def _refused(request: HttpRequest, steps: StepsTogether, refusal: str) -> HttpResponse:
    """Refuse a step, and give back what was typed: somebody was quicker, or it is not theirs any more."""
    return render(request, "revisions/refused.html", {"reason": refusal, "typed": steps.typed()}, status=403)


def _step_page(request: HttpRequest, steps: StepsTogether, *, status: int = 200) -> HttpResponse:
    found = steps.form.point
    context = {
        "point": found,
        "resolution": found.resolution,
        "steps": steps,
        "form": steps.form,
        "step": steps.form.step,
        "latest": found.progress.in_force().first(),
        "lost_files": bool(request.FILES),
        "closed_now": found.step_refusal(steps.form.action),
    }
    return render(request, "resolutions/point_step.html", context, status=status)


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(*MAY_ACT))
@require_http_methods(["GET", "HEAD", "POST"])
def point_void(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Void a wrong entry of the progress; the right one may be written with it."""
    found = point_or_404(request, slug, number)
    entry = get_object_or_404(found.progress.select_related("voided_by", *PARTIES), pk=pk)

    actor = Actor(request.user)
    also = AlsoWrong(request, _later_than(entry), lambda row: partial(RightEntryForm, row, actor=actor))

    def write(reason: str, version: int, right: RightEntryForm | None) -> None:
        wrong = [(entry, right), *also.said]
        corrections = [Correction(row, form.new_entry() if form else None) for row, form in wrong]
        found.correct(corrections, reason=reason, version=version, by=author(request))

    return void_page(
        request,
        entry,
        version=found.version,
        trail=trail_of(found),
        write=write,
        refused=StepRefused,
        right=partial(RightEntryForm, entry, actor=actor),
        also=also,
        refusal=access.point_void_refusal(request.user, entry),
    )


def _later_than(entry: ProgressEntry) -> list[ProgressEntry]:
    """The later entries that may stand on one: what may stand anywhere, such as a note, stands on none. One query."""
    rows = in_force(entry.point.progress.select_related(*PARTIES))
    later = [row for row in rows if row.order > entry.order]
    return [row for row in later if not POINT_STEPS[PointAction(row.action)].replays]


def trail_of(found: DecisionPoint) -> list[Crumb]:
    """The pages down to the card."""
    decision = found.resolution
    title = f"Решение от {decision.day_and_number}" if decision.adopted_on else "Проект решения"
    pages = [Crumb("Решения", reverse("resolutions")), Crumb(title, decision.get_absolute_url())]
    return [*pages, Crumb(str(found), found.get_absolute_url())]


@require_POST
def point_appeal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Draft the appeal that the point orders, and go on to its editor."""
    found = point_or_404(request, slug, number)
    open_or_403(access.appeal_refusal(request.user, found))
    letter = draft_appeal(found)
    messages.success(request, "Проект обращения составлен по тексту решения. Проверьте адресата и текст.")
    return redirect("letter_edit", letter.pk)
