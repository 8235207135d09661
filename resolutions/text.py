"""The text of a decision as one value: what is edited, compared, printed and kept as a version."""

import datetime as dt
import string
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from difflib import SequenceMatcher
from typing import Any, Self

from django.utils.crypto import get_random_string

from resolutions.kinds import POINT_KINDS
from russian.templatetags.russian import long_date

KEY_LENGTH = 8
_KEY_CHARACTERS = string.ascii_lowercase + string.digits


def new_key() -> str:
    """A key by which a paragraph or point is known for good, wherever it is moved in its decision."""
    return get_random_string(KEY_LENGTH, _KEY_CHARACTERS)


def is_key(text: str) -> bool:
    """Whether a text could be a key."""
    return len(text) == KEY_LENGTH and set(text) <= set(_KEY_CHARACTERS)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the preamble, or the text of a sub-point."""

    text: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True)
class PointText:
    """One numbered point with its sub-points."""

    number: int
    kind: str
    text: str
    subpoints: tuple[Paragraph, ...] = ()
    key: str = field(default_factory=new_key)

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Number and text of the point and of each sub-point: («2», …), («2.1», …)."""
        own = (str(self.number), self.text)
        return (own, *((f"{self.number}.{n}", one.text) for n, one in enumerate(self.subpoints, start=1)))

    @property
    def whole(self) -> str:
        """The text of the point and, each on a line of its own with its number, of its sub-points."""
        return "\n".join([self.text, *(f"{number}. {text}" for number, text in self.lines[1:])])


def day_and_number(day: dt.date | None, number: str) -> str:
    """How a decision is named by its day and its registration number, where it has one: «27 июня 2024 г. № 5».

    Args:
        day: of the decision; without it nothing is said.
        number: in the Union's register; empty where it has none.
    """
    return " № ".join(filter(None, [long_date(day), number])) if day else ""


