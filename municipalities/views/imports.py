"""Workbooks in: the upload, its preview, the decision, and the files of the log. For the secretariat alone."""

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from documents.downloads import attachment_response, workbook_response
from documents.uploads import holders_of, takes_files
from municipalities.access import import_refusal, participation_refusal
from municipalities.importing.annotating import annotated
from municipalities.importing.applying import NOTHING
from municipalities.importing.archive import MAX_FILE_BYTES
from municipalities.importing.batches import RefusedFiles, receive
from municipalities.importing.forms import MAX_FILES, ImportForm
from municipalities.importing.listing import Log, rows_of
from municipalities.importing.plan import Plan, digest
from municipalities.jobs import apply_import, read_import
from municipalities.models import ImportedFile, Municipality, WorkbookImport
from municipalities.registration import row_parts
from municipalities.views.gates import municipality_or_404
from municipalities.views.uploads import UploadPages, apply_upload, discard_upload, show_upload, try_again, with_remarks
from municipalities.workbook import questionnaire_workbook

PAGES = UploadPages(
    uploads=WorkbookImport,
    read=read_import,
    load=apply_import,
    seen=lambda batch: digest(batch.plan),
    brings=lambda batch: bool(batch.changed_cells),
    nothing=NOTHING,
    discarded="Загрузка отменена: на портале ничего не изменилось.",
    waiting="municipalities/imports/under_way.html",
    doing="municipalities/imports/_doing.html",
    log="municipalities_import",
    again="municipality_import_again",
    discard="municipality_import_discard",
)


@takes_files(MAX_FILES * MAX_FILE_BYTES, holders_of(Permission.KEEP_REGISTRY))
@require_http_methods(["GET", "HEAD", "POST"])
def municipalities_import(request: HttpRequest) -> HttpResponse:
    """Upload workbooks; the log of earlier uploads."""
    open_or_403(import_refusal(request.user))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                batch = receive(form.cleaned_data["workbooks"], by=author(request))
                PAGES.begin_reading(batch)
        except RefusedFiles as refused:
            for sentence in refused.sentences:
                form.add_error("workbooks", sentence)
        else:
            return redirect(batch)
    context = {"form": form, "listing": Log(request.GET, request.user), "parts": row_parts()}
    return render(request, "municipalities/imports/imports.html", context, status=form_status(request))


@require_safe
def municipality_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What an upload would change, or has changed; or how far the worker is."""
    open_or_403(import_refusal(request.user))
    return show_upload(request, PAGES, pk, lambda batch: _preview(request, batch))


@require_POST
def municipality_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker write everything that the preview showed, or nothing; what was outdated is read anew."""
    open_or_403(import_refusal(request.user))
    return apply_upload(request, PAGES, pk)


@require_POST
def municipality_import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker read again what it gave up on."""
    open_or_403(import_refusal(request.user))
    return try_again(request, PAGES, pk)


@require_POST
def municipality_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that nothing is to be written."""
    open_or_403(import_refusal(request.user))
    return discard_upload(request, PAGES, pk)


@require_safe
def municipality_import_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """A workbook of the log, as it came."""
    open_or_403(import_refusal(request.user))
    kept = get_object_or_404(ImportedFile, pk=file_pk, batch_id=pk)
    return attachment_response(kept.file, kept.name)


@require_safe
def municipality_import_errors(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """The same workbook with its errors as comments."""
    open_or_403(import_refusal(request.user))
    kept = get_object_or_404(ImportedFile.objects.select_related("batch"), pk=file_pk, batch_id=pk)
    place = list(kept.batch.files.values_list("pk", flat=True)).index(kept.pk)
    errors = [error for error in Plan.from_json(kept.batch.plan).errors if error.file == place]
    return with_remarks(request, kept.batch, kept, lambda file: annotated(file, errors))


@require_safe
def municipality_questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """The row of one municipality as a workbook, to be filled in and sent back."""
    asked = municipality_or_404(request, slug)
    open_or_403(participation_refusal(request.user, asked))
    content = questionnaire_workbook(Municipality.objects.filter(pk=asked.pk))
    return workbook_response(content, f"Анкета – {asked.name}.xlsx")


def _preview(request: HttpRequest, batch: WorkbookImport) -> HttpResponse:
    plan = Plan.from_json(batch.plan)
    files = list(batch.files.all())
    context = {
        "batch": batch,
        "plan": plan,
        "files": files,
        "flawed": [file for place, file in enumerate(files) if any(error.file == place for error in plan.errors)],
        "warned": sum(bool(change.warnings) for change in plan.changes),
        "listing": rows_of(plan, batch, files, request.GET, request.user),
        "seen": digest(batch.plan),
    }
    return render(request, "municipalities/imports/import.html", context)
