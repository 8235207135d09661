"""The control sheet: the points of all decisions, as a page, a workbook and a paper."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from documents.views.prepared import paper_response
from listings.answering import listing_response
from resolutions.execution.sheet_listing import ControlSheet
from resolutions.execution.sheet_prepared import arguments_of

PAGE = "resolutions/points.html"


@login_not_required
@require_safe
def points(request: HttpRequest) -> HttpResponseBase:
    """The points of all decisions on a day, by what was asked."""
    return _answer(request, "")


@login_not_required
@require_safe
def points_pdf(request: HttpRequest) -> HttpResponseBase:
    """The same on paper."""
    return _answer(request, "pdf")


@login_not_required
@require_safe
def points_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The same for Excel."""
    return _answer(request, "xlsx")


def _answer(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The rows as a file, or as the page; an address that makes no sense gets the page."""
    sheet = ControlSheet(request.GET, request.user)
    if not ending or not sheet.is_valid:
        return listing_response(request, sheet, PAGE)
    name = f"Контроль исполнения решений на {sheet.day:%d.%m.%Y}.{ending}"
    return paper_response(request, f"sheet-{ending}", arguments_of(sheet), name, inline=ending == "pdf")
