"""Keeping the editions of the Standard, and counting by their directions: never beyond one edition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import connections, transaction
from django.db.models import Count, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from listings.asking import query_of
from municipalities.models import IndexScore, StandardEdition
from municipalities.practices.models import Direction, Practice, Solution
from revisions.history import RecordChange, changes_of, record_changes, sign
from russian.slugs import first_free, slug_of
from russian.templatetags.russian import quoted
from russian.text import search_form

# The edition of 2018, with the codes by which practices and addresses know its directions.
FIRST = "Базовые и дополнительные требования, 2018"
FIRST_YEAR = 2018
FIRST_INDICATORS, FIRST_MAXIMUM = 47, Decimal(120)
FIRST_DIRECTIONS = {
    "governance": "Городское управление",
    "utilities": "Умное ЖКХ",
    "urban-space": "Инновации для городской среды",
    "transport": "Умный городской транспорт",
    "public-safety": "Общественная безопасность",
    "ecology": "Экологическая безопасность",
    "networks": "Инфраструктура сетей связи",
    "tourism": "Туризм и сервис",
    "social": "Социальные услуги",
    "economy": "Экономическое состояние и инвестиционный климат",
}
Choices = list[tuple[str, str]]


def bring_first(using: str = "default", **kwargs: Any) -> None:
    """Bring the edition of 2018 where no edition is: with the tables, and again when they were emptied."""
    tables = connections[using].introspection.table_names()
    if Direction._meta.db_table not in tables or StandardEdition.objects.using(using).exists():
        return
    first = StandardEdition(name=FIRST, year=FIRST_YEAR, indicators=FIRST_INDICATORS, maximum=FIRST_MAXIMUM)
    edition = StandardEdition.objects.using(using).bulk_create([first])[0]
    Direction.objects.using(using).bulk_create(
        Direction(edition_id=edition.pk, code=code, name=name, order=order, search_text=search_form(name))
        for order, (code, name) in enumerate(FIRST_DIRECTIONS.items(), start=1)
    )


def direction_choices(listing: Any = None) -> Choices:
    """All directions by their codes, for a choice; each with the year of its edition, the latest edition first."""
    return [(one.code, str(one)) for one in Direction.objects.all()]


def edition_choices(listing: Any = None) -> Choices | None:
    """The editions by their years; None where there is only one, and so nothing to choose."""
    found = [(str(one.year), one.name) for one in StandardEdition.objects.all()]
    return found if len(found) > 1 else None


def is_used(edition: StandardEdition) -> bool:
    """Whether a result of the index names the edition, or a practice or solution its direction; or once did."""
    if IndexScore.history.filter(edition=edition).exists():  # type: ignore[attr-defined]  # a manager of the library
        return True
    codes = list(edition.directions.values_list("code", flat=True))
    stored: list[Any] = [Practice.objects, Solution.objects]
    stored += [getattr(model, "history") for model in (Practice, Solution)]  # noqa: B009 - unknown to mypy
    return any(rows.filter(direction__in=codes).exists() for rows in stored)


@transaction.atomic
def keep_edition(
    edition: StandardEdition, *, called: Mapping[str, str], removed: Iterable[str], added: Sequence[str], by: User
) -> None:
    """Store an edition with its directions, of a form that judged them.

    Args:
        edition: of its name and year.
        called: directions that are called otherwise now, by their codes.
        removed: the codes of those that are taken out; none where the edition is used.
        added: names of further ones, in their order.
        by: who does it.

    Raises:
        ProtectedError: a direction that is taken out has come into use meanwhile.
    """
    _begin_history(StandardEdition, edition.pk)
    sign(edition, by=by, reason="")
    edition.save()
    for one in edition.directions.filter(code__in=list(removed)):
        sign(one, by=by, reason="")
        one.delete()
    otherwise = edition.directions.filter(code__in=list(called))
    renamed = list(otherwise)
    otherwise.update(name=Concat(Value("~"), "code"))  # two may exchange their names
    for one in renamed:
        _begin_history(Direction, one.pk, name=one.name)
        one.name = called[one.code]
        sign(one, by=by, reason="")
        one.save()
    taken = set(Direction.objects.values_list("code", flat=True))
    place = max(edition.directions.values_list("order", flat=True), default=0)
    for order, name in enumerate(added, start=place + 1):
        code = first_free(slug_of(f"{edition.year} {name}"), taken)
        taken.add(code)
        new = Direction(edition=edition, code=code, name=name, order=order)
        sign(new, by=by, reason=f"Добавлено направление {quoted(name)}." if place else "")
        new.save()


def _begin_history(model: Any, pk: int | None, **was: str) -> None:
    """What was brought with the tables has no history: it begins with what the first edit finds."""
    if pk and not model.history.filter(id=pk).exists():
        stored = model.objects.get(pk=pk)
        for name, value in was.items():
            setattr(stored, name, value)
        model.history.bulk_history_create([stored], default_date=timezone.now())


def changes(edition: StandardEdition) -> list[RecordChange]:
    """What happened to an edition and its directions, the latest first. Two queries."""
    told = record_changes(edition, ("name", "year", "indicators", "maximum"))
    stored: Any = getattr(Direction, "history")  # noqa: B009 - a manager that the library does not tell mypy about
    lines = stored.filter(edition=edition).order_by("id", "-history_date", "-history_id")
    for _, group in groupby(lines, key=lambda line: line.id):
        told += [one for one in changes_of(list(group), ["name"]) if one.fields or one.reason]
    return sorted(told, key=lambda one: one.at, reverse=True)


@dataclass(frozen=True)
class DirectionLine:
    """A direction, how many practices everybody reads about it, and the list of these."""

    direction: Direction
    practices: int
    url: str


@dataclass(frozen=True)
class EditionLines:
    """An edition with its directions; the practices are counted of this edition alone.

    Attributes:
        edition: the edition.
        lines: its directions.
        practices, url: how many practices there are of them, and the list of these.
    """

    edition: StandardEdition
    lines: list[DirectionLine]
    practices: int
    url: str

    @property
    def anchor(self) -> str:
        """What opens its directions on the page."""
        return f"#edition-{self.edition.year}"


def editions_read() -> list[EditionLines]:
    """All editions, the latest first. Two queries."""
    editions = list(StandardEdition.objects.all())
    read = Q(practices__is_published=True, practices__municipality__is_listed=True)
    by_edition: dict[int, list[DirectionLine]] = {one.pk: [] for one in editions}
    for one in Direction.objects.annotate(told=Count("practices", filter=read)).order_by("order"):
        by_edition[one.edition_id].append(DirectionLine(one, one.told, _catalogue(direction=one.code)))
    several = len(editions) > 1
    return [
        EditionLines(
            one,
            by_edition[one.pk],
            sum(line.practices for line in by_edition[one.pk]),
            _catalogue(edition=str(one.year)) if several else _catalogue(),
        )
        for one in editions
    ]


def _catalogue(**asked: str) -> str:
    return reverse("practices") + query_of(asked)
