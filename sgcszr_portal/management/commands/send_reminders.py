"""Digests of deadlines, by hand: the worker writes them every morning; running it again stores what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from russian.templatetags.russian import counted
from sgcszr_portal.reminders import digests_due, store_due_digests

LETTERS = "письмо,письма,писем"


class Command(BaseCommand):
    """`manage.py send_reminders [--dry-run]`."""

    help = "Write to everybody for whom something is overdue or soon due; the worker sends what was written."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the switch."""
        parser.add_argument("--dry-run", action="store_true", help="say who would get what, and store nothing")

    def handle(self, *args: Any, dry_run: bool, verbosity: int, **options: Any) -> None:
        """Store the digests, or say what would be stored."""
        today = timezone.localdate()
        if dry_run:
            for digest in digests_due(today):
                self.stdout.write(f"{digest.user.email}: {digest.subject}")
            return
        stored = store_due_digests(today)
        if verbosity:
            self.stdout.write(f"Ждёт отправки: {counted(stored, LETTERS)}.")
