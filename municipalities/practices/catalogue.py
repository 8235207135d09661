"""The catalogue of practices: what its address asks for, and the rows and links that answer it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.urls import reverse

from accounts.access import Visitor
from municipalities.models import Municipality
from municipalities.practices.access import can_see_requests, visible_practices
from municipalities.practices.models import Direction, Practice
from municipalities.practices.models.practice import PracticeQuerySet
from municipalities.practices.uptake import UptakeState, public_adoptions
from municipalities.registry import Chip
from russian.collation import in_russian_order
from russian.text import search_form

Choices = Iterable[tuple[str, str]]


def choice(label: str, anything: str, choices: Choices) -> forms.ChoiceField:
    """A filter: one of some values, or anything."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", anything), *choices],
        error_messages={"invalid_choice": "Такого варианта нет: выберите другой."},
    )


def owners() -> Choices:
    """The municipalities that offer practices, by their slugs."""
    found = Municipality.objects.listed().filter(pk__in=Practice.objects.public().values("municipality"))
    return found.order_by(in_russian_order("name")).values_list("slug", "name")


class CatalogueForm(forms.Form):
    """What the address of the catalogue may ask for."""

    q = forms.CharField(
        label="Поиск",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Слова из описания или город"}),
    )
    direction = choice("Направление", "Любое", Direction.choices)
    municipality = choice("Чья практика", "Любого города", [])
    state = choice("Публикация", "Опубликованные", [("withdrawn", "Снятые с публикации")])

    def __init__(self, data: QueryDict, *, with_withdrawn: bool) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["municipality"] = choice("Чья практика", "Любого города", owners())
        if not with_withdrawn:
            del self.fields["state"]


class UptakeForm(forms.Form):
    """What the address of the list of those who take up practices may ask for."""

    municipality = choice("Чей опыт", "Любого города", [])
    state = choice("Отметка", "Любая", UptakeState.choices)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["municipality"] = choice("Чей опыт", "Любого города", owners())


class Catalogue:
    """What one address of the catalogue shows to one visitor.

    Args:
        data: the query string.
        user: who asks; those who work in the portal may also look for what was withdrawn.
    """

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        self.user = user
        self.form = CatalogueForm(data, with_withdrawn=can_see_requests(user))
        self.is_valid = self.form.is_valid()
        self.asked: dict[str, str] = {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def everything(self) -> PracticeQuerySet:
        """What is filtered: everything published, or what this visitor may see of the rest."""
        if "state" in self.asked:
            return visible_practices(self.user).filter(is_published=False)
        return Practice.objects.public()

    @cached_property
    def total(self) -> int:
        """How many there are before filtering."""
        return self.everything.count()

    def rows(self) -> PracticeQuerySet:
        """The practices with those who took them up; none when the address makes no sense."""
        if not self.is_valid:
            return Practice.objects.none()
        rows = self.everything.select_related("municipality")
        for word in search_form(self.asked.get("q", "")).split():
            rows = rows.filter(Q(search_text__contains=word) | Q(municipality__search_text__contains=word))
        for name, field in (("direction", "direction"), ("municipality", "municipality__slug")):
            if name in self.asked:
                rows = rows.filter(**{field: self.asked[name]})
        taken_up = public_adoptions().select_related("municipality").order_by(in_russian_order("municipality__name"))
        return rows.order_by(in_russian_order("title"), "pk").prefetch_related(
            Prefetch("adoptions", taken_up, to_attr="taken_up")
        )

    def url(self, **changes: str) -> str:
        """The catalogue's address with some answers changed; an empty one is left out."""
        asked = {name: value for name, value in (self.asked | changes).items() if value}
        return reverse("practices") + (f"?{urlencode(asked)}" if asked else "")

    def chips(self) -> list[Chip]:
        """The active filters."""
        chips = []
        for name, field in self.form.fields.items():
            if name in self.asked:
                value = self.asked[name]
                if isinstance(field, forms.ChoiceField):
                    pairs: Any = field.choices  # flat ones, never groups
                    value = str(dict(pairs)[value])
                chips.append(Chip(str(field.label), value, self.url(**{name: ""})))
        return chips
