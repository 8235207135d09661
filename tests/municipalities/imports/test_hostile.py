"""Hostile workbooks change nothing, and are answered with a sentence, without filling the memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from municipalities.importing import archive
from municipalities.models import ImportedFile, Municipality, ParticipationRecord, WorkbookImport
from tests.conftest import MEASURING, ClientFor
from tests.municipalities.imports.books import upload
from tests.municipalities.imports.hostile import FILES, formulas, workbook

pytestmark = pytest.mark.slow

MEBIBYTES = 300
HANGS = 300  # seconds after which the process is taken for stuck; how long each file takes is for the benchmarks


@pytest.mark.slow
def test_each_gets_its_sentence_in_little_memory(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    for name, (make, _) in FILES.items():
        (folder / name).write_bytes(make())
    command = [sys.executable, "-m", "tests.municipalities.imports.hostile", str(folder)]
    environment = {**os.environ, **MEASURING, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    answer = subprocess.run(  # noqa: S603 - our own module
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True, timeout=HANGS
    )
    said = json.loads(answer.stdout)
    assert said["peak"] < MEBIBYTES
    wrong = {name: text for name, (_, text) in said["answers"].items() if not text.startswith(FILES[name][1])}
    assert wrong == {}


@pytest.mark.parametrize("name", ["not a zip", "macros", "encrypted", "entities", "a million rows"])
def test_the_page_says_it_and_nothing_is_kept(
    client_for: ClientFor, secretariat: User, kostroma: Municipality, name: str
) -> None:
    make, sentence = FILES[name]
    answer = client_for(secretariat).post("/municipalities/import/", {"workbooks": upload(make())})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not WorkbookImport.objects.exists()
    assert not ImportedFile.objects.exists()
    assert not ParticipationRecord.objects.exists()
    kostroma.refresh_from_db()
    assert kostroma.version == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client_for: ClientFor, secretariat: User) -> None:
    large = upload(b"PK\x03\x04" + b"\x00" * archive.MAX_FILE_BYTES)
    answer = client_for(secretariat).post("/municipalities/import/", {"workbooks": large})
    assert answer.status_code == 422
    assert "файл больше 10 МБ" in answer.content.decode()


def test_a_macro_enabled_type_is_refused_whatever_its_parts_are_called(tmp_path: Path) -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    book = tmp_path / "book"
    book.write_bytes(workbook(iter([]), extra={"[Content_Types].xml": types}))
    with book.open("rb") as file, pytest.raises(archive.RefusedWorkbook, match="макросы"):
        archive.check_archive(file)


def test_an_ordinary_workbook_of_many_rows_passes(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.write_bytes(formulas())
    with book.open("rb") as file:
        archive.check_archive(file)
        assert file.tell() == 0
