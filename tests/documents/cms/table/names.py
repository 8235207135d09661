"""Names and numbers in certificates as Russian authorities and others write them."""

from functools import partial
from typing import Any

from tests.documents.cms import der
from tests.documents.cms.forge import OF_AUTHORITY, OF_PERSON, Form, authority, certificate, name, person, rdn
from tests.documents.cms.keys import key
from tests.documents.cms.table.row import GOST, Case, Expected, Row, good, handled, of, root, row, signed

NAME = "Корягина Наталья Владимировна"
HEAD = (("CN", "ООО «Ромашка»"), ("SN", "Корягина"), ("GN", "Наталья Владимировна"), ("O", "ООО «Ромашка»"))
MANY = "Очень длинное имя " * 40


def named(*parts: tuple[str, str | bytes]) -> Case:
    return signed(person(root(), subject=parts))


def issued_by(subject: bytes) -> Case:
    """A person of an authority with this name."""
    top = certificate(key("p256", "odd name"), subject, None, Form(extensions=OF_AUTHORITY))
    return of(person(top), top)


def numbered(serial: bytes) -> Case:
    form = Form(serial=serial, extensions=OF_PERSON)
    return signed(certificate(key("p256", "person"), name(("CN", NAME)), root(), form))


def read(title: str, parts: tuple[tuple[str, str | bytes], ...], expected: Expected) -> Row:
    return row(title, partial(named, *parts), expected)


def owner(text: str, **facts: Any) -> Expected:
    return good(owner=text, **facts)


ROWS: list[Row] = [
    read("a head of an organisation", HEAD, owner(NAME, common_name="ООО «Ромашка»", organisation="ООО «Ромашка»")),
    read("a name in CN alone", (("CN", NAME),), owner(NAME, common_name=NAME, organisation="")),
    read("a surname without given names", (("CN", NAME), ("SN", "Корягина")), handled()),
    read(
        "numbers of a person",
        (("CN", NAME), ("SNILS", der.numeric("12345678901")), ("INN", der.numeric("123456789012"))),
        owner(NAME, snils="12345678901", inn="123456789012"),
    ),
    read(
        "number of an organisation", (("CN", NAME), ("INNLE", der.numeric("7701234567"))), owner(NAME, inn="7701234567")
    ),
    read(
        "numbers as PrintableString",
        (("CN", NAME), ("SNILS", der.printable("12345678901"))),
        owner(NAME, snils="12345678901"),
    ),
    read("BMPString", (("CN", der.bmp(NAME)),), owner(NAME)),
    read("TeletexString in cp1251", (("CN", der.teletex(NAME.encode("cp1251"))),), owner(NAME)),
    read("TeletexString in Latin letters", (("CN", der.teletex(b"Koryagina")),), owner("Koryagina")),
    read("PrintableString", (("CN", der.printable("Koryagina N.V.")),), owner("Koryagina N.V.")),
    read("IA5String with letters of eight bit", (("CN", der.tlv(0x16, "Корягина".encode("cp1251"))),), handled()),
    read("UTF8String that is none", (("CN", der.tlv(0x0C, b"\xff\xfe\xd0")),), handled()),
    read("BMPString of an odd length", (("CN", der.tlv(0x1E, b"\x04\x1a\x04")),), handled()),
    read("BMPString with half a pair", (("CN", der.tlv(0x1E, b"\xd8\x00\x04\x1a")),), handled()),
    read("UniversalString", (("CN", der.tlv(0x1C, NAME.encode("utf-32-be"))),), handled()),
    read("bidirectional controls", (("CN", "Корягина\u202e\u2066 Н.В.\u200f"),), owner("Корягина Н.В.")),
    read("NUL in a name", (("CN", "Корягина\x00.evil"),), handled()),
    read("only controls in a name", (("CN", "\u202e\u202d"),), handled()),
    read("a line break in a name", (("CN", "Корягина\nПодпись подтверждена"),), handled()),
    read("over 300 characters", (("CN", MANY),), handled()),
    read("an empty name", (("CN", ""),), handled()),
    read("CN twice", (("CN", "Первая"), ("CN", "Вторая")), handled()),
    read("a name that is a NULL", (("CN", der.null()),), handled()),
    read("a name that is a SEQUENCE", (("CN", der.seq(der.utf8(NAME))),), handled()),
    read("no names at all", (), handled()),
    row("a country of three letters", partial(named, ("C", der.printable("RUS")), ("CN", NAME)), owner(NAME)),
    row(
        "several attributes in one place",
        lambda: signed(person(root(), subject=der.seq(rdn(("CN", NAME), ("O", "СГЦСЗР"))))),
        owner(NAME, organisation="СГЦСЗР"),
    ),
    row(
        "an empty place in a name",
        lambda: signed(person(root(), subject=der.seq(der.set_of(), rdn(("CN", NAME))))),
        handled(),
    ),
    row(
        "an authority with a name of bytes",
        lambda: issued_by(name(("CN", der.teletex("Центр".encode("cp1251"))))),
        good(issuer="Центр"),
    ),
    row("an authority without CN", lambda: issued_by(name(("O", "Минцифры России"))), good(issuer="Минцифры России")),
    row("an authority with NUL in its name", lambda: issued_by(name(("CN", "Центр\x00"))), handled()),
    row("an authority with a long name", lambda: issued_by(name(("CN", MANY))), handled()),
    row("serial number with its leading zeros", lambda: numbered(b"\x00\xa1\xb2"), good(serial="00A1B2")),
    row("serial number that begins with a small digit", lambda: numbered(b"\x01\x02"), good(serial="0102")),
    row("serial number of 20 octets", lambda: numbered(b"\x7f" * 20), good(serial="7F" * 20)),
    row("serial number of 21 octets", lambda: numbered(b"\x7f" * 21), handled()),
    row("serial number of zero", lambda: numbered(b"\x00"), handled()),
    row("serial number below zero", lambda: numbered(b"\xff\x01"), handled()),
    row("serial number with a zero too many", lambda: numbered(b"\x00\x12"), handled()),
    row("serial number of nothing", lambda: numbered(b""), handled()),
    row("serial number of 300 octets", lambda: numbered(b"\x11" * 300), handled()),
    row(
        "GOST with a name of bytes",
        lambda: of(
            person(authority("Центр ГОСТ", "gost256"), "gost256", (("CN", der.teletex(NAME.encode("cp1251"))),)),
            authority("Центр ГОСТ", "gost256"),
        ),
        owner(NAME),
        why_not=GOST,
    ),
]
