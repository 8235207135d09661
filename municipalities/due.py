"""What waits for somebody about municipalities: their statuses."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from accounts.tasks import Asking, Everybody, Task, Whose
from municipalities.access import own_municipalities, speaking
from municipalities.models import Municipality, Participation
from municipalities.models.municipality import MunicipalityQuerySet
from russian.templatetags.russian import long_date


def tasks_for(asking: Asking, today: dt.date) -> list[Task]:
    """What waits for somebody, in no order: the last day on which each status of an own municipality is recent.

    Args:
        asking: officials keep their municipalities up to date; nothing waits for others.
        today: the day on which somebody asks, in Moscow.

    Returns:
        The tasks, from a number of queries that does not grow with them; of everybody those of the members, and of
        others that somebody speaks for.
    """
    kept = kept_by(asking)
    if isinstance(asking, Everybody):
        members = Municipality.objects.members_on(today).values_list("pk", flat=True)
        kept = kept.filter(pk__in={*members, *speaking().values_list("municipality", flat=True)})
    return [_own_status(one, today) for one in kept.with_participation(today)]


def kept_by(asking: Asking) -> MunicipalityQuerySet:
    """The listed municipalities that somebody speaks for; all of them where everybody is asked about."""
    if isinstance(asking, Everybody):
        return Municipality.objects.listed().order_by("name")
    return own_municipalities(asking)


def keys_kept_by(asking: Asking) -> frozenset[int]:
    """The keys of `kept_by`, for the condition of another query. One query."""
    return frozenset(kept_by(asking).order_by().values_list("pk", flat=True))


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
        whose=Whose(municipality=municipality.pk),
        about=municipality.get_absolute_url(),
    )
