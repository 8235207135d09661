"""Good containers with something changed: nothing that was signed changes unnoticed, and nothing breaks the check."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from documents.cms import SignatureCheck, SignatureRefused
from tests.documents.cms import der
from tests.documents.cms.containers import Signing, as_ber, container, counter_signature
from tests.documents.cms.forge import Party, authority, basic, extension, person, purposes
from tests.documents.cms.stamps import Answer, Revoked, Stamp, crl, stamper
from tests.documents.cms.table.row import Case, case, of, root, signer
from tests.documents.cms.test_table import check


def with_intermediate() -> Case:
    between = authority("Подчинённый центр", by=root())
    return of(person(between), root(), along=(between,))


def of_kind(kind: str) -> Case:
    top = authority(f"Центр {kind}", kind)
    return of(person(top, kind), top)


def everything() -> Case:
    """A signer with a stamp, a counter-signature and lists."""
    second = person(root(), subject=(("CN", "Второй В.В."),), key_name="second")
    signing = Signing(signer(), unsigned=(Stamp(stamper(root())), counter_signature(second)))
    return case(container(signing, along=(second,), revocations=(crl(root(), Revoked(second)),)))


GOOD = {
    "GOST": lambda: of_kind("gost256"),
    "RSA": lambda: of_kind("rsa"),
    "indefinite": lambda: replace(of_kind("p256"), content=as_ber(of_kind("p256").content)),
    "with an intermediate": with_intermediate,
}


def signed_parts(result: SignatureCheck) -> tuple[object, ...]:
    certificate = result.certificate.der if result.certificate else b""
    return certificate, result.digest, result.signed_at, result.identity


def accepted(changed: Case) -> SignatureCheck | None:
    """The result when the signature is confirmed; a refusal must have a sentence."""
    try:
        (result,) = check(changed)
    except SignatureRefused as refused:
        assert str(refused).endswith(".")
        return None
    if result.verdict.name == "REFUSED":
        assert result.refusal
        return None
    return result


def every_byte(kind: str, *, step: int = 1, bits: int = 1) -> None:
    """Change so many bits of every so-manieth byte, one at a time."""
    good = GOOD[kind]()
    (wanted,) = map(signed_parts, check(good))
    assert accepted(good)
    for position in range(0, len(good.content), step):
        for bit in range(bits):
            changed = bytearray(good.content)
            changed[position] ^= 1 << (position + bit) % 8
            result = accepted(replace(good, content=bytes(changed)))
            assert result is None or signed_parts(result) == wanted, (position, bit)


@pytest.mark.slow
@pytest.mark.parametrize("kind", GOOD)
def test_a_tenth_of_the_bytes_changed(kind: str) -> None:
    every_byte(kind, step=10)


@pytest.mark.soak
@pytest.mark.parametrize("kind", GOOD)
def test_every_bit_changed(kind: str) -> None:
    every_byte(kind, bits=8)


# --- whole elements changed ---


def mutants(value: bytes) -> Iterator[bytes]:
    """The value with one element inside it, at any depth, left out, doubled, emptied or made something else."""
    yield from (b"", value * 2, value[:1] + b"\0", b"\x05\0", b"\x30\0", der.seq(value), b"\x02\x01\x80")
    if holds_der(value):
        yield from (der.octets(changed) for changed in mutants(der.content(value)))
    if not value[0] & 0x20:
        return
    parts = der.children(value)
    for number, part in enumerate(parts):
        for changed in mutants(part):
            yield der.tlv(value[0], b"".join((*parts[:number], changed, *parts[number + 1 :])))


def holds_der(value: bytes) -> bool:
    """Whether it is an OCTET STRING around another value, as extensions are."""
    inside = der.content(value)
    return value[0] == der.OCTETS and inside[:1] in {b"\x30", b"\x03", b"\x04"} and der.header(inside)[1] == len(inside)


@pytest.mark.slow
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", ["everything", "with an intermediate"])
def test_elements_changed_break_nothing(name: str, step: int) -> None:
    good = everything() if name == "everything" else with_intermediate()
    (wanted,) = map(signed_parts, check(good))
    for changed in islice(mutants(good.content), 0, None, step):
        result = accepted(replace(good, content=changed)) if len(check_or_none(good, changed)) == 1 else None
        assert result is None or signed_parts(result) == wanted


def check_or_none(good: Case, content: bytes) -> tuple[SignatureCheck, ...]:
    try:
        return check(replace(good, content=content))
    except SignatureRefused:
        return ()


def resigned(by: Party, made: Party) -> Iterator[Party]:
    """A certificate with one element changed, and properly signed all the same."""
    tbs, algorithm, _ = der.children(made.der)
    for changed in mutants(tbs):
        value = by.key.sign(changed, by.key.digest)
        yield replace(made, der=der.seq(changed, algorithm, der.bits(value)))


def rich(by: Party) -> Party:
    """A person with every extension that is read, and some besides."""
    link = der.context(6, b"http://ca.example/list.crl", constructed=False)
    point = der.seq(der.context(0, der.context(0, link)))
    more = (
        basic(False),
        purposes("mail", "client"),
        extension("2.5.29.31", der.seq(point)),
        extension("2.5.29.17", der.seq(der.context(1, b"a@b.ru", constructed=False), der.context(4, root().subject))),
        extension("2.5.29.32", der.seq(der.seq(der.oid("1.2.643.100.113.1")))),
        extension("1.3.6.1.5.5.7.1.1", der.seq(der.seq(der.oid("1.3.6.1.5.5.7.48.1"), link))),
    )
    return person(by, more=more)


@pytest.mark.slow
def test_signed_certificates_with_elements_changed_break_nothing() -> None:
    for odd in resigned(root(), rich(root())):
        accepted(case(container(Signing(odd))))


@pytest.mark.slow
def test_authorities_with_elements_changed_break_nothing() -> None:
    between = authority("Подчинённый центр", by=root())
    below = person(between)
    for odd in resigned(root(), between):
        accepted(case(container(Signing(below), along=(odd,))))


@pytest.mark.slow
def test_store_authorities_with_elements_changed_break_nothing() -> None:
    good = container(Signing(signer()))
    for odd in resigned(root(), root()):
        accepted(Case(good, (odd.der, root().der)))
        accepted(Case(good, (odd.der,)))


def lists() -> Iterator[bytes]:
    """Lists and answers with one element changed, and properly signed all the same."""
    point = der.context(0, der.context(0, der.context(6, b"http://ca.example/list.crl", constructed=False)))
    parted = extension("2.5.29.28", der.seq(point), critical=True)
    listed = crl(root(), Revoked(signer(), reason=1), more=(parted,))
    for whole in (listed, Answer(signer(), root(), root()).basic()):
        tbs, algorithm, _ = der.children(whole)
        for changed in mutants(tbs):
            yield der.seq(changed, algorithm, der.bits(root().key.sign(changed, "sha256")))


def as_response(basic: bytes) -> bytes:
    wrapped = der.seq(der.oid("1.3.6.1.5.5.7.48.1.1"), der.octets(basic))
    return der.seq(der.enumerated(0), der.context(0, wrapped))


@pytest.mark.slow
def test_lists_and_answers_with_elements_changed_break_nothing() -> None:
    good = container(Signing(signer()))
    for odd in lists():
        accepted(Case(good, (root().der,), revocations=(odd, as_response(odd))))


@pytest.mark.slow
def test_stamps_with_elements_changed_break_nothing() -> None:
    stamp = Stamp(stamper(root()))

    def odd_container(changed: bytes) -> Case:
        from tests.documents.cms.containers import TIME_STAMP, attribute

        return case(container(Signing(signer(), unsigned=(lambda _: attribute(TIME_STAMP, changed),))))

    for changed in mutants(stamp.token(b"value")):
        accepted(odd_container(changed))
