"""`/resolutions/<slug>/sign/` and what everybody downloads afterwards."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import Signature
from resolutions.models import Resolution
from resolutions.text import ResolutionText
from tests.conftest import ClientFor
from tests.resolutions.pdf import words_of

pytestmark = pytest.mark.slow


def sign_url(resolution: Resolution) -> str:
    return reverse("resolution_sign", args=[resolution.slug])


def pdf_url(resolution: Resolution) -> str:
    return reverse("decision_pdf", args=[resolution.slug])


def test_the_chair_signs_and_everybody_downloads_the_same_bytes(
    client: Client, client_for: ClientFor, chair: User, adopted: Resolution
) -> None:
    client_for(chair).post(sign_url(adopted), {"version": adopted.version})
    document = Resolution.objects.get(pk=adopted.pk).issued_document
    assert document is not None
    downloads = [visitor.get(pdf_url(adopted)).content for visitor in (client, client_for(chair), client)]
    assert {hashlib.sha256(content).hexdigest() for content in downloads} == {document.sha256}


def test_the_signed_paper_carries_its_code_and_no_draft_mark(client: Client, signed: Resolution) -> None:
    words = " ".join(words_of(client.get(pdf_url(signed)).content))
    assert signed.issued_document is not None
    assert "Проект" not in words
    assert signed.issued_document.verification_code in words


@pytest.mark.parametrize("persona", ["secretariat", "kostroma_official"])
def test_nobody_else_signs(
    client_for: ClientFor, request: pytest.FixtureRequest, persona: str, adopted: Resolution
) -> None:
    visitor = client_for(request.getfixturevalue(persona))
    response = visitor.post(sign_url(adopted), {"version": adopted.version})
    assert response.status_code == 403
    assert "Решение подписывает председатель" in response.content.decode()
    assert Resolution.objects.get(pk=adopted.pk).status == "adopted"


def test_an_outdated_page_does_not_sign(client_for: ClientFor, chair: User, adopted: Resolution) -> None:
    client_for(chair).post(sign_url(adopted), {"version": adopted.version - 1})
    assert Resolution.objects.get(pk=adopted.pk).status == "adopted"


def test_what_cannot_be_printed_is_not_signed(
    client_for: ClientFor, chair: User, secretariat: User, text: ResolutionText
) -> None:
    resolution = Resolution.start(text, by=secretariat)
    resolution.adopt(version=1, by=secretariat)
    resolution.paragraphs.update(text="Выделить 100 漢.")  # adopted before the portal asked
    response = client_for(chair).post(sign_url(resolution), {"version": 2})
    assert response.status_code == 422
    assert "«漢» (U+6F22)" in response.content.decode()
    assert Resolution.objects.get(pk=resolution.pk).status == "adopted"


def test_before_signing_the_paper_is_for_staff_alone(
    client: Client, client_for: ClientFor, chair: User, kostroma_official: User, adopted: Resolution
) -> None:
    assert client.get(pdf_url(adopted)).status_code == 404
    assert client_for(kostroma_official).get(pdf_url(adopted)).status_code == 404
    words = words_of(client_for(chair).get(pdf_url(adopted)).content)
    assert "Решение" in words
    assert "Проект" not in words


def test_the_draft_is_printed_with_its_mark(client_for: ClientFor, chair: User, draft: Resolution) -> None:
    assert "Проект" in words_of(client_for(chair).get(pdf_url(draft)).content)


def test_a_scan_is_attached_to_the_signed_decision(
    client_for: ClientFor, secretariat: User, signed: Resolution
) -> None:
    scan = SimpleUploadedFile("скан.pdf", b"%PDF-1.4 scan", content_type="application/pdf")
    visitor = client_for(secretariat)
    visitor.post(reverse("resolution_scan", args=[signed.slug]), {"scan": scan, "signed_on": "2024-06-28"})
    signature = Signature.objects.get()
    file = visitor.get(reverse("document_scan", args=[signature.document.verification_code, signature.pk]))
    assert (signature.confirmed_by, signature.signer_name) == (secretariat, "Н.В. Корягина")
    assert b"".join(file) == b"%PDF-1.4 scan"
    assert signed.versions.latest("number").action == "scan_added"


@pytest.mark.parametrize(
    ("content", "day", "sentence"),
    [
        (b"", "2024-06-28", "пуст"),
        (b"MZ a program", "2024-06-28", "подойдёт файл PDF, PNG или JPEG"),
        (b"%PDF-1.4", "2090-01-01", "ещё не наступила"),
        (b"%PDF-1.4", "", "Обязательное поле"),
    ],
)
def test_a_bad_scan_is_explained(
    client_for: ClientFor, secretariat: User, signed: Resolution, content: bytes, day: str, sentence: str
) -> None:
    data = {"scan": SimpleUploadedFile("scan.pdf", content), "signed_on": day}
    response = client_for(secretariat).post(reverse("resolution_scan", args=[signed.slug]), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Signature.objects.exists()


def test_scans_are_for_staff(client_for: ClientFor, kostroma_official: User, signed: Resolution) -> None:
    assert signed.issued_document is not None
    address = reverse("document_scan", args=[signed.issued_document.verification_code, 1])
    assert client_for(kostroma_official).get(address).status_code == 404
    assert client_for(None).get(address).status_code == 302
