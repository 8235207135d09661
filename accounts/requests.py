"""Who is asking, and how they are answered."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User, union_read_once


def author(request: HttpRequest) -> User:
    """The logged-in visitor, as the author of what the request changes.

    Args:
        request: to a view that is closed to strangers.

    Returns:
        The user.

    Raises:
        PermissionDenied: nobody is logged in; closed views send strangers to the login page long before.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied("Сначала войдите в портал.")
    return request.user


def open_or_403(refusal: str | None) -> None:
    """Let through, or refuse with the reason that the 403 page prints.

    Args:
        refusal: what a `…_refusal` function of a room's access rules answered.

    Raises:
        PermissionDenied: there is a reason not to.
    """
    if refusal:
        raise PermissionDenied(refusal)


def form_status(request: HttpRequest) -> int:
    """The status of a page that shows a form: 422 when what was sent is not valid."""
    return 422 if request.method == "POST" else 200


def union_asked_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a page name the Union wherever it likes, with one question to the database.

    Args:
        get_response: the next layer, as Django hands it to a middleware.

    Returns:
        The layer.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        with union_read_once():
            return get_response(request)

    return answer
