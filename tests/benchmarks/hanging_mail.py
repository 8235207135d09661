"""`python -m tests.benchmarks.hanging_mail`: how the portal answers while its mail server hangs.

gunicorn with two workers of four threads and the portal's worker, on a throw-away SQLite; the mail server hangs at one
step after the other. Twenty people ask for a new password; meanwhile `/healthz` and `/` are asked all the time.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from tests.mail import free_port, hanging_server

ROOT = Path(__file__).parents[2]
STEPS = ("connect", "EHLO", "DATA")
RESETS = 20
WATCHED = 30  # seconds: longer than the worker waits for one step (EMAIL_TIMEOUT)
PEOPLE = """
from accounts.models import User
for number in range(20): User.objects.create_user(f"{number}@example.org", name="Кто-то", role="chair")
"""
WAITING = """
from accounts.models import OutgoingMail
print(OutgoingMail.objects.filter(state__in=["waiting", "sending"]).count())
"""


def environment(folder: str, port: int, mail_port: int) -> dict[str, str]:
    """What the processes of the portal are told."""
    told = {
        "DJANGO_SETTINGS_MODULE": "sgcszr_portal.settings",
        "SECRET_KEY": "of-a-benchmark",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "DEBUG": "off",
    }
    return os.environ | told


def manage(told: dict[str, str], *command: str) -> str:
    """Run a command of the portal, and hand over what it printed."""
    run = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "manage.py", *command], cwd=ROOT, env=told, check=True, capture_output=True, text=True
    )
    return run.stdout


@contextmanager
def served(told: dict[str, str], port: int) -> Iterator[None]:
    """The two processes, from the first answer on."""
    server = f"-m gunicorn --bind 127.0.0.1:{port} --workers 2 --threads 4 --no-control-socket sgcszr_portal.wsgi"
    commands = ([sys.executable, *server.split()], [sys.executable, "manage.py", "portal_worker", "--grace", "1"])
    quiet = subprocess.DEVNULL
    processes = [
        subprocess.Popen(one, cwd=ROOT, env=told, stdout=quiet, stderr=quiet)  # noqa: S603 - ours
        for one in commands
    ]
    try:
        for _ in range(100):
            try:
                ask(port, "/healthz")
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def ask(port: int, address: str) -> float:
    """The seconds until an address has answered."""
    began = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}") as answer:
        answer.read()
    return time.perf_counter() - began


def reset(port: int, number: int) -> float:
    """The seconds until somebody's wish for a new password is answered."""
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{port}/accounts/password/reset/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visitor.open(address).read().decode())
    assert token
    said = {"csrfmiddlewaretoken": token.group(1), "email": f"{number}@example.org"}
    began = time.perf_counter()
    visitor.open(address, urllib.parse.urlencode(said).encode()).read()
    return time.perf_counter() - began


def worst(port: int, address: str, until: threading.Event) -> float:
    """The longest answer of an address that is asked again and again."""
    longest = 0.0
    while not until.is_set():
        longest = max(longest, ask(port, address))
        time.sleep(0.02)
    return longest


def measure(step: str) -> None:
    """Print the worst answers while the mail server hangs at a step."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, hanging_server(step) as mail_port:
        told = environment(folder, port, mail_port)
        manage(told, "migrate", "-v", "0", "--skip-checks")
        manage(told, "seed", "--demo", "--force", "-v", "0", "--skip-checks")
        manage(told, "collectstatic", "--noinput", "-v", "0")
        manage(told, "shell", "-c", PEOPLE)
        with served(told, port), ThreadPoolExecutor(max_workers=RESETS + 2) as pool:
            ask(port, "/")
            over = threading.Event()
            health, front = (pool.submit(worst, port, address, over) for address in ("/healthz", "/"))
            resets = list(pool.map(lambda number: reset(port, number), range(RESETS)))
            time.sleep(WATCHED)
            over.set()
            waiting = manage(told, "shell", "-v", "0", "-c", WAITING).strip()
            print(f"| {step} | {health.result():.2f} s | {front.result():.2f} s | {max(resets):.2f} s | {waiting} |")


if __name__ == "__main__":
    print("| hangs at | worst /healthz | worst / | worst reset | letters that wait |")
    for one in STEPS:
        measure(one)
