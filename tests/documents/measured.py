"""A printed paper, measured in millimetres from the left and the top of its sheets."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber

from documents.engine import Paper, render_pdf

POINT = 25.4 / 72  # millimetres


@dataclass(frozen=True)
class Box:
    """A piece of text, or a drawing, with its four sides."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float = 0  # of the font, in points

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.1 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.1


def box(found: dict[str, Any], text: str = "", size: float = 0) -> Box:
    """A box of what pdfplumber found."""
    left, right, top, bottom = (float(found[name]) * POINT for name in ("x0", "x1", "top", "bottom"))
    return Box(text, left, right, top, bottom, size)


class Sheet:
    """One page."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = float(page.width) * POINT, float(page.height) * POINT
        self.letters = [box(char, char["text"], round(char["size"], 1)) for char in page.chars if char["text"].strip()]
        self.lines = [box(line, line["text"], round(line["chars"][0]["size"], 1)) for line in page.extract_text_lines()]
        self.words = [box(word, word["text"]) for word in page.extract_words()]
        self.drawings = [box(one) for one in [*page.rects, *page.curves]]

    def word(self, text: str) -> Box:
        """The last word that contains a text."""
        return [word for word in self.words if text in word.text][-1]

    def line(self, text: str) -> Box:
        """The first line that contains a text."""
        return next(line for line in self.lines if text in line.text)

    @property
    def frames(self) -> list[Box]:
        """Drawings as large as the mark of a signature: its frame, whose inner and outer edge count once."""
        large = [one for one in self.drawings if 60 < one.right - one.left < 90 and one.bottom - one.top > 10]
        frames: list[Box] = []
        for one in large:
            if not any(abs(one.left - other.left) < 1 and abs(one.top - other.top) < 1 for other in frames):
                frames.append(one)
        return frames

    @property
    def qr(self) -> Box:
        """The QR code: everything that is drawn in squares below the text."""
        dark = [one for one in self.drawings if one.top > 250 and one.right - one.left < 21]
        return Box(
            "",
            min(one.left for one in dark),
            max(one.right for one in dark),
            min(one.top for one in dark),
            max(one.bottom for one in dark),
        )


class Measured:
    """A paper, printed and opened."""

    def __init__(self, paper: Paper) -> None:
        self.content = render_pdf(paper)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Its pages."""
        with pdfplumber.open(BytesIO(self.content)) as pdf:
            return [Sheet(page) for page in pdf.pages]

    @property
    def text(self) -> list[Box]:
        """Every letter of 12 points and more below the page number."""
        return [one for sheet in self.sheets for one in sheet.letters if one.size >= 12 and one.top > 18]

    def line(self, text: str) -> Box:
        """The first line on any sheet that contains a text."""
        return next(line for sheet in self.sheets for line in sheet.lines if text in line.text)

    def common(self, what: str) -> float:
        """The commonest distance between lines, or size, of the text: "spacing" or "size"."""
        lines = [line for sheet in self.sheets[1:] for line in sheet.lines if line.size == 14]
        values = [b.top - a.top for a, b in pairwise(lines)] if what == "spacing" else [one.size for one in self.text]
        return Counter(round(value, 2) for value in values).most_common(1)[0][0]
