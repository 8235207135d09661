"""The registry: the page, its fragment and its workbook."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from documents.downloads import WORKBOOK_MEDIA_TYPE
from listings.answering import wants_fragment
from municipalities.access import can_add, can_import, own_municipalities
from municipalities.registry import Registry
from municipalities.workbook import file_name, registry_workbook

PAGE_SIZE = 50


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
    disposition = content_disposition_header(True, file_name(registry.today))
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "private, no-cache"}
    return HttpResponse(registry_workbook(registry), content_type=WORKBOOK_MEDIA_TYPE, headers=headers)


def _registry_page(request: HttpRequest, registry: Registry) -> HttpResponse:
    page = _Pages(registry).get_page(request.GET.get("page"))
    context = {
        "registry": registry,
        "page": page,
        "lines": registry.lines(page),
        "previous_url": registry.url(page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": registry.url(page=str(page.next_page_number())) if page.has_next() else "",
    }
    fragment = wants_fragment(request)
    if not fragment:
        context |= {"can_add": can_add(request.user), "can_import": can_import(request.user)}
        context["own"] = own_municipalities(request.user)
    template = "municipalities/_registry.html" if fragment else "municipalities/registry.html"
    response = render(request, template, context, status=200 if registry.is_valid else 422)
    if fragment and registry.is_valid:
        push_url(response, registry.url(page=str(page.number) if page.number > 1 else ""))
    patch_vary_headers(response, ["HX-Request"])  # one address, two answers: a browser must not mix them up
    return response


class _Pages(Paginator):  # type: ignore[type-arg]  # generic in the stubs alone
    """Pages of the registry, counted with the number it knows already."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(registry.rows(), PAGE_SIZE)
        self.count = registry.found  # fills the cached property, so that it asks nothing
