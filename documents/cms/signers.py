"""One signer: is it a signature of this content by the certificate it names, and may that certificate sign this."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cms.algorithms import SHA1, SHA256, Digest, Scheme, algorithm_oid, digest_named, digest_of, scheme_of
from documents.cms.certificates import UNREADABLE, Certificate
from documents.cms.container import (
    CONTENT_TYPE,
    DATA,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    Signer,
)
from documents.cms.effort import Effort
from documents.cms.extensions import CONTENT_COMMITMENT, DIGITAL_SIGNATURE
from documents.cms.names import read_name
from documents.cms.reader import INTEGER, OCTET_STRING, SEQUENCE, Element
from documents.cms.refusal import Malformed, SignatureRefused

NO_CERTIFICATE = "В файле нет сертификата подписавшего: сохраните подпись вместе с сертификатом."
BROKEN_SIGNER = "Подпись в файле составлена не по правилам: она повреждена."
_SHA1 = Digest("SHA-1", "sha1")  # of version 1 of signing-certificate; it names a certificate, it protects nothing else

_SERVER, _STAMPS, _OCSP = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"
_PERSONAL = {
    "1.3.6.1.5.5.7.3.2",  # client of TLS: in every qualified certificate
    "1.3.6.1.5.5.7.3.4",  # e-mail
    "1.3.6.1.5.5.7.3.36",  # signing of documents, RFC 9336
    "1.3.6.1.4.1.311.10.3.12",  # signing of documents, Microsoft
    "2.5.29.37.0",  # any
}
_DIRECTORY_NAME = 0xA4
_RUSSIAN_ARC = "1.2.643."


@dataclass(frozen=True)
class Authentic:
    """A signature whose value and content are right.

    Attributes:
        certificate: whose it is.
        signed_at: what the signer says of the time.
        attributes: the signed bytes.
    """

    certificate: Certificate
    signed_at: dt.datetime | None
    attributes: bytes


class Content:
    """What was signed, hashed once for each algorithm."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._digests: dict[Digest, bytes] = {}

    def digest(self, digest: Digest) -> bytes:
        """Its digest.

        Raises:
            LibraryMissing: this machine cannot compute it.
        """
        if digest not in self._digests:
            self._digests[digest] = digest.of(self._content)
        return self._digests[digest]


@dataclass(frozen=True)
class Claims:
    """What a signer says, before anything is verified.

    Attributes:
        digest: of the content.
        scheme: of the signature.
        message_digest: the digest's value.
        signed_at: the signing time, when it is named.
        candidates: certificates that may be the signer's.
    """

    digest: Digest
    scheme: Scheme
    message_digest: bytes
    signed_at: dt.datetime | None
    candidates: tuple[Certificate, ...]


def read_claims(signer: Signer, certificates: Sequence[Certificate], kind: str | None = DATA) -> Claims:
    """What a signer says of itself.

    Args:
        signer: as it stands in the container.
        certificates: those that came along.
        kind: what must have been signed: OID of a content type; None for a counter-signature, which names none.

    Raises:
        SignatureRefused: it says what no acceptable signature says.
    """
    try:
        digest = digest_of(signer.digest_algorithm)
        scheme = scheme_of(signer.scheme, digest)
        message_digest = _see_to_content(signer, kind)
        candidates = tuple(one for one in certificates if signer.identifier.means(one))
        if not candidates:
            raise SignatureRefused(NO_CERTIFICATE)
        return Claims(digest, scheme, message_digest.octets(), _signing_time(signer), candidates)
    except Malformed as broken:
        raise SignatureRefused(BROKEN_SIGNER) from broken


def _see_to_content(signer: Signer, kind: str | None) -> Element:
    """The digest of what was signed, which must be of the right kind (RFC 5652, 5.3 and 11.1).

    Raises:
        SignatureRefused: it is of another kind, or the attributes that say so are missing.
    """
    content_type, message_digest = signer.one(CONTENT_TYPE), signer.one(MESSAGE_DIGEST)
    if message_digest is None or (content_type is None) != (kind is None):
        raise SignatureRefused("В подписи нет подписанных атрибутов: она не связана с документом как положено.")
    if content_type is not None and content_type.oid() != kind:
        raise SignatureRefused("Подписан не файл документа, а данные другого вида.")
    return message_digest


def authenticate(signer: Signer, claims: Claims, content: Content, effort: Effort) -> Authentic:
    """Verify the value of a signature, then what it was made for: a damaged value says nothing about the document.

    Args:
        signer: as it stands in the container.
        claims: what it says.
        content: what should have been signed.
        effort: the checks that the container has left.

    Returns:
        The signature with the certificate that verifies it.

    Raises:
        SignatureRefused: the value is damaged, or was made for something else.
        LibraryMissing: this machine cannot tell.
    """
    candidates = meant(signer, claims.candidates)
    certificate, form = _verified(signer, claims.scheme, candidates, effort)
    see_to_document(claims, content)
    return Authentic(certificate, claims.signed_at, form)


