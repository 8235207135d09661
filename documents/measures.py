"""The measures of the paper: margins, places, sizes of type. Stylesheet, Word files and checklists read them here.

ГОСТ Р 7.0.97-2025 gives the format, the margins, the indent, the range of sizes and the place of the page number
(section 3) and the width of an addressee (5.15); where it leaves a choice, the paper is made for reading. The white
space between two blocks is no measure: each layout has its own.
"""

from dataclasses import dataclass, field, fields
from typing import Any


def _mm(length: float) -> Any:
    """A field that holds millimetres."""
    return field(default=length, metadata={"unit": "mm"})


def _pt(size: float) -> Any:
    """A field that holds points."""
    return field(default=size, metadata={"unit": "pt"})


def _times(factor: float) -> Any:
    """A field that multiplies."""
    return field(default=factor, metadata={"unit": ""})


@dataclass(frozen=True)
class Measures:
    """The measures of one kind of paper. Who reads them reads `PAPER`, each time anew.

    Attributes:
        number_margin: between the edge of the sheet and the number of the page, at least.
        heading_width: the heading of a decision, at the left.
        block_width: the addressee at the right, number and heading of a letter at the left, the mark of an annex.
        position_width: the position of the signatory; the rest of the line is for the name.
        annex_mark_width: «Приложение:»; the entries have the rest of the line.
        stamped_position_width, stamps_width, stamped_name_width: position, marks and name on a copy, side by side.
        stamp_width, stamp_gap: a mark below the signature, two in a line, and what stands between them.
        qr_side, qr_gap, qr_caption_width: the code, the quiet zone at its left, the text beside it.
        qr_space: between the text of the first sheet and the code.
        label_width, figure_width: the columns of a table with labels, and with figures.
        small_size: tables, page numbers, the executor.
        tiny_size: marks of signatures, the text beside the QR code.
        line_height: of the paper, in sizes of type.
        word_spacing: the same for Word, which counts in lines of the font, 1.15 of its size.
    """

    sheet_width: float = _mm(210)
    sheet_height: float = _mm(297)
    left_margin: float = _mm(30)
    right_margin: float = _mm(10)
    top_margin: float = _mm(20)
    bottom_margin: float = _mm(20)
    number_margin: float = _mm(10)
    first_line_indent: float = _mm(12.5)
    heading_width: float = _mm(105)
    block_width: float = _mm(78)
    position_width: float = _mm(90)
    annex_mark_width: float = _mm(30)
    stamped_position_width: float = _mm(56)
    stamps_width: float = _mm(68)
    stamped_name_width: float = _mm(42)
    stamp_width: float = _mm(83)
    stamp_gap: float = _mm(2)
    qr_side: float = _mm(20)
    qr_gap: float = _mm(4)
    qr_caption_width: float = _mm(140)
    qr_space: float = _mm(6)
    label_width: float = _mm(52)
    figure_width: float = _mm(45)
    text_size: float = _pt(14)
    union_size: float = _pt(16)
    body_size: float = _pt(15)
    kind_size: float = _pt(18)
    small_size: float = _pt(12)
    tiny_size: float = _pt(9)
    line_height: float = _times(1.25)
    word_spacing: float = _times(1.15)

    @property
    def text_width(self) -> float:
        """Between the margins, in millimetres."""
        return self.sheet_width - self.left_margin - self.right_margin

    @property
    def first_line_width(self) -> float:
        """What the indent leaves for the first line of a paragraph, in millimetres."""
        return self.text_width - self.first_line_indent

    @property
    def name_width(self) -> float:
        """What the position leaves for the name of the signatory, in millimetres."""
        return self.text_width - self.position_width

    def as_css(self) -> str:
        """A style sheet that gives each measure a custom property: `left_margin` is `var(--left-margin)`."""
        given = {one.name: f"{getattr(self, one.name):g}{one.metadata['unit']}" for one in fields(self)}
        given["text_width"] = f"{self.text_width:g}mm"
        properties = "; ".join(f"--{name.replace('_', '-')}: {value}" for name, value in given.items())
        return f":root {{{properties}}}"


PAPER = Measures()
