"""A form that is sent twice does its work once.

Each form carries a token (`{% form_token %}`). A form did something when its answer redirects; the token is stored in
the same transaction as what it did. The same form sent again – a double click, a duplicated tab, «Назад», a resent
request – leads to what the first one did. One that was changed before it was sent again is shown to its sender.

Where the browser fetches a form anew on the way «Назад», it has another token, and what was typed is still in it. So a
typed form (`{% form_token typed=True %}`) that says word for word what its sender sent within the last hour is asked
about.

A view does its work in that one transaction. What is slow or foreign it leaves to the queue.
"""

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from contextvars import ContextVar
from enum import Enum
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from revisions.models import SentForm

FIELD = "form_token"
REMEMBERED = dt.timedelta(hours=1)  # the same words within it are taken for a mistake
THE_SAME = "."  # kept for an answer that leads back to the form's own address, which may open it without a password
KEPT = dt.timedelta(days=7)  # longer than a tab stays open, shorter than anybody looks back
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\Z")
TYPED = "form_typed"
_WORDS = re.compile(r"[А-Яа-яЁё]|[^a-z_\W]{5}|@|-")  # what people type; codes and numbers of the form are not shown
_OF_THE_FRAME = (FIELD, TYPED, "csrfmiddlewaretoken")
GetResponse = Callable[[HttpRequest], HttpResponse]


class Became(Enum):
    """What became of a sent form."""

    NOTHING = "nothing"  # its transaction was undone, or never begun
    KEPT = "kept"  # whatever happens to the answer
    UNKNOWN = "unknown"  # its view has transactions of its own, or the database went away while it confirmed ours


class SentAlready(Exception):
    """The form did its work before.

    Attributes:
        first: what is known of the first time.
    """

    def __init__(self, first: SentForm) -> None:
        super().__init__(str(first))
        self.first = first


class TurnedBack(HttpResponseRedirect):
    """A redirect after nothing was done: the token is given back."""


class _Claim:
    """One request's claim to be the first that sends its form."""

    def __init__(self, request: HttpRequest, token: str) -> None:
        self.request = request
        self.key = _fingerprint([token, request.path, str(request.user.pk)])
        self.digest = _fingerprint([request.get_full_path(), str(request.user.pk), *_content(request)])
        self.work = ExitStack()  # holds the transaction of the view
        self.row: SentForm | None = None

    def take(self) -> None:
        """Store the token in the transaction that stays open for the view; a twin that is at work is waited for.

        Raises:
            SentAlready: a twin did its work; or the same was typed again.
        """
        self.work.enter_context(transaction.atomic())
        try:
            self.row = self._stored()
        except IntegrityError:
            raise SentAlready(SentForm.objects.get(key=self.key)) from None
        self._ask_about_the_same()

    def _ask_about_the_same(self) -> None:
        if self.request.POST.get(TYPED) and not self.request.FILES:  # no page can keep a file and send it after all
            since = timezone.now() - REMEMBERED
            same = SentForm.objects.filter(digest=self.digest, at__gte=since).exclude(key=self.key).first()
            if same:
                raise SentAlready(same)

    @transaction.atomic
    def _stored(self) -> SentForm:
        return SentForm.objects.create(key=self.key, digest=self.digest, answer="")

    def finish(self, response: HttpResponse) -> None:
        """Keep the token if the form did something, and where that led to; give it back otherwise."""
        did_something = isinstance(response, HttpResponseRedirect) and not isinstance(response, TurnedBack)
        with self.work:  # whatever fails here, the transaction ends: an open one would keep the connection for ever
            if self.row is None:
                return
            if isinstance(response, HttpResponseRedirect) and did_something:
                answer = THE_SAME if response.url == self.request.path else response.url[:500]
                SentForm.objects.filter(pk=self.row.pk).update(answer=answer)
            else:
                self.row.delete()
            if connection.vendor != "sqlite":  # a server may confirm, and nobody hears it; a file says what it did
                _note(self.request, Became.UNKNOWN)
        _note(self.request, Became.KEPT if did_something else Became.NOTHING)

    def undo(self) -> None:
        """An exception ended the view: what it did is undone, and so is the token."""
        transaction.set_rollback(True)
        self.row = None
        self.work.close()


