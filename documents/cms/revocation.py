"""Was a certificate revoked: revocation lists (RFC 5280, 5) and OCSP answers (RFC 6960), from file or trust store."""

import base64
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from documents.cms.certificates import REFUSED_BY_LIBRARY, Certificate
from documents.cms.effort import Effort
from documents.cms.gnutls import LibraryMissing
from documents.cms.refusal import SignatureRefused
from documents.cms.sources import Source, read_source, read_sources
from documents.cms.statements import CLOCKS_DIFFER, RevocationStatement
from documents.cms.trust import Trust
from russian.templatetags.russian import long_date

NO_SOURCE = "Это не список отзыва (CRL) и не ответ OCSP, или файл повреждён."
_PEM = re.compile(rb"-----BEGIN X509 CRL-----([^-]*)-----END X509 CRL-----")


@dataclass(frozen=True)
class RevocationStanding:
    """What was found out about a path.

    Attributes:
        as_of: of which day the oldest of the fresh statements is; None when a certificate has no fresh one.
        unknown: certificates of the path of which no fresh list or answer tells.
        revoked_later: when a certificate was revoked after the moment in question, if one was.
    """

    as_of: dt.datetime | None
    unknown: tuple[Certificate, ...]
    revoked_later: dt.datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """Everything that is known about revoked certificates while one container is checked; each file is read once.

    Attributes:
        trust: the trust store with what the operator loaded.
        along: lists and answers that came along in the container.
        effort: the checks that the container has left. What the operator loaded has an effort of its own: no container
            can keep the operator's lists from being asked.
    """

    trust: Trust
    along: tuple[Source, ...]
    effort: Effort
    _operator: Effort = field(default_factory=Effort.of_operator)

    def about(self, certificate: Certificate, issuer: Certificate) -> Iterator[RevocationStatement]:
        """What authentic lists and answers say of a certificate; those that cannot be verified prove nothing.

        Args:
            certificate: in question.
            issuer: its authority on the path.
        """
        for sources, effort in ((self.trust.revocations_of(issuer), self._operator), (self.along, self.effort)):
            for source in sources:
                yield from self._statements(source, certificate, issuer, effort)

    def beside(self, files: Sequence[bytes]) -> "Evidence":
        """The same, with what came along in a time stamp.

        Args:
            files: lists and answers in DER.
        """
        return replace(self, along=(*self.along, *read_sources(files)))

    def _statements(
        self, source: Source, certificate: Certificate, issuer: Certificate, effort: Effort
    ) -> Iterator[RevocationStatement]:
        statement = _said(source, certificate, issuer, effort)
        if statement is not None:
            # RFC 5280, 3.3: lists forget a certificate that has expired.
            yield statement if statement.made_at <= certificate.not_after else replace(statement, is_complete=False)
            return
        # An authority that changed its key may revoke what the former one signed; its silence means nothing, for each
        # key may have a list of its own.
        for namesake in self.trust.anchors:
            if namesake.subject.key == issuer.subject.key and namesake.spki != issuer.spki:
                statement = _said(source, certificate, namesake, effort)
                if statement is not None:
                    yield replace(statement, is_complete=False)


def _said(source: Source, certificate: Certificate, signer: Certificate, effort: Effort) -> RevocationStatement | None:
    """What a source says, when this authority signed it; None when nothing is proved."""
    try:
        return source.about(certificate, signer, effort)
    except (SignatureRefused, LibraryMissing, *REFUSED_BY_LIBRARY):
        return None


@dataclass(frozen=True)
class RevocationQuestion:
    """When, and by what.

    Attributes:
        evidence: everything known.
        moment: when the signature was made, as far as that is proved.
        now: the day of checking.
    """

    evidence: Evidence
    moment: dt.datetime
    now: dt.datetime

    def standing_of(self, path: Sequence[Certificate]) -> RevocationStanding:
        """Whether a certificate of a path was revoked by the moment.

        Args:
            path: from the signer's certificate to an authority of the store.

        Returns:
            What is known; an authority of the store is the operator's to remove.

        Raises:
            SignatureRefused: one was: by any authentic list, fresh or old, for nobody is un-revoked.
        """
        days: list[dt.datetime] = []
        unknown: list[Certificate] = []
        later: list[dt.datetime] = []
        for certificate, issuer in pairwise(path):
            statements = list(self.evidence.about(certificate, issuer))
            revoked = [one.revoked_at for one in statements if one.revoked_at is not None]
            if revoked and min(revoked) <= self.moment:
                raise SignatureRefused(_revoked(certificate, min(revoked)))
            later += revoked
            fresh = [one.made_at for one in statements if one.is_complete and one.is_fresh(self.moment, self.now)]
            if fresh:
                days.append(max(fresh))
            else:
                unknown.append(certificate)
        as_of = None if unknown or not days else min(days)
        return RevocationStanding(as_of, tuple(unknown), min(later, default=None))


def _revoked(certificate: Certificate, moment: dt.datetime) -> str:
    whose = "удостоверяющего центра " if certificate.extensions.is_authority else ""
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
    try:
        der = base64.b64decode(armored[1], validate=False) if armored else content
    except ValueError:
        return NO_SOURCE
    source = read_source(der)
    if source is None:
        return NO_SOURCE
    if source.made_at > now + CLOCKS_DIFFER:
        return "Файл составлен в будущем: проверьте часы сервера."
    effort = Effort.of_operator()
    for authority in Trust(authorities).anchors:
        try:
            if source.is_signed_by(authority, effort):
                return LoadedSource(source.WHAT, authority, source.scope, der, source.made_at, source.next_at)
        except (*REFUSED_BY_LIBRARY, SignatureRefused):
            continue
        except LibraryMissing:
            return "На сервере нет библиотеки, которая проверяет такие подписи: файл не загружен."
    return "Файл не подписан ни одним из доверенных удостоверяющих центров."
