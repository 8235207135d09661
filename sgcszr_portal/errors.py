"""Answers to what went wrong, in the portal's design."""

import sys

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template import loader
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import union_last_known
from background.outage import is_outage
from documents.fonts import PaperError
from revisions.sent_once import what_became_of
from sgcszr_portal.middleware import GetResponse

RETRY_AFTER = 30  # seconds


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be read; or its session could not be stored, which Django takes for its end."""
    if is_outage(exception):
        return unavailable(request)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Reading is fine, changing is not; the exception's text says why."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or came from another site; Django has logged the reason."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it is not for this visitor."""
    return render(request, "404.html", status=404)


def unprocessable(request: HttpRequest, reason: str) -> HttpResponse:
    """The request was read, but what it asks makes no sense and there is no form to show it in.

    Args:
        request: the refused request.
        reason: what is wrong, in Russian.

    Returns:
        A page, status 422.
    """
    return render(request, "422.html", {"reason": reason}, status=422)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; the page asks neither the database nor the session, for they may be what broke.

    Django calls it while it handles the exception, from whichever layer that came: a part that is away gets a page of
    its own.
    """
    if is_outage(sys.exc_info()[1]):
        return unavailable(request)
    return HttpResponse(loader.get_template("500.html").render({"union": union_last_known()}), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database or the store of files is away: when to come again, and what became of what was sent.

    Asks neither database nor session nor cache. htmx gets a sentence above the page that it has, so that nothing that
    was typed is lost.

    Args:
        request: a page, a form, a fragment or a download.

    Returns:
        A page, or what htmx puts above it; status 503.
    """
    is_fragment = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    context = {
        "union": union_last_known(),
        "is_sent": request.method not in ("GET", "HEAD"),
        "became": what_became_of(request).value,
    }
    page = loader.get_template("_503.html" if is_fragment else "503.html").render(context)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if is_fragment:
        headers |= {"HX-Retarget": "#content", "HX-Reswap": "afterbegin show:top"}
    return HttpResponse(page, status=503, headers=headers)


class PaperErrorPage:
    """Middleware: what cannot be printed is explained, wherever it was asked for; open transactions are undone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 422 with the sentence of a `PaperError`; leave everything else to Django."""
        return unprocessable(request, str(exception)) if isinstance(exception, PaperError) else None


def page_for_wrong_method(get_response: GetResponse) -> GetResponse:
    """Give the empty answer 405 a page, and keep the methods that it allows.

    Args:
        get_response: the next layer, as Django hands it to a middleware.

    Returns:
        The layer that adds the page.
    """

    def add_page(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return add_page


def whole_page_login(get_response: GetResponse) -> GetResponse:
    """Let htmx open the login page as a page; it would put it into the fragment that asked.

    Args:
        get_response: the next layer, as Django hands it to a middleware.

    Returns:
        The layer that turns the redirect into one of htmx.
    """

    def redirect_page(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        htmx = getattr(request, "htmx", None)
        if not htmx or not isinstance(response, HttpResponseRedirect):
            return response
        if not response.url.startswith(resolve_url("account_login")):
            return response
        back_to = htmx.current_url_abs_path or resolve_url("overview")
        return HttpResponseClientRedirect(redirect_to_login(back_to).url)

    return redirect_page
