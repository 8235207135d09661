"""The form of a merger: who becomes part of what, when, and on what basis."""

from typing import Any

from django import forms

from municipalities.mergers import TOO_FEW, Merger
from municipalities.models import Membership, Municipality, Succession
from municipalities.models.municipality import MunicipalityQuerySet
from revisions.days import EARLIEST, LATEST
from revisions.forms import ShownFirstForm, asked
from russian.collation import in_russian_order
from russian.text import tidy

NOT_THERE = "Такого муниципального образования в портале нет: выберите из списка."
NEW_ONE = "Новое муниципальное образование: сведения ниже"
FACTS = ("name", "oktmo", "region", "federal_district")
CHOSEN_OR_NEW = "Правопреемник выбран из внесённых: сведения о новом муниципальном образовании не нужны."


class MergerForm(ShownFirstForm):
    """Municipalities merge into one that is new, or is in the portal already."""

    predecessors = forms.ModelMultipleChoiceField(
        label="Кто объединяется",
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(["invalid_pk_value", "invalid_choice", "invalid_list"], NOT_THERE)
        | {"required": TOO_FEW},
        help_text="Отметьте всех предшественников, не меньше двух.",
    )
    successor = forms.ModelChoiceField(
        label="Правопреемник",
        queryset=Municipality.objects.none(),
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        everybody: MunicipalityQuerySet = Municipality.objects.listed().order_by(in_russian_order("name"), "pk")
        whole = everybody.exclude(pk__in=Succession.objects.in_force().order_by().values("predecessor"))
        offered = [(one.pk, f"{one.name} ({one.region})") for one in whole]
        for name, nobody in (("predecessors", []), ("successor", [("", NEW_ONE)])):
            field: Any = self.fields[name]
            field.queryset = everybody  # of what is part of another already, the refusal says that
            field.choices = [*nobody, *offered]
        for name in FACTS:
            self.fields[name] = asked(name, of=Municipality, required=False)
        district: Any = self.fields["federal_district"]
        district.choices = [("", "Выберите округ"), *district.choices[1:]]
        self.fields["region"].widget.attrs |= {"list": "regions", "autocomplete": "off"}
        self.fields["happened_on"] = forms.DateField(
            label="День объединения",
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            help_text="С этого дня членство предшественников в Союзе прекращается. Можно будущий",
        )
        self.fields["basis"] = asked(
            "basis",
            of=Succession,
            required=True,
            help_text="Публикуется. Например: «Закон Костромской области от 12 марта 2026 г. № 3».",
        )
        self.fields["joining_basis"] = asked(
            "basis",
            of=Membership,
            label="Основание вступления правопреемника в Союз",
            help_text="Публикуется. Пусто – в Союз не вступает; записать вступление можно и позже.",
        )
        note = forms.Textarea({"rows": 2})
        self.fields["text"] = asked("text", of=Succession, label="Служебный комментарий", widget=note)

    def clean(self) -> dict[str, Any]:
        """Either an old successor or all about a new one; a day within the portal's years; and a possible merger."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = data.get("successor")
        if chosen and any(data.get(name) for name in FACTS):
            self.add_error("successor", CHOSEN_OR_NEW)
        for name in FACTS:
            if not chosen and not data.get(name) and name not in self.errors:
                self.add_error(name, "Обязательное поле.")
        day = data.get("happened_on")
        if day and not EARLIEST < day <= LATEST:
            self.add_error("happened_on", "Проверьте год: он не раньше 2000-го и не позже 2100-го.")
        if not self.errors and (refusal := self.merger.refusal):
            self.add_error(None, refusal)
        return data

    @property
    def merger(self) -> Merger:
        """What a valid form says."""
        data = self.cleaned_data
        new = Municipality(**{name: tidy(data[name]) for name in FACTS})
        return Merger(
            predecessors=list(data["predecessors"]),
            successor=data["successor"] or new,
            happened_on=data["happened_on"],
            basis=data["basis"],
            joining_basis=tidy(data["joining_basis"]),
            text=data["text"],
        )

    @property
    def mark(self) -> str:
        """Who merges at which versions, into what, when, and whether that joins."""
        merger = self.merger
        whole = merger.successor
        versions = " ".join(sorted(f"{one.pk}:{one.version}" for one in merger.predecessors))
        into = f"{whole.pk}:{whole.version}" if whole.pk else whole.oktmo
        return f"{versions} > {into} {merger.happened_on} {bool(merger.joining_basis)}"
