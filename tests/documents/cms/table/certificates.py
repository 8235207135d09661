"""Certificates of signers and authorities: what they may be for, what may not be in them, which one was meant."""

from functools import partial

from tests.documents.cms import der
from tests.documents.cms.containers import ESS_V2, Signing, attribute, ess, ess_v1, key_identifier, signed_data
from tests.documents.cms.forge import (
    FAR,
    OF_AUTHORITY,
    OF_PERSON,
    OF_STAMPER,
    PERSON,
    Form,
    Party,
    authority,
    basic,
    certificate,
    extension,
    name,
    person,
    purposes,
    subject_key,
    usage,
)
from tests.documents.cms.keys import digest_of, key, signature_algorithm
from tests.documents.cms.table.row import PORTAL, Case, Row, bad, case, good, of, root, row, signed, signer

NOT_FOR_DOCUMENTS = "не подписывают документы"
NOT_TO_ISSUE = "не вправе выдавать"
ANOTHER = "другой сертификат"
CRITICAL = "критическ"
OUTDATED = "устаревш"
SHA256, SHA384 = (signature_algorithm(key("p256"), digest) for digest in ("sha256", "sha384"))


def formed(**form: object) -> Party:
    """A person below the root with an odd certificate."""
    form = {"extensions": (*OF_PERSON, subject_key(key("p256", "person"))), **form}
    return certificate(key("p256", "person"), name(*PERSON), root(), Form(**form))  # type: ignore[arg-type]


def twin(**form: object) -> Party:
    """Another certificate of the same person's key."""
    return formed(until=FAR, **form)


def with_purposes(*names: str, critical: bool = False) -> Case:
    return signed(person(root(), own=(*OF_PERSON, purposes(*names, critical=critical))))


def with_usage(*names: str) -> Case:
    return signed(person(root(), own=(usage(*names),)))


def below(own: tuple[bytes, ...], *, kind: str = "p256", digest: str = "", since_root: tuple[bytes, ...] = ()) -> Case:
    """A person below an intermediate authority with these extensions; it comes along."""
    top = authority("Головной центр", more=since_root)
    between = authority("Подчинённый центр", kind, top, own=own, digest=digest)
    return of(person(between), top, along=(between,))


def limited(length: int, steps: int) -> Case:
    """A root that allows so many authorities below it, and so many of them."""
    path = [authority("Головной центр", own=(basic(True, length), usage("keyCertSign")))]
    for step in range(steps):
        path.append(authority(f"Центр {step}", by=path[-1]))
    return of(person(path[-1]), path[0], along=tuple(path[1:]))


def constrained() -> Case:
    permitted = der.seq(der.context(0, der.seq(der.context(4, name(("C", der.printable("RU")))))))
    return below((*OF_AUTHORITY, extension("2.5.29.30", permitted, critical=True)))


def swapped(*, other: Party, along: bool) -> Case:
    """Signed with one certificate in mind, shown with another of the same key."""
    certificates = [other.der, *([signer().der] if along else [])]
    return case(signed_data([Signing(other, more=(ess(signer()),), without=(ESS_V2,)).info()], certificates))


def same_name(first: Party, second: Party, meant: Party) -> Case:
    """Two certificates of one issuer and serial number."""
    info = Signing(meant, sid=meant.issuer_and_serial).info()
    return case(signed_data([info], [first.der, second.der]))


def renamed() -> Party:
    """The same key, issuer and serial number, another name."""
    form = Form(serial=signer().serial, extensions=(*OF_PERSON, subject_key(signer().key)))
    return certificate(signer().key, name(("CN", "Чужой Ч.Ч.")), root(), form)


def another_key() -> Party:
    form = Form(serial=signer().serial, extensions=OF_PERSON)
    return certificate(key("p256", "other"), name(*PERSON), root(), form)


def with_ess(*attributes: bytes) -> Case:
    return signed(without=(ESS_V2,), more=attributes)


def ess_of_two() -> bytes:
    """The signer's certificate, then its authority's, as CAdES allows."""
    ids = [der.seq(der.octets(digest_of("sha256", each.der))) for each in (signer(), root())]
    return attribute(ESS_V2, der.seq(der.seq(*ids)))


def ess_with_false_serial() -> bytes:
    false = der.seq(der.seq(der.context(4, signer().issuer)), der.integer(99))
    return attribute(ESS_V2, der.seq(der.seq(der.seq(der.octets(digest_of("sha256", signer().der)), false))))


