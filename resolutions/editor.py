"""The editor of a decision's text: one form for the requisites, the paragraphs and the points.

Its rows are moved, added and removed by submit buttons (`row=preamble:2:up`), so that it works without JavaScript;
nothing is stored until «Сохранить».
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.forms.utils import RenderableMixin
from django.http import QueryDict

from accounts.models import UnionProfile
from documents.printed import Printed
from resolutions.editor_rows import BLANK_ROWS, MAX_ROWS, Row, rearrange, sent_rows
from resolutions.kinds import point_kind_choices
from resolutions.models import Resolution
from resolutions.text import Paragraph, PointText, ResolutionText, is_key, new_key
from revisions.numbers import whole_number
from russian.templatetags.russian import quoted
from russian.text import paragraphs, plain_text, tidy


class TidyCharField(forms.CharField):
    """One paragraph of plain text: pasted line breaks and double spaces become single spaces."""

    default_validators = [plain_text]

    def clean(self, value: Any) -> str:
        """Validate what was typed, then tidy it; what that makes longer is validated again."""
        said = tidy(super().clean(value))
        self.run_validators(said)
        return said


def year_refusal(day: dt.date) -> str | None:
    """Why no decision is dated on a day, in Russian: a slip of the keyboard. None when one may be."""
    is_meant = 1990 <= day.year <= 2100
    return None if is_meant else "Проверьте год: дата решения должна быть между 1990 и 2100 годом."


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


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
        validators=[plain_text],
        error_messages={"required": "Абзац пуст: напишите текст или удалите абзац."},
    )


class PointForm(Printed, forms.Form):
    """A point or sub-point. The kind of a sub-point is that of its point."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Вид", choices=point_kind_choices)
    text = TidyCharField(
        label="Текст пункта",
        max_length=10_000,
        widget=_area(5),
        error_messages={"required": "Пункт пуст: напишите текст или удалите пункт."},
    )
    is_subpoint = forms.BooleanField(label="Подпункт: относится к пункту, который стоит выше", required=False)


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
    def labelled(self) -> Iterator[tuple[str, forms.Form]]:
        """Each row with the words «Пункт 2» or «Подпункт 2.1», as it would be numbered now."""
        number = place = 0
        for row in self.forms:
            if row["is_subpoint"].value() and number:
                place += 1
                yield f"Подпункт {number}.{place}", row
            else:
                number, place = number + 1, 0
                yield f"Пункт {number}", row


ParagraphFormSet = _rows_of(ParagraphForm, PreambleRows)
PointFormSet = _rows_of(PointForm, PointRows)


