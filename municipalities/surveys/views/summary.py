"""The result of a round: on screen, as a workbook, on paper."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.views.prepared import paper_response
from listings.answering import listing_response
from municipalities.surveys.figures import Answers, answers_url, participation_bars, shown_digests
from municipalities.surveys.summary import summary_of
from municipalities.surveys.views.gates import results_or_404


@require_safe
def survey_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Tables and bars of what was accepted."""
    summary = summary_of(results_or_404(request, pk))
    context = {
        "survey": summary.survey,
        "summary": summary,
        "accepted_url": answers_url(summary),
        "participation": participation_bars(summary),
        "digests": shown_digests(summary),
        "rows": [(row, summary.answers_in_words(row)) for row in summary.accepted_rows],
    }
    return render(request, "municipalities/surveys/summary.html", context)


@require_safe
def survey_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers that a figure of the summary counts."""
    listing = Answers(request.GET, request.user, results_or_404(request, pk))
    return listing_response(request, listing, "municipalities/surveys/answers.html", survey=listing.survey)


@require_safe
def survey_summary_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as a workbook."""
    found = results_or_404(request, pk)
    return paper_response(request, "summary-xlsx", {"round": found.pk}, f"Сводка. {found.title}.xlsx")


@require_safe
def survey_summary_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same on paper."""
    found = results_or_404(request, pk)
    return paper_response(request, "summary-pdf", {"round": found.pk}, f"Сводка. {found.title}.pdf", inline=True)
