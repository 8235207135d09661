"""What an upload of the past comes to: the log keeps it, the preview shows it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from municipalities.importing.plan import digest
from resolutions.past.book import Letters, cell_of, letter_of
from resolutions.past.rows import Judged, PastDecision, RowFault, Sheet
from resolutions.text import day_and_number

KEPT_FAULTS = 1_000  # whoever has so many finds them by the first


@dataclass(frozen=True)
class SheetCount:
    """How many rows of a sheet are new, and how many the portal holds already."""

    title: str
    added: int
    known: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with the workbook.

    Attributes:
        place: «Пункты, B7»; empty where it is about the whole file.
        sheet: its title; empty likewise.
        cell: the coordinate by which it is marked in the workbook.
        text: a Russian sentence.
    """

    place: str
    sheet: str
    cell: str
    text: str

    @classmethod
    def of(cls, fault: RowFault, letters: Letters) -> "Fault":
        """What was found in a row, with where it stands in this very workbook."""
        coordinate = f"{letter_of(fault, letters) or 'A'}{fault.row or 1}"
        return cls(cell_of(fault, letters), fault.sheet.value, coordinate, fault.sentence)

    @classmethod
    def of_file(cls, sentence: str) -> "Fault":
        """What is wrong with the file as a whole."""
        return cls("", "", "", sentence)


@dataclass(frozen=True)
class NewDecision:
    """A decision that the portal did not hold before.

    Attributes:
        slug: its address.
        day: ISO.
        title: «Об …».
        number: in the Union's register; may be empty.
    """

    slug: str
    day: str
    title: str
    number: str = ""

    @property
    def day_and_number(self) -> str:
        """«27 июня 2024 г. № 5»."""
        return day_and_number(dt.date.fromisoformat(self.day), self.number)


@dataclass(frozen=True)
class PastPlan:
    """The whole upload.

    Attributes:
        sheets: what is added and known, in the order of the workbook; none when it was not judged.
        decisions: those that are added.
        faults: what is wrong, the first of them.
        errors: how many there are in all.
        notes: what the reader should know besides.
    """

    sheets: Sequence[SheetCount] = ()
    decisions: Sequence[NewDecision] = ()
    faults: Sequence[Fault] = ()
    errors: int = 0
    notes: Sequence[str] = ()

    @classmethod
    def judged(cls, judged: Judged, new: Iterable[PastDecision], letters: Letters, *notes: str) -> "PastPlan":
        """What the judge said.

        Args:
            judged: of all rows.
            new: the decisions that the portal did not hold before.
            letters: where the columns stand.
            *notes: what of the workbook was passed over.
        """
        sheets = [SheetCount(one.value, judged.added.get(one, 0), judged.known.get(one, 0)) for one in Sheet]
        decisions = [NewDecision(str(one.decision), one.adopted_on.isoformat(), one.title, one.number) for one in new]
        return replace(cls.refused(judged.faults, letters, *judged.notes, *notes), sheets=sheets, decisions=decisions)

    @classmethod
    def refused(cls, faults: Sequence[RowFault], letters: Letters, *notes: str) -> "PastPlan":
        """What is wrong with cells."""
        return cls(faults=[Fault.of(one, letters) for one in faults[:KEPT_FAULTS]], errors=len(faults), notes=notes)

    @classmethod
    def refused_whole(cls, sentence: str) -> "PastPlan":
        """What is wrong with a file that cannot be read."""
        return cls(faults=[Fault.of_file(sentence)], errors=1)

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(one.added for one in self.sheets)

    @property
    def more(self) -> int:
        """How many faults are not kept."""
        return self.errors - len(self.faults)

    @property
    def can_be_marked(self) -> bool:
        """Whether a fault has its place in the workbook, which then can be opened."""
        return any(one.place for one in self.faults)

    @property
    def seen(self) -> str:
        """A short mark by which a form says what its reader has seen, whatever was noted beside it."""
        return digest(replace(self, notes=()).to_json())

    def to_json(self) -> dict[str, Any]:
        """As the log keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "PastPlan":
        """What `to_json` returned; nothing of an upload that was not read yet."""
        return cls(
            sheets=[SheetCount(**one) for one in stored.get("sheets", [])],
            decisions=[NewDecision(**one) for one in stored.get("decisions", [])],
            faults=[Fault(**one) for one in stored.get("faults", [])],
            errors=stored.get("errors", 0),
            notes=stored.get("notes", []),
        )
