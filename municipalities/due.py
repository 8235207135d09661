"""What waits for somebody about municipalities: their statuses."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from accounts.access import Visitor
from accounts.tasks import Task
from municipalities.access import own_municipalities
from municipalities.models import Municipality, Participation
from russian.templatetags.russian import long_date


def tasks_for(user: Visitor, today: dt.date) -> list[Task]:
    """What waits for the user, in no order: the last day on which each status of an own municipality is recent.

    Args:
        user: officials keep their municipalities up to date; nothing waits for others.
        today: the day on which somebody asks, in Moscow.

    Returns:
        The tasks, from one query however many there are.
    """
    return [_own_status(one, today) for one in own_municipalities(user).with_participation(today)]


def _own_status(municipality: Municipality, today: dt.date) -> Task:
    status, since = municipality.standing.status, municipality.standing.since
    due_on, why = None, "Статус участия неизвестен: внесите сведения"
    if since and status != Participation.UNKNOWN:
        due_on = since + dt.timedelta(days=settings.STATUS_STALE_AFTER_DAYS)
        stale = "сведения устарели, обновите их" if due_on < today else "подтвердите или обновите в срок"
        why = f"Статус участия «{status.label}» по состоянию на {long_date(since)} – {stale}"
    return Task.due(
        due_on,
        today,
        key=f"status-{municipality.pk}",
        what=municipality.name,
        why=why,
        url=reverse("municipality_participation", args=[municipality.slug]),
    )
