"""Is this signature of this document, by somebody an authority of ours vouches for? `check_signatures` is the way in.

Each signer of a file is judged by itself. 63-ФЗ, ст. 11: a signature counts when its certificate was valid at signing,
if there is reliable evidence of that time (a time stamp), or else on the day of checking.
"""

import datetime as dt
import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from documents.cms.certificates import UNREADABLE, Certificate
from documents.cms.coats import undressed
from documents.cms.container import (
    COUNTER_SIGNATURE,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    STAMPS,
    Container,
    Signer,
    read_signatures,
    read_signer,
)
from documents.cms.effort import Effort
from documents.cms.gnutls import LibraryMissing
from documents.cms.paths import Search
from documents.cms.refusal import Malformed, SignatureRefused
from documents.cms.revocation import Evidence, RevocationQuestion, RevocationStanding
from documents.cms.signers import (
    NO_CERTIFICATE,
    Claims,
    Content,
    authenticate,
    meant,
    read_claims,
    see_to_document,
    unfit_to_sign,
)
from documents.cms.sources import read_sources
from documents.cms.statements import CLOCKS_DIFFER
from documents.cms.time_stamps import StampCheck, TimeStamp
from documents.cms.trust import Trust
from documents.cms.verdicts import (
    ACCREDITATION,
    ATTACHED,
    EXPIRED_STAMPED,
    EXPIRED_UNPROVED,
    INTEGRITY,
    NOT_VOUCHED_FOR,
    PATH,
    REVOCATION,
    REVOCATION_OF_AUTHORITY,
    STRUCTURE,
    TIME,
    VALIDITY,
    VALIDITY_STAMPED,
    VALUE,
    SignatureCheck,
    Verdict,
)
from russian.templatetags.russian import long_date


def check_signatures(
    content: bytes,
    document: bytes,
    trust: Trust,
    *,
    now: dt.datetime | None = None,
    issued_at: dt.datetime | None = None,
) -> tuple[SignatureCheck, ...]:
    """Check every detached signature of a file.

    Args:
        content: the .sig file, at most 128 kB: BER, DER or base64.
        document: the bytes that were signed, exactly.
        trust: the portal's trust store.
        now: the moment of the check; the present without it.
        issued_at: when the document was issued: nobody can have signed it before; unknown without it.

    Returns:
        A result for each signer, in the order of the file.

    Raises:
        SignatureRefused: the file as a whole is no detached signature that the portal reads; in Russian.
    """
    container = read_signatures(undressed(content), document)
    examination = Examination(container, Content(document), trust, now or dt.datetime.now(dt.UTC), issued_at, Effort())
    results: dict[bytes, SignatureCheck] = {}  # the same signature twice costs once
    for signer in container.signers:
        if signer.raw not in results:
            results[signer.raw] = examination.of(signer)
    return tuple(results[signer.raw] for signer in container.signers)


