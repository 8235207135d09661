"""Rounds: the list, one round with its board, preparing, opening and closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import author, form_status, open_or_403
from listings.answering import listing_response
from municipalities.surveys import access
from municipalities.surveys.forms import RoundForm
from municipalities.surveys.listing import Answering, Rounds
from municipalities.surveys.models import LetterPurpose, RoundAction, SurveyRefused, SurveyRound
from municipalities.surveys.models.round import ELSEWHERE
from municipalities.surveys.views.gates import round_or_404, round_to_edit
from revisions.conflict import conflict_page
from revisions.history import record_changes
from revisions.models import EditConflict
from russian.templatetags.russian import quoted

SHOWN = ("title", "assembly", "assembly_on", "opens_on", "closes_on", "note", "status")


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """The rounds that the visitor may see, the latest first."""
    rounds = Rounds(request.GET, request.user)
    refusal = access.survey_edit_refusal(request.user)
    return listing_response(request, rounds, "municipalities/surveys/surveys.html", edit_refusal=refusal)


@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The board for the Union's people; for a representative their own responses."""
    shown = round_or_404(request, pk)
    if not access.can_see_survey_results(request.user):
        own = access.visible_responses(request.user).filter(round=shown).select_related("municipality", "round")
        return render(request, "municipalities/surveys/own.html", {"survey": shown, "responses": own})
    listing = Answering(request.GET, request.user, shown)
    context = {
        "survey": shown,
        "board": listing.board,
        "questions": shown.questions.all(),
        "questions_refusal": shown.questions_refusal(),
        "answers_refusal": shown.answers_refusal(),
        "edit_refusal": access.survey_edit_refusal(request.user),
        "steps": [(action.value, _STEP_NAMES[action]) for action in RoundAction if not shown.refusal(action)],
        "open_refusal": shown.refusal(RoundAction.OPEN) if shown.status == "draft" else None,
        "invitation": LetterPurpose.INVITATION.value,
        "reminder": LetterPurpose.REMINDER.value,
        "changes": record_changes(shown, SHOWN),
    }
    return listing_response(request, listing, "municipalities/surveys/survey.html", **context)


_STEP_NAMES = {
    RoundAction.OPEN: "Открыть обмен",
    RoundAction.CLOSE: "Закрыть обмен",
    RoundAction.REOPEN: "Открыть снова",
}


@require_http_methods(["GET", "HEAD", "POST"])
def survey_add(request: HttpRequest) -> HttpResponse:
    """Prepare a new round."""
    open_or_403(access.survey_edit_refusal(request.user))
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = form.save()
        messages.success(request, "Обмен создан. Добавьте вопросы и откройте его.")
        return redirect(added)
    return render(request, "municipalities/surveys/edit.html", {"form": form}, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title, the dates, the municipalities."""
    edited = round_to_edit(request, pk)
    open_or_403(ELSEWHERE if edited.held_elsewhere else None)
    form = RoundForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=edited.get_absolute_url())
        except SurveyRefused as refused:
            form.add_error("municipalities", str(refused))
        else:
            messages.success(request, "Изменения сохранены.")
            return redirect(edited)
    context = {"form": form, "survey": SurveyRound.objects.get(pk=pk)}  # the form has changed `edited`
    return render(request, "municipalities/surveys/edit.html", context, status=form_status(request))


@require_POST
def survey_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close the round, or open it again."""
    moved = round_to_edit(request, pk)
    try:
        action = RoundAction(request.POST.get("action", ""))
        moved.move(action, by=author(request))
    except ValueError as unknown:
        raise PermissionDenied("Такого шага нет.") from unknown
    except SurveyRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, f"{action.label}: {quoted(moved.title)}.")
    return redirect(moved)
