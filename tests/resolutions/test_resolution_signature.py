"""`/resolutions/<slug>/signature/`: the chair signs at home and attaches the .sig; anybody verifies it outside."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import Signature, TrustedAuthority
from resolutions.models import Resolution
from tests.conftest import ClientFor
from tests.documents.cms.conftest import authority, folder, person
from tests.documents.cms.kit import Identity, issue, sign, verify_outside

pytestmark = pytest.mark.slow

__all__ = ["authority", "folder", "person"]  # fixtures of the room below


@pytest.fixture
def trusted(secretariat: User, authority: Identity) -> TrustedAuthority:
    record = TrustedAuthority.of(authority.der, by=secretariat)
    record.save()
    return record


def original(resolution: Resolution) -> bytes:
    assert resolution.issued_document is not None
    return resolution.issued_document.read()


def attach(client: Client, resolution: Resolution, content: bytes) -> Any:
    file = SimpleUploadedFile("decision.pdf.sig", content)
    return client.post(reverse("resolution_signature", args=[resolution.slug]), {"file": file}, follow=True)


def test_the_chair_attaches_a_signature_and_it_is_verified(
    client_for: ClientFor, chair: User, signed: Resolution, trusted: TrustedAuthority, person: Identity
) -> None:
    page = attach(client_for(chair), signed, sign(person, original(signed))).content.decode()
    signature = Signature.objects.get()
    assert "Электронная подпись проверена и приложена: " in page
    assert (signature.is_verified, signature.signer_name, signature.confirmed_by) == (True, "Корягина Н.В.", chair)
    assert signed.versions.latest("number").action == "signature_added"


def test_the_public_reads_the_signature_with_masked_numbers(
    client: Client, client_for: ClientFor, chair: User, signed: Resolution, trusted: TrustedAuthority, person: Identity
) -> None:
    attach(client_for(chair), signed, sign(person, original(signed)))
    assert signed.issued_document is not None
    address = signed.issued_document.get_absolute_url()
    public, staff = client.get(address).content.decode(), client_for(chair).get(address).content.decode()
    assert "Подпись подтверждена" in public
    assert "Не проверялись: отзыв сертификата (нет свежего списка отзыва), время подписи" in public
    assert "12345678901" not in public
    assert "*********01" in public
    assert "12345678901" in staff


@pytest.mark.slow  # for certtool, which make fast does not install
def test_original_and_signature_verify_outside_the_portal(
    client: Client,
    client_for: ClientFor,
    chair: User,
    signed: Resolution,
    trusted: TrustedAuthority,
    authority: Identity,
    person: Identity,
    tmp_path: Path,
) -> None:
    attach(client_for(chair), signed, sign(person, original(signed)))
    pdf, sig = tmp_path / "decision.pdf", tmp_path / "decision.pdf.sig"
    pdf.write_bytes(client.get(reverse("decision_pdf", args=[signed.slug])).content)
    sig.write_bytes(b"".join(client.get(Signature.objects.get().container_url)))
    verify_outside(sig, pdf, authority)


def test_a_signature_of_another_file_is_refused_and_leaves_no_trace(
    client_for: ClientFor, chair: User, signed: Resolution, trusted: TrustedAuthority, person: Identity
) -> None:
    response = attach(client_for(chair), signed, sign(person, b"another file"))
    assert response.status_code == 422
    assert "для другого файла" in response.content.decode()
    assert not Signature.objects.exists()
    assert signed.versions.latest("number").action == "signed"


def test_the_same_signature_is_attached_once(
    client_for: ClientFor, chair: User, signed: Resolution, trusted: TrustedAuthority, person: Identity
) -> None:
    content = sign(person, original(signed))
    attach(client_for(chair), signed, content)
    response = attach(client_for(chair), signed, content)
    assert response.status_code == 422
    assert "уже приложена" in response.content.decode()
    assert Signature.objects.count() == 1


def test_several_people_may_sign(
    client_for: ClientFor,
    secretariat: User,
    signed: Resolution,
    trusted: TrustedAuthority,
    authority: Identity,
    person: Identity,
    folder: Path,
) -> None:
    other = issue(folder, "other", by=authority, subject="/CN=Иванов И.И.")
    pages = [
        attach(client_for(secretariat), signed, sign(who, original(signed))).content.decode() for who in (person, other)
    ]
    assert "а в документе подписывает" not in pages[0]
    assert "Владелец сертификата – Иванов И.И., а в документе подписывает Н.В. Корягина." in pages[1]
    assert Signature.objects.count() == 2


def test_without_the_library_the_portal_never_says_that_it_is_valid(
    client_for: ClientFor, chair: User, signed: Resolution, person: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)
    page = attach(client_for(chair), signed, sign(person, original(signed))).content.decode()
    assert "Приложена, не проверена" in page
    assert "Подпись подтверждена" not in page


def test_what_could_not_be_verified_is_attached_again_when_the_library_is_there(
    client: Client, client_for: ClientFor, chair: User, signed: Resolution, trusted: TrustedAuthority, person: Identity
) -> None:
    content, visitor = sign(person, original(signed)), client_for(chair)
    with pytest.MonkeyPatch.context() as without_library:
        without_library.setattr("documents.cms.gnutls.library", lambda: None)
        attach(visitor, signed, content)
        assert "уже приложена" in attach(visitor, signed, content).content.decode()
    page = attach(visitor, signed, content).content.decode()
    assert "Электронная подпись проверена и приложена: " in page
    assert "Приложена, не проверена" not in page
    assert Signature.objects.count() == 2  # both records stay
    assert signed.issued_document is not None
    assert [one.is_verified for one in signed.issued_document.signatures.standing()] == [True]
    assert "уже приложена" in attach(visitor, signed, content).content.decode()


@pytest.mark.parametrize(("content", "sentence"), [(b"", "пуст"), (b"x" * (128 * 1024 + 1), "больше 128 КБ")])
def test_bad_files_are_explained(
    client_for: ClientFor, chair: User, signed: Resolution, content: bytes, sentence: str
) -> None:
    response = attach(client_for(chair), signed, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_the_database_refuses_an_unchecked_container_and_a_second_copy(
    client_for: ClientFor, chair: User, signed: Resolution, trusted: TrustedAuthority, person: Identity
) -> None:
    attach(client_for(chair), signed, sign(person, original(signed)))
    stored = Signature.objects.get()
    stored.pk = None
    with pytest.raises(IntegrityError, match=r"signature_once|identity"), transaction.atomic():
        Signature.objects.bulk_create([stored])
    stored.is_verified, stored.identity = None, "f" * 64
    with pytest.raises(IntegrityError, match="signature_cms_has_checked_container"), transaction.atomic():
        Signature.objects.bulk_create([stored])
