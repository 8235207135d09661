"""How a page finds its record, or says that it is not there, or that it may not be changed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from resolutions.models import DecisionPoint, Letter, Resolution


def resolution_or_404(request: HttpRequest, slug: str) -> Resolution:
    """The decision, if this visitor may see it.

    Raises:
        Http404: there is none, or it is a draft and the visitor is not staff.
    """
    return get_object_or_404(Resolution.objects.visible_to(request.user).prefetch_related("points"), slug=slug)


def point_or_404(request: HttpRequest, slug: str, number: int) -> DecisionPoint:
    """A point of a visible decision.

    Raises:
        Http404: there is none for this visitor.
    """
    resolution = resolution_or_404(request, slug)
    return get_object_or_404(resolution.points.select_related("resolution"), number=number)


def letter_or_404(request: HttpRequest, pk: int) -> Letter:
    """A letter, if this visitor may see it.

    Raises:
        Http404: there is none for this visitor.
    """
    return get_object_or_404(Letter.objects.visible_to(request.user).select_related("resolution", "point"), pk=pk)


def open_or_403(refusal: str | None) -> None:
    """Let through, or refuse with the reason that the 403 page prints.

    Args:
        refusal: what a function of `resolutions.access` answered; None lets through.

    Raises:
        PermissionDenied: there is a reason not to.
    """
    if refusal:
        raise PermissionDenied(refusal)


def user_of(request: HttpRequest) -> User:
    """The logged-in user of a closed view.

    Raises:
        PermissionDenied: nobody is logged in; the login middleware does not let it come to that.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, and a part of the page is enough."""
    return bool(HtmxDetails(request))


def form_status(request: HttpRequest) -> int:
    """The status of a page that shows a form: 422 when what was sent is not valid."""
    return 422 if request.method == "POST" else 200
