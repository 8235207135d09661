"""The update of a municipality's participation."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import author, form_status, open_or_403
from municipalities.access import participation_refusal, participation_void_refusal
from municipalities.forms import ConfirmForm, ParticipationForm, RightStatementForm
from municipalities.models import Municipality, Participation, ParticipationRecord
from municipalities.models.participation import Stated
from municipalities.views.gates import municipality_or_404
from municipalities.views.municipality import municipality_page
from revisions.conflict import ConflictRow, render_conflict
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page
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
            form.add_error(None, refused.messages)
        else:
            said = f"«{record.get_status_display()}», по состоянию на {long_date(record.happened_on)}"
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
        stands = confirmed.confirm_participation(by=author(request), version=form.cleaned_data["version"])
    except EditConflict:
        messages.warning(request, "Пока страница была открыта, сведения изменились. Проверьте их и подтвердите снова.")
        return municipality_page(request, municipality_or_404(request, slug), status=409)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return municipality_page(request, confirmed, status=422)
    said = f"«{stands.status.label}», по состоянию на {long_date(stands.since)}"
    messages.success(request, f"{confirmed.name}: статус подтверждён – {said}")
    return redirect(confirmed)


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_participation_void(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Void a wrong record of participation; the right statement may be written with it."""
    owner = municipality_or_404(request, slug)
    record = get_object_or_404(owner.participation_records.select_related("voided_by"), pk=pk)
    open_or_403(participation_void_refusal(request.user, record))

    def write(reason: str, version: int, right: RightStatementForm | None) -> None:
        said = right.statement() if right else None
        owner.void_participation(record, reason=reason, version=version, by=author(request), replacement=said)

    return void_page(
        request,
        record,
        version=owner.version,
        trail=[
            Crumb("Муниципальные образования", reverse("municipalities")),
            Crumb(owner.name, owner.get_absolute_url()),
        ],
        write=write,
        refused=ValidationError,
        right=partial(RightStatementForm, record),
    )


def _conflict(request: HttpRequest, form: ParticipationForm, current: Municipality) -> HttpResponse:
    """Show what somebody else recorded beside what was typed; the form can be sent again after it."""
    last = ParticipationRecord.objects.held_on(timezone.localdate()).filter(municipality=current).first()
    stored, yours = current.participation_on() or Stated(), form.said
    rows = [
        ConflictRow("Статус участия", str(stored.status.label), str(Participation(yours["status"]).label)),
        ConflictRow("По состоянию на", long_date(stored.since), long_date(yours["happened_on"])),
        ConflictRow("Основание", stored.basis, yours["basis"]),
        ConflictRow("Служебный комментарий", last.text if last else "", yours["text"]),
    ]
    data = request.POST.copy()
    data["version"] = str(current.version)
    again = ParticipationForm(data, municipality=current)
    differing = [row for row in rows if row.stored != row.yours]
    return render_conflict(request, differing, again, cancel_url=current.get_absolute_url())
