"""The one font of the paper: Liberation Serif 2, which has the widths of Times New Roman and covers Russian."""

import os
import unicodedata
from functools import lru_cache
from pathlib import Path

FAMILY = "Liberation Serif"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")


class PaperError(Exception):
    """A document cannot be made; the text is a Russian sentence for the person who asked for it."""


class FontMissing(PaperError):
    """The font of the paper is not installed, and another one would move every line."""

    def __init__(self) -> None:
        super().__init__(
            f"Документ нельзя напечатать: на сервере нет шрифта {FAMILY}. "
            "Попросите администратора установить пакет fonts-liberation2."
        )


class UnprintableCharacters(PaperError):
    """The text holds characters that the font lacks.

    Attributes:
        characters: each of them once, in the order of their first appearance.
    """

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        named = ", ".join(f"«{one}» (U+{ord(one):04X})" for one in characters[:10])
        more = " и другие" if len(characters) > 10 else ""
        super().__init__(f"В шрифте документа нет символов: {named}{more}. Замените или удалите их в тексте.")


def font_directories() -> list[Path]:
    """Where fonts are installed: the directories that fontconfig looks into by default."""
    home = Path.home()
    data_home = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    mac = [home / "Library/Fonts", Path("/Library/Fonts")]
    return [data_home / "fonts", home / ".fonts", *(Path(one) / "fonts" for one in shared if one), *mac]


@lru_cache(maxsize=1)
def font_files() -> dict[str, Path]:
    """The files of the font's faces.

    Returns:
        Face → file, for the four of `FACES`.

    Raises:
        FontMissing: at least one face is not installed. Not remembered: installing the font needs no restart.
    """
    files: dict[str, Path] = {}
    for directory in font_directories():
        for face in FACES:
            found = sorted(directory.rglob(f"LiberationSerif-{face}.ttf"))
            if found:
                # Version 1 may lie beside it, in a folder "liberation": fontconfig takes the newer one, and so do we.
                files.setdefault(face, found[-1])
    if len(files) < len(FACES):
        raise FontMissing
    return files


@lru_cache(maxsize=1)
def _printable() -> frozenset[int]:
    """The code points that the upright faces have; the paper uses no others."""
    # Imported here: slow, and needed only where a document is made.
    from fontTools.ttLib import TTFont

    covered: list[set[int]] = []
    for face in ("Regular", "Bold"):
        with TTFont(font_files()[face], lazy=True) as font:
            covered.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*covered))


def check_characters(text: str) -> None:
    """Make sure that a text can be printed.

    Args:
        text: everything that will stand on the paper.

    Raises:
        UnprintableCharacters: the font lacks some of it.
        FontMissing: there is no font to print with.
    """
    printable = _printable()
    strange = [one for one in dict.fromkeys(text) if ord(one) not in printable and not _is_blank(one)]
    if strange:
        raise UnprintableCharacters(strange)


def printable(text: str) -> str:
    """A text that came from elsewhere, such as a name in a certificate, without what cannot be printed.

    Args:
        text: any text.

    Returns:
        The text with «?» for each character that the font lacks.

    Raises:
        FontMissing: there is no font to print with.
    """
    known = _printable()
    return "".join(one if ord(one) in known or _is_blank(one) else "?" for one in text)


@lru_cache(maxsize=2)
def _widths(face: str) -> tuple[dict[int, int], int]:
    """Code point → width in units of the em, and how many units an em has."""
    from fontTools.ttLib import TTFont

    with TTFont(font_files()[face]) as font:
        metrics, em = font["hmtx"].metrics, int(font["head"].unitsPerEm)
        return {point: int(metrics[name][0]) for point, name in font.getBestCmap().items()}, em


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is on the paper.

    Args:
        text: one line; kerning is not counted.
        size: of the font, in points.
        bold: whether it is set in bold.

    Returns:
        Millimetres.

    Raises:
        FontMissing: there is no font to measure.
    """
    widths, em = _widths("Bold" if bold else "Regular")
    return sum(widths.get(ord(one), em) for one in text) / em * size * 25.4 / 72


def _is_blank(character: str) -> bool:
    """Spaces of any width and line ends leave no mark on the paper."""
    return unicodedata.category(character) in {"Zs", "Zl", "Zp"} or character in "\n\r\t\f"
