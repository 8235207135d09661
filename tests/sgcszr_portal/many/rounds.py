"""Rounds of information exchange with questions, responses, letters and links."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import OutgoingMail, User
from municipalities.models import Municipality, PersonalLink
from municipalities.surveys.models import (
    Question,
    SurveyAnswer,
    SurveyDelivery,
    SurveyEvent,
    SurveyResponse,
    SurveyRound,
)
from tests.sgcszr_portal.many.copying import Copies, World, serial

VISITED = ("open_round", "draft_round", "answered_round")
VALUES = {"number": {"number": 5}, "text": {"text": "Ответ"}, "yes_no": {"is_yes": True}}


def begin_rounds(world: World, secretariat: User) -> None:
    """Questions and answers of the rounds that are visited."""
    question = Question.objects.get(pk=world["survey_question"])
    for key in ("draft_round", "answered_round", "opened_round"):
        Copies(1).take([question], round_id=world[key])
    for response in SurveyResponse.objects.filter(round__in=[world[key] for key in VISITED]):
        for one in response.round.questions.all():
            SurveyAnswer.objects.create(response=response, question=one, number=5)
        note(response, secretariat)


def note(response: SurveyResponse, by: User) -> None:
    """A line of history, a letter by mail and a link that was withdrawn."""
    SurveyEvent.objects.create(response=response, action="save", state=response.state, actor=by, actor_name=str(by))
    mail = Copies(1).take(OutgoingMail.objects.order_by("pk")[:1])
    sent = {"purpose": "reminder", "channel": "email", "recipient": "k@example.org"}
    (keys,) = mail.keys.values()
    SurveyDelivery.objects.create(response=response, mail_id=keys[0], sent_by=by, sent_by_name=str(by), **sent)
    ended = {"ended": "withdrawn", "ended_at": timezone.now(), "ended_by": by, "ended_by_name": str(by), "reason": "Б"}
    PersonalLink.objects.create(
        purpose=PersonalLink.objects.values_list("purpose", flat=True)[0],
        municipality=response.municipality,
        subject=response.pk,
        **ended,
    )


def more_rounds(world: World, times: int, rounds: int) -> None:
    """More of everything in the rounds that are visited, and further rounds."""
    for key in VISITED:
        more_of_round(SurveyRound.objects.get(pk=world[key]), times)
    answered = SurveyRound.objects.get(pk=world["answered_round"])
    copied = Copies(rounds).take([answered])
    copied.take(answered.questions.all()[:3])
    copied.take(answered.responses.all()[:5])
    copied.take(SurveyEvent.objects.filter(response__in=answered.responses.all()[:5]))


def more_of_round(survey: SurveyRound, times: int) -> None:
    """More questions, and the response of Кострома for further members; its own history grows too."""
    question = survey.questions.earliest("number")
    own = survey.responses.get(municipality__slug="kostroma")
    questions = Copies(times).take([question], number=lambda: 100 + serial())
    questions.take(own.answers.filter(question=question))
    others = Municipality.objects.members().exclude(survey_responses__round=survey).order_by("pk")[:times]
    for one in others:
        copied = Copies(1).take([own], municipality_id=one.pk, record_id=None)
        copied.take(own.answers.all()).take(own.events.order_by("pk")[:2])
        mails(copied, own.deliveries.filter(mail__isnull=False)[:1])
    Copies(times).take(own.events.order_by("pk")[:1], at=timezone.now() - dt.timedelta(days=1))
    mails(Copies(times), own.deliveries.filter(mail__isnull=False)[:1])
    Copies(times).take(PersonalLink.objects.filter(subject=own.pk, ended="withdrawn").order_by("pk")[:1])


def mails(copied: Copies, deliveries: QuerySet[SurveyDelivery]) -> None:
    """Copies of deliveries, each with a letter of its own."""
    for one in deliveries:
        copied.take(OutgoingMail.objects.filter(survey_delivery=one)).take([one])
