"""Signatures made by OpenSSL with the GOST engine: the good are accepted, the rest refused with the right sentence."""

import base64
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from documents.cms import SignatureCheck, SignatureRefused, check_signature
from documents.cms import checking as checking_module
from tests.documents.cms.kit import Identity, issue, sign

pytestmark = pytest.mark.slow

DOCUMENT = b"%PDF-1.7 the decision"


def check(signature: bytes, authority: Identity, document: bytes = DOCUMENT) -> SignatureCheck:
    return check_signature(signature, document, [authority.der])


@pytest.mark.parametrize("kind", ["gost256", "gost512", "rsa", "ecdsa"])
@pytest.mark.parametrize("options", [("-cades",), ()], ids=["CAdES", "plain CMS"])
def test_every_algorithm_is_verified(folder: Path, kind: str, options: tuple[str, ...]) -> None:
    root = issue(folder, f"root-{kind}", kind, section="authority", subject=f"/CN=Центр {kind}")
    signer = issue(folder, f"signer-{kind}", kind, by=root)
    result = check(sign(signer, DOCUMENT, *options), root)
    assert result.is_verified
    assert (result.certificate.owner, result.certificate.issuer) == ("Корягина Н.В.", f"Центр {kind}")
    assert (result.certificate.snils, result.certificate.inn) == ("12345678901", "123456789012")


def test_base64_and_pem_are_read_too(person: Identity, authority: Identity) -> None:
    der = sign(person, DOCUMENT)
    text = base64.encodebytes(der)
    for content in (text, b"-----BEGIN CMS-----\n" + text + b"-----END CMS-----\n"):
        assert check(content, authority).is_verified


def base64_of(der: bytes) -> bytes:
    return base64.encodebytes(der)


@pytest.fixture(scope="module", params=["gost256", "gost512", "rsa", "ecdsa"])
def chain(folder: Path, request: pytest.FixtureRequest) -> tuple[Identity, Identity, Identity]:
    """A root, an intermediate authority and a person below it, with keys of one algorithm."""
    kind = request.param
    root = issue(folder, f"top-{kind}", kind, section="authority", subject=f"/CN=Головной центр {kind}")
    between = issue(folder, f"between-{kind}", kind, by=root, section="authority", subject=f"/CN=Центр {kind}")
    return root, between, issue(folder, f"below-{kind}", kind, by=between)


@pytest.mark.parametrize("encoded", [bytes, base64_of], ids=["DER", "base64"])
@pytest.mark.parametrize("sent_along", [True, False], ids=["sent along", "in the store"])
def test_an_intermediate_authority_may_come_along_or_lie_in_the_store(
    chain: tuple[Identity, Identity, Identity], encoded: Callable[[bytes], bytes], sent_along: bool
) -> None:
    root, between, signer = chain
    options = ("-certfile", str(between.certificate)) if sent_along else ()
    store = [root.der] if sent_along else [root.der, between.der]
    result = check_signature(encoded(sign(signer, DOCUMENT, *options)), DOCUMENT, store)
    assert (result.is_verified, result.certificate.issuer) == (True, f"Центр {signer.kind}")


def test_without_the_intermediate_authority_the_chain_is_broken(chain: tuple[Identity, Identity, Identity]) -> None:
    root, _, signer = chain
    assert "нет среди доверенных" in refusal(sign(signer, DOCUMENT), [root.der])


def refusal(signature: bytes, store: list[bytes], document: bytes = DOCUMENT, now: dt.datetime | None = None) -> str:
    with pytest.raises(SignatureRefused) as refused:
        check_signature(signature, document, store, now=now)
    return str(refused.value)


def test_another_file_is_refused(person: Identity, authority: Identity) -> None:
    assert "для другого файла" in refusal(sign(person, DOCUMENT), [authority.der], b"another file")


def test_a_changed_byte_anywhere_is_refused(person: Identity, authority: Identity) -> None:
    signature, store = sign(person, DOCUMENT), [authority.der]
    for position in range(len(DOCUMENT)):
        changed = DOCUMENT[:position] + bytes([DOCUMENT[position] ^ 1]) + DOCUMENT[position + 1 :]
        assert "для другого файла" in refusal(signature, store, changed)


def test_an_unknown_authority_is_refused(folder: Path, person: Identity) -> None:
    stranger = issue(folder, "stranger", section="authority", subject="/CN=Чужой центр")
    assert "нет среди доверенных" in refusal(sign(person, DOCUMENT), [stranger.der])


def test_an_empty_store_trusts_nobody(person: Identity) -> None:
    assert "нет ни одного доверенного" in refusal(sign(person, DOCUMENT), [])


def test_a_false_authority_of_the_same_name_is_refused(folder: Path, person: Identity) -> None:
    impostor = issue(folder, "impostor", section="authority", subject="/CN=Удостоверяющий центр")
    answer = refusal(sign(person, DOCUMENT), [impostor.der])
    assert "не подписан тем удостоверяющим центром" in answer or "нет среди доверенных" in answer


def test_a_person_vouched_for_by_a_false_authority_of_the_same_name_is_refused(
    folder: Path, authority: Identity
) -> None:
    impostor = issue(folder, "impostor-signs", section="authority", subject="/CN=Удостоверяющий центр")
    signer = issue(folder, "impostors-person", by=impostor)
    for options in ((), ("-certfile", str(impostor.certificate))):
        answer = refusal(sign(signer, DOCUMENT, *options), [authority.der])
        assert "не подписан тем удостоверяющим центром" in answer or "нет среди доверенных" in answer


