"""`/archive/`: for the secretariat alone."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import IssuedDocument
from resolutions.models import Attachment, Resolution
from tests.conftest import ClientFor
from tests.resolutions.factory import letter, point_step, upload

pytestmark = pytest.mark.slow  # a PDF or an archive a test


@pytest.fixture
def client(client_for: ClientFor, secretariat: User, media: Path) -> Client:
    call_command("seed", "--demo", "--force", verbosity=0)
    return client_for(secretariat)


def attach(by: User, count: int = 1) -> None:
    point = Resolution.objects.get(slug="umny-gorod-2024").points.get(number=1)
    for number in range(count):
        point_step(point, "note", by=by, files=[upload("Отчёт.txt", f"{number}".encode() * 1024)])


def downloaded(client: Client) -> Any:
    response = client.post("/archive/portal.zip")
    return response, b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file


def test_it_shows_what_will_be_inside(client: Client, secretariat: User) -> None:
    attach(secretariat)
    page = client.get("/archive/").content.decode().replace("\xa0", " ")
    assert "1 файл, 1,0 КБ" in page
    assert "2 решения и 5 писем" in page
    assert "муниципальные образования: 20" in page


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


def test_a_crash_leaves_no_file_open(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    targets: list[IO[bytes]] = []

    def crash(target: IO[bytes]) -> None:
        targets.append(target)
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("sgcszr_portal.views.archive.write_archive", crash)
    with pytest.raises(RuntimeError):
        client.post("/archive/portal.zip")
    assert [target.closed for target in targets] == [True]


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
