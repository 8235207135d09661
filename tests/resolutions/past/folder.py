"""Rows of a workbook, in a line each; and the first worked example of the Union as such rows."""

import datetime as dt
from dataclasses import fields
from typing import Any

from resolutions.models import AskOutcome, Channel, PointAction, PointResult
from resolutions.past.rows import (
    Judged,
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastPromise,
    PastRows,
    PastStep,
    Sheet,
)

SLUG = "o-gorodah-2024"
FILE = "Папка 2024.xlsx"
GOVERNMENT, MINSTROY = "Правительство Российской Федерации", "Минстрой России"
ASKS = ("поднять статус проекта", "выделить субсидии", "утвердить методику")
_SHEETS = {
    PastDecision: "decisions",
    PastPoint: "points",
    PastLetter: "letters",
    PastAsk: "asks",
    PastIncoming: "incoming",
    PastOutcome: "outcomes",
    PastStep: "steps",
    PastPromise: "promises",
}


def day(text: str) -> dt.date:
    """«27.06.2024»."""
    return dt.date(*map(int, reversed(text.split("."))))


class Folder:
    """Collects rows; each gets the next row of its sheet, the first one the second: above it stand the headings."""

    def __init__(self) -> None:
        self.said: dict[type, list[Any]] = {one: [] for one in _SHEETS}

    def add(self, sheet: type, /, **said: Any) -> "Folder":
        """Add a row; cells that are not named are empty, days are written as people do."""
        filled: dict[str, Any] = {}
        for one in fields(sheet):
            value = said.pop(one.name, "")
            if value == "" and "None" in str(one.type):
                value = None
            if value == "" and "tuple" in str(one.type):
                value = ()
            filled[one.name] = day(value) if "datetime.date" in str(one.type) and isinstance(value, str) else value
        assert not said, said
        filled["row"] = len(self.said[sheet]) + 2
        self.said[sheet].append(sheet(**filled))
        return self

    def decision(self, decision: str = SLUG, on: str = "27.06.2024", *kinds: str, **said: Any) -> "Folder":
        """An adopted decision with a point of each kind."""
        usual = {"title": "О развитии городов", "place": "г. Архангельск", "signatory_name": "Н.В. Корягина"}
        self.add(PastDecision, decision=decision, adopted_on=on, **usual | said)
        for number, kind in enumerate(kinds, start=1):
            self.point(decision, number, kind)
        return self

    def point(self, decision: str = SLUG, number: int = 1, kind: str = "assignment", **said: Any) -> "Folder":
        return self.add(
            PastPoint, decision=decision, number=number, kind=kind, **{"text": f"Сделать дело {number}."} | said
        )

    def letter(self, number: str = "1/24", on: str = "05.07.2024", **said: Any) -> "Folder":
        """An appeal of the second point to the Government, answered within thirty days of its sending."""
        usual = {"kind": "appeal", "decision": SLUG, "point": 2, "correspondent": GOVERNMENT, "reply_days": 30}
        if said.get("sent_on"):
            usual["channel"] = Channel.POST
        return self.add(PastLetter, number=number, date=on, **usual | said)

    def ask(
        self,
        number: int = 1,
        letter: str = "1/24",
        on: str = "05.07.2024",
        text: str = "поддержать города",
        renews: bool = False,
    ) -> "Folder":
        return self.add(PastAsk, letter=letter, date=on, number=number, text=text, renews=renews)

    def incoming(self, number: str, on: str, correspondent: str = GOVERNMENT, **said: Any) -> "Folder":
        return self.add(PastIncoming, number=number, received_on=on, correspondent=correspondent, **said)

    def outcome(
        self,
        incoming: str,
        on: str,
        number: int,
        outcome: AskOutcome,
        *,
        of: str = "1/24",
        date: str = "05.07.2024",
        **said: Any,
    ) -> "Folder":
        """What an incoming letter says of an ask of a letter."""
        return self.add(
            PastOutcome, incoming=incoming, received_on=on, letter=of, date=date, number=number, outcome=outcome, **said
        )

    def step(self, action: PointAction, on: str, text: str = "Сделано.", **said: Any) -> "Folder":
        """A step of the second point."""
        usual = {"decision": SLUG, "point": 2}
        return self.add(PastStep, action=action, happened_on=on, text=text, **usual | said)

    def promise(self, municipality: str, what: str = "Починить дороги", **said: Any) -> "Folder":
        usual = {"made_on": "01.08.2024", "due_on": "01.12.2024", "who": "И.И. Иванов, заместитель главы"}
        return self.add(PastPromise, municipality=municipality, what=what, **usual | said)

    @property
    def rows(self) -> PastRows:
        return PastRows(**{name: tuple(self.said[kind]) for kind, name in _SHEETS.items()})


def example_a() -> Folder:
    """«A. One appeal»."""
    folder = Folder().decision(SLUG, "27.06.2024", "recommendation", "appeal", "gratitude")
    instruction = {"responsible": "Секретариат Союза", "controller": "Председатель Союза", "due_on": "27.12.2024"}
    folder.step(PointAction.INSTRUCT, "20.07.2024", "", **instruction)
    folder.letter("1/24", "05.07.2024", sent_on="08.07.2024", delivered_on="12.07.2024")
    for number, text in enumerate(ASKS, start=1):
        folder.ask(number, text=text)
    folder.incoming("1", "22.07.2024")
    folder.outcome("1", "22.07.2024", 3, AskOutcome.FORWARDED, until="21.08.2024", forwarded_to=MINSTROY)
    folder.incoming("2", "05.08.2024")
    folder.outcome("2", "05.08.2024", 1, AskOutcome.INTERIM, until="05.11.2024")
    folder.outcome("2", "05.08.2024", 2, AskOutcome.REFUSED)
    folder.letter("7/24", "10.09.2024", correspondent=MINSTROY, sent_on="10.09.2024")
    folder.ask(3, "7/24", "10.09.2024", "")
    folder.incoming("3", "01.11.2024")
    folder.outcome("3", "01.11.2024", 1, AskOutcome.PARTLY)
    folder.step(PointAction.REPORT, "20.12.2024", "Ответы получены.", result=PointResult.PARTLY)
    why = "По просьбе 2 отказано, по просьбе 3 ответа нет."
    folder.step(PointAction.CLOSE, "24.12.2024", why, result=PointResult.PARTLY)
    law = {"result": PointResult.ACHIEVED, "result_reason": "Закон принят."}
    return folder.step(PointAction.RESULT, "15.03.2026", "Закон принят.", **law)


def told(judged: Judged) -> list[tuple[str, int, str, str]]:
    """The faults, with plain spaces."""
    return [(one.sheet.value, one.row, one.field, one.sentence.replace("\xa0", " ")) for one in judged.faults]


def counts(of: Any) -> dict[str, int]:
    """How many rows of each sheet, without the empty ones."""
    return {sheet.value: number for sheet, number in of.items() if number}


__all__ = ["Sheet"]
