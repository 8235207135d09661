"""Is this paper genuine? Pages for everybody; they never tell about documents that the visitor may not see."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import may_see_personal_numbers
from documents.downloads import attachment_response, issued_response
from documents.forms import CodeForm, FileForm
from documents.models import IssuedDocument, Signature, SignatureKind
from documents.verification import canonical_code


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask by a code (GET) or by a file (POST)."""
    if request.method == "POST":
        return _verify_file(request)
    if "code" not in request.GET:
        return _verify_page(request)
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _verify_page(request, code_form=form, status=422)
    return redirect("verify_code", form.cleaned_data["code"])


def _verify_file(request: HttpRequest) -> HttpResponse:
    """Whether the uploaded file is, byte for byte, an issued document."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _verify_page(request, file_form=form, status=422)
    sha256 = form.sha256()
    documents = IssuedDocument.objects.visible_to(request.user).select_related("supersedes")
    document = documents.filter(sha256=sha256).first()
    context = {"document": document, "sha256": sha256, "file_name": form.cleaned_data["file"].name}
    return render(request, "documents/pages/verify_file.html", context)


def _verify_page(
    request: HttpRequest,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    unknown_code: str = "",
    status: int = 200,
) -> HttpResponse:
    """Both questions, with whatever was wrong with one of them."""
    context = {
        "code_form": code_form or CodeForm(initial={"code": unknown_code}),
        "file_form": file_form or FileForm(),
        "unknown_code": unknown_code,
    }
    return render(request, "documents/pages/verify.html", context, status=status)


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper with this code is; the address in its QR code."""
    canonical = canonical_code(code)
    if canonical and canonical != code:
        return redirect("verify_code", canonical)
    documents = IssuedDocument.objects.visible_to(request.user).select_related("supersedes")
    document = documents.filter(verification_code=canonical).first()
    if document is None:
        return _verify_page(request, unknown_code=code[:60], status=404)
    successor = document.successor
    context = {
        "document": document,
        "signatures": document.signatures.select_related("document"),
        "personal_numbers": may_see_personal_numbers(request.user),
        "superseded": successor is not None,
        "successor": successor if successor and _visible(request, successor) else None,
        "predecessor": document.supersedes if _visible(request, document.supersedes) else None,
    }
    return render(request, "documents/pages/verify_code.html", context)


def _visible(request: HttpRequest, document: IssuedDocument | None) -> bool:
    """Whether the visitor may learn of a document that another one names."""
    return document is not None and IssuedDocument.objects.visible_to(request.user).filter(pk=document.pk).exists()


@login_not_required
@require_safe
def issued_document(request: HttpRequest, code: str) -> HttpResponse:
    """The issued bytes."""
    documents = IssuedDocument.objects.visible_to(request.user)
    document = get_object_or_404(documents, verification_code=canonical_code(code))
    return issued_response(request, document, f"{document.title}.pdf")


@login_not_required
@require_safe
def signature_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The .sig file of an electronic signature, as it was uploaded: anybody can check it outside the portal."""
    documents = IssuedDocument.objects.visible_to(request.user)
    document = get_object_or_404(documents, verification_code=canonical_code(code))
    signature = get_object_or_404(Signature, pk=pk, document=document, kind=SignatureKind.CMS)
    return attachment_response(signature.container, f"{document.title}.pdf.sig")
