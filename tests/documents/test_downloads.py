"""Handing out files: names, headers, and nothing that a browser would run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile

from documents.downloads import attachment_response, pdf_response, safe_name
from documents.models import Signature


@pytest.fixture
def stored_scan(tmp_path: Path) -> Iterator[FieldFile]:
    """A scan as a field of a record holds it."""
    storage = FileSystemStorage(location=tmp_path)
    field = FileField(storage=storage)
    field.attname = field.name = "scan"
    scan = FieldFile(Signature(), field, storage.save("scan.png", ContentFile(b"<html>")))
    yield scan
    scan.close()


def test_a_pdf_made_on_request_is_shown_and_kept_by_nobody() -> None:
    response = pdf_response(b"%PDF-", "Проект решения.pdf")
    assert response.content == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%D0%9F%D1%80")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_pdf_may_be_saved_instead_of_shown() -> None:
    assert pdf_response(b"%PDF-", "letter.pdf", inline=False)["Content-Disposition"].startswith("attachment")


def test_an_upload_is_saved_and_never_shown(stored_scan: FieldFile) -> None:
    response = attachment_response(stored_scan, "Решение, скан")
    assert b"".join(response.streaming_content) == b"<html>"  # type: ignore[arg-type]  # synchronous here
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Disposition"].endswith(".png")
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_the_ending_is_not_doubled(stored_scan: FieldFile) -> None:
    response = attachment_response(stored_scan, "scan.png")
    assert response["Content-Disposition"] == 'attachment; filename="scan.png"'


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Решение «О проекте».pdf", "Решение «О проекте».pdf"),
        ("../../etc/passwd", "etc passwd"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"),
        ("Исх. № 12/04.pdf", "Исх. № 12 04.pdf"),
        ("", "document"),
        ("я" * 300 + ".pdf", "я" * 116 + ".pdf"),
    ],
)
def test_names_are_safe_on_every_system(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@pytest.mark.parametrize("given", ["😀" * 100 + ".pdf", "я" * 110 + "😀" * 30 + ".docx", "О проекте. " + "и" * 200])
def test_names_fit_the_bytes_of_a_file_system_too_and_no_letter_is_torn(given: str) -> None:
    name = safe_name(given)
    assert len(name.encode()) <= 255
    assert len(name) <= 120
    assert given.startswith(name.removesuffix(".pdf").removesuffix(".docx"))
    assert name.endswith(given[-4:]) or "." not in given[-10:]
