"""Was a certificate revoked: revocation lists (RFC 5280, 5) and OCSP answers (RFC 6960), from file or trust store."""

import base64
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from documents.cms.certificates import REFUSED_BY_LIBRARY, Certificate
from documents.cms.effort import Effort, EffortSpent
from documents.cms.gnutls import LibraryMissing
from documents.cms.lists import RevocationList, read_list
from documents.cms.ocsp import OcspAnswer, read_answer
from documents.cms.refusal import SignatureRefused
from documents.cms.statements import CLOCKS_DIFFER, Statement
from documents.cms.trust import Trust
from russian.templatetags.russian import long_date

_PEM = re.compile(rb"-----BEGIN X509 CRL-----([^-]*)-----END X509 CRL-----")


@dataclass(frozen=True)
class Standing:
    """What was found out about a path.

    Attributes:
        as_of: of which day the oldest of the fresh statements is; None when a certificate has no fresh one.
        unknown: certificates of the path of which no fresh list or answer tells.
    """

    as_of: dt.datetime | None
    unknown: tuple[Certificate, ...]


@dataclass(frozen=True)
class Question:
    """When, and by what.

    Attributes:
        trust: the trust store with what the operator loaded.
        along: lists and answers that came along in the file, in DER.
        moment: when the signature was made, as far as that is proved.
        now: the day of checking.
        effort: the checks that the container has left; what the operator loaded costs it nothing, so that a container
            cannot keep the operator's lists from being read.
    """

    trust: Trust
    along: Sequence[bytes]
    moment: dt.datetime
    now: dt.datetime
    effort: Effort
    _own_effort: Effort = field(default_factory=lambda: Effort(path_checks=1000))

    def standing_of(self, path: Sequence[Certificate]) -> Standing:
        """Whether a certificate of a path was revoked by the moment.

        Args:
            path: from the signer's certificate to an authority of the store.

        Returns:
            What is known; an authority of the store is the operator's to remove.

        Raises:
            SignatureRefused: one was: by any authentic list, fresh or old, for nobody is un-revoked.
            LibraryMissing: this machine cannot tell.
        """
        days = [self._day_of(certificate, issuer) for certificate, issuer in pairwise(path)]
        unknown = tuple(certificate for certificate, day in zip(path, days, strict=False) if day is None)
        known = [day for day in days if day is not None]
        return Standing(None if unknown else min(known, default=None), unknown)

    def _day_of(self, certificate: Certificate, issuer: Certificate) -> dt.datetime | None:
        """Of which day the latest fresh statement is that does not list a certificate."""
        latest = None
        for statement in self._statements(certificate, issuer):
            if statement.revoked_at is not None and statement.revoked_at <= self.moment:
                raise SignatureRefused(_revoked(certificate, statement.revoked_at))
            if statement.is_complete and statement.is_fresh(self.moment, self.now):
                latest = max(latest or statement.made_at, statement.made_at)
        return latest

    def _statements(self, certificate: Certificate, issuer: Certificate) -> Iterator[Statement]:
        yield from self._authentic(self.trust.revocations_of(issuer), certificate, issuer, self._own_effort)
        yield from self._authentic(self.along, certificate, issuer, self.effort)

    def _authentic(
        self, files: Iterable[bytes], certificate: Certificate, issuer: Certificate, effort: Effort
    ) -> Iterator[Statement]:
        """What authentic lists and answers say; those that cannot be read or verified prove nothing."""
        anchors = self.trust.time_anchors
        namesakes = [one for one in anchors if one.subject.key == issuer.subject.key and one.der != issuer.der]
        for source in _read(files):
            for signer in (issuer, *namesakes):  # an authority whose key has changed signs lists for both
                try:
                    statement = source.about(certificate, signer, effort)
                except EffortSpent:
                    return
                except (*REFUSED_BY_LIBRARY, SignatureRefused):
                    continue
                if statement is not None:
                    yield statement
                    break


def _read(files: Iterable[bytes]) -> Iterator[RevocationList | OcspAnswer]:
    for der in files:
        source = read_list(der) or read_answer(der)
        if source is not None:
            yield source


def _revoked(certificate: Certificate, moment: dt.datetime) -> str:
    whose = "удостоверяющего центра " if certificate.calls_itself_authority else ""
    return f"Сертификат {whose}отозван {long_date(moment)}: подпись не подтверждается."


@dataclass(frozen=True)
class LoadedSource:
    """A list or an answer that the operator loads, verified.

    Attributes:
        what: its kind, as the operator reads it.
        issuer: the authority of the trust store that signed it, or lets it be answered.
        scope: which certificates it is about, as a digest; empty for all of the authority's.
        der: the file.
        made_at: of which moment it is.
        next_at: when the next is due; may be None.
    """

    what: str
    issuer: Certificate
    scope: str
    der: bytes
    made_at: dt.datetime
    next_at: dt.datetime | None


def loaded_source(content: bytes, authorities: Sequence[bytes], *, now: dt.datetime) -> LoadedSource | str:
    """Verify a list or an answer before it is kept.

    Args:
        content: the file, DER or PEM.
        authorities: certificates of the trust store, in DER.
        now: the present.

    Returns:
        What it is; or why it is of no use, in Russian.
    """
    armored = _PEM.search(content)
    der = base64.b64decode(armored[1]) if armored else content
    source = read_list(der) or read_answer(der)
    if source is None:
        return "Это не список отзыва (CRL) и не ответ OCSP, или файл повреждён."
    if source.made_at > now + CLOCKS_DIFFER:
        return "Файл составлен в будущем: проверьте часы сервера."
    try:
        scope = source.scope
    except SignatureRefused as refusal:
        return str(refusal)
    effort = Effort(path_checks=1000)
    for authority in Trust(authorities).anchors:
        try:
            if source.is_signed_by(authority, effort):
                return LoadedSource(source.WHAT, authority, scope, der, source.made_at, source.next_at)
        except (*REFUSED_BY_LIBRARY, SignatureRefused):
            continue
        except LibraryMissing:
            return "На сервере нет библиотеки, которая проверяет такие подписи: файл не загружен."
    return "Файл не подписан ни одним из доверенных удостоверяющих центров."
