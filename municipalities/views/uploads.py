"""What the pages of every log of uploads share: waiting for the worker, and letting it try again."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from background.models import LiveWorker
from listings.answering import wants_fragment
from municipalities.jobs import STOPPED
from municipalities.models import ImportState, WorkbookUpload
from revisions.sent_once import turned_back

FRAGMENT, TARGET = "municipalities/imports/_under_way.html", "under-way"  # what htmx exchanges, and its id
AGAIN_IN = 2  # seconds
NOTHING_STOPPED = "Загрузка идёт или уже закончена: повторять нечего."


@dataclass(frozen=True)
class Waiting:
    """What the page of an upload says while the worker is at it.

    Attributes:
        page: its template.
        doing: the template of the sentence that says what the worker does.
        again, discard: names of the addresses that try again, and decide that nothing is to be written.
    """

    page: str
    doing: str
    again: str
    discard: str


def waiting_page(request: HttpRequest, upload: WorkbookUpload, waiting: Waiting) -> HttpResponse:
    """The page that waits for the worker, or its fragment.

    Args:
        request: by htmx for the part that moves, else for the page.
        upload: one that is under way.
        waiting: what the page says.
    """
    context = {
        "batch": upload,
        "has_stopped": upload.has_stopped,
        "again_in": AGAIN_IN,
        "again_url": reverse(waiting.again, args=[upload.pk]),
        "discard_url": reverse(waiting.discard, args=[upload.pk]),
        "doing": waiting.doing,
        "worker_lives": LiveWorker.objects.seen_lately().exists(),
    }
    response = render(request, FRAGMENT if wants_fragment(request) else waiting.page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def has_waited(request: HttpRequest) -> bool:
    """Whether the fragment that waited asks, of an upload that has come so far meanwhile."""
    return HtmxDetails(request).target == TARGET


def whole_page() -> HttpResponse:
    """The answer to that: the browser is to ask for the page anew."""
    return HttpResponseClientRefresh()


def try_again(request: HttpRequest, upload: WorkbookUpload, begin: Callable[[str], None]) -> HttpResponse:
    """Let the worker read again what it gave up on.

    Args:
        request: POST.
        upload: locked in the transaction of the caller.
        begin: lets the worker read it, with a note to its reader.
    """
    if not upload.has_stopped:
        return turned_back(request, NOTHING_STOPPED, upload)
    begin(STOPPED if upload.state == ImportState.APPLYING else "")
    return redirect(upload)
