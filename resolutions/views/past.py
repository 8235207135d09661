"""Decisions of the past: the workbook out and in, its preview, the decision, and the log. For the secretariat alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
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
from municipalities.importing.archive import MAX_FILE_BYTES, RefusedWorkbook
from municipalities.importing.batches import discard
from municipalities.jobs import OUTDATED
from municipalities.models import ImportState
from municipalities.views.uploads import Waiting, has_waited, try_again, waiting_page, whole_page
from resolutions.access import past_refusal
from resolutions.jobs import begin_applying, begin_reading
from resolutions.models import PastImport
from resolutions.past.book import template
from resolutions.past.forms import PastForm
from resolutions.past.listing import PastLog, rows_of
from resolutions.past.plan import PastPlan
from resolutions.past.prepared import KIND
from resolutions.past.rows import Sheet
from resolutions.past.sheets import SHEETS
from resolutions.past.uploads import NOTHING, receive
from revisions.sent_once import turned_back

WAITING = Waiting(
    page="resolutions/past/under_way.html",
    doing="resolutions/past/_doing.html",
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
            begin_reading(upload)
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
    upload = get_object_or_404(PastImport, pk=pk)
    if upload.is_under_way:
        return waiting_page(request, upload, WAITING)
    if has_waited(request):
        return whole_page()
    plan = PastPlan.from_json(upload.plan)
    context = {"batch": upload, "plan": plan, "listing": rows_of(plan, upload, request.GET, request.user)}
    return render(request, "resolutions/past/import.html", context)


@require_POST
@transaction.atomic
def past_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker load everything that the preview showed, or nothing; what was outdated is judged anew."""
    open_or_403(past_refusal(request.user))
    upload = get_object_or_404(PastImport.objects.select_for_update(), pk=pk)
    plan, seen = PastPlan.from_json(upload.plan), request.POST.get("seen", "")
    try:
        if plan.seen != seen:
            begin_reading(upload, OUTDATED)
        elif upload.state == ImportState.PREVIEW and not plan.added:
            raise ValidationError(NOTHING, code="nothing")
        else:
            begin_applying(upload, seen=seen, by=author(request))
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), get_object_or_404(PastImport, pk=pk))
    return redirect(upload)


@require_POST
@transaction.atomic
def past_import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker read again what it gave up on."""
    open_or_403(past_refusal(request.user))
    upload = get_object_or_404(PastImport.objects.select_for_update(), pk=pk)
    return try_again(request, upload, lambda note: begin_reading(upload, note))


@require_POST
def past_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that nothing is to be loaded."""
    open_or_403(past_refusal(request.user))
    upload = get_object_or_404(PastImport, pk=pk)
    try:
        discard(upload, by=author(request))
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), upload)
    messages.success(request, "Вы отказались от загрузки: на портале ничего не изменилось.")
    return redirect("past")


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
    faults = PastPlan.from_json(upload.plan).faults
    try:
        with upload.file.open("rb") as file:
            content = remarked(file, [(one.sheet, one.cell, one.text) for one in faults])
    except RefusedWorkbook as refused:
        messages.error(request, str(refused))
        return redirect(upload)
    return workbook_response(content, f"С замечаниями – {upload.name}")
