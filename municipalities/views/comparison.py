"""Two days side by side."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from listings.answering import listing_response
from municipalities.comparison import CityByCity


@login_not_required
@require_safe
def municipalities_compare(request: HttpRequest) -> HttpResponse:
    """What changed between two days, city by city."""
    listing = CityByCity(request.GET, request.user)
    return listing_response(request, listing, "municipalities/comparison.html", comparison=listing.comparison)
