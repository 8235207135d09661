"""Bodies of requests that are too large are refused before anything of them is read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.limits import TooMany, take
from accounts.models import User
from documents.uploads import MEBIBYTE, FilesTaken
from revisions.numbers import whole_number
from sgcszr_portal.errors import csrf_failure
from sgcszr_portal.limits import LARGE_BODY, too_many
from sgcszr_portal.middleware import GetResponse

FIELDS = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)  # in bytes: the fields of a form, however long their texts
_FILES_TOO = "Файлы одной формы вместе здесь не могут быть больше {megabytes} МБ."
_FIELDS_ALONE = (
    "Форма без файлов не может быть больше {megabytes} МБ, а файлов на этом месте портал от вас не принимает."
)


class BodyCeiling:
    """Middleware: decides by the announced length, before the check of the form's token reads the body.

    Fields alone are let through: they stay in memory. More is for pages that take files (`takes_files`), from those who
    may send some there and whose browser has the cookie of the forms. A body that announces no length is none: Django
    reads as much as was announced.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Refuse a body that is too large for the page or for who sends it."""
        announced = whole_number(request.META.get("CONTENT_LENGTH") or "0", most=10**15)
        if announced is not None and announced <= FIELDS:
            return None
        taken: FilesTaken | None = getattr(view, "files_taken", None)
        if taken is None or not taken.may_send(request.user):
            return too_large(request, _FIELDS_ALONE, FIELDS)
        if announced is None or announced > taken.largest + FIELDS:
            return too_large(request, _FILES_TOO, taken.largest)
        checked = not getattr(request, "_dont_enforce_csrf_checks", False)  # Django's own switch, of its test client
        if checked and settings.CSRF_COOKIE_NAME not in request.COOKIES:  # no token of the body can be right
            return csrf_failure(request)
        return None if isinstance(request.user, User) else _counted(request)


def _counted(request: HttpRequest) -> HttpResponse | None:
    """A stranger's file is read before its form's token is known to be right: not too many of them."""
    try:
        take(LARGE_BODY, request)
    except TooMany as full:
        return too_many(request, full.seconds)
    return None


def too_large(request: HttpRequest, sentence: str, most: int) -> HttpResponse:
    """Answer that so much is not taken here, and leave the rest unread.

    Args:
        request: the refused one.
        sentence: what is taken, with `{megabytes}`.
        most: in bytes.
    """
    megabytes = f"{most / MEBIBYTE:.1f}".removesuffix(".0").replace(".", ",")
    said = {"reason": sentence.format(megabytes=megabytes), "takes_files": sentence == _FILES_TOO}
    return render(request, "413.html", said, status=413)
