"""The report on execution: one value, as a page, a PDF, a Word file and a workbook."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import open_or_403
from documents.downloads import pdf_response, word_response, workbook_response
from resolutions import access
from resolutions.execution.papers import render_execution, write_execution
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.execution.workbook import execution_workbook
from resolutions.forms.execution import ReportDayForm
from resolutions.models import Resolution
from resolutions.views.gates import resolution_or_404


@login_not_required
@require_safe
def execution(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of the decision, as of a day."""
    return _answer(request, slug, None)


@login_not_required
@require_safe
def execution_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper."""
    return _answer(request, slug, lambda report: pdf_response(render_execution(report), _file_name(report, "pdf")))


@login_not_required
@require_safe
def execution_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for Word."""
    return _answer(request, slug, lambda report: word_response(write_execution(report), _file_name(report, "docx")))


@login_not_required
@require_safe
def execution_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for Excel."""
    return _answer(
        request, slug, lambda report: workbook_response(execution_workbook(report), _file_name(report, "xlsx"))
    )


def _answer(request: HttpRequest, slug: str, as_file: Callable[[ExecutionReport], HttpResponse] | None) -> HttpResponse:
    """The report as a file, or as the page; an address that makes no sense gets the page with its form.

    Raises:
        Http404: there is no such decision for this visitor.
        PermissionDenied: it is a draft.
    """
    found = resolution_or_404(request, slug)
    open_or_403(access.execution_refusal(found))
    form = ReportDayForm(request.GET, adopted_on=found.adopted_on)
    if not form.is_valid():
        return render(request, "resolutions/execution.html", {"resolution": found, "form": form}, status=422)
    report = report_on(
        found,
        form.cleaned_data["as_of"],
        known_on=form.cleaned_data["known_on"],
        with_letters=not access.letters_refusal(request.user),
        reader=request.user,
    )
    return as_file(report) if as_file else _page(request, found, form, report)


def _page(request: HttpRequest, found: Resolution, form: ReportDayForm, report: ExecutionReport) -> HttpResponse:
    days = {"as_of": report.as_of} | ({"known_on": report.known_on} if report.known_on else {})
    context = {
        "resolution": found,
        "form": form,
        "report": report,
        "days": urlencode(days),
        "sees_unlisted": access.can_see_internal(request.user),
    }
    return render(request, "resolutions/execution.html", context)


def _file_name(report: ExecutionReport, ending: str) -> str:
    known = f", по данным на {report.known_on:%d.%m.%Y}" if report.known_on else ""
    return f"Исполнение решения от {report.adopted_on:%d.%m.%Y} на {report.as_of:%d.%m.%Y}{known}.{ending}"
