"""The storage of issued documents: write once."""

import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from documents.storage import IssuedStorage, WriteOnceViolation, issued_storage

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