def see_to_document(claims: Claims, content: Content) -> None:
    """What was signed must be this document.

    Args:
        claims: what the signer says.
        content: the document.

    Raises:
        SignatureRefused: it is another.
        LibraryMissing: this machine cannot compute the digest.
    """
    if content.digest(claims.digest) != claims.message_digest:
        raise SignatureRefused("Подпись сделана для другого файла, или документ изменён.")


def _verified(
    signer: Signer, scheme: Scheme, candidates: tuple[Certificate, ...], effort: Effort
) -> tuple[Certificate, bytes]:
    """The candidate whose key made the value, and the form of the attributes that it was made of."""
    flaw: SignatureRefused | None = None
    for certificate in candidates:
        try:
            for form in signer.signed_forms:
                if effort.has_signed(certificate, form, scheme, signer.signature):
                    return certificate, form
        except SignatureRefused as refusal:
            flaw = refusal
        except Malformed:
            flaw = SignatureRefused(UNREADABLE)
    raise flaw or SignatureRefused(
        "Значение подписи не подтверждается ключом из сертификата: файл подписи повреждён или изменён."
    )


def unfit_to_sign(certificate: Certificate) -> str:
    """Why a certificate is not one that people sign documents with; empty when it is.

    Args:
        certificate: the signer's.

    Raises:
        Malformed: its extensions cannot be read.
    """
    purposes = certificate.extensions.purposes
    if certificate.extensions.is_authority:
        return "Это сертификат удостоверяющего центра: им не подписывают документы."
    if not certificate.may_use_key_for(DIGITAL_SIGNATURE, CONTENT_COMMITMENT):
        return "Ключ сертификата – не для подписи (например, для согласования ключей): им не подписывают документы."
    if purposes is None:
        return ""
    if purposes & {_SERVER, _STAMPS, _OCSP} or not any(_is_personal(purpose) for purpose in purposes):
        return "Сертификат выдан для другого (например, для сервера): им не подписывают документы."
    return ""


def _is_personal(purpose: str) -> bool:
    return purpose in _PERSONAL or purpose.startswith(_RUSSIAN_ARC)


def _signing_time(signer: Signer) -> dt.datetime | None:
    value = signer.one(SIGNING_TIME)
    if value is None:
        return None
    try:
        return value.moment()
    except Malformed as broken:
        raise SignatureRefused(
            "Время подписи в файле записано не по правилам: без часового пояса или с ошибкой."
        ) from broken


def meant(signer: Signer, candidates: tuple[Certificate, ...]) -> tuple[Certificate, ...]:
    """The candidates that signing-certificate, where it stands, means: of one key there may be several certificates.

    Args:
        signer: as it stands in the container.
        candidates: certificates that may be the signer's.

    Raises:
        SignatureRefused: it means another certificate (RFC 5035, 5).
        LibraryMissing: this machine cannot compute its digest.
    """
    try:
        for oid, default in ((SIGNING_CERTIFICATE, _SHA1), (SIGNING_CERTIFICATE_V2, SHA256)):
            value = signer.one(oid)
            if value is not None:
                first = value.the(SEQUENCE).first().the(SEQUENCE).first()
                candidates = tuple(one for one in candidates if _is_meant(first, one, default))
    except Malformed as broken:
        raise SignatureRefused(BROKEN_SIGNER) from broken
    if not candidates:
        raise SignatureRefused("Подпись называет другой сертификат (signing-certificate): этот в файле подменён.")
    return candidates


def _is_meant(identifier: Element, certificate: Certificate, digest: Digest) -> bool:
    """Whether an ESSCertID or ESSCertIDv2 is that of a certificate.

    Raises:
        Malformed: it is none.
        SignatureRefused: by a digest that is unknown.
        LibraryMissing: this machine cannot compute its digest.
    """
    parts = identifier.the(SEQUENCE).fields(1, 3)
    if parts[0].tag == SEQUENCE:
        oid = algorithm_oid(parts.pop(0))
        digest = _SHA1 if oid == SHA1 else digest_named(oid)
    if not parts:
        raise Malformed("A digest of the certificate belongs here.")
    if parts[0].the(OCTET_STRING).contents != digest.of(certificate.der):
        return False
    return len(parts) == 1 or _is_issuer_and_serial(parts[1], certificate)


def _is_issuer_and_serial(pair: Element, certificate: Certificate) -> bool:
    names, serial = pair.the(SEQUENCE).fields(2)
    directory = names.only(_DIRECTORY_NAME).only(SEQUENCE)
    written = serial.the(INTEGER).contents.hex().upper()
    return (read_name(directory).key, written) == (certificate.issuer_name.key, certificate.serial)
