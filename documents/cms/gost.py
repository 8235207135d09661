"""Which library is asked about which GOST key."""

from documents.cms import gcrypt, gnutls
from documents.cms.algorithms import GOST_DIGESTS, Kind
from documents.cms.keys import Key

_GNUTLS = {Kind.GOST_256: gnutls.GOST_256, Kind.GOST_512: gnutls.GOST_512}


def verifies(key: Key, content: bytes, signature: bytes) -> bool:
    """Whether a GOST key made this signature of these bytes.

    Args:
        key: on a curve of ГОСТ Р 34.10-2012.
        content: what was signed, not hashed.
        signature: s and r, as CMS and X.509 write them.

    Raises:
        LibraryMissing: the library that knows the curve is missing.
    """
    if len(signature) != 2 * key.gost_curve.size:
        return False
    if key.gost_curve.gcrypt:
        digest = GOST_DIGESTS[key.kind].of(content)
        return gcrypt.verifies(key.gost_curve.gcrypt, key.point, digest, signature)
    return gnutls.verifies(key.spki, _GNUTLS[key.kind], content, signature)
