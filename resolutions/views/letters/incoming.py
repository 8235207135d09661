"""The register of incoming letters, one of them, its registration, and the voiding of a wrong entry."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from documents.uploads import ATTACHMENT, holders_of, takes_files
from listings.answering import listing_response
from resolutions import access
from resolutions.correspondence.incoming_listing import IncomingRegister
from resolutions.forms.fields import MAX_FILES
from resolutions.forms.incoming import IncomingForm, RightIncomingForm, SenderForm
from resolutions.models import (
    Correspondent,
    IncomingEntry,
    IncomingLetter,
    StepRefused,
    register_incoming,
    void_incoming,
)
from resolutions.models.steps import NumberTaken
from revisions.voiding import Crumb, void_page


@require_safe
def incoming_letters(request: HttpRequest) -> HttpResponse:
    """The incoming letters, newest first, with filters."""
    open_or_403(access.incoming_refusal(request.user))
    return listing_response(
        request,
        IncomingRegister(request.GET, request.user),
        "resolutions/letters/incoming/letters.html",
        add_refusal=access.incoming_add_refusal(request.user),
    )


@require_safe
def incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """What came, what it says of which ask, and what was written down about it by mistake."""
    open_or_403(access.incoming_refusal(request.user))
    found = get_object_or_404(IncomingLetter.objects.select_related("correspondent__municipality"), pk=pk)
    entries = found.entries.to_show().select_related("correspondent__municipality")
    entries = entries.prefetch_related(
        "files", "outcomes__forwarded_to__municipality", "outcomes__ask__letter__point__resolution"
    )
    rows = [
        (row, "" if access.incoming_void_refusal(request.user, row) else _void_url(found, row.pk)) for row in entries
    ]
    context = {"incoming": found, "rows": rows}
    return render(request, "resolutions/letters/incoming/letter.html", context)


def _void_url(found: IncomingLetter, entry: int) -> str:
    return reverse("incoming_void", args=[found.pk, entry])


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(Permission.KEEP_LETTERS))
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_add(request: HttpRequest) -> HttpResponse:
    """Ask who wrote, then register the letter with what it says of each ask that was put to them."""
    open_or_403(access.incoming_add_refusal(request.user))
    sender = SenderForm({"sender": request.GET["from"]} if "from" in request.GET else None)
    name = sender.cleaned_data["sender"] if sender.is_valid() else ""
    known = Correspondent.objects.called(name) if name else None
    settled = "settled" in request.GET
    form = IncomingForm(known, request.POST or None, request.FILES or None, settled=settled)
    if request.method == "POST" and name and form.is_valid():
        try:
            letter = _register(request, form, known, name)
        except NumberTaken as taken:
            form.add_error("number", str(taken))
        except StepRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Записано: {letter.in_words}.")
            return redirect(letter)
    context = {
        "form": form,
        "sender": sender,
        "name": str(known or name),
        "correspondents": Correspondent.objects.to_offer(),
    }
    return render(request, "resolutions/letters/incoming/add.html", context, status=form_status(request))


@transaction.atomic
def _register(request: HttpRequest, form: IncomingForm, known: Correspondent | None, name: str) -> IncomingLetter:
    """Write the letter down, and the note that it starts.

    Raises:
        StepRefused: one of both is impossible.
    """
    data, by = form.cleaned_data, author(request)
    new = form.new_incoming(known or Correspondent.objects.named(name))
    is_letter = not data["without_letter"]
    return register_incoming(new, by=by, number=data["number"], is_letter=is_letter, note_on=data["note_on"])


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(Permission.KEEP_LETTERS))
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_void(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Void a wrong entry; the right one may be written with it, under the same number."""
    found = get_object_or_404(IncomingLetter, pk=pk)
    wrong: IncomingEntry = get_object_or_404(
        found.entries.select_related("voided_by", "correspondent__municipality", "letter"), pk=entry
    )
    open_or_403(access.incoming_void_refusal(request.user, wrong))

    @transaction.atomic
    def write(reason: str, version: int, right: RightIncomingForm | None) -> None:
        replacement = right.replacement() if right else None
        void_incoming(wrong, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        wrong,
        version=found.version,
        trail=[
            Crumb("Письма", reverse("letters")),
            Crumb("Входящие", reverse("incoming_letters")),
            Crumb(str(found), found.get_absolute_url()),
        ],
        write=write,
        refused=StepRefused,
        right=partial(RightIncomingForm, wrong),
    )
