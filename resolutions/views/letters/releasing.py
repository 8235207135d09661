"""Обнародование of a letter: what the public sees of it, and how it is released and taken back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import Visitor
from accounts.requests import author, form_status, open_or_403
from resolutions import access
from resolutions.correspondence.answerable import shown_to_public
from resolutions.correspondence.register import by_entry, point_letters
from resolutions.forms.releasing import ReleaseForm, RightReleaseForm
from resolutions.models import Letter, Release, ResolutionStatus, StepRefused
from resolutions.views.gates import letter_or_404
from resolutions.views.links import StepLink
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page

CHANGED = "Пока форма была открыта, с письмом что-то сделал кто-то ещё. Проверьте и отправьте форму снова."


def public_letter(request: HttpRequest, found: Letter) -> HttpResponse:
    """A released letter for those who have no register: its text, its paper and what was answered; not its way."""
    read = point_letters(found)
    stood = next(one for one in read.letters if one.letter.pk == found.pk)
    said = by_entry(stood.answers)
    shown = shown_to_public(said)
    answers = [(entry, outcomes, entry.pk in shown) for entry, outcomes in said.items()]
    context = {"letter": found, "answers": answers, **release_context(request, found)}
    context["decision"] = None if found.resolution.status == ResolutionStatus.DRAFT else found.resolution
    return render(request, "resolutions/letters/public.html", context)


def release_context(request: HttpRequest, found: Letter) -> dict[str, Any]:
    """What `_release_fact.html` and `_releases.html` take: whether it is released; the history of that, for staff."""
    _read_releases(found)
    context: dict[str, Any] = {"publicity": found.publicity_on()}
    if access.can_see_internal(request.user):
        rows = [row for row in found.releases.all() if not row.is_voiding]
        context["releases"] = [(row, _void_url(request.user, found, row)) for row in rows]
    return context


def release_link(user: Visitor, found: Letter) -> StepLink:
    """The step that releases or takes back, whichever is next."""
    _read_releases(found)
    label = "Прекратить обнародование" if found.publicity_on().is_released else "Обнародовать"
    return StepLink(label, reverse("letter_release", args=[found.pk]), access.release_refusal(user, found))


def _read_releases(found: Letter) -> None:
    """Read the rows with what voids them, once for a page."""
    prefetch_related_objects([found], Prefetch("releases", Release.objects.select_related("voided_by")))


def _void_url(user: Visitor, found: Letter, row: Release) -> str:
    if access.release_void_refusal(user, row):
        return ""
    return reverse("letter_release_void", args=[found.pk, row.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def letter_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Show when the letter was public, and write down that it is released or taken back."""
    found, status = letter_or_404(request, pk), form_status(request)
    open_or_403(access.release_refusal(request.user, found))
    form = ReleaseForm(request.POST or None, letter=found)
    if request.method == "POST" and form.is_valid():
        try:
            row = found.release(**form.cleaned_data, by=author(request))
        except EditConflict:
            found, status = letter_or_404(request, pk), 409
            open_or_403(access.release_refusal(request.user, found))
            form = form.over(found)
            form.add_error(None, CHANGED)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Записано: {row.name.lower()}, {row.day_in_words}")
            return redirect(found)
    context = {"letter": found, "form": form, **release_context(request, found)}
    return render(request, "resolutions/letters/release.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_release_void(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Void a wrong row; the right one may be written with it."""
    found = letter_or_404(request, pk)
    wrong = get_object_or_404(found.releases.select_related("voided_by"), pk=row)
    open_or_403(access.release_void_refusal(request.user, wrong))

    def write(reason: str, version: int, right: RightReleaseForm | None) -> None:
        replacement = found.new_release(**right.cleaned_data, by=author(request)) if right else None
        found.void_release(wrong, reason=reason, version=version, by=author(request), replacement=replacement)

    return void_page(
        request,
        wrong,
        version=found.version,
        trail=[Crumb("Письма", reverse("letters")), Crumb(str(found), found.get_absolute_url())],
        write=write,
        refused=StepRefused,
        right=partial(RightReleaseForm, wrong, found),
    )
