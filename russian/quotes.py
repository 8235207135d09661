"""«Ёлочки» around a name that may hold quotation marks itself."""

import re

_ENGLISH = {"“": "„", "”": "“"}  # where ” stands, “ opens
_STRAIGHT_PAIR = re.compile(r'"(?=\S)([^"]*?)(?<=\S)"')


def quoted(text: str) -> str:
    """A name between «ёлочки»; its own quotation marks become „лапки“, and none stays open.

    Args:
        text: «О проекте «Чистый двор»», or a name that stands in quotation marks as a whole and gets no second ones.

    Returns:
        «О проекте „Чистый двор“». Words and other signs stay as they were.
    """
    inner = _in_paws(text)
    if _is_whole(inner):
        inner = inner[1:-1]
    left_open = inner.count("„") - inner.count("“")
    return f"«{inner}{'“' * left_open}»"


def _in_paws(text: str) -> str:
    """A text with „лапки“ for whatever quotation marks it has."""
    if "”" in text:
        text = "".join(_ENGLISH.get(one, one) for one in text)
    return _STRAIGHT_PAIR.sub(r"„\1“", text.replace("«", "„").replace("»", "“"))


def _is_whole(text: str) -> bool:
    """Whether the first mark is closed by the last sign and not before."""
    depth = 0
    for place, one in enumerate(text):
        depth += {"„": 1, "“": -1}.get(one, 0)
        if depth == 0:
            return place == len(text) - 1 > 0
    return False
