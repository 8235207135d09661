"""How deep each line of a list stands, told by which number continues which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resolutions.pasting.marks import Mark, Reading
from resolutions.pasting.plain import PastedLine, Place

TEXT = 0


@dataclass(frozen=True)
class _Open:
    """The last line of a list that may go on."""

    readings: tuple[Reading, ...]
    place: Place | None = None
    indent: int = 0


def levels_of(lines: Sequence[PastedLine]) -> list[int]:
    """The level of each line: 1 for a point, 2 and more below; `TEXT` for what belongs to no list.

    Args:
        lines: in their order.
    """
    stack: list[_Open] = []
    last = {reading: n for n, line in enumerate(lines) if line.mark for reading in line.mark.readings}
    return [_placed(stack, line) if line.place else _told_by_mark(stack, line, n, last) for n, line in enumerate(lines)]


def _step(stack: list[_Open], depth: int, line: _Open) -> int:
    """The line stands at a depth of the stack: what is deeper is over."""
    stack[depth:] = [line]
    return depth + 1


def _placed(stack: list[_Open], line: PastedLine) -> int:
    """A line whose document says where it stands: in the list that is open, or a new one below."""
    readings = line.mark.readings if line.mark else ()
    new = _Open(readings, line.place)
    for depth in reversed(range(len(stack))):
        if stack[depth].place == line.place:
            return _step(stack, depth, new)
    numbers = tuple(one for one in readings if one.path)
    for depth in reversed(range(len(stack))):
        if _following(numbers, stack[depth]):
            return _step(stack, depth, new)
    return _step(stack, _above(stack, line.place), new)


def _above(stack: list[_Open], place: Place | None) -> int:
    """How much of the stack stays above a new list: not what stands deeper in the same document."""
    return next(
        (
            depth
            for depth, one in enumerate(stack)
            if one.place and place and one.place.source == place.source and one.place.depth > place.depth
        ),
        len(stack),
    )


def _told_by_mark(stack: list[_Open], line: PastedLine, n: int, last: Mapping[Reading, int]) -> int:
    """A line of which only its mark tells: it goes on with a list, begins one, or is text.

    `last` says of each reading in which line it stands last.
    """
    mark, indent = line.mark, line.indent
    if mark is None:
        return TEXT
    deepest_first = list(reversed(range(len(stack))))
    goes_on_with = [depth for depth in deepest_first if _following(mark.readings, stack[depth])]
    if goes_on_with:
        depth = next((one for one in goes_on_with if stack[one].indent == indent), goes_on_with[0])
        return _step(stack, depth, _Open(_following(mark.readings, stack[depth]), indent=indent))
    is_followed = any(last.get(later, n) > n for one in mark.readings for later in one.next_ones)
    same = next((depth for depth in deepest_first if _shares_style(mark, stack[depth])), None)
    begins = tuple(one for one in mark.readings if one.begins)
    if begins and same is not None and not is_followed and indent <= stack[same].indent:
        return _step(stack, same, _Open(begins, indent=indent))  # «1.» before each of them
    if begins and (is_followed or mark.is_sure):
        return _step(stack, len(stack), _Open(begins, indent=indent))
    if is_followed or (n == 0 and mark.is_sure):  # a part of a list, or one with a gap
        return _step(stack, len(stack) if same is None else same, _Open(mark.readings, indent=indent))
    if same is not None and mark.typed.endswith(")"):
        return _step(stack, same, _Open(mark.readings, indent=indent))  # «а) в) б)»: out of order, yet no text
    return TEXT


def _following(readings: Sequence[Reading], last: _Open) -> tuple[Reading, ...]:
    return tuple(one for one in readings if any(one.follows(before) for before in last.readings))


def _shares_style(mark: Mark, one: _Open) -> bool:
    styles = {reading.style for reading in one.readings}
    return any(reading.style in styles for reading in mark.readings)
