"""The overview and the pages that belong to no room."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where the decision stands, at a glance."""
    return render(request, "sgcszr_portal/overview.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The guide, for each role its part."""
    return render(request, "sgcszr_portal/help.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness and readiness: the process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
