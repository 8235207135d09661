"""Bodies that are too large are refused before anything of them is read or written."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from documents.uploads import MEBIBYTE
from sgcszr_portal.bodies import FIELDS
from tests.accounts.test_limits import clock  # noqa: F401 - a fixture
from tests.conftest import ClientFor

HUGE = 600 * MEBIBYTE
VERIFIED = 50 * MEBIBYTE
KIND = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'


class Stream:
    """A file that somebody uploads, and how much of it was read."""

    def __init__(self) -> None:
        self.was_read = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "a body is read in pieces"
        content = HEAD if not self.was_read else b""
        self.was_read += size
        return content + b"%" * (size - len(content))

    def readline(self, size: int = -1) -> bytes:
        return self.read(size)

    def close(self) -> None:
        """Nothing to close."""


def send(client: Client, address: str, size: int) -> tuple[int, int, str]:
    """Status, bytes that were read, and the page."""
    stream = Stream()
    environment: dict[str, Any] = {"wsgi.input": stream, "CONTENT_LENGTH": str(size), "CONTENT_TYPE": KIND}
    answer = client.generic("POST", address, b"", **environment)
    return answer.status_code, stream.was_read, answer.content.decode()


@pytest.fixture
def stranger() -> Client:
    """With the cookie of the forms, as somebody has who opened a page with one."""
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    assert settings.CSRF_COOKIE_NAME in client.cookies
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/resolutions/add/", "/municipalities/import/", "/verify/"])
@pytest.mark.parametrize("size", [HUGE, VERIFIED * 2, 10**30])
def test_what_a_stranger_sends_is_not_read(stranger: Client, address: str, size: int) -> None:
    status, was_read, page = send(stranger, address, size)
    assert (status, was_read) == (413, 0)
    assert ("больше 50,1 МБ" if address == "/verify/" else "больше 2,5 МБ") in page
    assert ("Уменьшите файлы" if address == "/verify/" else "Сократите") in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/municipalities/import/"])
def test_fields_alone_are_read(stranger: Client, address: str) -> None:
    assert send(stranger, address, FIELDS)[0] == 403
    assert send(stranger, address, FIELDS + 1)[:2] == (413, 0)


@pytest.mark.django_db
def test_a_file_without_the_cookie_of_the_forms_is_not_read() -> None:
    status, was_read, page = send(Client(enforce_csrf_checks=True), "/verify/", VERIFIED)
    assert (status, was_read) == (403, 0)
    assert "Форма не принята" in page


@pytest.mark.usefixtures("clock")
def test_files_of_strangers_are_counted_before_they_are_read(db: None, stranger: Client) -> None:
    answers = [send(stranger, "/verify/", FIELDS + 1) for _ in range(31)]
    assert [status for status, _, _ in answers] == [403] * 30 + [429]
    assert answers[-1][1] == 0


@pytest.mark.parametrize(
    "address",
    ["/municipalities/import/", "/resolutions/past/", "/verify/authorities/", "/verify/authorities/revocation/"],
)
def test_who_may_not_send_files_there_is_not_read(client_for: ClientFor, kostroma_official: User, address: str) -> None:
    status, was_read, page = send(client_for(kostroma_official), address, HUGE)
    assert (status, was_read) == (413, 0)
    assert "файлов на этом месте портал от вас не принимает" in page


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("/municipalities/import/", "больше 500 МБ"), ("/resolutions/past/", "больше 10 МБ")],
)
def test_who_may_send_files_sends_no_more_than_the_page_takes(
    client_for: ClientFor, secretariat: User, address: str, sentence: str
) -> None:
    status, was_read, page = send(client_for(secretariat), address, HUGE)
    assert (status, was_read) == (413, 0)
    assert sentence in page


def test_a_file_that_is_taken_is_read(client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)
    client.get("/municipalities/import/")
    assert send(client, "/municipalities/import/", FIELDS + 100)[1] > FIELDS


def views(patterns: list[URLPattern | URLResolver]) -> Any:
    """All views, Django admin's left out: it takes no files."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns) if pattern.namespace != "admin" else ()
        else:
            yield pattern.name, pattern.callback


def test_each_page_that_reads_files_says_how_much_it_takes() -> None:
    root = Path(settings.BASE_DIR)
    reads = {
        path
        for path in root.glob("*/**/views/**/*.py")
        if "tests" not in path.parts and re.search(r"request\.FILES|void_page\(", path.read_text())
    }
    without = {
        "accounts/views/offices.py",
        "accounts/views/union.py",
        "accounts/views/users.py",
        "municipalities/views/head.py",
        "municipalities/views/membership.py",
        "municipalities/views/mergers.py",
        "municipalities/views/naming.py",
        "municipalities/views/participation.py",
        "municipalities/practices/views/commitments.py",
        "municipalities/practices/views/practices.py",
        "resolutions/views/letters/releasing.py",
    }
    marked = {view.__module__ for _, view in views(get_resolver().url_patterns) if hasattr(view, "files_taken")}
    reading = {str(path.relative_to(root)) for path in reads if "var" not in path.relative_to(root).parts}
    assert {one.replace(".", "/") + ".py" for one in marked} == reading - without
    assert reverse("verify") == "/verify/"


@pytest.mark.slow
def test_the_server_answers_at_once_and_keeps_nothing(tmp_path: Path) -> None:
    """A real server, two ways of sending: announced, and in pieces without a length."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TMPDIR": str(tmp_path),
    }
    migrate = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(migrate, check=True, cwd=settings.BASE_DIR, env=environment)  # noqa: S603 - our own
    serve = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "2", "sgcszr_portal.wsgi"]
    server = subprocess.Popen(serve, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        _wait_for(port)
        for length in (f"Content-Length: {HUGE}", "Transfer-Encoding: chunked"):
            status, sent = _pour(port, length)
            assert status in (403, 413)
            assert sent < 20 * MEBIBYTE
        assert not list(tmp_path.rglob("*.upload*"))
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    """Until the server has begun to answer."""
    for _ in range(600):
        with socket.socket() as one:
            one.settimeout(60)
            if one.connect_ex(("127.0.0.1", port)) == 0:
                one.sendall(b"GET /help/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                assert b"200" in one.recv(20)
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _pour(port: int, length: str) -> tuple[int, int]:
    """Send a file for at most some seconds; the status of the answer, and how much left until it came."""
    piece, sent = b"%" * 65536, 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        head = f"POST /verify/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {KIND}\r\n{length}\r\n\r\n"
        stream.sendall(head.encode())
        chunk = b"10000\r\n" + piece + b"\r\n" if "chunked" in length else piece
        stream.setblocking(False)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                return int(stream.recv(4096).split()[1]), sent
            except BlockingIOError:
                pass
            try:
                sent += stream.send(chunk)
            except BlockingIOError:
                time.sleep(0.01)
    raise AssertionError("no answer")
