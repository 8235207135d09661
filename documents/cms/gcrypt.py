"""One question to libgcrypt (libgcrypt.so.20): is this signature right, by a key on a curve that GnuTLS lacks."""

import ctypes
from functools import cache

from documents.cms.gnutls import LibraryMissing

_INITIALIZATION_FINISHED = 38  # enum gcry_ctl_cmds, <gcrypt.h>


@cache
def library() -> ctypes.CDLL | None:
    """libgcrypt, loaded and initialised once; None when this machine has none."""
    try:
        gcrypt = ctypes.CDLL("libgcrypt.so.20")
    except OSError:
        return None
    pointer = ctypes.c_void_p
    gcrypt.gcry_check_version.argtypes = [ctypes.c_char_p]
    gcrypt.gcry_check_version.restype = ctypes.c_char_p
    gcrypt.gcry_sexp_sscan.argtypes = [ctypes.POINTER(pointer), pointer, ctypes.c_char_p, ctypes.c_size_t]
    gcrypt.gcry_pk_verify.argtypes = [pointer, pointer, pointer]
    gcrypt.gcry_sexp_release.argtypes = [pointer]
    gcrypt.gcry_sexp_release.restype = None
    gcrypt.gcry_check_version(None)
    gcrypt.gcry_control(_INITIALIZATION_FINISHED, 0)
    return gcrypt


def verifies(curve: str, point: bytes, digest: bytes, signature: bytes) -> bool:
    """Whether a GOST key made this signature of this digest.

    Args:
        curve: as libgcrypt calls it: a name or a dotted OID.
        point: the public key as certificates hold it, x and y, each the lowest byte first.
        digest: Streebog of what was signed.
        signature: s and r, each the highest byte first.

    Raises:
        LibraryMissing: there is no libgcrypt here, or it does not know the curve.
    """
    gcrypt = library()
    if gcrypt is None:
        raise LibraryMissing("libgcrypt.so.20")
    half = len(point) // 2
    uncompressed = b"\x04" + point[:half][::-1] + point[half:][::-1]
    key = _atoms(
        b"public-key", _atoms(b"ecc", _atoms(b"curve", _atom(curve.encode())), _atoms(b"q", _atom(uncompressed)))
    )
    data = _atoms(b"data", _atoms(b"flags", _atom(b"gost")), _atoms(b"value", _atom(digest[::-1])))
    value = _atoms(b"gost", _atoms(b"r", _atom(signature[half:])), _atoms(b"s", _atom(signature[:half])))
    expressions = [_parsed(gcrypt, text) for text in (_atoms(b"sig-val", value), data, key)]
    try:
        return bool(gcrypt.gcry_pk_verify(*expressions) == 0)
    finally:
        for expression in expressions:
            gcrypt.gcry_sexp_release(expression)


def _atom(octets: bytes) -> bytes:
    """An atom of a canonical S-expression."""
    return b"%d:%s" % (len(octets), octets)


def _atoms(name: bytes, *rest: bytes) -> bytes:
    """A list that begins with its name."""
    return b"(" + _atom(name) + b"".join(rest) + b")"


def _parsed(gcrypt: ctypes.CDLL, text: bytes) -> ctypes.c_void_p:
    expression = ctypes.c_void_p()
    if gcrypt.gcry_sexp_sscan(ctypes.byref(expression), None, text, len(text)) != 0:  # pragma: no cover - memory is out
        raise MemoryError("libgcrypt has no memory for an S-expression.")
    return expression
