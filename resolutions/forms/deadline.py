"""The deadline that a form names: a day, or a number of days; or that there is none any more."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from resolutions.deadlines import last_day, term_in_words
from resolutions.models.new_entry import DUE_BEFORE_STEP
from revisions.days import LATEST, TOO_LATE

SET_OR_LIFTED = "Укажите что-то одно: новый срок или то, что срок снят."
WHY_LIFTED = "Напишите, почему срок снят."
DAY_OR_DAYS = "Укажите что-то одно: день или число дней."
NEW_ONE = "Укажите новый срок."


def deadline_of(data: Mapping[str, Any], *, start: dt.date, is_needed: bool) -> tuple[dt.date | None, str]:
    """The last day, and how it was counted, in words; None where the form leaves it as it was, or takes it back.

    Args:
        data: of a form whose fields are valid.
        start: the day that a number of days is counted from.
        is_needed: whether the form has to say something.

    Raises:
        ValidationError: by field: it says two things, or none, or the day lies before that of the step.
    """
    due_on, days = data.get("due_on"), data.get("term_days")
    if data["lifts_due"]:
        return _lifted(data, is_set=bool(due_on or days))
    if due_on and days:
        raise ValidationError({"term_days": DAY_OR_DAYS})
    if not (due_on or days) and is_needed:
        raise ValidationError({"due_on": NEW_ONE})
    named, term = _counted(start, days, data["term_unit"]) if days else (due_on, "")
    if named and named < data["happened_on"]:
        raise ValidationError({"term_days" if days else "due_on": DUE_BEFORE_STEP})
    return named, term


def _lifted(data: Mapping[str, Any], *, is_set: bool) -> tuple[None, str]:
    if is_set:
        raise ValidationError({"lifts_due": SET_OR_LIFTED})
    if not data["text"]:
        raise ValidationError({"text": WHY_LIFTED})
    return None, ""


def _counted(start: dt.date, days: int, unit: str) -> tuple[dt.date, str]:
    """The last day of a term, and the term in words."""
    end = last_day(start, days, unit)
    if end > LATEST:
        raise ValidationError({"term_days": TOO_LATE})
    return end, term_in_words(start, days, unit)
