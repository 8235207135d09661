"""Texts that name a document or a link: the links in them, for a template to draw."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>«»\"]+", re.IGNORECASE)
_PUNCTUATION = ".,;:!?'"


@dataclass(frozen=True)
class TextPiece:
    """A part of a text; `url` is empty where it is only text."""

    text: str
    url: str = ""


def pieces(text: str) -> list[TextPiece]:
    """Cut a text into plain parts and links.

    Args:
        text: «Постановление № 5, https://gorod.example/doc».

    Returns:
        The parts in their order; together they are the text. Only http and https addresses become links.
    """
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = _without_tail(found.group())
        if not _has_host(address):
            continue
        if found.start() > end:
            parts.append(TextPiece(text[end : found.start()]))
        parts.append(TextPiece(address, address))
        end = found.start() + len(address)
    if end < len(text):
        parts.append(TextPiece(text[end:]))
    return parts


def _without_tail(address: str) -> str:
    """The address without the punctuation of the sentence around it."""
    address = address.rstrip(_PUNCTUATION)
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(_PUNCTUATION)
    return address


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # an unfinished IPv6 address
        return False
