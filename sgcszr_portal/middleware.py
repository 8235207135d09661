"""What is done to every request, and the headers that every answer carries."""

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


HEALTH = frozenset({"/healthz", "/readyz"})


def health_for_nobody(get_response: GetResponse) -> GetResponse:
    """Look for nobody where health is asked for: whatever cookie comes along, no session is read.

    Args:
        get_response: the next layer, as Django hands it to a middleware.

    Returns:
        The layer that leaves the cookies out.
    """

    def leave_out(request: HttpRequest) -> HttpResponse:
        if request.path in HEALTH:
            request.COOKIES = {}
        return get_response(request)

    return leave_out
