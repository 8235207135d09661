"""The rows of what members report on a point: what was reported, and what was returned."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User
from resolutions.uploads import Upload
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules
from russian.text import plain_text

NOTHING_REPORTED = "Возвращать нечего: доклада нет."


class MemberReportAction(models.TextChoices):
    """What happened to the report of a member."""

    REPORT = "report", "Доложено"
    RETURN = "return", "Возвращено на доработку"


class MemberReportRowQuerySet(LedgerQuerySet["MemberReportRow"]):
    """Rows of reports; they come, and stay."""


class MemberReportRow(LedgerRow):
    """One row: what was reported, or why it was returned. Written once."""

    report = models.ForeignKey("resolutions.MemberReport", on_delete=models.PROTECT, related_name="rows")
    action = models.CharField("что произошло", max_length=10, choices=MemberReportAction, blank=True)
    text = models.TextField("что сделано", validators=[plain_text])
    result = models.TextField("что получилось", blank=True, validators=[plain_text])
    obstacles = models.TextField("что мешает", blank=True, validators=[plain_text])
    next_step = models.TextField("следующий шаг", blank=True, validators=[plain_text])
    by_link = models.BooleanField("по личной ссылке", default=False)

    objects = MemberReportRowQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись доклада члена Союза"
        verbose_name_plural = "записи докладов членов Союза"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, action__in=MemberReportAction.values)
                | Q(voids__isnull=False, action="", result="", obstacles="", next_step=""),
                name="member_report_row_is_a_step_or_a_voiding",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="member_report_row_says_something"),
            models.CheckConstraint(
                condition=Q(action=MemberReportAction.REPORT) | Q(result="", obstacles="", next_step="", by_link=False),
                name="member_report_row_result_is_of_a_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """«Доложено»."""
        return str(self.get_action_display())

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Label and words of what a report says besides what was done."""
        told = [("Что получилось", self.result), ("Что мешает", self.obstacles), ("Следующий шаг", self.next_step)]
        return [(label, said) for label, said in told if said]

    @property
    def told(self) -> str:
        """All that it says."""
        return "\n".join([self.text, *(f"{label}: {said}" for label, said in self.lines)])

    def attach(self, files: Sequence[Upload]) -> None:
        """Keep what proves it."""
        for upload in files:
            self.files.create(**upload.facts(), added_by_name=self.actor_name)


@dataclass(frozen=True)
class NewMemberReport:
    """A report that is to be written down.

    Attributes:
        happened_on: the day it counts from, in Moscow.
        text: what was done.
        result, obstacles, next_step: what came of it, what is in the way, what comes next; may be empty.
        files: what proves it.
        by_link: whether it came by a personal link.
        on_behalf_of, behalf_ground: where the secretariat writes it down for the member, and on what ground.
    """

    happened_on: dt.date
    text: str
    result: str = ""
    obstacles: str = ""
    next_step: str = ""
    files: Sequence[Upload] = ()
    by_link: bool = False
    on_behalf_of: str = ""
    behalf_ground: str = ""

    def as_row(self, *, by: User | None, by_name: str, **owner: Any) -> MemberReportRow:
        """A row that is not stored yet.

        Args:
            by: who writes it down; None for whoever came by a link.
            by_name: who it was, when there is no user.
            **owner: the report.
        """
        names = ("happened_on", "text", "result", "obstacles", "next_step", "by_link", "on_behalf_of", "behalf_ground")
        said = {name: getattr(self, name) for name in names}
        name = (by_name or str(by))[:150]
        return MemberReportRow(action=MemberReportAction.REPORT, actor=by, actor_name=name, **said, **owner)


@dataclass(frozen=True)
class ReportStanding:
    """How the report of a member stands: the day from which it counts; None while there is none."""

    reported_on: dt.date | None = None


def _after(standing: ReportStanding, row: MemberReportRow) -> ReportStanding:
    if row.action == MemberReportAction.RETURN:
        return ReportStanding()
    return standing if standing.reported_on else ReportStanding(row.happened_on)


REPORT_RULES: Rules[MemberReportRow, ReportStanding] = Rules(
    ReportStanding(),
    refusal=lambda standing, row: (
        NOTHING_REPORTED if row.action == MemberReportAction.RETURN and standing.reported_on is None else None
    ),
    after=_after,
)
