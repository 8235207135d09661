"""`python -m tests.benchmarks.unknown_address [times]`: does the time tell whether the portal knows an address?

Password resets and codes for an address that is known, one that is not, and one that is switched off, in turn, without
the limits. Printed are the medians, the quartiles, and how often a request for the known address took longer than one
for the other: who cannot tell them apart guesses right in half of the cases.
"""

import os
import statistics
import sys
import time
from unittest.mock import patch

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User

WHO = {"known": "kostroma@sgcszr.example", "unknown": "nobody@sgcszr.example", "switched off": "former@sgcszr.example"}


def ask(address: str, email: str) -> float:
    """The milliseconds of one request, by a visitor who was never here."""
    visitor = Client()
    began = time.perf_counter()
    assert visitor.post(address, {"email": email}).status_code == 302
    return (time.perf_counter() - began) * 1000


def longer(some: list[float], others: list[float]) -> float:
    """How often one of some took longer than one of the others, in per cent."""
    return 100 * sum(one > other for one in some for other in others) / (len(some) * len(others))


def compare(address: str, times: int) -> None:
    """Ask for all in turn, and print what came of it."""
    took: dict[str, list[float]] = {who: [] for who in WHO}
    for number in range(times + 5):
        for who in sorted(WHO, key=lambda who: (number + len(who)) % 3):
            milliseconds = ask(address, WHO[who])
            if number >= 5:  # the first ones warm up
                took[who].append(milliseconds)
    for who, all_of_them in took.items():
        low, median, high = statistics.quantiles(all_of_them, n=4)
        share = longer(took["known"], all_of_them)
        print(f"| {address} | {who} | {median:.1f} ms | {low:.1f} to {high:.1f} ms | {share:.0f} % |")


def main(times: int) -> None:
    """Set up, measure, tear down."""
    settings.ALLOWED_HOSTS = ["testserver"]
    name = connection.creation.create_test_db(verbosity=0)
    try:
        call_command("seed", "--demo", "--force", verbosity=0)
        User.objects.create_user(WHO["switched off"], name="Б. Бывший", role="chair", is_active=False)
        with patch.dict("sgcszr_portal.limits.BY_ADDRESS", clear=True):
            for address in ("/accounts/password/reset/", "/accounts/login/code/"):
                compare(address, times)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
