"""Storing what is new: each model at once, those first that others point to."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from municipalities.practices.models import Commitment, CommitmentStep
from resolutions.models import (
    Ask,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterStep,
    Outcome,
    Party,
    PointPromise,
    PreambleParagraph,
    ProgressEntry,
    Resolution,
    ResolutionVersion,
    SubPoint,
)
from resolutions.past.loading.desk import Desk
from revisions.ledger import LedgerRow

_ORDER: tuple[type[models.Model], ...] = (
    Party,
    Correspondent,
    Resolution,
    ResolutionVersion,
    PreambleParagraph,
    DecisionPoint,
    SubPoint,
    Letter,
    LetterStep,
    Ask,
    CarriedAsk,
    IncomingLetter,
    IncomingEntry,
    Outcome,
    ProgressEntry,
    Commitment,
    CommitmentStep,
    PointPromise,
)
# Where somebody is named who may not be stored yet.
_NAMING: dict[type[models.Model], tuple[str, ...]] = {
    Letter: ("correspondent",),
    IncomingEntry: ("correspondent",),
    Outcome: ("forwarded_to",),
    ProgressEntry: ("responsible", "controller"),
}


def store(desk: Desk) -> None:
    """Store what is new on the desk, in the transaction of the caller."""
    desk.add(*_named(desk))
    for model in _ORDER:
        new = desk.new[model]
        for one in new:
            if isinstance(one, LedgerRow):
                one.recorded_at = desk.moment
        stored: Any = models.QuerySet(model)
        stored.bulk_create(new)


def _named(desk: Desk) -> Iterable[models.Model]:
    """Parties and correspondents that somebody names for the first time, each once."""

    def named() -> Iterator[Any]:
        for model, fields in _NAMING.items():
            for record in desk.new[model]:
                yield from (getattr(record, name) for name in fields)

    return {id(one): one for one in named() if one and one.pk is None}.values()


def store_changed(records: Iterable[models.Model], fields: Iterable[str]) -> None:
    """Store columns of records that exist, as quickly as the database can: inserting them comes to updating them."""
    changed = list(records)
    if changed:
        model = type(changed[0])
        names = list(fields)
        manager: Any = models.QuerySet(model)
        manager.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=names)
