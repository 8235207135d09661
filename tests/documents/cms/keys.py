"""Keys of every kind that certificates hold, good and bad. Made once: `key("rsa", "name")` is always the same."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import prod

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.documents.cms import der, gost

# Digest -> (OID, signature with RSA, signature with ECDSA); PKCS#1 and SEC 1 names of them.
DIGESTS = {
    "md5": ("1.2.840.113549.2.5", "1.2.840.113549.1.1.4", "1.2.840.10045.4.1"),
    "sha1": ("1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1"),
    "sha224": ("2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1"),
    "sha256": ("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"),
    "sha384": ("2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"),
    "sha512": ("2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"),
    "streebog256": (gost.STREEBOG[256], "", ""),
    "streebog512": (gost.STREEBOG[512], "", ""),
    "gost94": ("1.2.643.2.2.9", "", ""),
}
RSA_ENCRYPTION, RSA_PSS, MGF1 = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.8"
ED25519 = "1.3.101.112"
CURVES: dict[str, Callable[[], ec.EllipticCurve]] = {
    "p192": ec.SECP192R1,
    "p224": ec.SECP224R1,
    "p256": ec.SECP256R1,
    "p384": ec.SECP384R1,
    "p521": ec.SECP521R1,
    "secp256k1": ec.SECP256K1,
}
USUAL_EXPONENT = 65537


@dataclass(frozen=True)
class Key:
    """A key.

    Attributes:
        kind: as it was asked for.
        family: "rsa", "ec", "gost" or "ed25519".
        digest: the usual one for it.
        spki: SubjectPublicKeyInfo in DER.
        sign: (data, digest) -> signature.
    """

    kind: str
    family: str
    digest: str
    spki: bytes
    sign: Callable[[bytes, str], bytes]

    @property
    def identifier(self) -> bytes:
        """The usual key identifier (RFC 5280, 4.2.1.2)."""
        return hashlib.sha1(der.content(der.children(self.spki)[1])[1:]).digest()  # noqa: S324 - a name, no security


@cache
def key(kind: str, name: str = "") -> Key:
    """The key of a kind under a name.

    Kinds: rsa, rsa1024, rsa/3 (an exponent), those of CURVES, ed25519, gost256, gost512, gost:CURVE.
    """
    if kind.startswith("rsa"):
        return _rsa(kind)
    if kind in CURVES:
        return _ec(kind, name)
    if kind == "ed25519":
        return _ed25519()
    return _gost({"gost256": "CryptoPro-A", "gost512": "TC26-512-A"}.get(kind, kind.removeprefix("gost:")), kind)


def digest_of(name: str, data: bytes) -> bytes:
    """The digest of data; that of 1994 is only a filler of its size, since nobody may rely on it."""
    if name.startswith("streebog"):
        return gost.streebog(data, int(name.removeprefix("streebog")))
    return hashlib.new("sha256" if name == "gost94" else name, data).digest()


def digest_algorithm(name: str) -> bytes:
    return der.seq(der.oid(DIGESTS[name][0]))


def signature_algorithm(key_: Key, digest: str) -> bytes:
    """AlgorithmIdentifier of the key's signatures with a digest."""
    if key_.family == "gost":
        return der.seq(der.oid(gost.SIGNATURE[512 if key_.digest == "streebog512" else 256]))
    if key_.family == "ed25519":
        return der.seq(der.oid(ED25519))
    if key_.family == "rsa":
        return der.seq(der.oid(DIGESTS[digest][1]), der.null())
    return der.seq(der.oid(DIGESTS[digest][2]))


def public_key_algorithm(key_: Key) -> bytes:
    """What CryptoPro and OpenSSL write as the signature algorithm of RSA and GOST: that of the key."""
    if key_.family == "rsa":
        return der.seq(der.oid(RSA_ENCRYPTION), der.null())
    return der.seq(der.oid(gost.PUBLIC_KEY[512 if key_.digest == "streebog512" else 256]))


# --- RSA ---


@cache
def _primes(count: int) -> tuple[int, ...]:
    """Primes of 1,024 bit."""
    found: list[int] = []
    while len(found) < count:
        numbers = rsa.generate_private_key(USUAL_EXPONENT, 2048).private_numbers()
        found += [numbers.p, numbers.q]
    return tuple(found[:count])


def _rsa(kind: str) -> Key:
    bits, _, exponent = kind.removeprefix("rsa").partition("/")
    private = rsa.generate_private_key(int(exponent or USUAL_EXPONENT), int(bits or 2048))
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Key(kind, "rsa", "sha256", spki, lambda data, digest: private.sign(data, padding.PKCS1v15(), _hash(digest)))


