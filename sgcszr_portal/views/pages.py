"""The overview and the guide."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sgcszr_portal.overview import overview_for


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where the decision stands, at a glance."""
    return render(request, "sgcszr_portal/overview.html", {"overview": overview_for(request.user)})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The guide, for each role its part."""
    return render(request, "sgcszr_portal/help.html")
