"""The chair signs a decision or a letter: the checklist, the text, and the paper that is issued."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from documents.checklist import IssueRefused
from resolutions import access
from resolutions.checklist import decision_findings
from resolutions.correspondence.checklist import letter_findings
from resolutions.correspondence.signing import sign_letter
from resolutions.correspondence.text import LetterText
from resolutions.forms.letters import LetterSignForm
from resolutions.forms.resolution import StepForm
from resolutions.models import LetterAction, StepRefused
from resolutions.signing import sign
from resolutions.views.gates import letter_or_404, resolution_or_404
from revisions.models import EditConflict
from revisions.sent_once import turned_back

BLOCKED = "Документ выпустить нельзя: исправьте то, что названо ниже."


def signer_of(request: HttpRequest) -> dict[str, str]:
    """Who is about to sign, as the checklists compare it."""
    user = author(request)
    return {"signer": str(user), "stands_in": user.stands_in}


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the chair what is about to be signed, and sign it."""
    found = resolution_or_404(request, slug)
    open_or_403(access.sign_refusal(request.user, found))
    form = StepForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            sign(found, version=form.cleaned_data["version"], by=author(request))
        except IssueRefused:
            form.add_error(None, BLOCKED)
        except (StepRefused, EditConflict):
            changed = "Решение изменилось, пока страница была открыта. Прочитайте его ещё раз."
            return turned_back(request, changed, "resolution_sign", slug)
        else:
            messages.success(request, "Решение подписано. Документ выпущен и больше не изменится.")
            return redirect(found)
    findings = decision_findings(found.text, **signer_of(request))
    context = {"resolution": found, "text": found.text, "form": form, "findings": findings}
    return render(request, "resolutions/resolution_sign.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def letter_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chair the letter that is about to be signed, and sign it."""
    found = letter_or_404(request, pk)
    open_or_403(access.letter_step_refusal(request.user, found, LetterAction.SIGN))
    form = LetterSignForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            sign_letter(found, by=author(request), **form.cleaned_data)
        except IssueRefused:
            form.add_error(None, BLOCKED)
        except (StepRefused, EditConflict):
            changed = "Письмо изменилось, пока страница была открыта. Прочитайте его ещё раз."
            return turned_back(request, changed, "letter_sign", pk)
        else:
            messages.success(request, "Письмо подписано. Документ выпущен и больше не изменится.")
            return redirect(found)
    findings = letter_findings(LetterText.of(found), **signer_of(request))
    context = {"letter": found, "form": form, "findings": findings}
    return render(request, "resolutions/letters/letter_sign.html", context, status=form_status(request))
