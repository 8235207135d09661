"""How far a point is fulfilled, where that can be computed: from municipalities, from letters."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from municipalities.practices.uptake import Uptake, uptake_of
from resolutions.correspondence.register import LetterOnDay, counts_for, letters_on
from resolutions.correspondence.thanks import persons_in
from resolutions.deadlines import Urgency
from resolutions.models import DecisionPoint, LetterKind, LetterState, PointState
from resolutions.models.correspondence import ARRIVED, LEFT, NUMBERED
from resolutions.text import PointKind
from russian.templatetags.russian import counted, long_date


@dataclass(frozen=True)
class Fulfilment:
    """How far a point is fulfilled.

    Attributes:
        done: how much of it.
        total: of how much; 0 when nothing can be counted.
        sentence: the same in words; empty when nothing can be counted.
        proposal: a draft of the report on the point, once everything is done; empty before.
        remaining: what is left to do, in words; empty when nothing is left or nothing can be counted.
    """

    done: int = 0
    total: int = 0
    sentence: str = ""
    proposal: str = ""
    remaining: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything that can be counted is done: time to report and to close."""
        return self.total > 0 and self.done >= self.total


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
    if point.kind == PointKind.RECOMMENDATION:
        if uptake is None and point.experience_of is not None:
            uptake = uptake_of(point.experience_of, day, known_on=known_on)
        return _recommendation(uptake) if uptake else Fulfilment()
    day = day or timezone.localdate()
    if point.kind not in (PointKind.APPEAL, PointKind.GRATITUDE):
        return Fulfilment()
    if letters is None:
        letters = letters_on(day, point.letters.all(), known_on=known_on)
    return _appeal(letters) if point.kind == PointKind.APPEAL else _gratitude(point, letters)


def proposes_closing(point: DecisionPoint, fulfilment: Fulfilment) -> bool:
    """Whether the card proposes to report and to close."""
    return fulfilment.is_complete and point.state in (PointState.PLANNED, PointState.IN_PROGRESS, PointState.REPORTED)


def _recommendation(uptake: Uptake) -> Fulfilment:
    """Member by member: who goes on, and who uses the experience that the point names."""
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
    ((LetterState.ANSWERED,), "получен ответ"),
)


def _appeal(letters: list[LetterOnDay]) -> Fulfilment:
    """The stage of the appeal: registered, sent, delivered, answered."""
    appeals = counts_for(letters, LetterKind.APPEAL)
    if not appeals:
        return Fulfilment(0, len(_STAGES), "Обращение ещё не подготовлено.", remaining="Подготовить обращение.")
    answered = [one for one in letters if one.letter.kind == LetterKind.APPEAL and one.state == LetterState.ANSWERED]
    appeal = answered[0] if answered else appeals[0]
    # A letter that was answered has arrived, whether somebody noted that or not.
    reached = [name for states, name in _STAGES if appeal.state in states]
    if not reached:
        draft = "Обращение подготовлено, но ещё не зарегистрировано."
        return Fulfilment(0, len(_STAGES), draft, remaining="Зарегистрировать и отправить обращение.")
    sentence = f"Обращение {appeal.requisites}: {reached[-1]}."
    if not answered:
        remaining = "Получить ответ на обращение." if appeal.state in LEFT else "Отправить обращение."
        stage = f"{sentence} {_waiting(appeal)}".strip()
        return Fulfilment(len(reached), len(_STAGES), stage, remaining=remaining)
    reply = next(one for one in reversed(appeal.replies) if one.is_final)
    proposal = f"На обращение {appeal.requisites} получен ответ ({reply}): {reply.get_outcome_display().lower()}."
    return Fulfilment(len(_STAGES), len(_STAGES), sentence, proposal)


def _waiting(appeal: LetterOnDay) -> str:
    if appeal.due_on is None or appeal.urgency == Urgency.NONE:
        return ""
    if appeal.urgency == Urgency.OVERDUE:
        return f"Ответа нет, срок истёк {long_date(appeal.due_on)}"
    return f"Ответ ожидается до {long_date(appeal.due_on)}"


def _gratitude(point: DecisionPoint, letters: list[LetterOnDay]) -> Fulfilment:
    """Letters of thanks delivered, of as many as the point names persons."""
    thanks = counts_for(letters, LetterKind.GRATITUDE)
    total = max(len(persons_in(point.as_text())), len(thanks))
    arrived = [one for one in thanks if one.state in ARRIVED]
    if not total:
        return Fulfilment()
    sentence = f"Вручено писем с благодарностью: {len(arrived)} из {total}."
    if len(arrived) < total:
        remaining = f"Осталось вручить писем с благодарностью: {total - len(arrived)}."
        return Fulfilment(len(arrived), total, sentence, remaining=remaining)
    numbers = ", ".join(one.requisites for one in arrived)
    return Fulfilment(len(arrived), total, sentence, f"Все письма с благодарностью вручены: {numbers}.")
