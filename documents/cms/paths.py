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
from documents.cms.refusal import Malformed, SignatureRefused

UNKNOWN_AUTHORITY = "Сертификат выдан удостоверяющим центром, который порталу не известен: его нет среди доверенных."
EMPTY_STORE = "Удостоверяющий центр не известен порталу: в портале пока нет ни одного доверенного."
IMPOSTOR = "Сертификат не подписан тем удостоверяющим центром, который в нём назван."
NO_AUTHORITY = "Сертификат выдан тем, кто не вправе выдавать сертификаты."


@dataclass(frozen=True)
class Step:
    """A certificate that the search has reached.

    Attributes:
        certificate: the one reached.
        below: the step that led here; None for the signer's own.
        authorities: how many authorities that do not vouch for themselves stand below it.
    """

    certificate: Certificate
    below: "Step | None"
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
            SignatureRefused: there is none; the reason is that of the most promising attempt.
            LibraryMissing: this machine cannot tell.
        """
        obstacles: list[str] = []
        waiting, entered = deque([Step(signer, None, 0)]), {signer.der}
        try:
            while waiting:
                step = waiting.popleft()
                for issuer in self._issuers_of(step.certificate):
                    if issuer.der in entered:
                        continue
                    obstacle = self._obstacle(step, issuer)
                    if obstacle is None:
                        continue
                    if obstacle:
                        obstacles.append(obstacle)
                        continue
                    entered.add(issuer.der)
                    above = Step(issuer, step, step.authorities + (not issuer.is_self_issued))
                    if self._is_anchor(issuer):
                        return above.path()
                    waiting.append(above)
        except EffortSpent:
            pass  # so much was tried, and no authority of the store was met
        raise SignatureRefused(obstacles[0] if obstacles else UNKNOWN_AUTHORITY if self.anchors else EMPTY_STORE)

    def _issuers_of(self, certificate: Certificate) -> list[Certificate]:
        """Those that may have signed a certificate, the store's own first."""
        wanted = certificate.issuer_name.key
        return [one for one in (*self.anchors, *self.intermediates) if one.subject.key == wanted]

    def _is_anchor(self, certificate: Certificate) -> bool:
        return any(anchor.der == certificate.der for anchor in self.anchors)

    def _obstacle(self, step: Step, issuer: Certificate) -> str | None:
        """Why the search cannot go on from a certificate to an issuer.

        Returns:
            Empty when it can; None when the issuer is simply another of the same name.
        """
        certificate = step.certificate
        try:
            signed = self.effort.is_signed_by(issuer, certificate.tbs, certificate.scheme, certificate.signature)
        except EffortSpent:
            raise
        except SignatureRefused as refusal:
            return issuer.flaw or str(refusal)
        except Malformed:
            return None
        if not signed:
            return IMPOSTOR if self._is_anchor(issuer) else None
        return self._unfit(issuer, step.authorities)

    def _unfit(self, issuer: Certificate, authorities: int) -> str:
        """Why an issuer may not vouch for a certificate; empty when it may."""
        if issuer.flaw:
            return issuer.flaw
        if not issuer.is_authority or (issuer.path_length is not None and issuer.path_length < authorities):
            return NO_AUTHORITY
        if self.moment < issuer.not_before:
            return "Сертификат удостоверяющего центра ещё не действовал."
        if self.moment > issuer.not_after:
            return "Срок действия сертификата удостоверяющего центра истёк."
        return ""
