"""Reminding members of their reports on a point that is addressed to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.mail.storing import store
from accounts.mail_kinds import MailKind, MailUrgency
from accounts.models import UnionProfile, User
from municipalities.models import Municipality
from municipalities.personal_links import Purpose, address_of, give, links_of
from municipalities.surveys.letters import addressees
from resolutions.execution.member_rows import MemberPart, read_members
from resolutions.models import DecisionPoint, MemberReport, ReportReminder
from resolutions.models.control import UNREPORTED
from resolutions.models.member_report import LINKS

REPORT_LETTER = MailKind("member_report", "Доклад по пункту решения", MailUrgency.BULK)

FOR_REPORTS = Purpose(
    code=LINKS,
    label="Доклад по пункту решения",
    page="member_report_by_link",
    model=MemberReport,
    related=("point__resolution", "municipality"),
    until=lambda report: None,
    refusal=lambda report: report.day_refusal(timezone.localdate()),
)


@dataclass(frozen=True)
class Reminded:
    """What became of a batch: how many letters wait to be sent, and who has no address."""

    written: int
    without_address: tuple[str, ...]


def to_remind(point: DecisionPoint) -> list[Municipality]:
    """The members that have not reported on a point today, by name: none where nobody is asked.

    Args:
        point: with its decision.
    """
    read = read_members([(point, point.kept())], timezone.localdate())
    rows = read[point.pk].rows if point.pk in read and point.state in UNREPORTED else ()
    return [one.municipality for one in rows if one.is_in(MemberPart.UNREPORTED)]


@transaction.atomic
def remind(point: DecisionPoint, *, by: User) -> Reminded:
    """Store a letter to each representative of each member that has not reported, with a link that needs no password.

    Args:
        point: that is addressed to all.
        by: who sends.
    """
    asked = to_remind(point)
    reports = _reports_of(point, asked)
    known = addressees(one.pk for one in asked)
    written = 0
    for report in reports:
        for address in known.get(report.municipality_id, ()):
            mail = store(REPORT_LETTER, address, subject=_subject(report), text=_text(report), by=by)
            ReportReminder.objects.create(report=report, mail=mail, sent_by=by, sent_by_name=str(by)[:150])
            written += 1
    return Reminded(written, tuple(one.name for one in asked if one.pk not in known))


def _reports_of(point: DecisionPoint, municipalities: Sequence[Municipality]) -> list[MemberReport]:
    """What they report, made where it is not there; each with a link, unless the secretariat withdrew it."""
    MemberReport.objects.bulk_create(
        [MemberReport(point=point, municipality=one) for one in municipalities], ignore_conflicts=True
    )
    stored = MemberReport.objects.filter(point=point, municipality__in=municipalities)
    reports = list(stored.select_related("point__resolution", "municipality").order_by("municipality__name", "pk"))
    give(LINKS, [one for one in reports if not links_of(LINKS, one).exists()])
    return reports


def _subject(report: MemberReport) -> str:
    return f"Доклад по пункту {report.point.number} решения ({report.municipality.name})"


def _text(report: MemberReport) -> str:
    link = links_of(LINKS, report).filter(ended="").first()
    slug, number = report.point.resolution.slug, report.point.number
    page = reverse("point_member_report", args=[slug, number, report.municipality.slug])
    context = {
        "report": report,
        "point": report.point,
        "municipality": report.municipality,
        "link": address_of(link) if link else f"{settings.PUBLIC_URL}{page}",
        "personal": link is not None,
        "union": UnionProfile.on(),
    }
    return render_to_string("resolutions/email/report.txt", context).strip() + "\n"
