"""The algorithms of signatures, once: what counts, what is outdated, what belongs together.

Sources: RFC 5754 and 8419 (SHA-2 in CMS), RFC 4056 (RSASSA-PSS), RFC 4490, 4491 and 9215 (GOST), приказ ФСБ России
от 27.12.2011 № 795 and рекомендации ТК 26 (identifiers of curves).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from documents.cms import gnutls
from documents.cms.reader import SEQUENCE, Element
from documents.cms.refusal import Malformed, SignatureRefused


class Kind(Enum):
    """The families of keys that can sign."""

    RSA = "RSA"
    EC = "ECDSA"
    GOST_256 = "ГОСТ Р 34.10-2012, 256 бит"
    GOST_512 = "ГОСТ Р 34.10-2012, 512 бит"


@dataclass(frozen=True)
class Digest:
    """A digest that counts.

    Attributes:
        name: as people read it.
        python: name in `hashlib`; empty for Streebog.
        streebog: its number in GnuTLS; 0 for the others.
    """

    name: str
    python: str = ""
    streebog: int = 0

    def of(self, content: bytes) -> bytes:
        """The digest of some bytes.

        Raises:
            LibraryMissing: this machine cannot compute it.
        """
        return gnutls.digest(self.streebog, content) if self.streebog else hashlib.new(self.python, content).digest()


SHA256, SHA384, SHA512 = Digest("SHA-256", "sha256"), Digest("SHA-384", "sha384"), Digest("SHA-512", "sha512")
STREEBOG_256 = Digest("ГОСТ Р 34.11-2012, 256 бит", streebog=gnutls.STREEBOG_256)
STREEBOG_512 = Digest("ГОСТ Р 34.11-2012, 512 бит", streebog=gnutls.STREEBOG_512)

DIGESTS: Mapping[str, Digest] = {
    "2.16.840.1.101.3.4.2.1": SHA256,
    "2.16.840.1.101.3.4.2.2": SHA384,
    "2.16.840.1.101.3.4.2.3": SHA512,
    "1.2.643.7.1.1.2.2": STREEBOG_256,
    "1.2.643.7.1.1.2.3": STREEBOG_512,
}

RSA_KEY, EC_KEY, GOST_256_KEY, GOST_512_KEY = (
    "1.2.840.113549.1.1.1",
    "1.2.840.10045.2.1",
    "1.2.643.7.1.1.1.1",
    "1.2.643.7.1.1.1.2",
)
KEYS: Mapping[str, Kind] = {
    RSA_KEY: Kind.RSA,
    EC_KEY: Kind.EC,
    GOST_256_KEY: Kind.GOST_256,
    GOST_512_KEY: Kind.GOST_512,
}
RSASSA_PSS, MGF1 = "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.8"

# Algorithms of signatures -> the key and the digest that they name. CMS may name the key alone, and the digest apart.
SIGNATURES: Mapping[str, tuple[Kind, Digest | None]] = {
    **{oid: (kind, None) for oid, kind in KEYS.items()},
    "1.2.840.113549.1.1.11": (Kind.RSA, SHA256),
    "1.2.840.113549.1.1.12": (Kind.RSA, SHA384),
    "1.2.840.113549.1.1.13": (Kind.RSA, SHA512),
    "1.2.840.10045.4.3.2": (Kind.EC, SHA256),
    "1.2.840.10045.4.3.3": (Kind.EC, SHA384),
    "1.2.840.10045.4.3.4": (Kind.EC, SHA512),
    "1.2.643.7.1.1.3.2": (Kind.GOST_256, STREEBOG_256),
    "1.2.643.7.1.1.3.3": (Kind.GOST_512, STREEBOG_512),
}
GOST_DIGESTS: Mapping[Kind, Digest] = {Kind.GOST_256: STREEBOG_256, Kind.GOST_512: STREEBOG_512}

SHA1 = "1.3.14.3.2.26"
OUTDATED: Mapping[str, str] = {
    "1.2.840.113549.2.2": "MD2",
    "1.2.840.113549.2.5": "MD5",
    SHA1: "SHA-1",
    "1.2.643.2.2.9": "ГОСТ Р 34.11-94",
    "1.2.840.113549.1.1.2": "MD2 с RSA",
    "1.2.840.113549.1.1.4": "MD5 с RSA",
    "1.2.840.113549.1.1.5": "SHA-1 с RSA",
    "1.3.14.3.2.29": "SHA-1 с RSA",
    "1.2.840.10040.4.1": "DSA",
    "1.2.840.10040.4.3": "SHA-1 с DSA",
    "1.2.840.10045.4.1": "SHA-1 с ECDSA",
    "1.2.643.2.2.3": "ГОСТ Р 34.10-2001",
    "1.2.643.2.2.4": "ГОСТ Р 34.10-94",
    "1.2.643.2.2.19": "ГОСТ Р 34.10-2001",
    "1.2.643.2.2.20": "ГОСТ Р 34.10-94",
}


@dataclass(frozen=True)
class Scheme:
    """How a signature was made.

    Attributes:
        kind: of the key.
        digest: of the signed bytes.
        salt: length of RSASSA-PSS's salt, bytes; None for RSA as PKCS #1 v1.5 has it, and for the other keys.
    """

    kind: Kind
    digest: Digest
    salt: int | None = None


class AlgorithmRefused(SignatureRefused):
    """An outdated or unknown algorithm."""


def digest_of(identifier: Element) -> Digest:
    """The digest that an AlgorithmIdentifier names.

    Raises:
        AlgorithmRefused: it is outdated or unknown.
        Malformed: it names none.
    """
    return digest_named(algorithm_oid(identifier))


def digest_named(oid: str) -> Digest:
    """The digest of an OID.

    Raises:
        AlgorithmRefused: it is outdated or unknown.
    """
    if oid not in DIGESTS:
        raise _refused(oid)
    return DIGESTS[oid]


def scheme_of(identifier: Element, digest: Digest | None = None) -> Scheme:
    """How an AlgorithmIdentifier says that a signature was made.

    Args:
        identifier: of the signature.
        digest: what else names the digest: the signer's digest algorithm; nothing for a certificate.

    Raises:
        AlgorithmRefused: the algorithm is outdated or unknown.
        SignatureRefused: key, signature and digest do not belong together.
        Malformed: it names none.
    """
    oid = algorithm_oid(identifier)
    if oid == RSASSA_PSS:
        scheme = _pss(identifier)
    else:
        if oid not in SIGNATURES:
            raise _refused(oid)
        kind, own = SIGNATURES[oid]
        named = own or digest
        if named is None:
            raise Malformed("The signature of a certificate names its digest.")
        scheme = Scheme(kind, named)
    if digest not in (None, scheme.digest) or GOST_DIGESTS.get(scheme.kind, scheme.digest) != scheme.digest:
        raise SignatureRefused(DISAGREE)
    if scheme.digest.streebog and scheme.kind not in GOST_DIGESTS:
        raise SignatureRefused(DISAGREE)
    return scheme


DISAGREE = "Алгоритмы подписи, хеширования и ключа в файле не согласуются: подпись изменена или сделана с ошибкой."


def algorithm_oid(identifier: Element) -> str:
    """The OID of an AlgorithmIdentifier.

    Raises:
        Malformed: it is none.
    """
    return identifier.the(SEQUENCE).first().oid()


def _refused(oid: str) -> AlgorithmRefused:
    if oid in OUTDATED:
        return AlgorithmRefused(f"Подпись сделана по устаревшему алгоритму ({OUTDATED[oid]}): она не доказательна.")
    return AlgorithmRefused(f"Подпись сделана по алгоритму, которого портал не знает ({oid}).")


def _pss(identifier: Element) -> Scheme:
    """RSASSA-PSS with its parameters (RFC 4055, 3.1): one digest throughout, the usual mask and trailer."""
    parameters = identifier.fields(1, 2)[1:]
    if not parameters:
        raise AlgorithmRefused(_pss_refusal("параметры опущены"))
    fields = {part.tag: part.first() for part in parameters[0].the(SEQUENCE).fields(0, 4)}
    if 0xA0 not in fields or 0xA1 not in fields:
        raise _refused(SHA1)  # what RSASSA-PSS means when it names no digest
    digest = digest_of(fields[0xA0])
    mask = fields[0xA1].fields(1, 2)
    if len(mask) != 2 or mask[0].oid() != MGF1 or digest_of(mask[1]) != digest:
        raise AlgorithmRefused(_pss_refusal("разные алгоритмы хеширования"))
    salt = int.from_bytes(fields[0xA2].contents) if 0xA2 in fields else 20
    if salt > 512 or (0xA3 in fields and fields[0xA3].contents != b"\x01"):
        raise AlgorithmRefused(_pss_refusal("недопустимые параметры"))
    return Scheme(Kind.RSA, digest, salt)


def _pss_refusal(what: str) -> str:
    return f"Подпись сделана по алгоритму, которого портал не знает (RSASSA-PSS: {what})."
