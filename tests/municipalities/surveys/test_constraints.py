"""The database refuses what the pages would never send; one attempt per constraint."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.models import (
    Question,
    SurveyAnswer,
    SurveyDelivery,
    SurveyEvent,
    SurveyResponse,
    SurveyRound,
)
from tests.accounts.mail.factory import letter as mail_letter
from tests.municipalities.surveys.factory import a_round, question, response_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(kostroma: Municipality, secretariat: User) -> dict[str, Any]:
    survey = a_round(kostroma)
    return {
        "survey": survey,
        "response": response_of(survey, kostroma),
        "question": question(survey),
        "kostroma": kostroma,
        "by": secretariat,
    }


Attempt = Callable[[dict[str, Any]], object]


def update(model: type[models.Model], **changes: Any) -> Attempt:
    return lambda parts: model._base_manager.update(**changes)


def event(**changes: Any) -> Attempt:
    facts = {"action": "save", "state": "draft", "actor_name": "Кто-то", "remark": ""}
    return lambda parts: SurveyEvent.objects.create(response=parts["response"], **facts | changes)


def delivery(**changes: Any) -> Attempt:
    facts = {"purpose": "reminder", "channel": "eml", "recipient": "a@example.org"}
    return lambda parts: SurveyDelivery.objects.create(
        response=parts["response"], sent_by=parts["by"], sent_by_name="Кто-то", **facts | changes
    )


def with_mail(**changes: Any) -> Attempt:
    return lambda parts: delivery(mail=mail_letter(), **changes)(parts)


def answer(**values: Any) -> Attempt:
    return lambda parts: SurveyAnswer.objects.create(response=parts["response"], question=parts["question"], **values)


def twice(attempt: Attempt) -> Attempt:
    return lambda parts: (attempt(parts), attempt(parts))


ATTEMPTS: dict[str, Attempt] = {
    "survey_round_titled": update(SurveyRound, title=""),
    "survey_round_status_known": update(SurveyRound, status="paused"),
    "survey_round_dated_unless_held_elsewhere": update(SurveyRound, closes_on=None),
    "survey_round_closes_after_it_opens": update(SurveyRound, closes_on="2020-01-01"),
    "question_number_once": lambda parts: Question.objects.bulk_create(
        [Question(round=parts["survey"], number=1, text="Ещё?", kind="text")]
    ),
    "question_says_something": update(Question, text=""),
    "question_kind_known": update(Question, kind="colour"),
    "question_has_choices_exactly_when_it_needs_them": update(Question, kind="choice"),
    "response_once_a_round": lambda parts: SurveyResponse.objects.create(
        round=parts["survey"], municipality=parts["kostroma"]
    ),
    "response_state_known": update(
        SurveyResponse, state="lost", participation="active", submitted_at=timezone.now(), saved_at=timezone.now()
    ),
    "response_participation_known": update(SurveyResponse, participation="champion"),
    "response_sent_says_where_it_stands": update(SurveyResponse, state="submitted"),
    "response_accepted_exactly_when_recorded": update(
        SurveyResponse, state="accepted", participation="active", submitted_at=timezone.now(), saved_at=timezone.now()
    ),
    "answer_once_a_question": twice(answer(text="Да")),
    "answer_has_exactly_one_value": answer(text="Да", number=1),
    "survey_event_action_known": event(action="burn"),
    "survey_event_state_known": event(state="lost"),
    "survey_event_has_actor": event(actor_name=""),
    "survey_event_return_has_remark": event(action="return"),
    "delivery_purpose_known": delivery(purpose="spam"),
    "delivery_channel_known": delivery(channel="pigeon"),
    "delivery_by_mail_has_its_letter": delivery(channel="email"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_says_no(parts: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ATTEMPTS[name](parts)
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_every_constraint_is_tried() -> None:
    tables = (SurveyRound, Question, SurveyResponse, SurveyAnswer, SurveyEvent, SurveyDelivery)
    assert set(ATTEMPTS) == {one.name for table in tables for one in table._meta.constraints}


@pytest.mark.parametrize("attempt", [with_mail(), with_mail(channel="email", recipient="")])
def test_a_letter_goes_with_mail_and_mail_with_a_recipient(parts: dict[str, Any], attempt: Attempt) -> None:
    with pytest.raises(IntegrityError, match="delivery_by_mail_has_its_letter"), transaction.atomic():
        attempt(parts)


def test_an_answer_without_a_value_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        answer()(parts)
