"""Certificates of any shape: `authority(...)` and `person(...)` are the ordinary ones, `certificate(...)` makes all.

Written by our own DER writer, so that every part can be odd: dates, names, serial numbers, extensions, algorithms.
Everything here happens around NOW, which the checks are told, so that the tests do not depend on the day.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache

from tests.documents.cms import der
from tests.documents.cms.keys import Key, key, signature_algorithm

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
SINCE, UNTIL = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
ANCIENT, FAR = dt.datetime(2015, 1, 1, tzinfo=dt.UTC), dt.datetime(2040, 1, 1, tzinfo=dt.UTC)

NAMES = {
    "CN": "2.5.4.3",
    "SN": "2.5.4.4",
    "serialNumber": "2.5.4.5",
    "C": "2.5.4.6",
    "O": "2.5.4.10",
    "T": "2.5.4.12",
    "GN": "2.5.4.42",
    "SNILS": "1.2.643.100.3",
    "INN": "1.2.643.3.131.1.1",
    "INNLE": "1.2.643.100.4",
    "OGRN": "1.2.643.100.1",
}
PURPOSES = {
    "server": "1.3.6.1.5.5.7.3.1",
    "client": "1.3.6.1.5.5.7.3.2",
    "code": "1.3.6.1.5.5.7.3.3",
    "mail": "1.3.6.1.5.5.7.3.4",
    "stamp": "1.3.6.1.5.5.7.3.8",
    "ocsp": "1.3.6.1.5.5.7.3.9",
    "documents": "1.3.6.1.5.5.7.3.36",
    "microsoft": "1.3.6.1.4.1.311.10.3.12",
    "any": "2.5.29.37.0",
    "russian": "1.2.643.2.2.34.6",
    "unknown": "1.3.6.1.4.1.99999.1",
}
USAGES = (
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
    "cRLSign", "encipherOnly",
)  # fmt: skip
PERSON = (
    ("CN", "Корягина Н.В."),
    ("O", "СГЦСЗР"),
    ("SNILS", der.numeric("12345678901")),
    ("INN", der.numeric("123456789012")),
)
Name = tuple[tuple[str, str | bytes], ...]


@dataclass(frozen=True)
class Party:
    """A key and its certificate; serial is the content of the INTEGER."""

    key: Key
    der: bytes
    subject: bytes
    issuer: bytes
    serial: bytes

    @property
    def issuer_and_serial(self) -> bytes:
        return der.seq(self.issuer, der.integer_octets(self.serial))


# --- names and extensions ---


def name(*parts: tuple[str, str | bytes]) -> bytes:
    """A Name; a text is written as UTF8String, bytes are a value that is already encoded."""
    return der.seq(*(rdn(part) for part in parts))


def rdn(*parts: tuple[str, str | bytes]) -> bytes:
    """A RelativeDistinguishedName; an attribute's type is a short name or an OID."""
    written = []
    for kind, value in parts:
        encoded = der.utf8(value) if isinstance(value, str) else value
        written.append(der.seq(der.oid(NAMES.get(kind, kind)), encoded))
    return der.set_of(*written)


def extension(oid: str, value: bytes, *, critical: bool = False) -> bytes:
    return der.seq(der.oid(oid), *([der.boolean(True)] if critical else []), der.octets(value))


def basic(ca: bool, path: int | None = None, *, critical: bool = True) -> bytes:
    """Basic constraints."""
    parts = ([der.boolean(True)] if ca else []) + ([der.integer(path)] if path is not None else [])
    return extension("2.5.29.19", der.seq(*parts), critical=critical)


def usage(*names: str, critical: bool = True) -> bytes:
    """Key usage."""
    value = sum(0x80 >> USAGES.index(each) for each in names)
    unused = (value & -value).bit_length() - 1 if value else 0
    return extension("2.5.29.15", der.bits(bytes([value]) if value else b"", unused), critical=critical)


def purposes(*names: str, critical: bool = False) -> bytes:
    """Extended key usage."""
    return extension("2.5.29.37", der.seq(*(der.oid(PURPOSES[each]) for each in names)), critical=critical)


