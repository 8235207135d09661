"""What waits for somebody about information exchange."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse

from accounts.roles import Permission
from accounts.tasks import Asking, Task, Whose, works_by
from municipalities.due import keys_kept_by
from municipalities.models.succession import merged_by_today
from municipalities.surveys.models import ResponseState, RoundStatus, SurveyResponse, SurveyRound
from municipalities.surveys.models.steps import ANSWERED, OWING
from russian.templatetags.russian import counted

ROUND_WARN_DAYS = 7  # a round is short
ANSWERS = "ответ,ответа,ответов"
_LEADS = Whose(permission=Permission.RUN_SURVEYS)


def tasks_for(asking: Asking, today: dt.date) -> list[Task]:
    """What waits for somebody, in no order; the number of queries does not depend on how much that is.

    Args:
        asking: the secretariat leads the exchange, officials answer for their municipalities; nothing waits for others.
        today: the day on which somebody asks, in Moscow.
    """
    tasks: list[Task] = []
    if works_by(asking, Permission.RUN_SURVEYS):
        tasks += [*_rounds(today), *_responses_to_accept()]
    if works_by(asking, Permission.KEEP_OWN_MUNICIPALITY):
        tasks += _rounds_to_answer(asking, today)
    return tasks


def _rounds(today: dt.date) -> list[Task]:
    """Rounds until somebody closes them."""
    owing = Q(responses__state__in=OWING) & ~Q(responses__municipality__in=merged_by_today())
    rounds = SurveyRound.objects.exclude(status=RoundStatus.CLOSED).annotate(
        asked=Count("responses"),
        answered=Count("responses", filter=Q(responses__state__in=ANSWERED)),
        owing=Count("responses", filter=owing),
    )
    return [
        _to_open(survey)
        if survey.status == RoundStatus.DRAFT
        else _to_close(survey, _of_round(survey, survey.asked, survey.answered, survey.owing, today), today)
        for survey in rounds.order_by("pk")
    ]


def _to_open(survey: SurveyRound) -> Task:
    """A round in which nobody has been asked yet."""
    why = "Обмен готовится: проверьте вопросы и откройте его"
    return Task(f"round-{survey.pk}-draft", _name(survey.title), why, survey.get_absolute_url(), whose=_LEADS)


def _to_close(survey: SurveyRound, why: str, today: dt.date) -> Task:
    """An open round, until its last day and as long as nobody closes it afterwards."""
    return Task.due(
        survey.closes_on,
        today,
        key=f"round-{survey.pk}",
        what=_name(survey.title),
        why=why,
        url=survey.get_absolute_url(),
        whose=_LEADS,
        warn=ROUND_WARN_DAYS,
    )


def _name(title: str) -> str:
    return f"Информационный обмен: {title}"


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
            what=_name(row["round__title"]),
            why=f"Проверьте и примите: {counted(row['number'], ANSWERS)}",
            url=reverse("survey", args=[row["round"]]),
            whose=_LEADS,
        )
        for row in sent.annotate(number=Count("pk"))
    ]


def _rounds_to_answer(asking: Asking, today: dt.date) -> list[Task]:
    """Responses that an own municipality owes, in rounds that take answers today."""
    owed = SurveyResponse.objects.filter(
        municipality__in=keys_kept_by(asking),
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
            what=_name(one.round.title),
            why=_of_response(one),
            url=reverse("survey_answer", args=[one.round_id, one.municipality.slug]),
            whose=Whose(municipality=one.municipality_id),
            about=one.get_absolute_url(),
            warn=ROUND_WARN_DAYS,
        )
        for one in owed.select_related("round", "municipality").order_by("pk")
    ]


def _of_response(response: SurveyResponse) -> str:
    name = response.municipality.name
    if response.state == ResponseState.RETURNED:
        return f"{name}: ответ возвращён на доработку, исправьте и отправьте его"
    if response.state == ResponseState.DRAFT and not response.saved_at:
        return f"{name}: форма открыта, но ничего не сохранено: ответьте на вопросы"
    if response.state == ResponseState.DRAFT:
        return f"{name}: черновик сохранён, отправьте ответ"
    return f"{name}: ответьте на вопросы"