_claim: ContextVar[_Claim | None] = ContextVar("claim", default=None)


def new_token() -> str:
    """A token for one rendering of a form: 256 random bits in 43 characters."""
    return secrets.token_urlsafe(32)


def forget_sent_forms() -> int:
    """Delete the tokens that nobody sends any more; once a day is enough.

    Returns:
        How many.
    """
    return SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def turned_back(request: HttpRequest, reason: object, to: Any, *args: Any) -> TurnedBack:
    """Answer that nothing was done: say why, and lead back to where things can be seen as they are.

    Args:
        request: the refused POST.
        reason: a sentence.
        to: where, as `django.shortcuts.redirect` takes it; `args` of that address.
    """
    messages.error(request, str(reason))
    return TurnedBack(resolve_url(to, *args))


def what_became_of(request: HttpRequest) -> Became:
    """Whether what was sent is kept, for a page that cannot ask the database.

    Args:
        request: a POST, wherever it ended.
    """
    became: Became = vars(request).get("became", Became.NOTHING)
    return became


def _note(request: HttpRequest, became: Became) -> None:
    vars(request)["became"] = became


class SentOnce:
    """Middleware, the last one: gives each sent form its transaction and answers the second sending."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and settle its claim."""
        reset = _claim.set(None)
        try:
            response = self.get_response(request)
            if claim := _claim.get():
                claim.finish(response)
            return response
        finally:
            _claim.reset(reset)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Begin the transaction of a form with a token."""
        token = request.POST.get(FIELD, "") if request.method == "POST" else ""
        _note(request, Became.UNKNOWN)
        if not _TOKEN.match(token) or _is_of_the_login_library(view):
            return None  # its forms set passwords, ask for codes and use them up: nothing that could be made twice
        claim = _Claim(request, token)
        _claim.set(claim)
        _note(request, Became.NOTHING)
        try:
            claim.take()
        except SentAlready as already:
            return _second_answer(claim, already.first)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo the work."""
        if claim := _claim.get():
            claim.undo()


def _is_of_the_login_library(view: Any) -> bool:
    """Whether a view is allauth's, or a class of ours that is one of its."""
    kinds = getattr(getattr(view, "view_class", None), "__mro__", ())
    return any(one.__module__.startswith("allauth.") for one in (view, *kinds))


def _second_answer(claim: _Claim, first: SentForm) -> HttpResponse:
    """What the first sending led to; both, where the second says something else or came with a token of its own."""
    request = claim.request
    done = request.path if first.answer == THE_SAME else first.answer
    is_same = first.digest == claim.digest
    if is_same and claim.row is None:
        messages.info(request, "Эта форма уже отправлена. Здесь то, что сделано по ней в первый раз.")
        return HttpResponseRedirect(done)
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in _OF_THE_FRAME]
    words = [value for name, value in sent if _WORDS.search(value)]
    context = {
        "words": words,
        "first": first,
        "done": done,
        "is_same": is_same,
        "sent": sent,
        "has_files": bool(request.FILES),
    }
    response = render(request, "revisions/sent_already.html", context, status=409)
    add_never_cache_headers(response)
    return response


def _content(request: HttpRequest) -> tuple[object, object]:
    """What was sent: fields, and files by name and content."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in _OF_THE_FRAME)
    files = sorted((name, str(one.name), _bytes_of(one)) for name, sent in request.FILES.lists() for one in sent)
    return fields, files


def _bytes_of(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)  # as the form expects it
    return found.hexdigest()


def _fingerprint(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
