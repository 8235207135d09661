"""What came of a point: its result, which says nothing about how far the work on it is."""

from listings.badges import ToneChoices
from resolutions.models.control import PointAction


class PointResult(ToneChoices):
    """What a point has brought about. Only the first one may look like a success."""

    ACHIEVED = "achieved", "done", "Достигнуто"
    PARTLY = "partly", "partly", "Достигнуто частично"
    REFUSED = "refused", "refused", "Отказано"
    NO_ANSWER = "no_answer", "refused", "Нет ответа по существу"
    LAPSED = "lapsed", "off", "Отпало"
    NO_EVIDENCE = "no_evidence", "todo", "Сведений нет"
    UNNAMED = "unnamed", "todo", "Ещё не назван"


NAMED = tuple(result for result in PointResult if result != PointResult.UNNAMED)

# What somebody says who takes these steps.
NAMING = (PointAction.REPORT, PointAction.CLOSE, PointAction.RESULT)
# What these steps say by themselves.
IMPLIED = {
    PointAction.CANCEL: PointResult.LAPSED,
    PointAction.RETURN_FOR_REWORK: PointResult.UNNAMED,
    PointAction.REOPEN: PointResult.UNNAMED,
}
# From the best to the worst, as far as answers can tell.
BY_ANSWERS = (PointResult.ACHIEVED, PointResult.PARTLY, PointResult.REFUSED, PointResult.NO_ANSWER)


def is_better(result: PointResult, other: PointResult | None) -> bool:
    """Whether a result is better than another one; of those that no answers can tell, none is."""
    return result in BY_ANSWERS and other in BY_ANSWERS and BY_ANSWERS.index(result) < BY_ANSWERS.index(other)
