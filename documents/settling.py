"""Settling a paper's text: the last that happens to it before it is laid out, whatever kind of paper it is.

The typographer binds each text of the document (`russian.typography`), and words longer than any line may be broken. A
sign that Liberation Serif lacks is set in a font that has it, without moving the lines. One that no font has becomes
«�», and the end of the paper says what stood there: what is recorded can always be printed. What a decision or a
letter may not hold is said before it is issued (`documents.checklist.unprintable`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from documents.fonts import (
    FAMILIES,
    SERIF,
    SUBSTITUTE,
    TINOS,
    Family,
    clusters,
    family_of,
    is_blank,
    leaves_alone,
    unprintable,
)
from russian.templatetags.russian import counted, plural_form
from russian.text import is_never_seen
from russian.typography import NBSP, typeset

Piece = tuple[str, tuple[Family, ...]]
"""A text and the fonts that have to be asked for by name, in this order; none where it is the paper's own, and
`_IN_THE_LINE` where it is a part of its own all the same."""

_NOT_PROSE = {"head", "script", "style"}
_IN_THE_LINE = (SERIF, TINOS)  # of the same widths and heights: Pango may choose between them
_MANY_PIECES = 200
_TOLD = 50  # of different signs; a text in a script that no font has would fill sheets with their codes

_MAY_BREAK = "\u200b"
# A line of the text has 70 letters. What is longer is opened every ten letters: at each letter it would take minutes.
_LONG_WORD = re.compile(r"\S{61,}")
_LONG_CHAIN = re.compile(r"[^ \n\r\t\f]{61,}")
_MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# The least width of a text in a table is asked for, which lays out its rest anew at each place to break but a space:
# parts of their own keep that from growing with the square.
_PART = re.compile(rf"(?:[^{_MAY_BREAK}]*{_MAY_BREAK}){{1,30}}|[^{_MAY_BREAK}]+$")
_TEN_SIGNS = re.compile(rf"(.{{10}}[{_MARKS}]*)(?=.)")


def settle(root: Element) -> None:
    """Make a document printable, in place.

    Args:
        root: the `html` element.

    Raises:
        FontMissing: a font is missing that the text asks for.
    """
    body = root.find("body")
    if body is None:
        return
    lost: Counter[str] = Counter()
    _settle_inside(body, lost)
    if lost:
        SubElement(body, "p", {"class": "remark"}).text = remark(lost)


def remark(lost: Counter[str]) -> str:
    """What the end of a paper says of the signs that no font has.

    Args:
        lost: how often each was to be printed, in the order of their first appearance.

    Returns:
        A Russian sentence with their code points: their names in the Unicode standard are English.
    """
    total = lost.total()
    signs = plural_form(total, "знака, которого", "знаков, которых", "знаков, которых")
    first = list(lost.items())[:_TOLD]
    codes = f"U+{ord(first[0][0]):04X}" if total == 1 else ", ".join(_told(*one) for one in first)
    if len(lost) > _TOLD:
        codes += f" и ещё {counted(len(lost) - _TOLD, 'другой знак,других знака,других знаков')}"
    return typeset(f"Вместо {total}{NBSP}{signs} нет в шрифтах документа, напечатано «{SUBSTITUTE}»: {codes}.")


def _told(sign: str, number: int) -> str:
    return f"U+{ord(sign):04X}{NBSP}– {number}{NBSP}{plural_form(number, 'раз', 'раза', 'раз')}"


def _settle_inside(element: Element, lost: Counter[str]) -> None:
    """Settle the text of an element and of all within, in the order of reading."""
    children = list(element)
    if element.text and not element.text.isspace():
        _put(element, None, _settled(element.text, lost))
    for child in children:
        # Drawings (SVG) have a namespace; their texts are no letters on the paper.
        if isinstance(child.tag, str) and child.tag not in _NOT_PROSE and not child.tag.startswith("{"):
            _settle_inside(child, lost)
        if child.tail and not child.tail.isspace():
            _put(element, child, _settled(child.tail, lost))


def _put(parent: Element, after: Element | None, pieces: list[Piece]) -> None:
    """Write pieces into an element, in the place of the text at its beginning or of the text after a child."""
    last = after
    if last is None:
        parent.text = ""
    else:
        last.tail = ""
    for piece, families in pieces:
        if families:
            style = "font-family: " + ", ".join(f"'{family.name}'" for family in families)
            is_own = families == _IN_THE_LINE
            sign = Element("span", {} if is_own else {"class": "sign", "style": style})
            sign.text = piece
            parent.insert(0 if last is None else list(parent).index(last) + 1, sign)
            last = sign
        elif last is None:
            parent.text = piece
        else:
            last.tail = piece


def _settled(text: str, lost: Counter[str]) -> list[Piece]:
    """Settle one text.

    Args:
        text: as the template gave it.
        lost: counts what no font has.

    Returns:
        The pieces to print, one for the most texts.
    """
    if all(map(leaves_alone, set(text))):
        return _parted([(_breakable(typeset(text)), ())])
    text = _breakable(typeset(_substituted(text, lost)))
    pieces = list(_pieces(text))
    # Laying out many takes a time that grows with their square: of so many, Pango chooses the fonts.
    return _parted(pieces if len(pieces) <= _MANY_PIECES else [(text, FAMILIES)])


def _parted(pieces: list[Piece]) -> list[Piece]:
    """Pieces in which words longer than any line are cut, at places where they may be broken anyway."""
    return [
        (part, families or (_IN_THE_LINE if len(parts) > 1 else ()))
        for text, families in pieces
        for parts in [_PART.findall(text)]
        for part in parts
    ]


def _breakable(text: str) -> str:
    """A text whose words can be broken where they are longer than any line, by a space without width."""
    text = _LONG_WORD.sub(lambda word: _TEN_SIGNS.sub(rf"\1{_MAY_BREAK}", word.group()), text)
    return _LONG_CHAIN.sub(lambda chain: chain.group().replace(NBSP, NBSP + _MAY_BREAK), text)


def _substituted(text: str, lost: Counter[str]) -> str:
    """A text without what leaves no mark, and with «�» for what no font has."""
    strange = [character for _place, character in unprintable(text)]
    lost.update(strange)
    gone = set(strange)
    return "".join(SUBSTITUTE if one in gone else _narrowed(one) for one in text if not is_never_seen(one))


def _narrowed(character: str) -> str:
    """A space of a width that the font lacks is a space."""
    return " " if is_blank(character) and not leaves_alone(character) else character


def _pieces(text: str) -> Iterator[Piece]:
    """Cut a text by fonts."""
    for families, signs in groupby(_signs(text), key=lambda pair: pair[1]):
        yield "".join(sign for sign, _families in signs), families


def _signs(text: str) -> Iterator[Piece]:
    """Each sign with its font. Spaces between two signs of one font are of that font: words of a script that runs from
    the right would be set one by one from the left otherwise."""
    spaces = ""
    before: tuple[Family, ...] = ()
    for cluster in clusters(text):
        if cluster.isspace():
            spaces += cluster
            continue
        for sign, families in _fonts_of(cluster):
            if spaces:
                yield spaces, families if families == before else ()
            yield sign, families
            spaces, before = "", families
    if spaces:
        yield spaces, ()


def _fonts_of(cluster: str) -> Iterator[Piece]:
    """The font of a sign; where no font has it with all its marks, of each of its characters."""
    whole = None if set(cluster) & {SUBSTITUTE, _MAY_BREAK} else family_of(cluster)
    for part in [cluster] if whole else cluster:
        family = whole or (None if part in (SUBSTITUTE, _MAY_BREAK) else family_of(part))
        yield part, (family, *_IN_THE_LINE) if family and family not in _IN_THE_LINE else ()
