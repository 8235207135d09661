"""The overview, what is due, and the pages that belong to no room."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import author
from sgcszr_portal.due import grouped, tasks_for
from sgcszr_portal.feed import calendar_of
from sgcszr_portal.overview import overview_for

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where the decision stands, at a glance."""
    return render(request, "sgcszr_portal/overview.html", {"overview": overview_for(request.user)})


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What waits for the visitor, soonest first, and the private address of the same as a calendar."""
    key = author(request).calendar_key
    context = {
        "groups": grouped(tasks_for(request.user)),
        "calendar_url": settings.PUBLIC_URL + reverse("calendar", args=[key]) if key else "",
    }
    return render(request, "sgcszr_portal/due.html", context)


@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Give the visitor a new private address; the former one leads nowhere from now on."""
    user = author(request)
    had_one = bool(user.calendar_key)
    user.new_calendar_key()
    messages.success(
        request,
        "Адрес календаря сменён: прежний больше не работает." if had_one else "Адрес календаря создан.",
    )
    return redirect("due")


@login_not_required
@require_safe
@cache_control(private=True, no_store=True)
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's deadlines as a calendar; whoever has the key is let in, calendar programs cannot log in."""
    owner = get_object_or_404(User, calendar_key=key, is_active=True)
    return HttpResponse(
        calendar_of(owner),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="sroki.ics"', "X-Robots-Tag": "noindex"},
    )


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
