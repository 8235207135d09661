"""The forms of which the editor of a decision's text is made."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms

from documents.printed import Printed
from resolutions.editor_rows import MAX_ROWS
from resolutions.kinds import point_kind_choices
from resolutions.pasting.split import Pasted, split
from russian.forms import TidyCharField
from russian.text import paragraphs


def year_refusal(day: dt.date) -> str | None:
    """Why no decision is dated on a day, in Russian: a slip of the keyboard. None when one may be."""
    is_meant = 1990 <= day.year <= 2100
    return None if is_meant else "Проверьте год: дата решения должна быть между 1990 и 2100 годом."


def _area(rows: int, **more: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows} | more)


# A script sends Word's HTML along with what is pasted here, in the hidden field beside it.
KEEPS_HTML = {"data-keeps-html": ""}
LIST_IN_POINT = "Здесь список из нескольких строк. Разделите его на пункты и подпункты или сохраните одним абзацем."
STILL_HERE = "Эти строки ещё не вставлены: вставьте их в решение или очистите поле."


class RequisitesForm(Printed, forms.Form):
    """What stands around the paragraphs and points."""

    title = TidyCharField(label="Заголовок", max_length=400, widget=_area(2))
    adopted_on = forms.DateField(
        label="Дата решения", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    number = TidyCharField(
        label="Регистрационный номер", max_length=50, required=False, help_text="Без знака «№»; можно оставить пустым"
    )
    place = TidyCharField(label="Место", max_length=150, required=False)
    composed_of = TidyCharField(max_length=400, required=False, widget=forms.HiddenInput)  # the heading, of the phrase
    hearing = TidyCharField(label="Вводная фраза", max_length=2000, required=False, widget=_area(3))
    noting = TidyCharField(label="Формула перед констатирующей частью", max_length=500, required=False)
    deciding = TidyCharField(label="Формула перед пунктами", max_length=500)
    signatory_position = TidyCharField(label="Должность подписывающего", max_length=250)
    signatory_name = TidyCharField(label="Подписывающий", max_length=150, required=False)
    union_name = TidyCharField(label="Название Союза", max_length=250)
    body_name = TidyCharField(label="Орган", max_length=250)

    def clean_adopted_on(self) -> dt.date | None:
        """A date within living memory: a slip of the keyboard is caught here."""
        day: dt.date | None = self.cleaned_data["adopted_on"]
        if day and (refusal := year_refusal(day)):
            raise forms.ValidationError(refusal)
        return day


class ParagraphForm(Printed, forms.Form):
    """A paragraph of the preamble; a text pasted with line breaks becomes several paragraphs.

    `key` names the stored paragraph that it continues; so it does in the form of a point.
    """

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Абзац",
        max_length=20_000,
        widget=_area(5),
        error_messages={"required": "Абзац пуст: напишите текст или удалите абзац."},
    )


class PointForm(Printed, forms.Form):
    """A point or sub-point. The kind of a sub-point is that of its point."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Вид", choices=point_kind_choices)
    text = TidyCharField(
        label="Текст пункта",
        max_length=10_000,
        widget=_area(5, **KEEPS_HTML),
        error_messages={"required": "Пункт пуст: напишите текст или удалите пункт."},
    )
    is_subpoint = forms.BooleanField(label="Подпункт: относится к пункту, который стоит выше", required=False)
    html = forms.Field(required=False, widget=forms.HiddenInput)
    as_one = forms.CharField(required=False, widget=forms.HiddenInput)  # what its button answers, of this row alone

    @cached_property
    def offered(self) -> Pasted | None:
        """Into what the text could be divided: a list that was pasted into one point. None where it is no list."""
        if not self.is_bound or self["as_one"].value():
            return None
        pasted = split(self["text"].value() or "", self["html"].value() or "")
        return pasted if pasted.is_list else None

    def clean(self) -> None:
        """A list is not made one paragraph unless somebody said so."""
        if self.offered:
            self.errors.pop("text", None)
            self.add_error("text", LIST_IN_POINT)


class PastingForm(forms.Form):
    """A whole list of points from Word; it is empty again before anything is saved."""

    text = forms.CharField(
        label="Текст из Word",
        required=False,
        widget=_area(6, **KEEPS_HTML),
        help_text="Список пунктов или решение целиком. Портал покажет, на какие пункты и подпункты текст делится.",
    )
    html = forms.Field(required=False, widget=forms.HiddenInput)

    @cached_property
    def pasted(self) -> Pasted | None:
        """What the text comes to; None where there is none."""
        text = self["text"].value() or ""
        return split(text, self["html"].value() or "") if text.strip() else None

    def clean_text(self) -> str:
        """Nothing that was pasted is lost by saving."""
        if self.pasted:
            raise forms.ValidationError(STILL_HERE)
        return ""


class RevisionForm(forms.Form):
    """Which version was edited, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = TidyCharField(
        label="Что исправлено и почему",
        max_length=500,
        required=False,
        help_text="Необязательно. Останется в истории рядом с вашим именем.",
    )


class RowFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # of one form or the other
    """The rows of the editor; what is wrong with them as a whole is said in plain words."""

    default_error_messages = {
        "missing_management_form": "Форма пришла не целиком. Откройте страницу правки заново и повторите.",
        "too_many_forms": f"Слишком много строк: абзацев и пунктов может быть не более {MAX_ROWS}.",
    }

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """No row may be left empty, however many of them are said to be new."""
        return super().get_form_kwargs(index) | {"empty_permitted": False}


def _rows_of(form: type[forms.Form], formset: type[RowFormSet]) -> "type[forms.BaseFormSet[forms.Form]]":
    return forms.formset_factory(
        form, formset=formset, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS, validate_max=True
    )


class PreambleRows(RowFormSet):
    """The paragraphs of the preamble, some of which may be many that were pasted as one."""

    def clean(self) -> None:
        """What was pasted does not make more paragraphs than the editor can open again."""
        if sum(len(paragraphs(row.cleaned_data.get("text", ""))) for row in self.forms) > MAX_ROWS:
            raise forms.ValidationError(self.default_error_messages["too_many_forms"])


class PointRows(RowFormSet):
    """The points and sub-points in their order."""

    def clean(self) -> None:
        """A sub-point has a point above it."""
        if self.forms and self.forms[0].cleaned_data.get("is_subpoint"):
            self.forms[0].add_error("is_subpoint", "Первая строка не может быть подпунктом: выше неё нет пункта.")

    @property
    def labelled(self) -> Iterator[tuple[str, forms.Form, Pasted | None]]:
        """Each row with the words «Пункт 2» or «Подпункт 2.1», as it would be numbered now, and with what it offers."""
        number = place = 0
        for row in self.forms:
            if row["is_subpoint"].value() and number:
                place += 1
                label = f"Подпункт {number}.{place}"
            else:
                number, place = number + 1, 0
                label = f"Пункт {number}"
            kept = row["kind"].value() if row["key"].value() else ""
            offered = row.offered if isinstance(row, PointForm) else None
            yield label, row, offered and offered.at(number, place, kept)


ParagraphFormSet = _rows_of(ParagraphForm, PreambleRows)
PointFormSet = _rows_of(PointForm, PointRows)
