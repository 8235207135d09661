"""Reminding members of their reports on a point that is addressed to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.mail.storing import NewLetter, store_many
from accounts.mail_kinds import MailKind, MailUrgency
from accounts.models import UnionProfile, User
from municipalities.models import Municipality, PersonalLink
from municipalities.personal_links import Purpose, address_of, give_once
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
    """What became of a batch.

    Attributes:
        written: how many letters wait to be sent.
        without_address: the members to whom nobody can write.
        unsent_links: those of them whose link lives and stands in no letter.
    """

    written: int
    without_address: tuple[str, ...]
    unsent_links: tuple[str, ...]


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

    The number of queries does not depend on theirs, but for letters that are stored by the hundred.

    Args:
        point: that is addressed to all.
        by: who sends.
    """
    asked = to_remind(point)
    prefetch_related_objects([point], "subpoints")
    reports = _reports_of(point, asked)
    links = give_once(LINKS, reports)
    known, union = addressees(one.pk for one in asked), UnionProfile.on()
    letters = [
        (report, NewLetter(address, _subject(report), _text(report, links.get(report.pk), union)))
        for report in reports
        for address in known.get(report.municipality_id, ())
    ]
    stored = store_many(REPORT_LETTER, [letter for _, letter in letters], by=by)
    ReportReminder.objects.bulk_create(
        ReportReminder(report=report, mail=mail, sent_by=by, sent_by_name=str(by)[:150])
        for (report, _), mail in zip(letters, stored, strict=True)
    )
    missed = [one for one in reports if one.municipality_id not in known]
    names = tuple(one.municipality.name for one in missed)
    return Reminded(len(stored), names, tuple(one.municipality.name for one in missed if one.pk in links))


def _reports_of(point: DecisionPoint, municipalities: Sequence[Municipality]) -> list[MemberReport]:
    """What they report on the point, made where it is not there; by name."""
    MemberReport.objects.bulk_create(
        [MemberReport(point=point, municipality=one) for one in municipalities], ignore_conflicts=True
    )
    stored = MemberReport.objects.filter(point=point, municipality__in=municipalities)
    reports = list(stored.select_related("municipality").order_by("municipality__name", "pk"))
    for one in reports:
        one.point = point  # the same for all: what was read of it is read once
    return reports


def _subject(report: MemberReport) -> str:
    return f"Доклад по пункту {report.point.number} решения ({report.municipality.name})"


def _text(report: MemberReport, link: PersonalLink | None, union: UnionProfile) -> str:
    slug, number = report.point.resolution.slug, report.point.number
    page = reverse("point_member_report", args=[slug, number, report.municipality.slug])
    context = {
        "report": report,
        "point": report.point,
        "municipality": report.municipality,
        "link": address_of(link) if link else f"{settings.PUBLIC_URL}{page}",
        "personal": link is not None,
        "union": union,
    }
    return render_to_string("resolutions/email/report.txt", context).strip() + "\n"
