"""X.509 certificates (RFC 5280): what a check asks of them, read by position."""

import base64
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from documents.cms.algorithms import AlgorithmRefused, Scheme, scheme_of
from documents.cms.extensions import KEY_CERT_SIGN, KNOWN_CRITICAL, NAME_CONSTRAINTS, Extensions, read_extensions
from documents.cms.keys import read_key
from documents.cms.names import COMMON_NAME, ORGANISATION, SNILS, Name, read_name
from documents.cms.reader import BIT_STRING, INTEGER, SEQUENCE, Element, read
from documents.cms.refusal import Malformed, SignatureRefused

MAX_ELEMENTS = 800
_MAX_SERIAL = 40  # octets; RFC 5280 allows 20, and some have written more
UNREADABLE = "Сертификат в файле не читается: он повреждён или составлен не по правилам."

# How `cryptography` says that it does not read something; some of these are plain `Exception`s.
REFUSED_BY_LIBRARY = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----")


@dataclass(frozen=True)
class Signed:
    """What somebody signed, and how: of a certificate, a list or an answer.

    Attributes:
        tbs: the signed bytes, as they stand in the file.
        scheme_der: the algorithm, an AlgorithmIdentifier.
        signature: the value.
    """

    tbs: bytes
    scheme_der: bytes
    signature: bytes

    @cached_property
    def scheme(self) -> Scheme:
        """How it was signed.

        Raises:
            AlgorithmRefused: by an outdated or unknown algorithm.
            Malformed: it names none.
        """
        return scheme_of(read(self.scheme_der, budget=40))

    @cached_property
    def fingerprint(self) -> bytes:
        """SHA-256 of the whole: what an answer about it is remembered by."""
        return hashlib.sha256(self.tbs + self.scheme_der + self.signature).digest()


@dataclass(frozen=True)
class Certificate:
    """What a certificate says.

    Attributes:
        der: its bytes, as they stand in the file.
        signed: what its authority signed, and how.
        are_algorithms_equal: whether the signed part names the same algorithm.
        subject: whose it is.
        issuer_name: who vouches for it.
        serial: serial number: the bytes of the INTEGER, hexadecimal, leading zeros included.
        not_before: beginning of validity.
        not_after: end of validity.
        spki: the public key, SubjectPublicKeyInfo in DER.
        extensions: what else it says.
    """

    der: bytes
    signed: Signed
    are_algorithms_equal: bool
    subject: Name
    issuer_name: Name
    serial: str
    not_before: dt.datetime
    not_after: dt.datetime
    spki: bytes
    extensions: Extensions

    @property
    def owner(self) -> str:
        """The person: surname and given names; heads of organisations have the organisation as common name."""
        return self.subject.person or self.common_name or self.organisation

    @property
    def common_name(self) -> str:
        """Common name of the subject."""
        return self.subject[COMMON_NAME]

    @property
    def organisation(self) -> str:
        """Organisation of the subject; may be empty."""
        return self.subject[ORGANISATION]

    @property
    def represents(self) -> str:
        """Common name and organisation where they name somebody else than the owner; may be empty."""
        others = dict.fromkeys(one for one in (self.common_name, self.organisation) if one and one != self.owner)
        return ", ".join(others)

    @property
    def issuer(self) -> str:
        """The authority, as people call it."""
        return self.issuer_name[COMMON_NAME] or self.issuer_name[ORGANISATION] or self.issuer_name.person

    @property
    def snils(self) -> str:
        """СНИЛС of the owner; may be empty."""
        return self.subject[SNILS]

    @property
    def inn(self) -> str:
        """ИНН of the person or organisation; may be empty."""
        return self.subject.inn

    @property
    def is_self_issued(self) -> bool:
        """Whether it vouches for itself, or for another key of the same name."""
        return self.subject.key == self.issuer_name.key

    @property
    def is_authority(self) -> bool:
        """Whether it may vouch for others: an authority, allowed to sign certificates."""
        return self.extensions.is_authority and self.may_use_key_for(KEY_CERT_SIGN)

    def may_use_key_for(self, *bits: int) -> bool:
        """Whether its key usage, where it has one, allows one of some uses.

        Args:
            bits: of key usage (RFC 5280, 4.2.1.3).
        """
        usage = self.extensions.key_usage
        return usage is None or not usage.isdisjoint(bits)

    @cached_property
    def flaw(self) -> str:
        """Why nothing that this certificate says can be relied on; empty when nothing speaks against it."""
        try:
            if not self.are_algorithms_equal:
                return "Сертификат изменён: алгоритм его подписи назван в нём двояко."
            _ = self.signed.scheme
            read_key(self.spki)
            return self._critical_flaw()
        except AlgorithmRefused as refusal:
            return f"Сертификат выдан с негодным алгоритмом. {refusal}"
        except SignatureRefused as refusal:
            return str(refusal)
        except Malformed:
            return UNREADABLE

    def _critical_flaw(self) -> str:
        """RFC 5280, 4.2: a certificate with a critical extension that one does not know is rejected."""
        for oid, extension in self.extensions.found.items():
            if oid == NAME_CONSTRAINTS:
                return "Сертификат удостоверяющего центра ограничивает имена: портал таких ограничений не проверяет."
            if extension.is_critical and oid not in KNOWN_CRITICAL:
                return f"В сертификате незнакомое порталу критическое расширение ({oid})."
        return ""

    def is_valid_at(self, moment: dt.datetime) -> bool:
        """Whether a moment lies within its validity."""
        return self.not_before <= moment <= self.not_after


