"""How a municipality's participation changes: by rows of its ledger, and by nothing else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models.participation import (
    NOTHING_STATED,
    PARTICIPATION_RULES,
    Participation,
    ParticipationRecord,
    Standing,
    Stated,
    Statement,
)
from revisions.models import VersionedModel
from revisions.replay import void_refusal


def judge(new: Sequence[ParticipationRecord]) -> None:
    """Ask whether the ledgers of any number of municipalities stay legal with new records. One query.

    Raises:
        ValidationError: one of them would not.
    """
    added: dict[int, list[ParticipationRecord]] = defaultdict(list)
    stored: dict[int, list[ParticipationRecord]] = defaultdict(list)
    for record in new:
        added[record.municipality_id].append(record)
    for record in ParticipationRecord.objects.filter(municipality__in=added):
        stored[record.municipality_id].append(record)
    for municipality, records in added.items():
        if refusal := PARTICIPATION_RULES.replay(stored[municipality], records):
            whose = f"{records[0].municipality.name}: " if len(added) > 1 else ""
            raise ValidationError(f"{whose}{refusal}")


class TakingPart(VersionedModel):
    """What has a ledger of its participation."""

    participation_records: models.Manager[ParticipationRecord]

    class Meta:
        abstract = True

    def participation_on(self, day: dt.date | None = None) -> Standing | None:
        """Where the municipality stood by the end of a day (today without one), or None if nothing was said by then."""
        day = day or timezone.localdate()
        stated = self._stated(day)
        return Standing(stated.status, stated.since, stated.basis, day) if stated.since else None

    def _stated(self, day: dt.date) -> Stated:
        return PARTICIPATION_RULES.fold(ParticipationRecord.objects.filter(municipality=self.pk), day)

    def record_participation(
        self, *, status: str, happened_on: dt.date, basis: str, text: str = "", by: User, version: int
    ) -> ParticipationRecord:
        """Write down where the municipality stands: `MunicipalityQuerySet.record_participations` for one.

        Args:
            status: a code of `Participation`.
            happened_on: the day it holds for, in Moscow; today or earlier.
            basis: document or link it rests on; published.
            text: internal note, not published.
            by: who says so; the name is kept as it is now.
            version: of this municipality, as the form was opened with.

        Returns:
            The stored record.

        Raises:
            EditConflict: somebody changed the municipality meanwhile.
            ValidationError: the date lies ahead, or a field does not hold what it should.
        """
        said = Statement(self.pk, version, status, happened_on, basis, text)
        municipalities: Any = type(self)._default_manager
        record: ParticipationRecord = municipalities.all().record_participations([said], by=by)[0]
        self.version = version + 1
        return record

    @transaction.atomic
    def confirm_participation(self, *, by: User, version: int) -> Standing:
        """Write down that what was stated still holds, as of today.

        Args:
            by: who confirms it; the name is kept as it is now.
            version: of this municipality, as the page was opened with.

        Returns:
            Where the municipality stands; nothing is written when that was said for today already.

        Raises:
            EditConflict: somebody changed the municipality meanwhile.
            ValidationError: there is nothing to confirm.
        """
        current = type(self).locked(self.pk, version)
        today = timezone.localdate()
        held = current.participation_on(today)
        if held is None or held.status == Participation.UNKNOWN:
            raise ValidationError(NOTHING_STATED)
        if held.since == today:
            return held
        confirmation = ParticipationRecord(
            municipality_id=self.pk, happened_on=today, actor=by, actor_name=str(by)[:150]
        )
        self._store([confirmation], current)
        return Standing(held.status, today, held.basis, today)

    @transaction.atomic
    def void_participation(
        self,
        record: ParticipationRecord,
        *,
        reason: str,
        by: User,
        version: int,
        replacement: Statement | None = None,
    ) -> ParticipationRecord:
        """Say that a record is wrong: the municipality stands as if it had never been written.

        Args:
            record: the wrong one, of this municipality.
            reason: why it is wrong.
            by: who says so.
            version: of this municipality, as the page was opened with.
            replacement: the right statement, written together; on the same day it takes the place of the wrong one.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody changed the municipality meanwhile.
            ValidationError: the record is voided already, or a later confirmation would have nothing to confirm.
        """
        current = type(self).locked(self.pk, version)
        wrong = ParticipationRecord.objects.select_related("voided_by").get(pk=record.pk, municipality=self.pk)
        if refusal := void_refusal(wrong):
            raise ValidationError(refusal)
        rows = [ParticipationRecord.voiding_of(wrong, reason=reason, by=by, municipality_id=self.pk)]
        if replacement:
            rows.append(replacement.as_record(by=by))
            rows[-1].take_place_of(wrong)
        self._store(rows, current)
        return rows[0]

    def _store(self, rows: Sequence[ParticipationRecord], current: Self) -> None:
        """Write rows down and raise the version; past save(): the facts did not change, nor does their history."""
        judge(rows)
        ParticipationRecord.objects.bulk_create(rows)
        type(self)._default_manager.filter(pk=self.pk).update(version=current.version)
        self.version = current.version
