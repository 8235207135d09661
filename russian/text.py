"""Plain text as people paste it, and the words they search by."""

import re
import unicodedata

from django.core.exceptions import ValidationError

_MARKUP = re.compile(r"<\s*[a-zA-Zа-яА-ЯёЁ/!?][^>]{0,40}>?")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
_ALLOWED_INVISIBLE = {"\n", "\r", "\t", "\u00ad"}


def search_form(text: str) -> str:
    """The form in which texts are compared when people search: no case, «ё» as «е», single spaces.

    Args:
        text: a name or what somebody typed.

    Returns:
        The normalised text.
    """
    return _SPACES.sub(" ", text.casefold().replace("ё", "е")).strip()


def tidy(text: str) -> str:
    """One paragraph as it should be stored: single spaces, no line breaks inside, no spaces around.

    Args:
        text: what was typed or pasted from Word.

    Returns:
        The paragraph. Words and punctuation stay as they were.
    """
    without_soft_hyphens = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return _SPACES.sub(" ", re.sub(r"\s*[\r\n\u2028\u2029\x0b\x0c]+\s*", " ", without_soft_hyphens)).strip()


def ordinary_digits(text: str) -> str:
    """A number with ordinary digits for those of other scripts, which look the same."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def longest_form(text: str) -> int:
    """How long a text is at the most, as it was typed or as `tidy` composes it: some signs fall apart into two.

    Every limit of length is judged by this (`russian.apps`), so that what is stored never outgrows its column.

    Args:
        text: what was typed.
    """
    return max(len(text), len(unicodedata.normalize("NFC", text)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a pasted text, tidied; empty lines are dropped.

    Args:
        text: any number of lines.

    Returns:
        One tidy string per line that says something.
    """
    return [tidied for line in re.split(r"[\r\n\u2028\u2029\x0b\x0c]+", text) if (tidied := tidy(line))]


def plain_text(value: str) -> None:
    """Validate that a text is only text: no markup, nothing invisible.

    Args:
        value: what somebody typed.

    Raises:
        ValidationError: the text holds something like an HTML tag, or a control character.
    """
    markup = _MARKUP.search(value)
    if markup:
        raise ValidationError(
            "Разметка HTML здесь не нужна: уберите «%(markup)s» и оставьте обычный текст.",
            code="markup",
            params={"markup": markup.group().strip()[:40]},
        )
    for character in value:
        if unicodedata.category(character) in _INVISIBLE and character not in _ALLOWED_INVISIBLE:
            raise ValidationError(
                "В тексте есть невидимый символ U+%(code)s: удалите его или наберите это место заново.",
                code="invisible",
                params={"code": f"{ord(character):04X}"},
            )
