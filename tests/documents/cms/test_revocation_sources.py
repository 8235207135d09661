"""Lists of revoked certificates and OCSP answers: the page of the technical administrator, and `load_crl`."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.cms import SignatureCheck, Verdict
from documents.models import RevocationRefused, RevocationSource, TrustedAuthority, load_revocation
from documents.signatures import check_by_trusted
from tests.conftest import ClientFor
from tests.documents.cms.containers import Signing, container
from tests.documents.cms.forge import Party, authority, person
from tests.documents.cms.stamps import Answer, Revoked, crl

DAY = dt.timedelta(days=1)
DOCUMENT = b"%PDF-1.7 the decision"


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", name="Администратор")


@pytest.fixture
def root(administrator: User) -> Party:
    party = authority("Центр списков")
    TrustedAuthority.of(party.der, by=administrator).save()
    return party


def fresh(by: Party, *revoked: Revoked, ago: dt.timedelta = DAY) -> bytes:
    now = timezone.now().replace(microsecond=0)
    return crl(by, *revoked, since=now - ago, until=now + DAY)


def signed_by(party: Party) -> SignatureCheck:
    moment = timezone.now().replace(microsecond=0)
    (check,) = check_by_trusted(container(Signing(party, document=DOCUMENT, claimed=moment)), DOCUMENT)
    return check


def load(client: Client, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("list.crl", content)
    response = client.post(reverse("revocation_load"), {"file": file}, follow=True)
    return response.status_code, response.content.decode()


def test_a_fresh_list_is_loaded_shown_and_used(client_for: ClientFor, administrator: User, root: Party) -> None:
    assert any("отзыв" in line for line in signed_by(person(root)).not_checked)
    status, page = load(client_for(administrator), fresh(root))
    assert (status, "Загружено: Список отзыва, Центр списков." in page) == (200, True)
    assert "Устарел" not in page
    check = signed_by(person(root))
    assert check.verdict == Verdict.CONFIRMED
    assert not any("отзыв" in line for line in check.not_checked)
    assert any("не отозваны по сведениям на" in line for line in check.checked)


def test_who_is_revoked_is_refused(client_for: ClientFor, administrator: User, root: Party) -> None:
    signer = person(root)
    load(client_for(administrator), fresh(root, Revoked(signer, timezone.now() - 5 * DAY)))
    check = signed_by(signer)
    assert (check.verdict, "отозван" in check.refusal) == (Verdict.REFUSED, True)


def test_a_stale_list_says_so_and_proves_no_innocence(client_for: ClientFor, administrator: User, root: Party) -> None:
    now = timezone.now().replace(microsecond=0)
    page = load(client_for(administrator), crl(root, since=now - 9 * DAY, until=now - DAY))[1]
    assert "Устарел" in page
    assert any("отзыв сертификата" in line for line in signed_by(person(root)).not_checked)


def test_the_next_list_takes_the_place_of_the_last_and_never_the_other_way(administrator: User, root: Party) -> None:
    older, newer = fresh(root, ago=2 * DAY), fresh(root)
    for content in (older, newer):
        load_revocation(content, by=administrator, by_name="a")
    assert bytes(RevocationSource.objects.get().content) == newer
    with pytest.raises(RevocationRefused, match="уже загружен"):
        load_revocation(older, by=administrator, by_name="a")
    load_revocation(newer, by=None, by_name="cron")  # the same file again, as cron brings it
    assert RevocationSource.objects.get().loaded_by_name == "a"


@pytest.mark.parametrize(
    "content",
    [b"noise", b"\x30\x03\x02\x01\x01", b"\x30\x80" * 1000, b"-----BEGIN X509 CRL-----\n-----END X509 CRL-----"],
)
def test_what_is_no_list_is_explained(client_for: ClientFor, administrator: User, root: Party, content: bytes) -> None:
    status, page = load(client_for(administrator), content)
    assert (status, "не список отзыва" in page) == (422, True)


def test_a_strangers_list_is_refused(client_for: ClientFor, administrator: User, root: Party) -> None:
    for stranger in (authority("Чужой центр"), authority("Центр списков", key_name="impostor")):
        status, page = load(client_for(administrator), fresh(stranger))
        assert (status, "не подписан ни одним" in page) == (422, True)
    assert not RevocationSource.objects.exists()


def test_a_list_of_tomorrow_is_refused(client_for: ClientFor, administrator: User, root: Party) -> None:
    status, page = load(client_for(administrator), fresh(root, ago=-2 * DAY))
    assert (status, "составлен в будущем: проверьте часы сервера" in page) == (422, True)


def test_a_file_of_more_than_ten_megabytes_is_not_read(client_for: ClientFor, administrator: User) -> None:
    status, page = load(client_for(administrator), bytes(10 * 1024 * 1024 + 1))
    assert (status, "Файл больше 10 МБ: загрузите его командой load_crl." in page) == (422, True)


def test_without_the_library_a_list_of_gost_is_not_loaded(
    client_for: ClientFor, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = authority("Центр ГОСТ", "gost256")
    TrustedAuthority.of(top.der, by=administrator).save()
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)
    status, page = load(client_for(administrator), fresh(top))
    assert (status, "нет библиотеки, которая проверяет такие подписи" in page) == (422, True)


def test_a_namesake_with_a_key_of_another_kind_keeps_no_list_out(administrator: User) -> None:
    older, newer = authority("Центр списков", "rsa"), authority("Центр списков")
    for each in (older, newer):
        TrustedAuthority.of(each.der, by=administrator).save()
    assert load_revocation(fresh(newer), by=administrator, by_name="a").issuer_name == "Центр списков"


def test_who_only_looks_at_the_address_is_sent_to_the_form(client_for: ClientFor, administrator: User) -> None:
    assert client_for(administrator).get(reverse("revocation_load"))["Location"] == reverse("authorities")


def test_the_secretariat_loads_nothing(client_for: ClientFor, secretariat: User, root: Party) -> None:
    assert load(client_for(secretariat), fresh(root))[0] == 403


def test_the_command_loads_what_it_can_and_names_the_rest(
    root: Party, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.crl", tmp_path / "bad.crl"
    good.write_bytes(fresh(root))
    bad.write_bytes(b"noise")
    with pytest.raises(CommandError, match=r"bad.crl: Это не список отзыва[\s\S]*gone.crl: No such file"):
        call_command("load_crl", str(bad), str(good), str(tmp_path / "gone.crl"))
    assert "good.crl: Список отзыва, Центр списков" in capsys.readouterr().out
    assert RevocationSource.objects.get().loaded_by_name == "load_crl"


def test_the_command_is_quiet_when_it_is_told_to(
    root: Party, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.crl").write_bytes(fresh(root))
    call_command("load_crl", str(tmp_path / "good.crl"), verbosity=0)
    assert (capsys.readouterr().out, RevocationSource.objects.count()) == ("", 1)


def test_an_ocsp_answer_is_loaded_too(administrator: User, root: Party) -> None:
    signer, now = person(root), timezone.now().replace(microsecond=0)
    answer = Answer(signer, root, root, since=now - DAY, until=now + DAY)
    load_revocation(answer.response(), by=administrator, by_name="a")
    assert RevocationSource.objects.get().what == "Ответ OCSP"
    assert any("не отозваны" in line for line in signed_by(signer).checked)


def test_the_database_keeps_one_list_of_an_authority(administrator: User, root: Party) -> None:
    stored = load_revocation(fresh(root), by=administrator, by_name="a")
    stored.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.save()
    with pytest.raises(IntegrityError, match="revocation_source_loaded_by"), transaction.atomic():
        RevocationSource.objects.update(loaded_by_name="")
