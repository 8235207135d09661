"""The questions of a round, as long as nobody has answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import form_status, open_or_403
from municipalities.surveys.forms import QuestionForm
from municipalities.surveys.models import Question, SurveyRefused, SurveyRound
from municipalities.surveys.views.gates import round_to_edit
from revisions.conflict import conflict_page
from revisions.models import EditConflict


def _round_with_open_questions(request: HttpRequest, pk: int) -> SurveyRound:
    """A round whose questions the visitor may change now; the 403 page says why not."""
    found = round_to_edit(request, pk)
    open_or_403(found.questions_refusal())
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def survey_question_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one more thing."""
    asked_in = _round_with_open_questions(request, pk)
    return _question_page(request, asked_in, Question(round=asked_in), "Вопрос добавлен.")


@require_http_methods(["GET", "HEAD", "POST"])
def survey_question_edit(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    asked_in = _round_with_open_questions(request, pk)
    return _question_page(request, asked_in, get_object_or_404(asked_in.questions, pk=question), "Вопрос сохранён.")


def _question_page(request: HttpRequest, asked_in: SurveyRound, question: Question, done: str) -> HttpResponse:
    form = QuestionForm(request.POST or None, instance=question)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=asked_in.get_absolute_url())
        except SurveyRefused as refused:
            raise PermissionDenied(str(refused)) from refused
        messages.success(request, done)
        return redirect(asked_in)
    context = {"survey": asked_in, "form": form, "is_new": question.pk is None}
    return render(request, "municipalities/surveys/question.html", context, status=form_status(request))


@require_POST
def survey_question_up(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Move a question one place up."""
    asked_in = _round_with_open_questions(request, pk)
    try:
        get_object_or_404(asked_in.questions, pk=question).move_up()
    except SurveyRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    return redirect(asked_in)


@require_POST
def survey_question_remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out of the round."""
    asked_in = _round_with_open_questions(request, pk)
    try:
        get_object_or_404(asked_in.questions, pk=question).delete()
    except SurveyRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, "Вопрос убран.")
    return redirect(asked_in)
