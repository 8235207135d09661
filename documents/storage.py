"""Where issued bytes lie: write once, never change."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

FILE_MODE = 0o440
DIRECTORY_MODE = 0o750


class WriteOnceViolation(Exception):
    """Somebody tried to change or remove what was issued."""


class IssuedStorage(FileSystemStorage):
    """Files that appear whole or not at all, and stay as they are.

    The same bytes may be saved under the same name again (a retry after a rolled back transaction);
    other bytes may not.
    Files have no address: `documents.downloads` hands out what a visitor may see.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: it is the address of the content and never gets a random ending."""
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Write beside the place and link into it, which fails when the place is taken.

        Raises:
            WriteOnceViolation: other bytes lie under this name.
        """
        target = Path(self.path(name))
        target.parent.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        data = b"".join(content.chunks())
        try:
            _write(unfinished, data)
            os.link(unfinished, target)
        except FileExistsError:
            if target.read_bytes() != data:
                raise WriteOnceViolation(f"{name} is issued already, with other bytes") from None
        finally:
            with contextlib.suppress(FileNotFoundError):
                unfinished.unlink()
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


def _write(path: Path, data: bytes) -> None:
    """Write a new file down to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    stream: IO[bytes]
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def issued_storage() -> Storage:
    """The storage that settings name for issued documents."""
    return storages["issued"]