def ess_unknown() -> bytes:
    parts = der.seq(der.oid("2.16.840.1.101.3.4.2.8")), der.octets(bytes(32))
    return attribute(ESS_V2, der.seq(der.seq(der.seq(*parts))))


def self_issued_authority() -> Case:
    """The authority's own certificate signs the document."""
    return of(root(), root())


PURPOSES: list[Row] = [
    *(
        row(f"purpose {each}", partial(with_purposes, each), good(), why_not=PORTAL * (each != "mail"))
        for each in ("client", "mail", "documents", "microsoft", "any", "russian")
    ),
    row("purposes client and mail", partial(with_purposes, "client", "mail"), good()),
    row("critical purpose", partial(with_purposes, "mail", "russian", critical=True), good()),
    *(
        row(f"only purpose {each}", partial(with_purposes, each), bad(NOT_FOR_DOCUMENTS))
        for each in ("server", "stamp", "ocsp", "code", "unknown")
    ),
    row("purposes mail and server", partial(with_purposes, "mail", "server"), bad(NOT_FOR_DOCUMENTS), why_not=PORTAL),
    row("purposes mail and stamp", partial(with_purposes, "mail", "stamp"), bad(NOT_FOR_DOCUMENTS), why_not=PORTAL),
    row("purposes mail and ocsp", partial(with_purposes, "mail", "ocsp"), bad(NOT_FOR_DOCUMENTS), why_not=PORTAL),
    row(
        "a TLS server",
        lambda: signed(
            person(root(), own=(usage("digitalSignature", "keyEncipherment"), purposes("server", "client")))
        ),
        bad(NOT_FOR_DOCUMENTS),
    ),
    row("a time stamper", lambda: signed(person(root(), own=OF_STAMPER)), bad(NOT_FOR_DOCUMENTS)),
    row("usage of digital signature", partial(with_usage, "digitalSignature"), good()),
    row("usage of non-repudiation", partial(with_usage, "nonRepudiation"), good()),
    row("no usage", lambda: signed(person(root(), own=())), good()),
    row("usage of key agreement", partial(with_usage, "keyAgreement"), bad(NOT_FOR_DOCUMENTS)),
    row("usage of encipherment", partial(with_usage, "keyEncipherment", "dataEncipherment"), bad(NOT_FOR_DOCUMENTS)),
    row("usage of certificates", partial(with_usage, "keyCertSign", "cRLSign"), bad(NOT_FOR_DOCUMENTS)),
    row("usage of nothing", partial(with_usage), bad(NOT_FOR_DOCUMENTS)),
    row("an authority's own certificate", self_issued_authority, bad(NOT_FOR_DOCUMENTS)),
    row(
        "an authority that may sign",
        lambda: of(authority("Сам", by=root(), own=(basic(True), usage("digitalSignature", "keyCertSign"))), root()),
        bad(NOT_FOR_DOCUMENTS),
        why_not=PORTAL,
    ),
    row("basic constraints of no authority", lambda: signed(person(root(), more=(basic(False),))), good()),
]
EXTENSIONS: list[Row] = [
    row("inner and outer algorithm differ", lambda: signed(formed(outer=SHA384)), bad()),
    row("inner algorithm of another", lambda: signed(formed(inner=SHA384)), bad()),
    row(
        "inner algorithm with other parameters",
        lambda: signed(formed(inner=der.seq(*der.children(SHA256), der.null()))),
        bad(),
    ),
    row(
        "unknown critical extension",
        lambda: signed(person(root(), more=(extension("1.3.6.1.4.1.99999.7", der.null(), critical=True),))),
        bad(CRITICAL),
    ),
    row(
        "unknown extension",
        lambda: signed(person(root(), more=(extension("1.3.6.1.4.1.99999.7", der.null()),))),
        good(),
    ),
    row(
        "unknown critical extension of an authority",
        lambda: below((*OF_AUTHORITY, extension("1.3.6.1.4.1.99999.7", der.null(), critical=True))),
        bad(CRITICAL),
    ),
    row("usage twice", lambda: signed(person(root(), more=OF_PERSON)), bad()),
    row("name constraints", constrained, bad()),
    row("SHA-1 in the certificate", lambda: signed(person(root(), digest="sha1")), bad(OUTDATED, "sha-1")),
    row(
        "MD5 in the certificate",
        lambda: of(person(authority("Центр RSA", "rsa"), digest="md5"), authority("Центр RSA", "rsa")),
        bad(OUTDATED),
    ),
    row("SHA-1 in an intermediate", lambda: below(OF_AUTHORITY, digest="sha1"), bad(OUTDATED)),
    row("RSA 1,024 in an intermediate", lambda: below(OF_AUTHORITY, kind="rsa1024"), bad("ключ")),
    row(
        "secp256k1 in an intermediate",
        lambda: below(OF_AUTHORITY, kind="secp256k1"),
        bad("портал не знает"),
        why_not=PORTAL,
    ),
    row("an intermediate", lambda: below(OF_AUTHORITY), good()),
    row("an intermediate without key usage", lambda: below((basic(True),)), good()),
    row("an intermediate that is no authority", lambda: below((basic(False), usage("keyCertSign"))), bad(NOT_TO_ISSUE)),
    row("an intermediate without basic constraints", lambda: below((usage("keyCertSign"),)), bad(NOT_TO_ISSUE)),
    row(
        "an intermediate without the right to issue",
        lambda: below((basic(True), usage("digitalSignature", "cRLSign"))),
        bad(NOT_TO_ISSUE),
    ),
    row("an intermediate without extensions", lambda: _of_version_1(), bad(NOT_TO_ISSUE)),
    row(
        "a person issues",
        lambda: of(person(signer(), subject=(("CN", "Самозванец"),)), root(), along=(signer(),)),
        bad(NOT_TO_ISSUE),
    ),
    *(
        row(
            f"path length {length} with {steps} below",
            partial(limited, length, steps),
            good() if steps <= length else bad(NOT_TO_ISSUE),
        )
        for length, steps in ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2))
    ),
]


