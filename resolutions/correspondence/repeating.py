"""A repeated letter to a body that owes answers: it refers to what was sent and holds what is late."""

import datetime as dt

from django.db import transaction

from resolutions.correspondence.register import AskOnDay, LettersOnDay
from resolutions.models import AskOutcome, CarriedAsk, Correspondent, Letter
from resolutions.models.ask_standing import Answered, Line
from russian.templatetags.russian import long_date
from russian.text import tidy

# What is said of an answer that leaves the answer itself to be waited for.
_SO_FAR = {
    AskOutcome.INTERIM: "{when} получен промежуточный ответ; ответ по существу не поступил.",
    AskOutcome.FORWARDED: "{when} получено сообщение о перенаправлении в Ваш адрес; ответ по существу не поступил.",
}
_NOTHING = "Ответ на него не поступил."


def owed_by(letter: Letter, read: LettersOnDay) -> dict[Correspondent, list[tuple[AskOnDay, Line]]]:
    """Which bodies owe answers about the asks that a letter carried last, and about which.

    Args:
        letter: one that left.
        read: its point's letters, or the letter alone where it has no point, as they stand today.
    """
    found: dict[Correspondent, list[tuple[AskOnDay, Line]]] = {}
    for ask in read.asks:
        for line in ask.standing.lines:
            if line.is_open and line.letters[-1] == letter.pk and isinstance(line.body, Correspondent):
                found.setdefault(line.body, []).append((ask, line))
    return found


@transaction.atomic
def draft_repeat(letter: Letter, body: Correspondent, read: LettersOnDay) -> Letter:
    """Store a draft of a letter that repeats another one to a body that owes; it carries what is late by today.

    Args:
        letter: which carried last what the body owes.
        body: who owes: whom the letter went to, or whom it was passed on to.
        read: as of `owed_by`.

    Returns:
        The draft, with a first paragraph that refers to the letter and to what came back so far.
    """
    owed = owed_by(letter, read)[body]
    late = [ask for ask, line in owed if line in ask.standing.late_lines(read.day)]
    is_same = letter.correspondent == body
    repeat = Letter(
        kind=letter.kind,
        resolution=letter.resolution,
        point=letter.point,
        municipality=letter.municipality if is_same else None,
        correspondent=body,
        repeats=letter,
        addressee=letter.addressee if is_same else str(body),
        heading=letter.heading,
        salutation=letter.salutation if is_same else "Уважаемые господа!",
        body="\n".join(map(tidy, _paragraphs(letter, owed, late, is_same=is_same))),
        signatory_position=letter.signatory_position,
        signatory_name=letter.signatory_name,
        executor=letter.executor,
        reply_days=letter.reply_days,
    )
    repeat.save()
    CarriedAsk.objects.bulk_create(CarriedAsk(letter=repeat, ask=one.ask) for one in late)
    return repeat


def _paragraphs(letter: Letter, owed: list[tuple[AskOnDay, Line]], late: list[AskOnDay], *, is_same: bool) -> list[str]:
    return [_reference(letter, owed, is_same=is_same), *_request(letter, late or [ask for ask, _ in owed])]


def _reference(letter: Letter, owed: list[tuple[AskOnDay, Line]], *, is_same: bool) -> str:
    """What was sent, and what came back of it."""
    whom = "к Вам" if is_same else f"по этому вопросу (адресат: {letter.correspondent})"
    return f"Письмом от {long_date(letter.date)} № {letter.number} Союз обращался {whom}. {_so_far(owed)}"


def _so_far(owed: list[tuple[AskOnDay, Line]]) -> str:
    """What came back, in a sentence: the latest that leaves the answer itself to be waited for."""
    said: list[tuple[dt.date, AskOutcome]] = []
    for ask, line in owed:
        last = ask.latest_answer
        if line.latest in _SO_FAR and last and isinstance(last.event, Answered):
            said.append((last.row.happened_on, last.event.outcome))
    if not said:
        return _NOTHING
    day, outcome = max(said)
    return _SO_FAR.get(outcome, _NOTHING).format(when=long_date(day))


def _request(letter: Letter, asks: list[AskOnDay]) -> list[str]:
    """What the letter asks: the former text, where it repeats all of it, or the asks one by one."""
    carried = {one.ask_id for one in letter.planned()}
    if carried == {one.ask.pk for one in asks}:
        return ["Направляем обращение повторно.", *letter.paragraphs]
    texts = [one.ask.text.rstrip(".") for one in asks]
    if len(texts) == 1:
        return [f"Повторно просим {texts[0]}.", "О результатах рассмотрения просим сообщить в адрес Союза."]
    lines = [f"{number}) {text}{';' if number < len(texts) else '.'}" for number, text in enumerate(texts, start=1)]
    return ["Повторно просим:", *lines, "О результатах рассмотрения просим сообщить в адрес Союза."]
