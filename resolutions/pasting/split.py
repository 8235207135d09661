"""A pasted text split into paragraphs, points and sub-points, with what is told of the splitting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from resolutions.kinds import POINT_KINDS, kind_of
from resolutions.pasting.levels import TEXT, levels_of
from resolutions.pasting.plain import PastedLine, plain_lines
from resolutions.pasting.rich import LONGEST, rich_lines
from russian.templatetags.russian import counted, quoted
from russian.text import tidy

MOST_LINES = 500
TOO_MANY_LINES = f"В тексте больше {MOST_LINES} строк: вставьте его частями."
TOO_MUCH_HTML = "Оформление из Word не прочитано, потому что его слишком много: уровни списка определены по тексту."

_DECIDED = re.compile(r"(решил[оаи]?|решает|постановил[оаи]?|постановляет):$", re.IGNORECASE)
_NOTED = re.compile(r"отмечает:$", re.IGNORECASE)
_BELOW = re.compile(  # a signature, or footnotes
    r"(председател|заместител|исполняющ|и\.\s?о\.|секретар|президент|глава |_{5}|\[\w{1,5}\])", re.IGNORECASE
)
_DATED = re.compile(r"\d{1,2}\s+\w+\s+\d{4}\s*(г\.|года)?", re.IGNORECASE)


@dataclass(frozen=True)
class PastedRow:
    """A point or a sub-point.

    Attributes:
        number: as it would be numbered among what was pasted, «2.1».
        kind: code of the kind of points; of a sub-point that of its point.
        text: without the numbering.
    """

    number: str
    kind: str
    text: str
    is_subpoint: bool = False

    @property
    def label(self) -> str:
        """«Подпункт 2.1»."""
        return f"{'Подпункт' if self.is_subpoint else 'Пункт'} {self.number}"

    def moved(self, by: int, kind: str) -> "PastedRow":
        """The same so many points below; `kind` is that of the first point, where it is known."""
        point, dot, place = self.number.partition(".")
        return replace(self, number=f"{int(point) + by}{dot}{place}", kind=kind if kind and point == "1" else self.kind)

    @property
    def kind_label(self) -> str:
        """«Обращение»."""
        return POINT_KINDS[self.kind].label


@dataclass(frozen=True)
class Pasted:
    """What a pasted text comes to.

    Attributes:
        rows: points and sub-points in their order.
        preamble: paragraphs that stood before «решило:».
        left_out: lines that are neither.
        notes: what else is told of the splitting.
        marked: how many lines stood in a list.
    """

    rows: tuple[PastedRow, ...] = ()
    preamble: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    marked: int = 0

    @property
    def is_list(self) -> bool:
        """Whether it is a list and not one paragraph."""
        return self.marked > 1 and len(self.rows) > 1

    def at(self, number: int, place: int = 0, kind: str = "") -> "Pasted":
        """The same where it will stand.

        Args:
            number: of its first point.
            place: of its first sub-point, where all of it stands below that point; 0 otherwise.
            kind: of its first point, where that is known already.
        """
        rows = list(self.rows)
        if place:
            below = (f"{number}.{one}" for one in range(place, place + len(rows)))
            rows = [replace(row, number=told, is_subpoint=True) for row, told in zip(rows, below, strict=True)]
        else:
            rows = [row.moved(number - 1, kind) for row in rows]
        return replace(self, rows=tuple(rows))


@dataclass
class _Notes:
    """What is told of the splitting, gathered on the way."""

    marks: list[str] = field(default_factory=list)
    listed: int = 0
    deep: int = 0
    joined: int = 0

    def take(self, line: PastedLine, level: int, depth: int) -> None:
        """Remember of a row what will be told."""
        self.listed += level != TEXT
        self.deep += depth > 2
        if level != TEXT and line.mark and line.mark.typed not in self.marks:
            self.marks.append(line.mark.typed)

    def told(self) -> Iterator[str]:
        if self.marks:
            shown = ", ".join(quoted(one) for one in self.marks[:8])
            more = " и другие" if len(self.marks) > 8 else ""
            yield f"Нумерация не переносится, портал нумерует сам: {shown}{more}."
        if self.deep:
            told = counted(self.deep, "строка,строки,строк")
            yield f"Глубже подпунктов решение не делится. Подпунктами станут и те, что стояли глубже: {told}."
        if self.joined:
            told = counted(self.joined, "строка,строки,строк")
            yield f"Текст без номера присоединён к строке выше: {told}."


def split(text: str, html: str = "") -> Pasted:
    """Split a text that was pasted from Word.

    Args:
        text: as plain text.
        html: the same from the clipboard as HTML, where a script sent it; it is read only while it says the same.

    Returns:
        What the text comes to; nothing but a note where it has too many lines.
    """
    lines = _lines(text, html)
    if len(lines) > MOST_LINES:
        return Pasted(notes=(TOO_MANY_LINES,))
    head, body = _at_decided(lines)
    preamble, left_out = _preamble(head)
    body, below = _before_the_end(body)
    notes = _Notes()
    rows = tuple(_numbered(row for part in _parts(body) for row in _rows(part, notes)))
    told = (*([TOO_MUCH_HTML] if len(html) > LONGEST else []), *notes.told())
    return Pasted(rows, preamble, (*left_out, *below), told, notes.listed)


def _lines(text: str, html: str) -> list[PastedLine]:
    plain = list(plain_lines(text))
    rich = rich_lines(html) if html else []
    return rich if rich and _say_the_same(plain, rich) else plain


def _say_the_same(plain: Sequence[PastedLine], rich: Sequence[PastedLine]) -> bool:
    """Whether two readings differ in spaces and marks alone: whoever corrected a sign of the text wants that one."""
    said, read = "".join(map(_squeezed, rich)), 0
    for line in plain:
        *_, behind_tab = line.text.partition("\t")
        ways = (_without_spaces(one) for one in (line.text, line.unmarked, behind_tab or line.text))
        found = next((one for one in ways if said.startswith(one, read)), None)
        if found is None:
            return False
        read += len(found)
    return read == len(said)


def _without_spaces(text: str) -> str:
    return "".join(tidy(text).split())


def _squeezed(line: PastedLine) -> str:
    """A line without its spaces: «Р Е Ш И Л О :» too."""
    return _without_spaces(line.text)


def _at_decided(lines: list[PastedLine]) -> tuple[list[PastedLine], list[PastedLine]]:
    """What stands before the points, with the words «решило:», and from there on."""
    for n, line in enumerate(lines):
        if not line.is_marked and _DECIDED.search(_squeezed(line)):
            return lines[: n + 1], lines[n + 1 :]
    return [], lines


def _preamble(head: Sequence[PastedLine]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs before «решило:», and what stands around them: headings, date, the usual formulas."""
    noted = next((n for n, line in enumerate(head) if _NOTED.search(_squeezed(line))), None)
    taken = [
        n for n, line in enumerate(head[:-1]) if (n > noted if noted is not None else _is_sentence(tidy(line.text)))
    ]
    paragraphs = tuple(tidy(head[n].text) for n in taken)
    return paragraphs, tuple(tidy(line.text) for n, line in enumerate(head) if n not in taken)


