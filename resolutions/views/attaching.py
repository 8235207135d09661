"""Attaching the scan of the signed paper, or the .sig file, to what was issued: a decision or a letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from documents.cms import SignatureRefused
from documents.forms import SignatureFileForm
from documents.models import Signature
from documents.uploads import SCAN, SIGNATURE, holders_of, takes_files
from resolutions import access
from resolutions.attaching import OwnerT, add_scan, add_signatures
from resolutions.forms.resolution import ScanForm
from resolutions.models import StepRefused
from resolutions.views.gates import letter_or_404, resolution_or_404


@takes_files(SCAN.largest, holders_of(Permission.ATTACH_SCANS))
@require_http_methods(["GET", "HEAD", "POST"])
def resolution_scan(request: HttpRequest, slug: str) -> HttpResponse:
    """Attach the scan of the decision with the handwritten signature."""
    return _scan_page(request, resolution_or_404(request, slug))


@takes_files(SCAN.largest, holders_of(Permission.ATTACH_SCANS))
@require_http_methods(["GET", "HEAD", "POST"])
def letter_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the scan of the letter with the handwritten signature."""
    return _scan_page(request, letter_or_404(request, pk))


@takes_files(SIGNATURE.largest, holders_of(Permission.ATTACH_SIGNATURES))
@require_http_methods(["GET", "HEAD", "POST"])
def resolution_signature(request: HttpRequest, slug: str) -> HttpResponse:
    """Attach a detached electronic signature of the issued decision."""
    return _signature_page(request, resolution_or_404(request, slug))


@takes_files(SIGNATURE.largest, holders_of(Permission.ATTACH_SIGNATURES))
@require_http_methods(["GET", "HEAD", "POST"])
def letter_signature(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a detached electronic signature of the issued letter."""
    return _signature_page(request, letter_or_404(request, pk))


def _scan_page(request: HttpRequest, owner: OwnerT) -> HttpResponse:
    open_or_403(access.scan_refusal(request.user, owner))
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_scan(owner, form.save(commit=False), by=author(request))
        except StepRefused as refusal:
            form.add_error("scan", str(refusal))
        else:
            messages.success(request, "Скан подписанного документа приложен.")
            return redirect(owner)
    return _page(request, owner, form, "resolutions/attach_scan.html")


def _signature_page(request: HttpRequest, owner: OwnerT) -> HttpResponse:
    open_or_403(access.signature_refusal(request.user, owner))
    form = SignatureFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            attached = add_signatures(owner, form.cleaned_data["file"].read(), by=author(request))
        except (SignatureRefused, StepRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            for signature in attached.signatures:
                _tell_result(request, signature)
            for reason in attached.refusals:
                messages.warning(request, f"Не приложена подпись из того же файла. {reason}")
            return redirect(owner)
    return _page(request, owner, form, "resolutions/attach_signature.html")


def _page(request: HttpRequest, owner: OwnerT, form: ScanForm | SignatureFileForm, template: str) -> HttpResponse:
    context = {"owner": owner, "document": owner.issued_document, "form": form}
    return render(request, template, context, status=form_status(request))


def _tell_result(request: HttpRequest, signature: Signature) -> None:
    if signature.is_verified:
        messages.success(request, f"Электронная подпись проверена и приложена: {signature.signer_name}.")
    else:
        messages.warning(
            request,
            f"Подпись приложена, но не проверена ({signature.signer_name}): сервер не умеет проверять такие подписи.",
        )
    if signature.differs_from_signatory:
        signatory = signature.document.signatory
        messages.warning(
            request, f"Владелец сертификата – {signature.signer_name}, а в документе подписывает {signatory}."
        )
