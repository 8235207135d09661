"""Archives that are damaged, changed, from elsewhere or made to harm: a sentence, and nothing is written."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from resolutions.models import Letter
from sgcszr_portal.archive import reading
from sgcszr_portal.archive.format import DATA, INDEX, SUMS
from sgcszr_portal.archive.writing import sums_file
from tests.sgcszr_portal.archive.conftest import Kept, files_below, is_empty

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Parts = dict[str, bytes]
Data = dict[str, Any]


@pytest.fixture
def parts(kept: Kept) -> Parts:
    """The files of a good archive."""
    with zipfile.ZipFile(kept.path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def refused(tmp_path: Path, media: Path) -> Callable[..., str]:
    """Pack files, with sums that fit unless others are given, try to restore them, and answer what was said."""

    def attempt(parts: Parts, *, sums: bytes | None = None) -> str:
        digests = {name: hashlib.sha256(part).hexdigest() for name, part in parts.items() if name != SUMS}
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in {**parts, SUMS: sums_file(digests) if sums is None else sums}.items():
                archive.writestr(name, part)
        return said_about(tmp_path / "a.zip", media)

    return attempt


def said_about(path: Path, media: Path) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("restore_archive", str(path), verbosity=0)
    assert is_empty()
    assert [name for name in files_below(media) if not name.startswith("issued/")] == []
    return str(refusal.value)


def with_data(parts: Parts, change: Callable[[Data], object]) -> Parts:
    data = json.loads(parts[DATA])
    change(data)
    return {**parts, DATA: json.dumps(data).encode()}


def test_a_file_that_is_no_zip(tmp_path: Path, media: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"%PDF-1.7")
    assert "Это не архив портала" in said_about(tmp_path / "a.zip", media)
    assert "нет" in said_about(tmp_path / "missing.zip", media)


def test_some_other_zip(tmp_path: Path, media: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "нет файла data/portal.json" in said_about(tmp_path / "a.zip", media)


def test_a_missing_file(refused: Callable[..., str], parts: Parts) -> None:
    sums = parts[SUMS]
    del parts[INDEX]
    assert "не хватает файлов: index.html" in refused(parts, sums=sums)


def test_a_changed_file(refused: Callable[..., str], parts: Parts) -> None:
    sums = parts[SUMS]
    parts[INDEX] += b"<p>forged</p>"
    assert "изменены: их контрольные суммы не сходятся: index.html" in refused(parts, sums=sums)


def test_an_extra_file(refused: Callable[..., str], parts: Parts) -> None:
    sums = parts[SUMS]
    parts["Вложения/лишний.txt"] = b"extra"
    assert "файлы, которых нет в SHA256SUMS: Вложения/лишний.txt" in refused(parts, sums=sums)


@pytest.mark.parametrize("sums", [b"", b"garbage\n", "я".encode("cp1251"), b"0" * 64 + b" one space\n"])
def test_sums_that_cannot_be_read(refused: Callable[..., str], parts: Parts, sums: bytes) -> None:
    assert "SHA256SUMS" in refused(parts, sums=sums)


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/evil", "/etc/passwd", "a/../../b", "C:\\evil", "a\\..\\b", "./a", "a//b", "folder/"]
)
def test_names_that_lead_out_of_the_folder(refused: Callable[..., str], parts: Parts, name: str) -> None:
    assert "недопустимым именем" in refused({**parts, name: b"evil"})


def test_two_files_of_one_name(refused: Callable[..., str], parts: Parts) -> None:
    assert "два файла с одним именем" in refused({**parts, "INDEX.html": b"twin"})


def test_a_link_instead_of_a_file(tmp_path: Path, media: Path, parts: Parts) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        for name, part in parts.items():
            archive.writestr(name, part)
    assert "ссылка вместо файла" in said_about(tmp_path / "a.zip", media)


def test_a_password(tmp_path: Path, media: Path, kept: Kept) -> None:
    content = bytearray(kept.path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # the last line of the directory says: encrypted
    (tmp_path / "a.zip").write_bytes(content)
    assert "защищён паролем" in said_about(tmp_path / "a.zip", media)


def test_a_bomb(refused: Callable[..., str], parts: Parts) -> None:
    assert "слишком большой объём" in refused({**parts, "Вложения/bomb.txt": b"0" * (64 * reading.MEBIBYTE)})


def test_more_than_the_disk_holds(refused: Callable[..., str], parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    assert "не поместятся на диск" in refused(parts)


def test_a_cut_off_download(tmp_path: Path, media: Path, kept: Kept) -> None:
    content = kept.path.read_bytes()
    (tmp_path / "a.zip").write_bytes(content[: len(content) // 2])
    assert "Это не архив портала" in said_about(tmp_path / "a.zip", media)


def test_bytes_that_rotted(tmp_path: Path, media: Path, kept: Kept) -> None:
    content = bytearray(kept.path.read_bytes())
    content[2000:2100] = b"\0" * 100
    (tmp_path / "a.zip").write_bytes(content)
    assert "Архив повреждён" in said_about(tmp_path / "a.zip", media)


DATA_REFUSALS: list[tuple[str, Callable[[Data], object], str]] = [
    ("another format", lambda data: data.update(format="else"), "нет его пометки"),
    ("a later version", lambda data: data.update(version=2), "в формате версии 2, а этот портал читает версию 1"),
    (
        "other migrations",
        lambda data: data["migrations"]["resolutions"].append("0099_later"),
        r"другой версией портала: различаются миграции (resolutions)",
    ),
    ("no migrations", lambda data: data.pop("migrations"), "устроен не так"),
    ("a table too few", lambda data: data["tables"].pop("resolutions.Letter"), "не те таблицы"),
    ("a foreign table", lambda data: data["tables"].update({"auth.Group": []}), "не те таблицы"),
    ("tables that are none", lambda data: data.update(tables=[]), "устроен не так"),
    ("a foreign column", lambda data: data["tables"]["accounts.User"][0].update(x=1), "устроены не так"),
    ("a row that is none", lambda data: data["tables"]["resolutions.Letter"].append(7), "устроены не так"),
    (
        "a value that is none",
        lambda data: data["tables"]["accounts.User"][0].update(date_joined="x"),
        "прочитать нельзя",
    ),
    (
        "a reference to nothing",
        lambda data: data["tables"]["resolutions.LetterStep"][0].update(letter_id=10**6),
        "нарушают её правила",
    ),
    (
        "a broken constraint",
        lambda data: data["tables"]["resolutions.Letter"][0].update(state="lost"),
        "нарушают её правила",
    ),
    (
        "the same row twice",
        lambda data: data["tables"]["accounts.User"].append(data["tables"]["accounts.User"][0]),
        "нарушают её правила",
    ),
    (
        "a derived value that is made up",
        lambda data: data["tables"]["municipalities.Municipality"][0].update(
            index_group="smaller", population=2 * 10**6
        ),
        "читается из базы данных не такой",
    ),
    ("a file that is not listed", lambda data: data["files"].pop("resolutions.Attachment.file"), "не сходятся"),
    (
        "a file that is not there",
        lambda data: data["files"].update({"documents.Signature.scan": {"x": "index.htm"}}),
        "не сходятся",
    ),
]


@pytest.mark.parametrize(
    ("change", "said"), [line[1:] for line in DATA_REFUSALS], ids=[line[0] for line in DATA_REFUSALS]
)
def test_data_that_does_not_fit(
    refused: Callable[..., str], parts: Parts, change: Callable[[Data], object], said: str
) -> None:
    assert said in refused(with_data(parts, change))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"format": "sgcszr-portal/archive"}'])
def test_data_that_is_garbage(refused: Callable[..., str], parts: Parts, content: bytes) -> None:
    assert refused({**parts, DATA: content})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../evil.pdf", "мимо хранилища"),
        ("/etc/evil.pdf", "мимо хранилища"),
        ("attachments//evil.pdf", "не приняло имя файла attachments//evil.pdf"),
    ],
)
def test_a_row_that_names_a_file_oddly(refused: Callable[..., str], parts: Parts, name: str, said: str) -> None:
    def change(data: Data) -> None:
        row = data["tables"]["resolutions.Attachment"][0]
        listed = data["files"]["resolutions.Attachment.file"]
        listed[name] = listed.pop(row["file"])
        row["file"] = name

    assert said in refused(with_data(parts, change))


def test_an_issued_document_with_other_bytes(refused: Callable[..., str], parts: Parts) -> None:
    path = next(path for path in parts if path.startswith("Документы/Подписанные/") and path.endswith(".pdf"))
    assert "не тот, что был выпущен" in refused({**parts, path: b"%PDF-1.7 forged"})


def test_what_was_tried_is_no_obstacle_to_the_real_one(refused: Callable[..., str], parts: Parts, kept: Kept) -> None:
    refused(with_data(parts, lambda data: data["tables"]["resolutions.Letter"][0].update(state="lost")))
    call_command("restore_archive", str(kept.path), verbosity=0)
    assert User.objects.count() == len(kept.state["accounts.User"])
    assert Letter.objects.exists()
