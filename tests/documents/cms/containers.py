"""Signatures of any shape: `Signing` makes a SignerInfo, `container` a detached CMS of signers (RFC 5652, CAdES)."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.documents.cms import der
from tests.documents.cms.forge import NOW, Party
from tests.documents.cms.keys import (
    digest_algorithm,
    digest_of,
    public_key_algorithm,
    signature_algorithm,
)

DOCUMENT = b"%PDF-1.7 the decision"
SIGNED_AT = NOW - dt.timedelta(hours=1)

DATA, SIGNED_DATA, ENVELOPED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.3"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_TIME, COUNTER_SIGNATURE = "1.2.840.113549.1.9.5", "1.2.840.113549.1.9.6"
ESS_V1, ESS_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
TIME_STAMP = "1.2.840.113549.1.9.16.2.14"
CERTIFICATE_VALUES, REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.23", "1.2.840.113549.1.9.16.2.24"
OCSP_IN_CMS = "1.3.6.1.5.5.7.16.2"

Unsigned = Callable[[bytes], bytes]  # the signature value -> an unsigned attribute


def attribute(oid: str, *values: bytes) -> bytes:
    return der.seq(der.oid(oid), der.set_of(*values))


def content_type(oid: str = DATA) -> bytes:
    return attribute(CONTENT_TYPE, der.oid(oid))


def message_digest(document: bytes = DOCUMENT, digest: str = "sha256") -> bytes:
    return attribute(MESSAGE_DIGEST, der.octets(digest_of(digest, document)))


def signing_time(value: bytes | dt.datetime = SIGNED_AT) -> bytes:
    """The time that the signer claims; bytes are an encoded value."""
    return attribute(SIGNING_TIME, value if isinstance(value, bytes) else der.time(value))


def ess(of: Party, digest: str = "sha256", *, serial: bool = True, named: bool | None = None) -> bytes:
    """ESS signing-certificate-v2 (RFC 5035); `named` says whether the digest algorithm stands in it."""
    stated = digest != "sha256" if named is None else named
    parts = [digest_algorithm(digest)] if stated else []
    parts.append(der.octets(digest_of(digest, of.der)))
    parts += [_issuer_serial(of)] if serial else []
    return attribute(ESS_V2, der.seq(der.seq(der.seq(*parts))))


def ess_v1(of: Party) -> bytes:
    """ESS signing-certificate of RFC 2634, by SHA-1."""
    return attribute(ESS_V1, der.seq(der.seq(der.seq(der.octets(digest_of("sha1", of.der)), _issuer_serial(of)))))


def _issuer_serial(of: Party) -> bytes:
    return der.seq(der.seq(der.context(4, of.issuer)), der.integer_octets(of.serial))


@dataclass(frozen=True)
class Signing:
    """A signature; every part that may be odd can be given. None is the ordinary form.

    Attributes:
        by: whose key signs, and whose certificate is named.
        claimed: DER of the signing time, or a moment; None leaves the attribute out.
        attributes: instead of the ordinary signed attributes; an empty tuple is none at all.
        without: OIDs of ordinary attributes to leave out.
        more: signed attributes besides.
        signs: the bytes under the signature, where these are not the attributes as a SET in ascending order.
        raw_attributes: the whole `[0]` as it is written, where it differs from what is signed.
        spoil: changes the signature value.
        unsigned: attributes outside the signature, made of its value.
    """

    by: Party
    document: bytes = DOCUMENT
    digest: str = ""
    content: str = DATA
    claimed: bytes | dt.datetime | None = SIGNED_AT
    attributes: tuple[bytes, ...] | None = None
    without: tuple[str, ...] = ()
    more: tuple[bytes, ...] = ()
    ordered: bool = True
    signs: bytes | None = None
    raw_attributes: bytes | None = None
    sid: bytes | None = None
    version: int = 1
    digest_algorithm: bytes | None = None
    signature_algorithm: bytes | None = None
    signed_digest: str = ""
    spoil: Callable[[bytes], bytes] | None = None
    unsigned: tuple[Unsigned, ...] = ()

    @property
    def digest_name(self) -> str:
        return self.digest or self.by.key.digest

    def signed_attributes(self) -> tuple[bytes, ...]:
        if self.attributes is not None:
            return self.attributes
        claimed = () if self.claimed is None else (signing_time(self.claimed),)
        usual = (content_type(self.content), message_digest(self.document, self.digest_name), *claimed)
        kept = (*usual, ess(self.by, "sha256" if "gost" not in self.by.key.family else self.digest_name))
        return (*(each for each in kept if der.children(each)[0] not in self._left_out()), *self.more)

    def _left_out(self) -> tuple[bytes, ...]:
        return tuple(der.oid(each) for each in self.without)

    def info(self) -> bytes:
        """The SignerInfo."""
        attributes = self.signed_attributes()
        value = self._signature(attributes)
        outside = [make(value) for make in self.unsigned]
        field = der.retagged(0xA0, der.set_of(*attributes, ordered=self.ordered)) if attributes else b""
        return der.seq(
            der.integer(self.version),
            self.sid or self.by.issuer_and_serial,
            self.digest_algorithm or digest_algorithm(self.digest_name),
            field if self.raw_attributes is None else self.raw_attributes,
            self.signature_algorithm or self._usual_algorithm(),
            der.octets(value),
            *([der.retagged(0xA1, der.set_of(*outside, ordered=False))] if outside else []),
        )

    def _usual_algorithm(self) -> bytes:
        if self.by.key.family in {"ec", "ed25519"}:
            return signature_algorithm(self.by.key, self.digest_name)
        return public_key_algorithm(self.by.key)

    def _signature(self, attributes: tuple[bytes, ...]) -> bytes:
        signed = self.signs
        if signed is None:
            signed = der.set_of(*attributes) if attributes else self.document
        value = self.by.key.sign(signed, self.signed_digest or self.digest_name)
        return self.spoil(value) if self.spoil else value


def signed_data(
    infos: Sequence[bytes],
    certificates: Sequence[bytes] = (),
    revocations: Sequence[bytes] = (),
    *,
    digests: Sequence[bytes] = (),
    inside: bytes | None = None,
    version: int = 1,
    content_type: str = SIGNED_DATA,
) -> bytes:
    """ContentInfo with SignedData; `inside` is the EncapsulatedContentInfo, without content by default."""
    algorithms = digests or dict.fromkeys(_digest_algorithm_of(info) for info in infos)
    body = der.seq(
        der.integer(version),
        der.set_of(*algorithms),
        der.seq(der.oid(DATA)) if inside is None else inside,
        *([der.tlv(0xA0, b"".join(certificates))] if certificates else []),
        *([der.tlv(0xA1, b"".join(revocations))] if revocations else []),
        der.set_of(*infos, ordered=False),
    )
    return der.seq(der.oid(content_type), der.context(0, body))


def _digest_algorithm_of(info: bytes) -> bytes:
    return der.children(info)[2]


def container(
    *signings: Signing, along: Sequence[Party] = (), revocations: Sequence[bytes] = (), version: int = 1
) -> bytes:
    """A detached signature in DER with the certificates of its signers, and those that come along."""
    certificates = dict.fromkeys(each.der for each in (*(signing.by for signing in signings), *along))
    return signed_data([each.info() for each in signings], list(certificates), revocations, version=version)


def encapsulated(content: bytes, oid: str = DATA) -> bytes:
    """EncapsulatedContentInfo with its content attached."""
    return der.seq(der.oid(oid), der.context(0, der.octets(content)))


def key_identifier(of: Party) -> bytes:
    """A SignerIdentifier by subject key identifier; the SignerInfo is then of version 3."""
    return der.context(0, of.key.identifier, constructed=False)


def as_ber(content: bytes) -> bytes:
    """A container with indefinite lengths everywhere but in certificates, CRLs and signed attributes."""
    root = der.children(content)
    body = der.children(der.children(root[1])[0])
    kept = {part for field in body[3:-1] for part in der.children(field)}
    for info in der.children(body[-1]):
        kept.update(part for part in der.children(info) if part[0] == 0xA0)
    return der.loosened(content, kept.__contains__)


def counter_signature(by: Party, **options: object) -> Unsigned:
    """Countersignature (RFC 5652, 11.4): of the signature value, without a content type."""

    def make(value: bytes) -> bytes:
        digest = by.key.digest
        attributes = (message_digest(value, digest), signing_time(), ess(by, "sha256"))
        signing = Signing(by, value, attributes=attributes, **options)  # type: ignore[arg-type]
        return attribute(COUNTER_SIGNATURE, signing.info())

    return make


def certificate_values(*parties: Party) -> Unsigned:
    """CAdES-XL: certificates as an unsigned attribute."""
    return lambda _: attribute(CERTIFICATE_VALUES, der.seq(*(each.der for each in parties)))


def revocation_values(crls: Sequence[bytes] = (), answers: Sequence[bytes] = ()) -> Unsigned:
    """CAdES-XL: CRLs and BasicOCSPResponses as an unsigned attribute."""
    parts = [der.context(0, der.seq(*crls))] if crls else []
    parts += [der.context(1, der.seq(*answers))] if answers else []
    return lambda _: attribute(REVOCATION_VALUES, der.seq(*parts))


def ocsp_in_cms(response: bytes) -> bytes:
    """An OCSP response as other revocation information (RFC 5940)."""
    return der.tlv(0xA1, der.oid(OCSP_IN_CMS) + response)


def flipped(value: bytes) -> bytes:
    """The value with one bit of its last octet changed."""
    return value[:-1] + bytes([value[-1] ^ 1])
