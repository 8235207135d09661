"""`python -m tests.benchmarks.storing`: what a write costs that is on the disk, and what a kept connection saves.

On SQLite, or on the database of DATABASE_URL; the pages are served by gunicorn as `make run` starts it.
"""

import http.client
import os
import tempfile
import threading
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

SECONDS = 4.0
READERS = 4
ADDRESSES = ("/help/", "/resolutions/")


def writes() -> None:
    """Print how many single writes a second SQLite acknowledges, by how sure they are."""
    from revisions.models import SentForm
    from revisions.sent_once import new_token

    for mode in ("NORMAL", "FULL"):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {mode}")
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            SentForm.objects.create(key=new_token(), digest="", answer="")
            count += 1
        print(f"SQLite, synchronous={mode:<7}{count / SECONDS:>9.0f} writes/s {SECONDS / count * 1000:>8.2f} ms each")


def reads(port: int, address: str) -> float:
    """How many pages a second readers get, each over one connection."""
    counts: list[int] = []
    end = time.perf_counter() + SECONDS

    def read() -> None:
        reader, count = http.client.HTTPConnection("127.0.0.1", port), 0
        while time.perf_counter() < end:
            reader.request("GET", address)
            answer = reader.getresponse()
            answer.read()
            assert answer.status == 200
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def pages(folder: Path) -> None:
    """Print what a kept connection is worth."""
    from tests.soak.databases import database
    from tests.soak.programs import environment, free_port, web

    with database(folder) as stored:
        for age in ("0", "600"):
            port = free_port()
            server = web(port, environment(stored.url, folder, CONN_MAX_AGE=age), folder)
            server.start()
            try:
                for address in ADDRESSES:
                    reads(port, address)  # warm
                    print(
                        f"{connection.vendor}, CONN_MAX_AGE={age:<5}{address:<15}{reads(port, address):>7.0f} pages/s"
                    )
            finally:
                server.kill()


def main() -> None:
    """Set up, measure, tear down."""
    name = connection.creation.create_test_db(verbosity=0)
    try:
        call_command("seed", "--demo", "--force", verbosity=0)
        if connection.vendor == "sqlite":
            writes()
        with tempfile.TemporaryDirectory() as folder:
            pages(Path(folder))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
