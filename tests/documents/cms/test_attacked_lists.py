"""What an attack found about lists of revoked certificates: each test fails when the fault is back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from documents.cms import SignatureCheck, Verdict
from documents.cms.lists import read_list
from documents.models import RevocationSource, TrustedAuthority, load_revocation
from tests.conftest import ClientFor
from tests.documents.cms import der
from tests.documents.cms.containers import SIGNED_AT, Signing, container, ocsp_in_cms, signed_data
from tests.documents.cms.forge import NOW, OF_AUTHORITY, Form, Party, authority, certificate, extension, name, person
from tests.documents.cms.keys import key
from tests.documents.cms.stamps import DAY, Answer, Revoked, Stamp, crl, stamper
from tests.documents.cms.table.row import Case, case, root, signer
from tests.documents.cms.test_hostile import Counter, checks
from tests.documents.cms.test_revocation_sources import administrator, fresh, load, signed_by
from tests.documents.cms.test_table import check

__all__ = ["administrator", "checks"]  # fixtures of other files

BEGIN, END = b"-----BEGIN X509 CRL-----\n", b"\n-----END X509 CRL-----\n"
OLD, NEW = authority("УЦ ФНС", key_name="fns old"), authority("УЦ ФНС", key_name="fns new")
HEAD = person(OLD, key_name="head")


def verdict_of(asked: Case) -> str:
    return check(asked)[0].verdict.name


def says_not_revoked(result: SignatureCheck) -> bool:
    return any("не отозваны" in line for line in result.checked)


def by_head(*operators: bytes, along: Sequence[bytes] = ()) -> Case:
    """A signature of the head of the tax service, whose authority has two keys."""
    return case(container(Signing(HEAD), revocations=along), OLD, NEW, revocations=operators)


# --- two keys of one name ---


@pytest.fixture
def both_keys(administrator: User) -> User:
    for each in (OLD, NEW):
        TrustedAuthority.of(each.der, by=administrator).save()
    return administrator


def test_the_list_of_one_key_does_not_delete_that_of_the_other(both_keys: User) -> None:
    revoking, silent = fresh(OLD, Revoked(HEAD), ago=dt.timedelta(hours=3)), fresh(NEW, ago=dt.timedelta(hours=1))
    for content in (revoking, silent):
        load_revocation(content, by=both_keys, by_name="a")
    assert RevocationSource.objects.count() == 2
    assert signed_by(HEAD).verdict == Verdict.REFUSED


def test_who_is_revoked_stays_so_whatever_the_other_key_says() -> None:
    revoking, silent = crl(OLD, Revoked(HEAD), since=NOW - 2 * DAY), crl(NEW)
    for each in (
        by_head(revoking, silent),
        by_head(silent, revoking),
        by_head(revoking, along=[silent]),
        by_head(silent, along=[revoking]),
        by_head(along=[silent, revoking]),
    ):
        assert verdict_of(each) == "REFUSED"


def test_the_silence_of_the_other_key_means_nothing() -> None:
    for each in (by_head(crl(NEW)), by_head(along=[crl(NEW)])):
        (result,) = check(each)
        assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", False)
    assert says_not_revoked(check(by_head(crl(NEW), crl(OLD)))[0])


def test_the_other_key_may_revoke() -> None:
    for each in (by_head(crl(NEW, Revoked(HEAD))), by_head(along=[crl(NEW, Revoked(HEAD))])):
        assert verdict_of(each) == "REFUSED"


def test_a_list_that_neither_key_signed_says_nothing() -> None:
    (result,) = check(by_head(crl(OLD, Revoked(HEAD), spoil=True)))
    assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", False)


def test_a_key_for_time_stamps_alone_says_nothing_of_people() -> None:
    clock = authority("Удостоверяющий центр", key_name="clock")
    for said in (crl(clock), crl(clock, Revoked(signer()))):
        each = case(
            container(Signing(signer()), revocations=[said]), time_authorities=(clock.der,), revocations=(said,)
        )
        (result,) = check(each)
        assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", False)


# --- odd files ---


def odd_list(version: int, by: Party | None = None) -> bytes:
    """A list of a version that there is not, with a good signature."""
    by = by or root()
    listed = crl(by)
    _, *others = der.children(der.children(listed)[0])
    tbs = der.seq(der.integer(version), *others)
    return der.seq(tbs, der.children(listed)[1], der.bits(by.key.sign(tbs, by.key.digest)))


@pytest.mark.parametrize("version", [0, 2, 5, 128])
def test_a_list_of_an_odd_version_proves_nothing(version: int) -> None:
    (result,) = check(case(container(Signing(signer()), revocations=[odd_list(version)])))
    assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", False)


@pytest.mark.parametrize("version", [2, 128])
def test_a_list_of_an_odd_version_is_not_loaded(client_for: ClientFor, administrator: User, version: int) -> None:
    TrustedAuthority.of(root().der, by=administrator).save()
    status, page = load(client_for(administrator), odd_list(version))
    assert (status, "не список отзыва" in page) == (422, True)


@pytest.mark.parametrize("version", [1, 3, 4, 127])
def test_an_authority_of_an_odd_version_is_not_added(client_for: ClientFor, administrator: User, version: int) -> None:
    odd = certificate(key("p256", "odd"), name(("CN", "X")), None, Form(extensions=OF_AUTHORITY, version=version))
    files = {"file": SimpleUploadedFile("ca.cer", odd.der), "purpose": "signatures"}
    response = client_for(administrator).post(reverse("authorities"), files)
    assert (response.status_code, "сертификат" in response.content.decode()) == (422, True)
    assert not TrustedAuthority.objects.exists()


@pytest.mark.parametrize("inside", [b"AAA", b"A", "é".encode(), b"===="])
def test_a_damaged_list_in_pem_is_explained(client_for: ClientFor, administrator: User, inside: bytes) -> None:
    status, page = load(client_for(administrator), BEGIN + inside + END)
    assert (status, "не список отзыва" in page) == (422, True)


def test_a_damaged_list_in_pem_does_not_keep_the_others_out(administrator: User, tmp_path: Path) -> None:
    TrustedAuthority.of(root().der, by=administrator).save()
    bad, good = tmp_path / "bad.pem", tmp_path / "good.crl"
    bad.write_bytes(BEGIN + b"AAA" + END)
    good.write_bytes(fresh(root()))
    with pytest.raises(CommandError, match=r"bad.pem: Это не список отзыва"):
        call_command("load_crl", str(bad), str(good), verbosity=0)
    assert RevocationSource.objects.count() == 1


# --- what lists may cost ---


def answer_about(times: int) -> bytes:
    """An OCSP answer, well signed, that says the same of one certificate so many times."""
    basic = der.children(Answer(signer(), root(), root()).basic())
    named, made, singles = der.children(basic[0])
    data = der.seq(named, made, der.seq(*der.children(singles) * times))
    inside = der.seq(data, basic[1], der.bits(root().key.sign(data, root().key.digest)))
    wrapped = der.seq(der.oid("1.3.6.1.5.5.7.48.1.1"), der.octets(inside))
    return der.seq(der.enumerated(0), der.context(0, wrapped))


@pytest.mark.parametrize(("times", "is_read"), [(1, True), (16, True), (17, False), (850, False)])
def test_an_answer_about_hundreds_is_not_read(times: int, is_read: bool) -> None:
    along = [ocsp_in_cms(answer_about(times))]
    (result,) = check(case(container(Signing(signer()), revocations=along)))
    assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", is_read)


def test_the_same_signature_sixteen_times_costs_once(checks: Counter) -> None:
    info, costs = Signing(signer()).info(), []
    for times in (1, 16):
        checks.clear()
        results = check(case(signed_data([info] * times, [signer().der]), revocations=(crl(root()),)))
        assert [each.verdict.name for each in results] == ["CONFIRMED"] * times
        costs.append(len(checks))
    assert costs == [3, 3]  # value, certificate, list


def many_signings(**changes: object) -> list[Signing]:
    moments = [SIGNED_AT - dt.timedelta(seconds=number) for number in range(16)]
    return [Signing(signer(), claimed=moment, **changes) for moment in moments]  # type: ignore[arg-type]


def test_the_operators_list_is_verified_once_for_sixteen_signers(checks: Counter) -> None:
    results = check(case(container(*many_signings()), revocations=(crl(root()),)))
    assert all(says_not_revoked(each) for each in results)
    assert len(checks) == 16 + 1 + 1  # values, the certificate, the list


def test_each_file_is_read_once_for_sixteen_signers(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[bytes] = []

    def counting(content: bytes) -> object:
        files.append(content)
        return read_list(content)

    monkeypatch.setattr("documents.cms.sources.read_list", counting)
    along = [crl(root(), spoil=True), crl(OLD), ocsp_in_cms(Answer(signer(), root(), root()).response())]
    check(case(container(*many_signings(), revocations=along), revocations=(crl(root()),)))
    assert len(files) == len(set(files)) == 4


# --- the operator's lists are never starved ---


def place(number: int) -> bytes:
    return der.context(0, der.context(0, der.tlv(0x86, b"http://x/%d" % number)))


def test_the_operators_fourteenth_part_revokes_on_a_slow_curve() -> None:
    top = authority("Медленный центр", "gost:CryptoPro-B")
    points = extension("2.5.29.31", der.seq(der.seq(place(13))))
    of = person(top, key_name="slow part", more=(points,))
    parts = [extension("2.5.29.28", der.seq(place(number)), critical=True) for number in range(14)]
    lists = [crl(top, *([Revoked(of)] if number == 13 else []), more=(part,)) for number, part in enumerate(parts)]
    assert verdict_of(case(container(Signing(of)), top, revocations=tuple(lists))) == "REFUSED"


def test_a_flood_of_lists_does_not_keep_the_operators_from_revoking() -> None:
    junk = [crl(root(), more=(extension(f"1.2.3.{number}", der.null()),), spoil=True) for number in range(30)]
    flooded = case(container(Signing(signer()), revocations=junk), revocations=(crl(root(), Revoked(signer())),))
    assert verdict_of(flooded) == "REFUSED"


# --- stamps and lists ---


@dataclass(frozen=True)
class KnownBefore(Revoked):
    """An entry whose key was known before it was revoked: with an invalidity date."""

    known: dt.datetime = NOW

    def entry(self) -> bytes:
        more = der.seq(extension("2.5.29.24", der.gentime(f"{self.known:%Y%m%d%H%M%SZ}")))
        return der.seq(*der.children(super().entry())[:2], more)


STAMPED = NOW - 60 * DAY


def stamped(by: Party, at: dt.datetime, *operators: bytes) -> SignatureCheck:
    signing = Signing(by, claimed=at, unsigned=(Stamp(stamper(root()), at=at),))
    return check(case(container(signing), revocations=operators))[0]


def test_a_list_made_after_a_certificate_expired_is_silent_for_another_reason() -> None:
    old = person(root(), key_name="expired", since=NOW - 800 * DAY, until=NOW - 100 * DAY)
    result = stamped(old, NOW - 150 * DAY, crl(root()))
    assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", False)
    assert any("отзыв сертификата" in line for line in result.not_checked)
    revoked = stamped(old, NOW - 150 * DAY, crl(root(), Revoked(old, NOW - 151 * DAY)))
    assert revoked.verdict.name == "REFUSED"


def test_who_is_revoked_after_the_stamp_is_not_called_unrevoked() -> None:
    result = stamped(signer(), STAMPED, crl(root(), Revoked(signer(), NOW - 30 * DAY, reason=1)))
    assert (result.verdict.name, says_not_revoked(result)) == ("CONFIRMED", False)
    assert any("позже метки времени" in line for line in result.checked)


def test_a_key_known_before_the_stamp_is_refused() -> None:
    for known, expected in ((STAMPED - DAY, "REFUSED"), (STAMPED + DAY, "CONFIRMED")):
        entry = KnownBefore(signer(), NOW - 30 * DAY, known=known)
        assert stamped(signer(), STAMPED, crl(root(), entry)).verdict.name == expected


def test_an_operators_list_is_verified_once_however_many_stamps_there_are(checks: Counter) -> None:
    check(case(container(*many_signings(unsigned=(Stamp(stamper(root())),))), revocations=(crl(root()),)))
    assert len(checks) == 35  # 16 values, 16 stamps, 2 certificates, 1 list
