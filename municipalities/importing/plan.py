"""What an upload would change, cell by cell, and what is wrong with it: the log keeps it, the preview shows it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


class OutdatedPlan(Exception):
    """The plan is not what its reader has seen, or the portal is not what it was compared with."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell, old → new, in words."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row changes in its municipality.

    Attributes:
        file: place of the workbook in the upload, from 0.
        row: its number in the sheet.
        municipality: primary key.
        version: of the municipality, as it was compared with.
        name: of the municipality, as the portal has it.
        cells: what a reader sees.
        facts: new values by field of `Municipality`.
        statement: "status", "happened_on" (ISO) and "basis" of a new record of participation; None without one.
        warnings: what deserves a second look, in Russian.
        parts: what rooms above are to write (`registration.RowPart`), by the names of their parts.
    """

    file: int
    row: int
    municipality: int
    version: int
    name: str
    cells: Sequence[CellChange]
    facts: dict[str, Any]
    statement: dict[str, str] | None
    warnings: Sequence[str]
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with a cell; without a letter, with its row; without a row, with the whole file."""

    file: int
    row: int
    letter: str
    column: str
    text: str


@dataclass(frozen=True)
class Plan:
    """The whole upload: every change, every error, and what else is worth knowing."""

    rows: int = 0
    changes: Sequence[RowChange] = field(default_factory=list)
    errors: Sequence[CellError] = field(default_factory=list)
    notes: Sequence[str] = field(default_factory=list)

    @property
    def changed_cells(self) -> int:
        """How many cells differ."""
        return sum(len(change.cells) for change in self.changes)

    def to_json(self) -> dict[str, Any]:
        """As the log keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Plan":
        """What `to_json` returned."""
        changes = [
            RowChange(**{**change, "cells": [CellChange(**cell) for cell in change["cells"]]})
            for change in stored.get("changes", [])
        ]
        errors = [CellError(**error) for error in stored.get("errors", [])]
        return cls(stored.get("rows", 0), changes, errors, stored.get("notes", []))


def digest(stored: dict[str, Any]) -> str:
    """A short mark of a stored plan, by which a form says which one its reader has seen."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
