"""The structure of a signature: CMS SignedData (RFC 5652), as positions. Nothing is verified here."""

from collections.abc import Iterator
from dataclasses import dataclass

from documents.cms.certificates import Certificate, read_or_none
from documents.cms.coats import NOT_A_SIGNATURE
from documents.cms.names import read_name
from documents.cms.reader import INTEGER, OID, SEQUENCE, SET, Bytes, Element, encoded
from documents.cms.refusal import Malformed, SignatureRefused

MAX_CERTIFICATES, MAX_SIGNERS, MAX_ATTRIBUTES, MAX_REVOCATIONS = 30, 16, 64, 30

DATA, SIGNED_DATA, TIME_STAMP = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, COUNTER_SIGNATURE = (
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.5",
    "1.2.840.113549.1.9.6",
)
# CAdES (RFC 5035, RFC 5126)
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2, STAMPS, CERTIFICATE_VALUES, REVOCATION_VALUES = (
    "1.2.840.113549.1.9.16.2.12",
    "1.2.840.113549.1.9.16.2.47",
    "1.2.840.113549.1.9.16.2.14",
    "1.2.840.113549.1.9.16.2.23",
    "1.2.840.113549.1.9.16.2.24",
)
OCSP_REVOCATION = "1.3.6.1.5.5.7.16.2"  # RFC 5940
TOO_MANY_CERTIFICATES = f"В файле больше {MAX_CERTIFICATES} сертификатов: портал столько не читает."
TOO_MANY_REVOCATIONS = f"В файле больше {MAX_REVOCATIONS} списков отзыва и ответов OCSP: портал столько не читает."
TOO_MANY_ATTRIBUTES = f"В подписи больше {MAX_ATTRIBUTES} атрибутов: портал столько не читает."
TOO_MANY_SIGNERS = f"В файле больше {MAX_SIGNERS} подписей: портал столько не читает."

_PRIMITIVE_0, _CONSTRUCTED_0, _CONSTRUCTED_1 = 0x80, 0xA0, 0xA1


@dataclass(frozen=True)
class SignerId:
    """Whom a signer says to be (RFC 5652, 5.3).

    Attributes:
        issuer: normalised name of the authority; None when the key identifier is given instead.
        serial: of the certificate.
        key_identifier: of the certificate's key.
    """

    issuer: tuple[tuple[str, str], ...] | None
    serial: str
    key_identifier: bytes

    def means(self, certificate: Certificate) -> bool:
        """Whether a certificate may be the signer's; several may be."""
        if self.issuer is None:
            return certificate.extensions.key_identifier == self.key_identifier
        return (certificate.issuer_name.key, certificate.serial) == (self.issuer, self.serial)


@dataclass(frozen=True)
class Signer:
    """One signature of a container.

    Attributes:
        identifier: whose it says to be.
        digest_algorithm: AlgorithmIdentifier.
        signed: the attributes under the signature, by OID, each with every value it has.
        signed_forms: their bytes as they may have been signed, the likelier form first.
        scheme: AlgorithmIdentifier of the signature.
        signature: its value.
        unsigned: the attributes outside of the signature.
        raw: all of it, as it stands in the file.
    """

    identifier: SignerId
    digest_algorithm: Element
    signed: dict[str, list[list[Element]]]
    signed_forms: tuple[bytes, ...]
    scheme: Element
    signature: bytes
    unsigned: dict[str, list[list[Element]]]
    raw: bytes

    def one(self, oid: str) -> Element | None:
        """The single value of a signed attribute, or None when there is no such attribute.

        Raises:
            SignatureRefused: the attribute stands there twice, or has several values or none.
        """
        found = self.signed.get(oid, [])
        if not found:
            return None
        if len(found) > 1 or len(found[0]) != 1:
            raise SignatureRefused("Подписанный атрибут в файле повторяется или пуст: файл составлен не по правилам.")
        return found[0][0]

    def outside(self, oid: str) -> Iterator[Element]:
        """Every value of an unsigned attribute."""
        for values in self.unsigned.get(oid, []):
            yield from values


