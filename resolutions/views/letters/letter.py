"""The register of letters, one letter, its text and its steps."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.acting import doubts_of
from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from documents.access import may_see_personal_numbers
from documents.checklist import unprintable_refusal
from documents.uploads import ATTACHMENT, holders_of, takes_files
from listings.answering import listing_response
from resolutions import access
from resolutions.correspondence.ask_words import Watch
from resolutions.correspondence.listing import Register
from resolutions.correspondence.register import LettersOnDay, by_entry, point_letters
from resolutions.correspondence.repeating import draft_repeat, owed_by
from resolutions.execution.asks_report import AskLine, asks_report
from resolutions.execution.fulfilment import watch_of
from resolutions.execution.reading import Reading
from resolutions.forms.fields import MAX_FILES
from resolutions.forms.letter_text import LetterForm
from resolutions.forms.letters import LetterStepForm, RightStepForm
from resolutions.models import LETTER_STEPS, Correspondent, Letter, LetterAction, LetterStep, StepRefused
from resolutions.models.correspondence import UNSENT
from resolutions.models.steps import NumberTaken
from resolutions.views.gates import letter_or_404
from resolutions.views.letters.releasing import public_letter, release_context, release_link
from resolutions.views.links import StepLink, StepLinks, own_steps
from revisions.conflict import conflict_page
from revisions.history import record_changes
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page

CHANGED = "Пока форма была открыта, с письмом что-то сделал кто-то ещё. Проверьте и отправьте форму снова."


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that this visitor may read, newest first, with filters."""
    open_or_403(access.letters_refusal(request.user))
    return listing_response(
        request,
        Register(request.GET, request.user),
        "resolutions/letters/letters.html",
        incoming_refusal=access.incoming_refusal(request.user),
        numbering_refusal=access.numbering_refusal(request.user),
    )


