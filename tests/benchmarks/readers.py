"""`python -m tests.benchmarks.readers [seconds [cities]]`: readers alone, and beside people who ask for long papers.

gunicorn with two processes of four threads, and the worker of the queue where there is one; eight readers of the front
page and of the registry; eight clients who ask for the report on execution as a PDF, each of another day, and ask again
when a page tells them to wait. It imports nothing of the portal, so that a copy measures an older version in its tree.
"""

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = ("/", "/municipalities/")
PAPER = "/resolutions/umny-gorod-2024/execution.pdf?as_of=2025-03-{:02}"
EIGHT = range(8)
FILL = "from tests.benchmarks.readers import fill; fill({})"


def fill(cities: int) -> None:
    """The demonstration data and so many municipalities; called in a shell of the measured version."""
    from django.core.management import call_command

    from municipalities.models import Municipality
    from tests.municipalities.factory import many_cities

    call_command("seed", "--demo", "--force", verbosity=0)
    many_cities(cities - Municipality.objects.count(), start=90_000_000)


class Clients:
    """Threads that ask, and what they got.

    Attributes:
        read: how many pages readers got.
        slowest: seconds that the slowest of them took.
        papers: how many papers came.
        refused: how many answers were errors.
    """

    def __init__(self, portal: str) -> None:
        self.portal = portal
        self.read = self.papers = self.refused = 0
        self.slowest = 0.0

    def get(self, path: str) -> tuple[int, str]:
        """Ask once: the status, and the page to ask next when the paper is on its way."""
        try:
            with urllib.request.urlopen(self.portal + path, timeout=300) as answer:  # noqa: S310 - our own server
                text = answer.read()
                waits = answer.status == 202 and re.search(rb"/papers/[^/]+/", text)
                return answer.status, waits[0].decode() if waits else ""
        except (urllib.error.URLError, OSError) as error:
            self.refused += 1
            return getattr(error, "code", 0), ""

    def readers(self, number: int, until: float) -> None:
        """Read one page after the other."""
        for path in itertools.cycle(READ):
            if time.monotonic() > until:
                return
            begun = time.monotonic()
            status, _ = self.get(path)
            if time.monotonic() <= until + 1 and status == 200:
                self.read += 1
            self.slowest = max(self.slowest, time.monotonic() - begun)

    def printers(self, number: int, until: float) -> None:
        """Have papers made, one after the other."""
        for round_ in itertools.count():
            path = PAPER.format(1 + (number + 8 * round_) % 31)
            status, waits = self.get(path)
            while status == 202 and waits and time.monotonic() < until:
                time.sleep(2)
                status, _ = self.get(waits)
            if status == 200:
                self.papers += 1
            if time.monotonic() > until:
                return


@contextmanager
def portal(cities: int) -> Iterator[str]:
    """A portal of its own, filled, with server and worker; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = {
            **os.environ,
            "SECRET_KEY": "for-measuring-only",
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "EMAIL_URL": f"file:///{folder}/mail",
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
        }

        def manage(*words: str) -> None:
            command = [sys.executable, "manage.py", *words]
            subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603

        manage("migrate", "-v", "0")
        manage("collectstatic", "--noinput", "-v", "0")
        manage("shell", "-c", FILL.format(cities))
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
        commands = [[*gunicorn, "--timeout", "300", "--log-level", "error", "sgcszr_portal.wsgi"]]
        if (ROOT / "background").is_dir():
            commands.append([sys.executable, "manage.py", "portal_worker", "--skip-checks"])
        quiet = subprocess.DEVNULL
        started = [
            subprocess.Popen(  # noqa: S603 - our own command
                one, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
            )
            for one in commands
        ]
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(100):
                with suppress(OSError):
                    urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310 - our own server
                    break
                time.sleep(0.2)
            yield address
        finally:
            for process in started:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def measure(clients: Clients, seconds: float, *kinds: Callable[[int, float], None]) -> float:
    """Let eight of each kind ask for so long.

    Returns:
        Pages that readers got in a second.
    """
    begun = time.monotonic()
    threads = [threading.Thread(target=kind, args=(n, begun + seconds), daemon=True) for kind in kinds for n in EIGHT]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    return clients.read / seconds


def main() -> None:
    """Measure and print."""
    seconds, cities = (int(word) for word in (sys.argv[1:] + ["30", "1000"][len(sys.argv) - 1 :]))
    with portal(cities) as address:
        for _ in range(2):  # each process imports and compiles what it needs
            measure(Clients(address), 3, Clients(address).readers)
        alone = Clients(address)
        print(
            f"readers alone: {measure(alone, seconds, alone.readers):.1f} pages a second, slowest {alone.slowest:.1f} s"
        )
        beside = Clients(address)
        rate = measure(beside, seconds, beside.readers, beside.printers)
        print(f"beside eight who print: {rate:.1f} pages a second, slowest {beside.slowest:.1f} s,", end=" ")
        print(f"{beside.papers} papers, {beside.refused} errors")


if __name__ == "__main__":
    main()
