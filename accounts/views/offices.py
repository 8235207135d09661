"""The secretariat writes down who holds an office, and from which day until which."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import offices_refusal, term_end_refusal, term_void_refusal
from accounts.models import OfficeLedger, OfficeTerm, Term, TermAction, User
from accounts.office_forms import AppointmentForm, EndForm
from accounts.office_listing import Terms
from accounts.offices import void
from accounts.requests import author, form_status, open_or_403
from listings.answering import listing_response
from revisions.models import EditConflict
from revisions.voiding import CHANGED, Crumb, void_page

TITLE = "Кто исполняет обязанности"


def _manager(request: HttpRequest) -> User:
    """The visitor, who must be allowed to appoint."""
    user = author(request)
    open_or_403(offices_refusal(user))
    return user


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """All terms of office: who holds one, held one, or will."""
    _manager(request)
    return listing_response(request, Terms(request.GET, request.user), "accounts/offices.html")


@require_http_methods(["GET", "HEAD", "POST"])
def office_add(request: HttpRequest) -> HttpResponse:
    """Write down that somebody is appointed."""
    manager, ledger = _manager(request), OfficeLedger.read()
    form = AppointmentForm(request.POST or None, version=ledger.version)
    if request.method == "POST" and form.is_valid():
        try:
            ledger.write([row := form.row(by=manager)], version=form.cleaned_data["version"])
        except EditConflict as conflict:
            form = AppointmentForm(form.over(conflict.current.version), version=conflict.current.version)
            form.add_error(None, CHANGED)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            held = Term(row).held
            messages.success(
                request, f"Назначение записано: {row.user} – {held.office.in_sentence} {held.days_in_words}"
            )
            return redirect("offices")
    return render(request, "accounts/office_add.html", {"form": form}, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def office_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that somebody holds an office no longer."""
    manager, ledger = _manager(request), OfficeLedger.read()
    row = get_object_or_404(OfficeTerm.objects.select_related("user"), pk=pk, action=TermAction.APPOINT)
    term = next((one for one in ledger.terms if one.appointed.pk == pk), None)
    open_or_403(term_end_refusal(manager, term))
    form = EndForm(row, request.POST or None, version=ledger.version)
    if request.method == "POST" and form.is_valid():
        try:
            ledger.write([form.row(by=manager)], version=form.cleaned_data["version"])
        except EditConflict as conflict:
            form = EndForm(row, form.over(conflict.current.version), version=conflict.current.version)
            form.add_error(None, CHANGED)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Прекращение полномочий записано: {row.user}.")
            return redirect("offices")
    context = {"form": form, "row": row, "held": Term(row).held}
    return render(request, "accounts/office_end.html", context, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def office_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a wrong row; the right one may be written with it."""
    manager, version = _manager(request), OfficeLedger.read().version
    wrong = get_object_or_404(OfficeTerm.objects.select_related("voided_by", "user"), pk=pk)
    open_or_403(term_void_refusal(manager, wrong))

    def right(data: object, files: object, prefix: str) -> AppointmentForm | EndForm:
        if wrong.action == TermAction.END:
            return EndForm(wrong, data, version=version, prefix=prefix)
        return AppointmentForm(data, version=version, wrong=wrong, prefix=prefix)

    def write(reason: str, version: int, form: AppointmentForm | EndForm | None) -> None:
        void(wrong, reason=reason, by=manager, version=version, replacement=form.row(by=manager) if form else None)

    trail = [Crumb("Пользователи", reverse("users")), Crumb(TITLE, reverse("offices"))]
    return void_page(request, wrong, version=version, trail=trail, write=write, refused=ValidationError, right=right)
