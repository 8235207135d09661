"""What the pages of every log of uploads share: waiting for the worker, the decision, the workbook with remarks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails
from django_tasks.base import Task

from accounts.requests import author
from background.models import LiveWorker
from documents.downloads import workbook_response
from listings.answering import wants_fragment
from municipalities.importing.archive import RefusedWorkbook
from municipalities.importing.batches import discard
from municipalities.importing.intake import OUTDATED, STOPPED
from municipalities.models import ImportState, KeptWorkbook, WorkbookUpload
from revisions.sent_once import turned_back

FRAGMENT, TARGET = "municipalities/imports/_under_way.html", "under-way"  # what htmx exchanges, and its id
AGAIN_IN = 2  # seconds
NOTHING_STOPPED = "Загрузка идёт или уже закончена: повторять нечего."

Upload = TypeVar("Upload", bound=WorkbookUpload)


@dataclass(frozen=True)
class UploadPages(Generic[Upload]):
    """What is a log's own in the pages of its uploads.

    Attributes:
        uploads: the model of the log.
        read, load: the worker's tasks: `Intake.read` and `Intake.load`.
        seen: the mark of an upload's plan, by which a form says which one its reader has seen.
        brings: whether that plan brings anything.
        nothing, discarded: what is said when it does not, and when its reader decided against it.
        waiting: the template of the page that waits for the worker.
        doing: the template of its sentence that says what the worker does.
        log, again, discard: names of the addresses that list all uploads, try one again, and decide against one.
    """

    uploads: type[Upload]
    read: Task[..., None]
    load: Task[..., None]
    seen: Callable[[Upload], str]
    brings: Callable[[Upload], bool]
    nothing: str
    discarded: str
    waiting: str
    doing: str
    log: str
    again: str
    discard: str

    def begin_reading(self, upload: Upload, note: str = "") -> None:
        """Let the worker read an upload, in the transaction of the caller.

        Args:
            upload: locked or new.
            note: what its reader should know.

        Raises:
            ValidationError: it was decided already.
        """
        upload.begin(ImportState.READING, self.read, note)


def show_upload(
    request: HttpRequest, pages: UploadPages[Upload], pk: int, preview: Callable[[Upload], HttpResponse]
) -> HttpResponse:
    """What an upload would bring, or has brought; or how far the worker is.

    Args:
        request: by htmx for the part that moves, else for the page.
        pages: of which log.
        pk: of the upload.
        preview: makes the page of one that was read.
    """
    upload = get_object_or_404(pages.uploads, pk=pk)
    if upload.is_under_way:
        return _waiting_page(request, pages, upload)
    if HtmxDetails(request).target == TARGET:  # the part that waited asks: the whole page is another one now
        return HttpResponseClientRefresh()
    return preview(upload)


@transaction.atomic
def apply_upload(request: HttpRequest, pages: UploadPages[Upload], pk: int) -> HttpResponse:
    """Let the worker write everything that the preview showed, or nothing; what was outdated is read anew."""
    upload, seen = _locked(pages, pk), request.POST.get("seen", "")
    try:
        if pages.seen(upload) != seen:
            pages.begin_reading(upload, OUTDATED)
        elif upload.state == ImportState.PREVIEW and not pages.brings(upload):
            raise ValidationError(pages.nothing, code="nothing")
        else:
            upload.begin(ImportState.APPLYING, pages.load, seen, author(request).pk)
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), get_object_or_404(pages.uploads, pk=pk))
    return redirect(upload)


@transaction.atomic
def try_again(request: HttpRequest, pages: UploadPages[Upload], pk: int) -> HttpResponse:
    """Let the worker read again what it gave up on."""
    upload = _locked(pages, pk)
    if not upload.has_stopped:
        return turned_back(request, NOTHING_STOPPED, upload)
    pages.begin_reading(upload, STOPPED if upload.state == ImportState.APPLYING else "")
    return redirect(upload)


def discard_upload(request: HttpRequest, pages: UploadPages[Upload], pk: int) -> HttpResponse:
    """Decide that nothing is to be written."""
    upload = get_object_or_404(pages.uploads, pk=pk)
    try:
        discard(upload, by=author(request))
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), upload)
    messages.success(request, pages.discarded)
    return redirect(pages.log)


def with_remarks(
    request: HttpRequest, upload: WorkbookUpload, kept: KeptWorkbook, mark: Callable[[IO[bytes]], bytes]
) -> HttpResponse:
    """A workbook of an upload with its errors as comments.

    Args:
        request: by whoever may have it.
        upload: to whose page one returns when the workbook is damaged.
        kept: the workbook.
        mark: makes the copy.
    """
    try:
        with kept.file.open("rb") as file:
            content = mark(file)
    except RefusedWorkbook as refused:
        messages.error(request, str(refused))
        return redirect(upload)
    return workbook_response(content, f"С замечаниями – {kept.name}")


def _locked(pages: UploadPages[Upload], pk: int) -> Upload:
    return get_object_or_404(pages.uploads._default_manager.select_for_update(), pk=pk)


def _waiting_page(request: HttpRequest, pages: UploadPages[Upload], upload: Upload) -> HttpResponse:
    """The page that waits for the worker, or its fragment."""
    context = {
        "batch": upload,
        "has_stopped": upload.has_stopped,
        "again_in": AGAIN_IN,
        "again_url": reverse(pages.again, args=[upload.pk]),
        "discard_url": reverse(pages.discard, args=[upload.pk]),
        "doing": pages.doing,
        "worker_lives": LiveWorker.objects.seen_lately().exists(),
    }
    response = render(request, FRAGMENT if wants_fragment(request) else pages.waiting, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
