"""The files of an issued document: the bytes, signatures, the copy with marks, the archive. For whoever sees it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.access import may_see_scans
from documents.bundle import bundle_name
from documents.downloads import attachment_response, issued_response, named_by_state, pdf_response
from documents.models import Signature, SignatureKind
from documents.stamps import copy_label, stamped_copy
from documents.views.gates import document_or_404
from documents.views.prepared import paper_response


@login_not_required
@require_safe
def issued_document(request: HttpRequest, code: str) -> HttpResponse:
    """The issued bytes; the file's name says when they count no longer."""
    document = document_or_404(request, code)
    return issued_response(request, document, named_by_state(document, f"{document.title[:100]}.pdf"))


@login_not_required
@require_safe
def signature_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The .sig file of an electronic signature, as it was uploaded: anybody can check it outside the portal."""
    document = document_or_404(request, code)
    signature = get_object_or_404(Signature, pk=pk, document=document, kind=SignatureKind.CMS)
    return attachment_response(signature.container, f"{document.title}.pdf.sig")


@require_safe
def document_scan(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The scan of the paper with the handwritten signature; for staff.

    Raises:
        Http404: there is none, or it is not for this visitor.
    """
    document = document_or_404(request, code)
    if not may_see_scans(request.user):
        raise Http404
    signature = get_object_or_404(Signature, pk=pk, document=document, kind=SignatureKind.HANDWRITTEN)
    return attachment_response(signature.scan, f"{document.title}, скан")


@login_not_required
@require_safe
def document_copy(request: HttpRequest, code: str) -> HttpResponse:
    """The copy with the marks of the verified electronic signatures.

    Raises:
        Http404: the document is not visible, or nothing was verified that could be marked.
    """
    document = document_or_404(request, code)
    content = stamped_copy(document)
    if content is None:
        raise Http404
    return pdf_response(content, f"{copy_label(document)}. {document.title[:100]}.pdf")


@login_not_required
@require_safe
def document_bundle(request: HttpRequest, code: str) -> HttpResponseBase:
    """Original, signatures, copy and protocol in one archive."""
    document = document_or_404(request, code)
    return paper_response(request, "bundle", {"document": document.pk}, bundle_name(document))
