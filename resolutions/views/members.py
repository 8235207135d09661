"""A point that is addressed to all: its members, what each of them reports, and what becomes of that."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import author, form_status, open_or_403
from documents.uploads import ATTACHMENT, holders_of, takes_files
from listings.answering import listing_response
from municipalities.models import Municipality
from municipalities.personal_links import LinkCard, card_of, give_once, giving_refusal
from municipalities.views.gates import municipality_or_404
from resolutions import access
from resolutions.acting import Actor
from resolutions.execution.member_listing import PointAnswers, PointMembers
from resolutions.execution.member_rows import read_members
from resolutions.forms.fields import MAX_FILES
from resolutions.forms.member_reports import MemberReportForm, ReturnForm
from resolutions.models import DecisionPoint, MemberReport, MemberReportRow, ReportReminder, StepRefused
from resolutions.models.member_report import LINKS
from resolutions.models.party import MAY_ACT
from resolutions.reminding import remind, to_remind
from resolutions.views.gates import point_or_404
from resolutions.views.points import trail_of
from revisions.models import EditConflict
from revisions.sent_once import turned_back
from revisions.voiding import Crumb, void_page
from russian.templatetags.russian import counted

UNSENT = "Личные ссылки выданы, но никому не отправлены (возьмите их на страницах этих членов Союза и передайте сами)"
WITHDRAWN = "Ссылку этого члена Союза уже выдавали и отозвали. Новую выдайте кнопкой «Выдать новую ссылку»."
QUICKER = "Пока форма была открыта, запись добавил кто-то ещё. Прочитайте её и отправьте свою снова."


@login_not_required
@require_safe
def point_members(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The members with what each did about the point."""
    found = point_or_404(request, slug, number)
    listing = PointMembers(request.GET, request.user, found)
    return listing_response(request, listing, "resolutions/execution/list.html", resolution=found.resolution)