def _is_sentence(text: str) -> bool:
    return text.endswith((".", ";")) and not _DATED.fullmatch(text)


def _before_the_end(body: list[PastedLine]) -> tuple[list[PastedLine], tuple[str, ...]]:
    last = max((n for n, line in enumerate(body) if line.is_marked), default=len(body))
    for n in range(last + 1, len(body)):
        if _BELOW.match(tidy(body[n].text)):
            return body[:n], tuple(tidy(line.text) for line in body[n:])
    return body, ()


def _parts(body: list[PastedLine]) -> Iterator[list[PastedLine]]:
    """Cut a text where a line without a number introduces a list: «Поручить:»."""
    part: list[PastedLine] = []
    for n, line in enumerate(body):
        introduces = tidy(line.text).endswith(":") and any(one.begins for one in body[n + 1 : n + 2])
        if part and introduces and not line.is_marked and not part[0].is_marked:
            yield part
            part = []
        part.append(line)
    yield part


def _rows(part: list[PastedLine], notes: _Notes) -> Iterator[PastedRow]:
    """The points and sub-points of a part of the text, not numbered yet."""
    levels = levels_of(part)
    is_introduced = len(part) > 1 and levels[0] == TEXT and tidy(part[0].text).endswith(":") and levels[1] != TEXT
    found: list[PastedRow] = []
    for n, (line, level) in enumerate(zip(part, levels, strict=True)):
        if level == TEXT and any(levels[:n]):
            found[-1] = replace(found[-1], text=tidy(f"{found[-1].text} {line.text}"))
            notes.joined += 1
            continue
        depth = level + is_introduced if level != TEXT else 1
        text = line.text if line.place or level == TEXT else line.unmarked
        found.append(PastedRow("", "", tidy(text), is_subpoint=depth > 1))
        notes.take(line, level, depth)
    yield from (row for row in found if row.text)


def _numbered(rows: Iterator[PastedRow]) -> Iterator[PastedRow]:
    number = place = 0
    kind = ""
    for row in rows:
        if row.is_subpoint and number:
            place += 1
            yield replace(row, number=f"{number}.{place}", kind=kind)
        else:
            number, place, kind = number + 1, 0, kind_of(row.text)
            yield replace(row, number=str(number), kind=kind, is_subpoint=False)
