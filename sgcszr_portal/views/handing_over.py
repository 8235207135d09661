"""All that is open, for whoever takes the secretariat over: a page and a paper."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import open_or_403
from documents.views.prepared import paper_response
from sgcszr_portal import access
from sgcszr_portal.handing_over.content import KIND, handing_over
from sgcszr_portal.handing_over.papers import MAKER


@require_safe
def handing_over_page(request: HttpRequest) -> HttpResponse:
    """What is open today, for whom it waits, and what others owe."""
    open_or_403(access.handing_over_refusal(request.user))
    content = handing_over(timezone.localdate())
    return render(request, "sgcszr_portal/handing_over.html", {"kind": KIND, "content": content})


@require_safe
def handing_over_pdf(request: HttpRequest) -> HttpResponseBase:
    """The same on paper."""
    open_or_403(access.handing_over_refusal(request.user))
    name = f"{KIND} на {timezone.localdate():%d.%m.%Y}.pdf"
    return paper_response(request, MAKER.kind, {}, name, inline=True)
