"""How a page finds its municipality, or says that it is not there, or that it may not be changed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access import visible_municipalities
from municipalities.models import Municipality


def municipality_or_404(request: HttpRequest, slug: str) -> Municipality:
    """A municipality, if this visitor may see it.

    Raises:
        Http404: there is none, or it was taken off the list and the visitor is not of the Union's staff.
    """
    return get_object_or_404(visible_municipalities(request.user), slug=slug)


def open_or_403(refusal: str | None) -> None:
    """Let through, or refuse with the reason that the 403 page prints.

    Args:
        refusal: what a function of `municipalities.access` answered.

    Raises:
        PermissionDenied: there is a reason not to.
    """
    if refusal:
        raise PermissionDenied(refusal)


def form_status(request: HttpRequest) -> int:
    """The status of a page that shows a form: 422 when what was sent is not valid."""
    return 422 if request.method == "POST" else 200
