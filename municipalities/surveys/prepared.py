"""The files of a summary, made by the worker: a round may ask many, and much."""

from collections.abc import Callable

from django.urls import reverse

from documents.preparing.makers import Arguments, Maker, Progress
from municipalities.surveys.models import SurveyRound
from municipalities.surveys.papers import render_summary
from municipalities.surveys.summary import Summary, summary_of
from municipalities.surveys.workbook import summary_workbook


def read_summary(arguments: Arguments) -> Summary:
    """The summary as it is now.

    Raises:
        SurveyRound.DoesNotExist: the round is gone.
    """
    return summary_of(SurveyRound.objects.get(pk=arguments["round"]))


def _maker(ending: str, word: str, make: Callable[[Summary], bytes]) -> Maker:
    def made(summary: Summary, progress: Progress) -> bytes:
        return make(summary)

    label = f"Сводка по итогам информационного обмена ({word})"
    return Maker(
        f"summary-{ending}",
        label,
        read_summary,
        made,
        _address_of(f"survey_summary_{ending}"),
        _address_of("survey_summary"),
    )


def _address_of(name: str) -> Callable[[Arguments], str]:
    return lambda arguments: reverse(name, args=[arguments["round"]])


MAKERS = (_maker("pdf", "PDF", render_summary), _maker("xlsx", "Excel", summary_workbook))
