"""How asks stand, in words: one by one, and all asks of a point in one sentence."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from resolutions.correspondence.register import AskOnDay
from resolutions.models.ask_standing import FINAL, AskOutcome, Line
from russian.templatetags.russian import counted, long_date, plural

ASKS_GENITIVE = "просьбы,просьб,просьб"


@dataclass(frozen=True)
class Watch:
    """How the asks of a point are watched on a day.

    Attributes:
        day: the reading day.
        is_over: whether the point is off control: nothing is waited for then.
        not_before: the point was taken up again on this day: nothing was late before the day after it.
    """

    day: dt.date
    is_over: bool = False
    not_before: dt.date | None = None

    def late_lines(self, ask: AskOnDay) -> tuple[Line, ...]:
        """What should have been answered, and by whom; nothing where nothing is waited for."""
        return () if self.is_over else ask.standing.late_lines(self.day, self.not_before)


class Group(Enum):
    """How an ask is counted in a sentence: what was said of it, and else what is waited for.

    A value is the words for one, a few and many asks; «по» those that are waited for.
    """

    SATISFIED = "удовлетворена,удовлетворены,удовлетворены"
    PARTLY = "удовлетворена частично,удовлетворены частично,удовлетворены частично"
    REFUSED = "отказано,отказано,отказано"
    NOT_CONSIDERED = "не рассмотрена по существу,не рассмотрены по существу,не рассмотрены по существу"
    INTERIM = "промежуточный ответ,промежуточный ответ,промежуточный ответ"
    FORWARDED = "перенаправлена,перенаправлены,перенаправлены"
    WAITS = "ответа ждут"
    LATE = "ответ не поступил в срок"
    NO_ANSWER = "ответа нет"


_BY_OUTCOME = {outcome: Group[outcome.name] for outcome in AskOutcome}


def group_of(ask: AskOnDay, watch: Watch) -> Group:
    """How an ask that was sent is counted. One that was renewed counts with its earlier outcome until the next one."""
    if outcome := ask.standing.outcome:
        return _BY_OUTCOME[outcome]
    if watch.late_lines(ask):
        return Group.LATE
    said = {line.latest for line in ask.standing.lines}
    for outcome in (AskOutcome.FORWARDED, AskOutcome.INTERIM):
        if outcome in said:
            return _BY_OUTCOME[outcome]
    return Group.NO_ANSWER if watch.is_over else Group.WAITS


def counts_in_words(asks: Sequence[AskOnDay], watch: Watch) -> str:
    """«Из 3 просьб: 1 – удовлетворена частично, 1 – отказано, по 1 ответа нет».

    Args:
        asks: of one point; those that were not sent are told apart.
        watch: how they are watched.
    """
    sent = [one for one in asks if one.standing.is_sent]
    unsent = len(asks) - len(sent)
    told = f"Из {counted(len(sent), ASKS_GENITIVE)}: {', '.join(_groups(sent, watch))}"
    return f"{told}. Ещё не направлено: {unsent}" if unsent else told


def _groups(sent: Iterable[AskOnDay], watch: Watch) -> Iterator[str]:
    numbers = Counter(group_of(one, watch) for one in sent)
    for group in Group:
        if number := numbers[group]:
            forms = group.value
            yield f"{number} – {plural(number, forms)}" if "," in forms else f"по {number} {forms}"


_ALONE = {
    AskOutcome.SATISFIED: "просьба удовлетворена",
    AskOutcome.PARTLY: "просьба удовлетворена частично",
    AskOutcome.REFUSED: "в просьбе отказано",
    AskOutcome.NOT_CONSIDERED: "просьба не рассмотрена по существу",
}


def outcome_alone(outcome: AskOutcome) -> str:
    """The final outcome of the only ask of a point: «в просьбе отказано»."""
    return _ALONE[outcome]


def waited_in_words(ask: AskOnDay, watch: Watch) -> Iterator[str]:
    """What is waited for of an ask, body by body; nothing where nothing is."""
    if watch.is_over:
        if ask.standing.is_sent and (said := _AT_LAST.get(group_of(ask, watch))):
            yield said
        return
    late = watch.late_lines(ask)
    for line in ask.standing.lines:
        if line.is_open:
            yield _line(line, is_late=line in late)


# What is told of an ask without a final answer once nothing is waited for.
_AT_LAST = {
    Group.INTERIM: "Окончательного ответа нет, был промежуточный",
    Group.FORWARDED: "Ответа нет, просьба была перенаправлена",
    Group.NO_ANSWER: "Ответа нет",
}


def _line(line: Line, *, is_late: bool) -> str:
    if is_late and line.until:
        return f"Ответа нет, срок истёк {long_date(line.until)} Должен ответить: {line.body}"
    until = f" до {long_date(line.until)}" if line.until else ""
    said = {
        AskOutcome.INTERIM: f"Получен промежуточный ответ, окончательный ожидается{until}",
        AskOutcome.FORWARDED: f"Перенаправлена, ответ ожидается{until}",
    }.get(line.latest or AskOutcome.SATISFIED, f"Ответ ожидается{until}")
    end = "" if said.endswith(".") else "."
    return f"{said}{end} Должен ответить: {line.body}"


def owed_in_words(ask: AskOnDay, line: Line) -> str:
    """«Нет ответа по просьбе 3 (Минстрой России): ждали до 21 августа 2024 г.»."""
    return f"Нет ответа по просьбе {ask.ask.number} ({line.body}): ждали до {long_date(line.until)}"


def is_answered(ask: AskOnDay) -> bool:
    """Whether somebody has answered it to the point, or refused to."""
    return ask.standing.outcome in FINAL
