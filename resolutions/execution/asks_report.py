"""What is told of each ask of a point: whom it was put to, what was said of it and when, and what is waited for."""

from collections.abc import Iterable
from dataclasses import dataclass

from resolutions.correspondence.ask_words import Watch, group_of, waited_in_words
from resolutions.correspondence.register import AskOnDay
from resolutions.execution.reading import Reading
from resolutions.models import AskOutcome
from resolutions.models.ask_ledger import Happened
from resolutions.models.ask_standing import Answered, Carried
from resolutions.models.incoming import IncomingEntry
from russian.templatetags.russian import long_date


@dataclass(frozen=True)
class AskLine:
    """An ask as it stood at the end of a day. Who reads no letters is told numbers, bodies, outcomes and days.

    Attributes:
        number: its number among the asks of the point.
        text: what was asked; empty for readers who may not read the letter that bore it.
        letters: by which letters, with their numbers and dates and the bodies they went to.
        answers: what was said of it, each with its day.
        waits: what was waited for, body by body.
        state: how it stood, in a word or two.
        tone: the colour of that; of success for what was granted alone.
        is_late: whether something of this was recorded after the day of the report.
    """

    number: int
    text: str
    letters: tuple[str, ...]
    answers: tuple[str, ...]
    waits: tuple[str, ...]
    state: str
    tone: str
    is_late: bool

    @property
    def in_words(self) -> str:
        """All of it in one paragraph, for papers."""
        what = f"Просьба {self.number}: {self.text.rstrip('.')}." if self.text else f"Просьба {self.number}."
        parts = [*self.letters, *self.answers, *self.waits]
        told = "; ".join(_inside(part) for part in parts)
        end = "" if told.endswith(".") else "."
        return f"{what} {self.state}: {told}{end}" if told else f"{what} {self.state}."


def _inside(sentence: str) -> str:
    """A sentence inside another one; what ends with «г.» keeps its full stop."""
    without_stop = sentence if sentence.endswith("г.") else sentence.removesuffix(".")
    return f"{without_stop[:1].lower()}{without_stop[1:]}"


def asks_report(asks: Iterable[AskOnDay], watch: Watch, reading: Reading) -> tuple[AskLine, ...]:
    """The asks of a point. Asks nothing of the database.

    Args:
        asks: as they stood.
        watch: how they were watched.
        reading: the day, and for whom.
    """
    return tuple(_line(one, watch, reading) for one in asks)


def _line(ask: AskOnDay, watch: Watch, reading: Reading) -> AskLine:
    state, tone = _state(ask, watch)
    return AskLine(
        number=ask.ask.number,
        text=ask.ask.text if reading.with_letters or ask.letter.is_shown_to_public else "",
        letters=tuple(_sent(one) for one in ask.happened if isinstance(one.event, Carried)),
        answers=tuple(_said(one, reading) for one in ask.happened if isinstance(one.event, Answered)),
        waits=tuple(waited_in_words(ask, watch)),
        state=state,
        tone=tone,
        is_late=any(reading.is_late(one.row.recorded_at) for one in ask.happened),
    )


def _state(ask: AskOnDay, watch: Watch) -> tuple[str, str]:
    """A word or two, and its colour."""
    if not ask.standing.is_sent:
        return "Не направлена", "todo"
    group = group_of(ask, watch).name
    if group in AskOutcome.__members__:
        outcome = AskOutcome[group]
        return str(outcome.label), outcome.tone
    return _WAITS[group]


_WAITS = {"WAITS": ("Ответа ждут", "doing"), "LATE": ("Ответ просрочен", "refused"), "NO_ANSWER": ("Ответа нет", "off")}


def _sent(one: Happened) -> str:
    """«исх. № 1/24, отправлено 8 июля 2024 г.: Правительство Российской Федерации»."""
    letter = one.row.letter
    to = one.event.to if isinstance(one.event, Carried) else ""
    return f"исх. № {letter.number}, отправлено {long_date(one.row.happened_on)}: {to}"


def _said(one: Happened, reading: Reading) -> str:
    """«22 июля 2024 г.: перенаправлена: Минстрой России, до 21 августа 2024 г.»."""
    outcome = one.outcome.in_words if one.outcome else ""
    number = ""
    if reading.with_letters and isinstance(one.row, IncomingEntry) and one.row.letter.number:
        number = f" (вх. № {one.row.letter.number})"
    by = one.event.by if isinstance(one.event, Answered) else ""
    return f"{long_date(one.row.happened_on)}{number} {by}: {outcome}"
