"""The path from a signer's certificate to an authority of the trust store (RFC 5280, 6).

A stranger draws the graph of certificates, so the search is breadth first, enters each certificate once, and counts its
signature checks. The shortest path comes first, which is also the one that limits of path length mind least.
"""

import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cms.certificates import Certificate
from documents.cms.effort import Effort, EffortSpent
from documents.cms.gnutls import LibraryMissing
from documents.cms.refusal import Malformed, SignatureRefused

UNKNOWN_AUTHORITY = "Сертификат выдан удостоверяющим центром, который порталу не известен: его нет среди доверенных."
EMPTY_STORE = "Удостоверяющий центр не известен порталу: в портале пока нет ни одного доверенного."
IMPOSTOR = (
    "Сертификат не подписан тем удостоверяющим центром, который в нём назван: ключа, которым он подписан, среди"
    " доверенных нет. Либо центр сменил ключ, либо сертификат поддельный."
)
NO_AUTHORITY = "Сертификат выдан тем, кто не вправе выдавать сертификаты."


@dataclass(frozen=True)
class PathStep:
    """A certificate that the search has reached.

    Attributes:
        certificate: the one reached.
        below: the step that led here; None for the signer's own.
        authorities: how many authorities that do not vouch for themselves stand below it.
    """

    certificate: Certificate
    below: "PathStep | None"
    authorities: int

    def path(self) -> tuple[Certificate, ...]:
        """From the signer's certificate up to this one."""
        return (*self.below.path(), self.certificate) if self.below else (self.certificate,)


@dataclass(frozen=True)
class Search:
    """What a path is looked for among.

    Attributes:
        anchors: the authorities of the trust store; a path ends at one of them, and nowhere else.
        intermediates: certificates that came along.
        moment: when every certificate of the path must be valid.
        effort: the checks that the container has left.
    """

    anchors: Sequence[Certificate]
    intermediates: Sequence[Certificate]
    moment: dt.datetime
    effort: Effort

    def path_of(self, signer: Certificate) -> tuple[Certificate, ...]:
        """The path of a signer's certificate.

        Args:
            signer: its certificate, already looked through by itself.

        Returns:
            The certificates from the signer's to an authority of the store, each vouched for by the next.

        Raises:
            SignatureRefused: there is none; the reason is that of the most promising attempt. Or so much was tried that
                the search was given up.
            LibraryMissing: this machine cannot tell.
        """
        obstacles: list[str] = []
        missing: list[LibraryMissing] = []
        waiting, entered = deque([PathStep(signer, None, 0)]), {signer.der}
        while waiting:
            step = waiting.popleft()
            for issuer in self._issuers_of(step.certificate):
                if issuer.der in entered:
                    continue
                try:
                    obstacle = self._obstacle(step, issuer)
                except LibraryMissing as lack:
                    missing.append(lack)
                    continue
                if obstacle is not None:
                    obstacles.append(obstacle)
                    continue
                entered.add(issuer.der)
                above = PathStep(issuer, step, step.authorities + (not issuer.is_self_issued))
                if self._is_anchor(issuer):
                    return above.path()
                waiting.append(above)
        raise self._failure([one for one in obstacles if one], missing)

    def _failure(self, obstacles: list[str], missing: list[LibraryMissing]) -> Exception:
        """Why there is no path: a way that this machine cannot judge may be the right one."""
        if missing:
            return missing[0]
        if obstacles:
            return SignatureRefused(obstacles[0])
        return SignatureRefused(UNKNOWN_AUTHORITY if self.anchors else EMPTY_STORE)

    def _issuers_of(self, certificate: Certificate) -> list[Certificate]:
        """Those that may have signed a certificate: the store's own first, and first those whose key it names.

        An authority with several keys has several certificates of one name; when one of them has the key that is named,
        the others are not tried.
        """
        wanted, named = certificate.issuer_name.key, certificate.extensions.authority_key_identifier
        issuers = [one for one in (*self.anchors, *self.intermediates) if one.subject.key == wanted]
        meant = [one for one in issuers if named and one.extensions.key_identifier == named]
        return meant or issuers

    def _is_anchor(self, certificate: Certificate) -> bool:
        return any(anchor.der == certificate.der for anchor in self.anchors)

    def _obstacle(self, step: PathStep, issuer: Certificate) -> str | None:
        """Why the search cannot go on from a certificate to an issuer.

        Returns:
            None when it can; empty when the issuer is simply another of the same name.

        Raises:
            EffortSpent: the container has cost enough.
            LibraryMissing: this machine cannot tell.
        """
        try:
            signed = self.effort.is_signed_by(issuer, step.certificate.signed)
        except EffortSpent:
            raise
        except (SignatureRefused, Malformed):  # a key that is unacceptable, or of another kind than the signature
            signed = False
            if issuer.flaw:
                return issuer.flaw
        if not signed:
            return IMPOSTOR if self._is_anchor(issuer) else ""
        return self._unfit(issuer, step.authorities)

    def _unfit(self, issuer: Certificate, authorities: int) -> str | None:
        """Why an issuer may not vouch for a certificate; None when it may."""
        if issuer.flaw:
            return issuer.flaw
        longest = issuer.extensions.path_length
        if not issuer.is_authority or (longest is not None and longest < authorities):
            return NO_AUTHORITY
        if self.moment < issuer.not_before:
            return "Сертификат удостоверяющего центра ещё не действовал."
        if self.moment > issuer.not_after:
            return "Срок действия сертификата удостоверяющего центра истёк."
        return None
