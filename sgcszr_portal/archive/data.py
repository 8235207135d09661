"""`data/portal.json`: every row, one a line, so that it can be written as a stream and read by eye."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings

from sgcszr_portal.archive.format import FORMAT, VERSION, ArchiveRefused
from sgcszr_portal.archive.stored import StoredFile
from sgcszr_portal.archive.tables import Row, archived_models, instances, migration_state, row_of

BROKEN = "Файл data/portal.json в архиве прочитать нельзя: он устроен не так, как пишет портал."


@dataclass(frozen=True)
class PortalData:
    """What an archive says about the portal.

    Attributes:
        made_at: when it was made.
        tables: label of a model → its rows, by primary key.
        files: column → name in the storage → path in the archive.
    """

    made_at: str
    tables: Mapping[str, list[Row]]
    files: Mapping[str, Mapping[str, str]]


def write_data(stream: IO[bytes], *, moment: dt.datetime, stored: Iterable[StoredFile]) -> None:
    """Write the rows of all archived tables.

    Args:
        stream: to write to.
        moment: when the archive was made.
        stored: the files that go with the rows.
    """
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": moment.astimezone(dt.UTC).isoformat(),
        "portal": settings.PUBLIC_URL,
        "migrations": migration_state(),
    }
    for key, value in head.items():
        _write(stream, f"{'{' if key == 'format' else ','}\n{_json(key)}: {_json(value)}")
    _write(stream, ',\n"tables": {')
    for number, model in enumerate(archived_models()):
        _write(stream, f"{',' if number else ''}\n{_json(model._meta.label)}: [")
        for place, instance in enumerate(instances(model)):
            _write(stream, f"{',' if place else ''}\n{_json(row_of(instance))}")
        _write(stream, "]")
    files: dict[str, dict[str, str]] = {}
    for file in stored:
        files.setdefault(file.column, {})[file.name] = file.path
    _write(stream, f'\n}},\n"files": {_json(files)}\n}}\n')


def read_data(stream: IO[bytes]) -> PortalData:
    """Read what `write_data` wrote.

    Raises:
        ArchiveRefused: it is something else, of another format, or of a portal with other tables.
    """
    try:
        data = json.load(stream)
    except (ValueError, RecursionError) as broken:
        raise ArchiveRefused(BROKEN) from broken
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ArchiveRefused("Это не архив портала: в data/portal.json нет его пометки.")
    if data.get("version") != VERSION:
        raise ArchiveRefused(
            f"Архив записан в формате версии {data.get('version')}, а этот портал читает версию {VERSION}."
        )
    _check_migrations(data.get("migrations"))
    tables, files = data.get("tables"), data.get("files")
    if tables is None or files is None or not (_maps_to(tables, list) and _maps_to(files, dict)):
        raise ArchiveRefused(BROKEN)
    if tables.keys() != {model._meta.label for model in archived_models()}:
        raise ArchiveRefused("В архиве не те таблицы, что в этом портале: он сделан другой версией портала.")
    return PortalData(str(data.get("made_at", "")), tables, files)


def _check_migrations(archived: Any) -> None:
    """An archive is read by the version of the portal that wrote it: later ones migrate afterwards."""
    present = migration_state()
    if archived == present:
        return
    if not _maps_to(archived, list):
        raise ArchiveRefused(BROKEN)
    rooms = [room for room in sorted({*archived, *present}) if archived.get(room) != present.get(room)]
    raise ArchiveRefused(
        f"Архив сделан другой версией портала: различаются миграции ({', '.join(rooms)}). Установите ту версию, "
        "восстановите архив в ней и обновите портал после этого."
    )


def _maps_to(value: Any, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(one, kind) for one in value.values())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(stream: IO[bytes], text: str) -> None:
    stream.write(text.encode())
