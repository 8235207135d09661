"""Workbooks in: the upload, its preview, the decision, and the files of the log. For the secretariat alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from documents.downloads import WORKBOOK_MEDIA_TYPE, attachment_response, safe_name
from documents.uploads import holders_of, takes_files
from municipalities.access import import_refusal, participation_refusal
from municipalities.importing.annotating import annotated
from municipalities.importing.applying import OutdatedPlan, apply
from municipalities.importing.archive import MAX_FILE_BYTES, RefusedWorkbook
from municipalities.importing.batches import RefusedFiles, discard, look_again, start
from municipalities.importing.forms import MAX_FILES, ImportForm
from municipalities.importing.listing import Log, rows_of
from municipalities.importing.plan import Plan, digest
from municipalities.models import ImportedFile, Municipality, WorkbookImport
from municipalities.views.gates import municipality_or_404
from municipalities.workbook import questionnaire_workbook
from revisions.sent_once import turned_back, works_in_steps
from russian.templatetags.russian import counted

FORMS = "муниципальное образование,муниципальных образования,муниципальных образований"
OUTDATED = (
    "Ничего не загружено: после предпросмотра сведения на портале изменились. "
    "Ниже – изменения по отношению к тому, что на портале сейчас. Проверьте их и подтвердите ещё раз."
)


@takes_files(MAX_FILES * MAX_FILE_BYTES, holders_of(Permission.KEEP_REGISTRY))
@require_http_methods(["GET", "HEAD", "POST"])
@works_in_steps
def municipalities_import(request: HttpRequest) -> HttpResponse:
    """Upload workbooks; the log of earlier uploads."""
    open_or_403(import_refusal(request.user))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(start(form.cleaned_data["workbooks"], by=author(request)))
        except RefusedFiles as refused:
            for sentence in refused.sentences:
                form.add_error("workbooks", sentence)
    context = {"form": form, "listing": Log(request.GET, request.user)}
    return render(request, "municipalities/imports/imports.html", context, status=form_status(request))


@require_safe
def municipality_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What an upload would change, or has changed."""
    open_or_403(import_refusal(request.user))
    return _preview(request, get_object_or_404(WorkbookImport, pk=pk))


@require_POST
@works_in_steps
def municipality_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write everything that the preview showed, or nothing."""
    open_or_403(import_refusal(request.user))
    batch = get_object_or_404(WorkbookImport, pk=pk)
    try:
        apply(batch, seen=request.POST.get("seen", ""), by=author(request))
    except OutdatedPlan:
        return _preview_again(request, batch)
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), batch)
    done = counted(
        batch.changed_municipalities,
        "муниципальное образование,муниципальных образования,муниципальных образований",
    )
    messages.success(request, f"Загружено: обновлено {done}.")
    return redirect(batch)


@require_POST
def municipality_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that nothing is to be written."""
    open_or_403(import_refusal(request.user))
    batch = get_object_or_404(WorkbookImport, pk=pk)
    try:
        discard(batch, by=author(request))
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), batch)
    messages.success(request, "Загрузка отменена: на портале ничего не изменилось.")
    return redirect("municipalities_import")


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
    try:
        with kept.file.open("rb") as file:
            content = annotated(file, errors)
    except RefusedWorkbook as refused:
        messages.error(request, str(refused))
        return redirect(kept.batch)
    return _workbook_response(content, f"С замечаниями – {kept.name}")


@require_safe
def municipality_questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """The row of one municipality as a workbook, to be filled in and sent back."""
    asked = municipality_or_404(request, slug)
    open_or_403(participation_refusal(request.user, asked))
    content = questionnaire_workbook(Municipality.objects.filter(pk=asked.pk))
    return _workbook_response(content, f"Анкета – {asked.name}.xlsx")


def _preview_again(request: HttpRequest, batch: WorkbookImport) -> HttpResponse:
    """The plan was made before somebody changed the municipalities: make it anew and show it."""
    try:
        look_again(batch)
    except ValidationError as refused:
        return turned_back(request, " ".join(refused.messages), batch)
    except (RefusedFiles, FileNotFoundError) as refused:
        sentences = str(refused) if isinstance(refused, RefusedFiles) else "Сохранённый файл не читается."
        return turned_back(request, f"{sentences} Загрузите файл ещё раз.", batch)
    messages.warning(request, OUTDATED)
    return _preview(request, batch, status=409)


def _preview(request: HttpRequest, batch: WorkbookImport, *, status: int = 200) -> HttpResponse:
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
    return render(request, "municipalities/imports/import.html", context, status=status)


def _workbook_response(content: bytes, filename: str) -> HttpResponse:
    disposition = content_disposition_header(True, safe_name(filename))
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=WORKBOOK_MEDIA_TYPE, headers=headers)
