"""One step with many letters: all of them, or none."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from resolutions.models import LetterAction, Mailing

BATCH_ACTIONS = (LetterAction.REGISTER, LetterAction.SEND, LetterAction.DELIVER)


@transaction.atomic
def step_all(mailing: Mailing, action: LetterAction, *, happened_on: dt.date, by: User, **details: Any) -> int:
    """Take a step with every letter of a mailing for which it is open, in one transaction.

    Args:
        mailing: whose letters.
        action: one of `BATCH_ACTIONS`.
        happened_on: the day, in Moscow.
        by: who does it.
        **details: as `Letter.take_step` takes them: text, channel.

    Returns:
        How many letters were moved.

    Raises:
        StepRefused: the day is impossible for one of them; then none is moved.
    """
    letters = [one for one in mailing.letters.select_for_update().order_by("pk") if one.step_refusal(action) is None]
    for letter in letters:
        letter.take_step(action, happened_on=happened_on, version=letter.version, by=by, **details)
    return len(letters)