@dataclass(frozen=True)
class Examination:
    """One file's signatures before one document.

    Attributes:
        container: the file.
        content: the document.
        trust: the trust store.
        now: the moment of the check.
        issued_at: when the document was issued, if it was.
        effort: the checks that the container has left.
    """

    container: Container
    content: Content
    trust: Trust
    now: dt.datetime
    issued_at: dt.datetime | None
    effort: Effort

    @cached_property
    def evidence(self) -> Evidence:
        """What is known of revoked certificates: each list is read once, whoever many signers there are."""
        return Evidence(self.trust, read_sources(self.container.revocations), self.effort)

    def of(self, signer: Signer) -> SignatureCheck:
        """The result for one signer."""
        result = SignatureCheck(Verdict.REFUSED, self.now)
        try:
            claims = self._claims(signer)
            result = _described(result, claims, claims.candidates[0], signer)
            certificate = authenticate(signer, claims, self.content, self.effort).certificate
            result = _described(result, claims, certificate, signer)
            _see_to_fitness(certificate, claims.signed_at)
            stamp, remarks = self._stamp(signer)
            result = replace(result, remarks=remarks)
            confirmed = _confirmed(result, stamp, self._standing(certificate, claims.signed_at, stamp))
            return self._with_remarks(confirmed, signer)
        except SignatureRefused as refused:
            return replace(result, refusal=str(refused))
        except LibraryMissing:
            return self._unchecked(signer, result)

    def _claims(self, signer: Signer) -> Claims:
        """What a signer says of itself.

        Raises:
            SignatureRefused: it says what no acceptable signature says.
        """
        try:
            return read_claims(signer, self.container.certificates)
        except SignatureRefused as refusal:
            if str(refusal) == NO_CERTIFICATE and self.container.has_unreadable:
                raise SignatureRefused(UNREADABLE) from refusal
            raise

    def _stamp(self, signer: Signer) -> tuple[TimeStamp | None, tuple[str, ...]]:
        """The time stamp that holds, and why others do not."""
        if not any(signer.outside(STAMPS)):
            return None, ()
        return StampCheck(self.evidence, self.now).stamp_of(signer, self.container)

    def _standing(
        self, certificate: Certificate, signed_at: dt.datetime | None, stamp: TimeStamp | None
    ) -> RevocationStanding:
        """What is known of the path from an authentic signature to the trust store.

        Raises:
            SignatureRefused: the times are impossible, there is no path, or a certificate was revoked.
            LibraryMissing: this machine cannot tell.
        """
        moment = self._moment(certificate, signed_at, stamp)
        search = Search(self.trust.anchors, self.container.certificates, moment, self.effort)
        return RevocationQuestion(self.evidence, moment, self.now).standing_of(search.path_of(certificate))

    def _with_remarks(self, confirmed: SignatureCheck, signer: Signer) -> SignatureCheck:
        """A confirmed result with what its reader should know besides."""
        attached = (ATTACHED,) if self.container.content is not None else ()
        return replace(
            confirmed, remarks=(*attached, *confirmed.remarks), counter_signers=self._counter_signers(signer)
        )

    def _unchecked(self, signer: Signer, result: SignatureCheck) -> SignatureCheck:
        """The result when this machine cannot verify the value; whatever else speaks against it still does."""
        try:
            claims = self._claims(signer)
            certificate = claims.candidates[0]
            with suppress(LibraryMissing):
                certificate = meant(signer, claims.candidates)[0]
            result = _described(result, claims, certificate, signer)
            _see_to_fitness(certificate, claims.signed_at)
            with suppress(LibraryMissing):
                see_to_document(claims, self.content)
            self._see_to_claimed_time(certificate, claims.signed_at)
            if self.now > certificate.not_after and not any(signer.outside(STAMPS)):
                raise SignatureRefused(EXPIRED_UNPROVED)
        except SignatureRefused as refusal:
            return replace(result, refusal=str(refusal))
        outside = (INTEGRITY, VALUE, PATH, VALIDITY, REVOCATION, TIME, ACCREDITATION)
        return replace(result, verdict=Verdict.UNCHECKED, checked=(STRUCTURE,), not_checked=outside)

    def _see_to_claimed_time(self, certificate: Certificate, signed_at: dt.datetime | None) -> None:
        """What the signer says of the time must be possible.

        Raises:
            SignatureRefused: it is not.
        """
        if signed_at is None:
            return
        if signed_at > self.now + CLOCKS_DIFFER:
            raise SignatureRefused("Время подписи ещё не наступило: проверьте часы компьютера, на котором подписывали.")
        if self.issued_at and signed_at < self.issued_at - CLOCKS_DIFFER:
            raise SignatureRefused("Подпись поставлена до выпуска документа: её время раньше, чем он появился.")
        if signed_at < certificate.not_before:
            raise SignatureRefused("Сертификат к моменту подписи ещё не действовал.")
        if signed_at > certificate.not_after:
            raise SignatureRefused("Срок действия сертификата к моменту подписи истёк.")

    def _moment(self, certificate: Certificate, signed_at: dt.datetime | None, stamp: TimeStamp | None) -> dt.datetime:
        """When the signature was certainly made: the time stamp's moment, or no earlier than now.

        Raises:
            SignatureRefused: the certificate was not valid then, or the times contradict each other.
        """
        self._see_to_claimed_time(certificate, signed_at)
        moment = stamp.moment if stamp else self.now
        if stamp and self.issued_at and moment < self.issued_at - CLOCKS_DIFFER:
            raise SignatureRefused("Метка времени поставлена до выпуска документа.")
        if stamp and signed_at and signed_at > moment + CLOCKS_DIFFER:
            raise SignatureRefused("Время подписи позже её метки времени: одно из двух неверно.")
        if moment < certificate.not_before:
            raise SignatureRefused("Сертификат к моменту подписи ещё не действовал.")
        if moment > certificate.not_after:
            raise SignatureRefused(EXPIRED_STAMPED if stamp else EXPIRED_UNPROVED)
        return moment

    def _counter_signers(self, signer: Signer) -> tuple[str, ...]:
        """Who signed this signature's value (RFC 5652, 11.4); their certificates are not judged."""
        names = []
        for value in signer.outside(COUNTER_SIGNATURE):
            try:
                counter = read_signer(value)
                claims = read_claims(counter, self.container.certificates, kind=None)
                by = authenticate(counter, claims, Content(signer.signature), self.effort).certificate
            except (Malformed, SignatureRefused, LibraryMissing):
                continue
            names.append(f"{by.owner or 'владелец не указан'}{'' if self._is_vouched_for(by) else NOT_VOUCHED_FOR}")
        return tuple(names)

    def _is_vouched_for(self, certificate: Certificate) -> bool:
        """Whether the trust store vouches today for somebody who signed besides."""
        try:
            Search(self.trust.anchors, self.container.certificates, self.now, self.effort).path_of(certificate)
        except (SignatureRefused, LibraryMissing):
            return False
        return not certificate.flaw and certificate.is_valid_at(self.now)


