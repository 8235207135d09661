"""Certificates that are none, or almost: keys without their parts, unknown versions, names that no library reads."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.documents.cms import der
from tests.documents.cms.forge import OF_AUTHORITY, OF_PERSON, PERSON, Form, Party, certificate, extension, name, person
from tests.documents.cms.keys import key
from tests.documents.cms.table.row import Case, Row, bad, handled, of, root, row, signed


def odd_person(**form: Any) -> Party:
    return certificate(key("p256", "person"), name(*PERSON), root(), Form(**{"extensions": OF_PERSON, **form}))


def keyed(spki: bytes, outer: bytes | None = None) -> Case:
    """A person whose certificate holds this instead of a key; the signature says to be of that kind."""
    made = odd_person(spki=spki)
    return signed(made, signature_algorithm=outer)


GOST_SIGNATURE = der.seq(der.oid("1.2.643.7.1.1.1.1"))
P256 = der.oid("1.2.840.10045.3.1.7")


def gost_key(parameters: bytes, point: bytes = der.octets(bytes(64))) -> bytes:
    return der.seq(der.seq(der.oid("1.2.643.7.1.1.1.1"), parameters), der.bits(point))


def ec_key(parameters: bytes, point: bytes) -> bytes:
    return der.seq(der.seq(der.oid("1.2.840.10045.2.1"), parameters), der.bits(point))


CURVE_A = der.seq(der.oid("1.2.643.2.2.35.1"))
VERSIONS = (0, 1, 3, 4, 127, 1 << 40, -1)


def with_odd(made: bytes) -> Case:
    return signed(odd_person(extensions=(*OF_PERSON, made)))


def of_version(number: int) -> Case:
    return signed(odd_person(version=number))


def below_version(number: int) -> Case:
    form = Form(version=number, extensions=OF_AUTHORITY)
    between = certificate(key("p256", "odd version"), name(("CN", "Особый")), root(), form)
    return of(person(between), root(), along=(between,))


EDI, X400 = der.context(5, der.context(1, der.utf8("edi"))), der.context(3, der.octets(b"x400"))
ODD_NAMES: dict[str, Callable[[bytes], bytes]] = {
    "alternative name": lambda odd: extension("2.5.29.17", der.seq(odd)),
    "distribution point": lambda odd: extension("2.5.29.31", der.seq(der.seq(der.context(0, der.context(0, odd))))),
    "authority key": lambda odd: extension("2.5.29.35", der.seq(der.context(1, odd), der.tlv(0x82, b"\1"))),
    "access": lambda odd: extension("1.3.6.1.5.5.7.1.1", der.seq(der.seq(der.oid("1.3.6.1.5.5.7.48.1"), odd))),
}
ODD: list[Row] = [
    *(
        row(f"an odd {kind} {title}", partial(with_odd, make(odd)), handled())
        for kind, odd in (("EDI", EDI), ("X.400", X400))
        for title, make in ODD_NAMES.items()
    ),
    *(row(f"a certificate of version {number + 1}", partial(of_version, number), handled()) for number in VERSIONS),
    *(row(f"an authority of version {number + 1}", partial(below_version, number), handled()) for number in VERSIONS),
]
NO_KEYS: dict[str, tuple[bytes, bytes | None]] = {
    "nothing": (der.seq(), None),
    "no algorithm": (der.seq(der.seq(), der.bits(b"")), None),
    "no bits": (der.seq(der.seq(der.oid("1.2.840.10045.2.1"), P256)), None),
    "no curve": (der.seq(der.seq(der.oid("1.2.840.10045.2.1")), der.bits(b"\x04" + bytes(64))), None),
    "no parameters of GOST": (gost_key(der.seq()), GOST_SIGNATURE),
    "parameters of GOST that are none": (gost_key(der.null()), GOST_SIGNATURE),
    "an unknown curve of GOST": (gost_key(der.seq(der.oid("1.2.643.2.2.35.0"))), GOST_SIGNATURE),
    "a curve of 512 for 256": (gost_key(der.seq(der.oid("1.2.643.7.1.2.1.2.1"))), GOST_SIGNATURE),
    "a point of zeros of GOST": (gost_key(CURVE_A), GOST_SIGNATURE),
    "a point of ones of GOST": (gost_key(CURVE_A, der.octets(b"\xff" * 64)), GOST_SIGNATURE),
    "a short point of GOST": (gost_key(CURVE_A, der.octets(bytes(63))), GOST_SIGNATURE),
    "bits of GOST that are no OCTET STRING": (gost_key(CURVE_A, bytes(66)), GOST_SIGNATURE),
    "a point of infinity": (ec_key(P256, b"\0"), None),
    "a point off the curve": (ec_key(P256, b"\x04" + bytes(63) + b"\1"), None),
    "a hybrid point": (ec_key(P256, b"\x06" + bytes(64)), None),
}
KEYS: list[Row] = [row(f"no key: {each}", partial(keyed, *made), bad()) for each, made in NO_KEYS.items()]
ROWS: list[Row] = [*ODD, *KEYS]
