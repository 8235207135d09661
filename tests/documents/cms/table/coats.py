"""Base64 in all its coats: what stands around a container as programs, mail and editors leave it."""

import base64
from collections.abc import Callable
from functools import partial

from tests.documents.cms.containers import as_ber
from tests.documents.cms.table.row import COAT, Case, Row, case, good, row, whole
from tests.documents.cms.table.shapes import NOT_ONE, plain

Coat = Callable[[bytes], bytes]
LABELS = ("CMS", "PKCS7", "PKCS #7 SIGNED DATA", "SIGNATURE", "SIGNED MESSAGE")


def text(der: bytes) -> bytes:
    return base64.encodebytes(der)


def line(der: bytes) -> bytes:
    return base64.b64encode(der)


def armoured(label: str, end: str = "") -> Coat:
    ending = f"-----END {end or label}-----\n".encode()
    return lambda der: f"-----BEGIN {label}-----\n".encode() + text(der) + ending


def spaced(coat: Coat, old: bytes, new: bytes) -> Coat:
    return lambda der: coat(der).replace(old, new)


def utf16(coat: Coat, encoding: str, mark: bytes) -> Coat:
    return lambda der: mark + coat(der).decode("ascii").encode(encoding)


CMS = armoured("CMS")
GOOD: dict[str, Coat] = {
    "base64": text,
    "base64 in one line": line,
    "base64 in CRLF": spaced(text, b"\n", b"\r\n"),
    "base64 in CR": spaced(text, b"\n", b"\r"),
    "base64 with a blank line after each": spaced(text, b"\n", b"\n\n"),
    "base64 with spaces": spaced(text, b"\n", b" \t\n  "),
    "base64 after blank lines": lambda der: b"\r\n \n" + text(der) + b"\n\n",
    "base64 with a BOM": lambda der: b"\xef\xbb\xbf" + text(der),
    "base64 in UTF-16 LE": utf16(text, "utf-16-le", b"\xff\xfe"),
    "base64 in UTF-16 BE": utf16(text, "utf-16-be", b"\xfe\xff"),
    "base64 in UTF-16 LE without a mark": utf16(text, "utf-16-le", b""),
    "base64 in UTF-16 BE without a mark": utf16(text, "utf-16-be", b""),
    "base64 of BER": lambda der: text(as_ber(der)),
    **{f"BEGIN {label}": armoured(label) for label in LABELS},
    "BEGIN CMS in CRLF": spaced(CMS, b"\n", b"\r\n"),
    "BEGIN CMS in CR": spaced(CMS, b"\n", b"\r"),
    "BEGIN CMS with blank lines": spaced(CMS, b"\n", b"\n\n"),
    "BEGIN CMS with one line inside": lambda der: b"-----BEGIN CMS-----\n" + line(der) + b"\n-----END CMS-----",
    "BEGIN CMS with a BOM": lambda der: b"\xef\xbb\xbf" + CMS(der),
    "BEGIN CMS in UTF-16 LE and CRLF": utf16(spaced(CMS, b"\n", b"\r\n"), "utf-16-le", b"\xff\xfe"),
    "BEGIN CMS in UTF-16 BE": utf16(CMS, "utf-16-be", b"\xfe\xff"),
    "BEGIN PKCS #7 SIGNED DATA in CRLF": spaced(armoured("PKCS #7 SIGNED DATA"), b"\n", b"\r\n"),
}
BAD: dict[str, tuple[Coat, str]] = {
    "another END": (armoured("CMS", "PKCS7"), f"лишние данные|{NOT_ONE}"),
    "no END": (lambda der: CMS(der).rpartition(b"-----END")[0], f"лишние данные|{NOT_ONE}"),
    "no BEGIN": (lambda der: CMS(der).partition(b"\n")[2], f"лишние данные|{NOT_ONE}"),
    "a letter before it": (lambda der: b"Dear colleague,\n" + CMS(der), "лишние данные"),
    "a word after it": (lambda der: CMS(der) + b"more\n", "лишние данные"),
    "two of them": (lambda der: CMS(der) * 2, "лишние данные"),
    "trailing bytes inside": (lambda der: CMS(der + b"\0"), "лишние данные"),
    "trailing bytes in base64": (lambda der: text(der + b"\0"), "лишние данные"),
    "bytes of zero after base64": (lambda der: text(der) + b"\0\0", f"лишние данные|{NOT_ONE}"),
    "an asterisk in base64": (spaced(text, b"A", b"*"), NOT_ONE),
    "a certificate's armour": (armoured("CERTIFICATE"), NOT_ONE),
    "a key's armour": (armoured("EC PRIVATE KEY"), NOT_ONE),
    "base64 cut": (lambda der: line(der)[:-5], NOT_ONE),
    "base64 twice": (lambda der: text(text(der)), NOT_ONE),
    "half of UTF-16": (lambda der: utf16(text, "utf-16-le", b"\xff\xfe")(der)[:-1], NOT_ONE),
    "nothing inside": (lambda _: b"-----BEGIN CMS-----\n-----END CMS-----\n", f"пуст|{NOT_ONE}"),
    "only a BOM": (lambda _: b"\xff\xfe", f"пуст|{NOT_ONE}"),
}


def worn(coat: Coat) -> Case:
    return case(coat(plain()))


ROWS: list[Row] = [
    *(row(name, partial(worn, coat), good(), why_not=COAT) for name, coat in GOOD.items()),
    *(whole(f"coat: {name}", partial(worn, coat), words, why_not=COAT) for name, (coat, words) in BAD.items()),
]
