"""The editor of a decision's text: one form for the requisites, the paragraphs and the points.

Its rows are moved, added and removed by submit buttons (`row=preamble:2:up`), and so a list from Word becomes rows
(`row=pasting:insert`, `row=points:3:divide`); it works without JavaScript, and nothing is stored until «Сохранить».
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.forms.utils import RenderableMixin
from django.http import QueryDict

from accounts.models import UnionProfile
from resolutions.editor_forms import ParagraphFormSet, PastingForm, PointFormSet, RequisitesForm, RevisionForm
from resolutions.editor_rows import BLANK_ROWS, MAX_ROWS, Row, Rows, divide, insert, rearrange, sent_rows
from resolutions.models import Resolution
from resolutions.pasting.split import Pasted
from resolutions.text import Paragraph, PointText, ResolutionText, is_key, new_key
from revisions.numbers import whole_number
from russian.templatetags.russian import quoted
from russian.text import paragraphs, plain, tidy

TOO_MANY = f"Строк стало бы больше {MAX_ROWS}, а столько в решении не помещается."


class TextEditor(RenderableMixin):
    """The five forms together. `{{ editor }}` draws them."""

    template_name = "resolutions/_text_editor.html"
    refusal = ""  # why a button did not do what it says

    def __init__(
        self,
        requisites: RequisitesForm,
        preamble: "forms.BaseFormSet[forms.Form]",
        points: "forms.BaseFormSet[forms.Form]",
        revision: RevisionForm,
        pasting: PastingForm,
    ) -> None:
        self.requisites, self.preamble, self.points, self.revision = requisites, preamble, points, revision
        self.pasting = pasting
        self.renderer = requisites.renderer

    @classmethod
    def of(cls, resolution: Resolution) -> "TextEditor":
        """The editor filled with the stored text."""
        text = resolution.text
        return cls(
            RequisitesForm(initial=vars(text) | {"composed_of": text.title if _is_composed(text) else ""}),
            ParagraphFormSet(initial=[asdict(one) for one in text.preamble], prefix="preamble"),
            PointFormSet(initial=list(_point_rows(text)), prefix="points"),
            RevisionForm(initial={"version": resolution.version}),
            PastingForm(prefix="pasting"),
        )

    @classmethod
    def submitted(cls, data: QueryDict) -> "TextEditor":
        """The editor as it was sent, ready to be validated."""
        return cls(
            RequisitesForm(data),
            ParagraphFormSet(data, prefix="preamble"),
            PointFormSet(data, prefix="points"),
            RevisionForm(data),
            PastingForm(data, prefix="pasting"),
        )

    @classmethod
    def rearranged(cls, data: QueryDict, command: str) -> "TextEditor":
        """The editor as it was sent, with its rows as a button wants them; nothing is validated or stored.

        Args:
            data: the POST.
            command: `preamble:2:up`, `points:0:remove`, `preamble:3:add` (before that row), `points:3:divide`,
                `pasting:insert` and so on; anything else leaves the rows as they are.

        Returns:
            The editor with everything typed so far.
        """
        data = _as_plain(data)
        rows = {prefix: sent_rows(data, prefix) for prefix in BLANK_ROWS}
        pasting = {"text": data.get("pasting-text", ""), "html": data.get("pasting-html", "")}
        prefix, _, rest = command.partition(":")
        fits = True
        if prefix == "pasting" and rest in ("insert", "all"):
            fits = insert(rows, **pasting, with_preamble=rest == "all")
            pasting = {} if fits else pasting
        elif prefix in rows:
            fits = _moved(rows, prefix, rest)
        editor = cls(
            RequisitesForm(initial=_first_values(data)),
            ParagraphFormSet(initial=rows["preamble"], prefix="preamble"),
            PointFormSet(initial=rows["points"], prefix="points"),
            RevisionForm(initial=_first_values(data)),
            PastingForm(initial=pasting, prefix="pasting"),
        )
        editor.refusal = "" if fits else TOO_MANY
        return editor

    def is_valid(self) -> bool:
        """Validate all forms, so that every error is shown at once."""
        parts = (self.requisites, self.preamble, self.points, self.revision, self.pasting)
        verdicts = [part.is_valid() for part in parts]
        return all(verdicts)

    @property
    def text(self) -> ResolutionText:
        """The text of a valid editor, to the letter."""
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
        requisites = {name: value for name, value in self.requisites.cleaned_data.items() if name != "composed_of"}
        if self.is_composed:
            requisites["hearing"] = hearing_of(requisites["title"])
        return ResolutionText(**requisites, preamble=tuple(preamble), points=tuple(points))

    @property
    def is_composed(self) -> bool:
        """Whether the phrase of a valid editor is the portal's, of the heading as it was opened: it follows a new one.

        The form itself says of which heading: meanwhile somebody else may have saved another.
        """
        said = self.requisites.cleaned_data
        return bool(said["composed_of"]) and said["hearing"] == hearing_of(said["composed_of"])

    @property
    def has_followed(self) -> bool:
        """Whether a new heading brought another phrase than was sent."""
        said = self.requisites.cleaned_data
        return self.is_composed and said["hearing"] != hearing_of(said["title"])

    @property
    def pasted(self) -> Pasted | None:
        """What was pasted from Word and is not put in yet, numbered as it would stand below the points."""
        number = sum(1 for row in self.points if not row["is_subpoint"].value())
        return self.pasting.pasted and self.pasting.pasted.at(number + 1)

    def at_version(self, version: int, data: QueryDict) -> "TextEditor":
        """The same texts, to be saved over a later version that the editor has just been shown.

        Args:
            version: the later one.
            data: the POST.
        """
        text, again = self.text, data.copy()
        again["version"], again["hearing"] = str(version), text.hearing
        again["composed_of"] = text.title if self.is_composed else ""
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


def _moved(rows: dict[str, Rows], prefix: str, rest: str) -> bool:
    """Do what a button of a row says; whether there was room for it."""
    position, _, step = rest.partition(":")
    place = whole_number(position, most=MAX_ROWS)
    if place is None:
        return True
    if step == "divide" and prefix == "points":
        return divide(rows, place)
    if step == "add" and len(rows[prefix]) >= MAX_ROWS:
        return False
    rearrange(rows[prefix], place, step, BLANK_ROWS[prefix])
    return True


def _as_plain(data: QueryDict) -> QueryDict:
    """What was sent as the doors of the forms would take it, so that hints tell of what will be stored."""
    again = data.copy()
    for name, values in again.lists():
        again.setlist(name, [plain(one) for one in values])
    return again


def _first_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data.get(name, "") for name in data}


def _is_composed(text: ResolutionText) -> bool:
    return text.hearing == hearing_of(text.title)


def hearing_of(title: str) -> str:
    """The introductory phrase in the Union's usual wording.

    Args:
        title: of the decision, «О …».
    """
    return tidy(f"Заслушав и обсудив информацию по вопросу {quoted(title)},")


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
        hearing=hearing_of(title),
        noting=f"Собрание {union.genitive} отмечает:",
        preamble=(),
        deciding=f"Собрание {union.genitive} решило:",
        points=(),
        signatory_position=f"Председатель {union.genitive}",
        signatory_name="",
    )