def test_an_authority_that_had_expired_is_refused(folder: Path) -> None:
    past = issue(
        folder, "past", section="authority", subject="/CN=Прежний центр", valid=("20200101000000Z", "20210101000000Z")
    )
    signer = issue(folder, "past-person", by=past)
    assert "истёк" in refusal(sign(signer, DOCUMENT), [past.der])


def test_an_issuer_that_is_no_authority_is_refused(folder: Path, person: Identity, authority: Identity) -> None:
    below = issue(folder, "below-person", by=person, subject="/CN=Самозванец")
    signature = sign(below, DOCUMENT, "-certfile", str(person.certificate))
    assert "не вправе выдавать" in refusal(signature, [authority.der])


@pytest.mark.parametrize(
    ("valid", "sentence"),
    [
        (("20200101000000Z", "20210101000000Z"), "истёк"),
        (("20980101000000Z", "20990101000000Z"), "ещё не действовал"),
    ],
)
def test_a_certificate_outside_its_validity_is_refused(
    folder: Path, authority: Identity, valid: tuple[str, str], sentence: str
) -> None:
    signer = issue(folder, f"signer-{valid[0]}", by=authority, valid=valid)
    assert sentence in refusal(sign(signer, DOCUMENT), [authority.der])


def test_a_signature_from_the_future_is_refused(person: Identity, authority: Identity) -> None:
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    assert "ещё не наступило" in refusal(sign(person, DOCUMENT), [authority.der], now=yesterday)


def test_a_certificate_that_expired_after_signing_still_counts(person: Identity, authority: Identity) -> None:
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=365 * 100)
    assert check_signature(sign(person, DOCUMENT), DOCUMENT, [authority.der], now=later).is_verified


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("-nodetach",), "присоединённая"),
        (("-noattr",), "нет подписанных атрибутов"),
        (("-nocerts",), "нет сертификата"),
    ],
)
def test_other_forms_of_signature_are_refused(
    person: Identity, authority: Identity, options: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refusal(sign(person, DOCUMENT, *options), [authority.der])


def test_sha1_is_refused(folder: Path) -> None:
    root = issue(folder, "root-sha1", "rsa", section="authority", subject="/CN=Центр")
    signer = issue(folder, "signer-sha1", "rsa", by=root)
    assert "устаревшим алгоритмом" in refusal(sign(signer, DOCUMENT, digest="sha1"), [root.der])


def test_two_signers_in_one_file_are_refused(folder: Path, person: Identity, authority: Identity) -> None:
    second = issue(folder, "second", by=authority)
    both = sign(person, DOCUMENT, "-signer", str(second.certificate), "-inkey", str(second.key))
    assert "несколько подписей" in refusal(both, [authority.der])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "пуст"),
        (b"\x30" * 100, "не файл электронной подписи"),
        (random.Random(1).randbytes(2000), "не файл электронной подписи"),  # noqa: S311 - noise, not a secret
        (b"0" * (1024 * 1024 + 1), "больше 1 МБ"),
        (bytes(100 * 1024 * 1024), "больше 1 МБ"),
        (b"0\x80" * 5000, "не файл электронной подписи"),
        ("Подпись".encode(), "не файл электронной подписи"),
    ],
    ids=["empty", "zeros of DER", "noise", "over 1 MB", "100 MB", "nested", "text"],
)
def test_what_is_no_signature_is_refused(authority: Identity, content: bytes, sentence: str) -> None:
    assert sentence in refusal(content, [authority.der])


def test_trailing_bytes_are_refused(person: Identity, authority: Identity) -> None:
    der = sign(person, DOCUMENT)
    armored = b"-----BEGIN CMS-----\n" + base64.encodebytes(der) + b"-----END CMS-----\n"
    for content in (der + b"\x00", base64.encodebytes(der + b"\x00"), armored + b"more", b"more\n" + armored):
        assert "лишние данные" in refusal(content, [authority.der])


def test_random_bytes_are_refused_and_break_nothing(authority: Identity) -> None:
    chance, store = random.Random(97), [authority.der]  # noqa: S311 - noise, not a secret
    for _ in range(300):
        noise = b"\x30" + chance.randbytes(chance.randint(1, 400))
        assert refusal(noise, store).endswith(".")


def test_without_the_engine_a_gost_signature_is_attached_but_not_verified(
    person: Identity, authority: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking_module, "gost_is_available", lambda: False)
    assert check(sign(person, DOCUMENT), authority).is_verified is False


@pytest.mark.slow
def test_a_thousand_mutations_change_nothing_that_is_signed(person: Identity, authority: Identity) -> None:
    signature, chance = sign(person, DOCUMENT), random.Random(2024)  # noqa: S311 - noise, not a secret
    good = check(signature, authority)
    for _ in range(1000):
        mutant = bytearray(signature)
        for _ in range(chance.randint(1, 3)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        try:
            accepted = check(bytes(mutant), authority)
        except SignatureRefused:
            continue
        assert replace(accepted, checked_at=good.checked_at) == good