@login_not_required
@require_safe
def point_answers(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Those who were asked the question that the point is measured by; whether they answered, not what."""
    found = point_or_404(request, slug, number)
    listing = PointAnswers(request.GET, request.user, found)
    return listing_response(request, listing, "resolutions/execution/list.html", resolution=found.resolution)


def _report_or_404(request: HttpRequest, slug: str, number: int, town: str) -> MemberReport:
    """What a municipality reports on a point; not stored before there is something to store."""
    point, municipality = point_or_404(request, slug, number), municipality_or_404(request, town)
    return _report_of(point, municipality) or MemberReport(point=point, municipality=municipality)


def _report_of(point: DecisionPoint, municipality: Municipality) -> MemberReport | None:
    stored = MemberReport.objects.filter(point=point, municipality=municipality)
    return stored.select_related("point__resolution", "municipality").first()


@login_not_required
@require_safe
def point_member(request: HttpRequest, slug: str, number: int, town: str) -> HttpResponse:
    """One member of a point: its row, its reports, and what may be done."""
    found = _report_or_404(request, slug, number, town)
    point, actor, today = found.point, Actor(request.user), timezone.localdate()
    internal = access.can_see_internal(request.user)
    read = read_members([(point, point.kept())], today, with_waiting=internal)
    row = next((one for one in read[point.pk].rows if one.municipality == found.municipality), None) if read else None
    if row is None and found.pk is None:
        raise Http404
    report_refusal = access.member_report_refusal(actor, found)
    reminders = list(found.reminders.select_related("mail")) if found.pk and internal else []
    card = card_of(LINKS, found, request.user)
    context = {
        "report": found,
        "point": point,
        "resolution": point.resolution,
        "row": row,
        "history": list(found.rows.to_show().prefetch_related("files")) if found.pk else [],
        "internal": internal,
        "is_own": internal or actor.speaks_for(found.municipality),
        "can_see_files": access.can_see_files(actor, point),
        "reads_reports": access.reads_member_reports(actor, point),
        "may_void": access.member_void_refusal(request.user) is None,
        "report_refusal": report_refusal,
        "return_refusal": access.member_return_refusal(request.user, found),
        "reminders": reminders,
        "card": card,
        "give_url": _give_url(found, card),
        "is_unsent": card is not None and _is_unsent(card, reminders),
    }
    return render(request, "resolutions/members/member.html", context)


def _give_url(found: MemberReport, card: LinkCard | None) -> str:
    """Where the first link of a member is given out; empty where there was one, and where none would open anything."""
    if card is None or card.latest or card.refusal:
        return ""
    return reverse("point_member_link", args=[*_address(found.point), found.municipality.slug])


def _is_unsent(card: LinkCard, reminders: Iterable[ReportReminder]) -> bool:
    """Whether the link that lives stands in no letter: whoever gave it out is to hand it over."""
    if card.latest is None or card.latest.ended:
        return False
    return all(one.at < card.latest.given_at for one in reminders)


@require_POST
@transaction.atomic
def point_member_link(request: HttpRequest, slug: str, number: int, town: str) -> HttpResponse:
    """Give a member its first personal link, without a letter."""
    found = _report_or_404(request, slug, number, town)
    open_or_403(giving_refusal(LINKS, found, request.user))
    stored = _stored(found)
    if stored.pk in give_once(LINKS, [stored]):
        messages.success(request, f"{found.municipality.name}: личная ссылка выдана. Передайте её сами.")
        return redirect(stored)
    return turned_back(request, WITHDRAWN, stored)


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(*MAY_ACT))
@require_http_methods(["GET", "HEAD", "POST"])
def point_member_report(request: HttpRequest, slug: str, number: int, town: str) -> HttpResponse:
    """Report for a member: its representatives, or the secretariat on its behalf."""
    found, actor = _report_or_404(request, slug, number, town), Actor(request.user)
    if refusal := access.member_report_refusal(actor, found):
        return _refused(request, MemberReportForm(request.POST, report=found), refusal)
    make_form = partial(
        MemberReportForm, report=found, actor=actor, for_member=not actor.speaks_for(found.municipality)
    )
    form = make_form(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = _store(found, form, author(request))
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        except EditConflict as conflict:
            data = request.POST.copy()
            data["version"] = str(conflict.current.version)
            form = make_form(data, request.FILES)
            form.add_error(None, QUICKER)
        else:
            messages.success(request, f"{found.municipality.name}: доклад внесён.")
            return redirect(stored)
    return _page(request, "resolutions/members/report.html", found, form)


@transaction.atomic
def _store(found: MemberReport, form: MemberReportForm, by: User) -> MemberReport:
    """Write a report down; a member that may not report gets no row by having tried."""
    stored = _stored(found)
    stored.report(form.new(), version=form.cleaned_data["version"], by=by)
    return stored


def _stored(found: MemberReport) -> MemberReport:
    return MemberReport.objects.get_or_create(point=found.point, municipality=found.municipality)[0]


def _refused(request: HttpRequest, form: MemberReportForm | ReturnForm, refusal: str) -> HttpResponse:
    """Refuse, and give back what was typed: somebody was quicker, or it is not theirs any more."""
    written = ("text", "result", "obstacles", "next_step", "behalf_ground")
    names = (name for name in written if name in form.fields and form.data.get(name))
    typed = [(str(form.fields[name].label), str(form.data[name])) for name in names]
    return render(request, "revisions/refused.html", {"reason": refusal, "typed": typed}, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
def point_member_return(request: HttpRequest, slug: str, number: int, town: str) -> HttpResponse:
    """Return a report to the member: it counts no more."""
    found = _report_or_404(request, slug, number, town)
    if refusal := access.member_return_refusal(request.user, found):
        return _refused(request, ReturnForm(request.POST), refusal)
    form = ReturnForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            found.send_back(
                happened_on=said["happened_on"], reason=said["text"], version=said["version"], by=author(request)
            )
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        except EditConflict as conflict:
            data = request.POST.copy()
            data["version"] = str(conflict.current.version)
            form = ReturnForm(data)
            form.add_error(None, QUICKER)
        else:
            messages.success(request, f"{found.municipality.name}: доклад возвращён на доработку.")
            return redirect(found)
    return _page(request, "resolutions/members/return.html", found, form)


@takes_files(MAX_FILES * ATTACHMENT.largest, holders_of(*MAY_ACT))
@require_http_methods(["GET", "HEAD", "POST"])
def point_member_void(request: HttpRequest, slug: str, number: int, town: str, pk: int) -> HttpResponse:
    """Void a wrong row of a member's reports; the right report may be written with it."""
    found = _report_or_404(request, slug, number, town)
    row = get_object_or_404(MemberReportRow.objects.select_related("voided_by"), pk=pk, report=found.pk)

    def write(reason: str, version: int, right: MemberReportForm | None) -> None:
        replacement = right.new() if right else None
        found.void(row, reason=reason, version=version, by=author(request), replacement=replacement)

    def make(data: object, files: object, prefix: str) -> MemberReportForm:
        return MemberReportForm(data, files, report=found, for_member=True, wrong=row, prefix=prefix)

    return void_page(
        request,
        row,
        version=found.version,
        trail=[*trail_of(found.point), Crumb(found.municipality.name, found.get_absolute_url())],
        write=write,
        refused=StepRefused,
        right=make if row.action == "report" else None,
        refusal=access.member_void_refusal(request.user, row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def point_members_remind(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who has not reported, and the button that writes to exactly those."""
    found = point_or_404(request, slug, number)
    open_or_403(access.remind_refusal(request.user, found))
    if request.method == "POST":
        outcome = remind(found, by=author(request))
        if outcome.written:
            messages.success(request, f"Ждёт отправки: {counted(outcome.written, 'письмо,письма,писем')}.")
        if outcome.without_address:
            messages.warning(request, f"Нет адресата: {', '.join(outcome.without_address)}. Им письмо не отправлено.")
        if outcome.unsent_links:
            messages.warning(request, f"{UNSENT}: {', '.join(outcome.unsent_links)}.")
        return redirect("point_members", slug, number)
    context = {"point": found, "resolution": found.resolution, "municipalities": to_remind(found)}
    return render(request, "resolutions/members/remind.html", context)


def _page(request: HttpRequest, template: str, found: MemberReport, form: object) -> HttpResponse:
    back = found.get_absolute_url() if found.pk else reverse("point_members", args=_address(found.point))
    context = {"report": found, "point": found.point, "resolution": found.point.resolution, "form": form, "back": back}
    return render(request, template, context, status=form_status(request))


def _address(point: DecisionPoint) -> tuple[str, int]:
    return point.resolution.slug, point.number
