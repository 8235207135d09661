"""Guards that odd certificates, keys and machines run into: each answers with a sentence or a plain no."""

import datetime as dt
from types import ModuleType, SimpleNamespace

import pytest

from documents.cms import abilities, gcrypt, gnutls, vectors
from documents.cms.gnutls import LibraryMissing
from documents.cms.reader import read
from documents.cms.refusal import Malformed
from tests.documents.cms import der, gost
from tests.documents.cms.containers import ESS_V2, Signing, attribute, container, signed_data
from tests.documents.cms.forge import OF_PERSON, PERSON, Form, authority, certificate, name, person
from tests.documents.cms.keys import digest_algorithm, key, public_key_algorithm
from tests.documents.cms.stamps import STAMPED_AT, Answer, Stamp, revoked_at, stamper
from tests.documents.cms.table.row import Case, case, of, root, signed, signer
from tests.documents.cms.test_table import check


def refusal(asked: Case) -> str:
    (result,) = check(asked)
    assert result.verdict.name == "REFUSED"
    return result.refusal


# --- certificates and keys ---


def test_a_certificate_whose_signature_names_no_digest_is_unreadable() -> None:
    top = authority("Центр RSA", "rsa")
    bare = public_key_algorithm(top.key)
    made = certificate(key("p256", "odd"), name(*PERSON), top, Form(extensions=OF_PERSON, inner=bare, outer=bare))
    assert "не читается" in refusal(of(made, top))


def test_a_certificate_that_ends_before_its_key_is_unreadable() -> None:
    tbs, *rest = der.children(signer().der)
    short = der.seq(der.seq(*der.children(tbs)[:6]), *rest)  # the version, and five fields more
    assert "не читается" in refusal(case(signed_data([Signing(signer()).info()], [short])))


def gost_key(curve: str, point: bytes) -> Case:
    """A person whose certificate shows a key of 256 bit, and who signs with another."""
    spki = der.seq(der.seq(der.oid(gost.PUBLIC_KEY[256]), der.seq(der.oid(curve))), der.bits(der.octets(point)))
    return of(certificate(key("gost256"), name(*PERSON), root(), Form(extensions=OF_PERSON, spki=spki)))


CRYPTO_PRO_A, TC26_512_A = (gost.CURVES[each][0] for each in ("CryptoPro-A", "TC26-512-A"))


@pytest.mark.parametrize("curve", ["1.2.643.2.2.35.99", TC26_512_A])
def test_a_gost_key_on_a_curve_that_it_cannot_have_is_refused(curve: str) -> None:
    assert f"на кривой, которую портал не знает ({curve})" in refusal(gost_key(curve, bytes(64)))


@pytest.mark.parametrize("size", [0, 63, 65, 128])
def test_a_gost_key_of_the_wrong_size_is_unreadable(size: int) -> None:
    assert "не читается" in refusal(gost_key(CRYPTO_PRO_A, bytes(size)))


@pytest.mark.parametrize("point", [bytes(64), b"\xff" * 64])
def test_a_gost_key_that_is_no_point_signs_nothing(point: bytes) -> None:
    assert "не подтверждается ключом" in refusal(gost_key(CRYPTO_PRO_A, point))


def test_a_namesake_with_a_key_of_another_kind_is_no_authority() -> None:
    below = person(authority("Центр с двумя ключами", "rsa"))
    assert "сменил ключ" in refusal(of(below, authority("Центр с двумя ключами")))


def test_a_name_of_the_certificate_without_its_digest_is_broken() -> None:
    empty = attribute(ESS_V2, der.seq(der.seq(der.seq(digest_algorithm("sha512")))))
    assert "составлена не по правилам" in refusal(signed(without=(ESS_V2,), more=(empty,)))


def test_a_part_of_an_answer_by_an_unknown_digest_hides_no_other() -> None:
    answers = (Answer(signer(), root(), root(), revoked_at(), hashing=each) for each in ("streebog256", "sha1"))
    odd, usual = (der.children(each.basic()) for each in answers)
    named, made, known = der.children(usual[0])
    data = der.seq(named, made, der.seq(*der.children(der.children(odd[0])[2]), *der.children(known)))
    basic = der.seq(data, usual[1], der.bits(root().key.sign(data, root().key.digest)))
    response = der.seq(der.oid("1.3.6.1.5.5.7.48.1.1"), der.octets(basic))
    file = der.seq(der.enumerated(0), der.context(0, response))
    assert "отозван" in refusal(case(container(Signing(signer())), revocations=(file,)))


def test_a_fifth_time_stamp_is_not_looked_at() -> None:
    bad = [Stamp(stamper(root()), at=STAMPED_AT + dt.timedelta(seconds=each), spoil=True) for each in range(4)]
    good = Stamp(stamper(root()))
    (fourth,) = check(signed(unsigned=(*bad[:3], good)))
    (fifth,) = check(signed(unsigned=(*bad, good)))
    assert (fourth.stamped_at, len(fourth.remarks)) == (STAMPED_AT, 3)
    assert (fifth.stamped_at, len(fifth.remarks)) == (None, 4)


def test_only_what_is_constructed_may_have_no_length() -> None:
    with pytest.raises(Malformed, match="Only a constructed element"):
        read(b"\x04\x80\x00\x00")


# --- machines ---


@pytest.mark.parametrize("library", [gnutls, gcrypt])
def test_a_library_that_is_not_installed_is_no_error(library: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(file: str) -> None:
        raise OSError(f"{file}: cannot open shared object file")

    monkeypatch.setattr("ctypes.CDLL", not_installed)
    assert library.library.__wrapped__() is None


def test_a_key_that_gnutls_does_not_read_signs_nothing() -> None:
    assert not gnutls.verifies(b"noise", gnutls.GOST_256, b"content", bytes(64))


def test_libgcrypt_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gcrypt, "library", lambda: None)
    with pytest.raises(LibraryMissing, match="libgcrypt"):
        gcrypt.verifies("GOST2012-256-A", bytes(64), bytes(32), bytes(64))


def test_gnutls_that_may_not_compute_streebog_verifies_no_gost(monkeypatch: pytest.MonkeyPatch) -> None:
    forbids = SimpleNamespace(gnutls_hash_fast=lambda *arguments: -50)
    monkeypatch.setattr(gnutls, "library", lambda: forbids)
    monkeypatch.setattr(abilities, "_streebog_is_right", abilities._streebog_is_right.__wrapped__)
    with pytest.raises(LibraryMissing, match="Streebog"):
        gnutls.digest(gnutls.STREEBOG_256, b"")
    assert [one.algorithm for one in abilities.abilities() if one.works] == ["RSA", "ECDSA"]


@pytest.mark.parametrize(("kind", "works"), [("RSA", abilities.rsa_works), ("ECDSA", abilities.ecdsa_works)])
def test_a_machine_that_does_not_recognise_a_good_signature_is_found_out(
    kind: str, works: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert works.__wrapped__()
    monkeypatch.setattr(vectors, "MESSAGE", b"as good as a library that is wrong")
    assert not works.__wrapped__()


def test_a_choice_of_revocation_that_nobody_defined_is_passed_over() -> None:
    (result,) = check(case(container(Signing(signer()), revocations=(der.context(5, der.seq()),))))
    assert result.verdict.name == "CONFIRMED"
