"""Worked example B: a point for all members, typed into forms in several orders, read as of seven days."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, Practice
from resolutions.execution.measured import measured_on
from resolutions.execution.member_rows import MemberPart, MemberRows, read_members
from resolutions.execution.report import report_on
from resolutions.models import DecisionPoint, MemberReport, Resolution
from resolutions.models.point_standing import PointStanding
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.factory import at, city
from tests.municipalities.practices.factory import practice
from tests.resolutions.factory import decision

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAMES = {"А": 1, "Б": 2, "В": 3, "Г": 4, "Д": 5}


class Reading(NamedTuple):
    """A line of the table."""

    members: int
    take_part: int
    use: tuple[int, int]
    reported: list[str]
    left: list[str]
    late: list[str]


READINGS = {
    "2024-07-31": Reading(4, 2, (0, 3), [], [], []),
    "2025-03-31": Reading(5, 3, (0, 4), [], [], []),
    "2025-04-30": Reading(5, 3, (1, 4), ["Б"], [], []),
    "2025-05-31": Reading(4, 3, (1, 3), [], ["Б"], []),
    "2025-06-10": Reading(4, 3, (1, 3), [], ["Б"], ["обязательство Г с 2025-06-01"]),
    "2025-06-20": Reading(4, 3, (1, 3), [], ["Б"], []),
    "2025-07-01": Reading(4, 3, (1, 3), [], ["Б"], ["доклад А", "доклад В", "доклад Г", "доклад Д"]),
}


class Example:
    """Types the rows into forms, as the secretariat does."""

    def __init__(self, client_for: ClientFor, secretariat: User) -> None:
        self.client_for, self.by = client_for, secretariat
        with at("2024-06-20 12:00"):
            self.cities = {name: city(f"Город {name}", number) for name, number in NAMES.items() if name != "Д"}
            self.cities["Д"] = Municipality.objects.create(
                name="Город Д", oktmo="00000005", region="Тверская область", federal_district="central"
            )
            self.practice: Practice = practice(self.cities["А"])
        with at("2024-06-27 09:00"):
            self.resolution: Resolution = decision("recommendation", by=secretariat)
            DecisionPoint.objects.update(experience_of=self.cities["А"])

    @property
    def point(self) -> DecisionPoint:
        return DecisionPoint.objects.select_related("resolution").get()

    def post(self, url: str, recorded: str, **data: Any) -> None:
        """Send a form on a day."""
        with at(f"{recorded} 12:00"):
            answer = self.client_for(self.by).post(url, data)
        form = answer.context and answer.context.get("form")
        assert answer.status_code == 302, form.errors if form else answer.content.decode()[:2000]

    def of_city(self, name: str, page: str, recorded: str, **data: Any) -> None:
        town = Municipality.objects.get(pk=self.cities[name].pk)
        self.post(reverse(f"municipality_{page}", args=[town.slug]), recorded, version=town.version, **data)

    def takes_part(self, name: str, status: str, on: str, recorded: str = "") -> None:
        said = {"status": status, "effective_on": on, "basis": "Письмо администрации", "comment": ""}
        self.of_city(name, "participation", recorded or on, **said)

    def membership(self, name: str, action: str, on: str, recorded: str = "") -> None:
        version = Municipality.objects.get(pk=self.cities[name].pk).version
        said = {"action": action, "happened_on": on, "basis": "Решение Думы", "seen": f"{action} {on} {version}"}
        self.of_city(name, "membership", recorded or on, **said)

    # --- the rows ---

    def addressed(self, recorded: str = "2024-06-27") -> None:
        self.post(
            reverse("point_step", args=[self.resolution.slug, 1, "instruct"]),
            recorded,
            happened_on="2024-06-27",
            responsible="members",
            controller="body:chair",
            due_on="2025-06-30",
            term_unit="calendar",
            warn_days=14,
            version=self.point.version,
        )

    def active_a(self, recorded: str = "") -> None:
        self.takes_part("А", "active", "2024-06-27", recorded)

    def active_g(self, recorded: str = "") -> None:
        self.takes_part("Г", "active", "2024-06-27", recorded)

    def planned_b(self, recorded: str = "") -> None:
        self.takes_part("Б", "planned", "2024-06-27", recorded)

    def promise_g(self, recorded: str = "2024-06-27") -> None:
        said = {
            "measure": "Поставить датчики",
            "due_on": "2025-05-31",
            "who": "Отдел связи",
            "happened_on": "2024-06-27",
            "behalf_ground": "письмо № 7",
        }
        url = reverse("commitment_make", args=[self.cities["Г"].slug])
        self.post(url, recorded, point=str(self.point.pk), **said)

    def active_v(self, recorded: str = "") -> None:
        self.takes_part("В", "active", "2025-02-01", recorded)

    def d_joins(self, recorded: str = "") -> None:
        self.membership("Д", "join", "2025-03-10", recorded)

    def v_uses(self, recorded: str = "2025-04-01") -> None:
        url = reverse("practice_adoption", args=[self.practice.pk, self.cities["В"].slug])
        self.post(url, recorded, status="introducing", effective_on="2025-04-01", note="", version=0)

    def b_reports(self, recorded: str = "2025-04-20") -> None:
        url = reverse("point_member_report", args=[self.resolution.slug, 1, self.cities["Б"].slug])
        said = {"text": "Изучили опыт.", "happened_on": "2025-04-20", "behalf_ground": "письмо администрации"}
        self.post(url, recorded, version=1, **said)

    def b_leaves(self, recorded: str = "") -> None:
        self.membership("Б", "leave", "2025-05-15", recorded)

    def g_keeps(self, recorded: str = "2025-06-20") -> None:
        made = Commitment.objects.get()
        url = reverse("commitment_step", args=[made.pk, "kept"])
        self.post(
            url, recorded, happened_on="2025-06-20", text="Поставили.", behalf_ground="письмо № 9", version=made.version
        )

    @property
    def rows(self) -> dict[str, Callable[[str], None]]:
        return {
            "addressed": self.addressed,
            "active_a": self.active_a,
            "active_g": self.active_g,
            "planned_b": self.planned_b,
            "promise_g": self.promise_g,
            "active_v": self.active_v,
            "d_joins": self.d_joins,
            "v_uses": self.v_uses,
            "b_reports": self.b_reports,
            "b_leaves": self.b_leaves,
            "g_keeps": self.g_keeps,
        }

    # --- what is read ---

    def members(self, on: dt.date) -> MemberRows:
        """The rows of the report of a day."""
        told = report_on(self.resolution, on, with_letters=True).points[0].members
        assert told is not None
        return told

    def read(self, on: str) -> Reading:
        day = dt.date.fromisoformat(on)
        rows = self.members(day)
        counts = {
            one.lead: (one.done, one.total)
            for one in measured_on([(self.point, self.point.measure)], day)[self.point.pk].counts
        }
        members, take_part = rows.count(MemberPart.MEMBERS), counts["Участвуют в проекте"][0]

        def named(part: MemberPart) -> list[str]:
            return [row.name.removeprefix("Город ") for row in rows.rows if row.is_in(part)]

        late = [f"доклад {name}" for name in named(MemberPart.LATE)]
        for row in rows.rows:
            late += [
                f"обязательство {row.name[-1]} с {one.due_on + dt.timedelta(days=1)}"
                for one in row.promises
                if one.is_late
            ]
        return Reading(
            members, take_part, counts["Используют опыт"], named(MemberPart.REPORTED), named(MemberPart.LEFT), late
        )


ORDERS = {
    "as it went": None,
    "backwards": [
        "addressed",
        "b_reports",
        "v_uses",
        "d_joins",
        "active_v",
        "b_leaves",
        "promise_g",
        "g_keeps",
        "planned_b",
        "active_g",
        "active_a",
    ],
    "members first": [
        "d_joins",
        "b_leaves",
        "addressed",
        "promise_g",
        "b_reports",
        "active_v",
        "active_a",
        "v_uses",
        "g_keeps",
        "active_g",
        "planned_b",
    ],
    "by the city": [
        "active_a",
        "planned_b",
        "active_g",
        "active_v",
        "v_uses",
        "d_joins",
        "addressed",
        "promise_g",
        "g_keeps",
        "b_leaves",
        "b_reports",
    ],
}


@pytest.fixture
def example(client_for: ClientFor, secretariat: User) -> Example:
    return Example(client_for, secretariat)


@pytest.mark.parametrize("order", ORDERS)
def test_typed_in_any_order_it_reads_the_same(example: Example, order: str) -> None:
    names = ORDERS[order] or list(example.rows)
    assert sorted(names) == sorted(example.rows)
    for name in names:
        if ORDERS[order] is None:
            example.rows[name]()  # type: ignore[call-arg]  # each on its own day
        else:
            example.rows[name]("2025-07-02")
    with at("2025-07-02 15:00"):
        assert {on: example.read(on) for on in READINGS} == READINGS


def test_as_it_went_it_read_the_same_on_each_day(example: Example) -> None:
    """What was typed by a day is enough to read that day."""
    of_day = {
        "2024-07-31": ["addressed", "active_a", "active_g", "planned_b", "promise_g"],
        "2025-03-31": ["active_v", "d_joins"],
        "2025-04-30": ["v_uses", "b_reports"],
        "2025-05-31": ["b_leaves"],
        "2025-06-10": [],
        "2025-06-20": ["g_keeps"],
        "2025-07-01": [],
    }
    for on, names in of_day.items():
        for name in names:
            example.rows[name]()  # type: ignore[call-arg]  # on its own day
        with at(f"{on} 18:00"):
            assert example.read(on) == READINGS[on], on


def test_kept_late_says_by_how_many_days(example: Example) -> None:
    for row in example.rows.values():
        row("2025-07-02")
    with at("2025-07-02 15:00"):
        (promise,) = next(row.promises for row in example.members(dt.date(2025, 6, 20)).rows if row.promises)
    assert promise.status_in_words.replace("\xa0", " ") == "Исполнено с опозданием на 20 дней"


def test_who_reports_is_reminded_and_who_left_is_not(
    example: Example, client_for: ClientFor, secretariat: User
) -> None:
    from accounts.roles import Role
    from municipalities.models import Representative

    for row in example.rows.values():
        row("2025-06-20")
    for name, town in example.cities.items():
        user = User.objects.create_user(f"g{NAMES[name]}@example.org", name=name, role=Role.MUNICIPAL)
        Representative.objects.create(user=user, municipality=town)
    with at("2025-06-20 12:00"):
        client_for(secretariat).post(reverse("point_members_remind", args=[example.resolution.slug, 1]))
        letters = delivered()
    assert sorted(one.to[0] for one in letters) == [f"g{NAMES[name]}@example.org" for name in "АВГД"]
    assert MemberReport.objects.filter(reported_on=None).count() == 4


def test_a_point_is_under_way_from_the_first_deed(example: Example) -> None:
    example.addressed()
    example.b_reports()
    assert example.point.begun_by_deed
    assert isinstance(example.point.kept(), PointStanding)
    assert read_members([(example.point, example.point.kept())], dt.date(2025, 4, 19))
