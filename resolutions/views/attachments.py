"""Files that prove something, for the Union's staff."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.downloads import attachment_response
from resolutions import access
from resolutions.models import Attachment


@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Download an attached file as it was uploaded."""
    if not access.can_see_internal(request.user):
        raise Http404
    found = get_object_or_404(Attachment, pk=pk)
    return attachment_response(found.file, found.name)
