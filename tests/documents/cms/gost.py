"""GOST keys and signatures for tests: by GnuTLS on its curves, by libgcrypt on the others.

The bytes: GOST R 34.10-2012 (RFC 7091) in CMS and X.509 is s || r, the public key is x || y with each half
little-endian, and the digest is read as a little-endian number (RFC 4491, RFC 9215).
"""

import ctypes
from collections.abc import Callable
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint, c_void_p
from dataclasses import dataclass
from functools import cache

from tests.documents.cms import der

STREEBOG = {256: "1.2.643.7.1.1.2.2", 512: "1.2.643.7.1.1.2.3"}
PUBLIC_KEY = {256: "1.2.643.7.1.1.1.1", 512: "1.2.643.7.1.1.1.2"}
SIGNATURE = {256: "1.2.643.7.1.1.3.2", 512: "1.2.643.7.1.1.3.3"}

# Parameter sets: name -> (OID, bits, number of the curve in GnuTLS or name in libgcrypt).
CURVES: dict[str, tuple[str, int, int | str]] = {
    "CryptoPro-A": ("1.2.643.2.2.35.1", 256, 8),
    "CryptoPro-B": ("1.2.643.2.2.35.2", 256, "GOST2001-CryptoPro-B"),
    "CryptoPro-C": ("1.2.643.2.2.35.3", 256, "GOST2001-CryptoPro-C"),
    "CryptoPro-XchA": ("1.2.643.2.2.36.0", 256, 11),
    "CryptoPro-XchB": ("1.2.643.2.2.36.1", 256, "GOST2001-CryptoPro-XchB"),
    "TC26-256-A": ("1.2.643.7.1.2.1.1.1", 256, "GOST2012-256-A"),
    "TC26-256-B": ("1.2.643.7.1.2.1.1.2", 256, "1.2.643.7.1.2.1.1.2"),
    "TC26-256-C": ("1.2.643.7.1.2.1.1.3", 256, "1.2.643.7.1.2.1.1.3"),
    "TC26-256-D": ("1.2.643.7.1.2.1.1.4", 256, "1.2.643.7.1.2.1.1.4"),
    "TC26-512-A": ("1.2.643.7.1.2.1.2.1", 512, 13),
    "TC26-512-B": ("1.2.643.7.1.2.1.2.2", 512, "1.2.643.7.1.2.1.2.2"),
    "TC26-512-C": ("1.2.643.7.1.2.1.2.3", 512, "1.2.643.7.1.2.1.2.3"),
}
_NUMBERED_AS_CURVE = 1 << 31  # GNUTLS_CURVE_TO_BITS


class _Datum(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("size", c_uint)]


@dataclass(frozen=True)
class GostKey:
    """A key: its size, its SubjectPublicKeyInfo and how it signs (data -> s || r)."""

    bits: int
    spki: bytes
    sign: Callable[[bytes], bytes]


@cache
def _gnutls() -> ctypes.CDLL:
    return ctypes.CDLL("libgnutls.so.30")


@cache
def _gcrypt() -> ctypes.CDLL:
    library = ctypes.CDLL("libgcrypt.so.20")
    library.gcry_check_version.restype = c_char_p
    library.gcry_check_version(None)
    library.gcry_sexp_find_token.restype = c_void_p
    library.gcry_sexp_find_token.argtypes = [c_void_p, c_char_p, c_size_t]
    library.gcry_sexp_nth_data.restype = c_void_p
    library.gcry_sexp_nth_data.argtypes = [c_void_p, c_int, POINTER(c_size_t)]
    library.gcry_pk_sign.argtypes = [POINTER(c_void_p), c_void_p, c_void_p]
    return library


def _check(answer: int) -> None:
    if answer:
        raise OSError(f"The library answers {answer}")


def streebog(data: bytes, bits: int = 256) -> bytes:
    """The digest of GOST R 34.11-2012."""
    digest = ctypes.create_string_buffer(bits // 8)
    _check(_gnutls().gnutls_hash_fast({256: 16, 512: 17}[bits], data, c_size_t(len(data)), digest))
    return digest.raw


def generate(curve: str) -> GostKey:
    """A new key on a curve of the table above."""
    place = CURVES[curve][2]
    return _of_gnutls(curve, place) if isinstance(place, int) else _of_gcrypt(curve, place)


def _spki(curve: str, public: bytes) -> bytes:
    parameters, bits, _ = CURVES[curve]
    names = [der.oid(parameters)]
    if parameters.startswith(("1.2.643.2.", "1.2.643.7.1.2.1.1.2")):  # RFC 9215, 4.2: others leave the digest out
        names.append(der.oid(STREEBOG[bits]))
    algorithm = der.seq(der.oid(PUBLIC_KEY[bits]), der.seq(*names))
    return der.seq(algorithm, der.bits(der.octets(public)))


# --- GnuTLS ---


def _taken(datum: _Datum) -> bytes:
    return ctypes.string_at(datum.data, datum.size)


def _of_gnutls(curve: str, number: int) -> GostKey:
    library, bits = _gnutls(), CURVES[curve][1]
    private, public, exported = c_void_p(), c_void_p(), _Datum()
    _check(library.gnutls_privkey_init(byref(private)))
    algorithm = {256: 9, 512: 10}[bits]
    _check(library.gnutls_privkey_generate(private, algorithm, c_uint(_NUMBERED_AS_CURVE | number), 0))
    _check(library.gnutls_pubkey_init(byref(public)))
    _check(library.gnutls_pubkey_import_privkey(public, private, 0, 0))
    _check(library.gnutls_pubkey_export2(public, 0, byref(exported)))

    def sign(data: bytes) -> bytes:
        signature = _Datum()
        held = ctypes.create_string_buffer(data, len(data))
        signed = _Datum(ctypes.cast(held, c_void_p), len(data))
        _check(library.gnutls_privkey_sign_data2(private, {256: 44, 512: 45}[bits], 0, byref(signed), byref(signature)))
        return _taken(signature)

    return GostKey(bits, _taken(exported), sign)


# --- libgcrypt ---


def _expression(text: bytes) -> c_void_p:
    made, error_at = c_void_p(), c_size_t()
    _check(_gcrypt().gcry_sexp_sscan(byref(made), byref(error_at), text, c_size_t(len(text))))
    return made


def _value(expression: c_void_p, token: bytes) -> bytes:
    library, size = _gcrypt(), c_size_t()
    found = library.gcry_sexp_find_token(expression, token, 0)
    place = library.gcry_sexp_nth_data(found, 1, byref(size))
    return ctypes.string_at(place, size.value)


def _of_gcrypt(curve: str, name: str) -> GostKey:
    library, bits = _gcrypt(), CURVES[curve][1]
    size, pair = bits // 8, c_void_p()
    _check(library.gcry_pk_genkey(byref(pair), _expression(f'(genkey (ecc (curve "{name}")(flags gost)))'.encode())))
    point = _value(pair, b"q")[1:]  # after 04, the mark of an uncompressed point

    def sign(data: bytes) -> bytes:
        value = streebog(data, bits)[::-1].hex().encode()
        signature = c_void_p()
        wanted = _expression(b"(data (flags gost)(value #" + value + b"#))")
        _check(library.gcry_pk_sign(byref(signature), wanted, pair))
        return b"".join(_value(signature, token).rjust(size, b"\0")[-size:] for token in (b"s", b"r"))

    return GostKey(bits, _spki(curve, point[:size][::-1] + point[size:][::-1]), sign)
