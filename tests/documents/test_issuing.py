"""Issuing: bytes are frozen, rows are written once, and the database says no too."""

import datetime as dt
import hashlib
import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from documents.models import (
    DamagedDocument,
    DocumentKind,
    IssuedDocument,
    Signature,
    SignatureKind,
)
from documents.verification import Verification, canonical_code, new_code
from revisions.append_only import AppendOnlyViolation
from tests.documents.conftest import Issue

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7 scan"


def insert(document: IssuedDocument, **changes: Any) -> None:
    """Store a copy of a document with changed fields, past every check of the model."""
    copy = IssuedDocument(**{field.attname: getattr(document, field.attname) for field in document._meta.fields[1:]})
    fresh = {"sha256": hashlib.sha256(b"other").hexdigest(), "verification_code": new_code(), "supersedes_id": None}
    for name, value in {**fresh, **changes}.items():
        setattr(copy, name, value)
    with transaction.atomic():
        models.Model.save(copy, force_insert=True)


def scan(document: IssuedDocument, by: User, **changes: Any) -> Signature:
    """A signature by hand, not stored yet."""
    fields: dict[str, Any] = {
        "document": document,
        "scan": ContentFile(PDF, name="../Скан подписи.PDF"),
        "signer_name": "Н.В. Корягина",
        "signed_on": dt.date(2024, 6, 27),
        "confirmed_by": by,
        "confirmed_by_name": str(by),
    }
    return Signature(**{**fields, **changes})


def test_issuing_freezes_bytes_and_their_hash(issue_document: Issue, chair: User) -> None:
    document = IssuedDocument.objects.get(pk=issue_document().pk)
    content = document.read()
    assert content.startswith(b"%PDF-1.7")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size == len(content)
    assert (document.issued_by, document.issued_by_name) == (chair, "Н.В. Корягина")


def test_the_builder_is_handed_code_and_address(issue_document: Issue) -> None:
    document = issue_document()
    code = document.verification_code
    assert f"{code} http://testserver/verify/{code}/".encode() in document.read()
    assert document.verification == Verification(code, f"http://testserver/verify/{code}/")


def test_the_name_of_a_user_is_a_snapshot(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    chair.name = "Н.В. Иванова"
    chair.save()
    document.refresh_from_db()
    assert document.issued_by_name == "Н.В. Корягина"


def test_only_a_pdf_is_issued(issue_document: Issue) -> None:
    with pytest.raises(ValueError, match="PDF"):
        issue_document(build=lambda verification: b"<html>")
    assert not IssuedDocument.objects.exists()


def test_what_nobody_can_see_in_a_title_is_refused(issue_document: Issue, issued_files: Path) -> None:
    with pytest.raises(ValidationError, match="невидимый символ U\\+200B"):
        issue_document(title="Реше\u200bние")
    assert not issued_files.exists()


def test_a_newer_document_supersedes_and_the_older_stays_readable(issue_document: Issue) -> None:
    older = issue_document()
    newer = issue_document(supersedes=older)
    assert older.successor == newer
    assert newer.successor is None
    assert older.read()


def test_a_document_is_superseded_once(issue_document: Issue) -> None:
    older = issue_document()
    issue_document(supersedes=older)
    with pytest.raises(ValidationError, match="уже заменён"):
        issue_document(supersedes=older)


def test_a_letter_does_not_supersede_a_decision(issue_document: Issue) -> None:
    with pytest.raises(ValidationError, match="того же вида"):
        issue_document(kind=DocumentKind.LETTER, supersedes=issue_document())


def test_a_rolled_back_transaction_leaves_no_document(issue_document: Issue) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        issue_document()
        raise RuntimeError
    assert not IssuedDocument.objects.exists()


def test_rows_are_neither_changed_nor_deleted(issue_document: Issue) -> None:
    document = issue_document()
    document.title = "Другое решение"
    for change in (document.save, document.delete, IssuedDocument.objects.all().delete):
        with pytest.raises(AppendOnlyViolation):
            change()
    with pytest.raises(AppendOnlyViolation):
        IssuedDocument.objects.update(title="Другое решение")
    assert IssuedDocument.objects.get().title == "Решение от 27 июня 2024 г."


def test_a_changed_byte_is_an_alarm(
    issue_document: Issue, issued_files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document = issue_document()
    path = Path(document.file.path)
    path.chmod(0o640)
    path.write_bytes(document.read().replace(b"1.7", b"1.6"))
    with pytest.raises(DamagedDocument):
        document.read()
    assert caplog.records[-1].levelno == logging.CRITICAL


def test_a_lost_file_is_an_alarm(issue_document: Issue, caplog: pytest.LogCaptureFixture) -> None:
    document = issue_document()
    Path(document.file.path).unlink()
    with pytest.raises(DamagedDocument):
        document.read()
    assert caplog.records[-1].levelno == logging.CRITICAL


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("issued_kind_known", {"kind": "memo"}),
        ("issued_has_title", {"title": ""}),
        ("issued_sha256_is_hex", {"sha256": "G" * 64}),
        ("issued_sha256_is_hex", {"sha256": "a" * 63}),
        ("issued_is_not_empty", {"size": 0}),
        ("issued_code_well_formed", {"verification_code": "7K2M-XQ9A-3FTU"}),
        ("issued_code_well_formed", {"verification_code": "7k2m-xq9a-3ftr"}),
        ("issued_by_somebody", {"issued_by_name": ""}),
    ],
)
def test_the_database_refuses_a_wrong_document(issue_document: Issue, constraint: str, changes: dict[str, Any]) -> None:
    document = issue_document()
    with pytest.raises(IntegrityError, match=constraint):
        insert(document, **changes)


