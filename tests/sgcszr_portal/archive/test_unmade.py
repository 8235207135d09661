"""A paper that cannot be made, whatever the reason, is named everywhere and takes nothing with it."""

import errno
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from documents.fonts import PaperError
from documents.models import PreparedFile
from resolutions.models import Resolution
from sgcszr_portal.archive import contents, documents
from sgcszr_portal.archive.writing import Written, write_archive
from sgcszr_portal.management.commands.export_archive import INCOMPLETE
from tests.conftest import ClientFor
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FAULT = "Помешала ошибка портала (ValueError). Скажите администратору: подробности в журнале сервера."


@pytest.fixture(autouse=True)
def portal(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision, a letter to the Government, and papers that are made in no time."""
    call_command("seed", verbosity=0)
    for name in [name for name in vars(documents) if name.startswith(("render_", "write_"))]:
        monkeypatch.setattr(documents, name, lambda *content, **how: b"plain")
    for name in ("execution_workbook", "steady"):
        monkeypatch.setattr(documents, name, lambda *content, **how: b"plain")


@contextmanager
def failing(error: Exception, name: str = "render_letter", module: Any = documents) -> Iterator[None]:
    """Papers of a kind fail."""

    def fail(*content: object, **how: object) -> bytes:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, fail)
        yield


def archived() -> tuple[Written, zipfile.ZipFile]:
    output = BytesIO()
    written = write_archive(output)
    return written, zipfile.ZipFile(output)


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ValueError("a title of 300 characters"), FAULT), (PaperError("Нет шрифта."), "Нет шрифта.")],
)
def test_whatever_a_paper_raises_the_archive_names_it_and_goes_on(
    error: Exception, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with failing(error):
        written, archive = archived()
    assert list(written.unmade.values()) == [reason]
    (path,) = written.unmade
    assert path not in archive.namelist()
    assert path.replace(".pdf", ".docx") in archive.namelist()
    page = archive.read("index.html").decode().replace("\xa0", " ")
    assert "Архив не полон. Не составлено: 1 файл." in page
    assert f"{Path(path).name}: {reason}" in page
    assert '<a href="#unmade">Текст, PDF: не составлен</a>' in page
    assert ("a title of 300 characters" in caplog.text) is isinstance(error, ValueError)


def test_what_has_the_same_text_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with failing(ValueError()), failing(ValueError(), "write_letter"):
        _, archive = archived()
    assert "Тот же текст" not in archive.read("index.html").decode()
    with failing(ValueError()):
        _, archive = archived()
    assert 'Тот же текст есть в другом виде: <a href="' in archive.read("index.html").decode()


@pytest.mark.parametrize(("module", "name", "count"), [(documents, "report_on", 3), (contents, "registry_workbook", 1)])
def test_what_fails_while_the_state_is_read_stops_nothing_either(module: Any, name: str, count: int) -> None:
    Resolution.objects.update(status="adopted")
    with failing(ValueError("no such member"), name, module):
        written, archive = archived()
    assert list(written.unmade.values()) == [FAULT] * count
    assert {"index.html", "SHA256SUMS", "data/portal.json"} <= set(archive.namelist())


def test_a_query_that_fails_leaves_the_state_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*content: object, **how: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM no_such_table")

    Resolution.objects.update(status="adopted")
    monkeypatch.setattr(documents, "report_on", fail)
    written, _ = archived()
    assert len(written.unmade) == 3


@pytest.mark.parametrize("name", ["render_letter", "report_on"])
def test_a_disk_that_is_full_stops_the_archive(name: str) -> None:
    Resolution.objects.update(status="adopted")
    with failing(OSError(errno.ENOSPC, "No space left on device"), name), pytest.raises(OSError, match="No space"):
        write_archive(BytesIO())


def test_the_command_keeps_the_file_and_says_that_it_is_not_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing(ValueError()), pytest.raises(CommandError, match=r"Архив не полон\. Не составлено: 1") as ended:
        call_command("export_archive", str(tmp_path / "a.zip"))
    assert ended.value.returncode == INCOMPLETE
    said = capsys.readouterr()
    assert f"Записан архив {tmp_path}/a.zip: файлов " in said.out
    assert f"Федерации.pdf: {FAULT}" in said.err
    assert zipfile.ZipFile(tmp_path / "a.zip").testzip() is None


def test_a_whole_archive_ends_the_command_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("export_archive", str(tmp_path / "a.zip"))
    assert capsys.readouterr().err == ""


def test_the_pages_say_that_it_is_not_whole_and_no_more(client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)
    with failing(ValueError()):
        asked = client.post("/archive/portal.zip")
        run_tasks()
    lacks = "Не составлено: 1 файл. Какие и почему, говорит первая страница архива, index.html."
    row = PreparedFile.objects.get()
    assert row.lacks.replace("\xa0", " ") == lacks
    assert f"не целиком.</strong> {lacks}" in page(client, asked["Location"])
    offer = page(client, "/archive/")
    assert f"не полон.</strong> {lacks}" in offer
    assert f'href="/archive/{row.key}/portal.zip"' in offer


def test_the_page_speaks_of_the_last_archive_alone(client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)
    with failing(ValueError()):
        client.post("/archive/portal.zip")
        run_tasks()
    client.post("/archive/portal.zip")
    run_tasks()
    assert "не полон" not in page(client, "/archive/")


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\xa0", " ")
