"""Whom a point thanks: read from its wording, for a human to check."""

import re

from resolutions.text import PointText

# A name as decisions write it, «Долгих Д.С.», ends what is said of one person.
_PERSON = re.compile(
    r"\s*(?P<position>.+?)\s+(?P<name>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.)(?:,\s*|\s*$)"
)
_LEAD = re.compile(r"^Выразить\s+(?:\w+\s+)?благодарность\s+(?:за\s+\S+(?:\s+\S+)?\s+)?", re.IGNORECASE)


def persons_in(point: PointText) -> list[tuple[str, str]]:
    """The persons that a point thanks, in its own text and in its sub-points.

    Args:
        point: «Выразить благодарность за … доклады координатору проекта … Долгих Д.С., советнику … Голубеву А.В.».

    Returns:
        Position and name of each, in the case in which they stand (the dative); empty when the wording is another.
    """
    lead = _LEAD.match(point.text)
    if lead is None:
        return []
    phrases = (point.text[lead.end() :], *(one.text.rstrip(" ;,") for one in point.subpoints))
    return [(person["position"], person["name"]) for phrase in phrases for person in _PERSON.finditer(phrase)]
