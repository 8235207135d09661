"""Which algorithms this machine can verify: each is tried on a known-good signature, once a process.

A library may be missing, too old for a curve, or told by its configuration (/etc/gnutls/config) to know no GOST; the
last reads as a plain bad signature. Without the vector a good signature would then be called forged.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_public_key

from documents.cms import gcrypt, gnutls, gost, vectors
from documents.cms.gnutls import LibraryMissing
from documents.cms.keys import GOST_CURVES, read_key


@dataclass(frozen=True)
class Ability:
    """Whether this machine can verify one algorithm.

    Attributes:
        algorithm: as the operator reads it.
        library: whose work it is.
        works: whether the known-good signature was recognised, and a wrong one refused.
    """

    algorithm: str
    library: str
    works: bool


def abilities() -> tuple[Ability, ...]:
    """Every algorithm that the portal verifies, tried on this machine."""
    digests = Ability("ГОСТ Р 34.11-2012 (Стрибог), 256 и 512 бит", "GnuTLS", digests_work())
    curves = tuple(
        Ability(
            f"ГОСТ Р 34.10-2012, {8 * curve.size} бит, кривая {curve.name}",
            "libgcrypt" if curve.gcrypt else "GnuTLS",
            curve_works(oid),
        )
        for oid, curve in GOST_CURVES.items()
    )
    return (
        Ability("RSA", "cryptography", rsa_works()),
        Ability("ECDSA", "cryptography", ecdsa_works()),
        digests,
        *curves,
    )


def demand(curve: str) -> None:
    """See to it that signatures on a GOST curve can be verified here.

    Args:
        curve: its OID.

    Raises:
        LibraryMissing: they cannot.
    """
    if not curve_works(curve):
        raise LibraryMissing(GOST_CURVES[curve].name)


def curve_works(curve: str) -> bool:
    """Whether signatures on a GOST curve are recognised here."""
    is_there = gcrypt.library() is not None or not GOST_CURVES[curve].gcrypt
    return is_there and digests_work() and _recognised_on(curve)


@cache
def _recognised_on(curve: str) -> bool:
    """Whether a known-good signature is recognised, and the same of another message refused."""
    vector = vectors.GOST[curve]
    key, signature = read_key(base64.b64decode(vector.key)), base64.b64decode(vector.signature)
    return gost.verifies(key, vectors.MESSAGE, signature) and not gost.verifies(key, b"", signature)


def digests_work() -> bool:
    """Whether Streebog comes out right."""
    return gnutls.library() is not None and _streebog_is_right()


@cache
def _streebog_is_right() -> bool:
    try:
        short = gnutls.digest(gnutls.STREEBOG_256, vectors.STREEBOG_MESSAGE).hex()
        long = gnutls.digest(gnutls.STREEBOG_512, vectors.STREEBOG_MESSAGE).hex()
    except LibraryMissing:
        return False
    return (short, long) == (vectors.STREEBOG_256, vectors.STREEBOG_512)


@cache
def rsa_works() -> bool:
    """Whether a known-good RSA signature is recognised."""
    key, signature = _read(vectors.RSA)
    return isinstance(key, rsa.RSAPublicKey) and _holds(
        partial(key.verify, signature, vectors.MESSAGE, padding.PKCS1v15(), hashes.SHA256())
    )


@cache
def ecdsa_works() -> bool:
    """Whether a known-good ECDSA signature is recognised."""
    key, signature = _read(vectors.ECDSA)
    return isinstance(key, ec.EllipticCurvePublicKey) and _holds(
        partial(key.verify, signature, vectors.MESSAGE, ec.ECDSA(hashes.SHA256()))
    )


def _read(vector: vectors.Vector) -> tuple[PublicKeyTypes, bytes]:
    return load_der_public_key(base64.b64decode(vector.key)), base64.b64decode(vector.signature)


def _holds(verify: Callable[[], None]) -> bool:
    try:
        verify()
    except InvalidSignature:
        return False
    return True
