"""The form that a municipality fills in: behind the login, or behind its personal link."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import author, form_status, open_or_403
from municipalities.personal_links import Opened, hold, offers_of
from municipalities.surveys import access
from municipalities.surveys.forms import AnswerForm
from municipalities.surveys.models import ResponseAction, ResponseState, SurveyRefused, SurveyResponse
from municipalities.surveys.models.round import LINKS
from municipalities.surveys.views.gates import response_or_404
from municipalities.views.personal_links import behind_link
from revisions.conflict import ConflictRow, render_conflict
from revisions.models import EditConflict

DRAFT_KEPT = "Черновик сохранён. Его видит и может дополнить только ваше муниципальное образование."
SENT = "Ответ отправлен секретариату. Спасибо!"


@require_http_methods(["GET", "HEAD", "POST"])
def survey_answer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The form for the logged-in representative."""
    response = response_or_404(request, pk, slug)
    open_or_403(access.survey_answer_refusal(request.user, response))
    if request.POST.get("action") == ResponseAction.OPEN:
        return _open(request, response, by=author(request))
    refusal = response.refusal(ResponseAction.SAVE)
    if refusal:
        return _too_late(request, response, refusal)
    return _form_page(request, response, by=author(request))


def typed_answers(post: QueryDict, response: SurveyResponse) -> list[tuple[str, str]]:
    """What somebody sent who came too late: each question that they answered, and their answer as they typed it."""
    form = AnswerForm(post, response=response, final=False)
    answered = [name for name in form.fields if name != "version" and form[name].value()]
    return [(str(form.fields[name].label), _in_words(form, name)) for name in answered]


@behind_link(LINKS, typed=typed_answers)
def survey_form(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The form behind a personal link: this municipality, this round, no password, and nothing else."""
    response: SurveyResponse = opened.subject
    if request.POST.get("action") == ResponseAction.OPEN:
        return _open(request, response, by=None, opened=opened)
    if response.refusal(ResponseAction.SAVE):
        return _sent_page(request, opened)
    return _form_page(request, response, by=None, opened=opened)


@transaction.atomic
def _open(
    request: HttpRequest, response: SurveyResponse, *, by: User | None, opened: Opened | None = None
) -> HttpResponse:
    """Remember who pressed the button, and lead to the form; to what says why, where it takes nothing any more."""
    if opened:
        hold(opened)
    response.open(by=by)
    return redirect(response if by and response.refusal(ResponseAction.SAVE) else request.path)


def _form_page(
    request: HttpRequest, response: SurveyResponse, *, by: User | None, opened: Opened | None = None
) -> HttpResponse:
    """Show the form; keep a draft or send the answer. Asking for it changes nothing: machines do so too.

    Before a person has opened it, whoever asks sees what it is about, and the button.
    """
    about = {
        "survey": response.round,
        "municipality": response.municipality,
        "response": response,
        "by_link": opened is not None,
    }
    if request.method != "POST" and response.state == ResponseState.NOT_OPENED:
        return render(request, "municipalities/surveys/start.html", about)
    final = request.POST.get("action") == "submit"
    respondent = ", ".join(filter(None, [by.name, by.position]))[:150] if by else ""
    form = AnswerForm(request.POST or None, response=response, respondent=respondent, final=final)
    if request.method == "POST" and form.is_valid():
        try:
            _store(form, by=by, opened=opened)
        except EditConflict:
            return _conflict(request, response, form)
        except SurveyRefused as refused:
            return _too_late(request, response, str(refused))
        messages.success(request, SENT if final else DRAFT_KEPT)
        return redirect(response if by and final else request.path)
    returned = response.events.exclude(remark="").first() if response.state == "returned" else None
    offers = offers_of(opened) if opened else []
    context = {**about, "form": form, "remark": returned.remark if returned else "", "offers": offers}
    return render(request, "municipalities/surveys/answer.html", context, status=form_status(request))


@transaction.atomic
def _store(form: AnswerForm, *, by: User | None, opened: Opened | None) -> None:
    """Keep what was filled in, while the link by which it came is good."""
    if opened:
        hold(opened)
    form.store(by=by)


def _too_late(request: HttpRequest, response: SurveyResponse, refusal: str) -> HttpResponse:
    """Refuse, and give back what was typed."""
    typed = typed_answers(request.POST, response) if request.POST else []
    return render(request, "municipalities/surveys/too_late.html", {"reason": refusal, "typed": typed}, status=403)


def _sent_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What somebody with the link sees after the answer has left: what was said, and who can return it."""
    response: SurveyResponse = opened.subject
    context = {
        "survey": response.round,
        "municipality": response.municipality,
        "response": response,
        "answers": answers_in_words(response),
        "offers": offers_of(opened),
        "reason": response.refusal(ResponseAction.SAVE),
        "typed": typed_answers(request.POST, response) if request.POST else [],
    }
    return render(request, "municipalities/surveys/sent.html", context, status=403 if request.method == "POST" else 200)


def answers_in_words(response: SurveyResponse) -> list[tuple[str, str]]:
    """Each question of the round with the answer as people read it."""
    said = {answer.question_id: answer.value for answer in response.answers.all()}
    return [(str(one), one.of_kind.said(said.get(one.pk))) for one in response.round.questions.all()]


def _conflict(request: HttpRequest, response: SurveyResponse, form: AnswerForm) -> HttpResponse:
    """Show what a colleague saved beside what was typed; the form can be sent again after it."""
    current = SurveyResponse.objects.select_related("round", "municipality").get(pk=response.pk)
    fresh = AnswerForm(response=current)
    rows = []
    for name, field in form.fields.items():
        if name == "version":
            continue
        stored, yours = (_in_words(one, name) for one in (fresh, form))
        if stored != yours:
            rows.append(ConflictRow(str(field.label), stored, yours))
    data = request.POST.copy()
    data["version"] = str(current.version)
    again = AnswerForm(data, response=current, final=form.final)
    again.is_valid()
    return render_conflict(request, rows, again, cancel_url=request.path)


def _in_words(form: AnswerForm, name: str) -> str:
    """A field's value with the label of a choice instead of its code."""
    value = form[name].value()
    choices = getattr(form.fields[name], "choices", None)
    if choices is not None:
        value = dict(choices).get(value, value)
    prepared = form.fields[name].prepare_value(value)
    return "" if prepared in (None, "") else str(prepared)
