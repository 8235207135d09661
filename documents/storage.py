"""Where files lie: each appears whole or not at all; issued ones are written once and never change.

The order that keeps files and rows together: the file first, down to the disk, under a name that nobody has; then the
row that names it. Whoever is killed in between leaves an unfinished file, or a file that no row names, and
`manage.py check_files --mend` clears both away. A row without its file cannot come about.
"""

import errno
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

FILE_MODE = 0o640
ISSUED_FILE_MODE = 0o440
DIRECTORY_MODE = 0o750
UNFINISHED = ".unfinished"  # how the names of files end that are being written
SET_ASIDE = "set-aside"  # the folder of files that no row named


class WriteOnceViolation(Exception):
    """Somebody tried to change or remove what was issued."""


class WholeFiles(FileSystemStorage):
    """Files that appear under their name whole or not at all, and survive a killed process and a lost current.

    Nothing is overwritten: a name that is taken gets an ending, as Django does it.
    """

    file_mode = FILE_MODE

    def _save(self, name: str, content: "File[Any]") -> str:
        """Write beside the place, down to the disk, and link into it, which fails when the place is taken.

        Returns:
            The name under which the file lies.

        Raises:
            OSError: the disk is full, read-only or away; nothing stays behind.
        """
        target = self._prepared(name)
        unfinished = target.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
        try:
            _write(unfinished, content, self.file_mode)
            name = self._link(unfinished, name)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_directory(target.parent)
        return Path(self.path(name)).relative_to(self.location).as_posix()

    def _link(self, unfinished: Path, name: str) -> str:
        """Give a finished file its name, or the next free one like it."""
        while True:
            try:
                os.link(unfinished, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name

    def _prepared(self, name: str) -> Path:
        """Where a file is to lie; the folders are there afterwards, on the disk too.

        Raises:
            OSError: the folder of all files is not there. `migrate` makes it, and nothing else does: its disk is away,
                and what was written in its place would be hidden when it is back.
        """
        if not Path(settings.MEDIA_ROOT).is_dir():
            raise OSError(errno.ENOTCONN, f"the folder of the files is away: {settings.MEDIA_ROOT}")
        target = Path(self.path(name))
        missing = [folder for folder in target.parents if not folder.exists()]
        target.parent.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
        for folder in missing:
            _sync_directory(folder.parent)
        return target

    def try_writing(self) -> None:
        """Write a small file down to the disk and remove it.

        Raises:
            OSError: files cannot be stored here now.
        """
        trial = self._prepared("trial").with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
        try:
            _write(trial, ContentFile(b"trial"), FILE_MODE)
        finally:
            trial.unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """Move a file out of the way, into a folder of its own: what it was can still be looked at.

        Args:
            name: of a file that no row names; one that was set aside earlier under the same name stays.
        """
        place = self._prepared(f"{SET_ASIDE}/{name}")
        while True:
            try:
                os.link(self.path(name), place)
            except FileExistsError:
                place = place.with_name(f"{place.stem}.{secrets.token_hex(4)}{place.suffix}")
            else:
                break
        Path(self.path(name)).unlink()


class IssuedStorage(WholeFiles):
    """Files that stay as they are.

    The same bytes may be saved under the same name again (a retry after a rolled back transaction);
    other bytes may not.
    Files have no address: `documents.downloads` hands out what a visitor may see.
    """

    file_mode = ISSUED_FILE_MODE

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: it is the address of the content and never gets a random ending."""
        return name

    def _link(self, unfinished: Path, name: str) -> str:
        """Give a finished file its name; nothing to do where the same bytes lie there.

        Raises:
            WriteOnceViolation: other bytes lie under this name.
        """
        target = Path(self.path(name))
        try:
            os.link(unfinished, target)
        except FileExistsError:
            if target.read_bytes() != unfinished.read_bytes():
                raise WriteOnceViolation(f"{name} is issued already, with other bytes") from None
            os.utime(target)  # a row is about to name it: no orphan of long ago, should check_files look now
        return name

    def open(self, name: str, mode: str = "rb") -> "File[Any]":
        """Open for reading.

        Raises:
            WriteOnceViolation: a mode that writes.
        """
        if mode != "rb":
            raise WriteOnceViolation(f"{name} is issued: it can be read, not opened as {mode!r}")
        return super().open(name, mode)

    def delete(self, name: str) -> None:
        """Refuse.

        Raises:
            WriteOnceViolation: always.
        """
        raise WriteOnceViolation(f"{name} is issued and stays")

    def url(self, name: str | None) -> str:
        """Refuse: issued files are handed out by views, which ask who is asking."""
        raise ValueError("Issued files have no address of their own.")


def _write(path: Path, content: "File[Any]", mode: int) -> None:
    """Write a new file down to the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        for chunk in content.chunks():
            stream.write(chunk if isinstance(chunk, bytes) else chunk.encode())
        stream.flush()
        os.fsync(stream.fileno())


def _sync_directory(folder: Path) -> None:
    """Write the names in a folder down to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def issued_storage() -> Storage:
    """The storage that settings name for issued documents."""
    return storages["issued"]
