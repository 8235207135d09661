"""Papers that are made by the worker: the file when it is there, else the page that waits for it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from documents.downloads import prepared_response
from documents.models import PreparedFile, PreparedState
from documents.preparing.asking import TooManyAsked, ask, begin_again, network_digest, wait_shortly, wanted
from documents.preparing.makers import Arguments, known_kinds, maker_of
from listings.answering import wants_fragment

ASK_AGAIN = 3  # seconds, for who has no JavaScript
COME_AGAIN = 60  # seconds, for strangers when they wait for many papers
OK, ACCEPTED, UNPROCESSABLE, UNAVAILABLE = 200, 202, 422, 503


def paper_response(
    request: HttpRequest, kind: str, arguments: Arguments, filename: str, *, inline: bool = False
) -> HttpResponseBase:
    """Answer a request for a paper of a visitor who may see it, which the view has asked.

    Args:
        request: GET or HEAD.
        kind: of the paper.
        arguments: what its maker reads the content from, for this visitor.
        filename: in Russian, with its ending.
        inline: shown by the browser instead of saved.

    Returns:
        The file if it is there or comes within a moment; else the page that waits for it, with status 202; or, to a
        stranger while strangers wait for many papers, a page that says when to come again, with status 503.

    Raises:
        Http404: there is nothing to show.
    """
    for_staff = request.user.is_authenticated
    try:
        row = wait_shortly(ask(wanted(kind, arguments), for_staff=for_staff, network=network_digest(request)))
        if row.state == PreparedState.READY:
            file = row.open_checked()
            if file is not None:
                return prepared_response(request, file, row.sha256, filename, inline=inline)
            row = begin_again(row, arguments, for_staff=for_staff, network=network_digest(request))
    except ObjectDoesNotExist as nothing:
        raise Http404 from nothing
    except TooManyAsked:
        return busy_page(request)
    return waiting_page(request, row)


def busy_page(request: HttpRequest) -> HttpResponse:
    """Tell a stranger that many papers are being made now, and when to come again. Nothing was asked for."""
    page = render(request, "documents/pages/papers_busy.html", status=UNAVAILABLE)
    page.headers["Retry-After"] = str(COME_AGAIN)
    page.headers["Cache-Control"] = "private, no-store"
    return page


def waiting_page(request: HttpRequest, row: PreparedFile) -> HttpResponse:
    """Say how far a file is, and where it will be. Says nothing of what is in it.

    Args:
        request: by htmx for the part that moves, else for the page.
        row: with its prospects.
    """
    maker = maker_of(row.kind)
    context = {
        "file": row,
        "label": maker.label,
        "address": maker.address(row.arguments),
        "page": maker.page(row.arguments),
        "again_in": ASK_AGAIN,
    }
    template = "_prepared.html" if wants_fragment(request) else "prepared.html"
    status = UNPROCESSABLE if row.has_failed else ACCEPTED if row.is_under_way else OK
    response = render(request, f"documents/pages/{template}", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    if row.is_under_way:
        response.headers["Retry-After"] = str(ASK_AGAIN)
    return response


@login_not_required
@require_safe
def prepared_file(request: HttpRequest, key: str) -> HttpResponse:
    """How far a file is, for whoever has its key; the file itself is at the paper's own address.

    Raises:
        Http404: nobody asked for such a file lately.
    """
    return waiting_page(request, _file_or_404(key))


@login_not_required
@require_POST
def prepared_again(request: HttpRequest, key: str) -> HttpResponse:
    """Have a file made again that failed.

    Raises:
        Http404: nobody asked for such a file lately.
    """
    row = _file_or_404(key)
    if row.has_failed:
        try:
            begin_again(row, for_staff=request.user.is_authenticated, network=network_digest(request))
        except TooManyAsked:
            return busy_page(request)
    return redirect(row)


def _file_or_404(key: str) -> PreparedFile:
    if "\0" in key:
        raise Http404
    return get_object_or_404(PreparedFile.objects.with_prospects(), key=key, kind__in=known_kinds())
