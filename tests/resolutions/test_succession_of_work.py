"""A city with a report, a late promise, an open round and an assignment merges: what passes and what stays."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.models import User
from municipalities.mergers import Merger, merge
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, NewCommitment
from municipalities.registration import waiting_of
from resolutions.execution.member_rows import MemberPart, read_members
from resolutions.models import DecisionPoint, MemberReport, NewMemberReport, Party, Resolution
from sgcszr_portal.due import tasks_for
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.municipalities.surveys.factory import a_round
from tests.resolutions.steps import Life, assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MERGED_ON = dt.date(2025, 3, 1)


@pytest.fixture
def world(
    adopted: Resolution, secretariat: User, kostroma: Municipality, kostroma_official: User, arkhangelsk: Municipality
) -> Municipality:
    """The successor. Before the merger Кострома had an assignment, had reported on a point for all, and promised."""
    shared, own = (adopted.points.get(number=number) for number in (1, 2))
    with at("2024-09-01 12:00"):
        assign(shared, Party.objects.all_members(), by=secretariat, due_on=dt.date(2024, 12, 1))
        assign(own, Party.objects.of_municipality(kostroma.pk), by=secretariat, due_on=dt.date(2025, 6, 1))
        report = MemberReport.objects.create(point=shared, municipality=kostroma)
        report.report(NewMemberReport(dt.date(2024, 8, 20), "Сделано."), version=1, by=secretariat)
        promised = NewCommitment(kostroma, dt.date(2024, 12, 1), "Отдел", dt.date(2024, 8, 20), measure="Датчики")
        Commitment.make(promised, by=secretariat)
        Commitment.make(replace(promised, measure="Табло", point=str(shared.pk)), by=secretariat)
    with at("2025-02-20 12:00"):
        a_round(kostroma, arkhangelsk, opened_by=secretariat)
        whole = Municipality(name="Волгоград-на-Костроме", oktmo="90000003", region="К", federal_district="central")
        return merge(Merger([kostroma, arkhangelsk], whole, MERGED_ON, "Закон", "Решение"), by=secretariat)


def waits(user: User, on: str) -> list[str]:
    with at(f"{on} 12:00"):
        return [f"{one.what}: {one.why}" for one in tasks_for(user, dt.date.fromisoformat(on))]


def test_before_it_is_written_down_the_page_says_what_waits(world: Municipality, kostroma: Municipality) -> None:
    told = " ".join(waiting_of([kostroma])).replace("\xa0", " ")
    assert "Пункт 2 решения от 27 июня 2024 г.: отвечает Кострома" in told
    assert "Передайте правопреемнику новым поручением." in told


def test_an_assignment_waits_for_the_secretariat_until_it_is_passed(
    world: Municipality, secretariat: User, kostroma_official: User, client_for: ClientFor, adopted: Resolution
) -> None:
    assert any("Пункт 2" in one for one in waits(kostroma_official, "2025-02-25"))
    assert not any("Пункт 2" in one for one in waits(kostroma_official, "2025-03-02"))
    mine = [one for one in waits(secretariat, "2025-03-02") if "Пункт 2" in one]
    assert any("Кострома: в портале за эту сторону никто не действует" in one for one in mine)
    life = Life(client_for, adopted.points.get(number=2))
    said = {"responsible": f"municipality:{world.pk}", "controller": "body:chair", "warn_days": "14"}
    with at("2025-03-02 12:00"):
        life.does(secretariat, "instruct", "2025-03-02", term_unit="calendar", **said)
        assert life.tries(kostroma_official, "start", "2025-03-02").status_code == 403
    assert life.point.due_on == dt.date(2025, 6, 1)  # passed with its deadline


def test_the_report_stays_with_the_predecessor_and_the_successor_has_a_row_of_its_own(
    world: Municipality, kostroma: Municipality, adopted: Resolution
) -> None:
    point = DecisionPoint.objects.select_related("resolution").get(resolution=adopted, number=1)
    with at("2025-03-02 12:00"):
        rows = read_members([(point, point.kept())], dt.date(2025, 3, 2))[point.pk].rows
    named = {row.municipality.name: row for row in rows}
    assert named["Кострома"].left_on == MERGED_ON
    assert named["Кострома"].reported_on == dt.date(2024, 8, 20)
    assert named[world.name].reported_on is None
    assert not named[world.name].is_late  # it joined after the deadline
    assert named[world.name].is_in(MemberPart.UNREPORTED)


def test_a_late_promise_is_passed_with_its_lateness(
    world: Municipality, secretariat: User, client_for: ClientFor, kostroma: Municipality
) -> None:
    made = Commitment.objects.get(measure="Табло")
    assert any("передайте" in one.lower() for one in waits(secretariat, "2025-03-02"))
    with at("2025-03-02 12:00"):
        answer = client_for(secretariat).post(
            reverse("commitment_step", args=[made.pk, "passed"]),
            {"happened_on": "2025-03-02", "text": "", "version": made.version},
        )
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.municipality, made.due_on) == (world, dt.date(2024, 12, 1))
    assert made.named_point.point.number == 1
    assert list(faults()) == []


def test_the_open_round_stays_where_it_is(world: Municipality, kostroma: Municipality) -> None:
    told = " ".join(waiting_of([kostroma]))
    assert "ждёт ответа: Кострома." in told