@dataclass(frozen=True)
class Container:
    """What a file of signatures holds.

    Attributes:
        content_type: OID of what was signed.
        content: what was signed, when it comes along; None for a detached signature.
        certificates: those that come along; no order is meant.
        has_unreadable: whether some of those that come along cannot be read.
        revocations: revocation lists and OCSP answers that come along, in DER.
        signers: the signatures.
    """

    content_type: str
    content: bytes | None
    certificates: tuple[Certificate, ...]
    has_unreadable: bool
    revocations: tuple[bytes, ...]
    signers: tuple[Signer, ...]


def read_signatures(der: bytes, document: bytes) -> Container:
    """Read the signatures of a file.

    Args:
        der: the container, without base64 around it.
        document: the signed file. Some programs put it into the container too; then it must be this one.

    Returns:
        What the container holds.

    Raises:
        SignatureRefused: it is something else, broken, or passes a cap.
    """
    try:
        root = Bytes(der).element(0, len(der), 0)
        container = read_container(root)
    except Malformed as broken:
        raise SignatureRefused(NOT_A_SIGNATURE) from broken
    if root.stop != len(der):
        raise SignatureRefused("После подписи в файле есть лишние данные.")
    if container.content_type != DATA:
        raise SignatureRefused("Подписан не файл документа, а данные другого вида.")
    if container.content not in (None, document):
        raise SignatureRefused("Подпись присоединённая, и внутри неё другой документ: это не подпись этого файла.")
    return container


def read_container(root: Element) -> Container:
    """Read a container of signatures.

    Args:
        root: ContentInfo.

    Raises:
        Malformed: it is none.
        SignatureRefused: it is of another kind, or passes a cap.
    """
    kind_of_container, wrapped = root.the(SEQUENCE).fields(2)
    if kind_of_container.oid() != SIGNED_DATA:
        raise SignatureRefused("В файле нет подписи: это другой контейнер CMS.")
    version, digests, content, *optional, signers = wrapped.only(SEQUENCE).fields(4, 6)
    version.the(INTEGER)
    digests.the(SET)
    kind, octets = _content(content)
    kept = _optional(optional)
    entries = signers.the(SET).capped(MAX_SIGNERS, TOO_MANY_SIGNERS)
    if not entries:
        raise SignatureRefused("В файле нет подписавшего.")
    read_signers = tuple(read_signer(entry) for entry in entries)
    certificates = _certificates(kept.get(_CONSTRUCTED_0), read_signers)
    return Container(
        content_type=kind,
        content=octets,
        certificates=tuple(one for one in certificates if one),
        has_unreadable=None in certificates,
        revocations=_revocations(kept.get(_CONSTRUCTED_1), read_signers),
        signers=read_signers,
    )


def _optional(fields: list[Element]) -> dict[int, Element]:
    """Certificates and revocation lists, each at most once, in this order."""
    tags = [field.tag for field in fields]
    if tags != sorted(set(tags)) or not set(tags) <= {_CONSTRUCTED_0, _CONSTRUCTED_1}:
        raise Malformed("Certificates [0] and revocation lists [1] belong here.")
    return dict(zip(tags, fields, strict=True))


def _content(encapsulated: Element) -> tuple[str, bytes | None]:
    kind, *content = encapsulated.the(SEQUENCE).fields(1, 2)
    return kind.oid(), content[0].the(_CONSTRUCTED_0).fields(1)[0].octets() if content else None


def _certificates(field: Element | None, signers: tuple[Signer, ...]) -> tuple[Certificate | None, ...]:
    """The X.509 certificates of the container and of the signers' attributes (CAdES-XL); None for an unreadable one."""
    found = field.capped(MAX_CERTIFICATES, TOO_MANY_CERTIFICATES) if field else []
    for signer in signers:
        for values in signer.outside(CERTIFICATE_VALUES):
            found += values.the(SEQUENCE).capped(MAX_CERTIFICATES, TOO_MANY_CERTIFICATES)
    if len(found) > MAX_CERTIFICATES:
        raise SignatureRefused(TOO_MANY_CERTIFICATES)
    unique = {one.raw for one in found if one.tag == SEQUENCE}  # attribute certificates are none of ours
    return tuple(read_or_none(der) for der in sorted(unique))


