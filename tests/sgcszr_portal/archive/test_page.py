"""`/archive/`: for the secretariat alone."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from documents.models import IssuedDocument, PreparedFile
from documents.preparing.asking import LONG
from documents.preparing.makers import UNTOLD, CannotBeMade
from documents.preparing.tasks import LONG_KEPT, forget_old_files
from resolutions.models import Attachment, Resolution
from sgcszr_portal.archive import documents
from sgcszr_portal.archive.format import ArchiveRefused
from sgcszr_portal.archive.prepared import MAKER, Asked
from tests.conftest import ClientFor
from tests.resolutions.factory import letter, point_step, upload
from tests.tasks import run_tasks

pytestmark = pytest.mark.slow  # a PDF or an archive a test


@pytest.fixture
def client(client_for: ClientFor, secretariat: User, media: Path) -> Client:
    call_command("seed", "--demo", "--force", verbosity=0)
    return client_for(secretariat)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers that are made in no time, where it does not matter what is in an archive: `test_archive` reads them."""
    makers = [name for name in vars(documents) if name.startswith(("render_", "write_"))]
    assert len(makers) == 6
    for name in (*makers, "execution_workbook", "steady"):
        monkeypatch.setattr(documents, name, lambda *content, **how: b"plain")


def attach(by: User, count: int = 1) -> None:
    point = Resolution.objects.get(slug="umny-gorod-2024").points.get(number=1)
    for number in range(count):
        point_step(point, "note", by=by, files=[upload("Отчёт.txt", f"{number}".encode() * 1024)])


def downloaded(client: Client) -> Any:
    response = client.get(address_after(client.post("/archive/portal.zip")))
    return response, b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file


def address_after(asked: Any) -> str:
    """Where the archive is that was asked for, once the worker has made it."""
    run_tasks()
    row = PreparedFile.objects.get(key=asked["Location"].split("/")[2])
    return f"/archive/{row.key}/portal.zip"


def test_it_shows_what_will_be_inside(client: Client, secretariat: User) -> None:
    attach(secretariat)
    page = client.get("/archive/").content.decode().replace("\xa0", " ")
    assert re.search(r"2 файла, \d+,\d КБ", page)  # the workbook of the demonstration is one
    assert "5 решений и 9 писем" in page
    assert "муниципальные образования: 21" in page


def test_the_history_of_records_is_called_so_in_russian(client: Client, secretariat: User) -> None:
    page = client.get("/archive/").content.decode()
    assert "пользователи (история правок)" in page
    assert "historical" not in page


def test_it_comes_as_a_file(client: Client, secretariat: User) -> None:
    attach(secretariat)
    response, content = downloaded(client)
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"
    assert ".zip" in response["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {"index.html", "SHA256SUMS", "data/portal.json"} <= set(archive.namelist())


@pytest.mark.usefixtures("plain")
def test_who_took_it_is_logged(client: Client, secretariat: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        downloaded(client)
    assert f"User {secretariat.pk} took an archive" in caplog.text


def test_a_missing_file_is_named_on_the_page_and_instead_of_the_archive(client: Client, secretariat: User) -> None:
    attach(secretariat)
    Path(Attachment.objects.get().file.path).unlink()
    assert "нет в хранилище" in client.get("/archive/").content.decode()
    response = client.post("/archive/portal.zip")
    assert response.status_code == 422
    assert "нет в хранилище" in response.content.decode()


@pytest.mark.parametrize("error", [RuntimeError("the lights went out"), ArchiveRefused("Файла нет.")])
def test_a_crash_leaves_no_file_open(client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    targets: list[IO[bytes]] = []

    def crash(target: IO[bytes], *, told: object) -> None:
        targets.append(target)
        raise error

    monkeypatch.setattr("sgcszr_portal.archive.prepared.write_archive", crash)
    client.post("/archive/portal.zip")
    with pytest.raises(type(error) if isinstance(error, RuntimeError) else CannotBeMade):
        MAKER.make(Asked(1, ""), UNTOLD)
    assert [target.closed for target in targets] == [True]


@pytest.mark.usefixtures("plain")
def test_the_page_that_waits_shows_how_far_it_is_and_leads_there(client: Client, secretariat: User) -> None:
    attach(secretariat)
    asked = client.post("/archive/portal.zip")
    assert asked.status_code == 302
    address = address_after(asked)
    assert PreparedFile.objects.get().total > 1
    assert f'href="{address}">Открыть файл' in client.get(asked["Location"]).text


@pytest.mark.usefixtures("plain")
def test_only_who_asked_gets_it(client: Client, client_for: ClientFor, chair: User) -> None:
    address = address_after(client.post("/archive/portal.zip"))
    other = User.objects.create_user("other@example.org", name="Д.Д. Другой", role="secretariat")
    assert [client_for(user).get(address).status_code for user in (other, chair, None)] == [404, 403, 302]


@pytest.mark.usefixtures("plain")
def test_each_time_it_is_another_one(client: Client) -> None:
    assert address_after(client.post("/archive/portal.zip")) != address_after(client.post("/archive/portal.zip"))


def test_who_asks_again_while_it_is_under_way_is_led_to_it(
    client: Client, client_for: ClientFor, secretariat: User
) -> None:
    first = client.post("/archive/portal.zip")["Location"]
    assert client.post("/archive/portal.zip")["Location"] == first
    other = User.objects.create_user("other@example.org", name="Д.Д. Другой", role="secretariat")
    assert client_for(other).post("/archive/portal.zip")["Location"] != first
    assert DBTaskResult.objects.filter(priority=LONG).count() == 2


@pytest.mark.usefixtures("plain")
def test_after_an_hour_it_is_gone(client: Client) -> None:
    address = address_after(client.post("/archive/portal.zip"))
    long_ago = timezone.now() - LONG_KEPT
    PreparedFile.objects.update(ready_at=long_ago, requested_at=long_ago)
    assert client.get(address).status_code == 404
    file = PreparedFile.objects.get().file
    forget_old_files.call()
    assert not file.storage.exists(file.name)
    assert not PreparedFile.objects.exists()


@pytest.mark.usefixtures("plain")
def test_a_file_that_is_lost_is_not_there(client: Client) -> None:
    address = address_after(client.post("/archive/portal.zip"))
    file = PreparedFile.objects.get().file
    file.storage.delete(file.name)
    assert client.get(address).status_code == 404


def test_who_may_take_no_archive_any_more_gets_none_made(client: Client, secretariat: User) -> None:
    client.post("/archive/portal.zip")
    User.objects.filter(pk=secretariat.pk).update(role="municipal")
    run_tasks()
    assert PreparedFile.objects.get().state == "stale"


def test_every_page_leads_the_secretariat_to_it(client: Client, chair: User, client_for: ClientFor) -> None:
    assert 'href="/archive/"' in client.get("/").content.decode()
    assert 'href="/archive/"' not in client_for(chair).get("/").content.decode()


def test_the_number_of_queries_does_not_grow(client: Client, secretariat: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/archive/")
        return len(captured)

    attach(secretariat)
    before = queries()
    attach(secretariat, 5)
    letter(Resolution.objects.get(slug="umny-gorod-2024"))
    assert queries() == before


def test_an_empty_portal_has_an_archive_too(client_for: ClientFor, secretariat: User, media: Path) -> None:
    response, content = downloaded(client_for(secretariat))
    assert response.status_code == 200
    with zipfile.ZipFile(BytesIO(content)) as archive:
        page = archive.read("index.html").decode()
    assert "Решений на портале нет." in page
    assert "Писем на портале нет." in page
    assert "Демонстрационные данные" not in page
    assert not IssuedDocument.objects.exists()
