"""Rules that mutations of the check survived: each test fails when its rule is taken away."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from documents.cms import SignatureCheck, SignatureRefused
from documents.cms.coats import undressed
from documents.cms.reader import read
from documents.cms.refusal import Malformed
from tests.documents.cms import der
from tests.documents.cms.containers import (
    DATA,
    ESS_V2,
    Signing,
    certificate_values,
    container,
    encapsulated,
    ocsp_in_cms,
    revocation_values,
    signed_data,
)
from tests.documents.cms.forge import (
    NOW,
    OF_STAMPER,
    Form,
    authority,
    basic,
    certificate,
    extension,
    name,
    person,
    purposes,
    usage,
)
from tests.documents.cms.keys import digest_algorithm, key, pss_algorithm
from tests.documents.cms.stamps import DAY, TST_INFO, Answer, Stamp, crl, stamper
from tests.documents.cms.table.row import Case, case, root, signed, signer
from tests.documents.cms.test_table import check


def one(asked: Case) -> SignatureCheck:
    (result,) = check(asked)
    return result


def is_believed(revocation: bytes) -> bool:
    """Whether a silent list or answer makes its certificate «не отозван»."""
    result = one(case(container(Signing(signer())), revocations=(revocation,)))
    assert result.verdict.name == "CONFIRMED"
    return any("не отозваны" in line for line in result.checked)


# --- containers ---


def test_certificates_are_counted_over_all_attributes() -> None:
    half = certificate_values(*[root()] * 16)
    assert one(signed(unsigned=(half,))).verdict.name == "CONFIRMED"
    with pytest.raises(SignatureRefused, match="больше 30 сертификатов"):
        check(signed(unsigned=(half, half)))


def test_lists_are_counted_over_all_attributes() -> None:
    half = revocation_values([crl(root())] * 16)
    assert one(signed(unsigned=(half,))).verdict.name == "CONFIRMED"
    with pytest.raises(SignatureRefused, match="больше 30 списков"):
        check(signed(unsigned=(half, half)))


def test_the_serial_of_another_issuer_names_nobody() -> None:
    sid = der.seq(name(("CN", "Другой")), der.integer_octets(signer().serial))
    assert "нет сертификата" in one(signed(sid=sid, without=(ESS_V2,))).refusal


def test_more_than_96_kilobytes_are_not_read() -> None:
    with pytest.raises(SignatureRefused, match="больше 96 КБ"):
        undressed(b"\x30" + bytes(100 * 1024))


# --- paths and certificates ---


def test_a_new_key_of_an_authority_does_not_count_for_the_length_of_a_path() -> None:
    old = authority("Центр", own=(basic(True, 0), usage("keyCertSign")), key_name="first key")
    new = authority("Центр", by=old, key_name="second key")
    assert one(case(container(Signing(person(new)), along=(new,)), old)).verdict.name == "CONFIRMED"


def test_names_constrained_without_emphasis_are_refused_too() -> None:
    top = authority("Ограниченный", more=(extension("2.5.29.30", der.seq()),))
    assert "ограничивает имена" in one(case(container(Signing(person(top))), top)).refusal


# --- time ---


@dataclass(frozen=True)
class OddToken(Stamp):
    """A token of so many signers, whose content says to be of some kind."""

    times: int = 1
    kind: str = TST_INFO

    def token(self, value: bytes) -> bytes:
        info = self.info(value)
        infos = [Signing(self.by, info, content=TST_INFO, claimed=None).info()] * self.times
        return signed_data(infos, [self.by.der], inside=encapsulated(info, self.kind), version=3)


def test_a_stamp_has_one_signer_and_is_of_its_kind() -> None:
    by = stamper(root())
    assert one(signed(unsigned=(OddToken(by),))).stamped_at
    for stamp in (OddToken(by, times=2), OddToken(by, kind=DATA)):
        result = one(signed(unsigned=(stamp,)))
        assert (result.stamped_at, "Это не метка времени" in " ".join(result.remarks)) == (None, True)


def test_a_stampers_certificate_must_be_sound() -> None:
    by = stamper(root(), own=(*OF_STAMPER, extension("1.2.3.4", der.null(), critical=True)))
    assert one(signed(unsigned=(Stamp(by),))).stamped_at is None


def test_who_claims_a_time_after_the_end_is_refused_though_stamped_in_time() -> None:
    end, minute = NOW - DAY, dt.timedelta(minutes=1)
    stamp = Stamp(stamper(root()), at=end - minute)
    result = one(signed(person(root(), until=end), claimed=end + minute, unsigned=(stamp,)))
    assert "к моменту подписи истёк" in result.refusal


def test_who_is_stamped_before_the_beginning_is_refused() -> None:
    stamp = Stamp(stamper(root()), at=NOW - 2 * DAY)
    result = one(signed(person(root(), since=NOW - DAY), claimed=None, unsigned=(stamp,)))
    assert "ещё не действовал" in result.refusal


# --- lists ---


@pytest.mark.parametrize("scope", [der.tlv(0x83, b"\x01\x80"), der.tlv(0x84, b"\xff"), der.tlv(0x85, b"\xff")])
def test_a_list_of_something_else_proves_no_innocence(scope: bytes) -> None:
    assert is_believed(crl(root()))
    assert not is_believed(crl(root(), more=(extension("2.5.29.28", der.seq(scope), critical=True),)))


def test_a_list_of_another_part_proves_no_innocence() -> None:
    part = der.context(0, der.context(0, der.tlv(0x86, b"http://x/1")))
    assert not is_believed(crl(root(), more=(extension("2.5.29.28", der.seq(part), critical=True),)))


def test_a_list_under_another_name_proves_no_innocence() -> None:
    assert not is_believed(crl(root(), issuer=name(("CN", "Другой"))))


def test_a_list_of_two_algorithms_proves_no_innocence() -> None:
    tbs = der.children(crl(root()))[0]
    outer = der.children(crl(root(), digest="sha384"))[1]
    assert not is_believed(der.seq(tbs, outer, der.bits(root().key.sign(tbs, "sha384"))))


# --- answers ---


def answer(**changes: object) -> bytes:
    made = {"of": signer(), "issuer": root(), "by": root(), **changes}
    return Answer(**made).response()  # type: ignore[arg-type]


def test_an_answer_names_the_authority_by_name_and_key() -> None:
    assert is_believed(answer())
    assert not is_believed(answer(issuer=authority(key_name="another key")))
    assert not is_believed(answer(of=replace(signer(), issuer=name(("CN", "Другой")))))


def test_a_delegate_is_one_whom_the_authority_signed() -> None:
    own = (usage("digitalSignature"), purposes("ocsp"))
    for signed_by, expected in ((None, True), (key("p256", "nobody"), False)):
        form = Form(extensions=own, signed_by=signed_by)
        delegate = certificate(key("p256", "delegate"), name(("CN", "Служба")), root(), form)
        assert is_believed(answer(by=delegate)) is expected


def test_an_answer_without_success_is_none() -> None:
    status, rest = der.children(answer())
    assert is_believed(der.seq(status, rest))
    assert not is_believed(der.seq(der.enumerated(1), rest))


@pytest.mark.parametrize("critical", [False, True])
def test_an_answer_with_something_critical_is_not_read(critical: bool) -> None:
    basic_, by = der.children(Answer(signer(), root(), root()).basic()), root().key
    more = der.context(1, der.seq(extension("1.2.3.4", der.null(), critical=critical)))
    data = der.seq(*der.children(basic_[0]), more)
    inside = der.seq(data, basic_[1], der.bits(by.sign(data, by.digest)))
    wrapped = der.seq(der.oid("1.3.6.1.5.5.7.48.1.1"), der.octets(inside))
    response = der.seq(der.enumerated(0), der.context(0, wrapped))
    assert is_believed(response) is not critical
    assert one(case(container(Signing(signer()), revocations=[ocsp_in_cms(response)]))).verdict.name == "CONFIRMED"


# --- algorithms ---


def test_the_mask_of_pss_is_made_by_the_same_digest() -> None:
    algorithm = pss_algorithm("sha256", 32, "sha512")
    assert "разные алгоритмы" in one(signed(person(root(), "rsa"), signature_algorithm=algorithm)).refusal


def test_streebog_is_for_keys_of_gost() -> None:
    streebog = digest_algorithm("streebog256")
    assert "не согласуются" in one(signed(person(root(), "rsa"), digest_algorithm=streebog)).refusal


def test_a_curve_that_does_not_work_here_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.cms.abilities.curve_works", lambda _: False)
    assert one(signed(signer(kind="gost256"))).verdict.name == "UNCHECKED"


# --- the reader ---


def nested(wrap: Callable[[bytes], bytes]) -> bytes:
    value = der.null()
    for _ in range(30):
        value = wrap(value)
    return value


def test_what_is_longer_than_its_holder_is_malformed() -> None:
    overlapping = der.seq(b"\x30\x02\x04\x03", der.octets(b"a"))
    with pytest.raises(Malformed):
        read(overlapping).fields(2)[0].fields(1)
    with pytest.raises(Malformed):
        read(der.null() + b"\0")
    with pytest.raises(Malformed):
        read(der.bits(b"\x80", unused=1)).bits()


def test_what_is_too_deep_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="слишком глубоко"):
        read(nested(lambda value: der.endless(der.SEQUENCE, value)))
    element = read(nested(der.seq))
    with pytest.raises(SignatureRefused, match="слишком глубоко"):
        for _ in range(30):
            element = element.first()
