"""The container around the signatures: BER and DER, what is not one, what is another one; signed attributes."""

import base64
import random
from collections.abc import Callable
from functools import partial

from tests.documents.cms import der
from tests.documents.cms.containers import (
    CONTENT_TYPE,
    DATA,
    DOCUMENT,
    ENVELOPED_DATA,
    ESS_V2,
    MESSAGE_DIGEST,
    SIGNING_TIME,
    Signing,
    as_ber,
    attribute,
    container,
    content_type,
    encapsulated,
    ess,
    flipped,
    key_identifier,
    message_digest,
    signed_data,
    signing_time,
)
from tests.documents.cms.forge import authority, person
from tests.documents.cms.stamps import TST_INFO
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
    row,
    signed,
    signer,
    whole,
)

NOT_ONE = "не файл электронной подписи"
FAULT = "атрибут"
PIECES = tuple(
    bytes.fromhex(each)
    for each in (
        "3000", "30020500", "3080", "30800000", "300b06092a864886f70d010702", "300d06092a864886f70d010702a000",
        "300f06092a864886f70d010702a0023000", "3002a000", "30840000", "30ff", "3081", "30820001", "0000", "a0800000",
    )
)  # fmt: skip
NOISE = random.Random(1).randbytes(2000)  # noqa: S311 - noise, not a secret


def plain() -> bytes:
    return container(Signing(signer()))


def ber(kind: str) -> Case:
    top = authority(f"Центр {kind}", kind)
    return case(as_ber(container(Signing(person(top, kind)))), top)


def long_lengths() -> bytes:
    """Lengths of the outer values padded to four octets, as some libraries write them."""
    oid, body = der.children(plain())
    inner = der.children(body)[0]
    return der.tlv(0x30, oid + der.tlv(0xA0, der.tlv(0x30, der.content(inner), octets=4), octets=4), octets=4)


def inside(value: bytes, by: bytes | None = None) -> Case:
    """A signature with this EncapsulatedContentInfo."""
    return case(signed_data([by or Signing(signer()).info()], [signer().der], inside=value))


def constructed_value() -> Case:
    """The signature value as an OCTET STRING in pieces (BER)."""
    parts = der.children(Signing(signer()).info())
    value = der.content(parts[-1])
    return case(signed_data([der.seq(*parts[:-1], der.endless_octets(value[:9], value[9:]))], [signer().der]))


def pieces(*, whole_set: bool) -> Case:
    """Signed attributes with an indefinite length; the signature is over their DER (RFC 5652, 5.4)."""
    attributes = sorted(Signing(signer()).signed_attributes())
    written = attributes if whole_set else [der.loosened(each) for each in attributes]
    return signed(signs=der.set_of(*attributes), raw_attributes=der.endless(0xA0, *written))


def unsorted(*, as_written: bool) -> Case:
    """Attributes out of order; signed as they stand, or in order as the standard wants it."""
    attributes = tuple(sorted(Signing(signer()).signed_attributes(), reverse=True))
    signs = der.set_of(*attributes, ordered=not as_written)
    return signed(attributes=attributes, ordered=False, signs=signs)


def attributes(*more: bytes, without: tuple[str, ...] = ()) -> Callable[[], Case]:
    return lambda: signed(more=more, without=without)


def two_values(oid: str, *values: bytes) -> Callable[[], Case]:
    return attributes(attribute(oid, *values), without=(oid,))


def many_attributes(count: int) -> Case:
    usual = len(Signing(signer()).signed_attributes())
    fillers = (attribute(f"1.2.643.9.{number}", der.null()) for number in range(count - usual))
    return signed(more=tuple(fillers))


def digest_value(content: bytes) -> bytes:
    return der.octets(der.content(der.children(der.children(message_digest(content))[1])[0]))


def another_type() -> Case:
    envelope = der.seq(
        der.oid(ENVELOPED_DATA), der.context(0, der.seq(der.integer(0), der.set_of(), der.seq(der.oid(DATA))))
    )
    return case(envelope)


