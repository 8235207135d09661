"""The rows of the editor as they are sent: read whatever they hold, moved, added, removed, made of a list from Word."""

from typing import Any

from django.http import QueryDict

from resolutions.kinds import NEW_POINT
from resolutions.pasting.split import Pasted, split
from revisions.numbers import whole_number

MAX_ROWS = 200

Row = dict[str, Any]
Rows = list[Row]
BLANK_ROWS: dict[str, Row] = {
    "preamble": {"key": "", "text": ""},
    "points": {"key": "", "is_subpoint": "", "kind": NEW_POINT, "text": "", "html": "", "as_one": ""},
}


def sent_rows(data: QueryDict, prefix: str) -> Rows:
    """The rows of a formset as they were sent, whatever they hold."""
    count = min(whole_number(data.get(f"{prefix}-TOTAL_FORMS", "0"), most=10**9) or 0, MAX_ROWS)
    return [
        {name: data.get(f"{prefix}-{position}-{name}", default) for name, default in BLANK_ROWS[prefix].items()}
        for position in range(count)
    ]


def rearrange(rows: Rows, position: int, step: str, blank: Row) -> None:
    """Apply one step to a list of rows, in place; a step that leads nowhere changes nothing."""
    if step == "add" and position <= len(rows) < MAX_ROWS:
        rows.insert(position, dict(blank))
    if position >= len(rows):
        return
    end = _end_of(rows, position)
    if step == "remove":
        del rows[position]
    elif step == "up" and position > 0:
        above = position - 1
        while not _is_subpoint(rows[position]) and above > 0 and _is_subpoint(rows[above]):
            above -= 1
        rows[above:end] = rows[position:end] + rows[above:position]
    elif step == "down" and end < len(rows):
        below = end + 1 if _is_subpoint(rows[position]) else _end_of(rows, end)
        rows[position:below] = rows[end:below] + rows[position:end]


def insert(rows: dict[str, Rows], text: str, html: str, *, with_preamble: bool) -> bool:
    """Put a pasted list below the points.

    Args:
        rows: of the preamble and the points; changed in place where there is room.
        text, html: what was pasted.
        with_preamble: whether its paragraphs before «решило:» are put below those of the preamble.

    Returns:
        Whether there was room.
    """
    pasted = split(text, html)
    paragraphs = _paragraph_rows(pasted) if with_preamble else []
    points = _point_rows(pasted)
    if max(len(rows["preamble"]) + len(paragraphs), len(rows["points"]) + len(points)) > MAX_ROWS:
        return False
    rows["preamble"] += paragraphs
    rows["points"] += points
    return True


def divide(rows: dict[str, Rows], position: int) -> bool:
    """Make points and sub-points of the list that one row holds; the first of them keeps its key.

    Paragraphs that stood before «решило:» are put below those of the preamble.

    Args:
        rows: of the preamble and the points; changed in place where there is room.
        position: of the point. What becomes of a sub-point are sub-points; a stored point keeps its kind.

    Returns:
        Whether there was room.
    """
    if position >= len(rows["points"]):
        return True
    row = rows["points"][position]
    kept = row["kind"] if row["key"] else ""
    pasted = split(row["text"], row["html"]).at(1, 1 if _is_subpoint(row) else 0, kept)
    paragraphs, points = _paragraph_rows(pasted), _point_rows(pasted)
    if max(len(rows["preamble"]) + len(paragraphs), len(rows["points"]) - 1 + len(points)) > MAX_ROWS:
        return False
    points[:1] = [one | {"key": row["key"]} for one in points[:1]]
    if points:
        rows["preamble"] += paragraphs
        rows["points"][position : position + 1] = points
    return True


def _paragraph_rows(pasted: Pasted) -> Rows:
    return [BLANK_ROWS["preamble"] | {"text": one} for one in pasted.preamble]


def _point_rows(pasted: Pasted) -> Rows:
    return [
        BLANK_ROWS["points"] | {"is_subpoint": "on" if one.is_subpoint else "", "kind": one.kind, "text": one.text}
        for one in pasted.rows
    ]


def _end_of(rows: Rows, position: int) -> int:
    """Where the row ends with the sub-points that move with it."""
    end = position + 1
    while not _is_subpoint(rows[position]) and end < len(rows) and _is_subpoint(rows[end]):
        end += 1
    return end


def _is_subpoint(row: Row) -> bool:
    return bool(row.get("is_subpoint"))