@pytest.mark.parametrize("field", ["sha256", "verification_code", "supersedes_id"])
def test_the_database_refuses_a_second_of_the_same(issue_document: Issue, field: str) -> None:
    document = issue_document(supersedes=issue_document())
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        insert(document, **{field: getattr(document, field)})


def test_the_database_takes_a_good_document(issue_document: Issue) -> None:
    insert(issue_document())
    assert IssuedDocument.objects.count() == 2


def test_a_signature_by_hand_keeps_its_scan_under_an_unguessable_name(issue_document: Issue, secretariat: User) -> None:
    signature = scan(issue_document(), secretariat)
    signature.full_clean()
    signature.save()
    stored = Signature.objects.get()
    assert stored.kind == SignatureKind.HANDWRITTEN
    with stored.scan.open() as stream:
        assert stream.read() == PDF
    assert stored.scan.name.startswith("signatures/")
    assert stored.scan.name.endswith(".pdf")
    assert "Скан" not in stored.scan.name


@pytest.mark.parametrize("content", [PDF, b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0..."])
def test_pdf_png_and_jpeg_are_scans(issue_document: Issue, secretariat: User, content: bytes) -> None:
    scan(issue_document(), secretariat, scan=ContentFile(content, name="scan")).full_clean()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "Это не скан"),
        (b"MZ\x90\x00", "Это не скан"),
        (b"", "Файл пуст"),
        (b"%PDF-" + b" " * 20 * 1024 * 1024, "больше 20 МБ"),
    ],
    ids=["html", "program", "empty", "huge"],
)
def test_anything_else_is_no_scan(issue_document: Issue, secretariat: User, content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        scan(issue_document(), secretariat, scan=ContentFile(content, name="scan.pdf")).full_clean()


def test_a_signature_by_hand_needs_its_scan(issue_document: Issue, secretariat: User) -> None:
    signature = scan(issue_document(), secretariat, scan="")
    with pytest.raises(ValidationError, match="Приложите скан"):
        signature.full_clean()
    with pytest.raises(IntegrityError, match="signature_by_hand_has_scan"), transaction.atomic():
        signature.save()


def test_nobody_signs_tomorrow(issue_document: Issue, secretariat: User) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="ещё не наступила"):
        scan(issue_document(), secretariat, signed_on=tomorrow).full_clean()
    scan(issue_document(), secretariat, signed_on=timezone.localdate()).full_clean()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("signature_kind_known", {"kind": "seal"}),
        ("signature_has_signer", {"signer_name": ""}),
        ("signature_confirmed_by_somebody", {"confirmed_by_name": ""}),
    ],
)
def test_the_database_refuses_a_wrong_signature(
    issue_document: Issue, secretariat: User, constraint: str, changes: dict[str, Any]
) -> None:
    signature = scan(issue_document(), secretariat, **changes)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        signature.save()


def test_signatures_are_neither_changed_nor_deleted(issue_document: Issue, secretariat: User) -> None:
    signature = scan(issue_document(), secretariat)
    signature.save()
    signature.signer_name = "Другой человек"
    for change in (signature.save, signature.delete, Signature.objects.all().delete):
        with pytest.raises(AppendOnlyViolation):
            change()


def test_codes_are_long_random_and_well_formed() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(canonical_code(code) == code for code in codes)
    assert 32**12 >= 2**60


@pytest.mark.parametrize(
    "typed",
    ["7K2M-XQ9A-3FTR", "7k2m-xq9a-3ftr", "7K2MXQ9A3FTR", " 7K2M XQ9A 3FTR ", "7К2М–ХQ9А–3FТR", "7к2м-хq9а-зfтr"],
)
def test_a_code_is_understood_as_people_type_it(typed: str) -> None:
    assert canonical_code(typed) == "7K2M-XQ9A-3FTR"


def test_letters_that_stand_for_figures_are_understood() -> None:
    assert canonical_code("OIL0-1111-ОООО") == "0110-1111-0000"


@pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-XQ9A-3FTU", "7K2M-XQ9A-3FTR-7K2M", "7K2M-XQ9A-3FT/", "Ж" * 12])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert canonical_code(typed) is None
