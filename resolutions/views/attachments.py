"""Files that prove something: for the Union's staff, and what came in answer to a released letter for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.downloads import attachment_response
from resolutions import access
from resolutions.acting import Actor
from resolutions.correspondence.answerable import shown_to_public
from resolutions.models import Attachment


def _is_released(found: Attachment) -> bool:
    """Whether it came with an answer, and everybody may read all the letters that this answers."""
    came = found.incoming
    return came is not None and came.voiding is None and came.pk in shown_to_public([came])


def _is_own(request: HttpRequest, found: Attachment) -> bool:
    """Whether it was attached to a report of a municipality that the visitor speaks for."""
    row = found.member_report
    return row is not None and Actor(request.user).speaks_for(row.report.municipality)


@login_not_required
@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Download an attached file as it was uploaded."""
    found = get_object_or_404(Attachment, pk=pk)
    if not (access.can_see_internal(request.user) or _is_released(found) or _is_own(request, found)):
        raise Http404
    return attachment_response(found.file, found.name)
