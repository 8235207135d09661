"""`/verify/authorities/`: the trust store of the technical administrator."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import TrustedAuthority
from tests.conftest import ClientFor
from tests.documents.cms.kit import Identity


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", name="Администратор")


@pytest.fixture
def client(client_for: ClientFor, administrator: User) -> Client:
    return client_for(administrator)


def add(client: Client, content: bytes) -> str:
    response = client.post(reverse("authorities"), {"file": SimpleUploadedFile("ca.cer", content)}, follow=True)
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


@pytest.mark.parametrize("content", [b"", b"noise", b"\x30\x03\x02\x01\x01", b"0" * 70_000, b"-----BEGIN KEY-----\n"])
def test_what_is_no_certificate_is_explained(client: Client, content: bytes) -> None:
    page = add(client, content)
    assert "сертификат" in page or "Файл пуст" in page
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


def test_the_secretariat_does_not_keep_the_store(client_for: ClientFor, secretariat: User) -> None:
    response = client_for(secretariat).get(reverse("authorities"))
    assert response.status_code == 403
    assert "технический администратор" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"name": ""}, "authority_has_name"),
        ({"removed_at": "2024-01-01T00:00:00Z"}, "authority_removed_by"),
    ],
)
def test_the_database_refuses(
    administrator: User, authority: Identity, change: dict[str, str], constraint: str
) -> None:
    TrustedAuthority.of(authority.der, by=administrator).save()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TrustedAuthority.objects.update(**change)
