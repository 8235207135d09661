"""The life of the decision of 27 June 2024, from adoption to «снято с контроля» of all three points.

Every event is entered at its moment, in the order of entering; some are entered later than they happened.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.practices.models import Practice
from municipalities.seed import seed_municipalities
from resolutions.correspondence.mailings import Recipient
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.models import AskOutcome, Channel, DecisionPoint, Instruction, Letter, Resolution
from resolutions.seed import seed_resolution
from tests.municipalities.factory import at, moment, statement
from tests.municipalities.practices.factory import mark, practice
from tests.resolutions.factory import answer, mailing, parties, point_step, register, step

REPORT_DAYS = ("2024-06-27", "2024-07-31", "2024-10-01", "2025-03-01", "2025-06-01")
THANKED = ("Долгих Д.С.", "Голубеву А.В.", "Кучину С.В.", "Суханову С.Ю.")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Life:
    """Enters the events, and makes the report in the evening of each of `REPORT_DAYS`."""

    def __init__(self, secretariat: User) -> None:
        self.by = secretariat
        self.reports: dict[str, ExecutionReport] = {}
        with at("2024-06-20 12:00"):
            seed_municipalities()
            self.resolution: Resolution = seed_resolution()[0]
        seeded: QuerySet[ParticipationRecord] = QuerySet(ParticipationRecord)
        seeded.update(recorded_at=moment("2024-06-27 09:00"))  # Кострома, by the decision itself
        self.state("Архангельск", "planned", "2024-05-15", entered="2024-06-25")
        self.state("Вологда", "pilot", "2024-06-01", entered="2024-06-26")
        with at("2024-06-27 18:00"):
            self.resolution.adopt(version=self.resolution.version, by=secretariat)
        self.resolution.refresh_from_db()
        self.appeal = self.resolution.letters.get()
        self.thanks: list[Letter] = []

    def live(self) -> None:
        """From the Assembly to the end."""
        for part in (self.june, self.july, self.to_october, self.to_march, self.to_june):
            part()

    def june(self) -> None:
        self.make_report("2024-06-27")

    def july(self) -> None:
        for number, due in ((1, "2025-02-14"), (2, "2024-09-30"), (3, "2024-07-31")):
            self.do(number, "instruct", "2024-07-01", "", instruction=Instruction(*parties(), day(due)))
        self.do(2, "start", "2024-07-03", "Подготовлено обращение.")
        self.on("2024-07-05", lambda on: register(self.appeal, by=self.by, on=on))
        self.on("2024-07-08", lambda on: step(self.appeal, "send", by=self.by, on=on, channel=Channel.EXCHANGE))
        self.do(3, "start", "2024-07-10", "Подготовлены письма.")
        recipients = [Recipient(f"Докладчику\n{name}") for name in THANKED]
        self.thanks = list(mailing(self.resolution, *recipients, by=self.by, kind="gratitude").letters.order_by("pk"))
        for letter in self.thanks:
            self.register_and_send(letter)
        self.on("2024-07-15", lambda on: step(self.appeal, "deliver", by=self.by, on=on))
        self.deliver(self.thanks[0], "2024-07-19")
        self.deliver(self.thanks[1], "2024-07-19")
        with at("2024-07-20 12:00"):
            self.practice: Practice = practice(self.city("Кострома"))
        self.do(1, "start", "2024-07-22", "Решение разослано членам Союза.")
        self.deliver(self.thanks[2], "2024-07-26")
        self.make_report("2024-07-31")

    def to_october(self) -> None:
        self.deliver(self.thanks[3], "2024-08-02")
        self.do(3, "report", "2024-08-05", "Письма вручены.")
        self.do(3, "return_for_rework", "2024-08-06", "Приложите уведомление о вручении.")
        self.do(3, "report", "2024-08-07", "Уведомление приложено.")
        self.do(3, "close", "2024-08-09", "Все докладчики получили письма.")
        self.reply("2024-08-12", AskOutcome.INTERIM, "301", until=day("2024-11-15"))
        new_deadline = Instruction(due_on=day("2025-03-31"))
        self.do(2, "extend", "2024-08-20", "Ответ готовят министерства.", instruction=new_deadline)
        self.mark("Архангельск", "studied", "2024-09-01", entered="2024-09-02")
        self.state("Архангельск", "active", "2024-09-10", entered="2024-09-12")
        self.do(1, "note", "2024-09-16", "Опыт Костромы представлен на совещании.")
        self.make_report("2024-10-01")

    def to_march(self) -> None:
        self.mark("Архангельск", "introducing", "2024-11-01", entered="2024-11-05")
        self.state("Вологда", "pilot", "2024-11-20", entered="2024-11-21")
        self.reply("2024-12-16", AskOutcome.PARTLY, "512")
        self.state("Псков", "active", "2024-09-20", entered="2025-02-10")
        self.do(2, "report", "2025-02-20", "Правительство ответило.", result="partly")
        self.make_report("2025-03-01")

    def to_june(self) -> None:
        instruction = Instruction(due_on=day("2025-05-30"))
        self.do(1, "extend", "2025-03-05", "Ждём сведений городов.", instruction=instruction)
        self.do(2, "close", "2025-03-10", "Ответ доложен Правлению.", result="partly")
        self.do(1, "note", "2025-02-25", "Города опрошены.", entered="2025-04-01")
        self.state("Ярославль", "active", "2025-02-01", entered="2025-04-15")
        self.mark("Вологда", "introduced", "2025-02-15", entered="2025-04-20")
        self.do(1, "report", "2025-05-20", "Сведения городов собраны.", result="partly")
        self.do(
            1, "close", "2025-05-28", "Работа продолжается без контроля.", result="partly", reason="Участвуют не все."
        )
        self.make_report("2025-06-01")

    def on(self, when: str, event: Callable[[dt.date], Any]) -> None:
        """Let something happen, and be entered at noon of the same day."""
        with at(f"{when} 12:00"):
            event(day(when))

    def do(self, number: int, action: str, when: str, text: str, *, entered: str = "", **details: Any) -> None:
        """A step of a point."""
        point = DecisionPoint.objects.get(resolution=self.resolution, number=number)
        with at(f"{entered or when} 12:00"):
            point_step(point, action, by=self.by, on=day(when), text=text, **details)

    def register_and_send(self, letter: Letter) -> None:
        self.on("2024-07-11", lambda on: register(letter, by=self.by, on=on))
        self.on("2024-07-12", lambda on: step(letter, "send", by=self.by, on=on, channel=Channel.POST))

    def deliver(self, letter: Letter, when: str) -> None:
        self.on(when, lambda on: step(letter, "deliver", by=self.by, on=on))

    def reply(self, when: str, outcome: str, number: str, until: dt.date | None = None) -> None:
        said: dict[str, Any] = {"outcome": outcome, "number": number, "until": until}
        self.on(when, lambda on: answer(self.appeal, by=self.by, on=on, **said))

    def state(self, city: str, status: str, when: str, *, entered: str) -> None:
        """A status of participation."""
        statement(self.city(city), status, when, recorded_at=moment(f"{entered} 12:00"))

    def mark(self, city: str, status: str, when: str, *, entered: str) -> None:
        """How far a city has taken up the practice of Кострома."""
        mark(self.practice, self.city(city), status, when, entered=f"{entered} 12:00")

    def city(self, name: str) -> Municipality:
        return Municipality.objects.get(name=name)

    def make_report(self, when: str) -> None:
        """The report of the evening, as the secretariat gets it."""
        with at(f"{when} 20:00"):
            self.reports[when] = report_on(self.resolution, day(when), with_letters=True)


def told(report: ExecutionReport) -> str:
    """The report in lines, to compare it with what a human wrote down; an exclamation mark is «внесено позже»."""
    lines = []
    for point in report.points:
        due = f", до {point.due_on:%d.%m.%Y}" if point.due_on else ""
        people = f", {point.responsible} / {point.controller}" if "до поручения" not in point.responsible else ""
        lines.append(f"{point.number}. {point.state_in_words}; {point.result.sentence}{due}{people}")
        lines.append(f"{'!' if point.fulfilment_is_late else '='} {point.fulfilment} [{point.fulfilled}/{point.total}]")
        for one in point.done:
            text = f"{one.what}. {one.text}" if one.what else one.text
            documents = f" [{'; '.join(one.documents)}]" if one.documents else ""
            lines.append(f"{sign(one.is_late)} {one.day:%d.%m.%Y} {text}{documents}")
        lines += [f"? {sentence}" for sentence in point.open]
    lines += told_cities(report) + told_letters(report)
    return "\n".join(lines).replace("\u00a0", " ")


def sign(is_late: bool) -> str:
    return "!" if is_late else "-"


def told_cities(report: ExecutionReport) -> list[str]:
    assert report.municipalities is not None
    known = [line for line in report.municipalities.lines if line.since]
    lines = [
        f"{sign(line.is_late)} {line.name}: {line.before.label} → {line.after.label} "
        f"с {line.since:%d.%m.%Y}: {line.change.lower()}"
        for line in known
    ]
    silent = len(report.municipalities.lines) - len(known)
    return [f"Города, изменились: {report.municipalities.changed}", *lines, f"- остальные {silent}: сведений нет"]


def told_letters(report: ExecutionReport) -> list[str]:
    assert report.correspondence is not None
    counts = report.correspondence.counts
    sent = f"отправлено {counts.sent}, ответов {counts.answered}"
    lines = [f"Письма: {counts.registered}, {sent}, ждём {counts.waiting}, просрочено {counts.overdue}"]
    for one in report.correspondence.letters:
        days = [
            f"{name} {when:%d.%m.%Y}" for name, when in (("отпр.", one.sent_on), ("вруч.", one.delivered_on)) if when
        ]
        due = [f"до {one.due_on:%d.%m.%Y}"] if one.due_on else []
        parts = ", ".join([str(one.state.label), *days, *due, *one.answers])
        lines.append(f"{sign(one.is_late)} {one.number} от {one.date:%d.%m.%Y}: {one.addressee}: {parts}")
    return lines
