"""Choosing a party in a form: who is responsible, who controls."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.models import Municipality
from municipalities.models.succession import merged_by_today
from resolutions.editor import TidyCharField
from resolutions.models import Party, PartyKind, UnionBody
from russian.collation import in_russian_order

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
    """What there is to choose from. Two queries.

    Args:
        *chosen: parties that the form opens with: offered whatever has become of them.
    """
    towns = Municipality.objects.listed().exclude(pk__in=merged_by_today()).order_by(in_russian_order("name"))
    people = User.objects.filter(is_active=True).exclude(role="").order_by("name", "pk")
    offered = {
        PartyKind.MUNICIPALITY: {f"{PartyKind.MUNICIPALITY}:{one.pk}": f"{one.name} ({one.region})" for one in towns},
        PartyKind.USER: {
            f"{PartyKind.USER}:{one.pk}": ", ".join(filter(None, [one.name, one.position])) for one in people
        },
    }
    for party in chosen:
        if party and party.kind in offered:
            offered[PartyKind(party.kind)].setdefault(code_of(party), str(party))
    bodies = [(f"{PartyKind.BODY}:{body.value}", str(body.label)) for body in UnionBody]
    return [
        ("", "выберите"),
        ("Органы Союза", [*bodies, (PartyKind.MEMBERS.value, str(PartyKind.MEMBERS.label))]),
        ("Муниципальные образования", [*offered[PartyKind.MUNICIPALITY].items()]),
        ("Люди", [*offered[PartyKind.USER].items()]),
        (OUTSIDE, "Сторонний орган – назовите его ниже"),
    ]


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
