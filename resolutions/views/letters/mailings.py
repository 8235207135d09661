"""Many letters from one text: write them, see them together, take a step with all, print them as one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import author, form_status, open_or_403
from documents.checklist import IssueRefused
from documents.views.prepared import paper_response
from resolutions import access
from resolutions.correspondence.batches import BATCH_ACTIONS, sign_all, step_all
from resolutions.correspondence.checklist import letter_findings
from resolutions.correspondence.due import LETTERS
from resolutions.correspondence.listing import MailingLetters
from resolutions.correspondence.mailings import (
    PERSON,
    suggested_recipients,
    suggested_text,
    write_letters,
)
from resolutions.correspondence.text import LetterText
from resolutions.forms.letters import LetterStepForm, MailingSignForm
from resolutions.forms.mailings import CommonTextForm, initial_of, recipient_rows
from resolutions.kinds import LETTER_KINDS, LetterKind
from resolutions.models import (
    LETTER_STEPS,
    Correspondent,
    DecisionPoint,
    Letter,
    LetterAction,
    Mailing,
    Resolution,
    StepRefused,
)
from resolutions.views.gates import resolution_or_404
from resolutions.views.links import StepLink, own_steps
from resolutions.views.signing import signer_of
from revisions.models import EditConflict
from revisions.sent_once import turned_back
from russian.templatetags.russian import counted


@require_http_methods(["GET", "HEAD", "POST"])
def mailing_add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Write the common text once, check the recipients, make a draft for each."""
    found, letters = resolution_or_404(request, slug), LETTER_KINDS.get(kind)
    if letters is None or not letters.is_mailed:
        raise Http404
    open_or_403(access.mailing_refusal(request.user, found))
    point = _point_of(found.points.all(), letters)
    if request.method != "POST":
        rows = recipient_rows(letters, initial=[initial_of(one) for one in suggested_recipients(point, kind)])
        return _add_page(request, found, letters, _suggested(found, letters), rows)
    form, rows = CommonTextForm(letters, request.POST), recipient_rows(letters, request.POST)
    rows.needs_person = PERSON in request.POST.get("body", "")
    rows.needs_answer = bool(request.POST.get("reply_days"))
    if not (form.is_valid() & rows.is_valid()):
        return _add_page(request, found, letters, form, rows)
    mailing = write_letters(
        found, kind=kind, point=point, common=form.common(), recipients=rows.recipients(), by=author(request)
    )
    messages.success(request, "Письма подготовлены. Проверьте их и зарегистрируйте.")
    return redirect(mailing)


def _suggested(found: Resolution, letters: LetterKind) -> CommonTextForm:
    """The form with a first text."""
    return CommonTextForm(letters, initial=vars(suggested_text(found, letters.code)))


def _point_of(points: Any, letters: LetterKind) -> DecisionPoint | None:
    """The point that the letters carry out: the thanks have one, a circular is about the whole decision."""
    return next((point for point in points if point.of_kind.drafts_many == letters), None)


def _add_page(request: HttpRequest, found: Any, letters: LetterKind, form: CommonTextForm, rows: Any) -> HttpResponse:
    context = {
        "resolution": found,
        "kind": letters,
        "form": form,
        "rows": rows,
        "correspondents": Correspondent.objects.to_offer() if letters.waits else (),
    }
    return render(request, "resolutions/letters/mailing_add.html", context, status=form_status(request))


@require_safe
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """The letters of a mailing, with what can be done with all of them."""
    found = _mailing_or_404(request, pk)
    letters = list(_letters(found))
    steps = own_steps(_step(request, found, letters, action) for action in (LetterAction.SIGN, *BATCH_ACTIONS))
    context = {"mailing": found, "steps": steps}
    context["listing"] = MailingLetters(request.GET, request.user, found, letters)
    return render(request, "resolutions/letters/mailing.html", context)


def _letters(found: Mailing) -> QuerySet[Letter]:
    """The letters of a mailing, in the order in which they were written."""
    return Letter.objects.filter(mailing=found).with_documents().order_by("pk")


def _mailing_or_404(request: HttpRequest, pk: int) -> Mailing:
    """A mailing, for the Union's staff."""
    if not access.can_see_internal(request.user):
        raise Http404
    return get_object_or_404(Mailing.objects.select_related("resolution", "point"), pk=pk)


def _ready(letters: Iterable[Letter], action: LetterAction) -> list[Letter]:
    """The letters that wait for a step, whoever takes it."""
    return [one for one in letters if one.step_refusal(action) is None]


def _step(request: HttpRequest, found: Mailing, letters: list[Letter], action: LetterAction) -> StepLink:
    """A step with all letters that wait for it."""
    ready = _ready(letters, action)
    refusal = access.mailing_step_refusal(request.user, ready, action)
    label = LETTER_STEPS[action].label
    if action == LetterAction.SIGN:
        url = reverse("mailing_sign", args=[found.pk])
    else:
        url = reverse("mailing_step", args=[found.pk, action.value])
    return StepLink(label if refusal else f"{label}: {counted(len(ready), LETTERS)}", url, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def mailing_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Register, send or deliver all letters of a mailing for which it is time."""
    found = _mailing_or_404(request, pk)
    if action not in BATCH_ACTIONS:
        raise Http404
    step = LetterAction(action)
    letters = _ready(_letters(found), step)
    open_or_403(access.mailing_step_refusal(request.user, letters, step))
    form = LetterStepForm(letters[0], step, request.POST or None)
    form.fields.pop("number", None)  # numbers of many letters come from the series
    form.fields.pop("attachments", None)
    form.fields.pop("before", None)  # each letter has steps of its own
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            step_all(found, step, by=author(request), **data)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Записано для всех: {LETTER_STEPS[step].label.lower()}.")
            return redirect(found)
    context = {"mailing": found, "form": form, "step": LETTER_STEPS[step], "letters": letters}
    return render(request, "resolutions/letters/mailing_step.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def mailing_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chair the letters of a mailing with what is odd about each, and sign them all."""
    found = _mailing_or_404(request, pk)
    letters = _ready(_letters(found), LetterAction.SIGN)
    open_or_403(access.mailing_step_refusal(request.user, letters, LetterAction.SIGN))
    form = MailingSignForm(request.POST or None, initial={"seen": MailingSignForm.seen_of(letters)})
    if request.method == "POST" and form.is_valid():
        try:
            sign_all(found, form.cleaned_data["seen"], is_public=form.cleaned_data["is_public"], by=author(request))
        except IssueRefused as refusal:
            form.add_error(None, str(refusal))
        except (StepRefused, EditConflict):
            changed = "Одно из писем изменилось, пока страница была открыта. Прочитайте их ещё раз."
            return turned_back(request, changed, "mailing_sign", pk)
        else:
            messages.success(request, "Письма подписаны. Документы выпущены и больше не изменятся.")
            return redirect(found)
    shown = [(one, letter_findings(LetterText.of(one), **signer_of(request))) for one in letters]
    context = {"mailing": found, "form": form, "shown": shown}
    return render(request, "resolutions/letters/mailing_sign.html", context, status=form_status(request))


@require_safe
def mailing_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All letters of a mailing as one PDF, each on its own sheet."""
    found = _mailing_or_404(request, pk)
    return paper_response(request, "mailing-pdf", {"mailing": found.pk}, f"{found.title}.pdf", inline=True)


@require_safe
def mailing_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All letters of a mailing as files of their own, for Word and for printing."""
    found = _mailing_or_404(request, pk)
    return paper_response(request, "mailing-zip", {"mailing": found.pk}, f"{found.title}.zip")
