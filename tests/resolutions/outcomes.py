"""An appeal that was answered, and a point that was carried out: what both say of the result."""

import datetime as dt

from accounts.models import User
from resolutions.due import tasks_for
from resolutions.execution.results import ShownResult, results_today
from resolutions.models import DecisionPoint, IncomingLetter, Letter, void_incoming
from tests.resolutions.factory import answer, letter, point_step, send

TODAY = "2025-03-01 12:00"
JULY, AUGUST, SEPTEMBER = dt.date(2024, 7, 8), dt.date(2024, 8, 1), dt.date(2024, 9, 1)
REPORTED = ("start", "report")
CLOSED = (*REPORTED, "close")
Steps = tuple[str, ...]


def appeal(point: DecisionPoint, by: User, *outcomes: str) -> Letter:
    """An appeal that left and was answered so; what is not final waits until September."""
    found = letter(point.resolution, "appeal", point=point)
    send(found, by=by, on=JULY)
    for outcome in outcomes:
        answer(found, by=by, on=AUGUST, outcome=outcome, until=SEPTEMBER if outcome == "interim" else None)
    return found


def go(point: DecisionPoint, steps: Steps, by: User, result: str = "achieved", reason: str = "") -> DecisionPoint:
    """Take steps on the first of September, each naming this result where one is asked."""
    for action in steps:
        point_step(point, action, by=by, on=SEPTEMBER, result=result, reason=reason)
    return DecisionPoint.objects.get(pk=point.pk)


def shown(point: DecisionPoint) -> ShownResult:
    """What is told of its result today."""
    return results_today([DecisionPoint.objects.get(pk=point.pk)])[point.pk]


def void_answer(number: str, *, by: User) -> None:
    """Say that an answer was written down by mistake."""
    letter = IncomingLetter.objects.get(number=number)
    void_incoming(letter.entries.get(), reason="Не то письмо.", version=letter.version, by=by)


def result_waits(user: User) -> list[str]:
    """What is asked of somebody about results."""
    return [one.why for one in tasks_for(user, dt.date(2025, 3, 1)) if one.key.startswith("result-")]
