"""A portal in which every figure counts something: decisions in all stages, letters, members that come and go, a round.

Much is recorded later than it happened, so that reading with `known_on` differs.
"""

from decimal import Decimal
from typing import Any

from accounts.models import User
from municipalities.mergers import Merger, merge
from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from municipalities.surveys.models import RoundAction, SurveyRound
from resolutions.models import (
    Channel,
    DecisionPoint,
    Instruction,
    Letter,
    Measure,
    MeasureCode,
    MemberReport,
    NewMemberReport,
    Party,
    PointPromise,
    Resolution,
)
from tests.accounts.unions import changed
from tests.municipalities.factory import at, city, left, moment, statement
from tests.municipalities.practices.factory import practice, promise
from tests.municipalities.practices.factory import step as take
from tests.municipalities.surveys.factory import a_round, question, response_of, say
from tests.municipalities.test_naming import called
from tests.resolutions.execution.life import Life, day
from tests.resolutions.factory import answer, decision, letter, parties, point_step, register, repetition, send, step

DATES = ("2024-08-15", "2024-12-01", "2025-06-01")
MINSTROY = "Минстрой России"
KINDS = ("appeal",) * 6 + ("assignment",) * 4 + ("recommendation", "gratitude")


class World:
    """Everything, made once for a test."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.life = Life(by)
        self.life.live()
        changed(by, members=26)
        self.members()
        self.survey = self.exchange()
        self.second = self.decide()
        self.appeals()
        self.tasks()
        self.change()
        self.promises()
        self.shared_point()

    @property
    def decisions(self) -> list[Resolution]:
        return [self.life.resolution, self.second]

    def members(self) -> None:
        """One joins and is never surveyed, one leaves, which is recorded late, and one that is none was surveyed."""
        tula = city("Тула", 90_000_001, joins="2024-10-15")
        statement(tula, "active", "2024-11-01", recorded_at=moment("2024-12-20 12:00"))
        left(self.city("Псков"), "2025-01-20", recorded_at=moment("2025-02-05 12:00"))
        self.guest = city("Гость", 90_000_002, joins="2026-01-01")
        statement(self.guest, "pilot", "2024-05-01", recorded_at=moment("2024-05-02 12:00"))
        for name, status, on, recorded in (
            ("Вологда", "suspended", "2025-04-01", "2025-04-02"),
            ("Шуя", "planned", "2024-06-01", "2024-06-02"),
            ("Шуя", "none", "2024-07-20", "2024-09-01"),
            ("Череповец", "pilot", "2024-08-01", "2024-08-02"),
        ):
            statement(self.city(name), status, on, recorded_at=moment(f"{recorded} 12:00"))

    def change(self) -> None:
        """Two merge, and one is called otherwise, which is written down late."""
        with at("2025-04-20 12:00"):
            parts = [self.city(name) for name in ("Рыбинск", "Ярославль")]
            whole = Municipality(
                name="Волжск", oktmo="90000003", region="Ярославская область", federal_district="central"
            )
            merge(Merger(parts, whole, day("2025-04-01"), "Закон", "Решение"), by=self.by)
            called(self.city("Котлас"), "2024-11-01", by=self.by, name="Яркий", oktmo="90000004")

    def promises(self) -> None:
        """Promises to a practice, and others: kept, kept late, late, dropped, of a leaver, passed on, by a link."""
        self.practice = practice(self.city("Кострома"))
        for name, what, due, steps in (
            ("Архангельск", self.practice, "2024-11-01", [("kept", "2024-10-30")]),
            ("Вологда", self.practice, "2024-11-01", [("moved", "2024-09-01"), ("kept", "2025-05-20")]),
            ("Шуя", self.practice, "2024-11-01", []),
            ("Псков", self.practice, "2024-11-01", []),
            ("Архангельск", "Датчики", "2024-12-01", [("dropped", "2024-10-01")]),
            ("Архангельск", "Табло", "2030-12-01", []),
            ("Архангельск", "Свет", "2024-10-01", []),
        ):
            made = promise(self.city(name), what, "2024-07-01", due, "2024-07-01 12:00")
            for action, on in steps:
                more: dict[str, Any] = {"due": "2025-05-01"} if action == "moved" else {}
                take(made, action, on, entered=f"{on} 12:00", **more)
        waits = promise(self.city("Архангельск"), "По ссылке", by_link=True, entered="2024-07-01 12:00")
        take(waits, "accepted", "2025-03-01", entered="2025-03-02 12:00")
        promise(self.city("Архангельск"), "Ждёт", "2024-07-01", "2024-08-01", by_link=True)
        passed = promise(self.city("Рыбинск"), "Парк", "2024-07-01", "2024-09-01", "2024-07-01 12:00")
        take(passed, "passed", "2025-04-20", municipality=self.city("Волжск"), entered="2025-04-20 12:00")

    def shared_point(self) -> None:
        """A point for all members: reported, returned, typed late, of a leaver; promises that name it."""
        number = KINDS.index("recommendation") + 1
        instruction = Instruction(Party.objects.all_members(), due_on=day("2024-12-01"))
        self.do(number, "instruct", "2024-07-09", instruction=instruction)
        measure = Measure(
            (MeasureCode.PARTICIPATION, MeasureCode.EXPERIENCE, MeasureCode.REPORTS), self.city("Кострома").pk
        )
        self.do(number, "measure", "2024-07-09", measure=measure)
        point = self.second.points.get(number=number)
        for name, on, recorded, returned in (
            ("Кострома", "2024-09-01", "", ""),
            ("Архангельск", "2024-10-01", "", "2024-11-01"),
            ("Вологда", "2024-10-05", "2025-05-20", ""),
            ("Псков", "2024-08-20", "", ""),
        ):
            report = MemberReport.objects.create(point=point, municipality=self.city(name))
            with at(f"{recorded or on} 12:00"):
                report.report(NewMemberReport(day(on), "Сделано."), version=1, by=self.by)
            if returned:
                with at(f"{returned} 12:00"):
                    report.send_back(happened_on=day(returned), reason="Мало.", version=2, by=self.by)
        for made in Commitment.objects.order_by("pk")[:6]:
            PointPromise.objects.create(commitment=made, point=point)
        DecisionPoint.take_note_of_deeds(point.pk)

    def city(self, name: str) -> Municipality:
        return Municipality.objects.get(name=name)

    def exchange(self) -> SurveyRound:
        """A round before the second Assembly: some answers are accepted, one is not, one never came."""
        names = ("Кострома", "Архангельск", "Вологда", "Шуя", "Череповец")
        asked = [*map(self.city, names), self.guest]
        with at("2024-07-01 12:00"):
            survey = a_round(*asked, assembly_on=day("2024-06-27"))
            plan = question(survey, "yes_no", "Есть ли план")
            money = question(survey, "choice", "Есть ли деньги", choices=["Да, есть", "Нет планов"])
            number = question(survey, "number", "Сколько решений")
            survey.move(RoundAction.OPEN, by=self.by)
            for place, one in enumerate(asked[:-1]):
                said = {plan.pk: place % 2 == 0, money.pk: money.choices[place % 2], number.pk: Decimal(place)}
                if place == 1:
                    del said[plan.pk]
                response = say(response_of(survey, one), participation=("active", "planned")[place % 2], answers=said)
                if place != 3:
                    response.accept(version=response.version, by=self.by)
            survey.move(RoundAction.CLOSE, by=self.by)
        return SurveyRound.objects.get(pk=survey.pk)

    def decide(self) -> Resolution:
        with at("2024-06-27 18:00"):
            found = decision(*KINDS, by=self.by, slug="second")
            found.points.filter(kind="recommendation").update(experience_of=self.city("Кострома"))
        return found

    def do(self, number: int, action: str, on: str, recorded: str = "", **details: Any) -> None:
        """A step of a point of the second decision, recorded on the day or later."""
        with at(f"{recorded or on} 12:00"):
            point_step(self.second.points.get(number=number), action, by=self.by, on=day(on), **details)

    def ask(self, number: int, asks: str, on: str = "2024-07-08", *, sent: bool = True, recorded: str = "") -> Letter:
        """An appeal on a point, with asks line by line."""
        found = letter(self.second, "appeal", point=self.second.points.get(number=number), new_asks=asks, reply_days=30)
        with at(f"{recorded or on} 12:00"):
            (send if sent else register)(found, by=self.by, on=day(on))
        return found

    def reply(self, found: Letter, on: str, outcome: str, *asks: int, recorded: str = "", **said: Any) -> None:
        with at(f"{recorded or on} 12:00"):
            answer(found, by=self.by, on=day(on), outcome=outcome, asks=asks, **said)

    def appeals(self) -> None:
        """Answered, refused, late, forwarded and repeated, put on paper and not sent."""
        first = self.ask(1, "раз\nдва\nтри")
        self.reply(first, "2024-08-01", "satisfied", 1)
        self.reply(first, "2024-08-02", "refused", 2, recorded="2024-09-02")
        self.reply(first, "2024-08-05", "forwarded", 3, until=day("2024-09-10"), to=MINSTROY)
        with at("2024-10-01 12:00"):
            again = repetition(first, MINSTROY)
            send(again, by=self.by, on=day("2024-10-01"))
        self.ask(1, "четыре", "2024-11-01", sent=False)
        granted = self.ask(2, "дать", recorded="2024-09-05")
        self.reply(granted, "2024-08-10", "satisfied", recorded="2024-09-05")
        self.do(2, "report", "2024-09-10", result="achieved")
        self.do(2, "close", "2025-02-01", result="achieved")
        refused = self.ask(3, "помочь\nподдержать")
        self.reply(refused, "2024-08-01", "refused")
        self.do(3, "report", "2024-08-20", "2024-08-25", result="refused")
        self.ask(4, "ответить\nрассмотреть")
        self.do(4, "instruct", "2024-07-09", instruction=Instruction(*parties(), due_on=day("2024-08-01")))
        self.ask(5, "не отправлено\nи это", sent=False)
        wrong = self.ask(6, "зря", sent=False)
        with at("2024-10-15 12:00"):
            step(wrong, "annul", by=self.by, on=day("2024-10-15"), text="Не нужно.")
        self.do(6, "start", "2024-07-10")
        self.do(6, "report", "2024-11-20", result="achieved", reason="Решили сами.")
        with at("2024-07-20 12:00"):
            circular = letter(self.second, "circular", addressee="Городам")
            register(circular, by=self.by, on=day("2024-07-20"))
            step(circular, "send", by=self.by, on=day("2024-07-20"), channel=Channel.POST)

    def tasks(self) -> None:
        """Assignments: late, cancelled, closed without evidence, returned."""
        self.do(7, "instruct", "2024-07-09", instruction=Instruction(*parties(), due_on=day("2024-08-10")))
        self.do(8, "cancel", "2024-08-01", "2024-09-15")
        for number in (9, 10):
            self.do(number, "start", "2024-07-10")
        self.do(9, "report", "2024-08-01", result="no_evidence", reason="Не узнать.")
        self.do(9, "close", "2024-10-01", result="no_evidence", reason="Не узнать.")
        self.do(10, "report", "2024-07-20", result="partly", reason="Так вышло.")
        self.do(10, "return_for_rework", "2024-08-20")
