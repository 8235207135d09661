"""What each member reports on a point that is addressed to all: a dated ledger for every member."""

import datetime as dt
from collections.abc import Sequence

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.decision_way import ResolutionStatus
from resolutions.models.member_report_row import REPORT_RULES, MemberReportAction, MemberReportRow, NewMemberReport
from resolutions.models.party import PartyKind, Side
from resolutions.models.point import UNDER_DRAFT, DecisionPoint
from resolutions.models.point_standing import party_on, point_on
from resolutions.models.steps import StepRefused
from revisions.models import VersionedModel
from revisions.replay import void_refusal

NOT_ADDRESSED_THEN = "В этот день пункт не был обращён ко всем членам Союза."
NOT_A_MEMBER = "В этот день муниципальное образование в Союз не входило."
NOT_ADDRESSED = "Пункт не обращён ко всем членам Союза: докладывать по нему не нужно."
OFF_CONTROL = "В этот день пункт уже не был на контроле: доклады по нему не принимаются."
AHEAD = "Эта дата ещё не наступила."
BEFORE_DECISION = "Дата доклада не может быть раньше даты решения."
LINKS = "report"  # the purpose of the personal links that are given out for reports


REPORTABLE = ("progress__responsible",)  # what to prefetch of points for `point_day_refusal`


def point_day_refusal(point: DecisionPoint, day: dt.date) -> str | None:
    """Why no member at all reports on a point for a day, in Russian; None when members may. Two queries.

    What was done about the point besides its progress puts it neither under control nor off it.
    """
    decided_on = point.resolution.adopted_on
    if decided_on is None or point.resolution.status == ResolutionStatus.DRAFT:
        return UNDER_DRAFT
    if day > timezone.localdate():
        return AHEAD
    if day < decided_on:
        return BEFORE_DECISION
    rows = list(point.progress.all())
    models.prefetch_related_objects(rows, "responsible")
    if party_on(rows, Side.RESPONSIBLE, day).kind != PartyKind.MEMBERS:
        return NOT_ADDRESSED_THEN
    return None if point_on(rows, (), day).state in UNDER_CONTROL else OFF_CONTROL


class MemberReport(VersionedModel):
    """What one member reports on one point. Changes through `report`, `send_back` and `void` alone."""

    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="member_reports")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name="муниципальное образование"
    )
    reported_on = models.DateField("доложено", null=True, editable=False)

    class Meta:
        verbose_name = "доклад члена Союза"
        verbose_name_plural = "доклады членов Союза"
        constraints = [
            models.UniqueConstraint(fields=["point", "municipality"], name="member_report_once_a_point"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.point}"

    def get_absolute_url(self) -> str:
        """The page of the member on the point."""
        return reverse("point_member", args=[self.point.resolution.slug, self.point.number, self.municipality.slug])

    @transaction.atomic
    def report(
        self,
        new: NewMemberReport,
        *,
        version: int,
        by: User | None,
        by_name: str = "",
        tells_point: bool = True,
    ) -> MemberReportRow:
        """Write a report down; a later one adds to it.

        Args:
            new: what is reported.
            version: of this report, as the form was opened with.
            by: who reports, or writes it down for the member; None for whoever came by a personal link.
            by_name: who it was, when there is no user.
            tells_point: whether the point takes note at once; who writes many reports lets it do so at the end.

        Raises:
            EditConflict: somebody else wrote meanwhile.
            StepRefused: the day is impossible, or nobody is asked on it.
        """
        current = self._queued(version)
        if refusal := current.day_refusal(new.happened_on):
            raise StepRefused(refusal)
        row = new.as_row(by=by, by_name=by_name, report=current)
        current._write([row], tells_point=tells_point)
        row.attach(new.files)
        return row

    @transaction.atomic
    def send_back(self, *, happened_on: dt.date, reason: str, version: int, by: User) -> MemberReportRow:
        """Return the report to the member; it counts no more from that day on.

        Args:
            happened_on: the day, in Moscow.
            reason: what to correct.
            version: of this report, as the page showed it.
            by: the secretariat.

        Raises:
            EditConflict: somebody else wrote meanwhile.
            StepRefused: there is no report on that day, or the day lies ahead.
        """
        current = self._queued(version)
        if happened_on > timezone.localdate():
            raise StepRefused(AHEAD)
        row = MemberReportRow(
            report=current,
            action=MemberReportAction.RETURN,
            happened_on=happened_on,
            text=reason,
            actor=by,
            actor_name=str(by)[:150],
        )
        current._write([row])
        return row

    @transaction.atomic
    def void(
        self,
        row: MemberReportRow,
        *,
        reason: str,
        version: int,
        by: User,
        replacement: NewMemberReport | None = None,
    ) -> MemberReportRow:
        """Say that a row is wrong; it is as if it had never been written.

        Args:
            row: the wrong one, of this report.
            reason: why it is wrong.
            version: of this report, as the page showed it.
            by: who says so.
            replacement: the right report, written together.

        Raises:
            EditConflict: somebody else wrote meanwhile.
            StepRefused: the row is voided already, or a return would have nothing to return.
        """
        current = self._queued(version)
        wrong = current.rows.select_related("voided_by").get(pk=row.pk)
        if refusal := void_refusal(wrong):
            raise StepRefused(refusal)
        rows = [MemberReportRow.voiding_of(wrong, reason=reason, by=by, report=current)]
        if replacement:
            if refusal := current.day_refusal(replacement.happened_on):
                raise StepRefused(refusal)
            rows.append(replacement.as_row(by=by, by_name="", report=current))
            rows[-1].take_place_of(wrong)
        current._write(rows)
        if replacement:
            rows[-1].attach(replacement.files)
        return rows[0]

    def refusal(self) -> str | None:
        """Why nobody reports, whatever the day, in Russian: the point was never all members' work. A query."""
        if self.point.resolution.status == ResolutionStatus.DRAFT:
            return UNDER_DRAFT
        asked = self.point.progress.in_force().filter(responsible__kind=PartyKind.MEMBERS)
        return None if asked.exists() else NOT_ADDRESSED

    def day_refusal(self, day: dt.date) -> str | None:
        """Why nobody reports on a day, in Russian; None when they may. Three queries, none of what is prefetched."""
        if refusal := point_day_refusal(self.point, day):
            return refusal
        return None if self.municipality.belonging_on(day).is_member else NOT_A_MEMBER

    def _queued(self, version: int) -> "MemberReport":
        """The stored report, locked after its point: whoever writes about a point takes turns."""
        DecisionPoint.queue_for([self.point_id])
        return type(self).locked(self.pk, version)

    def _write(self, new: Sequence[MemberReportRow], *, tells_point: bool = True) -> None:
        """Store rows that belong together, and bring report and point into line with them.

        Raises:
            StepRefused: they would be impossible.
        """
        stored = list(self.rows.all())
        if refusal := REPORT_RULES.replay(stored, new):
            raise StepRefused(refusal)
        for row in new:
            row.save()
        self.reported_on = REPORT_RULES.fold([*stored, *new], timezone.localdate()).reported_on
        self.save()
        if tells_point:
            DecisionPoint.take_note_of_deeds(self.point_id)
