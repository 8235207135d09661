"""What one container may cost: signature checks are counted, whoever drew the graph of certificates."""

import hashlib
from dataclasses import dataclass, field

from documents.cms import primitives
from documents.cms.algorithms import Scheme
from documents.cms.certificates import Certificate, Signed
from documents.cms.keys import read_key
from documents.cms.refusal import SignatureRefused

MAX_PATH_CHECKS = 24  # of certificates, lists and answers, for all signers of a container
MAX_SIGNER_CHECKS = 40  # of the signers themselves, their time stamps and counter-signatures
MAX_SLOW_CHECKS = 12  # of both, on the curves that libgcrypt verifies: up to 8 ms each, where the others take 1 ms
_ENOUGH_FOR_THE_OPERATOR = 10_000


class EffortSpent(SignatureRefused):
    """The container asks for more checks than an honest one needs."""


@dataclass
class Effort:
    """The signature checks that one container has left, and the answers it has had."""

    path_checks: int = MAX_PATH_CHECKS
    signer_checks: int = MAX_SIGNER_CHECKS
    slow_checks: int = MAX_SLOW_CHECKS
    _answers: dict[tuple[bytes, bytes], bool] = field(default_factory=dict)

    @classmethod
    def of_operator(cls) -> "Effort":
        """Enough for whatever the operator loaded: those files are few, were verified before, and no stranger's."""
        return cls(path_checks=_ENOUGH_FOR_THE_OPERATOR, slow_checks=_ENOUGH_FOR_THE_OPERATOR)

    def is_signed_by(self, authority: Certificate, signed: Signed) -> bool:
        """Whether an authority signed a certificate, a list or an answer; asked once for each pair.

        Raises:
            SignatureRefused: the key is unacceptable, or the container has cost enough.
            LibraryMissing: this machine cannot tell.
            Malformed: the key is none.
        """
        question = (signed.fingerprint, hashlib.sha256(authority.spki).digest())
        if question not in self._answers:
            scheme = signed.scheme
            if not self.path_checks:
                raise EffortSpent("Цепочка сертификатов в файле слишком запутанная: портал такие не разбирает.")
            self.path_checks -= 1
            self._answers[question] = self._ask(authority.spki, scheme, signed.tbs, signed.signature)
        return self._answers[question]

    def has_signed(self, signer: Certificate, content: bytes, scheme: Scheme, signature: bytes) -> bool:
        """Whether a signer signed some attributes.

        Raises:
            SignatureRefused: the key is unacceptable, or the container has cost enough.
            LibraryMissing: this machine cannot tell.
            Malformed: the key is none.
        """
        if not self.signer_checks:
            raise EffortSpent("В файле слишком много подписей и сертификатов на выбор: портал такие не разбирает.")
        self.signer_checks -= 1
        return self._ask(signer.spki, scheme, content, signature)

    def _ask(self, spki: bytes, scheme: Scheme, content: bytes, signature: bytes) -> bool:
        if read_key(spki).is_slow:
            if not self.slow_checks:
                raise EffortSpent("В файле слишком много подписей на редких кривых ГОСТ: портал столько не проверяет.")
            self.slow_checks -= 1
        return primitives.verify(spki, scheme, content, signature)
