"""What an attack found about certificates, stamps and reasons: each test fails when the fault is back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from accounts.models import User
from documents.cms import SignatureCheck
from documents.models import TrustedAuthority
from documents.signatures import attach_signatures
from tests.documents.cms import der
from tests.documents.cms.containers import (
    ESS_V2,
    SIGNED_AT,
    Signing,
    container,
    counter_signature,
    ess,
    flipped,
    key_identifier,
    signed_data,
)
from tests.documents.cms.forge import (
    ANCIENT,
    FAR,
    NOW,
    OF_AUTHORITY,
    OF_PERSON,
    PERSON,
    Form,
    Party,
    authority,
    certificate,
    extension,
    name,
    person,
)
from tests.documents.cms.keys import key
from tests.documents.cms.kit import Identity, sign
from tests.documents.cms.stamps import DAY, Revoked, Stamp, crl, stamper
from tests.documents.cms.table.row import Case, case, of, root, signed, signer
from tests.documents.cms.test_table import check
from tests.documents.cms.test_verify_with_signature import upload
from tests.documents.conftest import Issue, issue_document, issued_files

__all__ = ["issue_document", "issued_files"]  # fixtures of the room above

SLOW = "gost:CryptoPro-B"


def one(asked: Case) -> SignatureCheck:
    (result,) = check(asked)
    return result


def odd(extensions: tuple[bytes, ...] | None = OF_PERSON, **form: object) -> Party:
    """A person whose certificate has an odd form."""
    made = Form(extensions=extensions, **form)  # type: ignore[arg-type]
    return certificate(key("p256", "odd"), name(*PERSON), root(), made)


# --- certificates that are almost none ---


@pytest.mark.parametrize("version", [1, 3, 4, 127])
def test_a_certificate_of_an_odd_version_is_called_unreadable(version: int) -> None:
    for made in (odd(version=version), *([odd(None, version=version)] if version > 1 else [])):
        assert "не читается" in one(signed(made)).refusal


def test_a_certificate_of_version_one_has_no_extensions() -> None:
    assert "не читается" in one(signed(odd(version=0))).refusal
    assert one(signed(odd(None, version=0))).verdict.name == "CONFIRMED"


SINCE_YEAR_0 = (der.gentime("00000101000000Z"), der.gentime("20300101000000Z"))
WITHOUT_ZONE = (der.gentime("20250101000000"), der.gentime("20300101000000"))


@pytest.mark.parametrize("form", [{"serial": b"\0"}, {"dates": SINCE_YEAR_0}, {"dates": WITHOUT_ZONE}])
def test_a_certificate_that_cannot_be_read_is_not_called_missing(form: dict[str, object]) -> None:
    refusal = one(signed(odd(**form))).refusal  # type: ignore[arg-type]
    assert "не читается" in refusal
    assert "нет сертификата" not in refusal


def test_an_unreadable_certificate_beside_it_does_no_harm() -> None:
    info = Signing(signer(), sid=key_identifier(signer()), version=3).info()
    broken = odd((extension("2.5.29.19", b"\x04\x01"),))
    for beside in (broken, odd(version=3)):
        assert one(case(signed_data([info], [signer().der, beside.der]))).verdict.name == "CONFIRMED"


def test_an_authority_key_that_repeats_a_name_in_cp1251_is_read() -> None:
    called = name(("CN", der.teletex("Удостоверяющий центр".encode("cp1251"))))
    top = certificate(key("p256", "cp1251"), called, None, Form(since=ANCIENT, until=FAR, extensions=OF_AUTHORITY))
    parts = (der.context(0, top.key.identifier, constructed=False), der.tlv(0xA1, der.context(4, called)))
    repeats = extension("2.5.29.35", der.seq(*parts, der.tlv(0x82, top.serial)))
    below = certificate(key("p256", "below"), name(*PERSON), top, Form(extensions=(*OF_PERSON, repeats)))
    result = one(of(below, top))
    assert result.verdict.name == "CONFIRMED"
    assert result.certificate
    assert result.certificate.extensions.authority_key_identifier == top.key.identifier


def test_a_key_may_not_sign_after_its_end() -> None:
    def until(moment: dt.datetime) -> Case:
        period = der.seq(der.tlv(0x80, b"20200101000000Z"), der.tlv(0x81, f"{moment:%Y%m%d%H%M%SZ}".encode()))
        return signed(person(root(), more=(extension("2.5.29.16", period),)))

    assert "Срок действия ключа подписи истёк" in one(until(SIGNED_AT - DAY)).refusal
    assert one(until(SIGNED_AT + dt.timedelta(minutes=1))).verdict.name == "CONFIRMED"


def test_an_identifier_with_a_needless_byte_is_another() -> None:
    padded = der.seq(der.tlv(0x06, b"\x80" + der.content(der.oid("1.2.643.9.9"))), der.set_of(der.null()))
    inside = der.seq(der.tlv(0x06, b"\x2a\x80\x03"), der.set_of(der.null()))
    for more in (padded, inside):
        with pytest.raises(Exception, match=r"не файл электронной подписи|повреждён"):
            check(signed(more=(more,)))


def test_seven_keys_of_one_name_are_not_all_tried() -> None:
    seven = [authority("Казначейство", key_name=f"treasury {number}") for number in range(7)]
    people = [person(seven[-1], key_name=f"payer {number}", subject=(("CN", f"П{number}"),)) for number in range(5)]
    results = check(case(container(*map(Signing, people)), *seven))
    assert [each.verdict.name for each in results] == ["CONFIRMED"] * 5


# --- reasons ---


def test_data_of_another_kind_is_called_so() -> None:
    assert "данные другого вида" in one(signed(content="1.2.3.4")).refusal


def test_an_authority_that_changed_its_key_is_called_so() -> None:
    old, new = (authority("Казна", key_name=each) for each in ("old", "new"))
    assert "сменил ключ" in one(of(person(new), old)).refusal


def test_a_stamp_without_its_certificate_is_called_so() -> None:
    (remark,) = one(signed(unsigned=(Stamp(stamper(root()), certificates=False),))).remarks
    assert "нет сертификата службы времени" in remark


def test_a_strangers_counter_signature_is_not_vouched_for() -> None:
    stranger = person(authority("Чужой"), subject=(("CN", "Президент"),), key_name="stranger")
    own = person(root(), subject=(("CN", "Секретарь"),), key_name="secretary")
    unsigned = (counter_signature(stranger), counter_signature(own))
    result = one(signed(unsigned=unsigned, along=(stranger, own)))
    assert result.counter_signers == ("Президент (не подтверждена)", "Секретарь")


# --- stamps ---


def test_the_certificate_of_a_stamp_may_lie_outside_of_it() -> None:
    info = Signing(signer(), unsigned=(Stamp(stamper(root()), certificates=False),)).info()
    result = one(case(signed_data([info], [signer().der, stamper(root()).der])))
    assert (result.stamped_at is not None, result.remarks) == (True, ())


def test_twelve_digits_of_a_second_are_read() -> None:
    stamp = Stamp(stamper(root()), at=der.gentime("20260615110100.123456789123Z"))
    result = one(signed(unsigned=(stamp,)))
    assert result.stamped_at
    assert f"{result.stamped_at:%H:%M:%S}" == "11:01:00"


# --- without libgcrypt, or without all libraries ---


@pytest.fixture
def _without_libgcrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.cms.gcrypt.library", lambda: None)


@pytest.fixture
def _without_libraries(monkeypatch: pytest.MonkeyPatch, _without_libgcrypt: None) -> None:
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)


def slow_person(**changes: object) -> Party:
    return signer(kind=SLOW, key_name="slow", **changes)


def with_slow_stamp(*revoked: Revoked) -> SignatureCheck:
    stamp = Stamp(stamper(authority("Чужой центр времени", SLOW), SLOW))
    return one(case(container(Signing(signer(), unsigned=(stamp,))), revocations=(crl(root(), *revoked),)))


@pytest.mark.usefixtures("_without_libgcrypt")
def test_a_stamp_that_cannot_be_verified_is_left_out() -> None:
    result = with_slow_stamp()
    assert (result.verdict.name, result.stamped_at) == ("CONFIRMED", None)
    assert result.remarks == ("Метка времени не учтена. Сервер не умеет проверять такие подписи.",)


@pytest.mark.usefixtures("_without_libgcrypt")
def test_a_stamp_that_cannot_be_verified_hides_no_refusal() -> None:
    result = with_slow_stamp(Revoked(signer()))
    assert (result.verdict.name, "отозван" in result.refusal) == ("REFUSED", True)


@pytest.mark.usefixtures("_without_libgcrypt")
def test_below_a_fake_on_a_slow_curve_nobody_is_confirmed() -> None:
    for fake in (authority("Никто", SLOW), authority("Удостоверяющий центр", SLOW, key_name="fake")):
        assert one(signed(person(fake, key_name="impostor"), along=(fake,))).verdict.name != "CONFIRMED"


REFUSED_WITHOUT: dict[str, tuple[Callable[[], Case], str]] = {
    "an authority's own": (lambda: signed(authority("Левый", SLOW)), "Это сертификат удостоверяющего центра"),
    "a wrong certificate": (
        lambda: signed(slow_person(), without=(ESS_V2,), more=(ess(signer()),)),
        "называет другой сертификат",
    ),
    "of tomorrow": (lambda: signed(slow_person(), claimed=NOW + DAY), "ещё не наступило"),
    "before the document": (lambda: replace(signed(slow_person()), issued_at=NOW), "до выпуска документа"),
    "before its certificate": (lambda: signed(slow_person(), claimed=ANCIENT), "ещё не действовал"),
    "after its certificate": (
        lambda: signed(slow_person(until=SIGNED_AT - DAY), claimed=SIGNED_AT),
        "к моменту подписи истёк",
    ),
    "expired": (lambda: signed(slow_person(until=NOW - DAY), claimed=None), "метки времени в подписи нет"),
}


@pytest.mark.usefixtures("_without_libraries")
@pytest.mark.parametrize("kind", REFUSED_WITHOUT)
def test_what_needs_no_library_is_refused(kind: str) -> None:
    build, words = REFUSED_WITHOUT[kind]
    assert words in one(build()).refusal


@pytest.mark.usefixtures("_without_libgcrypt")
def test_a_signature_of_another_document_is_refused_where_its_digest_can_be_computed() -> None:
    assert "для другого файла" in one(signed(slow_person(), document=b"another")).refusal
    assert one(signed(slow_person())).verdict.name == "UNCHECKED"


@pytest.mark.usefixtures("_without_libgcrypt")
def test_junk_certificates_make_no_second_identity() -> None:
    info, identities = Signing(slow_person(), more=(), without=(ESS_V2,)), set()
    info = replace(info, more=(ess(slow_person()),))
    for number in range(3):
        form = Form(serial=slow_person().serial, extensions=OF_PERSON, signed_by=key("p256", "nobody"))
        junk = certificate(key("p256", f"junk {number}"), name(("CN", f"Самозванец {number}")), root(), form)
        result = one(case(signed_data([info.info()], [slow_person().der, junk.der])))
        assert result.certificate
        assert (result.verdict.name, result.certificate.owner) == ("UNCHECKED", "Корягина Н.В.")
        identities.add(result.identity)
    assert len(identities) == 1


# --- the page ---


def test_a_damaged_copy_is_not_called_attached(
    client: Client, issue_document: Issue, chair: User, person: Identity, authority: Identity, secretariat: User
) -> None:
    TrustedAuthority.of(authority.der, by=secretariat).save()
    document, now = issue_document(), dt.datetime.now(dt.UTC).replace(microsecond=0)
    good = sign(person, document.read(), claimed=now)
    attach_signatures(document, good, by=chair)
    assert "Эта подпись приложена" in upload(client, document.read(), good)[1]
    page = upload(client, document.read(), sign(person, document.read(), claimed=now, spoil=flipped))[1]
    assert "Подпись не подтверждена" in page
    assert "Эта подпись приложена" not in page
