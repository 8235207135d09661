"""The text of a decision as one value: what is edited, compared, printed and kept as a version."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from typing import Any, Self

from django.db import models

from russian.templatetags.russian import long_date


class PointKind(models.TextChoices):
    """What a point of a decision does."""

    RECOMMENDATION = "recommendation", "Рекомендация"
    APPEAL = "appeal", "Обращение"
    GRATITUDE = "gratitude", "Благодарность"
    ASSIGNMENT = "assignment", "Поручение"


@dataclass(frozen=True)
class PointText:
    """One numbered point."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True)
class ResolutionText:
    """Everything that stands on the paper, in the order in which it stands there."""

    union_name: str
    body_name: str
    adopted_on: dt.date | None
    place: str
    title: str
    hearing: str
    noting: str
    preamble: tuple[str, ...]
    deciding: str
    points: tuple[PointText, ...]
    signatory_position: str
    signatory_name: str

    def as_json(self) -> dict[str, Any]:
        """The text as plain JSON values; `from_json` reads it back."""
        return asdict(self) | {
            "adopted_on": self.adopted_on.isoformat() if self.adopted_on else None,
            "preamble": list(self.preamble),
            "points": [asdict(point) for point in self.points],
        }

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
        plain = {field.name: data[field.name] for field in fields(cls)}
        return cls(
            **plain
            | {
                "adopted_on": dt.date.fromisoformat(data["adopted_on"]) if data["adopted_on"] else None,
                "preamble": tuple(data["preamble"]),
                "points": tuple(PointText(**point) for point in data["points"]),
            }
        )


@dataclass(frozen=True)
class TextChange:
    """One place at which two texts of a decision differ; an empty side means that the place came or went."""

    label: str
    before: str
    after: str


_REQUISITES = {
    "union_name": "Название Союза",
    "body_name": "Орган",
    "adopted_on": "Дата",
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


def _row_changes(label: str, before: list[str], after: list[str]) -> list[TextChange]:
    """Changes of a list of paragraphs; an inserted one does not make all that follow look changed."""
    changes = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(i2 - i1, j2 - j1)):
            old = before[i1 + step] if i1 + step < i2 else ""
            new = after[j1 + step] if j1 + step < j2 else ""
            place = (j1 if new else i1) + step + 1
            changes.append(TextChange(f"{label} {place}", old, new))
    return changes


def _point_lines(text: ResolutionText) -> list[str]:
    return [f"{PointKind(point.kind).label}. {point.text}" for point in text.points]


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
    changes += _row_changes("Констатирующая часть, абзац", list(before.preamble), list(after.preamble))
    changes += _row_changes("Пункт", _point_lines(before), _point_lines(after))
    return changes
