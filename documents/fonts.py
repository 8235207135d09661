"""The fonts of the paper: Liberation Serif 2, and what steps in for the signs that it lacks.

Liberation Serif has the widths of Times New Roman and covers Russian. Tinos is the same design with more signs, «₽»
among them; DejaVu has the rest, the Serif nearer to the text, the Sans for ticks, arrows and other scripts.
"""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SUBSTITUTE = "\ufffd"
"""What is printed for a sign that no font has. Unicode keeps it for just this, so that nobody takes it for a sign of
the text; one that stands in the text itself is what a damaged file leaves, and counts as unprintable."""


@dataclass(frozen=True)
class Family:
    """A font of the paper.

    Attributes:
        name: as fontconfig and the stylesheet know it.
        package: that brings it in Debian.
        upright, bold: names of the files whose signs count; a sign is printed when both faces have it.
        more: further files that have to be there.
    """

    name: str
    package: str
    upright: str
    bold: str
    more: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all its files."""
        return self.upright, self.bold, *self.more


def _family(name: str, package: str, stem: str) -> Family:
    """A family of four faces, named as Ascender names its files."""
    italics = f"{stem}-Italic.ttf", f"{stem}-BoldItalic.ttf"
    return Family(name, package, f"{stem}-Regular.ttf", f"{stem}-Bold.ttf", italics)


SERIF = _family("Liberation Serif", "fonts-liberation2", "LiberationSerif")
TINOS = _family("Tinos", "fonts-croscore", "Tinos")
DEJAVU_SERIF = Family("DejaVu Serif", "fonts-dejavu-core", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf")
DEJAVU_SANS = Family("DejaVu Sans", "fonts-dejavu-core", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
FAMILIES = (SERIF, TINOS, DEJAVU_SERIF, DEJAVU_SANS)
"""In the order in which they are asked for a sign."""


class PaperError(Exception):
    """A document cannot be made; the text is a Russian sentence for the person who asked for it."""


class FontMissing(PaperError):
    """A font of the paper is not installed, and another one would move every line.

    Attributes:
        family: which one.
    """

    def __init__(self, family: Family = SERIF) -> None:
        self.family = family
        why = "" if family is SERIF else ", а в документе есть знаки, которых нет в основном шрифте"
        super().__init__(
            f"Документ нельзя напечатать: на сервере нет шрифта {family.name}{why}. "
            f"Попросите администратора установить пакет {family.package}."
        )


def font_directories() -> list[Path]:
    """Where fonts are installed: the directories that fontconfig looks into by default."""
    home = Path.home()
    data_home = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    mac = [home / "Library/Fonts", Path("/Library/Fonts")]
    return [data_home / "fonts", home / ".fonts", *(Path(one) / "fonts" for one in shared if one), *mac]


@cache
def font_files(family: Family = SERIF) -> dict[str, Path]:
    """The files of a font.

    Args:
        family: which font.

    Returns:
        Name → file, for each of `Family.files`.

    Raises:
        FontMissing: at least one is not installed. Not remembered: installing the font needs no restart.
    """
    files: dict[str, Path] = {}
    for directory in font_directories():
        for name in family.files:
            found = sorted(directory.rglob(name))
            if found:
                # Version 1 may lie beside it, in a folder "liberation": fontconfig takes the newer one, and so do we.
                files.setdefault(name, found[-1])
    if len(files) < len(family.files):
        raise FontMissing(family)
    return files


@cache
def glyphs(family: Family) -> frozenset[int]:
    """The code points that a font has, upright and bold, and that mean the same to everybody.

    Raises:
        FontMissing: the font is not installed.
    """
    # Imported here: slow, and needed only where a document is made.
    from fontTools.ttLib import TTFont

    covered: list[set[int]] = []
    for name in (family.upright, family.bold):
        with TTFont(font_files(family)[name], lazy=True) as font:
            covered.append(set(font.getBestCmap()))
    return frozenset(point for point in set.intersection(*covered) if _has_a_meaning(chr(point)))


def _has_a_meaning(character: str) -> bool:
    """Neither a control character, nor for private use, nor unassigned, nor the trace of a lost one."""
    return unicodedata.category(character) not in {"Cc", "Cn", "Co", "Cs"} and character != SUBSTITUTE


def is_blank(character: str) -> bool:
    """Whether it is a space of any width or a line end."""
    return unicodedata.category(character) in {"Zs", "Zl", "Zp"} or character in "\n\r\t\f"


_FORMATTING = frozenset(
    [
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),  # joiners of marks, fillers, inherent vowels
        *range(0x180B, 0x1810),  # Mongolian variation selectors
        *range(0xFE00, 0xFE10),  # variation selectors
        *range(0xE0100, 0xE01F0),  # and their supplement
    ]
)
_FORMATS_WITH_A_GLYPH = frozenset(
    [*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, *range(0xFFF9, 0xFFFC), 0x110BD, 0x110CD]
)


def is_invisible(character: str) -> bool:
    """Whether it only says how its neighbours are set: a joiner, a selector, a soft hyphen, a direction, a BOM.

    Such a character leaves no mark on the paper. They are the default ignorable ones of the Unicode standard (5.21).
    """
    point = ord(character)
    return point in _FORMATTING or (unicodedata.category(character) == "Cf" and point not in _FORMATS_WITH_A_GLYPH)


@cache
def leaves_alone(character: str) -> bool:
    """Whether Liberation Serif alone prints it just as it is, which holds of nearly everything.

    Raises:
        FontMissing: Liberation Serif is not installed.
    """
    return (ord(character) in glyphs(SERIF) and not is_invisible(character)) or character in "\n\r\t\f"


def family_of(cluster: str) -> Family | None:
    """The font that a sign is printed in.

    Args:
        cluster: a character, with the marks that are set on it.

    Returns:
        The first font that has all of it; None when no font has.

    Raises:
        FontMissing: a font that has to be asked is not installed.
    """
    points = {ord(character) for character in cluster}
    return next((family for family in FAMILIES if points <= glyphs(family)), None)


def unprintable(text: str) -> list[tuple[int, str]]:
    """What of a text no font of the paper has.

    Args:
        text: any text.

    Returns:
        Place, from 0, and character, in the order of the text. Characters that leave no mark are none of them.

    Raises:
        FontMissing: a font that has to be asked is not installed.
    """
    strange = {one for one in set(text) if not (leaves_alone(one) or is_blank(one) or is_invisible(one))}
    lost = {one for one in strange if family_of(one) is None}
    return [(place, one) for place, one in enumerate(text) if one in lost] if lost else []


def clusters(text: str) -> Iterator[str]:
    """The signs of a text as they are set: each character with the marks that follow it.

    Args:
        text: any text.

    Yields:
        Pieces that add up to the text.
    """
    begin = 0
    for place in range(1, len(text)):
        if not unicodedata.category(text[place]).startswith("M"):
            yield text[begin:place]
            begin = place
    if text:
        yield text[begin:]


@cache
def _widths(name: str) -> tuple[dict[int, int], int]:
    """Code point → width in units of the em, and how many units an em has, of a file of Liberation Serif."""
    from fontTools.ttLib import TTFont

    with TTFont(font_files()[name]) as font:
        metrics, em = font["hmtx"].metrics, int(font["head"].unitsPerEm)
        return {point: int(metrics[name][0]) for point, name in font.getBestCmap().items()}, em


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is on the paper.

    Args:
        text: one line; kerning is not counted, and a sign of another font counts as a square.
        size: of the font, in points.
        bold: whether it is set in bold.

    Returns:
        Millimetres.

    Raises:
        FontMissing: there is no font to measure.
    """
    widths, em = _widths(SERIF.bold if bold else SERIF.upright)
    return sum(widths.get(ord(one), em) for one in text if not is_invisible(one)) / em * size * 25.4 / 72
