"""The summary of a round on paper, fit to be an annex to the decision."""

import datetime as dt
from dataclasses import dataclass

from documents.engine import Paper, render_pdf
from municipalities.surveys.summary import Summary
from russian.templatetags.russian import long_date, quoted


@dataclass(frozen=True)
class _Line:
    """A municipality's line of the table."""

    name: str
    participation: str
    basis: str


@dataclass(frozen=True)
class _Answered:
    """A question with who answered what: a table of its own, because a sheet is narrow."""

    heading: str
    totals: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]


def render_summary(summary: Summary) -> bytes:
    """Print a summary.

    Args:
        summary: what to print.

    Returns:
        The bytes of a PDF; the same for the same summary.

    Raises:
        PaperError: a font is missing.
    """
    paper = Paper(
        template="documents/survey_summary.html",
        context={
            "summary": summary,
            "survey": summary.survey,
            "lines": [_Line(row.name, row.participation, row.basis) for row in summary.accepted_rows],
            "questions": _questions(summary),
            "missing": ", ".join(summary.missing),
            "period": _period(summary),
        },
        title=f"Сводка по итогам информационного обмена {quoted(summary.survey.title)}",
        author=summary.union,
        created=summary.made_at,
    )
    return render_pdf(paper)


def _questions(summary: Summary) -> list[_Answered]:
    answered = []
    for place, digest in enumerate(summary.digests):
        totals = [(bar.label, str(bar.count)) for bar in digest.bars]
        totals += digest.figures_in_words
        answers = [
            (row.name, digest.kind.said(row.answers[place]))
            for row in summary.accepted_rows
            if row.answers[place] is not None
        ]
        answered.append(_Answered(f"{digest.number}. {digest.text}", tuple(totals), tuple(answers)))
    return answered


def _period(summary: Summary) -> str:
    opens, closes = summary.survey.opens_on, summary.survey.closes_on
    if opens is None or closes is None:
        return ""
    return f"с {_day(opens)} по {_day(closes)}"


def _day(day: dt.date) -> str:
    return long_date(day)
