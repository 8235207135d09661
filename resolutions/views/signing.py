"""The chair signs; the secretariat adds the scan of the paper."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import author, form_status, open_or_403
from documents.checklist import IssueRefused
from documents.cms import SignatureRefused
from documents.downloads import attachment_response
from documents.forms import SignatureFileForm
from documents.models import Signature
from resolutions import access
from resolutions.checklist import decision_findings
from resolutions.forms.resolution import ScanForm, StepForm
from resolutions.models import StepRefused
from resolutions.scans import add_scan, add_signature
from resolutions.signing import sign
from resolutions.views.gates import resolution_or_404
from revisions.models import EditConflict


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
            form.add_error(None, "Документ выпустить нельзя: исправьте то, что названо ниже.")
        except (StepRefused, EditConflict):
            messages.error(request, "Решение изменилось, пока страница была открыта. Прочитайте его ещё раз.")
            return redirect("resolution_sign", slug)
        else:
            messages.success(request, "Решение подписано. Документ выпущен и больше не изменится.")
            return redirect(found)
    findings = decision_findings(found.text, signer=str(request.user))
    context = {"resolution": found, "text": found.text, "form": form, "findings": findings}
    return render(request, "resolutions/resolution_sign.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_scan(request: HttpRequest, slug: str) -> HttpResponse:
    """Attach the scan of the paper with the handwritten signature."""
    found = resolution_or_404(request, slug)
    open_or_403(access.scan_refusal(request.user, found))
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        add_scan(found, form.save(commit=False), by=author(request))
        messages.success(request, "Скан подписанного документа приложен.")
        return redirect(found)
    context = {"resolution": found, "form": form}
    return render(request, "resolutions/resolution_scan.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_signature(request: HttpRequest, slug: str) -> HttpResponse:
    """Attach a detached electronic signature of the issued document."""
    found = resolution_or_404(request, slug)
    open_or_403(access.signature_refusal(request.user, found))
    form = SignatureFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            signature = add_signature(found, form.cleaned_data["file"].read(), by=author(request))
        except (SignatureRefused, StepRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            _tell_result(request, signature)
            return redirect(found)
    context = {"resolution": found, "form": form}
    return render(request, "resolutions/resolution_signature.html", context, status=form_status(request))


def _tell_result(request: HttpRequest, signature: Signature) -> None:
    if signature.is_verified:
        messages.success(request, "Электронная подпись проверена и приложена.")
    else:
        messages.warning(request, "Подпись приложена, но не проверена: на сервере нет модуля ГОСТ.")
    if signature.differs_from_signatory:
        signatory = signature.document.signatory
        messages.warning(
            request, f"Владелец сертификата – {signature.signer_name}, а в документе подписывает {signatory}."
        )


@require_safe
def resolution_scan_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse | FileResponse:
    """Download a scan; for staff."""
    found = resolution_or_404(request, slug)
    if not access.can_see_internal(request.user):
        raise Http404
    signature = get_object_or_404(Signature, pk=pk, document__resolution=found)
    return attachment_response(signature.scan, f"Решение от {found.adopted_on:%d.%m.%Y}, скан")
