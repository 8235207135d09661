"""What is open to all and costs something, and how often it may be asked for: one table, and who reads it.

`accounts.limits` says how it is counted. An office of sixty people behind one address logs in within a few minutes on a
Monday: right passwords are not counted, and the codes of all of them are let through.
"""

from collections.abc import Callable

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.limits import PATIENCE, Limit, Rate, Taken, TooMany, forgive, person_target, remember_browser, take
from accounts.models import User
from russian.text import tidy
from sgcszr_portal.middleware import GetResponse

READING_WAITS = 0.3  # seconds until what only reads is let through uncounted
READ, SENT = frozenset({"GET", "HEAD"}), frozenset({"POST"})


def typed(name: str) -> Callable[[HttpRequest], str]:
    """A target that stands in a field of the form, as the form reads it: no sign that nobody sees makes another one."""
    return lambda request: tidy(request.POST.get(name, ""))


def named(name: str) -> Callable[[HttpRequest], str]:
    """A target that stands in the address."""
    return lambda request: str(request.resolver_match.kwargs.get(name, "")) if request.resolver_match else ""


def half_logged_in(request: HttpRequest) -> str:
    """Whoever gave the right password and is asked for the second factor."""
    pending = request.session.get(LOGIN_SESSION_KEY)
    return person_target(pending.get("user_pk")) if isinstance(pending, dict) else ""


LOGIN = Limit(
    "login",
    ("account_login",),
    SENT,
    network=Rate(60, a_minute=20),
    overall=Rate(600, a_minute=300),
    share=Rate(5, a_minute=1),
    target=Rate(50, a_minute=10),
    target_of=typed("login"),
    success_is_free=True,
)
SECOND_FACTOR = Limit(
    "second factor",
    ("mfa_authenticate",),
    SENT,
    network=Rate(60, a_minute=20),
    overall=Rate(600, a_minute=300),
    target=Rate(5, a_minute=1),
    target_of=half_logged_in,
    success_is_free=True,
)
LIMITS = (
    LOGIN,
    SECOND_FACTOR,
    Limit(
        "login code",  # a letter leaves; each code may be guessed at three times
        ("account_request_login_code",),
        SENT,
        network=Rate(60, a_minute=20),
        overall=Rate(300, a_minute=120),
        share=Rate(3, a_minute=1),
        target=Rate(20, a_minute=4),
        target_of=typed("email"),
    ),
    Limit(
        "typed code",
        ("account_confirm_login_code",),
        SENT,
        network=Rate(60, a_minute=20),
        overall=Rate(600, a_minute=300),
        success_is_free=True,
    ),
    Limit(
        "password reset",  # a letter leaves
        ("account_reset_password",),
        SENT,
        network=Rate(20, a_minute=10),
        overall=Rate(200, a_minute=60),
        share=Rate(3, a_minute=1),
        target=Rate(20, a_minute=4),
        target_of=typed("email"),
    ),
    Limit(
        "new password",  # nothing for all networks together: whoever has no letter must not shut out whoever has one
        ("account_reset_password_from_key",),
        SENT,
        network=Rate(20, a_minute=20),
        overall=Rate(200, a_minute=100),
        share=Rate(10, a_minute=10),
        target_of=named("uidb36"),
    ),
    Limit(
        "own password",  # of whoever is logged in: nobody tries passwords in somebody else's session
        ("account_reauthenticate", "mfa_reauthenticate", "account_change_password", "account_set_password"),
        SENT,
        network=Rate(10, a_minute=10),
        overall=Rate(60, a_minute=60),
    ),
    Limit(
        "file to verify",  # up to 50 MB are read, signatures are computed
        ("verify",),
        SENT,
        network=Rate(30, a_minute=30),
        overall=Rate(60, a_minute=60),
    ),
    Limit(
        "code to verify",  # a hall may scan the QR code of one paper
        ("verify_code",),
        READ,
        network=Rate(120, a_minute=60),
        overall=Rate(600, a_minute=600),
        target=Rate(300, a_minute=300),
        target_of=named("code"),
    ),
    Limit(
        "paper",  # laid out or packed anew
        (
            "execution_pdf",
            "execution_docx",
            "execution_xlsx",
            "points_pdf",
            "points_xlsx",
            "decision_docx",
            "letter_pdf",  # of one that was signed on paper alone
            "document_copy",
            "document_bundle",
            "municipalities_export",
        ),
        READ,
        network=Rate(30, a_minute=20),
        overall=Rate(120, a_minute=60),
    ),
    Limit(
        "report",  # a page of hundreds of rows, read anew for each day
        ("execution",),
        READ,
        network=Rate(60, a_minute=30),
        overall=Rate(240, a_minute=120),
    ),
    Limit(
        "link",  # a page or a calendar that a secret address opens
        ("survey_form", "commitment_by_link", "member_report_by_link", "calendar"),
        READ | SENT,
        network=Rate(120, a_minute=60),
        overall=Rate(600, a_minute=600),
        target=Rate(60, a_minute=30),
        target_of=lambda request: named("token")(request) or named("key")(request),
    ),
)
LARGE_BODY = Limit(  # of a stranger, before it is known whether the form is one of the portal's
    "large body", (), SENT, network=Rate(30, a_minute=30), overall=Rate(60, a_minute=60)
)
BY_ADDRESS = {(address, method): one for one in LIMITS for address in one.addresses for method in one.methods}


class Limits:
    """Middleware: counts what is asked for before anything is done, and answers 429 to what is too much.

    It stands behind the check of the form's origin, so that another site cannot use up its visitors' attempts, and
    before the transaction of the form, so that what is counted stays counted.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a right password is given back, and its browser is known from then on."""
        response = self.get_response(request)
        counted: tuple[Limit, Taken] | None = getattr(request, "counted", None)
        if counted and counted[0].success_is_free and isinstance(response, HttpResponseRedirect):
            if isinstance(request.user, User):
                remember_browser(response, request.user)
                counted[1].give_back()
            elif response.url.startswith(reverse("mfa_authenticate")):  # the password was right
                counted[1].give_back()
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Count the request, if its address has a limit."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        limit = BY_ADDRESS.get((name, request.method or ""))
        if limit is None:
            return None
        try:
            patience = READING_WAITS if request.method in READ else PATIENCE
            request.counted = limit, take(limit, request, patience=patience)  # type: ignore[attr-defined]  # read above
        except TooMany as full:
            return too_many(request, full.seconds)
        except OperationalError:  # the counter cannot be written now; what only reads need not wait for that
            if request.method not in READ:
                raise
        return None


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer that the visitor asks too often.

    Args:
        request: the refused one.
        seconds: after which one more is let through.
    """
    response = render(request, "429.html", {"seconds": seconds}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def forgive_attempts(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Whoever set a new password by a letter may log in by it at once."""
    forgive(LOGIN, user.email, request)