def signs_attributes_as_document() -> Case:
    """What was signed as attributes, shown as the document itself of a signature without attributes."""
    attributes = der.set_of(*Signing(signer()).signed_attributes())
    return signed(document=attributes, attributes=())


def cut(tenths: int) -> Case:
    return case(plain()[: len(plain()) * tenths // 10])


ROWS: list[Row] = [
    *(
        row(f"BER {kind}", partial(ber, kind), good(), why_not=GOST * ("gost" in kind))
        for kind in ("p256", "rsa", "gost256", "gost512")
    ),
    row("long form of lengths", lambda: case(long_lengths()), good()),
    row("signature value in pieces", constructed_value, good()),
    row("attributes of indefinite length", lambda: pieces(whole_set=True), good()),
    row("attributes of indefinite length inside", lambda: pieces(whole_set=False), handled()),
    row("version 3 and key identifier", lambda: signed(sid=key_identifier(signer()), version=3), good()),
    row(
        "key identifier of nobody",
        lambda: signed(sid=der.context(0, bytes(20), constructed=False), version=3),
        bad("нет сертификата подписавшего"),
    ),
    row(
        "serial number of nobody",
        lambda: signed(sid=der.seq(signer().issuer, der.integer(5))),
        bad("нет сертификата подписавшего"),
    ),
    row("no certificates", lambda: case(signed_data([Signing(signer()).info()])), bad("нет сертификата подписавшего")),
    row(
        "the signer's certificate twice",
        lambda: case(signed_data([Signing(signer()).info()], [signer().der] * 2)),
        good(),
    ),
    row(
        "other certificates along",
        lambda: signed(along=tuple(authority(f"Прочий {number}") for number in range(5))),
        good(),
    ),
    whole("empty", lambda: case(b""), "пуст"),
    whole("spaces", lambda: case(b" \r\n" * 9), f"пуст|{NOT_ONE}"),
    whole("text", lambda: case("Подпись".encode()), NOT_ONE),
    whole("latin text", lambda: case(b"This is my signature"), NOT_ONE),
    whole("random", lambda: case(NOISE), NOT_ONE),
    whole("a PDF", lambda: case(b"%PDF-1.7\n" + bytes(500)), NOT_ONE),
    *(whole(f"a piece: {piece.hex()}", partial(case, piece), NOT_ONE) for piece in PIECES),
    whole("base64 of over 96 KB", lambda: case(base64.b64encode(b"0" * (96 * 1024 + 1))), "больше"),
    whole("zeros", lambda: case(bytes(500)), NOT_ONE),
    whole("sequences", lambda: case(b"\x30" * 100), NOT_ONE),
    whole("only a header", lambda: case(b"\x30\x80"), NOT_ONE),
    whole("over 128 KB", lambda: case(b"0" * (128 * 1024 + 1)), "больше 128 кб"),
    whole(
        "over 128 KB of a good beginning", lambda: case(plain() + bytes(128 * 1024)), "больше 128 кб", why_not=PORTAL
    ),
    *(whole(f"cut after {tenths} tenths", partial(cut, tenths), NOT_ONE) for tenths in (1, 5, 9)),
    whole("last byte cut", lambda: case(plain()[:-1]), NOT_ONE),
    whole("BER without its end", lambda: case(as_ber(plain())[:-2]), NOT_ONE),
    whole("trailing zero", lambda: case(plain() + b"\0"), "лишние данные", why_not=LENIENT),
    whole("trailing second container", lambda: case(plain() * 2), "лишние данные", why_not=LENIENT),
    whole("trailing after BER", lambda: case(as_ber(plain()) + b"\0\0"), "лишние данные", why_not=LENIENT),
    whole("certificate alone", lambda: case(signer().der), f"{NOT_ONE}|другой контейнер"),
    whole("enveloped data", another_type, "другой контейнер"),
    whole(
        "content type of data",
        lambda: case(der.seq(der.oid(DATA), der.context(0, der.octets(DOCUMENT)))),
        "другой контейнер",
    ),
    whole("SignedData without its wrapper", lambda: case(der.children(der.children(plain())[1])[0]), NOT_ONE),
    row("attached, the same document", lambda: inside(encapsulated(DOCUMENT)), good("присоединённая")),
    whole("attached, another content", lambda: inside(encapsulated(b"another")), "присоединённая", why_not=LENIENT),
    whole("attached, empty", lambda: inside(encapsulated(b"")), "присоединённая", why_not=LENIENT),
    row(
        "attached in BER, the same document",
        lambda: case(as_ber(inside(encapsulated(DOCUMENT)).content)),
        good("присоединённая"),
    ),
    whole(
        "signed data of another kind",
        lambda: inside(der.seq(der.oid(TST_INFO))),
        "данные другого вида",
        why_not=LENIENT,
    ),
    whole(
        "no signer",
        lambda: case(signed_data([], [signer().der], digests=[der.seq(der.oid("2.16.840.1.101.3.4.2.1"))])),
        "нет подписавшего",
    ),
    whole("a tag number over 30", lambda: case(b"\x3f\x81\x00" + plain()[1:]), NOT_ONE),
    row("another file", lambda: signed(document=b"another"), bad("для другого файла")),
    row(
        "another file and a damaged value", lambda: signed(document=b"another", spoil=flipped), bad("значение подписи")
    ),
    row("no attributes", lambda: signed(attributes=()), bad("нет подписанных атрибутов"), why_not=PORTAL),
    row(
        "an empty set of attributes",
        lambda: signed(raw_attributes=der.tlv(0xA0, b""), attributes=()),
        bad("нет подписанных атрибутов"),
    ),
    row("attributes shown as the document", signs_attributes_as_document, bad("нет подписанных атрибутов")),
    row(
        "attributes out of order, signed in order",
        lambda: unsorted(as_written=False),
        good(),
        why_not="OpenSSL wants them signed as they stand",
    ),
    row("attributes out of order, signed as they stand", lambda: unsorted(as_written=True), good()),
    row("no content type", attributes(without=(CONTENT_TYPE,)), bad(FAULT)),
    row("no message digest", attributes(without=(MESSAGE_DIGEST,)), bad(FAULT)),
    row("no signing time", attributes(without=(SIGNING_TIME,)), good(signed_at=None)),
    row("no signing certificate", attributes(without=(ESS_V2,)), good(), why_not="the portal takes plain CMS too"),
    row("content type twice", attributes(content_type()), bad("повторяется")),
    row("message digest twice", attributes(message_digest(b"another")), bad("повторяется")),
    row("the same message digest twice", attributes(message_digest()), bad("повторяется")),
    row("signing time twice", attributes(signing_time(der.utctime("260101000000Z"))), bad("повторяется")),
    row("signing certificate twice", attributes(ess(signer(), "sha512")), bad("повторяется")),
    row("two values of a content type", two_values(CONTENT_TYPE, der.oid(DATA), der.oid(TST_INFO)), bad(FAULT)),
    row(
        "two values of a message digest",
        two_values(MESSAGE_DIGEST, digest_value(DOCUMENT), digest_value(b"another")),
        bad(FAULT),
    ),
    row(
        "two values of a signing time",
        two_values(SIGNING_TIME, der.utctime("260101000000Z"), der.utctime("260615100000Z")),
        bad(FAULT),
    ),
    row("no value of a message digest", two_values(MESSAGE_DIGEST), bad()),
    row("no value of a signing time", two_values(SIGNING_TIME), bad()),
    row("another content type", lambda: signed(content=TST_INFO), bad(), why_not=LENIENT),
    row("content type that is no OID", two_values(CONTENT_TYPE, der.null()), bad(), why_not=LENIENT),
    row("message digest that is no OCTET STRING", two_values(MESSAGE_DIGEST, der.null()), bad()),
    row("message digest cut", two_values(MESSAGE_DIGEST, der.octets(bytes(31))), bad("для другого файла")),
    row("unknown attributes besides", attributes(attribute("1.2.643.9.9", der.utf8("что-то"), der.null())), good()),
    row("64 attributes", lambda: many_attributes(64), good()),
    whole("65 attributes", lambda: many_attributes(65), "больше 64 атрибутов", why_not=PORTAL),
]
