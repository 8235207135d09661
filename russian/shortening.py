"""Texts for places that take only so much: properties of files, names of files and sheets."""

ELLIPSIS = "…"


def shortened(text: str, most: int) -> str:
    """A text that fits its place, «…» at the end of one that had to be cut.

    Args:
        text: of any length.
        most: how many characters the place takes; at least one.
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def within_bytes(text: str, most: int) -> str:
    """The beginning of a text that fits so many bytes of UTF-8; no letter is torn.

    Args:
        text: of any length.
        most: how many bytes the place takes.
    """
    return text.encode()[:most].decode(errors="ignore")