def _extensions(version: bytes, rest: list[Element]) -> Extensions:
    """What follows the key: unique identifiers, and the extensions that version 3 alone may have.

    Raises:
        Malformed: of another version, or in another order.
    """
    tags = [field.tag for field in rest]
    if tags != sorted(set(tags)) or not set(tags) <= {0x81, 0x82, 0xA3} or version not in (b"\x00", b"\x01", b"\x02"):
        raise Malformed("Unique identifiers [1] and [2] and extensions [3] belong here.")
    if 0xA3 in tags and version != b"\x02":
        raise Malformed("Extensions came with version 3.")
    extensions = read_extensions(rest[-1].only(SEQUENCE) if 0xA3 in tags else None)
    extensions.see_to_form()
    return extensions


def read_certificate(der: bytes) -> Certificate:
    """Read a certificate.

    Args:
        der: its bytes.

    Returns:
        What it says; nothing is verified yet.

    Raises:
        Malformed: it is no certificate (a ValueError).
        SignatureRefused: it passes a cap.
    """
    root = read(der, budget=MAX_ELEMENTS).the(SEQUENCE)
    tbs, scheme, signature = root.fields(3)
    fields = tbs.the(SEQUENCE).fields(6, 10)
    version = fields.pop(0).only(INTEGER).contents if fields[0].tag == 0xA0 else b"\x00"
    if len(fields) < 6:
        raise Malformed("A certificate has six fields and more.")
    serial, inner, issuer, validity, subject, key, *rest = fields
    begins, ends = validity.the(SEQUENCE).fields(2)
    number = serial.the(INTEGER).contents
    if len(number) > _MAX_SERIAL or int.from_bytes(number, signed=True) <= 0:
        raise Malformed("A serial number is positive and of 20 octets (RFC 5280, 4.1.2.2).")
    return Certificate(
        der=der,
        signed=Signed(tbs.raw, scheme.the(SEQUENCE).raw, signature.the(BIT_STRING).bits()),
        are_algorithms_equal=inner.raw == scheme.raw,
        subject=read_name(subject.the(SEQUENCE)),
        issuer_name=read_name(issuer.the(SEQUENCE)),
        serial=number.hex().upper(),
        not_before=begins.moment(),
        not_after=ends.moment(),
        spki=key.the(SEQUENCE).raw,
        extensions=_extensions(version, rest),
    )


@lru_cache(maxsize=512)
def read_trusted(der: bytes) -> Certificate | None:
    """A certificate of the trust store, read once a process: the same few are asked at every check."""
    return read_or_none(der)


def read_or_none(der: bytes) -> Certificate | None:
    """A certificate of a store or a file; one that cannot be read proves nothing and harms nothing."""
    try:
        return read_certificate(der)
    except (Malformed, SignatureRefused):
        return None


def certificate_to_der(content: bytes) -> bytes:
    """The certificate of a PEM or DER file.

    Args:
        content: the file.

    Returns:
        The certificate in DER.

    Raises:
        ValueError: the file holds something else.
    """
    armored = _PEM.search(content)
    der = base64.b64decode(armored[1]) if armored else content
    try:
        read_certificate(der)
    except SignatureRefused as refusal:
        raise Malformed(str(refusal)) from refusal
    return der
