"""The heart of a worker: a thread that says that it lives, takes back what dead workers held, and ends what hangs."""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import F
from django.utils import timezone

from background.models import LiveWorker
from background.queue import held, take_back

logger = logging.getLogger(__name__)

ROUNDS_TO_DEATH = 4

HUNG, DECLARED_DEAD = 70, 71  # exit codes: whoever supervises starts the worker anew


@dataclass
class Watch:
    """What a worker has seen of the others.

    Attributes:
        still: by key, the beat last seen, and for how many rounds it has not moved.
    """

    still: dict[str, tuple[int, int]] = field(default_factory=dict)

    def look(self, beats: dict[str, int]) -> set[str]:
        """Look once more, after this worker could itself write.

        Args:
            beats: of all workers, by key.

        Returns:
            The keys of those that live, for all that can be seen.
        """
        before = self.still
        self.still = {
            key: (beat, before[key][1] + 1 if key in before and before[key][0] == beat else 0)
            for key, beat in beats.items()
        }
        return {key for key, (_, rounds) in self.still.items() if rounds < ROUNDS_TO_DEATH}


class Heart(threading.Thread):
    """Beats until it is stopped.

    Args:
        key: of the worker.
        interval: seconds between two beats.
        end: ends the process at once; tests give another one.
    """

    def __init__(self, key: str, *, interval: float, end: Callable[[int], object] = os._exit) -> None:
        super().__init__(name="heart", daemon=True)
        self.key, self.interval, self.end = key, interval, end
        self.watch = Watch()
        self.deadlines: dict[str, float] = {}  # on the monotonic clock: by when what runs now must be done
        self.stopped = threading.Event()

    def run(self) -> None:
        """Beat; a database that is away or locked is tried again at the next beat."""
        while not self.stopped.wait(self.interval):
            self.end_what_hangs()
            try:
                self.beat()
            except (DatabaseError, InterfaceError) as away:
                logger.warning("The worker could not beat: %s", away)
                connection.close()
        connection.close()

    def expect(self, what: str, *, within: float) -> None:
        """Watch over something that another thread begins. A thread that dies meanwhile is noticed as one that hangs.

        Args:
            what: the task or loop; expected already, it has so much time anew.
            within: seconds until it must be done.
        """
        self.deadlines[what] = time.monotonic() + within

    def done(self, what: str) -> None:
        """Watch no longer over something."""
        self.deadlines.pop(what, None)

    def end_what_hangs(self) -> None:
        """End the process when a task or a loop has run past its time."""
        now = time.monotonic()
        if late := [what for what, deadline in self.deadlines.copy().items() if now > deadline]:
            logger.error("The worker ends, for this ran past its time limit: %s", ", ".join(late))
            self.end(HUNG)

    def beat(self) -> None:
        """Say that this worker lives, see who else does, and take back what the others left."""
        moved = LiveWorker.objects.filter(key=self.key).update(beats=F("beats") + 1, seen_at=timezone.now())
        if not moved:  # this process stood still for long, and its tasks are others' by now
            logger.error("Other workers declared this one dead; it ends")
            self.end(DECLARED_DEAD)
            return
        rows = held()  # before the workers: whoever holds one of these by now said before that it lives
        beats = dict(LiveWorker.objects.values_list("key", "beats"))
        living = self.watch.look(beats) | {self.key}
        if dead := beats.keys() - living:
            LiveWorker.objects.filter(key__in=dead).delete()
            logger.warning("Workers died: %s", ", ".join(sorted(dead)))
        take_back(living, rows)

    def stop(self) -> None:
        """Beat no more."""
        self.stopped.set()
        self.join(timeout=10)
