"""The archive of the whole portal, for the secretariat."""

import logging
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import UnionProfile
from accounts.requests import author, open_or_403
from documents.downloads import safe_name
from sgcszr_portal import access
from sgcszr_portal.archive.format import ArchiveRefused
from sgcszr_portal.archive.overview import overview as archive_overview
from sgcszr_portal.archive.prepared import archive_of, ask_for_archive, last_lacking
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
    context["lacking"] = last_lacking(author(request))
    return render(request, "sgcszr_portal/archive.html", context)


@require_POST
def archive_zip(request: HttpRequest) -> HttpResponse:
    """Have the archive made for this visitor, and lead to the page that waits for it."""
    open_or_403(access.archive_refusal(request.user))
    try:
        archive_overview()
    except ArchiveRefused as refused:
        return unprocessable(request, str(refused))
    return redirect(ask_for_archive(author(request)))


@require_safe
def archive_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The archive that this visitor asked for, for an hour; who took it is logged.

    Raises:
        Http404: it is not there any more, or not theirs.
    """
    open_or_403(access.archive_refusal(request.user))
    found = archive_of(author(request), key)
    content = found.open_checked() if found else None
    if found is None or content is None:
        raise Http404
    logger.info("User %s took an archive of %s bytes", author(request).pk, found.size)
    name = safe_name(f"Архив портала {UnionProfile.on().short_name} {found.day:%Y-%m-%d}.zip")
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip", headers=headers)
