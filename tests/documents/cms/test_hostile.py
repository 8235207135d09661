"""Files that want to cost much: refused by a cap before anything is decoded, or within a counted number of checks."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from documents.cms import SignatureRefused
from tests.documents.cms import der
from tests.documents.cms.containers import (
    DATA,
    ESS_V2,
    SIGNED_AT,
    TIME_STAMP,
    Signing,
    as_ber,
    attribute,
    container,
    encapsulated,
    message_digest,
    revocation_values,
    signed_data,
)
from tests.documents.cms.forge import OF_PERSON, PERSON, Form, Party, authority, certificate, name, person
from tests.documents.cms.keys import key, rsa_spki
from tests.documents.cms.stamps import Revoked, Stamp, crl, stamper
from tests.documents.cms.table.paths import crossed, loop, web
from tests.documents.cms.table.row import Case, case, root, signed, signer
from tests.documents.cms.test_table import check

NOISE = random.Random(97)  # noqa: S311 - noise, not a secret
LONG_OID = der.tlv(0x06, b"\x2a" + b"\x81" * 60_000 + b"\x01")
MOST_CHECKS = 24 + 64  # of paths, and of signers with their stamps, in one container


class Counter(list[int]):
    """Sizes of what was checked, one for each signature check."""


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Counts the signature checks."""
    from documents.cms import primitives

    counted, verify = Counter(), primitives.verify

    def counting(spki: bytes, algorithm: object, data: bytes, signature: bytes) -> bool:
        counted.append(len(data))
        return verify(spki, algorithm, data, signature)  # type: ignore[arg-type]

    monkeypatch.setattr(primitives, "verify", counting)
    return counted


# --- caps ---


def wrapped(value: bytes, times: int) -> bytes:
    for _ in range(times):
        value = der.seq(value)
    return value


def deep_attribute(times: int) -> bytes:
    """A good signature with something deep among its unsigned attributes."""
    return container(Signing(signer(), unsigned=(lambda _: attribute("1.2.643.9.1", wrapped(der.null(), times)),)))


def with_certificates(*certificates: bytes) -> bytes:
    return signed_data([Signing(signer()).info()], [signer().der, *certificates])


def with_raw_attributes(content: bytes) -> bytes:
    return signed(raw_attributes=der.tlv(0xA0, content)).content


def with_set_of_digests(content: bytes) -> bytes:
    """The set of digest algorithms is what nobody needs: many elements there."""
    return signed_data([Signing(signer()).info()], [signer().der], digests=[content])


WHOLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "30 MB of noise": (lambda: NOISE.randbytes(30_000_000), "больше 128 кб"),
    "30 MB of zeros": (lambda: bytes(30_000_000), "больше 128 кб"),
    "1 MB of an OID": (lambda: der.seq(der.tlv(0x06, b"\x81" * 1_000_000 + b"\x01")), "больше 128 кб"),
    "an OID of 60 kB as content type": (lambda: der.seq(LONG_OID, der.context(0, der.seq())), "идентификатор"),
    "an OID of 60 kB as what is signed": (lambda: signed_data([], inside=der.seq(LONG_OID)), "идентификатор"),
    "an OID of 60 kB of an attribute": (lambda: with_raw_attributes(der.seq(LONG_OID, der.set_of())), "идентификатор"),
    "10,000 certificates": (lambda: with_certificates(*[b"\x30\x00"] * 10_000), "больше 30 сертификатов"),
    "31 certificates": (lambda: with_certificates(*(authority(f"Центр {n}").der for n in range(30))), "больше 30 серт"),
    "100,000 attributes": (lambda: with_raw_attributes(b"\x30\x00" * 100_000), "больше 128 кб"),
    "40,000 attributes": (lambda: with_raw_attributes(b"\x30\x00" * 40_000), "больше 64 атрибутов"),
    "40,000 signers": (lambda: signed_data([b"\x30\x00"] * 40_000, digests=[der.seq()]), "больше 16 подпис"),
    "17 signers": (lambda: container(*(Signing(_named(number)) for number in range(17))), "больше 16 подпис"),
    "17 signers without certificates": (
        lambda: signed_data([Signing(signer()).info()] * 17, [signer().der]),
        "больше 16 подпис",
    ),
    "nesting of 1,000 without end": (lambda: b"\x30\x80" * 1000 + bytes(2000), "слишком глубоко"),
    "nesting of 10,000 without end": (lambda: b"\x30\x80" * 10_000 + bytes(20_000), "слишком глубоко"),
    "nesting of 40,000 begun only": (lambda: b"\x30\x80" * 40_000, "слишком глубоко"),
    "nesting of pieces": (lambda: _pieces(1000), "слишком глубоко"),
    "20,000 elements in BER": (lambda: der.endless(0x30, *[b"\x05\x00"] * 20_001), "слишком много элементов"),
    "20,000 pieces": (lambda: _attached(der.endless_octets(*[b"x"] * 20_001)), "слишком много элементов"),
}


