"""How far a point is fulfilled, where that can be computed: from municipalities, from letters."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from resolutions.correspondence.ask_words import (
    ASKS_GENITIVE,
    Watch,
    counts_in_words,
    is_answered,
    outcome_alone,
    waited_in_words,
)
from resolutions.correspondence.register import AskOnDay, LetterOnDay, LettersOnDay, counts_for, letters_on
from resolutions.correspondence.thanks import persons_in
from resolutions.execution.measured import Measured, measured_on
from resolutions.kinds import Counter
from resolutions.models import AskOutcome, DecisionPoint, PointResult
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.correspondence import ARRIVED, NUMBERED
from resolutions.models.point_standing import PointStanding
from russian.templatetags.russian import counted, long_date


@dataclass(frozen=True)
class Fulfilment:
    """How far a point is fulfilled.

    Attributes:
        done: how much of it.
        total: of how much; 0 when nothing can be counted.
        sentence: the same in words; empty when nothing can be counted.
        proposal: a draft of the report on the point, once there is something to report; empty before.
        remaining: what is left to do, in words; empty when nothing is left or nothing can be counted.
        result: what the answers propose as the result of the point; None where they propose nothing.
    """

    done: int = 0
    total: int = 0
    sentence: str = ""
    proposal: str = ""
    remaining: str = ""
    result: PointResult | None = None

    @property
    def can_be_reported(self) -> bool:
        """Whether it is time to report, whatever came of it."""
        return bool(self.proposal)


def fulfilment_of(
    point: DecisionPoint,
    day: dt.date | None = None,
    *,
    letters: LettersOnDay | None = None,
    measured: Measured | None = None,
    known_on: dt.date | None = None,
    stood: PointStanding | None = None,
) -> Fulfilment:
    """How far a point is fulfilled at the end of a day.

    Args:
        point: the point.
        day: a calendar day in Moscow; today without it.
        letters: the point's letters on that day, where the caller has read them already.
        measured: what was counted of the point on that day by its measure, where the caller has counted.
        known_on: only what was recorded by the end of this day counts.
        stood: how the card stood on that day; as it stands today without it.
    """
    day = day or timezone.localdate()
    return _COUNTERS[point.of_kind.counter](_Facts(point, day, known_on, letters, measured, stood or point.kept()))


@dataclass(frozen=True)
class _Facts:
    """What a counter may ask about a point: what the caller has not read is read when it is asked for."""

    point: DecisionPoint
    day: dt.date
    known_on: dt.date | None
    read_letters: LettersOnDay | None
    read_measured: Measured | None
    stood: PointStanding

    @property
    def letters(self) -> LettersOnDay:
        """The point's letters and asks on the day."""
        if self.read_letters is not None:
            return self.read_letters
        return letters_on(self.day, self.point.letters.all(), known_on=self.known_on)

    @property
    def watch(self) -> Watch:
        """How the asks are watched."""
        return watch_of(self.stood, self.day)

    @property
    def measured(self) -> Measured:
        """What is counted by the measure of the point."""
        if self.read_measured is not None:
            return self.read_measured
        measure = self.point.measure_in(self.stood)
        return measured_on([(self.point, measure)], self.day, known_on=self.known_on)[self.point.pk]


def watch_of(stood: PointStanding, day: dt.date) -> Watch:
    """How the asks of a point are watched on a day, as its card stood."""
    return Watch(day, stood.state not in UNDER_CONTROL, stood.watched_anew_on)


def proposes_closing(point: DecisionPoint, fulfilment: Fulfilment) -> bool:
    """Whether the card proposes to report and to close."""
    return fulfilment.can_be_reported and point.is_under_control


def _nothing(facts: _Facts) -> Fulfilment:
    return Fulfilment()


def _chosen(facts: _Facts) -> Fulfilment:
    """What somebody chose to count; the first of it is the figure."""
    counts = facts.measured.counts
    if not counts:
        return Fulfilment()
    first, sentence = counts[0], " ".join(one.sentence for one in counts)
    remaining = " ".join(one.remaining for one in counts if one.remaining)
    is_complete = not remaining and first.total > 0
    return Fulfilment(first.done, first.total, sentence, sentence if is_complete else "", remaining)


