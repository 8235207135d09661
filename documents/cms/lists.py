"""Certificate revocation lists (RFC 5280, 5): positions read here, entries and extensions by `cryptography`."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from cryptography import x509

from documents.cms.algorithms import scheme_of
from documents.cms.certificates import REFUSED_BY_LIBRARY, Certificate, read_extensions
from documents.cms.effort import Effort
from documents.cms.names import Name, read_name
from documents.cms.reader import BIT_STRING, GENERALIZED_TIME, INTEGER, SEQUENCE, UTC_TIME, read
from documents.cms.refusal import Malformed, SignatureRefused
from documents.cms.statements import Statement

_MAX_ELEMENTS = 600  # of the list's head; entries are not entered


@dataclass(frozen=True)
class RevocationList:
    """A list of revoked certificates; nothing of it is verified yet.

    Attributes:
        der: its bytes.
        tbs: the part of them that the authority signed.
        scheme_der: the algorithm of that signature, as an AlgorithmIdentifier.
        signature: its value.
        issuer: whose list it is.
        made_at: of which moment it is.
        next_at: when the next is due; may be None.
    """

    WHAT: ClassVar[str] = "Список отзыва"

    der: bytes
    tbs: bytes
    scheme_der: bytes
    signature: bytes
    issuer: Name
    made_at: dt.datetime
    next_at: dt.datetime | None

    def about(self, certificate: Certificate, issuer: Certificate, effort: Effort) -> Statement | None:
        """What the list says of a certificate.

        Args:
            certificate: in question.
            issuer: the authority that may have signed the list.
            effort: the checks that the container has left.

        Returns:
            The statement; None when the list is another authority's, or tells of other certificates.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        if self.issuer.key != certificate.issuer_name.key or not self._is_of_kind(certificate):
            return None
        if not self.is_signed_by(issuer, effort):
            return None
        serial = int.from_bytes(bytes.fromhex(certificate.serial), signed=True)
        entry = self._parsed.get_revoked_certificate_by_serial_number(serial)
        revoked_at = entry.revocation_date_utc if entry else None
        ends = self.next_at or self.made_at  # RFC 5280, 5.1.2.5: a list that does not name the next is never fresh
        return Statement(revoked_at, self.made_at, ends, self._is_for(certificate))

    def is_signed_by(self, authority: Certificate, effort: Effort) -> bool:
        """Whether an authority, allowed to, signed the list.

        Args:
            authority: whose name the list bears.
            effort: the checks that are left.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        if authority.subject.key != self.issuer.key or not authority.may_sign_lists:
            return False
        scheme = scheme_of(read(self.scheme_der, budget=40))
        return effort.is_signed_by(authority, self.tbs, scheme, self.signature)

    @property
    def scope(self) -> str:
        """Which of the authority's certificates the list is about, as a digest; empty for all.

        Raises:
            SignatureRefused: the list is of a kind that is not understood.
        """
        scope = self._scope
        return hashlib.sha256(scope.public_bytes()).hexdigest() if scope else ""

    @cached_property
    def _parsed(self) -> x509.CertificateRevocationList:
        return x509.load_der_x509_crl(self.der)

    @cached_property
    def _scope(self) -> x509.IssuingDistributionPoint | None:
        """Which certificates the list is about; None for all.

        Raises:
            SignatureRefused: the list is of a kind that is not understood (a delta, an unknown critical extension).
        """
        scope = None
        for extension in read_extensions(lambda: self._parsed):
            if isinstance(extension.value, x509.IssuingDistributionPoint):
                scope = extension.value
            elif extension.critical or isinstance(extension.value, x509.DeltaCRLIndicator):
                raise SignatureRefused("Список отзыва такого вида портал не читает.")
        return scope

    def _is_of_kind(self, certificate: Certificate) -> bool:
        """Whether the list may hold such a certificate (RFC 5280, 5.2.5)."""
        scope = self._scope
        if scope is None:
            return True
        if scope.indirect_crl or scope.only_some_reasons or scope.only_contains_attribute_certs:
            return False
        is_authority = certificate.calls_itself_authority
        return not (
            (scope.only_contains_user_certs and is_authority) or (scope.only_contains_ca_certs and not is_authority)
        )

    def _is_for(self, certificate: Certificate) -> bool:
        """Whether a list in parts is the part that the certificate names."""
        if self._scope is None or not self._scope.full_name:
            return self._scope is None or not self._scope.relative_name
        points = certificate.extension(x509.CRLDistributionPoints)
        named = [name for point in points or () for name in point.full_name or ()]
        return any(name in named for name in self._scope.full_name)


def read_list(der: bytes) -> RevocationList | None:
    """Read a revocation list.

    Args:
        der: its bytes.

    Returns:
        The list, or None when these bytes are none.
    """
    try:
        root = read(der, budget=_MAX_ELEMENTS).the(SEQUENCE)
        tbs, scheme, signature = root.fields(3)
        fields = tbs.the(SEQUENCE).fields(3, 7)
        if fields[0].tag == INTEGER:
            fields.pop(0)
        inner, issuer, made, *rest = fields
        if inner.raw != scheme.raw:
            raise Malformed("Two algorithms of one signature.")
        follows = rest and rest[0].tag in (UTC_TIME, GENERALIZED_TIME)
        found = RevocationList(
            der=der,
            tbs=tbs.raw,
            scheme_der=scheme.the(SEQUENCE).raw,
            signature=signature.the(BIT_STRING).bits(),
            issuer=read_name(issuer.the(SEQUENCE)),
            made_at=made.moment(),
            next_at=rest[0].moment() if follows else None,
        )
        _ = found._parsed
    except (*REFUSED_BY_LIBRARY, SignatureRefused):
        return None
    return found
