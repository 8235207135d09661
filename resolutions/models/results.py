"""What came of a point: its result, which says nothing about how far the work on it is."""

from listings.badges import ToneChoices


class PointResult(ToneChoices):
    """What a point has brought about. Only the first one may look like a success."""

    ACHIEVED = "achieved", "done", "Достигнуто"
    PARTLY = "partly", "partly", "Достигнуто частично"
    REFUSED = "refused", "refused", "Отказано"
    NO_ANSWER = "no_answer", "refused", "Нет ответа по существу"
    LAPSED = "lapsed", "off", "Отпало"
    NO_EVIDENCE = "no_evidence", "todo", "Сведений нет"
    UNNAMED = "unnamed", "todo", "Результат ещё не назван"
