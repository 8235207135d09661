"""Headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

# Everything comes from the portal itself; data: is for the TOTP QR code of the profile.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Forbid scripts, styles and requests that are not the portal's own.

    Args:
        get_response: the next layer, as Django hands it to a middleware.

    Returns:
        The layer that adds the header.
    """

    def add_policy(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return add_policy
