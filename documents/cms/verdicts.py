"""What is said of a signature: the verdict, what was checked and what was not."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from documents.cms.certificates import Certificate


class Verdict(Enum):
    """What became of a signature."""

    CONFIRMED = "confirmed"
    UNCHECKED = "unchecked"  # this machine lacks a library: attached, not verified, never «действительна»
    REFUSED = "refused"


STRUCTURE = "устройство файла подписи: с подписанными атрибутами, без устаревших алгоритмов"
VALUE = "подпись: подтверждается ключом из сертификата подписавшего"
INTEGRITY = "целостность: подпись сделана для байтов этого документа"
PATH = "цепочка сертификатов: ведёт к удостоверяющему центру, которому доверяет портал"
VALIDITY = "сроки действия сертификатов на день проверки"
VALIDITY_STAMPED = "сроки действия сертификатов на время, которое подтверждено меткой времени"

REVOCATION = "отзыв сертификата (нет свежего списка отзыва)"
REVOCATION_OF_AUTHORITY = "отзыв сертификата удостоверяющего центра (нет свежего списка отзыва)"
TIME = "время подписи (доверенной метки времени нет)"
ACCREDITATION = "аккредитация удостоверяющего центра"

ATTACHED = "Подпись присоединённая: документ вложен и в сам файл подписи, байт в байт тот же."
NOT_VOUCHED_FOR = " (не подтверждена)"
EXPIRED_UNPROVED = (
    "Срок действия сертификата истёк, а доверенной метки времени в подписи нет: нельзя узнать, когда она поставлена."
)
EXPIRED_STAMPED = "Срок действия сертификата истёк раньше, чем поставлена метка времени."


@dataclass(frozen=True)
class SignatureCheck:
    """What was found out about one signature.

    Attributes:
        verdict: in one word.
        refusal: why it was refused, in Russian; empty otherwise.
        certificate: of the signer; None when the file has none.
        digest: name of the digest algorithm; may be empty.
        signed_at: what the signer says of the time.
        stamped_at: what a trusted time stamp says of it.
        checked_at: when the portal checked.
        checked: what was checked, in Russian.
        not_checked: what was not.
        remarks: what else a reader should know.
        counter_signers: who signed the signature itself, and whether the trust store vouches for them.
        identity: SHA-256 of what makes it this signature, whatever is wrapped around it; empty when unknown.
    """

    verdict: Verdict
    checked_at: dt.datetime
    refusal: str = ""
    certificate: Certificate | None = None
    digest: str = ""
    signed_at: dt.datetime | None = None
    stamped_at: dt.datetime | None = None
    checked: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    counter_signers: tuple[str, ...] = ()
    identity: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether everything that the portal checks was right."""
        return self.verdict == Verdict.CONFIRMED
