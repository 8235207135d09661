"""The filters and the columns of the registry: what its address may ask for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from accounts.access import Visitor
from municipalities.models import FederalDistrict, IndexGroup, Participation
from municipalities.registration import filters
from revisions.forms import PastDateField
from russian.collation import in_russian_order, sort_key

Ordering = Callable[[bool], OrderBy]


def _by_text(field: str) -> Ordering:
    return lambda descending: in_russian_order(field, descending=descending)


def _by_value(field: str) -> Ordering:
    """Numbers, dates and codes; what is missing comes last either way."""
    return lambda descending: OrderBy(F(field), descending=descending, nulls_last=True)


def _by_choice(field: str, values: Iterable[str]) -> Ordering:
    """In the given order of codes rather than by their letters."""
    places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(values)]
    place = Case(*places, default=Value(len(places)), output_field=IntegerField())
    return lambda descending: OrderBy(place, descending=descending)


_DISTRICTS = sorted(FederalDistrict, key=lambda district: sort_key(str(district.label)))


@dataclass(frozen=True)
class Column:
    """A column of the registry and how it sorts."""

    key: str
    label: str
    ordering: Ordering
    numeric: bool = False


COLUMNS = (
    Column("name", "Название", _by_text("name")),
    Column("status", "Статус участия", _by_choice("participation", Participation.values)),
    Column("since", "На дату", _by_value("participation_since")),
    Column("region", "Субъект РФ", _by_text("region")),
    Column("district", "Округ", _by_choice("federal_district", _DISTRICTS)),
    Column("population", "Население", _by_value("population"), numeric=True),
    Column("group", "Группа индекса", _by_choice("index_group", reversed(IndexGroup.values))),
    Column("oktmo", "ОКТМО", _by_value("oktmo")),
)
SORTS = {sign + column.key: (column, bool(sign)) for column in COLUMNS for sign in ("", "-")}
DEFAULT_SORT = "name"


def _choice(label: str, anything: str, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", anything), *choices],
        error_messages={"invalid_choice": "Такого варианта нет: выберите другой."},
    )


_BEFORE_BROUGHT = ("q", "status", "district", "region", "group", "freshness")


class RegistryForm(forms.Form):
    """What the address of the registry may ask for.

    Attributes:
        brought: the filters of other rooms that this visitor is offered.
    """

    q = forms.CharField(
        label="Поиск",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Название, субъект или ОКТМО"}),
    )
    status = _choice("Статус участия", "Любой", Participation.choices)
    district = _choice("Федеральный округ", "Любой", [(district.value, district.label) for district in _DISTRICTS])
    region = _choice("Субъект РФ", "Любой", [])
    group = _choice("Группа индекса", "Любая", IndexGroup.choices)
    freshness = _choice("Актуальность статуса", "Любая", [("stale", "Устаревшие"), ("fresh", "Актуальные")])
    as_of = PastDateField(label="Состояние на дату", required=False)
    listing = _choice("Перечень", "В перечне Союза", [("unlisted", "Исключённые из перечня")])
    sort = forms.ChoiceField(
        required=False,
        choices=[(sort, sort) for sort in SORTS],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Такого порядка строк нет: выберите столбец в заголовке таблицы."},
    )

    def __init__(self, data: QueryDict, *, user: Visitor, regions: Iterable[str], with_unlisted: bool) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["region"] = _choice("Субъект РФ", "Любой", [(region, region) for region in regions])
        if not with_unlisted:
            del self.fields["listing"]
        brought = {one: choices for one in filters() if (choices := one.choices_for(user))}
        self.brought = tuple(brought)
        for one, choices in brought.items():
            self.fields[one.name] = _choice(one.label, one.anything, choices)
        self.order_fields([*_BEFORE_BROUGHT, *(one.name for one in brought)])
