"""How a list answers: as a page, or as its fragment alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import push_url
from django_htmx.middleware import HtmxDetails

from listings.listing import Listing

PAGE = "listings/page.html"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks and a part of the page is enough; not when it rebuilds a page for the browser's history."""
    htmx = HtmxDetails(request)
    return bool(htmx) and not htmx.history_restore_request


def listing_response(request: HttpRequest, listing: Listing[Any], page: str = PAGE, **around: Any) -> HttpResponse:
    """The page of a list; htmx gets the list alone, and the address to show.

    Args:
        request: which asks.
        listing: what it asks for.
        page: the template of the whole page; without one, the list stands on it alone.
        **around: what the page shows beside the list; what costs a query may be a function, no fragment calls it.

    Returns:
        200, or 422 when the address makes no sense.
    """
    fragment = bool(listing.target) and wants_fragment(request)
    template = listing.template if fragment else page
    status = 200 if listing.is_valid else 422
    response = render(request, template, {"listing": listing, **around}, status=status)
    if fragment and listing.is_valid:
        push_url(response, listing.page_url)
    if listing.target:
        patch_vary_headers(response, ["HX-Request"])  # one address, two answers: a browser must not mix them up
    return response