@login_not_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter as it will be printed, with its requisites, its steps, its answers and the history of its edits.

    Strangers read its text alone, while it is released.
    """
    found = letter_or_404(request, pk)
    if access.letters_refusal(request.user):
        return public_letter(request, found)
    can_see_internal = access.can_see_internal(request.user)
    read = point_letters(found)
    stood = next(one for one in read.letters if one.letter.pk == found.pk)
    context = {
        "letter": found,
        "steps": _way(request, found),
        "asks": _asks(found, read),
        "answers": by_entry(stood.answers).items(),
        "owing": list(owed_by(found, read)),
        "links": _links(request, found),
        "edit_refusal": access.letter_edit_refusal(request.user, found),
        "repeat_refusal": access.letter_repeat_refusal(request.user, found),
        **release_context(request, found),
        "repeated_by": Letter.objects.visible_to(request.user).filter(repeats=found),
        "can_see_internal": can_see_internal,
        "signatures": found.issued_document.signatures.to_show() if found.issued_document else [],
        "personal_numbers": may_see_personal_numbers(request.user),
        "changes": record_changes(found, LetterForm.Meta.fields) if can_see_internal else [],
    }
    return render(request, "resolutions/letters/letter.html", context)


def _links(request: HttpRequest, found: Letter) -> StepLinks:
    """The steps, each on a page of its own, and what is attached to the signed paper."""
    user = request.user
    steps = [
        StepLink(step.label, step_url(found, action), access.letter_step_refusal(user, found, action))
        for action, step in LETTER_STEPS.items()
    ]
    scan, signature = (reverse(name, args=[found.pk]) for name in ("letter_scan", "letter_signature"))
    steps += [
        StepLink("Приложить скан с подписью", scan, access.scan_refusal(user, found)),
        StepLink("Приложить электронную подпись", signature, access.signature_refusal(user, found)),
        release_link(user, found),
    ]
    steps.append(StepLink("Внести ответ", _answer_url(found), access.letter_answer_refusal(user, found)))
    if repeat_refusal := access.letter_repeat_refusal(user, found):  # where it is open, it is a button of its own
        steps.append(StepLink("Составить повторное письмо", "", repeat_refusal))
    return own_steps(steps)


def _way(request: HttpRequest, found: Letter) -> list[tuple[LetterStep, str, str]]:
    """The steps, the latest first, each with where it is voided, for those who may, and what is to be looked at."""
    steps = list(found.steps.to_show().prefetch_related("files"))
    doubtful = doubts_of(steps)
    return [
        (
            one,
            "" if access.letter_void_refusal(request.user, found, one) else void_url(found, one),
            doubtful.get(one.pk, ""),
        )
        for one in steps
    ]


def _answer_url(found: Letter) -> str:
    """Where an answer to the letter is registered."""
    return f"{reverse('incoming_add')}?{urlencode({'from': str(found.correspondent or '')})}"


def _asks(found: Letter, read: LettersOnDay) -> Sequence[AskLine]:
    """What the letter carries, or is going to, as it stands today."""
    carried = {one.ask_id for one in found.carried.all()}
    asks = [one for one in read.asks if one.ask.pk in carried]
    point = found.point
    watch = watch_of(point.kept(), read.day) if point else Watch(read.day)
    return asks_report(asks, watch, Reading(read.day, None, with_letters=True, with_internal=True))


def void_url(letter: Letter, step: LetterStep) -> str:
    """Where a step is voided."""
    return reverse("letter_void", args=[letter.pk, step.pk])


def step_url(letter: Letter, action: LetterAction) -> str:
    """Where a step is taken."""
    if action == LetterAction.SIGN:
        return reverse("letter_sign", args=[letter.pk])
    return reverse("letter_step", args=[letter.pk, action.value])


@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = letter_or_404(request, pk)
    open_or_403(access.letter_edit_refusal(request.user, found))
    form = LetterForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=found.get_absolute_url())
        messages.success(request, "Письмо сохранено.")
        if refusal := unprintable_refusal(found.places(partial(getattr, found))):
            messages.warning(request, refusal)
        return redirect(found)
    known = Correspondent.objects.to_offer()
    context = {"letter": letter_or_404(request, pk), "form": form, "correspondents": known}
    return render(request, "resolutions/letters/letter_edit.html", context, status=form_status(request))


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(Permission.KEEP_LETTERS))
@require_http_methods(["GET", "HEAD", "POST"])
def letter_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take a step: register, send, deliver, change the deadline, note, annul."""
    found = letter_or_404(request, pk)
    if action not in LetterAction.values or action == LetterAction.SIGN:
        raise Http404
    step = LetterAction(action)
    open_or_403(access.letter_step_refusal(request.user, found, step))
    form = LetterStepForm(found, step, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["files"] = data.pop("attachments")
        taken = _take(request, found, step, form, data)
        if taken:
            return taken
    return _step_page(request, pk, step, form, form_status(request))


def _take(
    request: HttpRequest, found: Letter, action: LetterAction, form: Any, data: dict[str, Any]
) -> HttpResponse | None:
    """Take a step with a valid form; what stands against it goes into the form."""
    try:
        found.take_step(action, by=author(request), **data)
    except NumberTaken as refusal:
        form.add_error("number", str(refusal))
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
    except EditConflict:
        current = Letter.objects.get(pk=found.pk)
        open_or_403(access.letter_step_refusal(request.user, current, action))
        form.data = form.data.copy()
        form.data["version"] = str(current.version)
        form.add_error(None, CHANGED)
        return _step_page(request, found.pk, action, form, 409)
    else:
        messages.success(request, f"Записано: {LETTER_STEPS[action].label.lower()}.")
        return redirect(found)
    return None


def _step_page(request: HttpRequest, pk: int, action: LetterAction, form: Any, status: int) -> HttpResponse:
    found = letter_or_404(request, pk)
    context = {"letter": found, "form": form, "step": LETTER_STEPS[action], "latest": found.steps.in_force().first()}
    return render(request, "resolutions/letters/letter_step.html", context, status=status)


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(Permission.KEEP_LETTERS))
@require_http_methods(["GET", "HEAD", "POST"])
def letter_void(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Void a wrong step; the right one may be written with it."""
    found = letter_or_404(request, pk)
    wrong = get_object_or_404(found.steps.select_related("voided_by"), pk=step)
    open_or_403(access.letter_void_refusal(request.user, found, wrong))

    def write(reason: str, version: int, right: RightStepForm | None) -> None:
        replacement = right.new_step() if right else None
        found.void(wrong, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        wrong,
        version=found.version,
        trail=[Crumb("Письма", reverse("letters")), Crumb(str(found), found.get_absolute_url())],
        write=write,
        refused=StepRefused,
        right=partial(RightStepForm, wrong),
    )


@require_POST
def letter_repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a letter that repeats another one to a body that owes an answer, and go on to its editor."""
    found = letter_or_404(request, pk)
    open_or_403(access.letter_repeat_refusal(request.user, found))
    read = point_letters(found)
    owed = {str(body.pk): body for body in owed_by(found, read)}
    body = owed.get(request.POST.get("body", ""))
    if body is None:
        raise Http404
    if earlier := _unsent_repetition(found, body):
        messages.info(request, "Повторное письмо уже составлено: вот оно.")
        return redirect("letter_edit", earlier.pk)
    repeat = draft_repeat(found, body, read)
    messages.success(request, "Проект повторного письма составлен. Проверьте текст и зарегистрируйте письмо.")
    return redirect("letter_edit", repeat.pk)


def _unsent_repetition(found: Letter, body: Correspondent) -> Letter | None:
    """The repetition of a letter to a body that has not left yet."""
    return Letter.objects.filter(repeats=found, correspondent=body, state__in=UNSENT).first()
