"""A file with several signatures: each is checked, shown and kept as a signature of its own."""

import base64
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from documents.bundle import _signature_files
from documents.cms import SignatureRefused
from documents.models import IssuedDocument, Signature, TrustedAuthority
from documents.signatures import attach_signatures
from tests.documents.cms.containers import Signing, as_ber, container
from tests.documents.cms.forge import Party, authority, person
from tests.documents.conftest import Issue, issue_document, issued_files

__all__ = ["issue_document", "issued_files"]  # fixtures of the room above

SECOND = (("CN", "Союз городов"), ("SN", "Второй"), ("GN", "Тимофей Тимофеевич"))


@dataclass(frozen=True)
class People:
    """Two whom the store's authority vouches for, and one whom a stranger does."""

    first: Party
    second: Party
    stranger: Party

    def sign(self, content: bytes, *signers: Party) -> bytes:
        return container(*(Signing(one, document=content, claimed=None) for one in signers))


@pytest.fixture
def people(secretariat: User) -> People:
    root = authority("Центр")
    TrustedAuthority.of(root.der, by=secretariat).save()
    return People(person(root), person(root, subject=SECOND, key_name="second"), person(authority("Чужой")))


@pytest.fixture
def document(issue_document: Issue) -> IssuedDocument:
    return issue_document()


def test_each_becomes_a_signature_of_its_own(document: IssuedDocument, people: People, chair: User) -> None:
    content = people.sign(document.read(), people.first, people.second)
    attached = attach_signatures(document, content, by=chair)
    names = {one.signer_name for one in attached.signatures}
    assert (len(names), attached.refusals) == (2, [])
    assert "Второй Тимофей Тимофеевич" in names
    second = Signature.objects.get(signer_name__startswith="Второй")
    assert second.evidence["represents"] == "Союз городов"
    assert list(_signature_files(document, "x.pdf")) == ["x.pdf.sig"]  # one file, though two signatures


def test_the_good_one_is_kept_and_the_other_named(document: IssuedDocument, people: People, chair: User) -> None:
    content = people.sign(document.read(), people.stranger, people.first)
    attached = attach_signatures(document, content, by=chair)
    assert len(attached.signatures) == 1
    (refusal,) = attached.refusals
    assert "не известен" in refusal
    assert ": " in refusal  # whose it is


def test_when_none_is_good_nothing_is_kept(document: IssuedDocument, people: People, chair: User) -> None:
    with pytest.raises(SignatureRefused, match="не известен"):
        attach_signatures(document, people.sign(document.read(), people.stranger, people.stranger), by=chair)
    assert not Signature.objects.exists()


def test_the_same_signature_in_another_coat_is_the_same(document: IssuedDocument, people: People, chair: User) -> None:
    first = people.sign(document.read(), people.first)
    attach_signatures(document, first, by=chair)
    for coat in (base64.b64encode(first), as_ber(first), people.sign(document.read(), people.first, people.first)):
        with pytest.raises(SignatureRefused, match="уже приложена"):
            attach_signatures(document, coat, by=chair)
    attached = attach_signatures(document, people.sign(document.read(), people.first, people.second), by=chair)
    assert ([one.signer_name for one in attached.signatures], len(attached.refusals)) == (
        ["Второй Тимофей Тимофеевич"],
        1,
    )


def test_everybody_sees_each_signer(client: Client, document: IssuedDocument, people: People) -> None:
    content = document.read()
    signature = people.sign(content, people.first, people.second, people.stranger)
    files = {"file": SimpleUploadedFile("x.pdf", content), "signature": SimpleUploadedFile("x.sig", signature)}
    page = client.post("/verify/", files).content.decode()
    assert "Подписи этого файла: 3" in page
    assert page.count("Подпись подтверждена:") == 2
    assert page.count("Подпись не подтверждена.") == 1
    assert "Второй Тимофей Тимофеевич, Союз городов" in page
