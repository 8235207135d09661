"""The control card of a point, and the appeal that it may order."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import author, open_or_403
from municipalities.practices.uptake import Uptake, uptake_of
from resolutions import access
from resolutions.appeal import draft_appeal
from resolutions.forms import ProgressForm
from resolutions.models import DecisionPoint, Letter, StepRefused
from resolutions.text import PointKind
from resolutions.views.gates import point_or_404
from revisions.models import EditConflict


@login_not_required
@require_safe
def point(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was decided, what was done."""
    found = point_or_404(request, slug, number)
    return _card(request, found, ProgressForm(found))


@require_POST
def point_progress(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add a dated entry, and with it move the state."""
    found = point_or_404(request, slug, number)
    open_or_403(access.progress_refusal(request.user, found))
    form = ProgressForm(found, request.POST)
    if form.is_valid():
        try:
            found.record_progress(by=author(request), **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        except EditConflict as conflict:
            return _someone_was_quicker(request, conflict)
        else:
            messages.success(request, "Запись об исполнении добавлена.")
            return redirect(found)
    return _card(request, found, form, status=422)


def _someone_was_quicker(request: HttpRequest, conflict: EditConflict) -> HttpResponse:
    """The card with the other's entry in its list and the refused one still in the form, ready to be sent again."""
    current = DecisionPoint.objects.select_related("resolution").get(pk=conflict.current.pk)
    data = request.POST.copy()
    data["version"] = str(current.version)
    form = ProgressForm(current, data)
    form.add_error(None, "Пока форма была открыта, запись добавил кто-то ещё. Прочитайте её и отправьте свою снова.")
    return _card(request, current, form, status=409)


def _card(request: HttpRequest, found: DecisionPoint, form: ProgressForm, *, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "point": found,
        "resolution": found.resolution,
        "form": form,
        "progress": found.progress.all(),
        "uptake": _uptake(found),
        "progress_refusal": access.progress_refusal(user, found),
        "letters": Letter.objects.visible_to(user).filter(point=found),
        "can_draft_appeal": not access.appeal_refusal(user, found),
        "can_see_internal": access.can_see_internal(user),
    }
    return render(request, "resolutions/point.html", context, status=status)


def _uptake(found: DecisionPoint) -> Uptake | None:
    """What came of a recommendation that names somebody's experience; None for every other point."""
    if found.kind != PointKind.RECOMMENDATION or found.experience_of is None:
        return None
    return uptake_of(found.experience_of)


@require_POST
def point_appeal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Draft the appeal that the point orders, and go on to its editor."""
    found = point_or_404(request, slug, number)
    open_or_403(access.appeal_refusal(request.user, found))
    letter = draft_appeal(found)
    letter.save()
    messages.success(request, "Проект обращения составлен по тексту решения. Проверьте адресата и текст.")
    return redirect("letter_edit", letter.pk)
