"""`python -m tests.benchmarks.signatures`: time and memory of checking ordinary and hostile electronic signatures."""

import os
import statistics
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from documents.cms import SignatureRefused, Trust, check_signatures
from tests.documents.cms.containers import Signing, container
from tests.documents.cms.forge import authority, person
from tests.documents.cms.gost import CURVES
from tests.documents.cms.table.row import Case, case
from tests.documents.cms.test_hostile import HOSTILE, WHOLE

REPEATS = 15
KINDS = ("rsa", "p256", "gost256", "gost512", *(f"gost:{curve}" for curve in CURVES))


def ordinary(kind: str) -> Case:
    """A signature by somebody right below an authority of the store."""
    root = authority(f"Центр {kind}", kind)
    return case(container(Signing(person(root, kind))), root)


def _bare(make: Callable[[], bytes]) -> Case:
    return case(make())


def check(subject: Case) -> None:
    """What a request does with a file."""
    trust = Trust(subject.authorities, subject.time_authorities, subject.revocations)
    try:
        check_signatures(subject.content, subject.document, trust, now=subject.now)
    except SignatureRefused:
        return


def cost(subject: Case) -> tuple[float, float]:
    """Median time in milliseconds and peak of allocated memory in megabytes."""
    check(subject)
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        check(subject)
        times.append(time.perf_counter() - start)
    tracemalloc.start()
    check(subject)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return statistics.median(times) * 1000, peak / 1024 / 1024


def report(heading: str, subjects: dict[str, Callable[[], Case]]) -> None:
    """Print the costs, the worst first."""
    costs = {name: cost(make()) for name, make in subjects.items()}
    print(f"-- {heading}")
    for name, (milliseconds, megabytes) in sorted(costs.items(), key=lambda one: -one[1][0]):
        print(f"{name:<52}{milliseconds:>8.1f} ms {megabytes:>6.1f} MB")


def main() -> None:
    """Print ordinary files by algorithm, and hostile ones by kind."""
    report("ordinary signatures", {kind: partial(ordinary, kind) for kind in KINDS})
    whole = {name: partial(_bare, make) for name, (make, _) in WHOLE.items()}
    report("hostile files", {**HOSTILE, **whole})


if __name__ == "__main__":
    main()
