"""The form of an edition of the Standard: its name and year, the scale of its index, and its directions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.models import IndexScore, StandardEdition
from municipalities.practices.editions import is_used, keep_edition
from municipalities.practices.models import Direction
from municipalities.practices.models.standard import NAME_LENGTH
from revisions.forms import VersionedForm
from russian.templatetags.russian import quoted
from russian.text import tidy

MOST = 50
USED_YEAR = "Редакцией уже пользуются: её год не меняется."
USED = "Редакцией уже пользуются: направление можно переименовать, но не убрать."
MEASURED = (
    "По этой редакции уже внесены результаты индекса с другой шкалой. Оставьте поле пустым, исправьте результаты, "
    "а потом укажите шкалу."
)
TWICE = "Направление {} названо дважды."
TOO_LONG = f"Название направления не длиннее {NAME_LENGTH} символов: {{}}"
NONE = "Назовите хотя бы одно направление."
TOO_MANY = f"В редакции не больше {MOST} направлений."


class EditionForm(VersionedForm):
    """An edition: each direction that it has in a field of its own, further ones in a list, one per line."""

    instance: StandardEdition
    more = forms.CharField(
        label="Направления, каждое с новой строки",
        required=False,
        max_length=MOST * (NAME_LENGTH + 2),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    class Meta:
        model = StandardEdition
        fields = ["name", "year", "indicators", "maximum"]
        localized_fields = ["maximum"]

    def __init__(self, data: Any = None, files: Any = None, *, instance: StandardEdition | None = None) -> None:
        self.stored: list[Direction] = list(instance.directions.all()) if instance else []
        super().__init__(_with_unseen(data, self.stored), files, instance=instance)
        self.used = bool(self.stored) and is_used(self.instance)
        for number, one in enumerate(self.stored, start=1):
            self.fields[_field(one)] = forms.CharField(
                label=f"Направление {number}",
                required=False,
                initial=one.name,
                max_length=NAME_LENGTH,
                help_text="" if self.used else "Оставьте пустым, чтобы убрать.",
            )
        if self.stored:
            self.fields["more"].label = "Добавить направления, каждое с новой строки"
            self.order_fields([*self.Meta.fields, *map(_field, self.stored), "more"])

    def clean_name(self) -> str:
        """As it will be stored."""
        return tidy(self.cleaned_data["name"])

    def clean_year(self) -> int:
        """The year by which the directions are known stays where they are known by it."""
        year: int = self.cleaned_data["year"]
        if self.used and year != type(self.instance).objects.get(pk=self.instance.pk).year:
            raise ValidationError(USED_YEAR)
        return year

    def clean_more(self) -> list[str]:
        """The names, line by line."""
        names = [name for name in map(tidy, self.cleaned_data["more"].splitlines()) if name]
        for name in names:
            if len(name) > NAME_LENGTH:
                raise ValidationError(TOO_LONG.format(quoted(name)))
        return names

    def clean(self) -> dict[str, Any]:
        """The scale of the results that are there; no direction twice, none taken out of use, and one at least."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("indicators", "maximum"):
            if self._contradicts_results(name, data.get(name)):
                self.add_error(name, MEASURED)
        seen: set[str] = set()
        for one in self.stored:
            name = tidy(data.get(_field(one), one.name))
            if not name and self.used:
                self.add_error(_field(one), USED)
            self._note(_field(one), name, seen)
        for name in data.get("more", []):
            self._note("more", name, seen)
        if not self.errors and not seen:
            self.add_error("more", NONE)
        if len(seen) > MOST:
            self.add_error("more", TOO_MANY)
        return data

    def _contradicts_results(self, name: str, value: Any) -> bool:
        """Whether a result of the index by this edition was reckoned by another scale; the unknown fits all."""
        if value is None or not self.instance.pk:
            return False
        told = IndexScore.objects.filter(edition=self.instance.pk, **{f"{name}__isnull": False})
        return told.exclude(**{name: value}).exists()

    def _note(self, field: str, name: str, seen: set[str]) -> None:
        """Remember a name; one that was there before is refused beside its field."""
        if name.casefold() in seen:
            self.add_error(field, TWICE.format(quoted(name)))
        elif name:
            seen.add(name.casefold())

    def keep(self, by: User) -> StandardEdition:
        """Store the edition with its directions, of a valid form.

        Raises:
            EditConflict: somebody saved the edition after the form was opened.
            ProtectedError: a direction that is taken out has come into use meanwhile.
        """
        if self.instance.pk:
            self.instance.version = type(self.instance).locked(self.instance.pk, self.cleaned_data["version"]).version
        said = {one.code: tidy(self.cleaned_data[_field(one)]) for one in self.stored}
        called = {one.code: said[one.code] for one in self.stored if said[one.code] not in ("", one.name)}
        removed = [code for code, name in said.items() if not name]
        more = self.cleaned_data["more"]
        keep_edition(self.instance, called=called, removed=removed, added=more, by=by)
        return self.instance


def _with_unseen(data: Any, stored: list[Direction]) -> Any:
    """What was sent, with the directions added meanwhile: a form takes out nothing that it did not show."""
    unseen = {_field(one): one.name for one in stored if data is not None and _field(one) not in data}
    if unseen:
        data = data.copy()
        data.update(unseen)
    return data


def _field(direction: Direction) -> str:
    return f"direction_{direction.code}"
