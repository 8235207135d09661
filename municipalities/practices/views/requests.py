"""Questions to the owners of practices, and their answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import author, form_status, open_or_403
from listings.answering import listing_response
from municipalities.access import own_municipalities
from municipalities.practices import access
from municipalities.practices.catalogue import Questions
from municipalities.practices.forms import AnswerForm, AskForm
from municipalities.practices.letters import send
from municipalities.practices.models import PracticeRequest
from municipalities.practices.models.request import AlreadyAnswered
from municipalities.practices.views.practices import practice_or_404

NOT_SENT = "Сохранено, но письмо отправить некому: причина – в ходе переписки ниже. Его можно отправить ещё раз."


def request_or_404(request: HttpRequest, pk: int) -> PracticeRequest:
    """A question, if this visitor may read it.

    Raises:
        Http404: there is none, or it is between other municipalities.
    """
    questions = access.visible_requests(request.user).select_related(
        "practice__municipality", "municipality", "asked_by", "answered_by"
    )
    return get_object_or_404(questions.prefetch_related("steps__mail"), pk=pk)


@require_safe
def practice_requests(request: HttpRequest) -> HttpResponse:
    """What one's municipality asks and is asked; the Union's people see all questions."""
    open_or_403(access.requests_refusal(request.user))
    return listing_response(request, Questions(request.GET, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def practice_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the owner of a practice; their representatives get a letter."""
    practice = practice_or_404(request, pk)
    open_or_403(access.ask_refusal(request.user, practice))
    choices = own_municipalities(request.user).exclude(pk=practice.municipality_id)
    form = AskForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, author(request)
        try:
            asked = PracticeRequest.ask(practice, said["municipality"], question=said["question"], by=by)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            _send(request, asked, "Вопрос сохранён, письмо владельцу практики ждёт отправки.")
            return redirect(asked)
    context = {"practice": practice, "form": form}
    return render(request, "municipalities/practices/ask.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def practice_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, its answer and what became of the letters; a POST answers."""
    asked = request_or_404(request, pk)
    refusal = access.answer_refusal(request.user, asked)
    form, status = AnswerForm(request.POST or None), form_status(request)
    if request.method == "POST":
        open_or_403(refusal)
        if form.is_valid():
            try:
                asked.answer_with(form.cleaned_data["answer"], by=author(request))
            except AlreadyAnswered:
                form.add_error(
                    None, "Пока форма была открыта, на вопрос ответили. Ваш текст не сохранён и не отправлен."
                )
                asked, status = request_or_404(request, pk), 409
            else:
                _send(request, request_or_404(request, pk), "Ответ сохранён, письмо с ним ждёт отправки.")
                return redirect(asked)
    context = {
        "asked": asked,
        "form": form,
        "answer_refusal": refusal,
        "resend_refusal": access.resend_refusal(request.user, asked),
    }
    return render(request, "municipalities/practices/request.html", context, status=status)


@require_POST
def practice_request_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the last letter again after a failure."""
    asked = request_or_404(request, pk)
    open_or_403(access.resend_refusal(request.user, asked))
    _send(request, asked, "Письмо написано заново и ждёт отправки.")
    return redirect(asked)


def _send(request: HttpRequest, asked: PracticeRequest, done: str) -> None:
    """Store the letters about what was written, and say whether there is anybody to get them."""
    if send(asked, by=author(request)):
        messages.success(request, done)
    else:
        messages.warning(request, NOT_SENT)
