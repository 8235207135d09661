"""The picture of the house in docs/architecture.md, drawn from the imports themselves.

`python -m tests.house` draws it anew; tests/test_house.py falls when it is not what the code is.
"""

import re
import tomllib
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/architecture.md"
ROOMS_INSIDE = ("municipalities.surveys", "municipalities.practices")
BEFORE, AFTER = "<!-- The picture; drawn by `python -m tests.house` -->\n", "<!-- end of the picture -->"
PLACE = re.compile(f"(?<={re.escape(BEFORE)}).*?(?={re.escape(AFTER)})", re.DOTALL)

Arrows = Mapping[str, frozenset[str]]


def arrows() -> Arrows:
    """Which room imports which; a room inside another counts as one of its own."""
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    graph = grimp.build_graph(*packages, cache_dir=None)
    found: dict[str, set[str]] = {room: set() for room in (*packages, *ROOMS_INSIDE)}
    for module in graph.modules:
        room = room_of(module)
        found[room] |= {room_of(imported) for imported in graph.find_modules_directly_imported_by(module)} - {room}
    return {room: frozenset(imported) for room, imported in found.items()}


def room_of(module: str) -> str:
    """The room in which a module lies."""
    inside = (room for room in ROOMS_INSIDE if module == room or module.startswith(f"{room}."))
    return next(inside, module.partition(".")[0])


def picture(imports: Arrows) -> str:
    """The rooms from the lowest to the highest, as a flow chart in Mermaid.

    Args:
        imports: room → the rooms that it imports.

    Returns:
        The block for the page. An arrow that follows from others is left out.

    Raises:
        graphlib.CycleError: rooms import each other in a circle.
    """
    order = list(TopologicalSorter({room: sorted(below) for room, below in sorted(imports.items())}).static_order())
    reached: dict[str, set[str]] = {}
    lines = ["flowchart BT"]
    for room in order:
        lines.append(f'    {_node(room)}["{room.replace(".", "/")}"]')
        follows = {far for below in imports[room] for far in reached[below]}
        reached[room] = follows | imports[room]
        lines += [f"    {_node(room)} --> {_node(below)}" for below in sorted(imports[room] - follows)]
    return "\n".join(["```mermaid", *lines, "```", ""])


def _node(room: str) -> str:
    return room.rpartition(".")[2]


def drawn(page: str) -> str:
    """The page with the picture as the code is now."""
    return PLACE.sub(lambda _: picture(arrows()), page)


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
