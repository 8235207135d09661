"""How a page finds its document, or says that it is not there."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from documents.models import IssuedDocument
from documents.verification import canonical_code


def document_or_404(request: HttpRequest, code: str) -> IssuedDocument:
    """The document with this code, if this visitor may see it.

    Raises:
        Http404: there is none for this visitor.
    """
    documents = IssuedDocument.objects.visible_to(request.user).with_state()
    return get_object_or_404(documents, verification_code=canonical_code(code))
