"""What the page of a municipality says about decisions: the points that are its work."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.access import Visitor
from municipalities.models import Municipality
from municipalities.registration import Section
from resolutions.acting import Actor
from resolutions.models import DecisionPoint, MemberReport, PartyKind, Resolution, ResolutionStatus
from resolutions.models.control import UNDER_CONTROL


@dataclass(frozen=True)
class OwnPoint:
    """A point that is a municipality's work.

    Attributes:
        point: which.
        report: what it reports on a point for all; None on a point that is its own.
        url: its row, or the card of its own point.
        report_url: where it reports; empty for whoever may not.
    """

    point: DecisionPoint
    report: MemberReport | None
    url: str
    report_url: str


def points_of(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """What the section needs: points under control that are its own, and, of members, those for all members."""
    theirs = Q(responsible__kind=PartyKind.MUNICIPALITY, responsible__municipality=municipality)
    if municipality.belonging_on().is_member:
        theirs |= Q(responsible__kind=PartyKind.MEMBERS)
    points = DecisionPoint.objects.filter(theirs, state__in=UNDER_CONTROL).select_related("resolution", "responsible")
    visible = points.filter(resolution__in=Resolution.objects.visible_to(user).exclude(status=ResolutionStatus.DRAFT))
    found = list(visible.order_by("-resolution__adopted_on", "resolution", "number"))
    reports = {one.point_id: one for one in MemberReport.objects.filter(point__in=found, municipality=municipality)}
    may_report = Actor(user).speaks_for(municipality)
    return {"points": [_shown(one, municipality, reports, may_report=may_report) for one in found]}


def _shown(
    point: DecisionPoint, municipality: Municipality, reports: dict[int, MemberReport], *, may_report: bool
) -> OwnPoint:
    if point.responsible and point.responsible.kind == PartyKind.MUNICIPALITY:
        return OwnPoint(point, None, point.get_absolute_url(), "")
    address = [point.resolution.slug, point.number, municipality.slug]
    report = reports.get(point.pk) or MemberReport(point=point, municipality=municipality)
    return OwnPoint(
        point,
        report,
        reverse("point_member", args=address),
        reverse("point_member_report", args=address) if may_report else "",
    )


POINTS = Section("resolutions/members/_city.html", points_of)
