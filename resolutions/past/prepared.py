"""The portal's decisions as a workbook, made by the worker: it may hold those of many years."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from documents.preparing.makers import Arguments, Maker, Progress
from resolutions.past.book import workbook_of
from resolutions.past.portal import rows_of_portal
from resolutions.past.rows import PastRows


@dataclass(frozen=True)
class Exported:
    """What the portal holds, and the day that this was asked."""

    rows: PastRows
    at: dt.date


def _read(arguments: Arguments) -> Exported:
    return Exported(rows_of_portal(), timezone.localdate())


def _make(exported: Exported, progress: Progress) -> bytes:
    return workbook_of(exported.rows, at=exported.at)


KIND = "past"
MAKERS = (
    Maker(
        KIND,
        "Решения портала (Excel)",
        _read,
        _make,
        lambda arguments: reverse("past_export"),
        lambda arguments: reverse("past"),
    ),
)
