"""`python -m tests.benchmarks.execution [cities…]`: the report on execution, on a throw-away database for each number.

By default 20 and 1,000 municipalities, each of which also gets a letter of the circular.
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.utils import timezone

from tests.benchmarks.__main__ import measure

SLUG = "umny-gorod-2024"
REPEATS = 3
ENDINGS = ("pdf", "docx", "xlsx")


def fill(cities: int) -> None:
    """The demonstration data, more municipalities, and a registered letter to each."""
    from accounts.models import User
    from municipalities.models import Municipality
    from resolutions.correspondence.mailings import Recipient
    from resolutions.models import Resolution
    from tests.municipalities.factory import many_cities
    from tests.resolutions.factory import mailing, register

    call_command("seed", "--demo", "--force", verbosity=0)
    many_cities(cities - Municipality.objects.count(), start=90_000_000)
    secretariat = User.objects.get(email="secretariat@sgcszr.example")
    recipients = [Recipient(f"Главе\n«{one.name}»", municipality_id=one.pk) for one in Municipality.objects.all()]
    circular = mailing(Resolution.objects.get(slug=SLUG), *recipients, by=secretariat)
    for letter in circular.letters.all():
        register(letter, by=secretariat)


def run(cities: int) -> None:
    """Measure with so many municipalities."""
    from accounts.models import User
    from documents.preparing.makers import UNTOLD, maker_of
    from resolutions.execution.prepared import arguments_of
    from resolutions.models import Resolution

    def make(ending: str) -> None:
        maker = maker_of(f"execution-{ending}")
        maker.make(maker.read(arguments), UNTOLD)

    name = connection.creation.create_test_db(verbosity=0)
    try:
        fill(cities)
        client = Client()
        reader = User.objects.get(email="secretariat@sgcszr.example")
        client.force_login(reader)
        arguments = arguments_of(Resolution.objects.get(slug=SLUG), reader, timezone.localdate(), None)
        print(f"{connection.vendor}, {cities} municipalities and letters")
        measure("page", lambda: client.get(f"/resolutions/{SLUG}/execution/"), repeats=REPEATS)
        for ending in ENDINGS:
            measure(ending, lambda ending=ending: make(ending), repeats=REPEATS)  # type: ignore[misc]
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main() -> None:
    """Set up, measure, tear down."""
    setup_test_environment()
    try:
        for cities in map(int, sys.argv[1:] or ("20", "1000")):
            run(cities)
    finally:
        teardown_test_environment()


if __name__ == "__main__":
    main()
