"""X.509 certificates (RFC 5280). Positions, names and days are read here; extensions by `cryptography`."""

import base64
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol, TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import ExtensionOID as Extension

from documents.cms.algorithms import AlgorithmRefused, Scheme, scheme_of
from documents.cms.keys import read_key
from documents.cms.names import COMMON_NAME, ORGANISATION, SNILS, Name, read_name
from documents.cms.reader import BIT_STRING, INTEGER, SEQUENCE, read
from documents.cms.refusal import Malformed, SignatureRefused

MAX_ELEMENTS = 600  # of names, days and keys; extensions are not entered
UNREADABLE = "Сертификат в файле не читается: он повреждён или составлен не по правилам."


class HasExtensions(Protocol):
    """Certificates, lists and answers."""

    @property
    def extensions(self) -> x509.Extensions:
        """Their extensions."""
        ...


ExtensionT = TypeVar("ExtensionT", bound=x509.ExtensionType)

# How `cryptography` says that it does not read something; some of these are plain `Exception`s.
REFUSED_BY_LIBRARY = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_KNOWN_CRITICAL = {
    Extension.AUTHORITY_KEY_IDENTIFIER,
    Extension.BASIC_CONSTRAINTS,
    Extension.CERTIFICATE_POLICIES,
    Extension.CRL_DISTRIBUTION_POINTS,
    Extension.EXTENDED_KEY_USAGE,
    Extension.KEY_USAGE,
    Extension.SUBJECT_ALTERNATIVE_NAME,
    Extension.SUBJECT_KEY_IDENTIFIER,
}
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----")


@dataclass(frozen=True)
class Certificate:
    """What a certificate says.

    Attributes:
        der: its bytes, as they stand in the file.
        tbs: the part of them that the authority signed.
        scheme_der: the algorithm of that signature, as an AlgorithmIdentifier.
        signature: its value.
        are_algorithms_equal: whether the signed part names the same algorithm.
        subject: whose it is.
        issuer_name: who vouches for it.
        serial: serial number: the bytes of the INTEGER, hexadecimal, leading zeros included.
        not_before: beginning of validity.
        not_after: end of validity.
        spki: the public key, SubjectPublicKeyInfo in DER.
    """

    der: bytes
    tbs: bytes
    scheme_der: bytes
    signature: bytes
    are_algorithms_equal: bool
    subject: Name
    issuer_name: Name
    serial: str
    not_before: dt.datetime
    not_after: dt.datetime
    spki: bytes

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

    @cached_property
    def scheme(self) -> Scheme:
        """How its authority signed it.

        Raises:
            AlgorithmRefused: by an outdated or unknown algorithm.
        """
        return scheme_of(read(self.scheme_der, budget=40))

    @property
    def is_self_issued(self) -> bool:
        """Whether it vouches for itself, or for another key of the same name."""
        return self.subject.key == self.issuer_name.key

    @cached_property
    def extensions(self) -> x509.Extensions:
        """Its extensions.

        Raises:
            SignatureRefused: they cannot be read.
        """
        return read_extensions(lambda: x509.load_der_x509_certificate(self.der))

    def extension(self, kind: type[ExtensionT]) -> ExtensionT | None:
        """The extension of a kind, or None.

        Raises:
            SignatureRefused: the extensions cannot be read.
        """
        try:
            return self.extensions.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            return None

    @property
    def is_authority(self) -> bool:
        """Whether it may vouch for others: an authority, allowed to sign certificates."""
        constraints, usage = self.extension(x509.BasicConstraints), self.extension(x509.KeyUsage)
        return bool(constraints and constraints.ca) and (usage is None or usage.key_cert_sign)

    @property
    def calls_itself_authority(self) -> bool:
        """Whether it says that it is an authority, whatever its key may be used for."""
        constraints = self.extension(x509.BasicConstraints)
        return bool(constraints and constraints.ca)

    @property
    def may_sign_lists(self) -> bool:
        """Whether its key may sign revocation lists."""
        usage = self.extension(x509.KeyUsage)
        return usage is None or usage.crl_sign

    @property
    def path_length(self) -> int | None:
        """How many authorities may stand below it; None for any number."""
        constraints = self.extension(x509.BasicConstraints)
        return constraints.path_length if constraints else None

    @property
    def purposes(self) -> frozenset[str] | None:
        """What it says that its key is for (extended key usage), dotted; None when it does not say."""
        usage = self.extension(x509.ExtendedKeyUsage)
        return None if usage is None else frozenset(purpose.dotted_string for purpose in usage)

    @property
    def key_identifier(self) -> bytes | None:
        """What its authority calls its key."""
        identifier = self.extension(x509.SubjectKeyIdentifier)
        return identifier.digest if identifier else None

    @cached_property
    def flaw(self) -> str:
        """Why nothing that this certificate says can be relied on; empty when nothing speaks against it."""
        try:
            if not self.are_algorithms_equal:
                return "Сертификат изменён: алгоритм его подписи назван в нём двояко."
            _ = self.scheme
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
        for extension in self.extensions:
            if extension.oid == Extension.NAME_CONSTRAINTS:
                return "Сертификат удостоверяющего центра ограничивает имена: портал таких ограничений не проверяет."
            if extension.critical and extension.oid not in _KNOWN_CRITICAL:
                return f"В сертификате незнакомое порталу критическое расширение ({extension.oid.dotted_string})."
        return ""

    def is_valid_at(self, moment: dt.datetime) -> bool:
        """Whether a moment lies within its validity."""
        return self.not_before <= moment <= self.not_after


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
    fields = [field for field in tbs.the(SEQUENCE).fields(6, 10) if field.tag != 0xA0]
    if len(fields) < 6:
        raise Malformed("A certificate has six fields and more.")
    serial, inner, issuer, validity, subject, key = fields[:6]
    begins, ends = validity.the(SEQUENCE).fields(2)
    if int.from_bytes(serial.the(INTEGER).contents, signed=True) <= 0:
        raise Malformed("A serial number is positive (RFC 5280, 4.1.2.2).")
    return Certificate(
        der=der,
        tbs=tbs.raw,
        scheme_der=scheme.the(SEQUENCE).raw,
        signature=signature.the(BIT_STRING).bits(),
        are_algorithms_equal=inner.raw == scheme.raw,
        subject=read_name(subject.the(SEQUENCE)),
        issuer_name=read_name(issuer.the(SEQUENCE)),
        serial=serial.the(INTEGER).contents.hex().upper(),
        not_before=begins.moment(),
        not_after=ends.moment(),
        spki=key.the(SEQUENCE).raw,
    )


def read_extensions(load: Callable[[], HasExtensions]) -> x509.Extensions:
    """The extensions of what `cryptography` loads, with one answer to everything that it does not take.

    Args:
        load: a call that loads a certificate, a list or an answer.

    Raises:
        SignatureRefused: they cannot be read.
    """
    try:
        return load().extensions
    except REFUSED_BY_LIBRARY as broken:
        raise SignatureRefused(UNREADABLE) from broken


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
