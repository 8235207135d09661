"""Stored files appear whole or not at all; issued ones are written once."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from pytest_django import Settings

from background.outage import is_outage
from documents.apps import make_room_for_files
from documents.storage import UNFINISHED, IssuedStorage, WholeFiles, WriteOnceViolation, issued_storage

NAME = "ab/abcd.pdf"


@pytest.fixture
def storage(tmp_path: Path) -> IssuedStorage:
    made = IssuedStorage(location=tmp_path / "issued")
    made.save(NAME, ContentFile(b"issued"))
    return made


def stored(storage: IssuedStorage) -> bytes:
    with storage.open(NAME) as stream:
        return bytes(stream.read())


def test_bytes_are_stored_under_the_given_name(storage: IssuedStorage) -> None:
    assert storage.exists(NAME)
    assert stored(storage) == b"issued"


def test_other_bytes_do_not_overwrite(storage: IssuedStorage) -> None:
    with pytest.raises(WriteOnceViolation):
        storage.save(NAME, ContentFile(b"forged"))
    assert stored(storage) == b"issued"


def test_the_same_bytes_may_be_saved_again(storage: IssuedStorage) -> None:
    assert storage.save(NAME, ContentFile(b"issued")) == NAME


def test_nothing_is_deleted(storage: IssuedStorage) -> None:
    with pytest.raises(WriteOnceViolation):
        storage.delete(NAME)
    assert stored(storage) == b"issued"


@pytest.mark.parametrize("mode", ["wb", "ab", "r+b", "w"])
def test_nothing_is_opened_for_writing(storage: IssuedStorage, mode: str) -> None:
    with pytest.raises(WriteOnceViolation):
        storage.open(NAME, mode)
    assert stored(storage) == b"issued"


def test_files_are_read_only_and_not_for_everybody(storage: IssuedStorage) -> None:
    mode = stat.S_IMODE(Path(storage.path(NAME)).stat().st_mode)
    assert mode & 0o222 == 0
    assert mode & stat.S_IRWXO == 0


def test_no_unfinished_file_stays_behind(storage: IssuedStorage) -> None:
    with pytest.raises(WriteOnceViolation):
        storage.save(NAME, ContentFile(b"forged"))
    assert [path.name for path in Path(storage.path("ab")).iterdir()] == ["abcd.pdf"]


def test_a_name_cannot_lead_out_of_the_storage(storage: IssuedStorage) -> None:
    with pytest.raises(Exception, match="path traversal"):
        storage.save("../outside.pdf", ContentFile(b"x"))


def test_files_have_no_address(storage: IssuedStorage) -> None:
    with pytest.raises(ValueError, match="no address"):
        storage.url(NAME)


def test_the_settings_name_this_storage() -> None:
    assert isinstance(issued_storage(), IssuedStorage)
    assert type(storages["default"]) is WholeFiles


@pytest.fixture(params=[WholeFiles, IssuedStorage])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> WholeFiles:
    made: WholeFiles = request.param(location=tmp_path / "media")
    return made


def names(storage: WholeFiles) -> list[str]:
    return sorted(path.name for path in Path(storage.location).rglob("*") if path.is_file())


@pytest.mark.parametrize("step", ["write", "fsync", "link"])
def test_a_full_disk_leaves_nothing(either: WholeFiles, step: str) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    target = "documents.storage._write" if step == "write" else f"documents.storage.os.{step}"
    with patch(target, side_effect=full), pytest.raises(OSError, match="No space"):
        either.save("a/b.pdf", ContentFile(b"whole"))
    assert names(either) == []
    either.save("a/b.pdf", ContentFile(b"whole"))
    assert names(either) == ["b.pdf"]


KILLED = """
import os, signal, sys
from django.conf import settings
settings.configure()
from django.core.files.base import ContentFile
import documents.storage as storage

def kill(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

{where} = kill
storage.{kind}(location=sys.argv[1]).save("a/b.pdf", ContentFile(b"whole"))
"""


@pytest.mark.parametrize("where", ["os.fsync", "os.link", "storage.Path.unlink"])
def test_a_killed_process_leaves_a_whole_file_or_none(either: WholeFiles, where: str) -> None:
    script = KILLED.format(where=where, kind=type(either).__name__)
    done = subprocess.run([sys.executable, "-c", script, either.location], check=False)  # noqa: S603 - our own code
    assert done.returncode == -9
    left = [name for name in names(either) if not name.endswith(UNFINISHED)]
    assert left == (["b.pdf"] if where == "storage.Path.unlink" else [])
    assert all(Path(either.path(f"a/{name}")).read_bytes() == b"whole" for name in left)


def test_file_and_folder_are_on_the_disk_before_the_row(either: WholeFiles) -> None:
    deeds: list[str] = []

    def note(name: str) -> Any:
        real = getattr(os, name)

        def noted(*args: Any, **kwargs: Any) -> Any:
            folder = name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
            deeds.append("folder" if folder else name)
            return real(*args, **kwargs)

        return patch.object(os, name, noted)

    with note("fsync"), note("link"):
        either.save("a/b.pdf", ContentFile(b"whole"))
    assert deeds[-3:] == ["fsync", "link", "folder"]
    assert deeds.count("folder") >= 3  # the new folders stand in theirs


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    storage = WholeFiles(location=tmp_path / "media")
    storage.save("a.pdf", ContentFile(b"first"))
    with patch.object(WholeFiles, "get_available_name", side_effect=["a.pdf", "a_2.pdf"]):
        assert storage.save("a.pdf", ContentFile(b"second")) == "a_2.pdf"
    assert (tmp_path / "media/a.pdf").read_bytes() == b"first"


def test_trying_leaves_nothing_behind(either: WholeFiles) -> None:
    either.try_writing()
    assert names(either) == []


def test_text_is_stored_as_bytes(either: WholeFiles) -> None:
    either.save("a.txt", ContentFile("Тверь"))
    assert Path(either.path("a.txt")).read_text(encoding="utf-8") == "Тверь"


def test_what_is_set_aside_takes_the_place_of_nothing(tmp_path: Path) -> None:
    storage = WholeFiles(location=tmp_path / "media")
    for content in (b"one", b"two"):
        storage.save("a.pdf", ContentFile(content))
        storage.set_aside("a.pdf")
    kept = list((tmp_path / "media/set-aside").iterdir())
    assert sorted(path.read_bytes() for path in kept) == [b"one", b"two"]
    assert {path.suffix for path in kept} == {".pdf"}
    assert not storage.exists("a.pdf")


def test_where_the_folder_of_all_files_is_away_none_is_made(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "disk"
    storage = WholeFiles(location=tmp_path / "disk/issued")
    for write in (storage.try_writing, lambda: storage.save("a.pdf", ContentFile(b"a"))):
        with pytest.raises(OSError) as away:
            write()
        assert is_outage(away.value)
    assert not (tmp_path / "disk").exists()
    make_room_for_files()
    storage.try_writing()
