"""One response: read by the Union's people and its own municipality, accepted or returned by the secretariat."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import author, open_or_403
from municipalities.personal_links import card_of
from municipalities.surveys import access
from municipalities.surveys.forms import RemarkForm
from municipalities.surveys.letters import writing_refusal
from municipalities.surveys.models import LetterPurpose, ResponseAction, SurveyResponse
from municipalities.surveys.models.round import LINKS, SurveyRefused
from municipalities.surveys.views.answering import answers_in_words
from municipalities.surveys.views.gates import response_or_404, response_to_judge
from revisions.models import EditConflict
from revisions.numbers import whole_number
from revisions.sent_once import turned_back

CHANGED = "Пока вы читали, ответ изменился. Прочитайте его ещё раз и повторите действие."


@require_safe
def survey_response(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """What a municipality answered, and what happened to it."""
    return _page(request, response_or_404(request, pk, slug))


@require_POST
def survey_accept(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Accept the response; participation is recorded with it."""
    response = response_to_judge(request, pk, slug)
    open_or_403(response.refusal(ResponseAction.ACCEPT))
    try:
        response.accept(version=_version(request), by=author(request))
    except EditConflict:
        return _changed(request, response)
    except SurveyRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    except ValidationError as refused:
        return turned_back(request, f"Ответ не принят: {' '.join(refused.messages)}", response)
    messages.success(request, f"{response.municipality}: ответ принят, статус участия записан.")
    return redirect("survey", pk)


@require_POST
def survey_return(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Return the response with a remark; the letter about it is the next page."""
    response = response_to_judge(request, pk, slug)
    open_or_403(response.refusal(ResponseAction.RETURN))
    form = RemarkForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, response, remark_form=form)
    try:
        response.send_back(**form.cleaned_data, by=author(request))
    except EditConflict:
        return _changed(request, response)
    except SurveyRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, f"{response.municipality}: ответ возвращён. Сообщите об этом муниципалитету.")
    return redirect("survey_letter", pk, slug, LetterPurpose.REMARK)


def _version(request: HttpRequest) -> int:
    """The version of the response as it was shown; 0, which none has, when the form does not say."""
    return whole_number(request.POST.get("version", ""), most=10**9) or 0


def _changed(request: HttpRequest, response: SurveyResponse) -> HttpResponse:
    fresh = response_or_404(request, response.round_id, response.municipality.slug)
    return _page(request, fresh, status=409, notice=CHANGED)


def _page(
    request: HttpRequest,
    response: SurveyResponse,
    *,
    remark_form: RemarkForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    """The page; a form that is handed over was refused."""
    judges = access.survey_edit_refusal(request.user) is None
    staff = access.can_see_survey_results(request.user)
    context = {
        "survey": response.round,
        "municipality": response.municipality,
        "response": response,
        "answers": answers_in_words(response),
        # A draft is the municipality's own affair until it is sent.
        "shows_answers": not staff or response.state in ("submitted", "accepted", "returned"),
        "events": response.events.all(),
        "deliveries": response.deliveries.select_related("mail") if staff else [],
        "judges": judges,
        "staff": staff,
        "writing_refusal": writing_refusal(response),
        "accept_refusal": response.refusal(ResponseAction.ACCEPT),
        "return_refusal": response.refusal(ResponseAction.RETURN),
        "answer_refusal": access.survey_answer_refusal(request.user, response) or response.refusal(ResponseAction.SAVE),
        "card": card_of(LINKS, response, request.user),
        "remark_form": remark_form or RemarkForm(initial={"version": response.version}, label_suffix=""),
        "notice": notice,
    }
    code = 422 if remark_form else status
    return render(request, "municipalities/surveys/response.html", context, status=code)
