"""Algorithms: which count, which are outdated, which do not fit each other."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.documents.cms import der, gost
from tests.documents.cms.containers import Signing, container, flipped
from tests.documents.cms.forge import (
    OF_AUTHORITY,
    OF_PERSON,
    PERSON,
    Form,
    Party,
    authority,
    certificate,
    name,
    person,
)
from tests.documents.cms.keys import (
    Key,
    digest_algorithm,
    key,
    odd_rsa,
    pss,
    pss_algorithm,
    rsa_spki,
    signature_algorithm,
)
from tests.documents.cms.table.row import (
    GOST,
    LENIENT,
    PORTAL,
    Case,
    Row,
    bad,
    case,
    good,
    handled,
    of,
    root,
    row,
    signed,
)

GOST2001 = der.seq(der.oid("1.2.643.2.2.19"))
OUTDATED = "устаревш"
UNKNOWN = "портал не знает"
UNFIT = "не согласуются"


def both(kind: str) -> Callable[[], Case]:
    """Authority and person with keys of one kind."""

    def build() -> Case:
        top = authority(f"Центр {kind}", kind)
        return of(person(top, kind), top)

    return build


def with_key(made: Callable[[], Key]) -> Party:
    """A person with this key."""
    return certificate(made(), name(*PERSON), root(), Form(extensions=OF_PERSON))


def bare_key(spki: bytes) -> Party:
    """A person whose certificate shows this key; the signatures are by another."""
    return certificate(key("rsa"), name(*PERSON), root(), Form(extensions=OF_PERSON, spki=spki))


def with_pss(salt: int, algorithm: bytes | None = None) -> Case:
    made, usual = pss("rsa", salt)
    return signed(with_key(lambda: made), signature_algorithm=algorithm or usual)


def rsa(digest: str, oid: bool = True) -> Case:
    by = person(root(), "rsa")
    return signed(by, digest=digest, signature_algorithm=signature_algorithm(by.key, digest) if oid else None)


def pss_spki() -> bytes:
    """An RSA key under the OID of PSS."""
    return der.seq(der.seq(der.oid("1.2.840.113549.1.1.10")), der.children(key("rsa").spki)[1])


def explicit_curve() -> bytes:
    """P-256 with its parameters written out (RFC 5480 forbids that: they can be false)."""
    field = 2**256 - 2**224 + 2**192 + 2**96 - 1
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    a, b = field - 3, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    point = der.children(key("p256", "person").spki)[1]
    kind = der.seq(der.oid("1.2.840.10045.1.1"), der.integer(field))
    curve = der.seq(*(der.octets(each.to_bytes(32, "big")) for each in (a, b)))
    base = der.octets(der.content(point)[1:])
    parameters = der.seq(der.integer(1), kind, curve, base, der.integer(order))
    return der.seq(der.seq(der.oid("1.2.840.10045.2.1"), parameters), point)


def swapped(value: bytes) -> bytes:
    """r || s instead of s || r."""
    return value[len(value) // 2 :] + value[: len(value) // 2]


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "damaged": flipped,
    "of zeros": lambda value: bytes(len(value)),
    "of ones": lambda value: b"\xff" * len(value),
    "with r before s": swapped,
    "of nothing": lambda _: b"",
    "too long": lambda value: value + b"\0",
    "too short": lambda value: value[1:],
    "with s of zero": lambda value: bytes(len(value) // 2) + value[len(value) // 2 :],
    "with r of zero": lambda value: value[: len(value) // 2] + bytes(len(value) // 2),
}


def odd_value(curve: str, spoil: Callable[[bytes], bytes]) -> Case:
    top = authority("Центр ГОСТ", "gost256")
    return of(person(top, f"gost:{curve}"), top, spoil=spoil)


def gost_person(kind: str = "gost256") -> Party:
    return person(authority("Центр ГОСТ", "gost256"), kind)


def of_gost(**changes: Any) -> Case:
    return case(container(Signing(gost_person(), **changes)), authority("Центр ГОСТ", "gost256"))


def public_key_oid(bits: int) -> bytes:
    return der.seq(der.oid(gost.PUBLIC_KEY[bits]))


def pss_everywhere() -> Case:
    """The authority signs certificates with PSS, the person documents."""
    made, algorithm = pss("rsa", 32)
    form = Form(extensions=OF_AUTHORITY, inner=algorithm, outer=algorithm)
    top = certificate(made, name(("CN", "Центр PSS")), None, form)
    below = certificate(made, name(*PERSON), top, Form(extensions=OF_PERSON, inner=algorithm, outer=algorithm))
    return case(container(Signing(below, signature_algorithm=algorithm)), top)


def off_the_curve(curve: str, point: bytes) -> Case:
    """A GOST key that is no point of its curve, on curves that libgcrypt is asked about."""
    algorithm = der.children(key(f"gost:{curve}").spki)[0]
    size = 2 * gost.CURVES[curve][1] // 8
    spki = der.seq(algorithm, der.bits(der.octets((point * size)[:size])))
    form = Form(extensions=OF_PERSON, spki=spki)
    return signed(certificate(key(f"gost:{curve}"), name(*PERSON), root(), form))


BY_GCRYPT = [curve for curve, (_, _, place) in gost.CURVES.items() if isinstance(place, str) and curve != "TC26-256-B"]
POINTS = {"zeros": b"\0", "ones": b"\xff", "a pattern": b"\x17\x01\x5a"}
ROWS: list[Row] = [
    *(
        row(f"GOST {curve} with a point of {title}", partial(off_the_curve, curve, point), bad(), why_not=GOST)
        for curve in BY_GCRYPT
        for title, point in POINTS.items()
    ),
    *(
        row(f"GOST {curve} {title}", partial(odd_value, curve, spoil), bad("значение подписи"), why_not=GOST)
        for curve in ("CryptoPro-B", "TC26-256-A", "TC26-512-C")
        for title, spoil in SPOILS.items()
    ),
    row("RSA-PSS in the certificate too", pss_everywhere, good()),
    row("a key for PSS alone", lambda: signed(bare_key(pss_spki())), handled()),
    *(row(f"GOST {curve}", both(f"gost:{curve}"), good(), why_not=GOST) for curve in gost.CURVES),
    row(
        "GOST with the OID of signature and digest",
        lambda: of_gost(signature_algorithm=der.seq(der.oid(gost.SIGNATURE[256]))),
        good(),
        why_not=GOST,
    ),
    row(
        "GOST with NULL parameters",
        lambda: of_gost(digest_algorithm=der.seq(der.oid(gost.STREEBOG[256]), der.null())),
        good(),
        why_not=GOST,
    ),
    row(
        "GOST 512 below GOST 256",
        lambda: of(gost_person("gost512"), authority("Центр ГОСТ", "gost256")),
        good(),
        why_not=GOST,
    ),
    row(
        "GOST below RSA",
        lambda: of(person(authority("Центр RSA", "rsa"), "gost256"), authority("Центр RSA", "rsa")),
        good(),
        why_not=GOST,
    ),
    row("GOST with r before s", lambda: of_gost(spoil=swapped), bad("значение подписи"), why_not=GOST),
    row(
        "GOST of a signature of 63 octets",
        lambda: of_gost(spoil=lambda value: value[:-1]),
        bad("значение подписи"),
        why_not=GOST,
    ),
    row("GOST of zeros", lambda: of_gost(spoil=lambda value: bytes(64)), bad("значение подписи"), why_not=GOST),
    row("GOST 256 with the digest of 512", lambda: of_gost(digest="streebog512"), bad(UNFIT), why_not=GOST),
    row(
        "GOST 256 with the OID of a key of 512",
        lambda: of_gost(signature_algorithm=public_key_oid(512)),
        bad(UNFIT),
        why_not=GOST,
    ),
    row("GOST with SHA-256", lambda: of_gost(digest="sha256"), bad(UNFIT), why_not=GOST),
    row(
        "GOST key named RSA",
        lambda: of_gost(signature_algorithm=signature_algorithm(key("rsa"), "sha256")),
        bad(UNFIT),
        why_not=GOST,
    ),
    row("digest of 1994", lambda: of_gost(digest="gost94"), bad(OUTDATED, "34.11-94"), why_not=GOST),
    row("signature of 2001", lambda: of_gost(signature_algorithm=GOST2001), bad(OUTDATED, "34.10-2001"), why_not=GOST),
    row(
        "GOST of 1994 and 2001",
        lambda: of_gost(digest="gost94", signature_algorithm=GOST2001),
        bad(OUTDATED),
        why_not=GOST,
    ),
    row("SHA-1", lambda: rsa("sha1"), bad(OUTDATED, "sha-1"), why_not=LENIENT),
    row("SHA-1 without a word of it in the OID", lambda: rsa("sha1", oid=False), bad(OUTDATED), why_not=LENIENT),
    row("MD5", lambda: rsa("md5"), bad(OUTDATED, "md5"), why_not=LENIENT),
    row("SHA-1 with ECDSA", lambda: signed(digest="sha1"), bad(OUTDATED), why_not=LENIENT),
    row("unknown digest", lambda: signed(digest_algorithm=der.seq(der.oid("2.16.840.1.101.3.4.2.8"))), bad(UNKNOWN)),
    row(
        "unknown signature",
        lambda: signed(signature_algorithm=der.seq(der.oid("1.3.9999.3.6.4"))),
        bad(UNKNOWN),
        why_not=LENIENT,
    ),
    *(row(f"RSA {digest}", partial(rsa, digest), good()) for digest in ("sha256", "sha384", "sha512")),
    row("RSA by the OID of the key", lambda: rsa("sha512", oid=False), good()),
    row("RSA of 3,072 bit", both("rsa3072"), good()),
    row("RSA of 8,190 bit", lambda: signed(with_key(lambda: odd_rsa(8))), good()),
    row("RSA of 8,207 bit", lambda: signed(with_key(lambda: odd_rsa(8, factor=65537))), bad("ключ"), why_not=PORTAL),
    row("RSA of 1,024 bit", lambda: signed(person(root(), "rsa1024")), bad("ключ", "2048|2 048|недопустим")),
    row("RSA with exponent 3", lambda: signed(with_key(lambda: key("rsa/3"))), good()),
    row("RSA with exponent 1", lambda: signed(with_key(lambda: odd_rsa(2, 1))), bad("ключ"), why_not=LENIENT),
    row("RSA with an even exponent", lambda: signed(with_key(lambda: odd_rsa(2, 65536))), bad("ключ")),
    row(
        "RSA with an exponent of 65 bit",
        lambda: signed(with_key(lambda: odd_rsa(2, 2**64 + 13))),
        bad("ключ"),
        why_not=PORTAL,
    ),
    row("RSA with an even modulus", lambda: signed(bare_key(rsa_spki(1 << 2047))), bad("ключ|значение подписи")),
    row("RSA with a negative modulus", lambda: signed(bare_key(rsa_spki(-(1 << 2047) - 1))), bad()),
    *(row(f"RSA-PSS with a salt of {salt}", partial(with_pss, salt), good()) for salt in (32, 0, 20, 33, 222)),
    row(
        "RSA-PSS with another salt than it says",
        lambda: with_pss(20, pss_algorithm("sha256", 32)),
        bad("значение подписи"),
    ),
    row(
        "RSA-PSS with another digest than it says",
        lambda: with_pss(32, pss_algorithm("sha512", 32)),
        bad(f"{UNFIT}|значение подписи"),
    ),
    row(
        "RSA-PSS with the defaults of SHA-1",
        lambda: with_pss(20, der.seq(der.oid("1.2.840.113549.1.1.10"), der.seq())),
        bad(f"{OUTDATED}|{UNFIT}"),
    ),
    row("RSA-PSS with a negative salt", lambda: with_pss(32, pss_algorithm("sha256", -1)), bad()),
    row("RSA-PSS with a huge salt", lambda: with_pss(32, pss_algorithm("sha256", 1 << 70)), bad()),
    row("RSA-PSS without parameters", lambda: with_pss(32, der.seq(der.oid("1.2.840.113549.1.1.10"))), bad()),
    *(row(f"ECDSA {kind}", both(kind), good()) for kind in ("p256", "p384", "p521")),
    row("ECDSA P-256 with SHA-512", lambda: signed(digest="sha512"), good()),
    row("ECDSA secp256k1", lambda: signed(person(root(), "secp256k1")), bad(UNKNOWN), why_not=PORTAL),
    row("ECDSA P-192", lambda: signed(person(root(), "p192")), bad(f"{UNKNOWN}|ключ")),
    row("ECDSA with written-out parameters", lambda: signed(bare_key(explicit_curve())), bad()),
    row(
        "Ed25519",
        lambda: signed(person(root(), "ed25519")),
        bad(UNKNOWN),
        why_not="only OpenSSL of Debian 13 knows it",
    ),
    row(
        "RSA key, ECDSA said",
        lambda: signed(person(root(), "rsa"), signature_algorithm=signature_algorithm(key("p256"), "sha256")),
        bad(UNFIT),
    ),
    row(
        "SHA-512, with SHA-256 in the signature's OID",
        lambda: signed(
            person(root(), "rsa"), digest="sha512", signature_algorithm=signature_algorithm(key("rsa"), "sha256")
        ),
        bad(UNFIT),
        why_not=LENIENT,
    ),
    row(
        "ECDSA with two digests",
        lambda: signed(digest="sha512", signature_algorithm=signature_algorithm(key("p256"), "sha256")),
        bad(UNFIT),
        why_not=LENIENT,
    ),
    row(
        "digest of another algorithm than it says",
        lambda: signed(
            digest_algorithm=digest_algorithm("sha512"),
            signature_algorithm=signature_algorithm(key("p256"), "sha512"),
            signed_digest="sha512",
        ),
        bad("другого файла|не согласуются"),
    ),
    row("damaged RSA", lambda: signed(person(root(), "rsa"), spoil=flipped), bad("значение подписи")),
    row("damaged ECDSA", lambda: signed(spoil=flipped), bad("значение подписи")),
    row("damaged GOST", lambda: of_gost(spoil=flipped), bad("значение подписи"), why_not=GOST),
    row("empty signature value", lambda: signed(spoil=lambda value: b""), bad("значение подписи")),
    row("ECDSA value with trailing bytes", lambda: signed(spoil=lambda value: value + b"\0"), bad("значение подписи")),
    row(
        "ECDSA of zeros",
        lambda: signed(spoil=lambda value: der.seq(der.integer(0), der.integer(0))),
        bad("значение подписи"),
    ),
]
