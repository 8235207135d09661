"""The rows of the editor as they are sent: read whatever they hold, moved, added, removed."""

from typing import Any

from django.http import QueryDict

from resolutions.kinds import NEW_POINT
from revisions.numbers import whole_number

MAX_ROWS = 200

Row = dict[str, Any]
BLANK_ROWS: dict[str, Row] = {
    "preamble": {"key": "", "text": ""},
    "points": {"key": "", "is_subpoint": "", "kind": NEW_POINT, "text": ""},
}


def sent_rows(data: QueryDict, prefix: str) -> list[Row]:
    """The rows of a formset as they were sent, whatever they hold."""
    count = min(whole_number(data.get(f"{prefix}-TOTAL_FORMS", "0"), most=10**9) or 0, MAX_ROWS)
    return [
        {name: data.get(f"{prefix}-{position}-{name}", default) for name, default in BLANK_ROWS[prefix].items()}
        for position in range(count)
    ]


def rearrange(rows: list[Row], position: int, step: str, blank: Row) -> None:
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


def _end_of(rows: list[Row], position: int) -> int:
    """Where the row ends with the sub-points that move with it."""
    end = position + 1
    while not _is_subpoint(rows[position]) and end < len(rows) and _is_subpoint(rows[end]):
        end += 1
    return end


def _is_subpoint(row: Row) -> bool:
    return bool(row.get("is_subpoint"))
