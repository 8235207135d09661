"""What is known of the Union."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import has_permission, union_edit_refusal
from accounts.models import UnionLedger, UnionProfileRecord, User
from accounts.models.union import MATTERS, UNION_RULES, in_words, label_of
from accounts.requests import author, form_status, open_or_403
from accounts.roles import Permission
from accounts.union_form import UnionForm
from revisions.conflict import ConflictRow, render_conflict
from revisions.models import EditConflict
from revisions.replay import void_refusal
from revisions.voiding import Crumb, void_page
from russian.templatetags.russian import long_date

TITLE = "Сведения о Союзе"


def _reader(request: HttpRequest) -> User:
    """The visitor, who must be of the Union's staff."""
    user = author(request)
    if not has_permission(user, Permission.READ_INTERNAL):
        raise Http404
    return user


def _editor(request: HttpRequest) -> User:
    """The visitor, who must be allowed to change what is known."""
    user = _reader(request)
    open_or_403(union_edit_refusal(user))
    return user


@require_safe
def union(request: HttpRequest) -> HttpResponse:
    """Today's names and requisites, and every change of them."""
    refusal = union_edit_refusal(_reader(request))
    profile, today = UnionLedger.read().on(), timezone.localdate()
    rows = [
        (row, row.happened_on > today and not row.voiding, reverse("union_void", args=[row.pk]) if not refusal else "")
        for row in UnionProfileRecord.objects.to_show()
    ]
    facts = [(label_of(one), in_words(one, getattr(profile, one))) for one in MATTERS]
    context = {"profile": profile, "facts": facts, "rows": rows, "edit_refusal": refusal}
    return render(request, "accounts/union.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def union_edit(request: HttpRequest) -> HttpResponse:
    """Write down what changes, and from which day on."""
    editor, ledger = _editor(request), UnionLedger.read()
    form = UnionForm(request.POST or None, version=ledger.version, before=ledger.on())
    if request.method == "POST" and form.is_valid():
        record = form.record(by=editor)
        try:
            ledger.write(record, version=form.cleaned_data["version"])
        except EditConflict:
            return _conflict(request, form)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Изменения записаны: действуют с {long_date(record.happened_on)}")
            return redirect("union")
    return render(request, "accounts/union_edit.html", {"form": form}, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def union_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a wrong record; the right one may be written with it."""
    editor, ledger = _editor(request), UnionLedger.read()
    wrong = get_object_or_404(UnionProfileRecord.objects.select_related("voided_by"), pk=pk)
    open_or_403(void_refusal(wrong))
    moment = UNION_RULES.moment_of(wrong, ledger.rows)

    def right(data: object, files: object, prefix: str) -> UnionForm:
        return UnionForm(
            data, version=ledger.version, before=moment.before, shown=moment.after, wrong=wrong, prefix=prefix
        )

    def write(reason: str, version: int, form: UnionForm | None) -> None:
        rows = [UnionProfileRecord.voiding_of(wrong, reason=reason, by=editor)]
        if form:
            rows.append(form.record(by=editor))
            rows[-1].take_place_of(wrong)
        ledger.write(*rows, version=version)

    return void_page(
        request,
        wrong,
        version=ledger.version,
        trail=[Crumb(TITLE, reverse("union"))],
        write=write,
        refused=ValidationError,
        right=right,
    )


def _conflict(request: HttpRequest, form: UnionForm) -> HttpResponse:
    """Show what somebody else wrote beside what was typed; the form can be sent again after it."""
    ledger = UnionLedger.read()
    stored, yours = ledger.on(), form.cleaned_data
    rows = [
        ConflictRow(label_of(one), in_words(one, getattr(stored, one)), in_words(one, yours[one]))
        for one in MATTERS
        if getattr(stored, one) != yours[one]
    ]
    data = request.POST.copy()
    data["version"] = str(ledger.version)
    again = UnionForm(data, version=ledger.version, before=stored)
    return render_conflict(request, rows, again, cancel_url=reverse("union"))
