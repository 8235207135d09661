"""Two questions to GnuTLS (libgnutls.so.30), and no others: is this GOST signature right, and what is this digest.

GnuTLS's own reading of containers, chains and revocation is not used: see docs/decisions/0001-electronic-signatures.md.
"""

import ctypes
from functools import cache

# gnutls_sign_algorithm_t and gnutls_digest_algorithm_t, from <gnutls/gnutls.h>
GOST_256, GOST_512 = 44, 45
STREEBOG_256, STREEBOG_512 = 16, 17
_DER = 0
_SUCCESS = 0  # exactly: some refusals are positive numbers


class LibraryMissing(Exception):
    """This machine lacks the library that a check needs."""


class _Datum(ctypes.Structure):
    _fields_ = (("data", ctypes.c_char_p), ("size", ctypes.c_uint))

    @classmethod
    def of(cls, content: bytes) -> "_Datum":
        return cls(content, len(content))


@cache
def library() -> ctypes.CDLL | None:
    """GnuTLS, loaded once; None when this machine has none."""
    try:
        gnutls = ctypes.CDLL("libgnutls.so.30")
    except OSError:
        return None
    datum, pointer, number = ctypes.POINTER(_Datum), ctypes.c_void_p, ctypes.c_int
    gnutls.gnutls_pubkey_init.argtypes = [ctypes.POINTER(pointer)]
    gnutls.gnutls_pubkey_import.argtypes = [pointer, datum, number]
    gnutls.gnutls_pubkey_verify_data2.argtypes = [pointer, number, ctypes.c_uint, datum, datum]
    gnutls.gnutls_pubkey_deinit.argtypes = [pointer]
    gnutls.gnutls_pubkey_deinit.restype = None
    gnutls.gnutls_hash_fast.argtypes = [number, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p]
    return gnutls


def _loaded() -> ctypes.CDLL:
    gnutls = library()
    if gnutls is None:
        raise LibraryMissing("libgnutls.so.30")
    return gnutls


def verifies(key: bytes, algorithm: int, content: bytes, signature: bytes) -> bool:
    """Whether a GOST key made this signature of these bytes.

    Args:
        key: SubjectPublicKeyInfo in DER, already looked through: kind, curve and size are known to be right.
        algorithm: GOST_256 or GOST_512.
        content: what was signed, not hashed.
        signature: s and r, as CMS and X.509 write them (RFC 4491, RFC 9215).

    Raises:
        LibraryMissing: there is no GnuTLS here.
    """
    gnutls = _loaded()
    handle = ctypes.c_void_p()
    if gnutls.gnutls_pubkey_init(ctypes.byref(handle)) != _SUCCESS:  # pragma: no cover - memory is out
        raise MemoryError("GnuTLS has no memory for a key.")
    try:
        if gnutls.gnutls_pubkey_import(handle, _Datum.of(key), _DER) != _SUCCESS:
            return False
        answer = gnutls.gnutls_pubkey_verify_data2(handle, algorithm, 0, _Datum.of(content), _Datum.of(signature))
        return bool(answer == _SUCCESS)
    finally:
        gnutls.gnutls_pubkey_deinit(handle)


def digest(algorithm: int, content: bytes) -> bytes:
    """Streebog (ГОСТ Р 34.11-2012, RFC 6986) of some bytes.

    Args:
        algorithm: STREEBOG_256 or STREEBOG_512.
        content: 50 MB take 0.2 s.

    Raises:
        LibraryMissing: there is no GnuTLS here, or the machine's configuration forbids the digest.
    """
    result = ctypes.create_string_buffer(32 if algorithm == STREEBOG_256 else 64)
    if _loaded().gnutls_hash_fast(algorithm, content, len(content), result) != _SUCCESS:
        raise LibraryMissing("Streebog of libgnutls.so.30")
    return result.raw
