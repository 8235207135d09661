"""Filters for what is printed."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents import measures
from documents.fonts import width_mm
from documents.qr import QrCode, qr_code
from documents.stamps import Stamp
from documents.verification import Verification

register = template.Library()


@register.filter
def whole_words(text: str) -> SafeString:
    """Keep a hyphenated word on one line, where lines are short: «Северо-Запада».

    Args:
        text: a line of a requisite.

    Returns:
        Escaped HTML with each such word in a `span`.
    """
    paper = measures.PAPER
    words = [
        format_html('<span class="whole">{}</span>', word)
        if "-" in word and width_mm(word, paper.text_size) <= paper.stamped_position_width
        else word
        for word in text.split(" ")
    ]
    return format_html_join(" ", "{}", ((word,) for word in words))


@register.filter
def fit_beside(stamps: Sequence[Stamp] | None, name: str) -> bool:
    """Whether the marks of a copy stand between position and name, or have to stand below.

    Args:
        stamps: the marks, if any.
        name: of the signatory, as printed.

    Returns:
        True for at most three marks beside a name of ordinary length.
    """
    paper = measures.PAPER
    few = bool(stamps) and len(stamps or ()) <= 3
    return few and width_mm(name, paper.text_size) <= paper.stamped_name_width


@register.filter
def qr(verification: Verification) -> QrCode:
    """The QR code that leads to the page about a document, for `documents/_qr.html`."""
    return qr_code(verification)
