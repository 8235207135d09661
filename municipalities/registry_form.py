"""The filters and the columns of the registry: what its address may ask for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.access import Visitor
from listings.columns import Ordering
from municipalities.columns import in_registry
from municipalities.models import FederalDistrict, IndexGroup, Participation
from municipalities.registration import filters
from revisions.forms import PastDateField
from russian.collation import sort_key

_DISTRICTS = sorted(FederalDistrict, key=lambda district: sort_key(str(district.label)))


DEFAULT_SORT = "name"


def sorts() -> dict[str, tuple[Ordering, bool]]:
    """What «sort» may say: the ordering of a column, and whether downwards."""
    orderings = {column.key: column.ordering for column in in_registry() if column.ordering}
    return {sign + key: (ordering, bool(sign)) for key, ordering in orderings.items() for sign in ("", "-")}


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
        choices=lambda: [(sort, sort) for sort in sorts()],
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