def pss(kind: str, salt: int) -> tuple[Key, bytes]:
    """An RSA key that signs with PSS and a salt of so many octets, and the algorithm's identifier (RFC 4055)."""
    private = rsa.generate_private_key(USUAL_EXPONENT, int(kind.removeprefix("rsa") or 2048))
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(data: bytes, digest: str) -> bytes:
        return private.sign(data, padding.PSS(padding.MGF1(_hash(digest)), salt), _hash(digest))

    return Key(kind, "rsa", "sha256", spki, sign), pss_algorithm("sha256", salt)


def pss_algorithm(digest: str, salt: int, mask_digest: str = "") -> bytes:
    """AlgorithmIdentifier of RSA-PSS with its parameters."""
    mask = der.seq(der.oid(MGF1), digest_algorithm(mask_digest or digest))
    parameters = [der.context(0, digest_algorithm(digest)), der.context(1, mask)]
    return der.seq(der.oid(RSA_PSS), der.seq(*parameters, der.context(2, der.integer(salt))))


def rsa_spki(modulus: int, exponent: int = USUAL_EXPONENT) -> bytes:
    numbers = der.seq(der.integer(modulus), der.integer(exponent))
    return der.seq(der.seq(der.oid(RSA_ENCRYPTION), der.null()), der.bits(numbers))


@cache
def odd_rsa(primes: int = 2, exponent: int = USUAL_EXPONENT, factor: int = 1) -> Key:
    """RSA of so many primes of 1,024 bit (and one more, small), with any exponent, by Python's own arithmetic.

    Where the exponent has no inverse the signatures are noise: whoever checks them has let a bad key in.
    """
    factors = _primes(primes) + ((factor,) if factor > 1 else ())
    modulus = prod(factors)
    try:
        secret = pow(exponent, -1, prod(each - 1 for each in factors))
    except ValueError:
        secret = 3

    def sign(data: bytes, digest: str) -> bytes:
        padded = _padded(data, digest, (modulus.bit_length() + 7) // 8)
        return _power(padded, secret, factors).to_bytes((modulus.bit_length() + 7) // 8, "big")

    return Key(f"rsa{modulus.bit_length()}", "rsa", "sha256", rsa_spki(modulus, exponent), sign)


def _padded(data: bytes, digest: str, size: int) -> int:
    """EMSA-PKCS1-v1_5 (RFC 8017, 9.2)."""
    info = der.seq(der.seq(der.oid(DIGESTS[digest][0]), der.null()), der.octets(digest_of(digest, data)))
    return int.from_bytes(b"\0\1" + b"\xff" * (size - len(info) - 3) + b"\0" + info, "big")


def _power(base: int, secret: int, factors: tuple[int, ...]) -> int:
    """base ** secret modulo the product, one factor at a time (Chinese remainders): many times faster."""
    result, product = 0, 1
    for factor in factors:
        part = pow(base % factor, secret % (factor - 1), factor)
        result += product * ((part - result) * pow(product, -1, factor) % factor)
        product *= factor
    return result


def _hash(name: str) -> hashes.HashAlgorithm:
    known: dict[str, hashes.HashAlgorithm] = {
        "md5": hashes.MD5(),  # noqa: S303 - made to be refused
        "sha1": hashes.SHA1(),  # noqa: S303 - made to be refused
        "sha224": hashes.SHA224(),
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    return known[name]


# --- the others ---


def _ec(kind: str, name: str) -> Key:
    curve = CURVES[kind]()
    secret = int.from_bytes(hashlib.sha512(f"{kind} {name}".encode()).digest(), "big") % (1 << (curve.key_size - 1))
    private = ec.derive_private_key(secret, curve)
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    usual = {"p384": "sha384", "p521": "sha512"}.get(kind, "sha256")
    return Key(
        kind,
        "ec",
        usual,
        spki,
        lambda data, digest: private.sign(data, ec.ECDSA(_hash(digest), deterministic_signing=True)),
    )


def _ed25519() -> Key:
    private = ed25519.Ed25519PrivateKey.generate()
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Key("ed25519", "ed25519", "sha512", spki, lambda data, _: private.sign(data))


def _gost(curve: str, kind: str) -> Key:
    made = gost.generate(curve)
    return Key(kind, "gost", f"streebog{made.bits}", made.spki, lambda data, _: made.sign(data))
