"""The secretariat sees what became of the portal's letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.access import mail_again_refusal, mail_refusal
from accounts.mail.listing import Mail
from accounts.models import OutgoingMail
from accounts.requests import author, open_or_403
from listings.answering import listing_response
from revisions.sent_once import turned_back


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """What waits, left, could not be sent, was of no use any more."""
    open_or_403(mail_refusal(request.user))
    return listing_response(request, Mail(request.GET, request.user))


@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a letter that could not be sent wait anew."""
    open_or_403(mail_refusal(request.user))
    letter = get_object_or_404(OutgoingMail.objects.to_somebody(), pk=pk)
    if (refusal := mail_again_refusal(author(request), letter)) or not letter.send_again():
        return turned_back(request, refusal or "Это письмо уже отправляют ещё раз.", "mail")
    messages.success(request, f"Письмо снова ждёт отправки: {letter.recipient}.")
    return redirect("mail")
