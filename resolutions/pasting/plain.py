"""The lines of a pasted text, as the splitting sees them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resolutions.pasting.marks import Mark, mark_of

_BREAKS = re.compile(r"[\r\n\u000b\u000c\u0085\u2028\u2029]+")  # U+000B is a soft line break of Word


@dataclass(frozen=True)
class Place:
    """Where a list of HTML says that its line stands.

    Attributes:
        list_id: which list it is.
        depth: how deep in it, from 1.
    """

    list_id: str
    depth: int

    @property
    def source(self) -> str:
        """«word» or «html»; depths are compared within one."""
        return self.list_id.partition(" ")[0]


@dataclass(frozen=True)
class PastedLine:
    """One line.

    Attributes:
        text: the line as it was pasted, with its mark if that was typed.
        mark: what may be its numbering.
        place: where it stands by the word of the document itself; such a line surely belongs to a list.
        indent: how many spaces stand before it, where a plain text has some.
    """

    text: str
    mark: Mark | None = None
    place: Place | None = None
    indent: int = 0

    @property
    def unmarked(self) -> str:
        """The line without what may be its numbering."""
        return self.mark.rest if self.mark else self.text

    @property
    def is_marked(self) -> bool:
        """Whether it may stand in a list."""
        return bool(self.mark or self.place)

    @property
    def begins(self) -> bool:
        """Whether a list may begin with it."""
        return bool(self.place) or bool(self.mark and any(one.begins for one in self.mark.readings))


def plain_lines(text: str) -> Iterator[PastedLine]:
    """The lines of a plain text that say something.

    Args:
        text: what was pasted; paragraphs and soft line breaks end a line.
    """
    for line in _BREAKS.split(text):
        if line.strip():
            indent = len(line.expandtabs()) - len(line.expandtabs().lstrip())
            yield PastedLine(line.strip(), mark_of(line), indent=indent)
