"""Many rows out of one: what hangs together is copied together, past the ledgers."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import models

from accounts.models import OutgoingMail, User
from accounts.models.outgoing import new_message_id
from municipalities.models import Municipality, PersonalLink
from municipalities.models.personal_link import new_nonce
from municipalities.practices.models import Practice, Solution
from municipalities.surveys.models import SurveyRound
from resolutions.models import DecisionPoint, IncomingLetter, Letter, PreambleParagraph, Resolution, SubPoint
from resolutions.text import new_key

World = dict[Any, Any]  # what was made, by the names in the table of access
_serial = count(1)


def serial() -> int:
    """A number that nothing has had yet."""
    return next(_serial)


def number() -> str:
    """A number that no letter has had."""
    return f"К-{serial()}"


# What no two rows have in common.
FRESH: dict[type[models.Model], dict[str, Any]] = {
    DecisionPoint: {"key": new_key},
    IncomingLetter: {"number": number, "sequence": None},
    Letter: {"number": number, "sequence": None, "issued_document_id": None},
    Municipality: {
        "name": lambda: f"Город {serial()}",
        "slug": lambda: f"gorod-{serial()}",
        "oktmo": lambda: f"{95_000_000 + serial()}",
    },
    OutgoingMail: {"message_id": new_message_id},
    PersonalLink: {"nonce": new_nonce},
    Practice: {"title": lambda: f"Практика {serial()}"},
    PreambleParagraph: {"key": new_key},
    Resolution: {"slug": lambda: f"decision-{serial()}"},
    Solution: {"title": lambda: f"Решение {serial()}"},
    SubPoint: {"key": new_key},
    SurveyRound: {"title": lambda: f"Обмен {serial()}"},
    User: {"email": lambda: f"user{serial()}@example.org", "calendar_key": ""},
}


class Copies:
    """So many copies of rows; what points to a row that was copied before points to its copy."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.keys: dict[tuple[type[models.Model], Any], list[Any]] = {}

    def take(self, rows: Iterable[Any], **changes: Any) -> "Copies":
        """Copy some rows.

        Args:
            rows: of one model, those first that others of them point to.
            **changes: what is different beside `FRESH`, by field; a function is asked anew for each copy.
        """
        for row in rows:
            model = type(row)
            changed = FRESH.get(model, {}) | changes
            copies = [self._copy(row, number, changed) for number in range(self.times)]
            stored: list[Any] = models.QuerySet(model).bulk_create(copies)
            self.keys[model, row.pk] = [one.pk for one in stored]
        return self

    def _copy(self, row: Any, number: int, changes: dict[str, Any]) -> Any:
        facts: dict[str, Any] = {}
        for field in row._meta.concrete_fields:
            if field.primary_key or field.generated:
                continue
            value = getattr(row, field.attname)
            known = self.keys.get((field.related_model, value)) if field.is_relation else None
            facts[field.attname] = known[number] if known else value
        said = {name: value() if callable(value) else value for name, value in changes.items()}
        return type(row)(**facts | said)
