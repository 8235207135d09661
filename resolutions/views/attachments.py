"""Files that prove something, for those who may see what they prove."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.downloads import attachment_response
from resolutions import access
from resolutions.models import Attachment


@login_not_required
@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Download an attached file as it was uploaded."""
    found = get_object_or_404(Attachment, pk=pk)
    if not access.can_see_attachment(request.user, found):
        raise Http404
    return attachment_response(found.file, found.name)
