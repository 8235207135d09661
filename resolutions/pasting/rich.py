"""The lines of a list as Word and LibreOffice put them into the clipboard as HTML: where each stands is said there.

Word writes paragraphs with `mso-list:l0 level2 lfo1` and the number in a span of its own, LibreOffice and browsers
nested `<ol>` and `<ul>`, Word Online flat ones with `data-aria-level`. Of all else the text is read and nothing more.
"""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml brings no types

from resolutions.pasting.marks import mark_of
from resolutions.pasting.plain import PastedLine, Place

LONGEST = 200_000  # characters, as in `pasting.js`; of a decision of five pages Word makes a third of it

_MSO_LIST = re.compile(r"mso-list:\s*(l\d{1,6})\s+level(\d)", re.IGNORECASE)
_MARK_ONLY = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
_LEVEL = re.compile(r"[1-9]")
_SPACES = re.compile(r"[ \t\r\n]+")
_UNREAD = {"head", "style", "script", "title", "del", "template", "xml"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = _HEADINGS | {"p", "li", "ol", "ul", "div", "td", "th", "tr", "table", "blockquote", "dt", "dd"}


def rich_lines(html: str) -> list[PastedLine]:
    """The lines of a document with what it says of their places.

    Args:
        html: from the clipboard; whatever it is, only its text is taken.

    Returns:
        The lines that say something; none where nothing can be read, or where it is too long.
    """
    if len(html) > LONGEST:
        return []
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(html.encode("utf-8", "ignore"), parser)
    reader = _Reader()
    if root is not None:
        reader.read(root)
        reader.end_line()
    return reader.lines


def _unwrapped(spaces: re.Match[str]) -> str:
    """Spaces as they came, so that a tab tells of a mark; where a source line was broken, one space."""
    return " " if "\n" in spaces[0] or "\r" in spaces[0] else spaces[0]


class _Reader:
    """Walks through a document and gathers its lines."""

    def __init__(self) -> None:
        self.lines: list[PastedLine] = []
        self.text: list[str] = []
        self.typed = ""
        self.place: Place | None = None
        self.lists: list[str] = []

    def end_line(self) -> None:
        """What was gathered is a line; what follows has no place yet."""
        text = _SPACES.sub(_unwrapped, "".join(self.text))
        said = " ".join(text.split())
        if said and self.place:
            self.lines.append(PastedLine(said, mark_of(f"{self.typed}\t{said}") if self.typed else None, self.place))
        elif said:
            self.lines.append(PastedLine(said, mark_of(text)))
        if said or not self.lists:  # an item may begin with the paragraph inside it
            self.text, self.typed, self.place = [], "", None

    def read(self, node: Any) -> None:
        """Read an element with all that is in it; libxml2 lets none be deeper than 256."""
        name, style = str(node.tag).lower(), node.get("style", "")
        if name in _UNREAD or _HIDDEN.search(style):
            return
        if _MARK_ONLY.search(style):
            self.typed = " ".join("".join(node.itertext()).split())
            return
        is_block = name in _BLOCKS
        if is_block or name == "br":
            self.end_line()
        self._enter(node, name, style)
        self.text.append(node.text or "")
        for inner in node:
            self.read(inner)
            self.text.append(inner.tail or "")
        if is_block:
            self.end_line()
        if name in ("ol", "ul"):
            self.lists.pop()

    def _enter(self, node: Any, name: str, style: str) -> None:
        """What an element says of the place of the next line."""
        of_word = _MSO_LIST.search(style)
        if name in ("ol", "ul"):
            self.lists.append(f"{name} {node.get('type', '')}")
        elif of_word:
            self.place = Place(f"word {of_word[1].lower()}", int(of_word[2]))
        elif name == "li":
            kind = self.lists[-1] if self.lists else "ul"
            # Word Online writes each line as a list of its own, and its level beside it; Google does both.
            told = _LEVEL.fullmatch(node.get("data-aria-level") or node.get("aria-level") or "")
            self.place = Place(f"html {kind}", int(told[0]) if told else max(len(self.lists), 1))
