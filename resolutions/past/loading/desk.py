"""What lies on the desk while rows of the past are gone through: what they name, what is new, what is wrong."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from accounts.models import User
from municipalities.practices.models import Commitment
from resolutions.models import Ask, DecisionPoint, IncomingLetter, Letter, Resolution
from resolutions.past.columns import sentences_of
from resolutions.past.loading.telling import meant, told
from resolutions.past.rows import Judged, RowFault, Sheet
from revisions.ledger import recorded_now
from russian.templatetags.russian import quoted
from russian.text import tidy

FILE_NAME_LENGTH = 200  # with the words around it the ground of a step has room for no more

# Cells that are called like the columns that they fill.
NUMBER_AND_TEXT = {name: name for name in ("number", "text")}

# How rows name things: a matter by its decision and point, a letter by its year and number.
Matter = tuple[str, int | None]
LetterName = tuple[int, str]
FoundT = TypeVar("FoundT")


class Said(Protocol):
    """A row of a workbook."""

    @property
    def row(self) -> int:
        """Its row in the sheet."""
        ...


SaidT = TypeVar("SaidT", bound=Said)


@dataclass(frozen=True)
class Place:
    """A cell of the workbook."""

    sheet: Sheet
    row: int
    field: str = ""


class Desk:
    """Rows are gone through sheet by sheet. What they name is found by name, in the portal or on the desk.

    Attributes:
        by: who loads.
        ground: on what ground everything is written.
        today: the day of loading; `moment`: what ledgers keep as the moment of writing down.
        faults: what is wrong so far; `notes`: what may be wrong, and is loaded all the same.
        added, known: how many rows of a sheet are new, and how many the portal holds.
        doubtful: matters of which a row was left out: whether the rest of them follows cannot be told.
        decisions, points, letters, asks, incoming: what is named; None for what the workbook holds and is wrong.
        born: the asks that may be carried again, by their matter and number.
        carriers: the letters that carry an ask, by `id` of the ask: it may not be stored yet.
        new: what is to be stored, model by model, in order.
        promises: those of the portal that were kept or dropped.
        places: where the workbook says what a record holds, by `id`.
        rows: all that were gone through; `rows_of`: by what tells it from all others of its sheet, the first row.
    """

    def __init__(self, by: User, file_name: str, at: dt.datetime | None = None) -> None:
        self.by, self.ground = by, ground_of(file_name)
        self.today, self.moment = timezone.localdate(), at or recorded_now()
        self.faults: list[RowFault] = []
        self.notes: list[str] = []
        self.added: Counter[Sheet] = Counter()
        self.known: Counter[Sheet] = Counter()
        self.doubtful: set[Matter] = set()
        self.decisions: dict[str, Resolution | None] = {}
        self.points: dict[tuple[str, int], DecisionPoint | None] = {}
        self.letters: dict[LetterName, Letter | None] = {}
        self.matters: dict[LetterName, Matter] = {}
        self.asks: dict[tuple[LetterName, int], Ask | None] = {}
        self.born: dict[tuple[Matter, int], list[Ask]] = defaultdict(list)
        self.carriers: dict[int, list[Letter]] = defaultdict(list)
        self.incoming: dict[LetterName, IncomingLetter | None] = {}
        self.new: dict[type[models.Model], list[Any]] = defaultdict(list)
        self.promises: list[Commitment] = []
        self.places: dict[int, Place] = {}
        self.rows: list[Row] = []
        self.rows_of: dict[tuple[Sheet, Hashable], int] = {}

    def add(self, *records: models.Model) -> None:
        """Let records be stored."""
        for one in records:
            self.new[type(one)].append(one)

    def go_through(
        self,
        sheet: Sheet,
        rows: Iterable[SaidT],
        take: "Callable[[Row, SaidT], bool]",
        matter_of: Callable[[SaidT], Matter | None],
    ) -> None:
        """Go through a sheet.

        Args:
            sheet: which.
            rows: of it.
            take: goes through one row, and says whether it brings anything new.
            matter_of: whose row it is; None where that cannot be told.
        """
        for said in rows:
            row = Row(self, sheet, said.row)
            is_new = take(row, said)
            if row.is_sound:
                (self.added if is_new else self.known)[sheet] += 1
                self.add(*row.records)
            elif matter := matter_of(said):
                self.doubtful.add(matter)

    def judged(self) -> Judged:
        """What came of it."""
        return Judged(dict(self.added), dict(self.known), tuple(self.faults), tuple(self.notes))


class Row:
    """A row that is gone through.

    Attributes:
        desk: where it lies.
        is_sound: whether nothing is wrong with it so far, nor with what it names.
        records: what is to be stored if it is.
    """

    def __init__(self, desk: Desk, sheet: Sheet, number: int) -> None:
        self.desk, self.sheet, self.number, self.is_sound = desk, sheet, number, True
        self.records: list[models.Model] = []
        desk.rows.append(self)  # `id` tells records apart only while all of them are there

    def refuse(self, field: str, sentence: str) -> None:
        """Say what is wrong with a cell."""
        self.desk.faults.append(RowFault(self.sheet, self.number, field, sentence))
        self.is_sound = False

    def keep(self, record: models.Model, field: str = "") -> None:
        """Let a record be stored if the row is sound, and remember where the workbook says it."""
        self.records.append(record)
        self.desk.places[id(record)] = Place(self.sheet, self.number, field)

    def find(self, table: Mapping[Any, FoundT | None], key: Any, field: str, sentence: str) -> FoundT | None:
        """What a cell names. What the workbook holds and is wrong is told there, and not again.

        Args:
            table: of the desk.
            key: its name.
            field: of the cell.
            sentence: that there is no such thing.
        """
        found = table.get(key)
        if key not in table:
            self.refuse(field, sentence)
        elif found is None:
            self.is_sound = False
        return found

    def is_first(self, key: Hashable, field: str, what: str) -> bool:
        """Whether no row above says the same thing; a fault where one does.

        Args:
            key: what tells it from all others of its sheet.
            field: of the cell that says it.
            what: what it is called, at the beginning of a sentence.
        """
        first = self.desk.rows_of.get((self.sheet, key))
        if first is not None:
            self.refuse(field, f"{what}: это уже названо в строке {first}.")
        self.desk.rows_of.setdefault((self.sheet, key), self.number)
        return first is None

    def validate(self, record: models.Model, fields: Mapping[str, str]) -> None:
        """See whether the columns of a record can hold what they are to hold, and the house allows it there.

        Args:
            record: not stored yet.
            fields: by the names of its columns those of the cells; the other columns are not asked about.
        """
        try:
            record.clean_fields(exclude={one.name for one in record._meta.concrete_fields} - fields.keys())
        except ValidationError as refused:
            for name, errors in refused.error_dict.items():
                self.refuse(fields[name], " ".join(sentences_of(ValidationError(errors))))

    def compare(self, whose: str, pairs: Mapping[str, tuple[Any, Any]]) -> None:
        """See whether the portal holds what the row says. An empty cell says nothing.

        Args:
            whose: what the portal holds, in the genitive.
            pairs: by cell, what the row says and what the portal holds.
        """
        for field, (said, held) in pairs.items():
            if said not in ("", (), None) and said != (meant(held) if isinstance(held, str) else held):
                here = "здесь пусто" if held in ("", (), None) else f"здесь другое: {told(held)}"
                self.refuse(field, f"В портале у {whose} {here}. В файле: {told(said)}.")


def ground_of(file_name: str) -> str:
    """«Загрузка из файла „Папка 2019.xlsx“», in «ёлочки», of a name of any length."""
    name = tidy("".join(one for one in file_name if one.isprintable()))
    return f"Загрузка из файла {quoted(name[:FILE_NAME_LENGTH] or 'без имени')}"
