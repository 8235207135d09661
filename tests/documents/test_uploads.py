"""What a file is by its content, and what each place takes."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import uploads
from documents.uploads import ATTACHMENT, COMPOUND, JPEG, KINDS, OTHER, PDF, PNG, SCAN, ZIP, Kind, kind_by_name, sniff

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_what_it_begins_with(kind: Kind) -> None:
    file = BytesIO(kind.beginning + b" and more")
    file.seek(3)
    assert sniff(file) is kind
    assert file.tell() == 0


@pytest.mark.parametrize("content", [b"", b"%PDF", b" %PDF-1.7", b"MZ", "Привет".encode()])
def test_what_begins_with_nothing_known_is_something_else(content: bytes) -> None:
    assert sniff(BytesIO(content)) is OTHER


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.JPEG", JPEG),
        ("a.docx", ZIP),
        ("a.msg", COMPOUND),
        ("a.eml", OTHER),
        ("a.exe", None),
        ("a", None),
    ],
)
def test_a_name_says_a_kind_by_its_ending(name: str, kind: Kind | None) -> None:
    assert kind_by_name(name) is kind


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("a.pdf", PDF.beginning, True),
        ("a.pdf", PNG.beginning, False),
        ("a.xlsx", ZIP.beginning, True),
        ("a.xls", ZIP.beginning, False),
        ("a.txt", PDF.beginning, True),
        ("a.bin", b"text", False),
        ("a.exe", b"MZ", False),
    ],
)
def test_the_name_of_an_attachment_says_what_is_inside(name: str, content: bytes, is_taken: bool) -> None:
    try:
        ATTACHMENT.check(SimpleUploadedFile(name, content), name)
    except ValidationError as refused:
        assert not is_taken
        assert refused.messages[0].startswith(f"Файл «{name}» не подходит")
    else:
        assert is_taken


def test_a_scan_is_a_paper_or_a_picture_whatever_it_is_called() -> None:
    for kind in KINDS:
        file = SimpleUploadedFile("скан.txt", kind.beginning + b"...")
        if kind in (PDF, PNG, JPEG):
            SCAN.check(file)
        else:
            with pytest.raises(ValidationError, match="Это не скан"):
                SCAN.check(file)


def test_no_other_module_judges_a_file_by_its_first_bytes() -> None:
    beginnings = re.compile(r'b"(%PDF|\\x89PNG|\\xff\\xd8|PK|\\xd0\\xcf)')
    modules = [
        path
        for room in ("accounts", "documents", "municipalities", "resolutions")
        for path in (ROOT / room).rglob("*.py")
    ]
    judging = {str(path.relative_to(ROOT)) for path in modules if beginnings.search(path.read_text(encoding="utf-8"))}
    assert judging == {str(Path(uploads.__file__).relative_to(ROOT))}
