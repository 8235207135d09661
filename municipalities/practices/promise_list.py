"""The list of the promises, as they stand on a day; the figures of pages lead here."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounts.access import has_permission
from accounts.roles import Permission
from listings.columns import Column
from listings.filters import Choice, Choices, Day
from listings.listing import Listing
from listings.words import Words
from municipalities.access import visible_municipalities
from municipalities.practices import naming_points
from municipalities.practices.access import readable, visible_commitments, visible_practices
from municipalities.practices.models import Commitment
from municipalities.practices.promises import PromiseFilter, PromiseOnDay, promises_on, with_points
from russian.collation import in_russian_order

Promises = list[PromiseOnDay]


def _owners(listing: Any) -> Choices:
    """The municipalities that have promised something, and those to whom it was passed."""
    has_some = Q(pk__in=Commitment.objects.values("maker")) | Q(pk__in=Commitment.objects.values("municipality"))
    found = visible_municipalities(listing.user).filter(has_some).order_by(in_russian_order("name"))
    return list(found.values_list("slug", "name"))


def _practices(listing: Any) -> Choices:
    """The practices that somebody has promised to take up."""
    found = visible_practices(listing.user).filter(pk__in=Commitment.objects.values("practice"))
    return [(str(pk), title) for pk, title in found.order_by(in_russian_order("title")).values_list("pk", "title")]


def _points(listing: Any) -> Choices | None:
    """The points that some promise names; nobody is asked where nobody knows of points."""
    return naming_points.named() if naming_points.is_brought() else None


def _states(listing: Any) -> Choices:
    """What waits to be accepted is asked for by staff alone."""
    is_staff = has_permission(listing.user, Permission.READ_INTERNAL)
    return [(one.value, one.label) for one in PromiseFilter if is_staff or one != PromiseFilter.WAITING]


def _of_municipality(listing: Any, rows: Promises, slug: str) -> Promises:
    return [one for one in rows if one.municipality.slug == slug]


def _of_practice(listing: Any, rows: Promises, key: str) -> Promises:
    return [one for one in rows if str(one.commitment.practice_id) == key]


def _of_point(listing: Any, rows: Promises, key: str) -> Promises:
    points = naming_points.told([one.commitment for one in rows])
    return [one for one in rows if one.commitment.pk in points and points[one.commitment.pk].key == key]


def _in_state(listing: Any, rows: Promises, state: str) -> Promises:
    return [one for one in rows if one.is_in(state)]


class CommitmentList(Listing[Promises]):
    """What the cities have promised, by the last days."""

    address = "commitments"
    words = Words(
        table="Обязательства",
        lead="Что муниципальные образования взялись сделать, к какому дню и кто за это отвечает.",
        empty="Обязательств пока нет: их берут на странице муниципального образования или практики.",
        nothing="Таких обязательств нет.",
        filters="Отбор обязательств",
        pages="Страницы обязательств",
        show_all="Показать все обязательства",
        refused="покажите все обязательства",
    )
    filters = (
        Choice("municipality", "Чьё обязательство", "Любого города", _owners, by=_of_municipality),
        Choice("practice", "Практика", "Любая, и мероприятия", _practices, by=_of_practice),
        Choice("point", "Пункт решения", "Любой, и без пункта", _points, by=_of_point),
        Choice("state", "Состояние", "Любое", _states, by=_in_state),
        Day("as_of", "Состояние на дату"),
        Day("known_on", "По данным, внесённым не позднее"),
    )
    trail = "municipalities/practices/_trail.html"
    cells = "municipalities/practices/commitments"
    columns = (
        Column("what", "Обязательство", "label", cell="_what", heads=True),
        Column("municipality", "Чьё", "municipality.name_then"),
        Column("due_on", "Срок"),
        Column("who", "Кто отвечает"),
        Column("state", "Состояние", "status_in_words", cell="_state"),
        Column("point", "Пункт решения", "point_label", cell="_point", when=lambda one: naming_points.is_brought()),
    )
    page_size = 20

    def everything(self) -> Promises:
        """What this visitor may read of the promises of the day."""
        return readable(self.user, promises_on(self.day, known_on=self.known_on))

    @cached_property
    def with_card(self) -> Collection[int]:
        """The keys of those whose card this visitor may open: what was voided since has none for others."""
        return set(visible_commitments(self.user).values_list("pk", flat=True))

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The rows of the page; the points that they name are asked for all at once."""
        return with_points(rows)
