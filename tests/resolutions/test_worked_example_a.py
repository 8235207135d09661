"""The first worked example of the Union, line by line: typed into forms, each row when it was recorded."""

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from municipalities.seed import seed_municipalities
from resolutions.due import overdue_for, tasks_for
from resolutions.execution.point_report import PointReport
from resolutions.execution.report import report_on
from resolutions.kinds import PointKind
from resolutions.models import Ask, DecisionPoint, Letter, PointState, Resolution
from resolutions.seed import seed_resolution
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import PDF

pytestmark = pytest.mark.slow

GOVERNMENT, MINSTROY = "Правительство Российской Федерации", "Минстрой России"
ASKS = ("поднять статус проекта", "выделить субсидии", "утвердить методику")


def day(text: str) -> dt.date:
    return dt.date(*map(int, reversed(text.split("."))))


def spaced(value: Any) -> Any:
    """A value of a report with plain spaces in all its texts."""
    if isinstance(value, str) and type(value) is str:
        return value.replace("\xa0", " ")
    if isinstance(value, tuple):
        return tuple(spaced(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type) and not isinstance(value, PointKind):
        return replace(value, **{one.name: spaced(getattr(value, one.name)) for one in fields(value)})
    return value


def iso(text: str) -> str:
    return day(text).isoformat()


class Example:
    """Types the rows into forms, as the secretariat does."""

    def __init__(self, client_for: ClientFor, secretariat: User) -> None:
        self.client_for, self.by = client_for, secretariat
        with at("2024-06-20 12:00"):
            seed_municipalities()
            self.resolution: Resolution = seed_resolution()[0]
        with at("2024-06-27 12:00"):
            self.resolution.adopt(version=self.resolution.version, by=secretariat)
        self.resolution.refresh_from_db()
        self.resolution.letters.all().delete()  # the draft of the seed: nothing was prepared yet

    @property
    def point(self) -> DecisionPoint:
        return self.resolution.points.get(number=2)

    def post(self, url: str, recorded: str, **data: Any) -> None:
        """Send a form on a day."""
        with at(f"{iso(recorded)} 12:00"):
            answer = self.client_for(self.by).post(url, data)
        form = answer.context and answer.context.get("form")
        assert answer.status_code == 302, form.errors if form else answer.content.decode()[:2000]

    def step(self, letter: Letter, action: str, on: str, recorded: str = "", **data: Any) -> None:
        letter.refresh_from_db()
        url = reverse("letter_step", args=[letter.pk, action])
        self.post(url, recorded or on, happened_on=iso(on), version=letter.version, text="", **data)

    def of_point(self, action: str, on: str, **data: Any) -> None:
        url = reverse("point_step", args=[self.resolution.slug, 2, action])
        self.post(url, on, happened_on=iso(on), version=self.point.version, **data)

    def edit(self, letter: Letter, recorded: str, **changes: Any) -> None:
        """Change the text of a draft in its form."""
        url = reverse("letter_edit", args=[letter.pk])
        with at(f"{iso(recorded)} 12:00"):
            form = self.client_for(self.by).get(url).context["form"]
        said = {name: form[name].value() for name in form.fields}
        self.post(url, recorded, **{name: value for name, value in said.items() if value is not None} | changes)

    def incoming(self, by: str, on: str, outcomes: dict[int, tuple[str, str, str]], recorded: str = "") -> None:
        """Register an incoming letter: by number of the ask, what is said, until when, to whom."""
        said: dict[str, Any] = {"happened_on": iso(on), "text": "", "number": ""}
        for number, (outcome, until, to) in outcomes.items():
            key = Ask.objects.get(number=number).pk
            said |= {f"outcome_{key}": outcome, f"until_{key}": iso(until) if until else "", f"to_{key}": to}
        self.post(f"{reverse('incoming_add')}?from={by}", recorded or on, **said)

    def to_july(self) -> None:
        instruction = {
            "responsible": "body:secretariat",
            "controller": "body:chair",
            "due_on": iso("27.12.2024"),
            "term_unit": "calendar",
        }
        self.of_point("instruct", "20.07.2024", text="", warn_days=14, **instruction)
        self.post(reverse("point_appeal", args=[self.resolution.slug, 2]), "21.07.2024")
        self.first = self.resolution.letters.get()
        self.edit(self.first, "21.07.2024", new_asks="\n".join(ASKS), reply_days=30)
        self.step(self.first, "register", "05.07.2024", "21.07.2024", number="1/24")
        self.step(self.first, "send", "08.07.2024", "21.07.2024", channel="post")
        self.step(self.first, "deliver", "12.07.2024", "21.07.2024")
        self.incoming(GOVERNMENT, "22.07.2024", {3: ("forwarded", "21.08.2024", MINSTROY)})

    def to_august(self) -> None:
        self.incoming(GOVERNMENT, "05.08.2024", {1: ("interim", "05.11.2024", ""), 2: ("refused", "", "")})

    def to_november(self) -> None:
        with at("2024-09-09 12:00"):
            page = self.client_for(self.by).get(self.first.get_absolute_url())
        (body,) = [one for one in page.context["owing"] if str(one) == MINSTROY]
        self.post(reverse("letter_repeat", args=[self.first.pk]), "09.09.2024", body=str(body.pk))
        self.seventh = Letter.objects.exclude(pk=self.first.pk).get(kind="appeal")
        self.step(self.seventh, "register", "10.09.2024", number="7/24")
        self.step(self.seventh, "send", "10.09.2024", channel="post")
        self.incoming(GOVERNMENT, "01.11.2024", {1: ("partly", "", "")}, recorded="05.11.2024")

    def to_december(self) -> None:
        self.of_point("report", "20.12.2024", text="Ответы получены.", result="partly", result_reason="")

    def to_the_end(self) -> None:
        why = "По просьбе 2 отказано, по просьбе 3 ответа нет."
        said = {"result": "partly", "result_reason": "", "behalf_ground": "по устному поручению"}
        self.of_point("close", "24.12.2024", text=why, **said)
        reason = {"result": "achieved", "result_reason": "Закон принят."}
        law = SimpleUploadedFile("Закон.pdf", PDF)
        self.of_point("result", "15.03.2026", text="Закон принят.", attachments=law, **reason)

    def all(self) -> None:
        for part in (self.to_july, self.to_august, self.to_november, self.to_december, self.to_the_end):
            part()

    def read(self, as_of: str, known_on: str = "") -> PointReport:
        """Point 2 in the report of a day, its spaces all alike."""
        known = day(known_on) if known_on else None
        told: PointReport = spaced(report_on(self.resolution, day(as_of), known_on=known, with_letters=True).points[1])
        return told

    def marked(self, as_of: str, known_on: str = "") -> list[str]:
        """Numbers of the letters that have an ask which should have been answered."""
        known = day(known_on) if known_on else None
        report = report_on(self.resolution, day(as_of), known_on=known, with_letters=True)
        assert report.correspondence
        return [one.number for one in report.correspondence.letters if one.is_overdue]

    def tasks(self, on: str) -> list[str]:
        """What waits for the secretariat about point 2 and its letters."""
        with at(f"{iso(on)} 18:00"):
            found = tasks_for(self.by, day(on))
        return [f"{one.what}. {one.why}" for one in found if "ункт 2" in one.what or "№" in one.what]

    def overdue(self, on: str) -> list[str]:
        with at(f"{iso(on)} 18:00"):
            return [f"{one.what}. {one.why}" for one in overdue_for(self.by, day(on)) if one.key.startswith("letter")]


@pytest.fixture
def example(client_for: ClientFor, secretariat: User) -> Example:
    return Example(client_for, secretariat)


@pytest.fixture
def told(example: Example) -> Example:
    example.all()
    return example


def states(point: PointReport) -> list[str]:
    return [f"{ask.number} {ask.state}" for ask in point.asks]


NOBODY: list[str] = []
BEGAN, WORK, REPORTED, CLOSED = PointState.PLANNED, PointState.IN_PROGRESS, PointState.REPORTED, PointState.CLOSED


class TestReadAtLast:
    """Every line of the table, read when all is written down."""

    def test_on_30_june(self, told: Example) -> None:
        point = told.read("30.06.2024")
        assert (point.state, point.result.sentence, point.asks) == (BEGAN, "Ещё не назван", ())
        assert "Подготовить обращение." in point.open

    def test_on_10_july(self, told: Example) -> None:
        point = told.read("10.07.2024")
        assert (point.state, point.result.sentence) == (WORK, "Ещё не назван")
        assert point.done[0].day == day("05.07.2024")
        assert states(point) == ["1 Ответа ждут", "2 Ответа ждут", "3 Ответа ждут"]
        assert {ask.waits for ask in point.asks} == {
            (f"Ответ ожидается до 7 августа 2024 г. Должен ответить: {GOVERNMENT}",)
        }
        assert [one.is_late for one in point.done] == [True, True]
        assert not any("Нет ответа" in one for one in point.open)

    def test_on_10_july_as_known_on_20_july(self, told: Example) -> None:
        point = told.read("10.07.2024", "20.07.2024")
        assert (point.state, point.result.sentence, point.asks) == (BEGAN, "Ещё не назван", ())
        assert "Подготовить обращение." in point.open

    def test_on_31_july(self, told: Example) -> None:
        point = told.read("31.07.2024")
        assert (point.state, point.result.sentence) == (WORK, "Ещё не назван")
        assert states(point) == ["1 Ответа ждут", "2 Ответа ждут", "3 Перенаправлена"]
        assert point.fulfilled == 0
        assert point.asks[2].waits == (
            f"Перенаправлена, ответ ожидается до 21 августа 2024 г. Должен ответить: {MINSTROY}",
        )
        assert not any("Нет ответа" in one for one in point.open)

    def test_on_31_august(self, told: Example) -> None:
        point = told.read("31.08.2024")
        assert (point.state, point.result.sentence) == (WORK, "Ещё не назван")
        assert states(point) == ["1 Промежуточный ответ", "2 Отказано", "3 Ответ просрочен"]
        assert f"Нет ответа по просьбе 3 ({MINSTROY}): ждали до 21 августа 2024 г." in point.open
        assert told.marked("31.08.2024") == ["1/24"]

    def test_on_3_november(self, told: Example) -> None:
        point = told.read("03.11.2024")
        assert (point.state, point.result.sentence) == (WORK, "Ещё не назван (по ответам: достигнуто частично)")
        assert states(point) == ["1 Удовлетворена частично", "2 Отказано", "3 Ответ просрочен"]
        assert [ask.is_late for ask in point.asks] == [True, False, False]
        assert f"Нет ответа по просьбе 3 ({MINSTROY}): ждали до 10 октября 2024 г." in point.open
        assert told.marked("03.11.2024") == ["7/24"]

    def test_on_3_november_as_known_then(self, told: Example) -> None:
        point = told.read("03.11.2024", "03.11.2024")
        assert (point.state, point.result.sentence) == (WORK, "Ещё не назван")
        assert states(point) == ["1 Промежуточный ответ", "2 Отказано", "3 Ответ просрочен"]
        assert point.asks[0].waits == (
            f"Получен промежуточный ответ, окончательный ожидается до 5 ноября 2024 г. Должен ответить: {GOVERNMENT}",
        )
        assert told.marked("03.11.2024", "03.11.2024") == ["7/24"]

    def test_on_22_december(self, told: Example) -> None:
        point = told.read("22.12.2024")
        assert (point.state, point.result.sentence) == (REPORTED, "Достигнуто частично, по докладу")
        assert states(point) == ["1 Удовлетворена частично", "2 Отказано", "3 Ответ просрочен"]

    def test_on_31_december(self, told: Example) -> None:
        point = told.read("31.12.2024")
        assert (point.state, point.result.sentence) == (CLOSED, "Достигнуто частично")
        assert point.fulfilment == "Из 3 просьб: 1 – удовлетворена частично, 1 – отказано, по 1 ответа нет"
        assert (point.open, point.is_overdue, told.marked("31.12.2024")) == ((), False, [])

    def test_on_31_march_2026(self, told: Example) -> None:
        point = told.read("31.03.2026")
        assert (point.state, point.result.sentence) == (
            CLOSED,
            "Достигнуто (по ответам: достигнуто частично)",
        )
        assert (point.result.named_on, point.result.reason) == (day("15.03.2026"), "Закон принят.")
        assert point.fulfilment == "Из 3 просьб: 1 – удовлетворена частично, 1 – отказано, по 1 ответа нет"
        assert point.open == ()


class TestAsItWent:
    """What waited for whom on the evening of each day, as it was known then."""

    def test_nothing_is_prepared(self, example: Example) -> None:
        (task,) = example.tasks("30.06.2024")
        assert "Обращения нет: составьте его" in task

    def test_in_july_nothing_is_late(self, example: Example) -> None:
        example.to_july()
        assert example.overdue("31.07.2024") == []

    def test_what_was_forwarded_is_repeated_to_whom_owes_it(self, example: Example) -> None:
        example.to_july()
        example.to_august()
        assert example.overdue("21.08.2024") == []
        (late,) = example.overdue("31.08.2024")
        assert "№ 1/24" in late
        assert f"Ответ просрочен ({MINSTROY}, просьба 3): составьте повторное письмо" in late

    def test_the_repeated_letter_holds_what_is_late_alone(self, example: Example) -> None:
        example.to_july()
        example.to_august()
        example.to_november()
        letter = example.seventh
        assert [one.ask.number for one in letter.carried.filter(step__isnull=False)] == [3]
        assert (str(letter.correspondent), letter.addressee) == (MINSTROY, MINSTROY)
        assert "№ 1/24" in letter.body
        assert "22 июля 2024 г. получено сообщение о перенаправлении" in spaced(letter.body)
        assert ASKS[2] in letter.body
        assert ASKS[0] not in letter.body

    def test_in_november_the_second_letter_is_late(self, example: Example) -> None:
        example.to_july()
        example.to_august()
        example.to_november()
        (late,) = example.overdue("06.11.2024")
        assert "№ 7/24" in late
        assert f"({MINSTROY}, просьба 3): составьте повторное письмо" in late

    def test_what_was_reported_waits_for_the_chair(self, example: Example) -> None:
        for part in (example.to_july, example.to_august, example.to_november, example.to_december):
            part()
        tasks = example.tasks("22.12.2024")
        assert [one for one in tasks if "снимите с контроля или верните" in one]
        assert not [one for one in tasks if "составьте повторное письмо" in one]
        assert len(example.overdue("22.12.2024")) == 1

    def test_off_control_nothing_is_late(self, told: Example) -> None:
        assert told.overdue("31.12.2024") == []
        assert told.tasks("31.03.2026") == []