class TextEditor(RenderableMixin):
    """The four forms together. `{{ editor }}` draws them."""

    template_name = "resolutions/_text_editor.html"

    def __init__(
        self,
        requisites: RequisitesForm,
        preamble: "forms.BaseFormSet[forms.Form]",
        points: "forms.BaseFormSet[forms.Form]",
        revision: RevisionForm,
    ) -> None:
        self.requisites, self.preamble, self.points, self.revision = requisites, preamble, points, revision
        self.renderer = requisites.renderer

    @classmethod
    def of(cls, resolution: Resolution) -> "TextEditor":
        """The editor filled with the stored text."""
        text = resolution.text
        return cls(
            RequisitesForm(initial=vars(text)),
            ParagraphFormSet(initial=[asdict(one) for one in text.preamble], prefix="preamble"),
            PointFormSet(initial=list(_point_rows(text)), prefix="points"),
            RevisionForm(initial={"version": resolution.version}),
        )

    @classmethod
    def submitted(cls, data: QueryDict) -> "TextEditor":
        """The editor as it was sent, ready to be validated."""
        return cls(
            RequisitesForm(data),
            ParagraphFormSet(data, prefix="preamble"),
            PointFormSet(data, prefix="points"),
            RevisionForm(data),
        )

    @classmethod
    def rearranged(cls, data: QueryDict, command: str) -> "TextEditor":
        """The editor as it was sent, with one row moved, added or removed; nothing is validated or stored.

        Args:
            data: the POST.
            command: `preamble:2:up`, `points:0:remove`, `preamble:3:add` (before that row) and so on; anything else
                leaves the rows as they are.

        Returns:
            The editor with everything typed so far.
        """
        rows = {prefix: sent_rows(data, prefix) for prefix in BLANK_ROWS}
        prefix, _, rest = command.partition(":")
        position, _, step = rest.partition(":")
        place = whole_number(position, most=MAX_ROWS)
        if prefix in rows and place is not None:
            rearrange(rows[prefix], place, step, BLANK_ROWS[prefix])
        return cls(
            RequisitesForm(initial=_first_values(data)),
            ParagraphFormSet(initial=rows["preamble"], prefix="preamble"),
            PointFormSet(initial=rows["points"], prefix="points"),
            RevisionForm(initial=_first_values(data)),
        )

    def is_valid(self) -> bool:
        """Validate all four forms, so that every error is shown at once."""
        parts = (self.requisites, self.preamble, self.points, self.revision)
        verdicts = [part.is_valid() for part in parts]
        return all(verdicts)

    @property
    def text(self) -> ResolutionText:
        """The text of a valid editor."""
        keys = _Keys()
        preamble = [
            Paragraph(line, keys.take(row["key"] if n == 0 else ""))
            for row in self.preamble.cleaned_data
            for n, line in enumerate(paragraphs(row["text"]))
        ]
        points: list[PointText] = []
        for row in self.points.cleaned_data:
            text, key = row["text"], keys.take(row["key"])
            if row["is_subpoint"]:
                points[-1] = replace(points[-1], subpoints=(*points[-1].subpoints, Paragraph(text, key)))
            else:
                points.append(PointText(len(points) + 1, row["kind"], text, key=key))
        return ResolutionText(**self.requisites.cleaned_data, preamble=tuple(preamble), points=tuple(points))

    def at_version(self, version: int, data: QueryDict) -> "TextEditor":
        """The same texts, to be saved over a later version that the editor has just been shown."""
        again = data.copy()
        again["version"] = str(version)
        editor = TextEditor.submitted(again)
        editor.is_valid()
        return editor

    def get_context(self) -> dict[str, Any]:
        """What the template of the editor sees."""
        return {"editor": self}


class _Keys:
    """The keys of one text, each given once: what comes without a usable one of its own gets a new one."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, sent: str) -> str:
        """The key that was sent, if it is a key and not taken yet."""
        key = sent if is_key(sent) and sent not in self.taken else new_key()
        self.taken.add(key)
        return key


def _point_rows(text: ResolutionText) -> Iterator[Row]:
    for point in text.points:
        yield {"key": point.key, "kind": point.kind, "text": point.text}
        for one in point.subpoints:
            yield {"key": one.key, "is_subpoint": True, "kind": point.kind, "text": one.text}


def _first_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data.get(name, "") for name in data}


def blank_text(title: str, adopted_on: dt.date | None, place: str, *, union: UnionProfile) -> ResolutionText:
    """The beginning of a new decision in the Union's usual wording.

    Args:
        title: the heading, «О …».
        adopted_on, place: when and where the Assembly meets, if that is known.
        union: what is known of it on that day.

    Returns:
        A text without paragraphs and points.
    """
    return ResolutionText(
        union_name=union.full_name,
        body_name="Общее Собрание",
        adopted_on=adopted_on,
        place=place,
        title=title,
        hearing=f"Заслушав и обсудив информацию по вопросу {quoted(title)},",
        noting=f"Собрание {union.genitive} отмечает:",
        preamble=(),
        deciding=f"Собрание {union.genitive} решило:",
        points=(),
        signatory_position=f"Председатель {union.genitive}",
        signatory_name="",
    )
