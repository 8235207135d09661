"""`/verify/` takes a .sig beside the file: what the signature proves, whether or not the portal knows the file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from documents.models import Signature, TrustedAuthority
from documents.signatures import attach_signatures
from tests.conftest import ClientFor
from tests.documents.cms.kit import Identity, sign
from tests.documents.conftest import Issue, issue_document, issued_files

__all__ = ["issue_document", "issued_files"]  # fixtures of the room above

STRANGE = b"%PDF-1.7 of somebody else"


@pytest.fixture(autouse=True)
def trusted(secretariat: User, authority: Identity) -> None:
    TrustedAuthority.of(authority.der, by=secretariat).save()


def upload(client: Client, content: bytes, signature: bytes) -> tuple[int, str]:
    files = {
        "file": SimpleUploadedFile("x.pdf", content),
        "signature": SimpleUploadedFile("x.pdf.sig", signature),
    }
    response = client.post("/verify/", files)
    return response.status_code, response.content.decode()


def test_a_signature_of_an_issued_document_is_confirmed(
    client: Client, issue_document: Issue, person: Identity
) -> None:
    content = issue_document().read()
    status, page = upload(client, content, sign(person, content))
    assert status == 200
    assert "байт в байт совпадает" in page
    assert "Подпись подтверждена" in page
    assert "Корягина Н.В." in page
    assert "<li>отзыв сертификата (нет свежего списка отзыва)</li>" in page
    assert "Эта подпись приложена" not in page


def test_nothing_is_stored_and_no_personal_number_is_shown(
    client: Client, issue_document: Issue, person: Identity
) -> None:
    content = issue_document().read()
    page = upload(client, content, sign(person, content))[1]
    assert not Signature.objects.exists()
    assert "12345678901" not in page


def test_a_signature_that_the_portal_holds_is_recognised(
    client: Client, issue_document: Issue, chair: User, person: Identity
) -> None:
    document = issue_document()
    signature = sign(person, document.read())
    attach_signatures(document, signature, by=chair)
    assert "Эта подпись приложена к документу в портале." in upload(client, document.read(), signature)[1]


def test_a_file_that_the_portal_does_not_know_is_checked_all_the_same(client: Client, person: Identity) -> None:
    status, page = upload(client, STRANGE, sign(person, STRANGE))
    assert status == 200
    assert "не совпадает ни с одним" in page
    assert "Подпись подтверждена" in page


def test_a_signature_of_another_file_is_refused_with_its_reason(
    client: Client, issue_document: Issue, person: Identity
) -> None:
    status, page = upload(client, issue_document().read(), sign(person, STRANGE))
    assert status == 200
    assert "Подпись не подтверждена" in page
    assert "для другого файла" in page


def test_a_signature_does_not_tell_of_a_hidden_document(
    client: Client, client_for: ClientFor, issue_document: Issue, chair: User, person: Identity
) -> None:
    document = issue_document(is_public=False)
    signature = sign(person, document.read())
    attach_signatures(document, signature, by=chair)
    page = upload(client, document.read(), signature)[1]
    assert "не совпадает ни с одним" in page
    assert "Эта подпись приложена" not in page
    assert document.title not in page
    assert "Эта подпись приложена" in upload(client_for(chair), document.read(), signature)[1]


@pytest.mark.parametrize(("signature", "sentence"), [(b"", "Файл подписи пуст"), (b"noise", "не файл электронной")])
def test_what_is_no_signature_is_said(client: Client, signature: bytes, sentence: str) -> None:
    status, page = upload(client, STRANGE, signature)
    assert (status, sentence in page) == (200, True)


def test_a_huge_signature_is_refused_unread(client: Client) -> None:
    status, page = upload(client, STRANGE, b"0" * (128 * 1024 + 1))
    assert (status, "больше 128 КБ" in page) == (422, True)


def test_without_the_library_nothing_is_called_valid(
    client: Client, person: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = sign(person, STRANGE)
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)
    page = upload(client, STRANGE, signature)[1]
    assert "Подпись не проверена" in page
    assert "подтверждена" not in page.split("Подпись этого файла")[1]
