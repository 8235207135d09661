"""Writing to municipalities: all who are due at once, or one; by the portal's mail, as a file, or by copying."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import author, open_or_403
from documents.downloads import safe_name
from listings.answering import listing_response
from municipalities.surveys import letters
from municipalities.surveys.listing import NOBODY, Recipients
from municipalities.surveys.models import LetterPurpose, SurveyResponse, SurveyRound
from municipalities.surveys.models.delivery import DeliveryChannel
from municipalities.surveys.views.gates import response_to_judge, round_to_edit
from russian.templatetags.russian import counted


def _due(survey: SurveyRound, purpose: LetterPurpose) -> QuerySet[SurveyResponse]:
    return letters.to_invite(survey) if purpose == LetterPurpose.INVITATION else letters.to_remind(survey)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_letters(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Who would get the invitation or the reminder, and the button that sends it to exactly those."""
    survey = round_to_edit(request, pk)
    if purpose not in (LetterPurpose.INVITATION, LetterPurpose.REMINDER):
        raise Http404
    kind = LetterPurpose(purpose)
    open_or_403(survey.answers_refusal())
    due = list(_due(survey, kind))
    if request.method == "POST":
        _send(request, due, kind)
        return redirect(survey)
    recipients = Recipients(request.GET, request.user, survey, kind, due)
    return listing_response(request, recipients, "municipalities/surveys/letters.html", survey=survey, purpose=kind)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_letter(request: HttpRequest, pk: int, slug: str, purpose: str) -> HttpResponse:
    """One letter to one municipality: read it, send it, take it as a file, or copy it; each way is recorded."""
    letter = _letter(request, pk, slug, purpose)
    response = letter.response
    if request.method != "POST":
        context = {"survey": response.round, "response": response, "letter": letter}
        return render(request, "municipalities/surveys/letter.html", context)
    return _leave(request, letter, by=author(request))


@require_safe
def survey_letter_file(request: HttpRequest, pk: int, slug: str, purpose: str) -> HttpResponse:
    """The letter as a file for a mail program; the form that leads here has written down that it left so."""
    letter = _letter(request, pk, slug, purpose)
    name = safe_name(f"{letter.purpose.label}. {letter.response.municipality.name}.eml")
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(letters.as_eml(letter), content_type="message/rfc822", headers=headers)


def _letter(request: HttpRequest, pk: int, slug: str, purpose: str) -> letters.SurveyLetter:
    """A letter as it would leave now."""
    response = response_to_judge(request, pk, slug)
    if purpose not in LetterPurpose.values:
        raise Http404
    open_or_403(letters.writing_refusal(response))
    known = letters.addressees([response.municipality_id]).get(response.municipality_id, [])
    return letters.write(response, LetterPurpose(purpose), known)


def _leave(request: HttpRequest, letter: letters.SurveyLetter, *, by: User) -> HttpResponse:
    """Let a letter leave in the way that was asked for, and write that down."""
    how, response = request.POST.get("how", ""), letter.response
    to = ", ".join(letter.recipients)[:320]
    if how == DeliveryChannel.EML:
        letters.record(response, letter.purpose, DeliveryChannel.EML, by=by, recipient=to)
        return redirect("survey_letter_file", response.round_id, response.municipality.slug, letter.purpose.value)
    if how == DeliveryChannel.MANUAL:
        letters.record(response, letter.purpose, DeliveryChannel.MANUAL, by=by, recipient=to)
        messages.success(request, f"{response.municipality}: записано, что письмо отправлено вручную.")
    elif how == DeliveryChannel.EMAIL:
        _send(request, [response], letter.purpose)
    else:
        raise PermissionDenied("Письмо можно отправить с портала, скачать файлом или отметить отправленным вручную.")
    return redirect(response)


def _send(request: HttpRequest, due: list[SurveyResponse], purpose: LetterPurpose) -> None:
    """Store letters, and say what will become of them."""
    if not due:
        messages.info(request, NOBODY)
        return
    outcome = letters.send(due, purpose, by=author(request))
    if outcome.written:
        waiting = counted(outcome.written, "письмо,письма,писем")
        messages.success(request, f"Ждёт отправки: {waiting}. Что ушло, видно в таблице обмена.")
    if outcome.without_address:
        messages.warning(request, f"Нет адресата: {', '.join(outcome.without_address)}.")
