"""How far a point is fulfilled, where that can be computed: from municipalities, from letters."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from municipalities.practices.uptake import Uptake, uptake_of
from resolutions.asks import AskOutcome, AskStanding, proposed_result
from resolutions.correspondence.answers import SAYS, asked_by
from resolutions.correspondence.register import LetterOnDay, counts_for, letters_on
from resolutions.correspondence.thanks import persons_in
from resolutions.kinds import Counter
from resolutions.models import DecisionPoint, Outcome, PointResult, Reply
from resolutions.models.correspondence import ARRIVED, LEFT, NUMBERED
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
    letters: list[LetterOnDay] | None = None,
    uptake: Uptake | None = None,
    known_on: dt.date | None = None,
) -> Fulfilment:
    """How far a point is fulfilled at the end of a day.

    Args:
        point: the point.
        day: a calendar day in Moscow; today without it.
        letters: the point's letters on that day, where the caller has read them already.
        uptake: where the members stood on that day with what the point recommends, where the caller has counted.
        known_on: only what was recorded by the end of this day counts.
    """
    return _COUNTERS[point.of_kind.counter](_Facts(point, day, known_on, letters, uptake))


@dataclass(frozen=True)
class _Facts:
    """What a counter may ask about a point: what the caller has not read is read when it is asked for."""

    point: DecisionPoint
    day: dt.date | None
    known_on: dt.date | None
    read_letters: list[LetterOnDay] | None
    counted_uptake: Uptake | None

    @property
    def letters(self) -> list[LetterOnDay]:
        """The point's letters on the day."""
        if self.read_letters is not None:
            return self.read_letters
        return letters_on(self.day or timezone.localdate(), self.point.letters.all(), known_on=self.known_on)

    @property
    def uptake(self) -> Uptake | None:
        """Where the members stood; None where the point names nobody's experience."""
        if self.counted_uptake is not None or self.point.experience_of is None:
            return self.counted_uptake
        return uptake_of(self.point.experience_of, self.day, known_on=self.known_on)


def proposes_closing(point: DecisionPoint, fulfilment: Fulfilment) -> bool:
    """Whether the card proposes to report and to close."""
    return fulfilment.can_be_reported and point.is_under_control


def _nothing(facts: _Facts) -> Fulfilment:
    return Fulfilment()


def _uptake(facts: _Facts) -> Fulfilment:
    """Member by member: who goes on, and who uses the experience that the point names."""
    if (uptake := facts.uptake) is None:
        return Fulfilment()
    going_on = counted(uptake.going_on, "муниципальное образование,муниципальных образования,муниципальных образований")
    sentence = (
        f"Участвуют в проекте: {going_on} из {uptake.members}. Используют опыт: {uptake.using} из {uptake.others}."
    )
    complete = uptake.members > 0 and uptake.going_on == uptake.members and uptake.using == uptake.others
    if complete:
        return Fulfilment(uptake.going_on, uptake.members, sentence, sentence)
    remaining = (
        f"Не участвуют в проекте или не представили сведений: {uptake.members - uptake.going_on} из {uptake.members}. "
        f"Ещё не используют опыт: {uptake.others - uptake.using} из {uptake.others}."
    )
    return Fulfilment(uptake.going_on, uptake.members, sentence, remaining=remaining)


_STAGES = (
    (NUMBERED, "зарегистрировано"),
    (LEFT, "отправлено"),
    (ARRIVED, "вручено"),
)


def _answer(facts: _Facts) -> Fulfilment:
    """What the appeal asks for, and what was answered: done is what was granted, not what was sent."""
    letters, kind = facts.letters, facts.point.of_kind.letters
    appeals = counts_for(letters, kind)
    if not appeals:
        return Fulfilment(0, 1, "Обращение ещё не подготовлено.", remaining="Подготовить обращение.")
    asked = asked_by(letters, kind)
    day = facts.day or timezone.localdate()
    result = proposed_result([asked], day)
    if answered := _answered(letters, kind, asked):
        appeal, reply = answered
        said, received_on = reply.get_outcome_display().lower(), long_date(reply.received_on)
        sentence = f"Обращение {appeal.requisites}: {said}, ответ получен {received_on}"
        proposal = f"На обращение {appeal.requisites} получен ответ {received_on}: {said}."
        done = int(asked.outcome == AskOutcome.SATISFIED)
        return Fulfilment(done, 1, sentence, proposal if result else "", result=result)
    appeal = appeals[0]
    reached = [name for states, name in _STAGES if appeal.state in states]
    if not reached:
        draft = "Обращение подготовлено, но ещё не зарегистрировано."
        return Fulfilment(0, 1, draft, remaining="Зарегистрировать и отправить обращение.")
    sentence = f"Обращение {appeal.requisites}: {reached[-1]}. {_waiting(asked, day)}".strip()
    remaining = "Получить ответ на обращение." if appeal.state in LEFT else "Отправить обращение."
    return Fulfilment(0, 1, sentence, "", remaining, result)


def _answered(letters: list[LetterOnDay], kind: str, asked: AskStanding) -> tuple[LetterOnDay, Reply] | None:
    """The letter whose answer counts, with that answer; None while there is no final one."""
    final = [(one, reply) for one in letters if one.letter.kind == kind for reply in one.replies if reply.is_final]
    final.sort(key=lambda each: each[1].received_on)
    counting = [each for each in final if SAYS[Outcome(each[1].outcome)] == asked.outcome]
    return counting[-1] if counting else None


def _waiting(asked: AskStanding, day: dt.date) -> str:
    """Until when an answer is waited for, by the letter that asked last."""
    until = [line.until for line in asked.lines if line.is_open and line.until]
    if not until:
        return ""
    if max(until) < day:
        return f"Ответа нет, срок истёк {long_date(max(until))}"
    return f"Ответ ожидается до {long_date(max(until))}"


def _thanks(facts: _Facts) -> Fulfilment:
    """Letters of thanks delivered, of as many as the point names persons."""
    thanks = counts_for(facts.letters, facts.point.of_kind.letters)
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
    Counter.UPTAKE: _uptake,
    Counter.ANSWER: _answer,
    Counter.THANKS: _thanks,
}
