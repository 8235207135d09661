"""Withdrawing an issued document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from documents.access import withdraw_refusal
from documents.forms import WithdrawalForm
from documents.views.gates import document_or_404
from documents.withdrawing import WithdrawalRefused, withdraw


@require_http_methods(["GET", "HEAD", "POST"])
def document_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw a document with a reason that everybody reads."""
    document = document_or_404(request, code)
    open_or_403(withdraw_refusal(request.user, document))
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(document, reason=form.cleaned_data["reason"], by=author(request))
        except WithdrawalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Документ отозван: об этом узнает каждый, кто его проверит.")
            return redirect(document)
    context = {"document": document, "form": form}
    return render(request, "documents/pages/withdraw.html", context, status=form_status(request))
