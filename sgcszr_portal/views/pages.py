"""The overview, the guide, and whether the portal is well."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sgcszr_portal.overview import overview_for

logger = logging.getLogger(__name__)


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


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness and readiness: the process answers, and reaches its database (503 when it does not)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database is out of reach")
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
