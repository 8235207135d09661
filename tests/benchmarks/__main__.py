"""`make bench`: how long pages, the workbook and the PDF take with 2,000 municipalities, on a throw-away database."""

import os
import statistics
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

REPEATS = 15
MUNICIPALITIES = 2_000


def fill() -> None:
    """The demonstration data, and many more municipalities."""
    from municipalities.models import FederalDistrict, Municipality

    call_command("seed", "--demo", "--force", verbosity=0)
    Municipality.objects.bulk_create(
        Municipality(
            oktmo=f"9{number:07}",
            name=f"Город {number}",
            slug=f"gorod-{number}",
            region=f"Область {number % 40}",
            federal_district=FederalDistrict.CENTRAL,
            population=10_000 + number * 500,
            search_text=f"город {number} область {number % 40} 9{number:07}",
        )
        for number in range(MUNICIPALITIES - 20)
    )


def measure(name: str, action: Callable[[], object], *, repeats: int = REPEATS) -> None:
    """Print the median time of an action in milliseconds, and its queries."""
    queries = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        action()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    print(f"{name:<46}{statistics.median(times) * 1000:>9.1f} ms {len(queries):>5} queries")


def main() -> None:
    """Set up, measure, tear down."""
    from resolutions.models import Resolution
    from resolutions.papers import render_decision

    # Without Django's test environment: it copies the whole context for each template within a template.
    settings.ALLOWED_HOSTS = ["testserver"]
    name = connection.creation.create_test_db(verbosity=0)
    try:
        fill()
        client = Client()
        print(f"{connection.vendor}, {MUNICIPALITIES} municipalities, median of {REPEATS}")
        for address in ("/", "/resolutions/umny-gorod-2024/", "/municipalities/", "/municipalities/?q=город+7"):
            measure(address, lambda address=address: client.get(address))  # type: ignore[misc]
        measure("/municipalities/export.xlsx", lambda: client.get("/municipalities/export.xlsx"))
        text = Resolution.objects.get(slug="umny-gorod-2024").text
        measure("the decision as a PDF", lambda: render_decision(text, is_draft=False))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
