"""Choosing a party in a form: who is responsible, who controls."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.models import Municipality
from municipalities.models.succession import merged_by, merged_by_today
from resolutions.models import Party, PartyKind, UnionBody
from resolutions.models.party import MERGED
from russian.collation import in_russian_order
from russian.forms import TidyCharField

OUTSIDE = PartyKind.OUTSIDE.value
NAME_IT = "Напишите название органа."
NOT_OUTSIDE = "Название пишут, только когда выбран сторонний орган."
GONE = "Такого выбора больше нет: выберите из списка."

_KEYS: dict[str, str] = {PartyKind.BODY: "body", PartyKind.MUNICIPALITY: "municipality_id", PartyKind.USER: "user_id"}

Group = tuple[str, list[tuple[str, str]]]


def code_of(party: Party | None) -> str:
    """How a form names a party."""
    if party is None:
        return ""
    key = party.body or party.municipality_id or party.user_id
    return f"{party.kind}:{key}" if key else str(party.kind)


def party_choices(*chosen: Party | None) -> list[tuple[str, str] | Group]:
    """What there is to choose from; what was, stands apart, for the days of the past. Three queries.

    Args:
        *chosen: parties that the form opens with: offered whatever has become of them.
    """
    merged = set(merged_by_today())
    towns, gone = list[tuple[str, str]](), list[tuple[str, str]]()
    for town in Municipality.objects.listed().order_by(in_russian_order("name")):
        choice = (f"{PartyKind.MUNICIPALITY}:{town.pk}", f"{town.name} ({town.region})")
        (gone if town.pk in merged else towns).append(choice)
    people, former = list[tuple[str, str]](), list[tuple[str, str]]()
    for one in User.objects.exclude(role="").order_by("name", "pk"):
        choice = (f"{PartyKind.USER}:{one.pk}", ", ".join(filter(None, [one.name, one.position])))
        (people if one.is_active else former).append(choice)
    offered = {code for code, _ in [*towns, *gone]}
    towns += [(code_of(one), str(one)) for one in chosen if one and one.municipality_id and code_of(one) not in offered]
    bodies = [(f"{PartyKind.BODY}:{body.value}", str(body.label)) for body in UnionBody]
    groups = [
        ("Органы Союза", [*bodies, (PartyKind.MEMBERS.value, str(PartyKind.MEMBERS.label))]),
        ("Муниципальные образования", towns),
        ("Люди", people),
        ("Вошли в состав других – для прежних дней", gone),
        ("Учётной записью больше не пользуются – для прежних дней", former),
    ]
    named = [group for group in groups if group[1]]
    return [("", "выберите"), *named, (OUTSIDE, "Сторонний орган – назовите его ниже")]


class PartyField(forms.ChoiceField):
    """One of the parties, by its code; the form gives it `party_choices`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid_choice": GONE}, **kwargs)


def name_field(label: str) -> TidyCharField:
    """What a body outside the Union is called."""
    return TidyCharField(label=label, max_length=250, required=False, help_text="Только для стороннего органа")


def party_of(form: forms.Form, field: str) -> Party | None:
    """The party that a form names; not stored yet when nobody named it before: that comes with the step.

    Args:
        form: with a valid field of `PartyField`, and the name of a body beside it in `…_name`.
        field: its name.

    Raises:
        ValidationError: by field: the name of the body is missing, or stands there beside another choice.
    """
    code, name = form.cleaned_data[field], form.cleaned_data[f"{field}_name"]
    kind, _, key = code.partition(":")
    if kind == OUTSIDE:
        if not name:
            raise ValidationError({f"{field}_name": NAME_IT})
        return Party.objects.known(Party(kind=kind, name=name))
    if name:
        raise ValidationError({f"{field}_name": NOT_OUTSIDE})
    named: dict[str, Any] = {_KEYS[kind]: int(key) if key.isdecimal() else key} if kind in _KEYS else {}
    return Party.objects.known(Party(kind=kind, **named))


def parties_of(form: forms.Form, day: dt.date, *, kept: Collection[Party | None]) -> tuple[Party | None, Party | None]:
    """Who carries out and who controls, as a form says that instructs. A query for each municipality.

    Args:
        form: with `responsible` and `controller`.
        day: of the instruction.
        kept: who stands there already: may stay, whatever has become of them.

    Raises:
        ValidationError: by field: as of `party_of`, or a municipality is part of another by that day.
    """
    named = {name: party_of(form, name) for name in ("responsible", "controller")}
    merged = merged_by(day)
    for name, party in named.items():
        town = party.municipality_id if party and party not in kept else None
        if town and merged.filter(predecessor=town).exists():
            raise ValidationError({name: MERGED})
    return named["responsible"], named["controller"]