def _answer(facts: _Facts) -> Fulfilment:
    """What the letters ask for, and what was answered: done is what was granted, not what was sent."""
    read, watch = facts.letters, facts.watch
    letters = counts_for(read.letters, facts.point.of_kind.letters)
    if not letters:
        return Fulfilment(0, 1, "Обращение ещё не подготовлено.", remaining="Подготовить обращение.")
    sent = [one for one in read.asks if one.standing.is_sent]
    if not sent:
        return _unsent(max(letters, key=lambda one: one.state in NUMBERED))
    result = read.proposed(watch.not_before)
    answered = [one for one in sent if is_answered(one)]
    done = sum(one.standing.outcome == AskOutcome.SATISFIED for one in sent)
    if len(read.asks) == 1:
        bearer = next(one for one in read.letters if one.letter.pk == sent[0].letter.pk)
        sentence, proposal = _of_one_ask(sent[0], bearer, watch)
    else:
        sentence = proposal = counts_in_words(read.asks, watch)
    return Fulfilment(
        done, len(sent), sentence, proposal if result and answered else "", _remaining(sent, watch), result
    )


def _unsent(appeal: LetterOnDay) -> Fulfilment:
    """Nothing was asked yet."""
    if appeal.state not in NUMBERED:
        draft = "Обращение подготовлено, но ещё не зарегистрировано."
        return Fulfilment(0, 1, draft, remaining="Зарегистрировать и отправить обращение.")
    sentence = f"Обращение {appeal.requisites}: зарегистрировано, ещё не отправлено."
    return Fulfilment(0, 1, sentence, remaining="Отправить обращение.")


def _of_one_ask(ask: AskOnDay, appeal: LetterOnDay, watch: Watch) -> tuple[str, str]:
    """The only ask of a point in a sentence, and what is proposed as a report on it."""
    answer = ask.final_answer
    if answer is None or ask.standing.outcome is None:
        reached = "вручено" if appeal.state in ARRIVED else "отправлено"
        waits = ". ".join(waited_in_words(ask, watch))
        return f"Обращение {appeal.requisites}: {reached}. {waits}", ""
    said, day = outcome_alone(ask.standing.outcome), long_date(answer.row.happened_on)
    waits = ". ".join(waited_in_words(ask, watch))
    sentence = f"Обращение {appeal.requisites}: {said}, ответ получен {day} {waits}"
    return sentence.rstrip(), f"На обращение {appeal.requisites} получен ответ {day}: {said}."


def _remaining(sent: Sequence[AskOnDay], watch: Watch) -> str:
    """What answers are still to come."""
    waited = sum(one.standing.is_open for one in sent)
    if watch.is_over or not waited:
        return ""
    if len(sent) == 1:
        return "Получить ответ на обращение."
    return f"Получить ответ по {waited} из {counted(len(sent), ASKS_GENITIVE)}."


def _thanks(facts: _Facts) -> Fulfilment:
    """Letters of thanks delivered, of as many as the point names persons."""
    thanks = counts_for(facts.letters.letters, facts.point.of_kind.letters)
    total = max(len(persons_in(facts.point.as_text())), len(thanks))
    arrived = [one for one in thanks if one.state in ARRIVED]
    if not total:
        return Fulfilment()
    sentence = f"Вручено писем с благодарностью: {len(arrived)} из {total}."
    if len(arrived) < total:
        remaining = f"Осталось вручить писем с благодарностью: {total - len(arrived)}."
        return Fulfilment(len(arrived), total, sentence, remaining=remaining)
    numbers = ", ".join(one.requisites for one in arrived)
    return Fulfilment(len(arrived), total, sentence, f"Все письма с благодарностью вручены: {numbers}.")


_COUNTERS: dict[Counter, Callable[[_Facts], Fulfilment]] = {
    Counter.NOTHING: _nothing,
    Counter.CHOSEN: _chosen,
    Counter.ANSWER: _answer,
    Counter.THANKS: _thanks,
}
