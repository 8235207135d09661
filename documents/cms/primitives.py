"""The only door to cryptography: is this a signature of these bytes by this key.

RSA and ECDSA are asked of `cryptography`, GOST of GnuTLS or, on the curves that it lacks, of libgcrypt.
"""

from typing import cast

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from documents.cms import abilities, gost
from documents.cms.algorithms import DISAGREE, SHA256, SHA384, SHA512, Digest, Kind, Scheme
from documents.cms.keys import Key, read_key
from documents.cms.refusal import SignatureRefused

_HASHES: dict[Digest, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(),
    SHA384: hashes.SHA384(),
    SHA512: hashes.SHA512(),
}


def verify(spki: bytes, scheme: Scheme, content: bytes, signature: bytes) -> bool:
    """Whether the key made this signature of these bytes.

    Args:
        spki: SubjectPublicKeyInfo in DER.
        scheme: how the signature says that it was made.
        content: what was signed, not hashed.
        signature: its value.

    Raises:
        SignatureRefused: the key is weak or unknown, or of another kind than the signature says.
        LibraryMissing: this machine cannot tell.
        Malformed: the key is none.
    """
    key = read_key(spki)
    if key.kind != scheme.kind:
        raise SignatureRefused(DISAGREE)
    if scheme.digest.streebog:
        abilities.demand(key.curve)
        return gost.verifies(key, content, signature)
    return _verifies(key, scheme, content, signature)


def _verifies(key: Key, scheme: Scheme, content: bytes, signature: bytes) -> bool:
    """Whether an RSA or ECDSA key made it: `read_key` has seen to it that it is one of them."""
    try:
        public = load_der_public_key(key.spki)
        if key.kind == Kind.RSA:
            cast(rsa.RSAPublicKey, public).verify(signature, content, _padding(scheme), _HASHES[scheme.digest])
        else:
            cast(ec.EllipticCurvePublicKey, public).verify(signature, content, ec.ECDSA(_HASHES[scheme.digest]))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _padding(scheme: Scheme) -> padding.AsymmetricPadding:
    if scheme.salt is None:
        return padding.PKCS1v15()
    return padding.PSS(mgf=padding.MGF1(_HASHES[scheme.digest]), salt_length=scheme.salt)
