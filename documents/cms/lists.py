"""Certificate revocation lists (RFC 5280, 5): positions are read here, entries by `cryptography`."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from cryptography import x509

from documents.cms.certificates import REFUSED_BY_LIBRARY, Certificate, Signed
from documents.cms.effort import Effort
from documents.cms.extensions import CRL_SIGN, Extensions, full_names, read_extensions
from documents.cms.names import Name, read_name
from documents.cms.reader import BIT_STRING, GENERALIZED_TIME, INTEGER, SEQUENCE, UTC_TIME, read
from documents.cms.refusal import Malformed, SignatureRefused
from documents.cms.statements import RevocationStatement

_MAX_ELEMENTS = 800  # of the list's head; entries are not entered
_SCOPE, _DELTA = "2.5.29.28", "2.5.29.27"
_USERS_ONLY, _AUTHORITIES_ONLY, _SOME_REASONS, _INDIRECT, _ATTRIBUTES_ONLY = 0x81, 0x82, 0x83, 0x84, 0x85
_CONSTRUCTED_0 = 0xA0


@dataclass(frozen=True)
class Scope:
    """Which of an authority's certificates a list is about (RFC 5280, 5.2.5).

    Attributes:
        kinds: tags of what restricts it to a kind.
        names: of the part that it is, in DER; empty for all parts.
        is_part: whether it is one part of several.
    """

    kinds: frozenset[int] = frozenset()
    names: frozenset[bytes] = frozenset()
    is_part: bool = False

    def may_hold(self, certificate: Certificate) -> bool:
        """Whether the list may hold such a certificate."""
        if self.kinds & {_SOME_REASONS, _INDIRECT, _ATTRIBUTES_ONLY}:
            return False
        other_kind = _USERS_ONLY if certificate.extensions.is_authority else _AUTHORITIES_ONLY
        return other_kind not in self.kinds

    def is_of(self, certificate: Certificate) -> bool:
        """Whether the list is the part that the certificate names."""
        return not self.is_part or not self.names.isdisjoint(certificate.extensions.crl_points)


@dataclass(frozen=True)
class RevocationList:
    """A list of revoked certificates; nothing of it is verified yet.

    Attributes:
        der: its bytes.
        signed: what the authority signed, and how.
        issuer: whose list it is.
        made_at: of which moment it is.
        next_at: when the next is due; may be None.
        extensions: what else it says of itself.
    """

    WHAT: ClassVar[str] = "Список отзыва"

    der: bytes
    signed: Signed
    issuer: Name
    made_at: dt.datetime
    next_at: dt.datetime | None
    extensions: Extensions

    def about(self, certificate: Certificate, signer: Certificate, effort: Effort) -> RevocationStatement | None:
        """What the list says of a certificate.

        Args:
            certificate: in question.
            signer: the authority that may have signed the list.
            effort: the checks that are left.

        Returns:
            The statement; None when the list is another authority's, or tells of other certificates.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        if self.issuer.key != certificate.issuer_name.key:
            return None
        scope = self.scope_of_list
        if not scope.may_hold(certificate) or not self.is_signed_by(signer, effort):
            return None
        serial = int.from_bytes(bytes.fromhex(certificate.serial))
        entry = self._parsed.get_revoked_certificate_by_serial_number(serial)
        ends = self.next_at or self.made_at  # RFC 5280, 5.1.2.5: a list that does not name the next is never fresh
        return RevocationStatement(_revoked_at(entry), self.made_at, ends, scope.is_of(certificate))

    def is_signed_by(self, authority: Certificate, effort: Effort) -> bool:
        """Whether an authority, allowed to, signed the list.

        Args:
            authority: whose name the list bears.
            effort: the checks that are left.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        if authority.subject.key != self.issuer.key or not authority.may_use_key_for(CRL_SIGN):
            return False
        return effort.is_signed_by(authority, self.signed)

    @property
    def scope(self) -> str:
        """Which of the authority's certificates the list is about, as a digest; empty for all.

        Raises:
            SignatureRefused: the list is of a kind that is not understood.
        """
        _ = self.scope_of_list
        extension = self.extensions.found.get(_SCOPE)
        return hashlib.sha256(extension.value).hexdigest() if extension else ""

    @cached_property
    def scope_of_list(self) -> Scope:
        """Which of the authority's certificates the list is about.

        Raises:
            SignatureRefused: the list is of a kind that is not understood (a delta, an unknown critical extension).
        """
        for oid, extension in self.extensions.found.items():
            if oid == _DELTA or (extension.is_critical and oid != _SCOPE):
                raise SignatureRefused("Список отзыва такого вида портал не читает.")
        if _SCOPE not in self.extensions.found:
            return Scope()
        parts = read(self.extensions.found[_SCOPE].value, budget=_MAX_ELEMENTS).the(SEQUENCE).fields(0, 6)
        points = [part for part in parts if part.tag == _CONSTRUCTED_0]
        kinds = frozenset(part.tag for part in parts if part.contents == b"\xff" or part.tag == _SOME_REASONS)
        return Scope(kinds, frozenset(full_names(points[0]) if points else ()), bool(points))

    @cached_property
    def _parsed(self) -> x509.CertificateRevocationList:
        return x509.load_der_x509_crl(self.der)


def read_list(der: bytes) -> RevocationList | None:
    """Read a revocation list.

    Args:
        der: its bytes.

    Returns:
        The list, or None when these bytes are none.
    """
    try:
        tbs, scheme, signature = read(der, budget=_MAX_ELEMENTS).the(SEQUENCE).fields(3)
        fields = tbs.the(SEQUENCE).fields(3, 7)
        if fields[0].tag == INTEGER:
            fields.pop(0)
        inner, issuer, made, *rest = fields
        if inner.raw != scheme.raw:
            raise Malformed("Two algorithms of one signature.")
        follows = bool(rest) and rest[0].tag in (UTC_TIME, GENERALIZED_TIME)
        extensions = [field for field in rest if field.tag == _CONSTRUCTED_0]
        found = RevocationList(
            der=der,
            signed=Signed(tbs.raw, scheme.the(SEQUENCE).raw, signature.the(BIT_STRING).bits()),
            issuer=read_name(issuer.the(SEQUENCE)),
            made_at=made.moment(),
            next_at=rest[0].moment() if follows else None,
            extensions=read_extensions(extensions[0].only(SEQUENCE) if extensions else None),
        )
        _ = (found._parsed, found.scope_of_list)
    except SignatureRefused:
        return None
    except REFUSED_BY_LIBRARY:
        return None
    return found


def _revoked_at(entry: x509.RevokedCertificate | None) -> dt.datetime | None:
    """Since when an entry says that a certificate is not to be relied on: its key may have been known before."""
    if entry is None:
        return None
    try:
        known = entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc
    except (x509.ExtensionNotFound, *REFUSED_BY_LIBRARY):
        return entry.revocation_date_utc
    return min(known, entry.revocation_date_utc)
