"""What the tests of the Union write down and send."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from accounts.models import UnionLedger, UnionProfile, UnionProfileRecord, User

RENAMED = "Союз городов России"


def changed(by: User, on: dt.date | None = None, **said: Any) -> UnionProfileRecord:
    """Write down what changes from a day on, of today without one."""
    ledger = UnionLedger.read()
    day = on or timezone.localdate()
    record = UnionProfileRecord(happened_on=day, text="Устав", actor=by, actor_name=str(by), **said)
    ledger.write(record, version=ledger.version)
    return record


def form(**changes: Any) -> dict[str, Any]:
    """The form as it is opened now, with changes."""
    shown = asdict(UnionProfile.on()) | {"members": UnionProfile.on().members or ""}
    more = {"happened_on": timezone.localdate(), "text": "Устав", "version": UnionLedger.read().version}
    return shown | more | changes
