"""Filters for what is printed."""

import re

from django import template

from documents.qr import QrCode, qr_code
from documents.verification import Verification

register = template.Library()

NBSP = "\u00a0"

_INITIALS = r"[А-ЯЁ]\.(?: ?[А-ЯЁ]\.)?"
_BOUND = (
    re.compile(rf"(?<=\w) (?={_INITIALS}(?:\W|$))"),  # Долгих Д.С.
    re.compile(r"(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])"),  # Н.В. Корягина
    re.compile(r"(?<=№) (?=\d)|(?<=\bN) (?=\d)"),  # № 309
    re.compile(r"(?<=\bг\.) (?=[А-ЯЁ])"),  # г. Архангельск
    re.compile(r"(?<=\d) (?=(?:г\.|гг\.|год|тыс\.|млн|млрд|руб\.|%))"),  # 250 тыс.
    re.compile(r"(?<=\b[авиксоуАВИКСОУ]) (?=[\w«])"),  # a preposition of one letter does not end a line
    re.compile(r" (?=[–—-] )"),  # a dash does not begin a line
)


@register.filter
def bound(text: str) -> str:
    """Keep together what a typist keeps together: initials with the surname, «№» with its number, a dash with its word.

    Args:
        text: a paragraph.

    Returns:
        The same words with no-break spaces in those places; escaped by the template as any other text.
    """
    for place in _BOUND:
        text = place.sub(NBSP, text)
    return text


@register.filter
def qr(verification: Verification) -> QrCode:
    """The QR code that leads to the page about a document, for `documents/_qr.html`."""
    return qr_code(verification)
