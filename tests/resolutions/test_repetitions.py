"""A repeated letter waits for the answer instead of the first one, and says what came back so far."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from resolutions.due import overdue_for, tasks_for
from resolutions.execution.fulfilment import fulfilment_of
from resolutions.execution.report import report_on
from resolutions.models import Correspondent, DecisionPoint, Letter
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import GOVERNMENT, answer, letter, repetition, send

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = "2024-12-01 12:00"
JULY, SEPTEMBER = dt.date(2024, 7, 8), dt.date(2024, 9, 10)


@pytest.fixture
def first(appeal_point: DecisionPoint, secretariat: User) -> Letter:
    """Late since 8 August."""
    sent = letter(appeal_point.resolution, "appeal", point=appeal_point)
    with at(TODAY):
        send(sent, by=secretariat, on=JULY)
    return sent


def repeat(first: Letter, by: User) -> Letter:
    """Sent on 10 September, late since 11 October."""
    again = repetition(first)
    send(again, by=by, on=SEPTEMBER)
    return again


def overdue(client: Client) -> list[int]:
    return [row.pk for row in client.get("/letters/?state=overdue").context["listing"].page]


def counts(point: DecisionPoint, day: dt.date) -> tuple[int, int, int]:
    """Letters sent, waited for and late, in the report of a day."""
    told = report_on(point.resolution, day, with_letters=True).correspondence
    assert told
    return told.counts.sent, told.counts.waiting, told.counts.overdue


def test_only_the_letter_that_asked_last_is_late(
    client_for: ClientFor, first: Letter, appeal_point: DecisionPoint, secretariat: User
) -> None:
    client = client_for(secretariat)
    with at(TODAY):
        assert overdue(client) == [first.pk]
        again = repeat(first, secretariat)
        assert overdue(client) == [again.pk]
        assert Letter.objects.get(pk=first.pk).urgency == "none"
        assert client.get("/letters/").content.decode().count("Просрочено") == 1
        assert "Просрочено" not in client.get(first.get_absolute_url()).content.decode()
        government = Correspondent.objects.named(GOVERNMENT)
        tasks = overdue_for(secretariat, dt.date(2024, 12, 1))
        assert [one.key for one in tasks] == [f"letter-{again.pk}-{government.pk}"]
        assert counts(appeal_point, dt.date(2024, 12, 1)) == (2, 1, 1)
        assert "срок истёк 10\u00a0октября" in fulfilment_of(appeal_point).sentence
        assert counts(appeal_point, dt.date(2024, 9, 1)) == (1, 1, 1)


def test_an_answer_to_the_repetition_leaves_nothing_late(
    client_for: ClientFor, first: Letter, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        again = repeat(first, secretariat)
        answer(again, by=secretariat, on=dt.date(2024, 10, 1), outcome="satisfied")
        assert overdue(client_for(secretariat)) == []
        assert [one for one in tasks_for(secretariat, dt.date(2024, 12, 1)) if one.key.startswith("letter")] == []
        assert counts(appeal_point, dt.date(2024, 12, 1)) == (2, 0, 0)
        report = report_on(appeal_point.resolution, dt.date(2024, 12, 1), with_letters=True)
        assert not any("Нет ответа" in line for line in report.points[1].open)


@pytest.mark.parametrize(
    ("outcome", "to", "said"),
    [
        (None, "", "Союз обращался к Вам. Ответ на него не поступил."),
        ("interim", "", "1 августа 2024 г. получен промежуточный ответ; ответ по существу не поступил."),
        (
            "forwarded",
            "Минстрой России",
            (
                "Союз обращался по этому вопросу (адресат: Правительство Российской Федерации). "
                "1 августа 2024 г. получено сообщение о перенаправлении в Ваш адрес; ответ по существу не поступил."
            ),
        ),
    ],
)
def test_a_repetition_says_what_came_back_so_far(
    first: Letter, secretariat: User, outcome: str | None, to: str, said: str
) -> None:
    """After a forwarding it goes to the new body, and cites the forwarding."""
    with at(TODAY):
        if outcome:
            answer(first, by=secretariat, on=dt.date(2024, 8, 1), outcome=outcome, to=to)
        assert said in repetition(first, to).body.splitlines()[0].replace("\u00a0", " ")
