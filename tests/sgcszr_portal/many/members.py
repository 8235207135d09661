"""Many members that report on a point for all, and promise something for it."""

from municipalities.models import Municipality
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
    silent = Municipality.objects.members().exclude(pk__in=MemberReport.objects.values("municipality"))
    for town in silent.order_by("pk")[:times]:
        copied = Copies(1).take([first], municipality_id=town.pk)
        copied.take(first.rows.order_by("pk"))
    untied = Commitment.objects.filter(named_point=None).order_by("pk")[:times]
    PointPromise.objects.bulk_create(PointPromise(commitment=one, point_id=first.point_id) for one in untied)
