"""Enter the real decision and the starter municipalities; with --demo, illustrative data too."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.demo import PEOPLE, seed_demo_users
from accounts.models import demo_address
from municipalities.demo import (
    seed_demo_index,
    seed_demo_membership,
    seed_demo_participation,
    seed_demo_representatives,
)
from municipalities.practices.demo import seed_demo_experience
from municipalities.seed import seed_municipalities
from municipalities.surveys.demo import seed_demo_round
from municipalities.surveys.seed import seed_round
from resolutions.demo import seed_demo_execution, seed_demo_members
from resolutions.past.demo import seed_demo_past
from resolutions.seed import seed_resolution


class Command(BaseCommand):
    """`manage.py seed [--demo [--force]]`, safe to run again."""

    help = "Enter the decision of 27 June 2024 as a draft and twenty municipalities; idempotent."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two switches."""
        parser.add_argument(
            "--demo", action="store_true", help="adopt the decision, add accounts and illustrative data"
        )
        parser.add_argument("--force", action="store_true", help="load demonstration data outside DEBUG too")

    @transaction.atomic
    def handle(self, *args: Any, demo: bool, force: bool, verbosity: int, **options: Any) -> None:
        """Enter what is missing.

        Raises:
            CommandError: --demo outside DEBUG without --force.
        """
        if demo and not (settings.DEBUG or force):
            raise CommandError("Demonstration data is for trying the portal out; outside DEBUG it needs --force.")
        added = seed_municipalities()
        seed_round()
        resolution, entered = seed_resolution()
        if verbosity:
            self.stdout.write(f"Municipalities added: {added}. Decision: {'entered' if entered else 'already there'}.")
        if demo:
            users = seed_demo_users()
            seed_demo_representatives(users)
            seed_demo_participation()
            seed_demo_index()
            seed_demo_experience(asked_by=users["arkhangelsk"], answered_by=users["kostroma"])
            seed_demo_round(by=users["secretariat"])
            seed_demo_execution(resolution, by=users["secretariat"], chair=users["chair"])
            seed_demo_membership()
            seed_demo_members(resolution, by=users["secretariat"])
            seed_demo_past(by=users["secretariat"])
            if verbosity:
                self._print_accounts()

    def _print_accounts(self) -> None:
        self.stdout.write("Demonstration accounts:")
        for key, (_, _, role) in PEOPLE.items():
            self.stdout.write(f"  {demo_address(key):<28} {role.label}")
        self.stdout.write(f"Password of a new account: {settings.DEMO_PASSWORD}")
