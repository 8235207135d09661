"""How something is released to the public and taken back: by rows of its ledger, and by nothing else."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from documents.models import IssuedDocument
from documents.publishing import show_papers
from resolutions.models.release import RELEASE_RULES, Publicity, Release
from resolutions.models.steps import StepRefused
from revisions.models import VersionedModel
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date
from russian.text import tidy

NOT_YET = "Эта дата ещё не наступила: обнародовать можно сегодняшним или прошедшим днём."


class Releasable(VersionedModel):
    """What has a ledger of its releases. Its papers are shown to everybody exactly while it is released today."""

    releases: models.Manager[Release]
    released_as: ClassVar[str] = "letter"  # the field of `Release` that names it

    class Meta:
        abstract = True

    def showing_refusal(self) -> str | None:
        """Why there is nothing that the public could be shown, in Russian; None when there is."""
        raise NotImplementedError  # pragma: no cover - each has reasons of its own

    @property
    def own_day(self) -> dt.date | None:
        """The first day on which it can have been public: that of the letter."""
        raise NotImplementedError  # pragma: no cover - as above

    @property
    def papers(self) -> Sequence[IssuedDocument]:
        """What was issued of it, the present document first."""
        raise NotImplementedError  # pragma: no cover - as above

    def publicity_on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> Publicity:
        """Whether it was released at the end of a day, today without one. One query."""
        return RELEASE_RULES.fold(self.releases.all(), day or timezone.localdate(), known_on=known_on)

    def release_refusal(self) -> str | None:
        """Why it can be neither released nor taken back now, whoever asks, in Russian; None when one is open."""
        return None if self.publicity_on().is_released else self.showing_refusal()

    @transaction.atomic
    def release(self, is_released: bool, *, happened_on: dt.date, text: str, version: int, by: User) -> Release:
        """Write down that the public may read it from a day on, or may no more.

        Args:
            is_released: which.
            happened_on: the day, in Moscow; not in the future.
            text: on what ground, for staff.
            version: the version that was shown.
            by: who says so; the name is kept as it is now.

        Returns:
            The stored row.

        Raises:
            EditConflict: somebody did something about it meanwhile.
            StepRefused: it is released already, or is not; there is nothing to show; or a later row would become
                impossible.
        """
        current = type(self).locked(self.pk, version)
        row = current.new_release(is_released, happened_on=happened_on, text=text, by=by)
        current._store_releases([row])
        return row

    def new_release(self, is_released: bool, *, happened_on: dt.date, text: str, by: User) -> Release:
        """A row that is not stored yet. Arguments as of `release`.

        Raises:
            StepRefused: the day is impossible, or there is nothing to show.
        """
        if is_released and (refusal := self.showing_refusal()):
            raise StepRefused(refusal)
        if happened_on > timezone.localdate():
            raise StepRefused(NOT_YET)
        if self.own_day and happened_on < self.own_day:
            raise StepRefused(f"Письмо датировано {long_date(self.own_day)}: раньше обнародовать его не могли.")
        said = {"is_released": is_released, "happened_on": happened_on, "text": tidy(text)}
        return Release(actor=by, actor_name=str(by)[:150], **said, **self._owner)

    @property
    def _owner(self) -> dict[str, int]:
        return {f"{self.released_as}_id": self.pk}

    @transaction.atomic
    def void_release(
        self, row: Release, *, reason: str, version: int, by: User, replacement: Release | None = None
    ) -> Release:
        """Say that a row is wrong: it is as if it had never been written.

        Args:
            row: the wrong one, of this ledger.
            reason: why it is wrong.
            version: the version that was shown.
            by: who says so.
            replacement: the right row (`new_release`), written together; on the same day it takes its place.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody did something about it meanwhile.
            StepRefused: the row is voided already, or a later one would become impossible.
        """
        current = type(self).locked(self.pk, version)
        wrong = current.releases.select_related("voided_by").get(pk=row.pk)
        if refusal := void_refusal(wrong):
            raise StepRefused(refusal)
        rows = [Release.voiding_of(wrong, reason=reason, by=by, **self._owner)]
        if replacement:
            replacement.take_place_of(wrong)
            rows.append(replacement)
        current._store_releases(rows)
        return rows[0]

    def settle_release(self, is_released: bool, *, text: str, by: User) -> None:
        """Have it released from today on, or not, unless that is so already. In the transaction that signs it."""
        rows = []
        if self.publicity_on().is_released != is_released:
            rows = [self.new_release(is_released, happened_on=timezone.localdate(), text=text, by=by)]
        self._store_releases(rows)

    def _store_releases(self, new: Sequence[Release]) -> None:
        """Write rows down, and show or hide the papers; past save(): no wording changed, nor does its history.

        Raises:
            StepRefused: the ledger would not be legal.
        """
        stored = list(self.releases.all())
        if refusal := RELEASE_RULES.replay(stored, new):
            raise StepRefused(refusal)
        for row in new:
            row.save()
        today = RELEASE_RULES.fold([*stored, *new], timezone.localdate())
        show_papers(self.papers, today.is_released)
        type(self)._default_manager.filter(pk=self.pk).update(version=self.version)
