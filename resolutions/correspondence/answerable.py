"""Which asks a correspondent may answer: those that it was asked or passed on; and who may read the answers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from resolutions.correspondence.register import AskOnDay, letters_on
from resolutions.models import Correspondent, IncomingEntry, Letter, Outcome


def answerable_by(correspondent: Correspondent, day: dt.date) -> list[AskOnDay]:
    """The asks, those that are open first. The number of queries does not depend on theirs.

    Args:
        correspondent: who may answer.
        day: today.
    """
    passed_on = Outcome.objects.filter(forwarded_to=correspondent).order_by().values("ask")
    concerned = Letter.objects.filter(Q(correspondent=correspondent) | Q(asks__in=passed_on)).order_by()
    asks_of = set(concerned.filter(carried__isnull=False).values_list("carried__ask", flat=True))
    letters = Letter.objects.about(asks_of).defer("body", "search_text")
    read = letters_on(day, letters.select_related("point", "resolution"))
    asks = [one for one in read.asks if one.standing.line_of(correspondent)]
    return sorted(asks, key=lambda one: not one.standing.is_open)


def shown_to_public(entries: Iterable[IncomingEntry]) -> set[int]:
    """The keys of what came that everybody may read: all letters that it answers are shown. Seven queries at the most.

    An answer belongs to the letter that carried the ask last when it came, whichever bore it.

    Args:
        entries: of the register, in force.
    """
    said: dict[int, set[int]] = defaultdict(set)
    for entry, ask in Outcome.objects.filter(entry__in=list(entries)).order_by().values_list("entry", "ask"):
        said[entry].add(ask)
    asks = {ask for of_entry in said.values() for ask in of_entry}
    read = letters_on(timezone.localdate(), Letter.objects.about(asks).defer("body", "search_text"))
    answered = {
        (answer.row.pk, answer.outcome.ask_id)
        for one in read.letters
        if one.letter.is_shown_to_public
        for answer in one.answers
        if answer.outcome
    }
    return {entry for entry, of_entry in said.items() if all((entry, ask) in answered for ask in of_entry)}
