"""Reading an archive: nothing is believed before all of it was looked at, and nothing is unpacked by its name."""

import hashlib
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from sgcszr_portal.archive.data import PortalData, read_data
from sgcszr_portal.archive.format import CHUNK, DATA, SUMS, ArchiveRefused

MEBIBYTE = 1024 * 1024
MAX_ENTRIES = 200_000
MAX_DATA_BYTES = 1024 * MEBIBYTE  # it is read into memory
MAX_SUMS_BYTES = 64 * MEBIBYTE
MAX_RATIO = 250  # the rows of a portal pack to a twentieth; only sameness packs to less than a 250th
RATIO_MATTERS_BYTES = 16 * MEBIBYTE
SHOWN = 5  # names in a sentence

_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_UNSAFE = re.compile(r"[\\:\x00-\x1f\x7f]|(?:^|/)\.{0,2}(?:/|$)")

NOT_A_ZIP = "Это не архив портала: нужен файл ZIP, который скачали на странице «Архив» или записала export_archive."
DAMAGED = "Архив повреждён: его не удаётся распаковать. Возьмите другую копию."
BOMB = "Архив распаковывается в слишком большой объём: портал такого не пишет."


@dataclass(frozen=True)
class OpenedArchive:
    """An archive whose sums are right and whose data belongs to this version of the portal."""

    data: PortalData
    paths: frozenset[str]
    _archive: zipfile.ZipFile

    @contextmanager
    def file(self, path: str) -> Iterator[IO[bytes]]:
        """A file of the archive, open for reading."""
        with self._archive.open(path) as stream:
            yield stream


@contextmanager
def opened(path: Path) -> Iterator[OpenedArchive]:
    """Open an archive after checking all of it.

    Args:
        path: of the ZIP.

    Yields:
        The archive; closed afterwards.

    Raises:
        ArchiveRefused: it is no archive of the portal, damaged, changed, hostile, or of another version.
    """
    if not path.is_file():
        raise ArchiveRefused(f"Файла {path} нет.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ArchiveRefused(NOT_A_ZIP) from None
    with archive:
        try:
            _check_directory(archive.infolist())
            _check_sums(archive)
            with archive.open(DATA) as stream:
                data = read_data(stream)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise ArchiveRefused(DAMAGED) from None
        yield OpenedArchive(data, frozenset(archive.namelist()), archive)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory declares; reading stops at the declared sizes, whatever the data would unpack to."""
    names = [entry.filename for entry in entries]
    unsafe = [name for name in names if _UNSAFE.search(name)]
    if unsafe:
        raise ArchiveRefused(f"В архиве есть файл с недопустимым именем: {unsafe[0]!r}.")
    if len({name.casefold() for name in names}) != len(names):
        raise ArchiveRefused("В архиве два файла с одним именем: такой портал не пишет.")
    if DATA not in names or SUMS not in names:
        raise ArchiveRefused(f"Это не архив портала: в нём нет файла {DATA if DATA not in names else SUMS}.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ArchiveRefused("Архив защищён паролем: портал таких не пишет.")
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise ArchiveRefused("В архиве есть ссылка вместо файла: портал таких не пишет.")
    _check_sizes(entries)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    sizes = {entry.filename: entry.file_size for entry in entries}
    total = sum(sizes.values())
    too_much = any(
        entry.file_size > RATIO_MATTERS_BYTES and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries
    )
    if too_much or len(entries) > MAX_ENTRIES or sizes[DATA] > MAX_DATA_BYTES or sizes[SUMS] > MAX_SUMS_BYTES:
        raise ArchiveRefused(BOMB)
    if total > shutil.disk_usage(_existing(Path(settings.MEDIA_ROOT))).free:
        raise ArchiveRefused("Файлы архива не поместятся на диск портала: освободите место.")


def _existing(folder: Path) -> Path:
    """The folder itself or the nearest one above it that is there."""
    return folder if folder.exists() else _existing(folder.parent)


def _check_sums(archive: zipfile.ZipFile) -> None:
    """Each file against `SHA256SUMS`, and no file without a line there."""
    expected = _read_sums(archive.read(SUMS))
    present = set(archive.namelist()) - {SUMS}
    _refuse_if(expected.keys() - present, "В архиве не хватает файлов")
    _refuse_if(present - expected.keys(), f"В архиве есть файлы, которых нет в {SUMS}")
    changed = {path for path in present if _sum_of(archive, path) != expected[path]}
    _refuse_if(changed, "Файлы архива изменены: их контрольные суммы не сходятся")


def _read_sums(content: bytes) -> dict[str, str]:
    try:
        lines = [_SUM.fullmatch(line) for line in content.decode().splitlines()]
    except UnicodeDecodeError:
        lines = [None]
    if not all(lines):
        raise ArchiveRefused(f"Файл {SUMS} в архиве прочитать нельзя.")
    return {line[2]: line[1] for line in lines if line}


def _sum_of(archive: zipfile.ZipFile, path: str) -> str:
    digest = hashlib.sha256()
    with archive.open(path) as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _refuse_if(paths: Collection[str], what: str) -> None:
    if paths:
        shown = ", ".join(sorted(paths)[:SHOWN])
        more = f" и ещё {len(paths) - SHOWN}" if len(paths) > SHOWN else ""
        raise ArchiveRefused(f"{what}: {shown}{more}. Не восстановлено ничего.")
