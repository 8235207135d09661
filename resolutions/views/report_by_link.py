"""Reporting by a personal link: this member, this point, no password."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.requests import form_status
from municipalities.personal_links import Opened, hold, offers_of
from municipalities.views.personal_links import behind_link
from resolutions.forms.member_reports import MemberReportForm
from resolutions.models import MemberReport, StepRefused
from resolutions.models.member_report import LINKS
from resolutions.views.members import QUICKER
from revisions.models import EditConflict

DONE = "Доклад записан. Спасибо!"


def typed_report(post: QueryDict, report: Any) -> list[tuple[str, str]]:
    """What somebody sent whose link is over: each field that they filled in."""
    form = MemberReportForm(post, report=report, by_link=True)
    filled = [(field.label, str(form[name].value() or "")) for name, field in form.fields.items() if name != "version"]
    return [(str(label), said) for label, said in filled if said]


@behind_link(LINKS, typed=typed_report)
def member_report_by_link(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The form of a report behind a personal link, and what was reported before."""
    report: MemberReport = opened.subject
    form = MemberReportForm(request.POST or None, report=report, by_link=True)
    if request.method == "POST" and form.is_valid():
        try:
            _store(form, opened)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
        except EditConflict as conflict:
            data = request.POST.copy()
            data["version"] = str(conflict.current.version)
            form = MemberReportForm(data, report=report, by_link=True)
            form.add_error(None, QUICKER)
        else:
            messages.success(request, DONE)
            return redirect(request.path)
    context = {
        "report": report,
        "point": report.point,
        "form": form,
        "history": [row for row in report.rows.to_show() if not row.voiding],
        "offers": offers_of(opened),
    }
    return render(request, "resolutions/members/by_link.html", context, status=form_status(request))


@transaction.atomic
def _store(form: MemberReportForm, opened: Opened) -> None:
    """Write the report down, while the link by which it came is good."""
    hold(opened)
    said = form.cleaned_data
    form.report.report(form.new(), version=said["version"], by=None, by_name=f"{said['respondent']} (по личной ссылке)")
