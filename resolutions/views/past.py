"""Decisions of the past: the workbook out and in, its preview, the decision, and the log. For the secretariat alone."""

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from documents.downloads import attachment_response, workbook_response
from documents.uploads import holders_of, takes_files
from documents.views.prepared import paper_response
from municipalities.importing.annotating import remarked
from municipalities.importing.archive import MAX_FILE_BYTES
from municipalities.views.uploads import UploadPages, apply_upload, discard_upload, show_upload, try_again, with_remarks
from resolutions.access import past_refusal
from resolutions.jobs import apply_past, read_past
from resolutions.models import PastImport
from resolutions.past.book import template
from resolutions.past.forms import PastForm
from resolutions.past.listing import PastLog, rows_of
from resolutions.past.plan import PastPlan
from resolutions.past.prepared import KIND
from resolutions.past.rows import Sheet
from resolutions.past.sheets import SHEETS
from resolutions.past.uploads import NOTHING, receive

PAGES = UploadPages(
    uploads=PastImport,
    read=read_past,
    load=apply_past,
    seen=lambda upload: PastPlan.from_json(upload.plan).seen,
    brings=lambda upload: bool(PastPlan.from_json(upload.plan).added),
    nothing=NOTHING,
    discarded="Вы отказались от загрузки: на портале ничего не изменилось.",
    waiting="resolutions/past/under_way.html",
    doing="resolutions/past/_doing.html",
    log="past",
    again="past_import_again",
    discard="past_import_discard",
)


@takes_files(MAX_FILE_BYTES, holders_of(Permission.KEEP_DECISIONS))
@require_http_methods(["GET", "HEAD", "POST"])
def past(request: HttpRequest) -> HttpResponse:
    """Upload a workbook; the log of earlier uploads."""
    open_or_403(past_refusal(request.user))
    form = PastForm(request.POST, request.FILES) if request.method == "POST" else PastForm()
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            upload = receive(form.cleaned_data["workbook"], by=author(request))
            PAGES.begin_reading(upload)
        return redirect(upload)
    sheets = [(one.value, SHEETS[one].explained) for one in Sheet]
    context = {"form": form, "listing": PastLog(request.GET, request.user), "sheets": sheets}
    return render(request, "resolutions/past/past.html", context, status=form_status(request))


@require_safe
def past_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with examples."""
    open_or_403(past_refusal(request.user))
    return workbook_response(template(), "Решения прошлых лет – шаблон.xlsx")


@require_safe
def past_export(request: HttpRequest) -> HttpResponseBase:
    """The same workbook with what the portal holds."""
    open_or_403(past_refusal(request.user))
    return paper_response(request, KIND, {}, f"Решения портала на {timezone.localdate():%d.%m.%Y}.xlsx")


@require_safe
def past_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What an upload would add, or has added; or how far the worker is."""
    open_or_403(past_refusal(request.user))
    return show_upload(request, PAGES, pk, lambda upload: _preview(request, upload))


@require_POST
def past_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker load everything that the preview showed, or nothing; what was outdated is judged anew."""
    open_or_403(past_refusal(request.user))
    return apply_upload(request, PAGES, pk)


@require_POST
def past_import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker read again what it gave up on."""
    open_or_403(past_refusal(request.user))
    return try_again(request, PAGES, pk)


@require_POST
def past_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that nothing is to be loaded."""
    open_or_403(past_refusal(request.user))
    return discard_upload(request, PAGES, pk)


@require_safe
def past_import_file(request: HttpRequest, pk: int) -> FileResponse:
    """A workbook of the log, as it came."""
    open_or_403(past_refusal(request.user))
    upload = get_object_or_404(PastImport, pk=pk)
    return attachment_response(upload.file, upload.name)


@require_safe
def past_import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The same workbook with its errors as comments."""
    open_or_403(past_refusal(request.user))
    upload = get_object_or_404(PastImport, pk=pk)
    faults = [(one.sheet, one.cell, one.text) for one in PastPlan.from_json(upload.plan).faults]
    return with_remarks(request, upload, upload, lambda file: remarked(file, faults))


def _preview(request: HttpRequest, upload: PastImport) -> HttpResponse:
    plan = PastPlan.from_json(upload.plan)
    context = {"batch": upload, "plan": plan, "listing": rows_of(plan, upload, request.GET, request.user)}
    return render(request, "resolutions/past/import.html", context)
