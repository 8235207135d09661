"""A tiny writer of DER and BER. It writes what it is told, also what the standards forbid."""

import datetime as dt
from collections.abc import Callable

SEQUENCE, SET, OCTETS, BITS = 0x30, 0x31, 0x04, 0x03
INDEFINITE, END = b"\x80", b"\x00\x00"
UTC_TIME_ENDS = 2050  # RFC 5280, 4.1.2.5: from this year on dates are GeneralizedTime


def length(size: int, *, octets: int = 0) -> bytes:
    """Octets of a length: the shortest form, or padded to so many octets after the first (BER)."""
    if size < 0x80 and not octets:
        return bytes([size])
    body = size.to_bytes(max(octets, (size.bit_length() + 7) // 8, 1), "big")
    return bytes([0x80 | len(body)]) + body


def tlv(tag: int, content: bytes, *, octets: int = 0) -> bytes:
    """A value with a tag of one octet."""
    return bytes([tag]) + length(len(content), octets=octets) + content


def endless(tag: int, *parts: bytes) -> bytes:
    """A constructed value of indefinite length."""
    return bytes([tag]) + INDEFINITE + b"".join(parts) + END


def seq(*parts: bytes) -> bytes:
    return tlv(SEQUENCE, b"".join(parts))


def set_of(*parts: bytes, ordered: bool = True) -> bytes:
    """A SET OF; DER wants its members in ascending order."""
    return tlv(SET, b"".join(sorted(parts) if ordered else parts))


def _base128(number: int) -> bytes:
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.append(number & 0x7F | 0x80)
    return bytes(reversed(octets))


def oid(dotted: str) -> bytes:
    first, second, *others = (int(arc) for arc in dotted.split("."))
    return tlv(0x06, b"".join(_base128(arc) for arc in (first * 40 + second, *others)))


def integer(number: int) -> bytes:
    return integer_octets(number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def integer_octets(content: bytes) -> bytes:
    """An INTEGER of exactly these octets, minimal or not."""
    return tlv(0x02, content)


def boolean(value: bool) -> bytes:
    return tlv(0x01, b"\xff" if value else b"\x00")


def enumerated(number: int) -> bytes:
    return tlv(0x0A, bytes([number]))


def null() -> bytes:
    return tlv(0x05, b"")


def octets(content: bytes) -> bytes:
    return tlv(OCTETS, content)


def endless_octets(*pieces: bytes) -> bytes:
    """An OCTET STRING in pieces, as streaming signers write it."""
    return endless(0x24, *(octets(piece) for piece in pieces))


def bits(content: bytes, unused: int = 0) -> bytes:
    return tlv(BITS, bytes([unused]) + content)


def utf8(text: str) -> bytes:
    return tlv(0x0C, text.encode())


def numeric(text: str) -> bytes:
    return tlv(0x12, text.encode("ascii"))


def printable(text: str) -> bytes:
    return tlv(0x13, text.encode("ascii"))


def teletex(content: bytes) -> bytes:
    return tlv(0x14, content)


def ia5(text: str) -> bytes:
    return tlv(0x16, text.encode("ascii"))


def bmp(text: str) -> bytes:
    return tlv(0x1E, text.encode("utf-16-be"))


def utctime(text: str) -> bytes:
    return tlv(0x17, text.encode("ascii"))


def gentime(text: str) -> bytes:
    return tlv(0x18, text.encode("ascii"))


def time(moment: dt.datetime) -> bytes:
    """A date as RFC 5280 and RFC 5652 want it: UTCTime up to 2049, GeneralizedTime after that."""
    if 1950 <= moment.year < UTC_TIME_ENDS:
        return utctime(f"{moment:%y%m%d%H%M%SZ}")
    return gentime(f"{moment.year:04}{moment:%m%d%H%M%SZ}")


def context(number: int, *parts: bytes, constructed: bool = True) -> bytes:
    """A context-specific tag around parts (explicit), or instead of another tag (implicit)."""
    return tlv((0xA0 if constructed else 0x80) | number, b"".join(parts))


def retagged(tag: int, value: bytes) -> bytes:
    """The same value under another tag of one octet (IMPLICIT)."""
    return bytes([tag]) + value[1:]


# --- reading what was written ---


def header(der: bytes, at: int = 0) -> tuple[int, int]:
    """Where the content of the definite-length value at a position begins, and where it ends."""
    size, start = der[at + 1], at + 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(der[at + 2 : start], "big")
    return start, start + size


def children(der: bytes) -> list[bytes]:
    """The values inside a constructed value of definite length."""
    at, end = header(der)
    parts = []
    while at < end:
        stop = header(der, at)[1]
        parts.append(der[at:stop])
        at = stop
    return parts


def content(der: bytes) -> bytes:
    start, end = header(der)
    return der[start:end]


def loosened(der: bytes, keep: Callable[[bytes], bool] = lambda _: False) -> bytes:
    """The same value in BER: every constructed value has indefinite length, but for those that are to be kept."""
    if not der[0] & 0x20 or keep(der):
        return der
    return endless(der[0], *(loosened(part, keep) for part in children(der)))
