"""The files of the report on execution, made by the worker: a long report takes its time."""

import datetime as dt
from collections.abc import Callable
from typing import IO
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.access import Visitor
from accounts.models import User
from documents.preparing.makers import Arguments, Maker, Progress
from resolutions import access
from resolutions.execution.papers import KIND, render_execution, write_execution
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.execution.workbook import execution_workbook
from resolutions.models import Resolution


def arguments_of(
    resolution: Resolution, reader: Visitor, as_of: dt.date, known_on: dt.date | None
) -> dict[str, str | int | None]:
    """What the report is read from: the decision, the days, and for whom."""
    return {
        "resolution": resolution.pk,
        "reader": reader.pk,
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
    }


def read_report(arguments: Arguments) -> ExecutionReport:
    """The report as it is now for its reader.

    Raises:
        ObjectDoesNotExist: the decision or the reader is not there any more, or execution has not begun.
    """
    resolution = Resolution.objects.get(pk=arguments["resolution"])
    as_of, known_on = (dt.date.fromisoformat(arguments[name]) if arguments[name] else None for name in _DAYS)
    if access.execution_refusal(resolution) or as_of is None:
        raise Resolution.DoesNotExist
    reader: Visitor = User.objects.get(pk=arguments["reader"]) if arguments["reader"] else AnonymousUser()
    return report_on(
        resolution, as_of, known_on=known_on, with_letters=not access.letters_refusal(reader), reader=reader
    )


_DAYS = ("as_of", "known_on")


def _maker(ending: str, word: str, make: Callable[[ExecutionReport], bytes]) -> Maker:
    def made(report: ExecutionReport, progress: Progress) -> bytes | IO[bytes]:
        return make(report)

    label = f"{KIND} ({word})"
    return Maker(
        f"execution-{ending}", label, read_report, made, _address_of(f"execution_{ending}"), _address_of("execution")
    )


def _address_of(name: str) -> Callable[[Arguments], str]:
    def address(arguments: Arguments) -> str:
        slug = Resolution.objects.values_list("slug", flat=True).get(pk=arguments["resolution"])
        days = {name: arguments[name] for name in _DAYS if arguments[name]}
        return f"{reverse(name, args=[slug])}?{urlencode(days)}"

    return address


MAKERS = (
    _maker("pdf", "PDF", render_execution),
    _maker("docx", "Word", write_execution),
    _maker("xlsx", "Excel", execution_workbook),
)
