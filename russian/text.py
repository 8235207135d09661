"""Plain text as people type and paste it, and the words they search by.

Whatever comes in passes `plain` (forms by `russian.forms`, cells of workbooks and everything else by `tidy` and
`paragraphs`), so that what is stored can be seen, searched and printed.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

from russian.alphabets import in_cyrillic_letters

# What means something and is no ordinary sign: Word's own breaks and hyphens, marks of lists from its symbol fonts, and
# quotation marks of Windows that were taken for control characters.
_MEANT = str.maketrans(
    {
        **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
        **dict.fromkeys("\x1e\u2010\u2011", "-"),
        "\u2800": " ",  # a blank of Braille
        "\uf02d": "–",
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf06e": "■",
        "\uf06f": "□",
        "\uf0a8": "□",
        "\uf0d8": "➢",
        "\uf076": "❖",
        "\uf0fc": "✓",
        "\uf0fe": "☑",
        "\uf0e0": "→",
        "\uf0df": "←",
        "\uf0b0": "°",
        "\uf0b1": "±",
        "\uf0a3": "≤",
        "\uf0b3": "≥",
        "\x91": "‘",
        "\x92": "’",
        "\x93": "“",
        "\x94": "”",
        "\x95": "•",
        "\x96": "–",
        "\x97": "—",
    }
)
# Default_Ignorable_Code_Point of Unicode (DerivedCoreProperties.txt): zero widths, directions, joiners, fillers,
# variation selectors, tags; and the marks of annotations, which nobody sees either.
_NEVER_SEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = {"Cc", "Co", "Cs"}
_LINES = "\n\t"
_SPACES = re.compile(r"[ \t]+")


def plain(text: str) -> str:
    """What a person can see of a text: no invisible signs, ordinary spaces, Word's own signs as what they mean.

    Args:
        text: what was typed or pasted.

    Returns:
        The text, composed (NFC). Line breaks are "\\n", and tabs stay.
    """
    seen = _NEVER_SEEN.sub("", text.replace("\r\n", "\n").translate(_MEANT))
    return unicodedata.normalize("NFC", seen if seen.isprintable() else "".join(map(_seen, seen)))


def _seen(sign: str) -> str:
    """A sign as a person sees it: a space of any width as a space, nothing of what cannot be seen."""
    category = unicodedata.category(sign)
    if category == "Zs":
        return " "
    is_no_character = category == "Cn" and (ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF)
    return "" if is_no_character or (category in _CONTROL and sign not in _LINES) else sign


def tidy(text: str) -> str:
    """One paragraph as it should be stored: single spaces, no line breaks inside, no spaces around.

    Args:
        text: what was typed or pasted from Word.

    Returns:
        The paragraph. Words and punctuation stay as they were.
    """
    return _SPACES.sub(" ", plain(text).replace("\n", " ")).strip(" ")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a pasted text, tidied; empty lines are dropped.

    Args:
        text: any number of lines.

    Returns:
        One tidy string per line that says something.
    """
    return [tidied for line in plain(text).split("\n") if (tidied := tidy(line))]


def search_form(text: str) -> str:
    """The form in which texts are compared when people search: no case, «ё» as «е», single spaces, one alphabet.

    Args:
        text: a name or what somebody typed.

    Returns:
        The normalised text, with Cyrillic letters for Latin ones of the same look.
    """
    return in_cyrillic_letters(tidy(text).casefold().replace("ё", "е"))


def ordinary_digits(text: str) -> str:
    """A number with ordinary digits for those of other scripts, which look the same."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def plain_text(value: str) -> None:
    """Validate that a text went through `plain`: records refuse what a door let in as it was typed.

    Args:
        value: what is about to be stored.

    Raises:
        ValidationError: it holds something that nobody can see.
    """
    for sign in set(value) - set("\r\n\t"):
        if plain(sign) in ("", "\n"):
            raise ValidationError(
                "В тексте есть невидимый символ U+%(code)s: удалите его или наберите это место заново.",
                code="invisible",
                params={"code": f"{ord(sign):04X}"},
            )
