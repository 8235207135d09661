"""Differences between two texts, word by word, as a reader wants them."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class DiffPiece:
    """A run of text that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def word_diff(old: str, new: str) -> list[DiffPiece]:
    """The way from one text to another.

    Args:
        old: the earlier text.
        new: the later text.

    Returns:
        Pieces in reading order; those that are not "added" make up `old`, those not "removed" make up `new`.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    pieces: list[DiffPiece] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(DiffPiece("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(DiffPiece("removed", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(DiffPiece("added", "".join(after[j1:j2])))
    return pieces