def _named(number: int) -> Party:
    return person(root(), subject=(("CN", f"Подписант {number}"),), key_name=f"{number}")


def _pieces(depth: int) -> bytes:
    """Attached content in pieces of pieces."""
    content = der.octets(b"x")
    for _ in range(depth):
        content = der.tlv(0x24, content)
    return _attached(content)


def _attached(content: bytes) -> bytes:
    return signed_data(
        [Signing(signer()).info()], [signer().der], inside=der.seq(der.oid(DATA), der.context(0, content))
    )


@pytest.mark.parametrize("kind", WHOLE)
def test_refused_by_a_cap_before_it_is_decoded(kind: str, checks: Counter) -> None:
    make, words = WHOLE[kind]
    with pytest.raises(SignatureRefused) as refused:
        check(case(make()))
    assert words in str(refused.value).lower()
    assert checks == []


HARMLESS: dict[str, Callable[[], bytes]] = {
    "nesting of 25 in what nobody reads": lambda: deep_attribute(25),
    "nesting of 1,000 in what nobody reads": lambda: deep_attribute(1000),
    "nesting of 10,000 in what nobody reads": lambda: deep_attribute(10_000),
    "nesting of 25 among the digests": lambda: with_set_of_digests(wrapped(der.null(), 25)),
    "an OID of 60 kB among the digests": lambda: with_set_of_digests(der.seq(LONG_OID)),
    "30,000 elements among the digests": lambda: with_set_of_digests(b"\x05\x00" * 30_000),
    "an OID of 60 kB in what nobody reads": lambda: container(
        Signing(signer(), unsigned=(lambda _: attribute("1.2.643.9.1", LONG_OID),))
    ),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_nobody_needs_is_not_read_or_refused(kind: str, checks: Counter) -> None:
    assert judged(case(HARMLESS[kind]())) in {"CONFIRMED", "REFUSED"}
    assert len(checks) <= 2


def judged(hostile: Case) -> str:
    """The first verdict; a file that is refused as a whole is refused with a sentence."""
    try:
        return check(hostile)[0].verdict.name
    except SignatureRefused as refused:
        assert str(refused).endswith(".")
        return "REFUSED"


# --- keys ---


def keyed(spki: bytes) -> Case:
    made = certificate(key("rsa"), name(*PERSON), root(), Form(extensions=OF_PERSON, spki=spki))
    return signed(made)


HUGE = {
    "65,536 bit": (65_536, 65_537),
    "65,536 bit with a huge exponent": (65_536, 2**65_535 + 1),
    "8,192 bit with a huge exponent": (8192, 2**8190 + 1),
    "8,193 bit": (8193, 65_537),
    "2,048 bit with an exponent of 34 bit": (2048, 2**33 + 1),
    "300,000 bit": (300_000, 3),
}


@pytest.mark.parametrize("kind", HUGE)
def test_huge_keys_are_refused_unasked(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is looked at before any library sees it."""
    from documents.cms import primitives

    (bits, exponent), asked = HUGE[kind], Counter()
    monkeypatch.setattr(primitives, "load_der_public_key", lambda *_: asked.append(1))
    modulus = (1 << bits - 1) | NOISE.getrandbits(bits - 1) | 1
    (result,) = check(keyed(rsa_spki(modulus, exponent)))
    assert "ключ" in result.refusal.lower()
    assert asked == []


# --- counted checks ---


def candidates(count: int) -> Case:
    """A signer who may be any of many certificates with one issuer and serial number; all have other keys."""
    form = Form(serial=b"\x05", extensions=OF_PERSON)
    many = [certificate(key("p256", f"many {n}"), name(("CN", f"{n}")), root(), form) for n in range(count)]
    moments = [SIGNED_AT - dt.timedelta(seconds=number) for number in range(16)]
    infos = [Signing(many[0], without=(ESS_V2,), claimed=moment).info() for moment in moments]
    spoiled = [info[:-1] + bytes([info[-1] ^ 1]) for info in infos]
    return case(signed_data(spoiled, [each.der for each in many]))


def lists(count: int, *, attribute_values: bool = False) -> Case:
    """Many lists in the authority's name that are damaged."""
    damaged = [crl(root(), Revoked(signer(), reason=number % 7), spoil=True) for number in range(count)]
    if attribute_values:
        return signed(unsigned=(revocation_values(damaged),))
    return case(container(Signing(signer()), revocations=damaged))


def stamps(count: int) -> Case:
    """Many stamps of an unknown authority's web, on each of 16 signers."""
    ring = tuple(crossed("Один", authority("Один", key_name=f"s{n}"), of_key=f"s{(n + 1) % 6}") for n in range(6))
    by = stamper(authority("Один", key_name="s0"))
    many = (Stamp(by, along=ring),) * count
    one = Signing(signer(), unsigned=many).info()
    return case(signed_data([one] * 3, [signer().der]))


def nested_stamps(depth: int) -> Case:
    """A stamp whose signature has a stamp, and so on."""

    def token(value: bytes, left: int) -> bytes:
        stamp = Stamp(stamper(root()))
        info = stamp.info(value)
        signing = Signing(stamp.by, info, "", stamp.content, None)
        if left:
            signing = replace(signing, unsigned=(lambda inner: attribute(TIME_STAMP, token(inner, left - 1)),))
        return signed_data([signing.info()], [stamp.by.der], inside=encapsulated(info, stamp.content), version=3)

    return signed(unsigned=(lambda value: attribute(TIME_STAMP, token(value, depth)),))


def crowd() -> Case:
    """16 signers of an unknown web of authorities."""
    members = [authority("Один и тот же", key_name=f"web {number}") for number in range(4)]
    ring = [
        crossed("Один и тот же", b, of_key=a.key.kind and f"web {m}") for m, a in enumerate(members) for b in members
    ]
    many = [person(by, subject=(("CN", f"{n}"),), key_name=f"{n}") for n, by in enumerate(members * 4)]
    return case(container(*map(Signing, many), along=ring[:13]))


def slow_crowd() -> Case:
    """16 signers with keys on the curve that takes libgcrypt longest."""
    curve = "gost:TC26-512-C"
    root_of_all = authority("Медленный центр", curve)
    many = [person(root_of_all, curve, subject=(("CN", f"{n}"),), key_name=f"slow {n}") for n in range(16)]
    return case(container(*map(Signing, many)), root_of_all)


HOSTILE: dict[str, Callable[[], Case]] = {
    "a crowd on the slowest curve": slow_crowd,
    "a loop of 2": lambda: loop(2),
    "a loop of 20": lambda: loop(20),
    "a web of 29": lambda: web(29),
    "a crowd": crowd,
    "16 signers who may be any of 30": lambda: candidates(30),
    "30 damaged lists": lambda: lists(30),
    "30 damaged lists among the attributes": lambda: lists(30, attribute_values=True),
    "60 stamps on 3 signers": lambda: stamps(20),
    "stamps on stamps": lambda: nested_stamps(1),
    "many stamps on stamps": lambda: nested_stamps(6),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_signature_checks_are_counted(kind: str, checks: Counter) -> None:
    judged(HOSTILE[kind]())
    assert len(checks) <= MOST_CHECKS


@pytest.mark.parametrize("size", [2, 20])
def test_a_loop_of_authorities_ends_after_few_checks(size: int, checks: Counter) -> None:
    (result,) = check(loop(size))
    assert "не известен" in result.refusal
    assert len(checks) <= size + 4


@pytest.mark.parametrize(("kind", "signers"), [("a web of 29", 1), ("a crowd", 16)])
def test_a_web_of_authorities_ends_after_24_checks_of_paths(kind: str, signers: int, checks: Counter) -> None:
    judged(HOSTILE[kind]())
    assert len(checks) <= 24 + signers


def test_checks_of_signers_are_counted(checks: Counter) -> None:
    results = check(candidates(30))
    assert len(checks) == 40
    assert "сертификатов на выбор" in results[-1].refusal


def test_checks_on_slow_curves_are_counted_apart(checks: Counter) -> None:
    results = check(slow_crowd())
    assert len(checks) == 12
    assert "на редких кривых" in results[-1].refusal


# --- noise ---


def noises() -> Iterator[bytes]:
    good = container(Signing(signer()))
    for _ in range(300):
        yield b"\x30" + NOISE.randbytes(NOISE.randint(1, 400))
        yield good[: NOISE.randrange(len(good))] + NOISE.randbytes(NOISE.randint(1, 50))
        yield as_ber(good)[: NOISE.randrange(len(good))] + bytes(NOISE.randint(1, 60))


def test_noise_is_refused_with_a_sentence() -> None:
    for noise in noises():
        assert judged(case(noise)) == "REFUSED"


def test_noise_in_the_store_changes_nothing() -> None:
    good = signed()
    noise = (*(NOISE.randbytes(200) for _ in range(20)), b"", b"\x30\x00", message_digest())
    assert check(replace(good, revocations=noise))[0].verdict.name == "CONFIRMED"
    assert check(replace(good, authorities=(*noise, *good.authorities)))[0].verdict.name == "CONFIRMED"
