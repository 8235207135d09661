"""The registry: the page, its fragment and its workbook."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.downloads import WORKBOOK_MEDIA_TYPE
from listings.answering import listing_response
from municipalities.access import edit_refusal, import_refusal, own_municipalities
from municipalities.registry import Registry
from municipalities.workbook import file_name, registry_workbook


@login_not_required
@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """Search, filters, order, counts and rows; htmx gets the same as a fragment."""
    return _registry_page(request, Registry(request.GET, request.user))


@login_not_required
@require_safe
def municipalities_export(request: HttpRequest) -> HttpResponse:
    """Exactly the rows of the registry's address, as a workbook; an address that makes no sense gets the page."""
    registry = Registry(request.GET, request.user)
    if not registry.is_valid:
        return _registry_page(request, registry)
    disposition = content_disposition_header(True, file_name(registry.day))
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "private, no-cache"}
    return HttpResponse(registry_workbook(registry), content_type=WORKBOOK_MEDIA_TYPE, headers=headers)


def _registry_page(request: HttpRequest, registry: Registry) -> HttpResponse:
    return listing_response(
        request,
        registry,
        "municipalities/registry.html",
        add_refusal=edit_refusal(request.user),
        import_refusal=import_refusal(request.user),
        own=own_municipalities(request.user),
    )
