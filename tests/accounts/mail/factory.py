"""Letters for tests."""

from typing import Any

from accounts.mail.storing import store
from accounts.mail_kinds import INVITATION
from accounts.models import OutgoingMail


def letter(to: str = "k@example.org", **changes: Any) -> OutgoingMail:
    """A letter that waits, stored as rooms store theirs; `changes` of its row come after."""
    stored = store(changes.pop("kind", INVITATION), to, subject=changes.pop("subject", "Письмо"), text="Тайный код 77")
    OutgoingMail.objects.filter(pk=stored.pk).update(**changes)
    stored.refresh_from_db()
    return stored


def states() -> dict[str, str]:
    """Who is written to, and where that letter stands."""
    return dict(OutgoingMail.objects.order_by("pk").values_list("recipient", "state"))
