"""The register of letters and the fulfilment of points, as of a day."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from resolutions.correspondence.register import LetterOnDay, letters_on
from resolutions.execution.fulfilment import fulfilment_of, proposes_closing
from resolutions.models import DecisionPoint, IncomingEntry, Letter, Resolution, void_incoming
from resolutions.models.ask_ledger import Awaited
from tests.resolutions.factory import answer, letter, point_step, register, repetition, send, step

pytestmark = pytest.mark.slow

JULY, AUGUST, SEPTEMBER = dt.date(2024, 7, 5), dt.date(2024, 8, 12), dt.date(2024, 9, 2)


@pytest.fixture
def answered(adopted: Resolution, secretariat: User) -> Letter:
    """An appeal sent in July, and answered in September."""
    appeal = letter(adopted, "appeal", point=adopted.points.get(number=2))
    send(appeal, by=secretariat, on=JULY)
    answer(appeal, by=secretariat, on=SEPTEMBER, number="77")
    return appeal


def on(day: dt.date, known_on: dt.date | None = None) -> list[LetterOnDay]:
    return list(letters_on(day, Letter.objects.all(), known_on=known_on).letters)


@pytest.mark.parametrize(
    ("day", "until", "answers"),
    [(JULY, dt.date(2024, 8, 5), 0), (AUGUST, dt.date(2024, 8, 5), 0), (SEPTEMBER, None, 1)],
)
def test_a_letter_is_read_as_it_stood(answered: Letter, day: dt.date, until: dt.date | None, answers: int) -> None:
    (read,) = on(day)
    assert (read.state, read.awaited, len(read.answers)) == ("sent", Awaited(bool(until), until), answers)


def test_before_its_first_step_the_letter_was_not_there(answered: Letter) -> None:
    assert on(JULY - dt.timedelta(days=1)) == []


def test_a_draft_is_there_since_it_was_written(adopted: Resolution) -> None:
    letter(adopted)
    assert on(timezone.localdate())[0].requisites == "проект, не зарегистрировано"
    assert on(timezone.localdate() - dt.timedelta(days=1)) == []


def test_a_voided_answer_counts_for_whoever_did_not_know_yet(answered: Letter, secretariat: User) -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    with patch("django.utils.timezone.now", return_value=tomorrow):
        entry = IncomingEntry.objects.get()
        void_incoming(entry, reason="Не то письмо.", version=entry.letter.version, by=secretariat)
    assert len(on(SEPTEMBER, known_on=timezone.localdate())[0].answers) == 1
    assert on(SEPTEMBER, known_on=timezone.localdate(tomorrow))[0].answers == ()
    assert on(SEPTEMBER)[0].answers == ()


def test_what_was_entered_later_does_not_count_where_knowledge_is_asked_for(answered: Letter) -> None:
    assert on(SEPTEMBER, known_on=SEPTEMBER) == []
    assert len(on(SEPTEMBER, known_on=timezone.localdate())[0].answers) == 1


@pytest.mark.parametrize("count", [1, 20])
def test_reading_takes_the_same_number_of_queries(
    adopted: Resolution, secretariat: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        one = letter(adopted)
        send(one, by=secretariat)
        answer(one, by=secretariat, number=str(one.pk))
    with django_assert_num_queries(6):
        read = letters_on(JULY, Letter.objects.select_related("resolution"))
    assert all(one.requisites and one.answers for one in read.letters)
    assert len(read.asks) == count


# --- what of a point is fulfilled ---


@pytest.fixture
def appeal_point(adopted: Resolution) -> DecisionPoint:
    return adopted.points.get(number=2)


@pytest.fixture
def thanks_point(seeded: Resolution, secretariat: User) -> DecisionPoint:
    seeded.adopt(version=seeded.version, by=secretariat)
    return seeded.points.get(number=3)


def test_the_stage_of_the_appeal(appeal_point: DecisionPoint, secretariat: User) -> None:
    assert fulfilment_of(appeal_point).sentence == "Обращение ещё не подготовлено."
    appeal = letter(appeal_point.resolution, "appeal", point=appeal_point)
    register(appeal, by=secretariat, on=JULY)
    assert ": зарегистрировано, ещё не отправлено." in fulfilment_of(appeal_point).sentence
    step(appeal, "send", by=secretariat, on=JULY, channel="post")
    waiting = fulfilment_of(appeal_point, AUGUST)
    assert (waiting.done, waiting.total, waiting.can_be_reported) == (0, 1, False)
    assert "срок истёк 5\u00a0августа" in waiting.sentence
    answer(appeal, by=secretariat, on=SEPTEMBER, number="77")
    complete = fulfilment_of(appeal_point)
    assert (complete.done, complete.total, complete.result) == (1, 1, "achieved")
    assert "получен ответ 2\u00a0сентября\u00a02024\u00a0г.: просьба удовлетворена." in complete.proposal
    assert "77" not in complete.sentence + complete.proposal  # the public reads it
    assert fulfilment_of(appeal_point, AUGUST).done == 0


@pytest.mark.parametrize(
    ("outcome", "result", "said"),
    [
        ("refused", "refused", "в просьбе отказано"),
        ("partly", "partly", "просьба удовлетворена частично"),
        ("not_considered", "no_answer", "просьба не рассмотрена по существу"),
    ],
)
def test_only_what_was_granted_is_done(
    appeal_point: DecisionPoint, secretariat: User, outcome: str, result: str, said: str
) -> None:
    appeal = letter(appeal_point.resolution, "appeal", point=appeal_point)
    send(appeal, by=secretariat)
    answer(appeal, by=secretariat, on=SEPTEMBER, outcome=outcome)
    found = fulfilment_of(appeal_point)
    assert (found.done, found.total, found.result, found.can_be_reported) == (0, 1, result, True)
    assert f": {said}" in found.sentence
    assert found.remaining == ""


def test_a_repeated_appeal_that_is_answered_fulfils_the_point(appeal_point: DecisionPoint, secretariat: User) -> None:
    first = letter(appeal_point.resolution, "appeal", point=appeal_point)
    send(first, by=secretariat)
    again = repetition(first)
    send(again, by=secretariat, on=SEPTEMBER)
    answer(again, by=secretariat, on=SEPTEMBER)
    assert fulfilment_of(appeal_point).result == "achieved"


def test_four_thanks_delivered_propose_closing(thanks_point: DecisionPoint, secretariat: User) -> None:
    letters = [letter(thanks_point.resolution, "gratitude", point=thanks_point, reply_days=None) for _ in range(4)]
    assert fulfilment_of(thanks_point).sentence == "Вручено писем с благодарностью: 0 из 4."
    for number, one in enumerate(letters, start=1):
        send(one, by=secretariat)
        step(one, "deliver", by=secretariat)
        fulfilment = fulfilment_of(thanks_point)
        assert (fulfilment.done, fulfilment.can_be_reported) == (number, number == 4)
        assert proposes_closing(thanks_point, fulfilment) == (number == 4)
    point_step(thanks_point, "cancel", by=secretariat)
    assert not proposes_closing(thanks_point, fulfilment_of(thanks_point))


def test_three_letters_for_four_persons_are_not_enough(thanks_point: DecisionPoint, secretariat: User) -> None:
    for _ in range(3):
        thanks = letter(thanks_point.resolution, "gratitude", point=thanks_point)
        send(thanks, by=secretariat)
        step(thanks, "deliver", by=secretariat)
    assert (fulfilment_of(thanks_point).done, fulfilment_of(thanks_point).total) == (3, 4)


def test_annulled_and_repeated_letters_do_not_count(thanks_point: DecisionPoint, secretariat: User) -> None:
    for _ in range(4):
        thanks = letter(thanks_point.resolution, "gratitude", point=thanks_point)
        send(thanks, by=secretariat)
        step(thanks, "deliver", by=secretariat)
    letter(thanks_point.resolution, "gratitude", point=thanks_point, repeats=thanks)
    mistaken = letter(thanks_point.resolution, "gratitude", point=thanks_point)
    step(mistaken, "annul", by=secretariat, text="Лишнее.")
    assert (fulfilment_of(thanks_point).done, fulfilment_of(thanks_point).total) == (4, 4)


def test_an_assignment_cannot_be_counted(appeal_point: DecisionPoint) -> None:
    appeal_point.kind = "assignment"
    assert fulfilment_of(appeal_point).sentence == ""
    assert not fulfilment_of(appeal_point).can_be_reported
