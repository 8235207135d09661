"""Who speaks for a municipality, as the portal lists them, and how they cease to."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.access import Visitor
from listings.columns import Column
from listings.listing import Listing
from listings.words import Words
from municipalities.models import Municipality, Representative


class Representatives(Listing[QuerySet[Representative]]):
    """The representatives of one municipality."""

    address = "municipality_representatives"
    words = Words(
        table="Представители",
        empty="Представитель не назначен: статус участия вносит секретариат.",
    )
    cells = "municipalities/representatives"
    columns = (
        Column("name", "Имя", "user.name", cell="_name", heads=True),
        Column("position", "Должность", "user.position"),
        Column("email", "Адрес электронной почты", "user.email", cell="_email"),
        Column("days", "Срок", "days_in_words"),
        Column("actions", "Действия", cell="_actions", is_silent=True),
    )
    order = ("user__name", "pk")

    def __init__(self, data: QueryDict, user: Visitor, municipality: Municipality) -> None:
        super().__init__(data, user)
        self.municipality = municipality

    @property
    def args(self) -> tuple[str]:
        return (self.municipality.slug,)

    def everything(self) -> QuerySet[Representative]:
        return self.municipality.representatives.select_related("user")


@transaction.atomic
def end(representative: Representative) -> None:
    """Let somebody represent a municipality no longer, from today on.

    Who was appointed today, or for a day to come, never spoke: that appointment goes. The history is written with it.

    Args:
        representative: an appointment; unchanged if it is over.
    """
    current = Representative.objects.select_for_update().get(pk=representative.pk)
    today = timezone.localdate()
    if current.since and current.since >= today:
        current.delete()
    elif not current.is_over:
        current.until = today - dt.timedelta(days=1)
        current.save()


@transaction.atomic
def take_back(representative: Representative) -> None:
    """Say that an appointment was wrong: it is as if there had been none. The history keeps it, signed.

    Args:
        representative: an appointment, over or not.
    """
    Representative.objects.select_for_update().get(pk=representative.pk).delete()