def _see_to_fitness(certificate: Certificate, signed_at: dt.datetime | None) -> None:
    """A signer's certificate must be sound, and one that people sign documents with.

    Raises:
        SignatureRefused: it is not.
    """
    refusal = certificate.flaw or unfit_to_sign(certificate)
    ends = None if refusal else certificate.extensions.key_ends
    if signed_at and ends and signed_at > ends:
        refusal = "Срок действия ключа подписи истёк раньше, чем поставлена подпись."
    if refusal:
        raise SignatureRefused(refusal)


def _described(result: SignatureCheck, claims: Claims, certificate: Certificate, signer: Signer) -> SignatureCheck:
    """The result with what the signer says of itself."""
    return replace(
        result,
        certificate=certificate,
        digest=claims.digest.name,
        signed_at=claims.signed_at,
        identity=_identity(certificate, signer),
    )


def _confirmed(result: SignatureCheck, stamp: TimeStamp | None, standing: RevocationStanding) -> SignatureCheck:
    """The result when all is right: what was checked, and what was not."""
    checked = [STRUCTURE, INTEGRITY, VALUE, PATH, VALIDITY_STAMPED if stamp else VALIDITY]
    not_checked = [ACCREDITATION]
    if stamp:
        checked.append(f"метка времени: {stamp.by}")
    else:
        not_checked.insert(0, TIME)
    if standing.revoked_later:
        later = long_date(standing.revoked_later)
        checked.append(f"отзыв сертификата: отозван {later}, позже метки времени – подписи это не отменяет")
    elif standing.as_of:
        checked.append(f"отзыв сертификатов: не отозваны по сведениям на {long_date(standing.as_of)}")
    else:
        own = result.certificate in standing.unknown
        not_checked.insert(0, REVOCATION if own else REVOCATION_OF_AUTHORITY)
    return replace(
        result,
        verdict=Verdict.CONFIRMED,
        stamped_at=stamp.moment if stamp else None,
        checked=tuple(checked),
        not_checked=tuple(not_checked),
    )


def _identity(certificate: Certificate, signer: Signer) -> str:
    """What makes it this signature: whose it is and what was signed, in DER; not its coat, not its chance numbers.

    Where the signed attributes name the certificate, they say both.
    """
    names_its_certificate = SIGNING_CERTIFICATE in signer.signed or SIGNING_CERTIFICATE_V2 in signer.signed
    who = b"" if names_its_certificate else certificate.der
    return hashlib.sha256(who + signer.signed_forms[-1]).hexdigest()
