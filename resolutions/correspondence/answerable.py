"""Which asks a correspondent may answer: those that it was asked or passed on; and who may read the answers."""

import datetime as dt

from django.db.models import Q

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


def is_shown(entry: IncomingEntry) -> bool:
    """Whether everybody may read what came: all the letters that it answers are released. Two queries."""
    asked = set(entry.outcomes.values_list("ask__letter", flat=True))
    return bool(asked) and Letter.objects.shown_to_public().filter(pk__in=asked).count() == len(asked)
