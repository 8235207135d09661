"""Which open rounds wait for the answers of municipalities that merge."""

from collections.abc import Sequence

from municipalities.models import Municipality
from municipalities.surveys.models import SurveyResponse
from municipalities.surveys.models.round import RoundStatus
from municipalities.surveys.models.steps import OWING
from russian.templatetags.russian import quoted


def open_rounds(municipalities: Sequence[Municipality]) -> list[str]:
    """A sentence for each open round that some municipalities owe an answer. One query."""
    owed = SurveyResponse.objects.filter(municipality__in=municipalities, round__status=RoundStatus.OPEN)
    owed = owed.filter(state__in=OWING).select_related("round", "municipality")
    names: dict[str, list[str]] = {}
    for one in owed.order_by("round__pk", "municipality__name"):
        names.setdefault(one.round.title, []).append(one.municipality.name)
    return [f"Информационный обмен {quoted(title)} ждёт ответа: {', '.join(whose)}." for title, whose in names.items()]
