"""The worker of the queue, as a process that is supervised: whoever starts it starts it anew when it ends."""

import logging
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from background.worker import BEAT, Worker
from revisions.database_file import open_only_what_is_there

logger = logging.getLogger(__name__)

NICENESS = 5  # laying out a long paper takes a core for minutes: readers go first, papers get what they leave
GRACE = 30.0  # seconds for the task that runs when the process is asked to stop


class Command(BaseCommand):
    """`manage.py portal_worker [--grace SECONDS] [--beat SECONDS]`."""

    help = "Run what the portal does outside requests: papers, mail, reminders, clearing up. Stops on SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--grace", type=float, default=GRACE, help="seconds for the running task when asked to stop (%(default)s)"
        )

        parser.add_argument(
            "--beat",
            type=float,
            default=BEAT,
            help="seconds between two signs of life; after four without one, others take over (%(default)s)",
        )

    def handle(self, *args: Any, grace: float, beat: float, **options: Any) -> None:
        """Work until SIGTERM or SIGINT; a task that takes longer than the grace then is left for the next worker."""
        _give_way()
        open_only_what_is_there()
        worker = Worker(beat=beat)

        def stop(*_: object) -> None:
            worker.stop()
            timer = threading.Timer(grace, self._leave, [worker])
            timer.daemon = True
            timer.start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()

    def _leave(self, worker: Worker) -> None:
        """Give back what still runs, and go."""
        logger.warning("The running task takes longer than the grace: it is left for the next worker")
        try:
            worker.give_back()
        finally:
            os._exit(0)


def _give_way() -> None:
    """Let the web server have the processor first.

    Linux shares a processor between sessions before it looks at what is nice within one (sched(7), "The autogroup
    feature"), and a worker that was started beside a server is a session of its own.
    """
    os.nice(NICENESS)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # no such feature here
            Path("/proc/self/autogroup").write_text(str(NICENESS))