def _revocations(field: Element | None, signers: tuple[Signer, ...]) -> tuple[bytes, ...]:
    """Revocation lists and OCSP answers of the container and of the signers' attributes (RFC 5126, 6.3.4)."""
    found = [] if field is None else [_revocation(one) for one in field.capped(MAX_REVOCATIONS, TOO_MANY_REVOCATIONS)]
    for signer in signers:
        for values in signer.outside(REVOCATION_VALUES):
            for kind in values.the(SEQUENCE).fields(0, 3):
                inside = kind.only(SEQUENCE).capped(MAX_REVOCATIONS, TOO_MANY_REVOCATIONS) if kind.tag != 0xA2 else []
                found += [one.raw if kind.tag == _CONSTRUCTED_0 else ocsp_response(one.raw) for one in inside]
    if len(found) > MAX_REVOCATIONS:
        raise SignatureRefused(TOO_MANY_REVOCATIONS)
    return tuple(dict.fromkeys(one for one in found if one))


def _revocation(choice: Element) -> bytes:
    """RevocationInfoChoice: a list, or another format, of which OCSP is known (RFC 5940); else nothing."""
    if choice.tag == SEQUENCE:
        return choice.raw
    if choice.tag != _CONSTRUCTED_1:
        return b""
    format_, info = choice.fields(2)
    return info.raw if format_.oid() == OCSP_REVOCATION else b""


def ocsp_response(basic: bytes) -> bytes:
    """An OCSPResponse (RFC 6960, 4.2.1) around a BasicOCSPResponse, which is all that CAdES keeps."""
    basic_type = encoded(OID, bytes.fromhex("2b0601050507300101"))
    inside = encoded(SEQUENCE, basic_type + encoded(0x04, basic))
    return encoded(SEQUENCE, encoded(0x0A, b"\x00") + encoded(_CONSTRUCTED_0, inside))


def read_signer(info: Element) -> Signer:
    """Read one signature of a container.

    Args:
        info: SignerInfo.

    Raises:
        Malformed: it is none.
        SignatureRefused: it passes a cap.
    """
    version, identifier, digest, *rest = info.the(SEQUENCE).fields(5, 7)
    version.the(INTEGER)
    attributes = rest.pop(0) if rest[0].tag == _CONSTRUCTED_0 else None
    if len(rest) not in (2, 3):
        raise Malformed("Algorithm, value and perhaps unsigned attributes end a SignerInfo.")
    return Signer(
        identifier=_identifier(identifier),
        digest_algorithm=digest.the(SEQUENCE),
        signed=_attributes(attributes) if attributes else {},
        signed_forms=_signed_forms(attributes) if attributes else (),
        scheme=rest[0].the(SEQUENCE),
        signature=rest[1].octets(),
        unsigned=_attributes(rest[2].the(_CONSTRUCTED_1)) if len(rest) == 3 else {},
        raw=info.raw,
    )


def _identifier(identifier: Element) -> SignerId:
    if identifier.tag == _PRIMITIVE_0:
        return SignerId(None, "", identifier.contents)
    issuer, serial = identifier.the(SEQUENCE).fields(2)
    return SignerId(read_name(issuer.the(SEQUENCE)).key, serial.the(INTEGER).contents.hex().upper(), b"")


def _attributes(field: Element) -> dict[str, list[list[Element]]]:
    found: dict[str, list[list[Element]]] = {}
    for attribute in field.capped(MAX_ATTRIBUTES, TOO_MANY_ATTRIBUTES):
        kind, values = attribute.the(SEQUENCE).fields(2)
        found.setdefault(kind.oid(), []).append(values.the(SET).capped(MAX_ATTRIBUTES, TOO_MANY_ATTRIBUTES))
    return found


def _signed_forms(field: Element) -> tuple[bytes, ...]:
    """The bytes that were signed (RFC 5652, 5.4): the attributes in DER, whatever the file's coding.

    Most programs sign what they write, sorted or not; some sort first and write as it comes.
    """
    forms = [] if field.is_indefinite else [bytes((SET,)) + field.raw[1:]]
    attributes = (one.as_der() if one.is_indefinite else one.raw for one in field.children())
    forms.append(encoded(SET, b"".join(sorted(attributes))))
    return tuple(dict.fromkeys(forms))
