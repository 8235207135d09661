"""What has a name and a code, as its ledger tells them."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from municipalities.models.naming import NAMING_RULES, Naming, Renaming, Span
from revisions.days import EARLIEST
from revisions.models import VersionedModel
from revisions.replay import Moment


class Named(VersionedModel):
    """What has a name and a code, and a ledger of them."""

    name: str
    oktmo: str
    renamings: models.Manager[Renaming]
    former_names = models.TextField("прежние названия и коды", blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def name_then(self) -> str:
        """What it was called on the day of `named_on`, where its query set was read so; else today's name."""
        return str(vars(self).get("name_on_day") or self.name)

    def naming_on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> Naming:
        """What it was called at the end of a day, and its code; today without one. One query, none where prefetched."""
        rows = list(self.renamings.all())
        told = NAMING_RULES.fold(rows, day or timezone.localdate(), known_on=known_on)
        told = told if told.oktmo else NAMING_RULES.fold(rows, EARLIEST)  # nothing was known of a change yet
        return told if told.oktmo else Naming(self.name, self.oktmo)

    def code_spans(self) -> list[Span]:
        """Its codes one after another, in the future too."""
        return _spans(((one.row.happened_on, one.after.oktmo) for one in self._moments()), self.oktmo)

    def name_spans(self) -> list[Span]:
        """Its names one after another, in the future too."""
        return _spans(((one.row.happened_on, one.after.name) for one in self._moments()), self.name)

    def former_on(self, day: dt.date) -> str:
        """What it was called before a day's name and code, and its codes, as the search finds it: `former_names`."""
        names, codes = (
            list(dict.fromkeys(one.value for one in spans if one.until and one.until <= day))
            for spans in (self.name_spans(), self.code_spans())
        )
        now = self.naming_on(day)
        told = [one for one in names if one != now.name] + [f"ОКТМО {one}" for one in codes if one != now.oktmo]
        return ", ".join(told)

    def _moments(self) -> list[Moment[Renaming, Naming]]:
        return list(NAMING_RULES.walk(self.renamings.all()))


def _spans(changes: Iterable[tuple[dt.date, str]], always: str) -> list[Span]:
    """Spans of values that hold from days on; of one value for ever, where nothing changes."""
    starts: list[tuple[dt.date, str]] = []
    for day, value in changes:
        if starts and starts[-1][0] == day:  # of one day the last counts
            starts.pop()
        if not starts or starts[-1][1] != value:
            starts.append((day, value))
    starts = starts or [(EARLIEST, always)]
    ends = [*(day for day, _ in starts[1:]), None]
    return [Span(value, day, until) for (day, value), until in zip(starts, ends, strict=True)]
