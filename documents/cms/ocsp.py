"""OCSP answers (RFC 6960): positions are read here, single answers by `cryptography`."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import ocsp

from documents.cms.certificates import REFUSED_BY_LIBRARY, Certificate, Signed, read_certificate
from documents.cms.effort import Effort
from documents.cms.extensions import CONTENT_COMMITMENT, DIGITAL_SIGNATURE
from documents.cms.keys import read_key
from documents.cms.reader import BIT_STRING, OCTET_STRING, SEQUENCE, read
from documents.cms.refusal import Malformed, SignatureRefused
from documents.cms.statements import WITHOUT_NEXT, RevocationStatement

OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
_MAX_ELEMENTS, _MAX_CERTIFICATES, _MAX_SINGLES = 600, 8, 16
_CONSTRUCTED_0, _BY_NAME, _BY_KEY = 0xA0, 0xA1, 0xA2


@dataclass(frozen=True)
class OcspAnswer:
    """A signed answer about one or several certificates; nothing of it is verified yet.

    Attributes:
        der: OCSPResponse.
        signed: what the responder signed, and how.
        certificates: that came along: the responder's own.
        singles: what it says of each certificate.
        made_at: the earliest moment of which an answer is.
        next_at: when the next is due; may be None.
    """

    WHAT: ClassVar[str] = "Ответ OCSP"

    der: bytes
    signed: Signed
    certificates: tuple[Certificate, ...]
    singles: tuple[ocsp.OCSPSingleResponse, ...]
    made_at: dt.datetime
    next_at: dt.datetime | None

    def about(self, certificate: Certificate, signer: Certificate, effort: Effort) -> RevocationStatement | None:
        """What the answer says of a certificate.

        Args:
            certificate: in question.
            signer: its authority, which answers itself or names who does.
            effort: the checks that are left.

        Returns:
            The statement; None when the answer tells of others, knows nothing, or is not authentic.

        Raises:
            SignatureRefused: it is signed by an algorithm or a key that proves nothing.
            LibraryMissing: this machine cannot tell.
        """
        single = next((one for one in self.singles if _is_about(one, certificate, signer)), None)
        if single is None or single.certificate_status == ocsp.OCSPCertStatus.UNKNOWN:
            return None
        if not self._is_authentic(signer, single.this_update_utc, effort):
            return None
        ends = single.next_update_utc or single.this_update_utc + WITHOUT_NEXT
        return RevocationStatement(single.revocation_time_utc, single.this_update_utc, ends)

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
        serials = sorted(single.serial_number for single in self.singles)
        return hashlib.sha256(repr(serials).encode()).hexdigest()

    def _is_authentic(self, issuer: Certificate, made_at: dt.datetime, effort: Effort) -> bool:
        own = [issuer] if self._names(issuer) else []
        others = (one for one in self.certificates if one.der != issuer.der and self._names(one))
        delegates = (one for one in others if _may_answer(one, issuer, made_at, effort))
        kind = self.signed.scheme.kind
        return any(
            effort.is_signed_by(responder, self.signed)
            for responder in (*own, *delegates)
            if read_key(responder.spki).kind == kind
        )

    def _names(self, responder: Certificate) -> bool:
        """Whether the answer says that it is a responder's (RFC 6960, 4.2.1: by name, or by the digest of its key)."""
        fields = read(self.signed.tbs, budget=_MAX_ELEMENTS).fields(3, 5)
        named = fields[1] if fields[0].tag == _CONSTRUCTED_0 else fields[0]
        if named.tag == _BY_KEY:
            return named.only(OCTET_STRING).contents == _key_digest(responder, "sha1")
        return named.the(_BY_NAME).only(SEQUENCE).raw == responder.subject.der


def read_answer(der: bytes) -> OcspAnswer | None:
    """Read an OCSP answer.

    Args:
        der: OCSPResponse.

    Returns:
        The answer, or None when these bytes are none, or more than anybody asks for at once.
    """
    try:
        status, rest = read(der, budget=_MAX_ELEMENTS).the(SEQUENCE).fields(2)
        if status.contents != b"\x00":
            raise Malformed("The responder had no answer.")
        basic = rest.the(_CONSTRUCTED_0).only(SEQUENCE).fields(2)[1].octets()
        tbs, scheme, signature, *along = read(basic, budget=_MAX_ELEMENTS).the(SEQUENCE).fields(3, 4)
        listed = along[0].the(_CONSTRUCTED_0).only(SEQUENCE).fields(0, _MAX_CERTIFICATES) if along else []
        singles = _singles(der)
        ends = [one.next_update_utc for one in singles if one.next_update_utc]
        return OcspAnswer(
            der=der,
            signed=Signed(tbs.raw, scheme.the(SEQUENCE).raw, signature.the(BIT_STRING).bits()),
            certificates=tuple(read_certificate(one.raw) for one in listed),
            singles=singles,
            made_at=min(one.this_update_utc for one in singles),
            next_at=min(ends, default=None),
        )
    except (SignatureRefused, *REFUSED_BY_LIBRARY):
        return None


def _singles(der: bytes) -> tuple[ocsp.OCSPSingleResponse, ...]:
    """The single answers: a handful.

    Raises:
        Malformed: there are more, or something critical that is not understood.
    """
    response = ocsp.load_der_ocsp_response(der)
    singles = tuple(islice(response.responses, _MAX_SINGLES + 1))
    if not 1 <= len(singles) <= _MAX_SINGLES or any(extension.critical for extension in response.extensions):
        raise Malformed("An answer about a few certificates, without critical extensions, belongs here.")
    return singles


def _is_about(single: ocsp.OCSPSingleResponse, certificate: Certificate, issuer: Certificate) -> bool:
    """Whether a single answer names a certificate of an authority; digests that `cryptography` lacks name nobody."""
    if single.serial_number != int.from_bytes(bytes.fromhex(certificate.serial)):
        return False
    try:
        name = single.hash_algorithm.name
    except UnsupportedAlgorithm:
        return False
    hashed = hashlib.new(name, certificate.issuer_name.der).digest()
    return (single.issuer_name_hash, single.issuer_key_hash) == (hashed, _key_digest(issuer, name))


def _key_digest(certificate: Certificate, algorithm: str) -> bytes:
    return hashlib.new(algorithm, read_key(certificate.spki).bits).digest()


def _may_answer(responder: Certificate, issuer: Certificate, moment: dt.datetime, effort: Effort) -> bool:
    """Whether the authority itself lets somebody answer in its place (RFC 6960, 4.2.2.2)."""
    if responder.flaw or OCSP_SIGNING not in (responder.extensions.purposes or ()):
        return False
    if not responder.may_use_key_for(DIGITAL_SIGNATURE, CONTENT_COMMITMENT):
        return False
    if not responder.is_valid_at(moment) or responder.issuer_name.key != issuer.subject.key:
        return False
    return effort.is_signed_by(issuer, responder.signed)
