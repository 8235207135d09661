"""A reader of BER and DER (X.690) that knows positions only: nothing is decoded that nobody asks for.

Everything here reads what a stranger uploaded. Each element looked at counts against one budget, so a hostile file is
refused after a known number of steps, whatever it claims about itself.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from documents.cms.refusal import Malformed, SignatureRefused

MAX_DEPTH = 24
MAX_ELEMENTS = 20_000
MAX_OID_BYTES = 32
CONSTRUCTED, END_OF_CONTENTS, INDEFINITE = 0x20, 0x00, -1

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OID = 0x01, 0x02, 0x03, 0x04, 0x06
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
SEQUENCE, SET = 0x30, 0x31

_UTC_TIME = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})", re.ASCII)
_GENERALIZED_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,]\d{1,20})?(Z|[+-]\d{4})?", re.ASCII)
_PADDED_ARC = re.compile(rb"(?:^|[\x00-\x7f])\x80")
# RFC 5280, 4.1.2.5: the last second of 9999 means «no end». Kept as a moment that every time zone can show.
_NO_END = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class Element:
    """One element: a tag and where its contents lie."""

    __slots__ = ("_bytes", "_depth", "begin", "end", "start", "stop", "tag")

    def __init__(self, source: "Bytes", tag: int, bounds: tuple[int, int, int, int], depth: int) -> None:
        self._bytes = source
        self._depth = depth
        self.tag = tag
        self.start, self.begin, self.end, self.stop = bounds

    @property
    def contents(self) -> bytes:
        """The bytes between header and end."""
        return self._bytes.data[self.begin : self.end]

    @property
    def raw(self) -> bytes:
        """The whole element as it stands in the file."""
        return self._bytes.data[self.start : self.stop]

    @property
    def is_indefinite(self) -> bool:
        """Whether its length is found by reading it to the end."""
        return self.stop != self.end

    def children(self) -> Iterator["Element"]:
        """The elements inside, one by one.

        Raises:
            Malformed: it holds none, or they do not fill it exactly.
        """
        if not self.tag & CONSTRUCTED:
            raise Malformed("A primitive element holds no others.")
        at = self.begin
        while at < self.end:
            child = self._bytes.element(at, self.end, self._depth + 1)
            at = child.stop
            yield child

    def capped(self, at_most: int, refusal: str) -> "list[Element]":
        """The elements inside, of which there may be any number up to a cap.

        Args:
            at_most: the cap.
            refusal: the sentence when there are more; the others are not read.

        Raises:
            Malformed: they do not fill it exactly.
            SignatureRefused: there are more.
        """
        found = []
        for child in self.children():
            found.append(child)
            if len(found) > at_most:
                raise SignatureRefused(refusal)
        return found

    def fields(self, at_least: int, at_most: int | None = None) -> "list[Element]":
        """The elements inside, of which the structure has a known number.

        Args:
            at_least: how many must be there.
            at_most: how many may be there; the same number without it.

        Raises:
            Malformed: there are fewer or more, or they do not fill it exactly.
        """
        found = []
        for child in self.children():
            found.append(child)
            if len(found) > (at_most or at_least):
                break
        if not at_least <= len(found) <= (at_most or at_least):
            raise Malformed("Another number of elements belongs here.")
        return found

    def first(self) -> "Element":
        """The first of the elements inside.

        Raises:
            Malformed: there is none.
        """
        for child in self.children():
            return child
        raise Malformed("An element belongs here.")

    def the(self, tag: int) -> "Element":
        """This element, which must have a tag.

        Raises:
            Malformed: it has another.
        """
        if self.tag != tag:
            raise Malformed(f"Tag {self.tag:#x} where {tag:#x} belongs.")
        return self

    def only(self, tag: int) -> "Element":
        """The single element inside.

        Raises:
            Malformed: there is another number of them, or it has another tag.
        """
        return self.fields(1)[0].the(tag)

    def oid(self) -> str:
        """The object identifier in dotted form.

        Raises:
            Malformed: it is none.
            SignatureRefused: it is longer than any that exists: decoding it takes time that grows with its square.
        """
        octets = self.the(OID).contents
        if len(octets) > MAX_OID_BYTES:
            raise SignatureRefused("В файле слишком длинный идентификатор: таких не бывает.")
        if not octets or octets[-1] & 0x80 or _PADDED_ARC.search(octets):
            raise Malformed("An unfinished object identifier, or one with needless bytes.")
        return _dotted(octets)

    def octets(self) -> bytes:
        """The bytes of an OCTET STRING, in one piece or, as BER allows, in several.

        Raises:
            Malformed: it is none.
        """
        if self.tag == OCTET_STRING:
            return self.contents
        self.the(OCTET_STRING | CONSTRUCTED)
        return b"".join(piece.octets() for piece in self.children())

    def bits(self) -> bytes:
        """The bytes of a BIT STRING of whole bytes.

        Raises:
            Malformed: it is none.
        """
        contents = self.the(BIT_STRING).contents
        if contents[:1] != b"\x00":
            raise Malformed("A bit string of whole bytes belongs here.")
        return contents[1:]

    def moment(self) -> dt.datetime:
        """A moment as certificates and signatures write it.

        Raises:
            Malformed: it is none that a calendar knows (year 0, 30 February), or it does not name its time zone.
        """
        return self._moment(self.tag)

    def general_moment(self) -> dt.datetime:
        """A GeneralizedTime whose tag tells something else.

        Raises:
            Malformed: it is none.
        """
        return self._moment(GENERALIZED_TIME)

    def _moment(self, tag: int) -> dt.datetime:
        pattern = {UTC_TIME: _UTC_TIME, GENERALIZED_TIME: _GENERALIZED_TIME}.get(tag)
        match = pattern.fullmatch(self.contents.decode("ascii", "replace")) if pattern else None
        if match is None or match.groups()[-1] is None:
            raise Malformed("This is no moment.")
        *figures, zone = match.groups()
        year, month, day, hour, minute, second = (int(figure or 0) for figure in figures)
        if tag == UTC_TIME:
            year += 1900 if year >= 50 else 2000  # RFC 5280, 4.1.2.5.1
        try:
            written = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
            return min(written - _offset(zone), _NO_END)
        except (ValueError, OverflowError) as impossible:
            raise Malformed("A moment that no calendar knows.") from impossible

    def as_der(self) -> bytes:
        """The element with definite lengths of the shortest form; contents and their order stay."""
        if not self.tag & CONSTRUCTED:
            return encoded(self.tag, self.contents)
        return encoded(self.tag, b"".join(child.as_der() for child in self.children()))


class Bytes:
    """The bytes of one file, with the budget for looking at them."""

    __slots__ = ("data", "left")

    def __init__(self, data: bytes, budget: int = MAX_ELEMENTS) -> None:
        self.data = data
        self.left = budget

    def root(self) -> Element:
        """The element that the file consists of.

        Raises:
            Malformed: there is none, or something follows it.
            SignatureRefused: a cap is passed.
        """
        root = self.element(0, len(self.data), 0)
        if root.stop != len(self.data):
            raise Malformed("Something follows the element.")
        return root

    def element(self, at: int, limit: int, depth: int) -> Element:
        """The element at a position.

        Raises:
            Malformed: there is none.
            SignatureRefused: the budget is spent, or it lies too deep.
        """
        if depth > MAX_DEPTH:
            raise SignatureRefused("Файл подписи вложен слишком глубоко: портал такие не читает.")
        tag, begin, end = self._header(at, limit)
        if tag == END_OF_CONTENTS:
            raise Malformed("An end without a beginning.")
        if end != INDEFINITE:
            return Element(self, tag, (at, begin, end, end), depth)
        end = self._end_of(begin, limit, depth)
        return Element(self, tag, (at, begin, end, end + 2), depth)

    def _header(self, at: int, limit: int) -> tuple[int, int, int]:
        """Tag, beginning and end of what stands at a position; one step of the budget."""
        self.left -= 1
        if self.left < 0:
            raise SignatureRefused("В файле подписи слишком много элементов: портал такие не читает.")
        if at + 2 > limit:
            raise Malformed("Cut short.")
        tag, length, begin = self.data[at], self.data[at + 1], at + 2
        if tag & 0x1F == 0x1F:
            raise Malformed("Tag numbers over 30 do not occur in signatures.")
        if length == 0x80:
            if not tag & CONSTRUCTED:
                raise Malformed("Only a constructed element may have an indefinite length.")
            return tag, begin, INDEFINITE
        if length > 0x80:
            size = length & 0x7F
            length = int.from_bytes(self.data[begin : begin + size])
            begin += size
        if begin + length > limit:
            raise Malformed("An element that is longer than what holds it.")
        return tag, begin, begin + length

    def _end_of(self, at: int, limit: int, depth: int) -> int:
        """Where the contents of indefinite length that begin at a position end: a loop, not a recursion."""
        open_ones = 1
        while True:
            tag, begin, end = self._header(at, limit)
            if tag == END_OF_CONTENTS:
                if begin != end:
                    raise Malformed("An end with contents.")
                open_ones -= 1
                if not open_ones:
                    return at
            elif end == INDEFINITE:
                open_ones += 1
                if depth + open_ones > MAX_DEPTH:
                    raise SignatureRefused("Файл подписи вложен слишком глубоко: портал такие не читает.")
            at = begin if end == INDEFINITE else end


def encoded(tag: int, contents: bytes) -> bytes:
    """An element in DER.

    Args:
        tag: its identifier octet.
        contents: what it holds.
    """
    length = len(contents)
    if length < 0x80:
        return bytes((tag, length)) + contents
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(size))) + size + contents


def read(data: bytes, budget: int = MAX_ELEMENTS) -> Element:
    """The one element that some bytes consist of.

    Args:
        data: the bytes, nothing before or after.
        budget: how many elements may be looked at.

    Raises:
        Malformed: they are no such element, or something follows.
        SignatureRefused: a cap is passed.
    """
    return Bytes(data, budget).root()


def _offset(zone: str) -> dt.timedelta:
    if zone == "Z":
        return dt.timedelta()
    offset = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    return -offset if zone[0] == "-" else offset


@lru_cache(maxsize=1024)
def _dotted(octets: bytes) -> str:
    """An object identifier of a bounded length; the same few come again and again."""
    arcs, arc = [], 0
    for octet in octets:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(one) for one in (first, arcs[0] - 40 * first, *arcs[1:]))
