"""`python -m tests.benchmarks.past`: pages beside one decision and beside forty, and how long loading these takes.

One decision has six points and twenty-five letters, forty have 250 and 1,000 of fifteen years; each on a throw-away
database, and 26 members in both.
"""

import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.benchmarks.__main__ import measure

PAGES = ("/", "/points/", "/due/", "/due/handing-over/")
MEMBERS = 26
SIZES = ((1, 6, 25, 1), (40, 250, 1_000, 15))


def run(decisions: int, points: int, letters: int, years: int) -> None:
    """Load so much, and measure."""
    from accounts.models import User
    from accounts.roles import Role
    from resolutions.past.loading import judge, load
    from tests.municipalities.factory import city
    from tests.resolutions.past.many import many_rows

    name = connection.creation.create_test_db(verbosity=0)
    try:
        by = User.objects.create_user("secretariat@example.org", name="С.С. Секретарёва", role=Role.SECRETARIAT)
        towns = tuple(city(f"Город {number}", 100 + number).name for number in range(MEMBERS))
        rows = many_rows(decisions, points, letters, years, towns=towns)
        print(f"{connection.vendor}, decisions: {decisions}, points: {points}, letters: {letters}")
        for what, action in (("judged", judge), ("loaded", load), ("loaded again", load)):
            start, busy = time.perf_counter(), time.process_time()
            action(rows, by=by, file_name="Папка.xlsx")
            took, of_it = time.perf_counter() - start, time.process_time() - busy
            print(f"{what:<46}{took * 1000:>9.1f} ms, {of_it * 1000:.1f} ms of it in Python")
        client = Client()
        client.force_login(by)
        for page in PAGES:
            measure(page, lambda page=page: client.get(page))  # type: ignore[misc]
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main() -> None:
    """Measure beside few, and beside many."""
    settings.ALLOWED_HOSTS = ["testserver"]
    for size in SIZES:
        run(*size)


if __name__ == "__main__":
    main()
