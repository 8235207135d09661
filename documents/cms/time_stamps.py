"""Time stamps on a signature: CAdES-T (RFC 5126, 6.1.1) with tokens as RFC 3161 has them."""

import datetime as dt
from dataclasses import dataclass

from documents.cms.algorithms import digest_of
from documents.cms.certificates import Certificate
from documents.cms.container import (
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    STAMPS,
    TIME_STAMP,
    Container,
    Signer,
    read_container,
)
from documents.cms.extensions import CONTENT_COMMITMENT, DIGITAL_SIGNATURE, EXTENDED_KEY_USAGE
from documents.cms.gnutls import LibraryMissing
from documents.cms.paths import Search
from documents.cms.reader import GENERALIZED_TIME, OCTET_STRING, SEQUENCE, Element, read
from documents.cms.refusal import Malformed, SignatureRefused
from documents.cms.revocation import Evidence, RevocationQuestion
from documents.cms.signers import BROKEN_SIGNER, Content, authenticate, read_claims
from documents.cms.statements import CLOCKS_DIFFER

_TIME_STAMPING = frozenset({"1.3.6.1.5.5.7.3.8"})
_MAX_STAMPS = 4


@dataclass(frozen=True)
class TimeStamp:
    """A time stamp that holds.

    Attributes:
        moment: when the signature existed.
        by: who says so.
    """

    moment: dt.datetime
    by: str


@dataclass(frozen=True)
class StampCheck:
    """By what time stamps are judged.

    Attributes:
        evidence: the trust store, and what is known of revoked certificates.
        now: the day of checking.
    """

    evidence: Evidence
    now: dt.datetime

    def stamp_of(self, signer: Signer, along: Container) -> tuple[TimeStamp | None, tuple[str, ...]]:
        """The time stamp of a signature.

        Args:
            signer: the signature.
            along: its container, whose certificates and lists may be needed.

        Returns:
            The first stamp that holds, or None; and why others do not: a stamp that does not hold is as good as none,
            for anybody may cut it off.
        """
        remarks: list[str] = []
        for number, token in enumerate(signer.outside(STAMPS)):
            if number == _MAX_STAMPS:
                break
            try:
                return self._checked(token, signer.signature, along), tuple(remarks)
            except SignatureRefused as refusal:
                remarks.append(f"Метка времени не учтена. {refusal}")
            except Malformed:
                remarks.append(f"Метка времени не учтена. {BROKEN_SIGNER}")
            except LibraryMissing:
                remarks.append("Метка времени не учтена. Сервер не умеет проверять такие подписи.")
        return None, tuple(remarks)

    def _checked(self, token: Element, signature: bytes, along: Container) -> TimeStamp:
        container = read_container(read(token.raw))
        if container.content is None or container.content_type != TIME_STAMP or len(container.signers) != 1:
            raise SignatureRefused("Это не метка времени.")
        certificates = (*container.certificates, *along.certificates)
        certificate = self._authority_of_time(container, container.content, certificates)
        moment = _stamped_moment(container.content, signature)
        if moment > self.now + CLOCKS_DIFFER:
            raise SignatureRefused("Её время ещё не наступило.")
        if not (certificate.is_valid_at(moment) and certificate.is_valid_at(self.now)):
            raise SignatureRefused("Сертификат службы меток времени тогда не действовал или истёк до дня проверки.")
        path = Search(self.evidence.trust.time_anchors, certificates, self.now, self.evidence.effort).path_of(
            certificate
        )
        RevocationQuestion(self.evidence.beside(container.revocations), self.now, self.now).standing_of(path)
        return TimeStamp(moment, certificate.owner)

    def _authority_of_time(
        self, container: Container, content: bytes, certificates: tuple[Certificate, ...]
    ) -> Certificate:
        """Whose stamp it is: a certificate for nothing but that, verified."""
        signer = container.signers[0]
        if signer.one(SIGNING_CERTIFICATE) is None and signer.one(SIGNING_CERTIFICATE_V2) is None:
            raise SignatureRefused("В ней не назван сертификат службы времени (RFC 3161, 2.4.1).")
        if not any(signer.identifier.means(one) for one in certificates):
            raise SignatureRefused("В файле нет сертификата службы времени.")
        claims = read_claims(signer, certificates, TIME_STAMP)
        certificate = authenticate(signer, claims, Content(content), self.evidence.effort).certificate
        refusal = certificate.flaw or _unfit_to_stamp(certificate)
        if refusal:
            raise SignatureRefused(refusal)
        return certificate


def _unfit_to_stamp(certificate: Certificate) -> str:
    """Why a certificate is not a time stamping authority's (RFC 3161, 2.3: one purpose, and critical)."""
    usage = certificate.extensions.found.get(EXTENDED_KEY_USAGE)
    is_for_stamps = certificate.extensions.purposes == _TIME_STAMPING and usage is not None and usage.is_critical
    if is_for_stamps and certificate.may_use_key_for(DIGITAL_SIGNATURE, CONTENT_COMMITMENT):
        return ""
    return "Её сертификат выдан не для меток времени."


def _stamped_moment(info: bytes, signature: bytes) -> dt.datetime:
    """The moment of a TSTInfo (RFC 3161, 2.4.2), which must be about this signature's value.

    Raises:
        SignatureRefused: it is about something else, or by an outdated digest.
        Malformed: it is none.
    """
    fields = read(info, budget=100).the(SEQUENCE).fields(5, 10)
    imprint, moment = fields[2], fields[4]
    algorithm, digest = imprint.the(SEQUENCE).fields(2)
    if digest.the(OCTET_STRING).contents != digest_of(algorithm).of(signature):
        raise SignatureRefused("Она поставлена на другую подпись.")
    return moment.the(GENERALIZED_TIME).moment()
