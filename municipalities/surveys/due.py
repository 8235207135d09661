"""What waits for somebody about information exchange."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from accounts.tasks import Task
from municipalities.access import own_keys
from municipalities.models.succession import merged_by_today
from municipalities.surveys.models import ResponseState, RoundStatus, SurveyResponse, SurveyRound
from municipalities.surveys.models.steps import ANSWERED, OWING
from russian.templatetags.russian import counted

ROUND_WARN_DAYS = 7  # a round is short
ANSWERS = "ответ,ответа,ответов"


def tasks_for(user: Visitor, today: dt.date) -> list[Task]:
    """What waits for the user, in no order; the number of queries does not depend on how much that is.

    Args:
        user: the secretariat leads the exchange, officials answer for their municipalities; nothing waits for others.
        today: the day on which somebody asks, in Moscow.
    """
    if has_permission(user, Permission.RUN_SURVEYS):
        return [*_rounds(today), *_responses_to_accept()]
    return _rounds_to_answer(user, today) if has_permission(user, Permission.KEEP_OWN_MUNICIPALITY) else []


def _rounds(today: dt.date) -> list[Task]:
    """Open rounds, each until its last day and as long as nobody closes it afterwards."""
    owing = Q(responses__state__in=OWING) & ~Q(responses__municipality__in=merged_by_today())
    rounds = SurveyRound.objects.filter(status=RoundStatus.OPEN).annotate(
        asked=Count("responses"),
        answered=Count("responses", filter=Q(responses__state__in=ANSWERED)),
        owing=Count("responses", filter=owing),
    )
    return [
        Task.due(
            survey.closes_on,
            today,
            key=f"round-{survey.pk}",
            what=f"Информационный обмен: {survey.title}",
            why=_of_round(survey, survey.asked, survey.answered, survey.owing, today),
            url=survey.get_absolute_url(),
            warn=ROUND_WARN_DAYS,
        )
        for survey in rounds.order_by("pk")
    ]


def _of_round(survey: SurveyRound, asked: int, answered: int, owing: int, today: dt.date) -> str:
    if survey.closes_on and survey.closes_on < today:
        return f"Приём ответов окончен, ответили {answered} из {asked}: закройте обмен или перенесите срок"
    if owing:
        return f"Ответили {answered} из {asked}: напомните остальным"
    if answered < asked:
        return f"Ответили {answered} из {asked}, остальные вошли в состав других: обмен можно закрыть"
    return "Ответили все: обмен можно закрыть"


def _responses_to_accept() -> list[Task]:
    """Responses that were sent, together for each round."""
    sent = SurveyResponse.objects.filter(state=ResponseState.SUBMITTED).order_by().values("round", "round__title")
    return [
        Task(
            key=f"round-{row['round']}-accept",
            what=f"Информационный обмен: {row['round__title']}",
            why=f"Проверьте и примите: {counted(row['number'], ANSWERS)}",
            url=reverse("survey", args=[row["round"]]),
        )
        for row in sent.annotate(number=Count("pk"))
    ]


def _rounds_to_answer(user: Visitor, today: dt.date) -> list[Task]:
    """Responses that an own municipality owes, in rounds that take answers today."""
    owed = SurveyResponse.objects.filter(
        municipality__in=own_keys(user),
        state__in=OWING,
        round__status=RoundStatus.OPEN,
        round__opens_on__lte=today,
        round__closes_on__gte=today,
    )
    return [
        Task.due(
            one.round.closes_on,
            today,
            key=f"response-{one.pk}",
            what=f"Информационный обмен: {one.round.title}",
            why=_of_response(one),
            url=reverse("survey_answer", args=[one.round_id, one.municipality.slug]),
            warn=ROUND_WARN_DAYS,
        )
        for one in owed.select_related("round", "municipality").order_by("pk")
    ]


def _of_response(response: SurveyResponse) -> str:
    name = response.municipality.name
    if response.state == ResponseState.RETURNED:
        return f"{name}: ответ возвращён на доработку, исправьте и отправьте его"
    if response.state == ResponseState.DRAFT and not response.saved_at:
        return f"{name}: форма открыта, но ничего не сохранено"
    if response.state == ResponseState.DRAFT:
        return f"{name}: черновик сохранён, но ответ не отправлен"
    return f"{name}: ответьте на вопросы"
