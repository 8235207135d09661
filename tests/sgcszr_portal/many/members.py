"""Many members that report on a point for all, and promise something for it."""

from django.db import connection
from django.db.models import F

from municipalities.models import Membership, Municipality
from municipalities.practices.models import Commitment
from resolutions.models import MemberReport, MemberReportRow, PointPromise
from tests.sgcszr_portal.many.copying import Copies, World


def more_reports(world: World, times: int) -> None:
    """Let further members report as the first did, and further promises name the point.

    Args:
        world: what was made so far.
        times: how many more members report.
    """
    first = MemberReportRow.objects.get(pk=world["report_row"]).report
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # rolled-back rows of other tests would mislead PostgreSQL's planner
    reported = list(MemberReport.objects.values_list("municipality", flat=True))
    joined = Membership.objects.filter(action="join").exclude(municipality__in=reported)
    for town in Municipality.objects.filter(pk__in=list(joined.values_list("municipality", flat=True)))[:times]:
        copied = Copies(1).take([first], municipality_id=town.pk)
        copied.take(first.rows.order_by("pk"))
    untied = Commitment.objects.filter(named_point=None).order_by(F("practice").asc(nulls_last=True), "pk")[:times]
    PointPromise.objects.bulk_create(PointPromise(commitment=one, point_id=first.point_id) for one in untied)
