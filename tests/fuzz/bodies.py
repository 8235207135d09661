"""Rubbish that a request can carry: values, bodies, query strings. The same seed makes the same rubbish."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote_plus

from tests.fuzz.reading import Field

LONG = 5000
VALUES: tuple[str, ...] = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "2024",
    "00000000000000000000001",
    str(2**31),
    str(2**63),
    str(-(2**63) - 1),
    "9" * 30,
    "9" * 4300,
    "9" * 4301,
    "-" + "9" * LONG,
    "1" + "0" * LONG,
    "1e309",
    "-1e-999999999",
    "NaN",
    "Infinity",
    "0x7f",
    "1_000",
    "٣",
    "²",
    "१२",
    "1,5",
    "\x00",
    "до\x00после",
    "\x00" * 50,
    "\ufeff\u202e\u2028\x0b",
    "\ufffd",
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "10000-01-01",
    "31.12.9999",
    "-2024-01-01",
    "2024-01-01T00:00:00Z",
    "null",
    "true",
    "on",
    "[]",
    "{}",
    "%",
    "%(name)s",
    "{0}",
    "{{ x }}",
    "a@b.cd",
    "@",
    "Имя <a@b.cd>",
    "a@" + "b" * 300 + ".cd",
    "http://[",
    "//evil.example",
    "javascript:alert(1)",
    "../../etc/passwd",
    "<script>",
    "'; DROP TABLE x; --",
    "Ё" * LONG,
    "слово " * 400,
    "preamble:0:up",
    "preamble:" + "9" * LONG + ":up",
    "points:-1:remove",
    "points:²:add",
    "abc-answered",
    "9" * 40 + "-answered",
    "-",
    "🏙" * 50,
    "i̇",
    "a\r\nb: c",
)
RAW: tuple[bytes, ...] = (b"%ED%A0%80", b"%FF%FE", b"\xff\xfe\x00", b"%", b"%zz", b"%00", b"\xed\xa0\x80", b"%u0041")
NAMES: tuple[str, ...] = (
    "page",
    "sort",
    "q",
    "as_of",
    "known_on",
    "version",
    "action",
    "row",
    "next",
    "before",
    "ended",
)
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
ODD_TYPES = (
    "text/plain",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=\xff",
    "application/x-www-form-urlencoded; charset=bogus",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=utf-7",
    "",
)
FILE_NAMES = ("a.pdf", "a\x00.pdf", "б" * 400 + ".xlsx", "", "..", "a.sig", 'a".xlsx', "a.exe", "%s.pdf")
FILES = (
    b"",
    b"%PDF-1.7",
    b"PK\x03\x04rubbish",
    b"\x30\x82\xff\xff" + b"\x00" * 200,
    b"\xff" * 3000,
    b"-----BEGIN X-----",
)


@dataclass(frozen=True)
class Body:
    """What a request carries."""

    content: bytes
    content_type: str


Part = tuple[str, str | bytes | tuple[str, bytes]]  # a text, bytes that are no text, or a file: name and content


def rubbish(random: Random, fields: Sequence[Field]) -> Body:
    """A body for a form: mostly as the form would send it, wrong in some places or through and through."""
    parts = _parts(random, fields)
    way = random.random()
    if way < 0.06:
        return Body(random.randbytes(random.randrange(400)), random.choice(ODD_TYPES))
    if way < 0.12:
        return Body(_urlencoded(parts), random.choice(ODD_TYPES))
    if way < 0.6 and not any(isinstance(value, tuple) for _, value in parts):
        return Body(_urlencoded(parts), "application/x-www-form-urlencoded")
    return _multipart(random, parts)


def query(random: Random, fields: Sequence[Field]) -> str:
    """A query string for a list."""
    return _urlencoded([one for one in _parts(random, fields) if not isinstance(one[1], tuple)]).decode(
        "ascii", "replace"
    )


def _parts(random: Random, fields: Sequence[Field]) -> list[Part]:
    broken = random.choice((0.1, 0.3, 1.0))
    parts: list[Part] = []
    for field in fields:
        fate = random.random()
        if fate > broken:
            parts += [(field.name, value) for value in field.values] or (
                [(field.name, ("a.pdf", b"%PDF-1.7"))] * field.is_file
            )
        elif fate > broken * 0.1:  # a few are left out
            parts += [(field.name, _value(random, field)) for _ in range(random.choice((1, 1, 1, 2, 40)))]
    for _ in range(random.choice((0, 0, 1, 3))):
        parts.append((random.choice(NAMES), random.choice(VALUES)))
    if random.random() < 0.1:
        parts.append(
            (f"{random.choice(('preamble', 'points', 'form', 'right'))}-{random.choice(COUNTS)}", random.choice(VALUES))
        )
    return parts


def _value(random: Random, field: Field) -> "str | bytes | tuple[str, bytes]":
    makers: tuple[Callable[[], str | bytes | tuple[str, bytes]], ...] = (
        lambda: random.choice(VALUES),
        lambda: random.choice(RAW),
        lambda: (random.choice(FILE_NAMES), random.choice(FILES)),
        lambda: random.choice(field.options or VALUES),
    )
    return random.choices(makers, (8, 1, 6 if field.is_file else 1, 3))[0]()


def _urlencoded(parts: Sequence[Part]) -> bytes:
    pairs = []
    for name, value in parts:
        text = value[1][:20] if isinstance(value, tuple) else value
        pairs.append(
            quote_plus(name).encode() + b"=" + (text if isinstance(text, bytes) else quote_plus(text).encode())
        )
    return b"&".join(pairs)


def _multipart(random: Random, parts: Sequence[Part]) -> Body:
    lines = []
    for name, value in parts:
        head = b'--x\r\nContent-Disposition: form-data; name="' + name.encode("utf-8", "replace") + b'"'
        if isinstance(value, tuple):
            head += b'; filename="' + value[0].encode() + b'"\r\nContent-Type: application/octet-stream'
        content = value[1] if isinstance(value, tuple) else value
        lines += [
            head,
            b"\r\n\r\n",
            content if isinstance(content, bytes) else content.encode("utf-8", "replace"),
            b"\r\n",
        ]
    body = b"".join(lines) + b"--x--\r\n"
    if random.random() < 0.05:
        body = body[: random.randrange(len(body))]
    return Body(body, "multipart/form-data; boundary=x")
