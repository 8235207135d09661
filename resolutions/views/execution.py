"""The report on execution: one value, as a page, a PDF, a Word file and a workbook."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import open_or_403
from documents.views.prepared import paper_response
from listings.answering import listing_response
from resolutions import access
from resolutions.execution.listing import ReportLetters, ReportPoints, letters_urls, point_figures
from resolutions.execution.prepared import arguments_of, read_report
from resolutions.execution.report import ExecutionReport
from resolutions.forms.execution import ReportDayForm
from resolutions.models import Resolution
from resolutions.views.gates import resolution_or_404

LIST_PAGE = "resolutions/execution/list.html"


@login_not_required
@require_safe
def execution(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What became of the decision, as of a day."""
    return _answer(request, slug, "")


@login_not_required
@require_safe
def execution_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same on paper."""
    return _answer(request, slug, "pdf")


@login_not_required
@require_safe
def execution_docx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for Word."""
    return _answer(request, slug, "docx")


@login_not_required
@require_safe
def execution_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same for Excel."""
    return _answer(request, slug, "xlsx")


@login_not_required
@require_safe
def execution_points(request: HttpRequest, slug: str) -> HttpResponse:
    """The points that a figure of the report counts."""
    found = resolution_or_404(request, slug)
    open_or_403(access.execution_refusal(found))
    listing = ReportPoints(request.GET, request.user, found)
    return listing_response(request, listing, LIST_PAGE, resolution=found)


@require_safe
def execution_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters that a figure of the report counts."""
    found = resolution_or_404(request, slug)
    open_or_403(access.execution_refusal(found) or access.letters_refusal(request.user))
    listing = ReportLetters(request.GET, request.user, found)
    return listing_response(request, listing, LIST_PAGE, resolution=found)


def _answer(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    """The report as a file, or as the page; an address that makes no sense gets the page with its form.

    Args:
        request: with the days.
        slug: of the decision.
        ending: of the file; empty for the page.

    Raises:
        Http404: there is no such decision for this visitor.
        PermissionDenied: it is a draft.
    """
    found = resolution_or_404(request, slug)
    open_or_403(access.execution_refusal(found))
    form = ReportDayForm(request.GET, adopted_on=found.adopted_on)
    if not form.is_valid():
        return render(request, "resolutions/execution.html", {"resolution": found, "form": form}, status=422)
    as_of, known_on = form.cleaned_data["as_of"], form.cleaned_data["known_on"]
    arguments = arguments_of(found, request.user, as_of, known_on)
    if not ending:
        return _page(request, found, form, read_report(arguments))
    name = _file_name(found, as_of, known_on, ending)
    return paper_response(request, f"execution-{ending}", arguments, name, inline=ending == "pdf")


def _page(request: HttpRequest, found: Resolution, form: ReportDayForm, report: ExecutionReport) -> HttpResponse:
    days = {"as_of": report.as_of} | ({"known_on": report.known_on} if report.known_on else {})
    context = {
        "resolution": found,
        "form": form,
        "report": report,
        "figures": point_figures(report),
        "letters_urls": letters_urls(report),
        "days": urlencode(days),
    }
    return render(request, "resolutions/execution.html", context)


def _file_name(found: Resolution, as_of: dt.date, known_on: dt.date | None, ending: str) -> str:
    known = f", по данным на {known_on:%d.%m.%Y}" if known_on else ""
    return f"Исполнение решения от {found.adopted_on:%d.%m.%Y} на {as_of:%d.%m.%Y}{known}.{ending}"
