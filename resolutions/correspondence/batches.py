"""One step with many letters: all of them, or none."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from resolutions.correspondence.signing import sign_letter
from resolutions.models import LetterAction, Mailing, StepRefused

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


@transaction.atomic
def sign_all(mailing: Mailing, versions: Mapping[int, int], *, is_public: bool, by: User) -> int:
    """Sign letters of a mailing as `sign_letter` signs one, all of them or none.

    Args:
        mailing: whose letters.
        versions: key → version of each letter that the chair was shown.
        is_public: as for `sign_letter`.
        by: the chair.

    Returns:
        How many letters were signed.

    Raises:
        EditConflict: somebody did something about one of them meanwhile.
        StepRefused: one is not registered, was sent, is signed already, or is of another mailing.
        IssueRefused: something on the checklist of one blocks.
    """
    letters = list(mailing.letters.filter(pk__in=versions).order_by("pk"))
    if len(letters) != len(versions):
        raise StepRefused("В пакете нет одного из этих писем.")
    for letter in letters:
        sign_letter(letter, version=versions[letter.pk], is_public=is_public, by=by)
    return len(letters)
