"""The archive of the whole portal, for the secretariat."""

import logging
import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import UnionProfile
from accounts.requests import author, open_or_403
from documents.downloads import safe_name
from revisions.sent_once import works_in_steps
from sgcszr_portal import access
from sgcszr_portal.archive.format import ArchiveRefused
from sgcszr_portal.archive.overview import overview as archive_overview
from sgcszr_portal.archive.writing import write_archive
from sgcszr_portal.errors import unprocessable

logger = logging.getLogger(__name__)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """What an archive would hold now, and the button that makes it."""
    open_or_403(access.archive_refusal(request.user))
    try:
        context: dict[str, Any] = {"overview": archive_overview()}
    except ArchiveRefused as refused:
        context = {"refusal": str(refused)}
    return render(request, "sgcszr_portal/archive.html", context)


@require_POST
@works_in_steps
def archive_zip(request: HttpRequest) -> HttpResponseBase:
    """The archive, made for this visitor, now; who took it is logged."""
    open_or_403(access.archive_refusal(request.user))
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed, and so deleted, by the response
    try:
        written = write_archive(target)
    except ArchiveRefused as refused:
        target.close()
        return unprocessable(request, str(refused))
    except BaseException:
        target.close()
        raise
    target.seek(0)
    logger.info("User %s took an archive of %s files", author(request).pk, len(written.sizes))
    name = safe_name(f"Архив портала {UnionProfile.on().short_name} {timezone.localdate():%Y-%m-%d}.zip")
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip", headers=headers)
