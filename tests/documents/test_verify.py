"""/verify/: is this paper genuine? For everybody, and silent about what is not public."""

import datetime as dt
import hashlib
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from documents.forms import FileForm
from documents.models import IssuedDocument, Signature
from documents.uploads import VERIFIED
from tests.conftest import ClientFor
from tests.documents.conftest import Issue

UNKNOWN = "7K2M-XQ9A-3FTR"


def page_of(document: IssuedDocument) -> str:
    return f"/verify/{document.verification_code}/"


def without_tokens(response: HttpResponseBase) -> str:
    """A page without the tokens of its forms, which differ each time."""
    page: str = response.content.decode()  # type: ignore[attr-defined]  # not a streamed one
    return re.sub(r'[A-Za-z0-9]{64}|value="[\w-]{43}"', "", page)


def upload(client: Client, content: bytes) -> tuple[int, str]:
    response = client.post("/verify/", {"file": SimpleUploadedFile("Решение.pdf", content)})
    return response.status_code, response.content.decode()


# --- asking by a code ---


def test_everybody_sees_both_questions(db: None, client: Client) -> None:
    page = client.get("/verify/").content.decode()
    assert "Код проверки" in page
    assert "Файл документа" in page


@pytest.mark.parametrize(
    "typed",
    [
        "7к2м xq9а 3fтr",
        "7K2M\u00ad-XQ9A\u200b-3FTR",
        "\ufeff7K2M\u2011XQ9A\u2011\u202a3FTR\u202c",
        "7K2M\u2009XQ9A\u202f3FTR\x0b",
        "7K2M\x1eXQ9A\x1f\x1e3FTR",
    ],
)
def test_a_code_leads_to_its_page(db: None, client: Client, typed: str) -> None:
    response = client.get("/verify/", {"code": typed})
    assert (response.status_code, response["Location"]) == (302, f"/verify/{UNKNOWN}/")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("", "Введите код"), ("7K2M", "двенадцать"), ("<b>", "двенадцать"), ("7" * 99, "Убедитесь")],
)
def test_what_is_no_code_is_explained(db: None, client: Client, code: str, sentence: str) -> None:
    response = client.get("/verify/", {"code": code})
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_verify_knows_get_and_post_alone(db: None, client: Client, method: str) -> None:
    assert getattr(client, method)("/verify/").status_code == 405


# --- asking by a file ---


def test_an_issued_file_is_recognised(client: Client, issue_document: Issue) -> None:
    document = issue_document()
    status, page = upload(client, document.read())
    assert status == 200
    assert page_of(document) in page
    assert "байт в байт совпадает" in page


def test_a_changed_byte_makes_it_another_file(client: Client, issue_document: Issue) -> None:
    document = issue_document()
    status, page = upload(client, document.read() + b"\n")
    assert status == 200
    assert "не совпадает ни с одним" in page
    assert page_of(document) not in page


def test_a_non_public_file_looks_like_any_other(client: Client, issue_document: Issue) -> None:
    document = issue_document(is_public=False)
    status, page = upload(client, document.read())
    assert status == 200
    assert "не совпадает ни с одним" in page
    assert document.title not in page


def test_staff_recognise_a_non_public_file(client_for: ClientFor, issue_document: Issue, secretariat: User) -> None:
    document = issue_document(is_public=False)
    assert "байт в байт совпадает" in upload(client_for(secretariat), document.read())[1]


def test_no_file_and_an_empty_file_are_explained(db: None, client: Client) -> None:
    response = client.post("/verify/", {})
    assert response.status_code == 422
    assert "Выберите файл" in response.content.decode()
    status, page = upload(client, b"")
    assert (status, "Файл пуст" in page) == (422, True)


def test_a_file_over_the_limit_is_refused(db: None, client: Client) -> None:
    with patch("documents.forms.VERIFIED", replace(VERIFIED, largest=100)):
        assert upload(client, b"%" * 100)[0] == 200
        status, page = upload(client, b"%" * 101)
    assert (status, "больше 50 МБ" in page) == (422, True)


class Pieces(BytesIO):
    """A file that refuses to be read as a whole."""

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= 64 * 1024
        return super().read(size)


def test_a_file_is_read_in_pieces() -> None:
    content = b"%PDF" * 1_000_000
    file = UploadedFile(Pieces(content), "large.pdf", size=len(content))
    form = FileForm({}, MultiValueDict({"file": [file]}))
    assert form.is_valid()
    assert form.sha256() == hashlib.sha256(content).hexdigest()


def test_an_upload_needs_its_csrf_token(db: None) -> None:
    assert upload(Client(enforce_csrf_checks=True), b"%PDF")[0] == 403


