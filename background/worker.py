"""The worker: runs tasks one after the other, and beside them the loops, each in a thread of its own.

After kill -9 of a worker, its task is run again by whoever lives; see docs/decisions for what was tried before.
"""

import logging
import math
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from background import loops, periodic, queue
from background.heart import Heart
from background.models import LiveWorker
from background.outage import is_outage
from background.queue import Row

logger = logging.getLogger(__name__)

IDLE = 0.5  # seconds between two looks into an empty queue
LOOP_IDLE, LONGEST_LOOP_PAUSE = 1.0, 30.0  # seconds between two rounds of a loop: with nothing to do; while it fails
BEAT = 1.0
LONGEST_WAIT = 10.0
LOOK_FOR_JOBS = 5.0  # seconds between two looks at the periodic jobs


class Worker:
    """One process that works off the queue until it is asked to stop.

    Args:
        idle: seconds between two looks into an empty queue.
        beat: seconds between two beats of the heart; a worker counts as dead after four without one.
        begins_jobs: whether it also begins the periodic jobs.
    """

    def __init__(self, *, idle: float = IDLE, beat: float = BEAT, begins_jobs: bool = True) -> None:
        self.key = uuid.uuid4().hex
        self.idle = idle
        self.stop_asked = threading.Event()
        self.heart = Heart(self.key, interval=beat)
        self.running: Row | None = None
        self._look_for_jobs_at = 0.0 if begins_jobs else math.inf
        self._holds_unknown = False

    def stop(self, *_: object) -> None:
        """Finish what runs, begin nothing new. Serves as a handler of signals."""
        self.stop_asked.set()

    def run(self) -> None:
        """Work until `stop` is called.

        Raises:
            DatabaseError: the database is there and refuses what the worker asks. The process ends: whoever supervises
                starts it anew, and what it held is taken back; the attempt counts, so that it ends some time.
        """
        self._patiently(lambda: LiveWorker.objects.create(key=self.key))
        self.heart.start()
        threads = [
            threading.Thread(target=self._run_loop, args=(loop,), name=loop.name, daemon=True)
            for loop in loops.registered()
        ]
        for thread in threads:
            thread.start()
        logger.info("The worker %s runs", self.key)
        try:
            while not self.stop_asked.is_set():
                close_old_connections()
                if not self._patiently(self.step):
                    self.stop_asked.wait(self.idle)
        finally:
            self.stop()
            for thread in threads:
                thread.join()
            self.heart.stop()
        self._patiently(lambda: LiveWorker.objects.filter(key=self.key).delete())
        connection.close()
        logger.info("The worker %s has stopped", self.key)

    def step(self) -> bool:
        """Enqueue the jobs that are due, and run the first task that is ready, if there is one and nobody says stop."""
        if self.stop_asked.is_set():  # while the database was away
            return False
        if time.monotonic() >= self._look_for_jobs_at:
            periodic.enqueue_due(timezone.now())
            queue.mend_moments(timezone.now())
            self._look_for_jobs_at = time.monotonic() + LOOK_FOR_JOBS
        if self._holds_unknown:  # the connection was cut in a claim, perhaps after it was stored
            queue.let_go(self.key)
        self._holds_unknown = True
        row = queue.claim(self.key)
        self._holds_unknown = False
        if row is None:
            return False
        self.running = row
        self._run(row)
        self.running = None
        return True

    def _run(self, row: Row) -> None:
        """Run a claimed task and write down what came of it, however long the database is away."""
        name = f"the task {row.task_path} ({row.pk})"
        try:
            task = queue.policy_of(row)
            self.heart.expect(name, within=task.time_limit)
            arguments = row.args_kwargs
            task.call(*arguments["args"], **arguments["kwargs"])
        except Exception as error:  # whatever a task raises is its failure, not the worker's
            logger.exception("The task %s (%s) failed", row.task_path, row.pk)
            failure = error
            self._patiently(lambda: queue.fail(row, failure))
        else:
            self._patiently(lambda: queue.finish(row))
        finally:
            self.heart.done(name)

    def give_back(self) -> None:
        """Let others run what runs here: for a process that will not wait for it."""
        if self.running is not None:
            queue.give_back(self.running)

    def _patiently(self, act: Callable[[], Any]) -> Any:
        """Do something with the database, again and again while it is away: on a new connection, with growing pauses.

        Raises:
            DatabaseError: it is still away, and the worker is asked to stop; or it is there and refuses, which is a
                fault of the portal (a missing table, a value that no column takes) and would be refused for ever.
        """
        pause = 0.1
        while True:
            try:
                return act()
            except (DatabaseError, InterfaceError) as away:
                connection.close()
                if not is_outage(away):
                    raise
                if self.stop_asked.is_set() and pause >= LONGEST_WAIT:
                    raise
                logger.warning("The database is away: %s", away)
                self.stop_asked.wait(pause) if not self.stop_asked.is_set() else time.sleep(pause)
                pause = min(pause * 2, LONGEST_WAIT)

    def _run_loop(self, loop: loops.Loop) -> None:
        """A loop, in its thread; what it raises is logged, and it goes on, after pauses that grow while it fails."""
        name, pause = f"the loop {loop.name}", LOOP_IDLE
        while not self.stop_asked.is_set():
            self.heart.expect(name, within=loop.limit)
            try:
                close_old_connections()
                busy, pause = loop.go_round(self.stop_asked.is_set), LOOP_IDLE
            except Exception:
                logger.exception("The loop %s failed", loop.name)
                connection.close()
                busy, pause = False, min(pause * 2, LONGEST_LOOP_PAUSE)
            if not busy:
                self.heart.expect(name, within=pause + loop.limit)
                self.stop_asked.wait(pause)
        self.heart.done(name)
        connection.close()
