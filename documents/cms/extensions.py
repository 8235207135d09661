"""The extensions of a certificate that a check asks for, read by position (RFC 5280, 4.2).

`cryptography` reads all extensions or none, and refuses a certificate for a name in cp1251 that repeats its issuer.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from documents.cms.reader import BIT_STRING, BOOLEAN, INTEGER, OCTET_STRING, SEQUENCE, Element, read
from documents.cms.refusal import Malformed

BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE = "2.5.29.19", "2.5.29.15", "2.5.29.37"
SUBJECT_KEY_IDENTIFIER, AUTHORITY_KEY_IDENTIFIER = "2.5.29.14", "2.5.29.35"
NAME_CONSTRAINTS, PRIVATE_KEY_PERIOD, CRL_POINTS = "2.5.29.30", "2.5.29.16", "2.5.29.31"
SUBJECT_ALTERNATIVE_NAME, CERTIFICATE_POLICIES = "2.5.29.17", "2.5.29.32"

KNOWN_CRITICAL = {
    BASIC_CONSTRAINTS,
    KEY_USAGE,
    EXTENDED_KEY_USAGE,
    SUBJECT_KEY_IDENTIFIER,
    AUTHORITY_KEY_IDENTIFIER,
    PRIVATE_KEY_PERIOD,
    CRL_POINTS,
    SUBJECT_ALTERNATIVE_NAME,
    CERTIFICATE_POLICIES,
}
DIGITAL_SIGNATURE, CONTENT_COMMITMENT, KEY_CERT_SIGN, CRL_SIGN = 0, 1, 5, 6  # bits of key usage
_MAX_EXTENSIONS, _MAX_ELEMENTS, _PRIMITIVE_0, _PRIMITIVE_1, _CONSTRUCTED_0 = 40, 400, 0x80, 0x81, 0xA0


@dataclass(frozen=True)
class Extension:
    """One extension.

    Attributes:
        is_critical: whether who does not know it must refuse.
        value: its DER.
    """

    is_critical: bool
    value: bytes


@dataclass(frozen=True)
class Extensions:
    """The extensions of a certificate, by OID; each is decoded when it is asked for.

    `see_to_form` has seen to it that all can be: whoever reads a certificate calls it.
    """

    found: Mapping[str, Extension]

    def _value(self, oid: str, tag: int) -> Element | None:
        extension = self.found.get(oid)
        return None if extension is None else read(extension.value, budget=_MAX_ELEMENTS).the(tag)

    @property
    def is_authority(self) -> bool:
        """What basic constraints say."""
        constraints = self._value(BASIC_CONSTRAINTS, SEQUENCE)
        parts = constraints.fields(0, 2) if constraints else []
        return bool(parts) and parts[0].tag == BOOLEAN and parts[0].contents == b"\xff"

    @property
    def path_length(self) -> int | None:
        """How many authorities may stand below; None for any number."""
        constraints = self._value(BASIC_CONSTRAINTS, SEQUENCE)
        parts = constraints.fields(0, 2) if constraints else []
        lengths = [part for part in parts if part.tag == INTEGER]
        return int.from_bytes(lengths[0].contents, signed=True) if lengths else None

    @property
    def key_usage(self) -> frozenset[int] | None:
        """The bits that are set; None when the certificate does not say."""
        usage = self._value(KEY_USAGE, BIT_STRING)
        if usage is None:
            return None
        bits = usage.contents[1:]
        return frozenset(place for place in range(8 * len(bits)) if bits[place // 8] & 0x80 >> place % 8)

    @property
    def purposes(self) -> frozenset[str] | None:
        """Extended key usage, dotted; None when the certificate does not say."""
        usage = self._value(EXTENDED_KEY_USAGE, SEQUENCE)
        return None if usage is None else frozenset(purpose.oid() for purpose in usage.fields(1, 64))

    @property
    def key_identifier(self) -> bytes | None:
        """What its authority calls its key."""
        identifier = self._value(SUBJECT_KEY_IDENTIFIER, OCTET_STRING)
        return identifier.contents if identifier else None

    @property
    def authority_key_identifier(self) -> bytes | None:
        """What it calls its authority's key."""
        identifier = self._value(AUTHORITY_KEY_IDENTIFIER, SEQUENCE)
        parts = identifier.fields(0, 3) if identifier else []
        return parts[0].contents if parts and parts[0].tag == _PRIMITIVE_0 else None

    @property
    def key_ends(self) -> dt.datetime | None:
        """Until when the private key may sign; None when the certificate does not say."""
        period = self._value(PRIVATE_KEY_PERIOD, SEQUENCE)
        ends = [part for part in (period.fields(0, 2) if period else []) if part.tag == _PRIMITIVE_1]
        return ends[0].general_moment() if ends else None

    @property
    def crl_points(self) -> frozenset[bytes]:
        """Names of the places where lists of revoked certificates are found, in DER."""
        points = self._value(CRL_POINTS, SEQUENCE)
        names = set()
        for point in points.fields(1, 32) if points else []:
            parts = point.the(SEQUENCE).fields(0, 3)
            if parts and parts[0].tag == _CONSTRUCTED_0:
                names |= full_names(parts[0])
        return frozenset(names)

    def see_to_form(self) -> None:
        """Decode all that a check may ask for.

        Raises:
            Malformed: one of them is broken.
        """
        _ = (self.is_authority, self.path_length, self.key_usage, self.purposes, self.key_identifier)
        _ = (self.authority_key_identifier, self.key_ends, self.crl_points)


def full_names(point: Element) -> set[bytes]:
    """The names of a distribution point (RFC 5280, 4.2.1.13), in DER; none when it is named in another way.

    Raises:
        Malformed: it is no distribution point.
    """
    kind = point.fields(1)[0]
    return {name.raw for name in kind.fields(1, 32)} if kind.tag == _CONSTRUCTED_0 else set()


def read_extensions(listed: Element | None) -> Extensions:
    """Read a list of extensions.

    Args:
        listed: SEQUENCE OF Extension; None when there is none.

    Raises:
        Malformed: it is none, or an extension stands there twice.
    """
    found: dict[str, Extension] = {}
    for extension in listed.the(SEQUENCE).fields(1, _MAX_EXTENSIONS) if listed else []:
        name, *critical, value = extension.the(SEQUENCE).fields(2, 3)
        oid = name.oid()
        if oid in found or (critical and critical[0].the(BOOLEAN).contents != b"\xff"):
            raise Malformed("An extension stands once, and is critical or not.")
        found[oid] = Extension(bool(critical), value.the(OCTET_STRING).contents)
    return Extensions(found)
