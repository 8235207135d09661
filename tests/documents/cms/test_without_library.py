"""A machine without GnuTLS: GOST is attached and not verified, everything else works."""

from typing import Any

import pytest

from tests.documents.cms.containers import Signing, container, flipped
from tests.documents.cms.forge import authority, person
from tests.documents.cms.stamps import Stamp, crl, stamper
from tests.documents.cms.table.row import Case, case, of, root, signed, signer
from tests.documents.cms.test_table import check


@pytest.fixture(autouse=True)
def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)


def gost(kind: str = "gost256", **changes: Any) -> Case:
    top = authority("Центр ГОСТ", "gost256")
    return of(person(top, kind), top, **changes)


@pytest.mark.parametrize("kind", ["gost256", "gost512", "gost:CryptoPro-B"])
def test_gost_is_not_checked(kind: str) -> None:
    (result,) = check(gost(kind))
    assert (result.verdict.name, result.refusal) == ("UNCHECKED", "")
    assert result.certificate is not None
    assert result.certificate.owner == "Корягина Н.В."
    assert any("подпись" in each for each in result.not_checked)


def test_a_damaged_one_is_not_checked_either() -> None:
    assert check(gost(spoil=flipped))[0].verdict.name == "UNCHECKED"


def test_what_needs_no_library_is_refused_all_the_same() -> None:
    assert "нет подписанных атрибутов" in check(gost(attributes=()))[0].refusal


def test_rsa_and_ecdsa_work() -> None:
    for by in (signer(), person(root(), "rsa")):
        assert check(signed(by))[0].verdict.name == "CONFIRMED"


def test_a_person_below_an_authority_of_gost_is_not_checked() -> None:
    top = authority("Центр ГОСТ", "gost256")
    assert check(of(person(top), top))[0].verdict.name == "UNCHECKED"


def test_each_signer_is_judged_by_itself() -> None:
    top = authority("Центр ГОСТ", "gost256")
    both = case(container(Signing(signer()), Signing(person(top, "gost256"))), root(), top)
    assert [result.verdict.name for result in check(both)] == ["CONFIRMED", "UNCHECKED"]


def test_a_stamp_or_a_list_of_gost_does_no_harm() -> None:
    """What cannot be verified beside a signature is not counted; it must not turn a good one into a bad one."""
    top = authority("Центр ГОСТ", "gost256")
    by_gost = Stamp(stamper(top, "gost256"), imprint_digest="streebog256")
    (stamped,) = check(case(container(Signing(signer(), unsigned=(by_gost,))), root(), top))
    assert (stamped.verdict.name, stamped.stamped_at) == ("CONFIRMED", None)
    assert stamped.remarks == ("Метка времени не учтена. Сервер не умеет проверять такие подписи.",)
    (listed,) = check(case(container(Signing(signer())), root(), top, revocations=(crl(top),)))
    assert (listed.verdict.name, listed.remarks) == ("CONFIRMED", ())
    assert not any("не отозваны" in line for line in listed.checked)
