"""The protocol of verification: what the portal found out about an issued document and its signatures, and what not.

One object, printed as PDF and as JSON. It goes to everybody, so personal numbers are masked in it.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass, field

from django.utils import timezone

from accounts.models import UnionProfile
from documents.engine import Paper, render_pdf
from documents.models import IssuedDocument, Signature, SignatureKind

CHECKED_FILE = (
    "байты документа: их контрольная сумма SHA-256 та же, что при выпуске",
    "код проверки: под ним в портале этот документ и никакой другой",
)
NOT_CHECKED_FILE = ("юридическая сила документа",)
NOT_CHECKED_BY_HAND = ("подпись на бумаге: портал хранит её скан и не сличает почерк",)


@dataclass(frozen=True)
class SignatureLine:
    """One signature, as the protocol tells of it.

    Attributes:
        number: its place among the signatures of the document.
        kind: by hand or electronic, in Russian.
        verdict: the result in a few words.
        signer: who signed.
        facts: label and value of whatever is known, in order.
        checked: what was checked.
        not_checked: what was not.
    """

    number: int
    kind: str
    verdict: str
    signer: str
    facts: tuple[tuple[str, str], ...]
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]


@dataclass(frozen=True)
class Protocol:
    """What is known about an issued document at a moment; at a later one the same is the same."""

    title: str
    kind: str
    code: str
    url: str
    sha256: str
    size: int
    issued_at: dt.datetime
    state: str
    state_note: str
    made_at: dt.datetime = field(compare=False)
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    signatures: tuple[SignatureLine, ...]

    def as_json(self) -> str:
        """The protocol for machines; moments in ISO 8601, in Moscow time."""
        moments = {name: timezone.localtime(getattr(self, name)).isoformat() for name in ("issued_at", "made_at")}
        signatures = [{**asdict(line), "facts": dict(line.facts)} for line in self.signatures]
        return json.dumps({**asdict(self), **moments, "signatures": signatures}, ensure_ascii=False, indent=1)


def protocol_of(document: IssuedDocument, *, now: dt.datetime | None = None) -> Protocol:
    """Verify the stored bytes and gather what is known about a document.

    Args:
        document: an issued document.
        now: the moment of the protocol; the present without it.

    Returns:
        The protocol.

    Raises:
        DamagedDocument: the stored bytes are not those that were issued: there is nothing to attest.
    """
    document.read()
    signatures = document.signatures.to_show()
    return Protocol(
        title=document.title,
        kind=str(document.get_kind_display()),
        code=document.verification_code,
        url=document.verification.url,
        sha256=document.sha256,
        size=document.size,
        issued_at=document.issued_at,
        state=str(document.state.label),
        state_note=_state_note(document),
        made_at=now or timezone.now(),
        checked=CHECKED_FILE,
        not_checked=NOT_CHECKED_FILE,
        signatures=tuple(_line(number, signature) for number, signature in enumerate(signatures, start=1)),
    )


def render_protocol(protocol: Protocol) -> bytes:
    """Print a protocol.

    Args:
        protocol: what to print.

    Returns:
        The bytes of a PDF, with the protocol as JSON inside; the same for the same protocol.

    Raises:
        PaperError: a font or library is missing.
    """
    paper = Paper(
        template="documents/protocol.html",
        context={"protocol": protocol},
        title=f"Протокол проверки документа {protocol.code}",
        author=UnionProfile.on(timezone.localdate(protocol.made_at)).full_name,
        created=protocol.made_at,
        data=protocol.as_json().encode(),
        data_name="protocol.json",
    )
    return render_pdf(paper)


def _state_note(document: IssuedDocument) -> str:
    """Why a document counts no longer; the successor is not named, for it may not be public."""
    if document.withdrawn:
        return f"{_day(document.withdrawn.withdrawn_at)}. {document.withdrawn.reason}"
    return _day(document.successor.issued_at) if document.successor else ""


def _line(number: int, signature: Signature) -> SignatureLine:
    if signature.kind == SignatureKind.HANDWRITTEN:
        return SignatureLine(
            number=number,
            kind=str(signature.get_kind_display()),
            verdict="Подтверждена секретариатом по скану",
            signer=signature.signer_name,
            facts=(("Дата подписания", f"{signature.signed_on:%d.%m.%Y}"),),
            checked=(),
            not_checked=NOT_CHECKED_BY_HAND,
        )
    verified = bool(signature.is_verified)
    return SignatureLine(
        number=number,
        kind=str(signature.get_kind_display()),
        verdict="Подпись подтверждена" if verified else "Приложена, не проверена",
        signer=signature.signer_name,
        facts=_facts(signature),
        checked=tuple(signature.evidence["checked"]),
        not_checked=tuple(signature.evidence["not_checked"]),
    )


def _facts(signature: Signature) -> tuple[tuple[str, str], ...]:
    """What the certificate and the check say; what is empty is left out."""
    evidence = signature.evidence
    begins, ends = signature.certificate_validity
    differs = signature.differs_from_signatory
    facts = (
        ("Организация", evidence["represents"]),
        ("Сертификат", evidence["serial"]),
        ("Кем выдан", evidence["issuer"]),
        ("Действителен", f"с {begins:%d.%m.%Y} по {ends:%d.%m.%Y}"),
        ("СНИЛС", signature.masked_snils),
        ("ИНН", signature.masked_inn),
        ("Алгоритм хеширования", evidence["digest"]),
        ("Время подписи, по словам подписавшего", _moment(evidence["signed_at"])),
        ("Метка времени", _moment(evidence["stamped_at"])),
        ("Подпись заверили", ", ".join(evidence["counter_signers"])),
        ("Примечания", " ".join(evidence["remarks"])),
        ("Проверена порталом", _moment(evidence["checked_at"])),
        ("SHA-256 файла подписи", signature.container_sha256),
        ("Подписант в тексте документа", signature.document.signatory if differs else ""),
    )
    return tuple((label, value) for label, value in facts if value)


def _moment(written: str) -> str:
    if not written:
        return ""
    return f"{timezone.localtime(dt.datetime.fromisoformat(written)):%d.%m.%Y %H:%M} (Москва)"


def _day(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y}"