@dataclass(frozen=True)
class ResolutionText:
    """Everything that stands on the paper, in the order in which it stands there; the number stands by the day."""

    union_name: str
    body_name: str
    adopted_on: dt.date | None
    place: str
    title: str
    hearing: str
    noting: str
    preamble: tuple[Paragraph, ...]
    deciding: str
    points: tuple[PointText, ...]
    signatory_position: str
    signatory_name: str
    number: str = ""

    @property
    def day_and_number(self) -> str:
        """«27 июня 2024 г. № 5»; empty without a day."""
        return day_and_number(self.adopted_on, self.number)

    @property
    def point_lines(self) -> tuple[tuple[str, str], ...]:
        """Numbers and texts of all points and sub-points."""
        return tuple(line for point in self.points for line in point.lines)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All paragraphs below the heading without their numbers; parts that are left out are empty."""
        preamble = (one.text for one in self.preamble)
        return (self.hearing, self.noting, *preamble, self.deciding, *(line for _, line in self.point_lines))

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Every text that is typed, with what its place is called: «Заголовок», «Подпункт 2.1»."""
        around = ((label, getattr(self, name)) for name, label in _REQUISITES.items() if name != "adopted_on")
        preamble = ((row.label, row.line) for row in _preamble_rows(self))
        points = ((f"{'Подпункт' if '.' in number else 'Пункт'} {number}", line) for number, line in self.point_lines)
        return (*around, *preamble, *points)

    def as_json(self) -> dict[str, Any]:
        """The text as plain JSON values; `from_json` reads it back."""
        return asdict(self) | {"adopted_on": self.adopted_on.isoformat() if self.adopted_on else None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what `as_json` wrote.

        Args:
            data: the stored object.

        Returns:
            The text.

        Raises:
            KeyError: a part of the text is missing.
        """
        data = {"number": ""} | data  # the source has none
        plain = {one.name: data[one.name] for one in fields(cls)}
        return cls(
            **plain
            | {
                "adopted_on": dt.date.fromisoformat(data["adopted_on"]) if data["adopted_on"] else None,
                "preamble": _paragraphs(data["preamble"]),
                "points": tuple(
                    PointText(**point | {"subpoints": _paragraphs(point["subpoints"])}) for point in data["points"]
                ),
            }
        )


def _paragraphs(rows: list[dict[str, str]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(**row) for row in rows)


@dataclass(frozen=True)
class TextChange:
    """One place at which two texts of a decision differ; an empty side means that the place came or went.

    Attributes:
        label: the place in words; of what was moved, the places now and before.
        before: the earlier text.
        after: the later text; the same as `before` where it was only moved.
        key: of the paragraph, point or sub-point; empty for what stands around them.
    """

    label: str
    before: str
    after: str
    key: str = ""


_REQUISITES = {
    "union_name": "Название Союза",
    "body_name": "Орган",
    "adopted_on": "Дата",
    "number": "Регистрационный номер",
    "place": "Место",
    "title": "Заголовок",
    "hearing": "Вводная фраза",
    "noting": "Формула «отмечает»",
    "deciding": "Формула «решило»",
    "signatory_position": "Должность подписывающего",
    "signatory_name": "Подписывающий",
}


def _printed(value: object) -> str:
    return long_date(value) if isinstance(value, dt.date) else str(value or "")


@dataclass(frozen=True)
class _Row:
    """A paragraph, point or sub-point where it stands; two texts are compared by the keys of their rows."""

    key: str
    label: str
    line: str
    parent: str = ""


def _preamble_rows(text: ResolutionText) -> list[_Row]:
    rows = enumerate(text.preamble, start=1)
    return [_Row(one.key, f"Констатирующая часть, абзац {place}", one.text) for place, one in rows]


def _point_rows(text: ResolutionText) -> list[_Row]:
    return [_Row(one.key, f"Пункт {one.number}", f"{POINT_KINDS[one.kind].label}. {one.text}") for one in text.points]


def _subpoint_rows(text: ResolutionText) -> list[_Row]:
    return [
        _Row(one.key, f"Подпункт {point.number}.{place}", one.text, parent=point.key)
        for point in text.points
        for place, one in enumerate(point.subpoints, start=1)
    ]


def _row_changes(before: Iterable[_Row], after: Iterable[_Row]) -> Iterator[TextChange]:
    """Changes of rows in the order of the later text; what went stands where it stood."""
    old, new = {row.key: row for row in before}, {row.key: row for row in after}
    # What keeps its order was not moved, although its number may be another now.
    for _, i1, i2, j1, j2 in SequenceMatcher(a=list(old), b=list(new), autojunk=False).get_opcodes():
        keys_before, keys_after = list(old)[i1:i2], list(new)[j1:j2]
        for row in (old[key] for key in keys_before if key not in new):
            yield TextChange(row.label, row.line, "", row.key)
        for row in (new[key] for key in keys_after):
            was = old.get(row.key)
            if was is None:
                yield TextChange(row.label, "", row.line, row.key)
            elif row.key not in keys_before or row.parent != was.parent:
                yield TextChange(f"{row.label} (прежде: {was.label.lower()})", was.line, row.line, row.key)
            elif row.line != was.line:
                yield TextChange(row.label, was.line, row.line, row.key)


def text_changes(before: ResolutionText, after: ResolutionText) -> list[TextChange]:
    """What differs between two texts of one decision.

    Args:
        before: the earlier text.
        after: the later text.

    Returns:
        Changes in the order of the paper; empty when the texts are the same.
    """
    changes = []
    for name, label in _REQUISITES.items():
        old, new = _printed(getattr(before, name)), _printed(getattr(after, name))
        if old != new:
            changes.append(TextChange(label, old, new))
    changes += _row_changes(_preamble_rows(before), _preamble_rows(after))
    changes += _row_changes(_point_rows(before), _point_rows(after))
    changes += _row_changes(_subpoint_rows(before), _subpoint_rows(after))
    return changes
