"""`/verify/authorities/`: the trust store of the technical administrator."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.cms import Trust, Verdict, check_signatures
from documents.models import TrustedAuthority
from documents.signatures import StoredTrust
from tests.conftest import ClientFor
from tests.documents.cms import der
from tests.documents.cms.forge import OF_AUTHORITY, OF_PERSON, Form, certificate, name
from tests.documents.cms.forge import authority as forged
from tests.documents.cms.keys import key
from tests.documents.cms.kit import Identity, sign


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", name="Администратор")


@pytest.fixture
def client(client_for: ClientFor, administrator: User) -> Client:
    return client_for(administrator)


def add(client: Client, content: bytes, purpose: str = "signatures") -> str:
    fields = {"file": SimpleUploadedFile("ca.cer", content), "purpose": purpose}
    response = client.post(reverse("authorities"), fields, follow=True)
    return response.content.decode()


def test_a_certificate_is_added_in_pem_or_der_and_shown(client: Client, authority: Identity) -> None:
    for content in (authority.der, authority.certificate.read_bytes()):
        page = add(client, content)
        assert "Удостоверяющий центр" in page
        assert "1 января 2024" in page.replace("\u00a0", " ")
        TrustedAuthority.objects.all().delete()


def test_the_same_certificate_is_trusted_once(client: Client, authority: Identity) -> None:
    add(client, authority.der)
    assert "уже есть в списке" in add(client, authority.der)
    assert TrustedAuthority.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"noise", b"\x30\x03\x02\x01\x01", b"0" * 70_000, b"-----BEGIN KEY-----\n", b"\x30\x80" * 1000]
)
def test_what_is_no_certificate_is_explained(client: Client, content: bytes) -> None:
    page = add(client, content)
    assert "не сертификат" in page or "Файл пуст" in page
    assert not TrustedAuthority.objects.exists()


def test_a_removed_authority_is_trusted_no_longer_and_remembered(client: Client, authority: Identity) -> None:
    add(client, authority.der)
    stored = TrustedAuthority.objects.get()
    page = client.post(reverse("authority_remove", args=[stored.pk]), follow=True).content.decode()
    assert "Исключённые" in page
    assert not TrustedAuthority.objects.trusted().exists()
    assert client.post(reverse("authority_remove", args=[stored.pk])).status_code == 404
    add(client, authority.der)
    assert TrustedAuthority.objects.trusted().count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: forged("Человек", own=OF_PERSON).der, "не вправе выдавать"),
        (lambda: forged("Слабый центр", "rsa1024").der, "недопустим"),
        (lambda: forged("Старый центр", digest="sha1").der, "устаревш"),
        (lambda: certificate(key("p256", "nameless"), name(), None, Form(extensions=OF_AUTHORITY)).der, "нет названия"),
    ],
    ids=["no authority", "weak key", "SHA-1", "no name"],
)
def test_who_is_no_authority_or_a_weak_one_is_not_accepted(
    client: Client, content: Callable[[], bytes], sentence: str
) -> None:
    assert sentence in add(client, content())
    assert not TrustedAuthority.objects.exists()


@pytest.mark.parametrize(
    ("common_name", "shown"),
    [
        ("Центр" + "\u202e" + "рт", "Центррт"),
        ("Центр\x00 с нулём", "Центр с нулём"),
        ("Ц" * 400, "Ц" * 299 + "…"),
        (der.teletex("Центр ключей".encode("cp1251")), "Центр ключей"),
        (der.bmp("Центр ключей"), "Центр ключей"),
    ],
    ids=["direction", "NUL", "long", "cp1251", "BMP"],
)
def test_odd_names_are_shown(client: Client, common_name: str | bytes, shown: str) -> None:
    odd = certificate(key("p256", "odd"), name(("CN", common_name)), None, Form(extensions=OF_AUTHORITY))
    assert shown in add(client, odd.der)
    assert TrustedAuthority.objects.get().name == shown
    assert client.get(reverse("authorities")).status_code == 200


def test_an_authority_for_ever_does_not_kill_its_page(client: Client) -> None:
    dates = (der.utctime("240101000000Z"), der.gentime("99991231235959Z"))
    eternal = certificate(key("p256", "odd"), name(("CN", "Вечный")), None, Form(dates=dates, extensions=OF_AUTHORITY))
    assert "31 декабря 9999" in add(client, eternal.der).replace("\u00a0", " ")
    assert client.get(reverse("authorities")).status_code == 200


def test_an_authority_of_time_alone_vouches_for_nobody(client: Client, authority: Identity, person: Identity) -> None:
    assert "Только метки времени" in add(client, authority.der, "time")
    trust = StoredTrust.current()
    assert (trust.authorities, trust.time_authorities) == ([], [authority.der])
    assert check_signatures(sign(person, b"x"), b"x", trust)[0].verdict == Verdict.REFUSED
    assert check_signatures(sign(person, b"x"), b"x", Trust([authority.der]))[0].verdict == Verdict.CONFIRMED


def test_the_page_says_what_the_machine_can_verify(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("authorities")
    assert client.get(address).content.decode().count(">Да<") == 15
    monkeypatch.setattr("documents.cms.gcrypt.library", lambda: None)
    page = client.get(address).content.decode()
    assert (page.count(">Да<"), page.count(">Нет<")) == (7, 8)
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)
    assert client.get(address).content.decode().count(">Да<") == 2


def test_the_secretariat_does_not_keep_the_store(client_for: ClientFor, secretariat: User) -> None:
    response = client_for(secretariat).get(reverse("authorities"))
    assert response.status_code == 403
    assert "технический администратор" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"name": ""}, "authority_has_name"),
        ({"purpose": "everything"}, "authority_purpose_known"),
        ({"removed_at": "2024-01-01T00:00:00Z"}, "authority_removed_by"),
    ],
)
def test_the_database_refuses(
    administrator: User, authority: Identity, change: dict[str, str], constraint: str
) -> None:
    TrustedAuthority.of(authority.der, by=administrator).save()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TrustedAuthority.objects.update(**change)