# --- the page of a document ---


def test_the_page_says_what_the_paper_is(client: Client, issue_document: Issue, secretariat: User) -> None:
    document = issue_document()
    Signature.objects.create(
        document=document,
        scan=ContentFile(b"%PDF-", name="scan.pdf"),
        signer_name="Н.В. Корягина",
        signed_on=dt.date(2024, 6, 27),
        confirmed_by=secretariat,
        confirmed_by_name=str(secretariat),
    )
    page = client.get(page_of(document)).content.decode().replace("\u00a0", " ")
    for expected in (document.title, document.sha256, "Действует", "Н.В. Корягина, 27 июня 2024 г.", "document.pdf"):
        assert expected in page
    assert secretariat.name not in page


def test_the_older_document_says_that_it_is_superseded(client: Client, issue_document: Issue) -> None:
    older = issue_document()
    newer = issue_document(supersedes=older, title="Решение, уточнённое")
    page = client.get(page_of(older)).content.decode()
    assert "Документ заменён" in page
    assert page_of(newer) in page
    assert page_of(older) in client.get(page_of(newer)).content.decode()


def test_a_non_public_successor_is_not_named(client: Client, issue_document: Issue) -> None:
    older = issue_document()
    newer = issue_document(supersedes=older, title="Тайное решение", is_public=False)
    page = client.get(page_of(older)).content.decode()
    assert "Документ заменён" in page
    assert newer.title not in page
    assert newer.verification_code not in page


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("A", "А")])
def test_a_code_in_another_form_is_redirected(client: Client, issue_document: Issue, change: object) -> None:
    document = issue_document()
    assert callable(change)
    typed = change(document.verification_code)
    if typed != document.verification_code:
        response = client.get(f"/verify/{typed}/")
        assert (response.status_code, response["Location"]) == (302, page_of(document))


@pytest.mark.parametrize("code", [UNKNOWN, "nonsense", "<script>"])
def test_an_unknown_code_is_not_found(db: None, client: Client, code: str) -> None:
    response = client.get(f"/verify/{code}/")
    assert response.status_code == 404
    assert "не найден" in response.content.decode()
    assert "<script>»" not in response.content.decode()


def test_a_non_public_document_is_as_unknown_as_any_other(client: Client, issue_document: Issue) -> None:
    document = issue_document(is_public=False)
    hidden = client.get(page_of(document))
    unknown = client.get(f"/verify/{UNKNOWN}/")
    assert hidden.status_code == unknown.status_code == 404
    assert without_tokens(hidden).replace(document.verification_code, UNKNOWN) == without_tokens(unknown)


def test_staff_see_the_page_of_a_non_public_document(client_for: ClientFor, issue_document: Issue, chair: User) -> None:
    page = client_for(chair).get(page_of(issue_document(is_public=False))).content.decode()
    assert "Документ не опубликован" in page


@pytest.mark.parametrize("path", ["/verify/7K2M-XQ9A-3FTR/", "/verify/7K2M-XQ9A-3FTR/document.pdf"])
def test_pages_of_documents_are_read_only(db: None, client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


# --- the bytes ---


def test_everybody_downloads_the_issued_bytes(client: Client, issue_document: Issue) -> None:
    document = issue_document()
    first, second = (client.get(page_of(document) + "document.pdf") for _ in range(2))
    assert first.content == second.content == document.read()
    assert first["Content-Type"] == "application/pdf"
    assert first["ETag"] == f'"{document.sha256}"'
    assert first["X-Content-Type-Options"] == "nosniff"
    assert "filename*=utf-8''%D0%A0%D0%B5" in first["Content-Disposition"]


def test_who_has_the_bytes_already_gets_304(client: Client, issue_document: Issue) -> None:
    document = issue_document()
    path = page_of(document) + "document.pdf"
    response = client.get(path, headers={"If-None-Match": f'"{document.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_unknown_and_non_public_bytes_are_not_found(client: Client, issue_document: Issue) -> None:
    document = issue_document(is_public=False)
    for code in (document.verification_code, UNKNOWN, "nonsense"):
        assert client.get(f"/verify/{code}/document.pdf").status_code == 404


def test_staff_download_non_public_bytes_privately(client_for: ClientFor, issue_document: Issue, chair: User) -> None:
    document = issue_document(is_public=False)
    response = client_for(chair).get(page_of(document) + "document.pdf")
    assert response.content == document.read()
    assert "private" in response["Cache-Control"]


def test_a_damaged_document_is_no_download(issue_document: Issue) -> None:
    document = issue_document()
    Path(document.file.path).unlink()
    client = Client(raise_request_exception=False)
    response = client.get(page_of(document) + "document.pdf")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
