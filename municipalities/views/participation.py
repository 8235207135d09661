"""The update of a municipality's participation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import author, form_status, open_or_403
from municipalities.access import participation_refusal
from municipalities.forms import ConfirmForm, ParticipationForm
from municipalities.models import Municipality, ParticipationRecord
from municipalities.views.gates import municipality_or_404
from municipalities.views.municipality import municipality_page
from revisions.conflict import ConflictRow, render_conflict
from revisions.models import EditConflict
from russian.templatetags.russian import long_date


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_participation(request: HttpRequest, slug: str) -> HttpResponse:
    """Record where the municipality stands."""
    updated = municipality_or_404(request, slug)
    open_or_403(participation_refusal(request.user, updated))
    form = ParticipationForm(request.POST or None, municipality=updated)
    if request.method == "POST" and form.is_valid():
        try:
            record = form.record(author(request))
        except EditConflict:
            return _conflict(request, form, municipality_or_404(request, slug))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            said = f"«{record.get_status_display()}», по состоянию на {long_date(record.effective_on)}"
            messages.success(request, f"{updated.name}: статус записан – {said}")
            return redirect(updated)
    context = {"municipality": updated, "form": form, "current": updated.participation_on()}
    return render(request, "municipalities/participation.html", context, status=form_status(request))


@require_POST
def municipality_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down in one click that the status still holds."""
    confirmed = municipality_or_404(request, slug)
    open_or_403(participation_refusal(request.user, confirmed))
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Подтвердить не удалось: откройте страницу ещё раз и повторите.")
        return municipality_page(request, confirmed, status=422)
    try:
        record = confirmed.confirm_participation(by=author(request), version=form.cleaned_data["version"])
    except EditConflict:
        messages.warning(request, "Пока страница была открыта, сведения изменились. Проверьте их и подтвердите снова.")
        return municipality_page(request, municipality_or_404(request, slug), status=409)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return municipality_page(request, confirmed, status=422)
    said = f"«{record.get_status_display()}», по состоянию на {long_date(record.effective_on)}"
    messages.success(request, f"{confirmed.name}: статус подтверждён – {said}")
    return redirect(confirmed)


def _conflict(request: HttpRequest, form: ParticipationForm, current: Municipality) -> HttpResponse:
    """Show what somebody else recorded beside what was typed; the form can be sent again after it."""
    stored = current.participation_on() or ParticipationRecord(status="unknown")
    yours = form.instance
    rows = [
        ConflictRow("Статус участия", str(stored.get_status_display()), str(yours.get_status_display())),
        ConflictRow("По состоянию на", long_date(stored.effective_on), long_date(yours.effective_on)),
        ConflictRow("Основание", stored.basis, yours.basis),
        ConflictRow("Служебный комментарий", stored.comment, yours.comment),
    ]
    data = request.POST.copy()
    data["version"] = str(current.version)
    again = ParticipationForm(data, municipality=current)
    differing = [row for row in rows if row.stored != row.yours]
    return render_conflict(request, differing, again, cancel_url=current.get_absolute_url())
