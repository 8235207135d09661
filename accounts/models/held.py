"""The days for which somebody holds an office, as they are kept with the person."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from django.utils import timezone

from accounts.roles import Office
from listings.badges import ToneChoices
from revisions.days import LATEST
from russian.templatetags.russian import long_date


class TermState(ToneChoices):
    """Where a term of office stands."""

    HOLDS = "holds", "active", "Исполняет"
    AHEAD = "ahead", "planned", "Ещё не началось"
    ENDED = "ended", "off", "Закончилось"
    VOIDED = "voided", "off", "Отменено"


@dataclass(frozen=True)
class Held:
    """An office with its first and its last day; None where no last day is named."""

    office: Office
    begins: dt.date
    until: dt.date | None

    @classmethod
    def of(cls, kept: Any) -> Self:
        """What `User.offices` keeps of one term."""
        office, begins, until = kept
        return cls(Office(office), dt.date.fromisoformat(begins), dt.date.fromisoformat(until) if until else None)

    @property
    def kept(self) -> list[str | None]:
        """What `User.offices` keeps of it."""
        return [self.office.value, self.begins.isoformat(), self.until.isoformat() if self.until else None]

    def holds_on(self, day: dt.date) -> bool:
        """Whether a day lies within it."""
        return self.meets(day, day)

    def meets(self, begins: dt.date, until: dt.date | None) -> bool:
        """Whether it has a day in common with others."""
        return self.begins <= (until or LATEST) and begins <= (self.until or LATEST)

    @property
    def state(self) -> TermState:
        """Where it stands today."""
        today = timezone.localdate()
        if self.begins > today:
            return TermState.AHEAD
        return TermState.HOLDS if self.holds_on(today) else TermState.ENDED

    @property
    def days_in_words(self) -> str:
        """«с 28 ноября 2026 г. по 12 декабря 2026 г.»."""
        return f"с {long_date(self.begins)}" + (f" по {long_date(self.until)}" if self.until else "")
