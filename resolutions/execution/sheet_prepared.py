"""The files of the control sheet, made by the worker: it may hold the decisions of many years."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from documents.preparing.makers import Arguments, Maker, Progress
from resolutions.execution.sheet_listing import ControlSheet
from resolutions.execution.sheet_papers import KIND, PrintedSheet, render_sheet, sheet_workbook


def arguments_of(sheet: ControlSheet) -> dict[str, str]:
    """What the files are read from: what was asked, with its day, since today is another one tomorrow."""
    return {"query": sheet.url(as_of=sheet.day.isoformat()).partition("?")[2]}


def read_sheet(arguments: Arguments) -> PrintedSheet:
    """The sheet as it is now; everybody reads the same."""
    return PrintedSheet.of(ControlSheet(QueryDict(arguments["query"]), AnonymousUser()))


def _maker(ending: str, word: str, make: Callable[[PrintedSheet], bytes]) -> Maker:
    def made(sheet: PrintedSheet, progress: Progress) -> bytes:
        return make(sheet)

    label = f"{KIND} ({word})"
    return Maker(f"sheet-{ending}", label, read_sheet, made, _address_of(f"points_{ending}"), _address_of("points"))


def _address_of(name: str) -> Callable[[Arguments], str]:
    return lambda arguments: f"{reverse(name)}?{arguments['query']}"


MAKERS = (_maker("pdf", "PDF", render_sheet), _maker("xlsx", "Excel", sheet_workbook))
