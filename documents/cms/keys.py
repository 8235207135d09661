"""Public keys, looked through before any library sees them: kind, curve and size are what may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from documents.cms.algorithms import KEYS, OUTDATED, Kind
from documents.cms.reader import INTEGER, OCTET_STRING, SEQUENCE, Element, read
from documents.cms.refusal import Malformed, SignatureRefused

RSA_BITS = range(2048, 8192 + 1)
RSA_EXPONENT_BITS = 33

CURVES: Mapping[str, str] = {
    "1.2.840.10045.3.1.7": "P-256",
    "1.3.132.0.34": "P-384",
    "1.3.132.0.35": "P-521",
    "1.3.36.3.3.2.8.1.1.7": "brainpoolP256r1",
    "1.3.36.3.3.2.8.1.1.11": "brainpoolP384r1",
    "1.3.36.3.3.2.8.1.1.13": "brainpoolP512r1",
}


@dataclass(frozen=True)
class GostCurve:
    """A curve of ГОСТ Р 34.10-2012.

    Attributes:
        name: as the operator reads it.
        gcrypt: how libgcrypt calls it; empty when GnuTLS has the curve itself.
        size: bytes of a coordinate.
    """

    name: str
    gcrypt: str
    size: int


GOST_CURVES: Mapping[str, GostCurve] = {
    "1.2.643.2.2.35.1": GostCurve("CryptoPro-A", "", 32),
    "1.2.643.2.2.35.2": GostCurve("CryptoPro-B", "1.2.643.2.2.35.2", 32),
    "1.2.643.2.2.35.3": GostCurve("CryptoPro-C", "1.2.643.2.2.35.3", 32),
    "1.2.643.2.2.36.0": GostCurve("CryptoPro-XchA", "", 32),
    "1.2.643.2.2.36.1": GostCurve("CryptoPro-XchB", "1.2.643.2.2.36.1", 32),
    "1.2.643.7.1.2.1.1.1": GostCurve("TC26-256-A", "GOST2012-256-A", 32),
    "1.2.643.7.1.2.1.1.2": GostCurve("TC26-256-B", "", 32),
    "1.2.643.7.1.2.1.1.3": GostCurve("TC26-256-C", "1.2.643.7.1.2.1.1.3", 32),
    "1.2.643.7.1.2.1.1.4": GostCurve("TC26-256-D", "1.2.643.7.1.2.1.1.4", 32),
    "1.2.643.7.1.2.1.2.1": GostCurve("TC26-512-A", "", 64),
    "1.2.643.7.1.2.1.2.2": GostCurve("TC26-512-B", "1.2.643.7.1.2.1.2.2", 64),
    "1.2.643.7.1.2.1.2.3": GostCurve("TC26-512-C", "1.2.643.7.1.2.1.2.3", 64),
}
_GOST_SIZES = {Kind.GOST_256: 32, Kind.GOST_512: 64}


class KeyRefused(SignatureRefused):
    """A key that is too weak, too strange or too slow."""


@dataclass(frozen=True)
class Key:
    """A public key that may be asked.

    Attributes:
        spki: SubjectPublicKeyInfo in DER.
        kind: its family.
        bits: the key itself, as the BIT STRING holds it.
        curve: OID of the curve; empty for RSA.
    """

    spki: bytes
    kind: Kind
    bits: bytes
    curve: str = ""

    @property
    def gost_curve(self) -> GostCurve:
        """The curve of a GOST key."""
        return GOST_CURVES[self.curve]

    @property
    def is_slow(self) -> bool:
        """Whether it is asked of libgcrypt, which takes several times longer than the other libraries."""
        return self.curve in GOST_CURVES and bool(self.gost_curve.gcrypt)

    @property
    def point(self) -> bytes:
        """The coordinates of a GOST key, each the lowest byte first (RFC 9215, 4.3)."""
        return read(self.bits).the(OCTET_STRING).contents


def read_key(spki: bytes) -> Key:
    """Look a key through.

    Args:
        spki: SubjectPublicKeyInfo in DER.

    Returns:
        The key.

    Raises:
        KeyRefused: it is weak, unknown, or would take too long to ask.
        Malformed: it is no key.
    """
    algorithm, value = read(spki, budget=40).the(SEQUENCE).fields(2)
    named, *parameters = algorithm.the(SEQUENCE).fields(1, 2)
    oid, bits = named.oid(), value.bits()
    if oid not in KEYS:
        name = OUTDATED.get(oid)
        raise KeyRefused(
            f"Ключ сертификата – устаревшего вида ({name}): такая подпись не доказательна."
            if name
            else f"Ключ сертификата такого вида, которого портал не знает ({oid})."
        )
    kind = KEYS[oid]
    if kind == Kind.RSA:
        return _rsa(spki, bits)
    if not parameters:
        raise Malformed("A key on a curve names the curve.")
    return _elliptic(spki, bits, parameters[0]) if kind == Kind.EC else _gost(spki, kind, bits, parameters[0])


def _rsa(spki: bytes, bits: bytes) -> Key:
    """Sizes are looked at before the call: 65,536 bit with a huge exponent keep a processor busy for 10 s."""
    modulus, exponent = (
        int.from_bytes(part.the(INTEGER).contents[:1100]) for part in read(bits, budget=4).the(SEQUENCE).fields(2)
    )
    if modulus.bit_length() not in RSA_BITS:
        raise KeyRefused("Ключ RSA в сертификате недопустим: годятся длины от 2048 до 8192 бит.")
    if exponent.bit_length() > RSA_EXPONENT_BITS or exponent < 3 or exponent % 2 == 0 or modulus % 2 == 0:
        raise KeyRefused("Ключ RSA в сертификате недопустим: показатель степени не такой, какие бывают.")
    return Key(spki, Kind.RSA, bits)


def _elliptic(spki: bytes, bits: bytes, parameters: Element) -> Key:
    if parameters.tag != 0x06 or (curve := parameters.oid()) not in CURVES:
        raise KeyRefused("Ключ ECDSA в сертификате на кривой, которую портал не знает или не признаёт.")
    return Key(spki, Kind.EC, bits, curve)


def _gost(spki: bytes, kind: Kind, bits: bytes, parameters: Element) -> Key:
    """GostR3410-2012-PublicKeyParameters: curve, digest (RFC 9215, 4.2)."""
    curve = parameters.the(SEQUENCE).first().oid()
    size = _GOST_SIZES[kind]
    if curve not in GOST_CURVES or GOST_CURVES[curve].size != size:
        raise KeyRefused(f"Ключ ГОСТ в сертификате на кривой, которую портал не знает ({curve}).")
    key = Key(spki, kind, bits, curve)
    if len(key.point) != 2 * size:
        raise Malformed("A GOST key of the wrong size.")
    return key
