"""OCSP answers (RFC 6960): positions read here, single answers by `cryptography`."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import ocsp

from documents.cms.algorithms import scheme_of
from documents.cms.certificates import REFUSED_BY_LIBRARY, Certificate, read_certificate, read_extensions
from documents.cms.effort import Effort
from documents.cms.keys import read_key
from documents.cms.reader import BIT_STRING, OCTET_STRING, SEQUENCE, read
from documents.cms.refusal import Malformed, SignatureRefused
from documents.cms.statements import Statement

OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
_MAX_ELEMENTS, _MAX_CERTIFICATES = 600, 8
_CONSTRUCTED_0 = 0xA0


@dataclass(frozen=True)
class OcspAnswer:
    """A signed answer about one or several certificates; nothing of it is verified yet.

    Attributes:
        der: OCSPResponse.
        tbs: the part of it that the responder signed.
        scheme_der: the algorithm of that signature, as an AlgorithmIdentifier.
        signature: its value.
        certificates: that came along: the responder's own.
        made_at: the earliest moment of which an answer is.
        next_at: when the next is due; may be None.
    """

    WHAT: ClassVar[str] = "Ответ OCSP"

    der: bytes
    tbs: bytes
    scheme_der: bytes
    signature: bytes
    certificates: tuple[Certificate, ...]
    made_at: dt.datetime
    next_at: dt.datetime | None

    def about(self, certificate: Certificate, issuer: Certificate, effort: Effort) -> Statement | None:
        """What the answer says of a certificate.

        Args:
            certificate: in question.
            issuer: its authority, which answers itself or names who does.
            effort: the checks that the container has left.

        Returns:
            The statement; None when the answer tells of others, knows nothing, or is not authentic.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        single = next((one for one in self._singles() if _is_about(one, certificate, issuer)), None)
        if single is None or single.certificate_status == ocsp.OCSPCertStatus.UNKNOWN:
            return None
        made_at = single.this_update_utc
        if not self._is_authentic(issuer, made_at, effort):
            return None
        return Statement(single.revocation_time_utc, made_at, single.next_update_utc)

    def is_signed_by(self, authority: Certificate, effort: Effort) -> bool:
        """Whether an authority, or whom it lets answer, signed it.

        Args:
            authority: of the trust store.
            effort: the checks that are left.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        return self._is_authentic(authority, self.made_at, effort)

    @property
    def scope(self) -> str:
        """Which certificates it tells of, as a digest."""
        serials = sorted(single.serial_number for single in self._singles())
        return hashlib.sha256(repr(serials).encode()).hexdigest()

    def _singles(self) -> Iterator[ocsp.OCSPSingleResponse]:
        response = ocsp.load_der_ocsp_response(self.der)
        if any(extension.critical for extension in read_extensions(lambda: response)):
            raise SignatureRefused("Ответ OCSP такого вида портал не читает.")
        yield from response.responses

    def _is_authentic(self, issuer: Certificate, made_at: dt.datetime, effort: Effort) -> bool:
        scheme = scheme_of(read(self.scheme_der, budget=40))
        delegates = (
            one for one in self.certificates if one.der != issuer.der and _may_answer(one, issuer, made_at, effort)
        )
        for responder in (*([issuer] if self._names(issuer) else []), *delegates):
            if read_key(responder.spki).kind != scheme.kind:
                continue
            if effort.is_signed_by(responder, self.tbs, scheme, self.signature):
                return True
        return False

    def _names(self, responder: Certificate) -> bool:
        """Whether the answer says that it is a responder's (RFC 6960, 4.2.1: by name, or by the digest of its key)."""
        fields = read(self.tbs, budget=_MAX_ELEMENTS).fields(3, 5)
        named = fields[1] if fields[0].tag == _CONSTRUCTED_0 else fields[0]
        if named.tag == 0xA2:
            return named.only(OCTET_STRING).contents == _key_digest(responder, "sha1")
        return named.the(0xA1).only(SEQUENCE).raw == responder.subject.der


def read_answer(der: bytes) -> OcspAnswer | None:
    """Read an OCSP answer.

    Args:
        der: OCSPResponse.

    Returns:
        The answer, or None when these bytes are none.
    """
    try:
        status, rest = read(der, budget=_MAX_ELEMENTS).the(SEQUENCE).fields(2)
        if status.contents != b"\x00":
            raise Malformed("The responder had no answer.")
        basic = rest.the(_CONSTRUCTED_0).only(SEQUENCE).fields(2)[1].octets()
        tbs, scheme, signature, *along = read(basic, budget=_MAX_ELEMENTS).the(SEQUENCE).fields(3, 4)
        listed = along[0].the(_CONSTRUCTED_0).only(SEQUENCE).fields(0, _MAX_CERTIFICATES) if along else []
        singles = list(ocsp.load_der_ocsp_response(der).responses)
        ends = [one.next_update_utc for one in singles if one.next_update_utc]
        return OcspAnswer(
            der=der,
            tbs=tbs.raw,
            scheme_der=scheme.the(SEQUENCE).raw,
            signature=signature.the(BIT_STRING).bits(),
            certificates=tuple(read_certificate(one.raw) for one in listed),
            made_at=min(one.this_update_utc for one in singles),
            next_at=min(ends, default=None),
        )
    except (*REFUSED_BY_LIBRARY, SignatureRefused):
        return None


def _is_about(single: ocsp.OCSPSingleResponse, certificate: Certificate, issuer: Certificate) -> bool:
    """Whether a single answer names a certificate of an authority; digests that `cryptography` lacks name nobody."""
    serial = int.from_bytes(bytes.fromhex(certificate.serial), signed=True)
    try:
        name = single.hash_algorithm.name
    except UnsupportedAlgorithm:
        return False
    hashed = hashlib.new(name, certificate.issuer_name.der).digest()
    keyed = _key_digest(issuer, name)
    return (single.serial_number, single.issuer_name_hash, single.issuer_key_hash) == (serial, hashed, keyed)


def _key_digest(certificate: Certificate, algorithm: str) -> bytes:
    return hashlib.new(algorithm, read_key(certificate.spki).bits).digest()


def _may_answer(responder: Certificate, issuer: Certificate, moment: dt.datetime, effort: Effort) -> bool:
    """Whether the authority itself lets somebody answer in its place (RFC 6960, 4.2.2.2)."""
    if responder.flaw or OCSP_SIGNING not in (responder.purposes or ()) or not responder.is_valid_at(moment):
        return False
    if responder.issuer_name.key != issuer.subject.key:
        return False
    return effort.is_signed_by(issuer, responder.tbs, responder.scheme, responder.signature)