MEANT: list[Row] = [
    row("signing certificate by another digest", lambda: with_ess(ess(signer(), "sha512")), good()),
    row("signing certificate with its digest named", lambda: with_ess(ess(signer(), named=True)), good()),
    row("signing certificate without issuer", lambda: with_ess(ess(signer(), serial=False)), good()),
    row("signing certificate of old", lambda: with_ess(ess_v1(signer())), good()),
    row("both signing certificates", lambda: with_ess(ess_v1(signer()), ess(signer())), good()),
    row("signing certificate and its authority", lambda: with_ess(ess_of_two()), good()),
    row("signing certificate of another", lambda: with_ess(ess(twin())), bad(ANOTHER)),
    row("signing certificate of old of another", lambda: with_ess(ess_v1(twin())), bad(ANOTHER)),
    row("one signing certificate of two wrong", lambda: with_ess(ess_v1(twin()), ess(signer())), bad(ANOTHER)),
    row("signing certificate with a false serial number", lambda: with_ess(ess_with_false_serial()), bad(ANOTHER)),
    row("signing certificate by an unknown digest", lambda: with_ess(ess_unknown()), bad()),
    row("signing certificate of nobody", lambda: with_ess(attribute(ESS_V2, der.seq(der.seq()))), bad()),
    row("signing certificate that is none", lambda: with_ess(attribute(ESS_V2, der.null())), bad()),
    row("certificate swapped for one of the same key", lambda: swapped(other=twin(), along=False), bad(ANOTHER)),
    row(
        "certificate swapped, the right one along",
        lambda: swapped(other=twin(serial=b"\x05"), along=True),
        bad(ANOTHER),
    ),
    row("certificate swapped for one of the same number", lambda: swapped(other=renamed(), along=False), bad(ANOTHER)),
    row(
        "two of one number, the first meant",
        lambda: same_name(signer(), renamed(), signer()),
        good(owner="Корягина Н.В."),
    ),
    row(
        "two of one number, the second meant",
        lambda: same_name(renamed(), signer(), signer()),
        good(owner="Корягина Н.В."),
        why_not="OpenSSL takes the first",
    ),
    row(
        "two of one number with other keys",
        lambda: same_name(another_key(), signer(), signer()),
        good(),
        why_not="OpenSSL takes the first",
    ),
    row(
        "two of one key identifier",
        lambda: case(
            signed_data([Signing(signer(), sid=key_identifier(signer()), version=3).info()], [twin().der, signer().der])
        ),
        good(),
        why_not="OpenSSL takes the first",
    ),
]


def _of_version_1() -> Case:
    top = authority("Головной центр")
    between = certificate(key("p256", "v1"), name(("CN", "Без расширений")), top, Form(version=0))
    return of(person(between), top, along=(between,))


ROWS: list[Row] = [*PURPOSES, *EXTENSIONS, *MEANT]
