"""What waits for the visitor, as a page and as a calendar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import author
from listings.answering import listing_response
from sgcszr_portal import access
from sgcszr_portal.due import Due
from sgcszr_portal.feed import calendar_of


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What waits for the visitor, soonest first, and the private address of the same as a calendar."""
    key = author(request).calendar_key
    address = settings.PUBLIC_URL + reverse("calendar", args=[key]) if key else ""
    may_hand_over = access.handing_over_refusal(request.user) is None
    return listing_response(
        request,
        Due(request.GET, request.user),
        "sgcszr_portal/due.html",
        calendar_url=address,
        may_hand_over=may_hand_over,
    )


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
