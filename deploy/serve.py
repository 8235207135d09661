"""The portal's two processes under one roof: `python -m deploy.serve COMMAND …` runs the web server and the worker.

For a machine without systemd, such as a developer's. A worker that ends is started anew; when the web server ends,
or Ctrl+C or SIGTERM comes, both end. Nothing stays behind, not even when this process itself is killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

WORKER = [sys.executable, "manage.py", "portal_worker", "--grace", "5"]
AGAIN_AFTER = 1.0  # seconds: a worker that cannot start does not keep the machine busy
PATIENCE = 10.0  # seconds until what does not end is killed

PR_SET_PDEATHSIG = 1  # linux/prctl.h

Process = subprocess.Popen[bytes]


def start(command: Sequence[str]) -> Process:
    """Start a command in a group of its own, which ends when this process does."""

    def end_with_parent() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603 - ours


def end(processes: Sequence[Process]) -> None:
    """Ask processes to end, with all that they started; kill those that do not."""
    for process in processes:
        _signal(process, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()


def _signal(process: Process, number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


def serve(web_command: Sequence[str], worker_command: Sequence[str] = WORKER) -> int:
    """Run both until one should end.

    Args:
        web_command: the web server's.
        worker_command: the worker's.

    Returns:
        The exit code: that of the web server, or 0 when it was asked to end.
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    web, worker = start(web_command), start(worker_command)
    try:
        while not stopping.wait(0.2):
            if (code := web.poll()) is not None:
                return code
            if (code := worker.poll()) is not None:
                print(f"The worker ended ({code}); it is started anew", file=sys.stderr, flush=True)
                if not stopping.wait(AGAIN_AFTER):
                    worker = start(worker_command)
    finally:
        end([web, worker])
    return 0


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:]))
