"""The result of a round: on screen, as a workbook, on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.downloads import pdf_response, safe_name
from municipalities.surveys.papers import render_summary
from municipalities.surveys.summary import shown, summary_of
from municipalities.surveys.workbook import summary_workbook
from municipalities.views.surveys.gates import results_or_404
from municipalities.workbook import MEDIA_TYPE


@require_safe
def survey_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Tables and bars of what was accepted."""
    summary = summary_of(results_or_404(request, pk))
    context = {
        "survey": summary.survey,
        "summary": summary,
        "digests": [(one, [(label, shown(value)) for label, value in one.figures]) for one in summary.digests],
        "rows": [(row, [shown(value) for value in row.answers]) for row in summary.accepted_rows],
    }
    return render(request, "municipalities/surveys/summary.html", context)


@require_safe
def survey_summary_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    summary = summary_of(results_or_404(request, pk))
    name = safe_name(f"Сводка. {summary.survey.title}.xlsx")
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(summary_workbook(summary), content_type=MEDIA_TYPE, headers=headers)


@require_safe
def survey_summary_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    summary = summary_of(results_or_404(request, pk))
    return pdf_response(render_summary(summary), f"Сводка. {summary.survey.title}.pdf")
