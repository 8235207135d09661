"""`make run`: two processes that come and go together."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.background.errands import told
from tests.background.processes import until

pytestmark = pytest.mark.slow

# Processes that say their number and live until they are ended.
CHILD = "import os, signal, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
Both = tuple["subprocess.Popen[bytes]", Path, Path]

SUPERVISOR = (
    "import sys; from deploy import serve; serve.AGAIN_AFTER = 0.05; serve.PATIENCE = 3; "
    "child = [sys.executable, '-c', sys.argv[1]]; "
    "sys.exit(serve.serve([*child, sys.argv[2]], [*child, sys.argv[3]]))"
)


def numbers(path: Path) -> list[int]:
    return [int(words[0]) for words in told(path)]


def lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    web, worker = tmp_path / "web", tmp_path / "worker"
    command = [sys.executable, "-c", SUPERVISOR, CHILD, str(web), str(worker)]
    with (
        (tmp_path / "said").open("w") as said,
        subprocess.Popen(command, cwd=settings.BASE_DIR, stderr=said) as process,  # noqa: S603 - a program of this test
    ):
        until(lambda: numbers(web) and numbers(worker))
        yield process, web, worker
        process.terminate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_it_nothing_stays_behind(both: Both, number: signal.Signals) -> None:
    process, web, worker = both
    process.send_signal(number)
    assert process.wait(timeout=20) == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    until(lambda: not lives(numbers(web)[0]) and not lives(numbers(worker)[0]))


def test_a_killed_worker_is_started_again_and_it_says_so(both: Both) -> None:
    process, web, worker = both
    os.kill(numbers(worker)[0], signal.SIGKILL)
    until(lambda: len(numbers(worker)) == 2)
    assert lives(numbers(web)[0])
    process.terminate()
    process.wait(timeout=20)
    assert "The worker ended (-9); it is started anew" in (web.parent / "said").read_text()
    assert not lives(numbers(worker)[1])


def test_when_the_web_server_ends_all_ends_with_its_code(both: Both) -> None:
    process, web, worker = both
    os.kill(numbers(web)[0], signal.SIGKILL)
    assert process.wait(timeout=20) != 0
    assert not lives(numbers(worker)[0])


@pytest.mark.parametrize("target", ["run", "dev"])
def test_what_ends_make_ends_what_it_started(target: str, tmp_path: Path) -> None:
    stand_in, said = tmp_path / "python", tmp_path / "said"
    stand_in.write_text(f'#!/bin/sh\nexec {sys.executable} -c "$CHILD" {said}\n')
    stand_in.chmod(0o755)
    command = ["make", "-s", "-o", "prepared", target, f"BIN={tmp_path}"]
    given = os.environ | {"CHILD": CHILD}
    make = subprocess.Popen(command, cwd=settings.BASE_DIR, env=given, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        until(lambda: bool(numbers(said)))
        make.terminate()
        make.wait(timeout=20)
        until(lambda: not lives(numbers(said)[0]))
    finally:
        for number in numbers(said):
            if lives(number):
                os.kill(number, signal.SIGKILL)
