"""Who is asking."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


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
