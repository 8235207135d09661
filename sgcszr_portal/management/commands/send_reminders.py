"""Digests of deadlines, for cron: to be run every day, and again after a failure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from revisions.sent_once import forget_sent_forms
from russian.templatetags.russian import counted
from sgcszr_portal.reminders import digests_due, send_due

LETTERS = "письмо,письма,писем"


class Command(BaseCommand):
    """`manage.py send_reminders [--dry-run]`."""

    help = "Write to everybody for whom something is overdue or soon due; running it again sends what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the switch."""
        parser.add_argument("--dry-run", action="store_true", help="say who would get what, and send nothing")

    def handle(self, *args: Any, dry_run: bool, verbosity: int, **options: Any) -> None:
        """Send, or say what would be sent.

        Raises:
            CommandError: a digest could not be sent; it waits for the next run.
        """
        today = timezone.localdate()
        if dry_run:
            for digest in digests_due(today):
                self.stdout.write(f"{digest.user.email}: {digest.subject}")
            return
        forget_sent_forms()  # the one command that runs every day
        sent, failed = 0, []
        for result in send_due(today):
            if result.error:
                failed.append(f"{result.digest.user.email}: {result.error}")
            else:
                sent += 1
        if verbosity:
            self.stdout.write(f"Отправлено: {counted(sent, LETTERS)}.")
        if failed:
            raise CommandError(
                f"Не отправлено: {counted(len(failed), LETTERS)}. Следующий запуск повторит попытку.\n"
                + "\n".join(failed)
            )