def subject_key(of: Key) -> bytes:
    return extension("2.5.29.14", der.octets(of.identifier))


def authority_key(of: Key) -> bytes:
    return extension("2.5.29.35", der.seq(der.context(0, of.identifier, constructed=False)))


OF_AUTHORITY = (basic(True), usage("keyCertSign", "cRLSign"))
OF_PERSON = (usage("digitalSignature", "nonRepudiation"),)
OF_STAMPER = (usage("digitalSignature"), purposes("stamp", critical=True))


# --- certificates ---


def _serial(*parts: bytes) -> bytes:
    return b"\x01" + hashlib.sha256(b"".join(parts)).digest()[:7]


@dataclass(frozen=True)
class Form:
    """What may be odd about a certificate; None is the ordinary form.

    Attributes:
        extensions: DER of each; None leaves the whole field out.
        dates: the two encoded values, where `since` and `until` cannot say it.
        inner: AlgorithmIdentifier inside what is signed.
        outer: AlgorithmIdentifier beside the signature.
        issuer: the name in it, where that is not the issuer's own.
        spki: another public key than that of `key`.
        signed_by: another key than the issuer's.
    """

    serial: bytes | None = None
    since: dt.datetime = SINCE
    until: dt.datetime = UNTIL
    dates: tuple[bytes, bytes] | None = None
    extensions: tuple[bytes, ...] | None = None
    digest: str = ""
    inner: bytes | None = None
    outer: bytes | None = None
    issuer: bytes | None = None
    spki: bytes | None = None
    signed_by: Key | None = None
    version: int = 2
    identifiers: bytes = b""


def certificate(of: Key, subject: bytes, by: Party | None = None, form: Form | None = None) -> Party:
    """A certificate of a key: self-signed, or signed by somebody."""
    form = form or Form()
    signer = form.signed_by or (by.key if by else of)
    issuer = form.issuer or (by.subject if by else subject)
    digest = form.digest or signer.digest
    algorithm = signature_algorithm(signer, digest)
    serial = form.serial if form.serial is not None else _serial(subject, issuer, of.spki)
    dates = form.dates or (der.time(form.since), der.time(form.until))
    tbs = der.seq(
        *([der.context(0, der.integer(form.version))] if form.version else []),
        der.integer_octets(serial),
        form.inner or algorithm,
        issuer,
        der.seq(*dates),
        subject,
        form.spki or of.spki,
        form.identifiers,
        *([der.context(3, der.seq(*form.extensions))] if form.extensions is not None else []),
    )
    signed = der.seq(tbs, form.outer or algorithm, der.bits(signer.sign(tbs, digest)))
    return Party(of, signed, subject, issuer, serial)


@cache
def authority(common_name: str = "Удостоверяющий центр", kind: str = "p256", by: Party | None = None,
              more: tuple[bytes, ...] = (), own: tuple[bytes, ...] = OF_AUTHORITY, key_name: str = "",
              since: dt.datetime = ANCIENT, until: dt.datetime = FAR, digest: str = "") -> Party:  # fmt: skip
    """An ordinary authority: a root, or below somebody; `own` replaces its extensions, `more` adds to them."""
    of = key(kind, key_name or common_name)
    extensions = (*own, *more, subject_key(of), *((authority_key(by.key),) if by else ()))
    form = Form(since=since, until=until, extensions=extensions, digest=digest)
    return certificate(of, name(("CN", common_name), ("O", "Центр")), by, form)


@cache
def person(by: Party, kind: str = "p256", subject: Name | bytes = PERSON, own: tuple[bytes, ...] = OF_PERSON,
           more: tuple[bytes, ...] = (), since: dt.datetime = SINCE, until: dt.datetime = UNTIL,
           key_name: str = "person", digest: str = "") -> Party:  # fmt: skip
    """An ordinary person's certificate; `own` replaces its extensions, `more` adds to them."""
    of = key(kind, key_name)
    form = Form(
        since=since, until=until, extensions=(*own, *more, subject_key(of), authority_key(by.key)), digest=digest
    )
    return certificate(of, subject if isinstance(subject, bytes) else name(*subject), by, form)
