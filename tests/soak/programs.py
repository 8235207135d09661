"""The processes of a portal, each of which can be killed and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass
class Program:
    """A process, with all that it starts.

    Attributes:
        name: for messages.
        command: what to run.
        environment: all of it.
        log: where it writes.
        is_ready: whether it does its work; asked until it does.
        user: who runs it; the one who tests, if empty.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    is_ready: Callable[[], bool] = lambda: True
    user: str | None = None
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self, seconds: float = 60) -> None:
        """Start it, again if it ends at once, and wait until it is ready.

        Raises:
            AssertionError: it is not, in so many seconds.
        """
        end = time.monotonic() + seconds
        while True:
            if self.process is None or self.process.poll() is not None:
                self._spawn()
            if self.is_ready():
                return
            assert time.monotonic() < end, f"{self.name} is not ready: {self.log.read_text()[-2000:]}"
            time.sleep(0.1)

    def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                user=self.user,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Kill it and all that it started, without a word."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def environment(database_url: str, folder: Path, **more: str) -> dict[str, str]:
    """What a process of a portal needs to know.

    Args:
        database_url: where it stores rows.
        folder: where it stores files, and mail.
        more: further settings.
    """
    (folder / "media").mkdir(exist_ok=True)
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.soak.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": settings.SECRET_KEY,  # of the sessions that the test made
        "PUBLIC_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": f"file:///{folder}/mail",
        "MEDIA_ROOT": f"{folder}/media",
    }
    return {**os.environ, **own, **more}


def web(port: int, known: dict[str, str], folder: Path, workers: int = 2) -> Program:
    """The web server, as `make run` starts it."""
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    options = ["--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "sgcszr_portal.wsgi"]  # noqa: S108 - memory
    return Program("web", [*gunicorn, *options], known, folder / "web.log", lambda: answers(port, "/healthz") == 200)


def worker(known: dict[str, str], folder: Path) -> Program:
    """The worker of the queue."""
    command = [sys.executable, "manage.py", "portal_worker", "--skip-checks", "--beat", "0.2"]
    return Program("worker", command, known, folder / "worker.log")


def answers(port: int, address: str, headers: dict[str, str] | None = None) -> int:
    """The status of a page; 0 when nobody answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            status: int = answer.status
            return status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def managed(known: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of `manage.py` against a portal."""
    command = [sys.executable, "manage.py", *arguments]
    options: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": known, "capture_output": True, "text": True}
    return subprocess.run(command, check=False, **options)  # noqa: S603 - our own commands
