"""Is this paper genuine? Pages for everybody; they never tell about documents that the visitor may not see."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import may_see_personal_numbers, trust_refusal, withdraw_refusal
from documents.cms import SignatureCheck, SignatureRefused
from documents.forms import CodeForm, FileForm
from documents.models import IssuedDocument
from documents.signatures import check_by_trusted, identity_known
from documents.uploads import SIGNATURE, VERIFIED, takes_files
from documents.verification import canonical_code


@login_not_required
@takes_files(VERIFIED.largest + SIGNATURE.largest, lambda visitor: True)
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
    """Whether the uploaded file is, byte for byte, an issued document, and what its signature proves."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _verify_page(request, file_form=form, status=422)
    sha256 = form.sha256()
    document = IssuedDocument.objects.visible_to(request.user).with_state().filter(sha256=sha256).first()
    context = {
        "document": document,
        "sha256": sha256,
        "file_name": form.cleaned_data["file"].name,
        "verdict": _verdict(form, document),
    }
    return render(request, "documents/pages/verify_file.html", context)


@dataclass(frozen=True)
class FileVerdict:
    """What was found out about an uploaded .sig file.

    Attributes:
        checks: each signature, and whether the portal keeps it with the document that the visitor sees.
        refusal: why the file as a whole is none; empty otherwise.
    """

    checks: tuple[tuple[SignatureCheck, bool], ...] = ()
    refusal: str = ""


def _verdict(form: FileForm, document: IssuedDocument | None) -> FileVerdict | None:
    """The check of the signatures that came with the file, if any came.

    A document that the visitor may not see changes nothing: neither its day nor its signatures are asked.
    """
    file, signature = form.cleaned_data["file"], form.cleaned_data["signature"]
    if signature is None:
        return None
    file.seek(0)
    issued_at = document.issued_at if document else None
    try:
        checks = check_by_trusted(signature.read(), file.read(), issued_at=issued_at)
    except SignatureRefused as refusal:
        return FileVerdict(refusal=str(refusal))
    return FileVerdict(tuple((check, document is not None and identity_known(document, check)) for check in checks))


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
        "trust_refusal": trust_refusal(request.user),
    }
    return render(request, "documents/pages/verify.html", context, status=status)


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper with this code is; the address in its QR code."""
    canonical = canonical_code(code)
    if canonical and canonical != code:
        return redirect("verify_code", canonical)
    document = IssuedDocument.objects.visible_to(request.user).with_state().filter(verification_code=canonical).first()
    if document is None:
        return _verify_page(request, unknown_code=code[:60], status=404)
    successor = document.successor
    signatures = document.signatures.to_show()
    context = {
        "document": document,
        "signatures": signatures,
        "has_copy": any(signature.is_verified for signature in signatures) and bool(document.content),
        "personal_numbers": may_see_personal_numbers(request.user),
        "withdraw_refusal": withdraw_refusal(request.user, document),
        "successor": successor if _visible(request, successor) else None,
        "predecessor": document.supersedes if _visible(request, document.supersedes) else None,
    }
    return render(request, "documents/pages/verify_code.html", context)


def _visible(request: HttpRequest, document: IssuedDocument | None) -> bool:
    """Whether the visitor may learn of a document that another one names."""
    return document is not None and IssuedDocument.objects.visible_to(request.user).filter(pk=document.pk).exists()
