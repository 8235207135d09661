"""The register of letters and one letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import form_status, open_or_403
from resolutions import access
from resolutions.forms import LetterForm
from resolutions.models import Letter
from resolutions.views.gates import letter_or_404
from revisions.conflict import conflict_page
from revisions.history import record_changes
from revisions.models import EditConflict


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that this visitor may read, newest first."""
    if not access.letters_visible(request.user):
        raise PermissionDenied("Реестр писем ведёт секретариат Союза.")
    found = Letter.objects.visible_to(request.user).select_related("resolution", "point")
    return render(request, "resolutions/letters.html", {"letters": found})


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter as it will be printed, with its requisites and the history of its edits."""
    found = letter_or_404(request, pk)
    can_see_internal = access.can_see_internal(request.user)
    context = {
        "letter": found,
        "edit_refusal": access.letter_edit_refusal(request.user, found),
        "can_see_internal": can_see_internal,
        "changes": record_changes(found, LetterForm.Meta.fields) if can_see_internal else [],
    }
    return render(request, "resolutions/letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a letter."""
    found = letter_or_404(request, pk)
    open_or_403(access.letter_edit_refusal(request.user, found))
    form = LetterForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=found.get_absolute_url())
        except IntegrityError:  # between the form's check and the write a colleague took the number
            form.add_error("number", "Письмо с таким исходящим номером в этом году уже есть.")
        else:
            messages.success(request, "Письмо сохранено.")
            return redirect(found)
    context = {"letter": letter_or_404(request, pk), "form": form}
    return render(request, "resolutions/letter_edit.html", context, status=form_status(request))
