"""`python -m tests.benchmarks.members [cities]`: pages about the members, by how much PostgreSQL's planner knows.

With so many municipalities (1,000 by default) and twenty points for all members, on the database of DATABASE_URL, three
times: the tables were analysed while all in them was rolled back, so that the planner takes them for empty; never
analysed; analysed. Start PostgreSQL without autovacuum: `pg_virtualenv -t -o autovacuum=off sh -c '…'`.
"""

import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.utils import timezone

POINTS = 20
PATIENCE = 20  # seconds for one query
DAY, TODAY = dt.date(2025, 3, 1), timezone.localdate()
PAGES = (
    "/",
    "/due/",
    "/municipalities/",
    "/municipalities/?q=город",
    "/municipalities/?members=others",
    f"/municipalities/?as_of=2025-06-30&known_on={TODAY}",
    "/municipalities/compare/?from=2024-06-27&to=2026-01-01",
    "/municipalities/kostroma/",
    "/practices/uptake/",
    "/practices/uptake/?municipality=kostroma&state=studied&as_of=2025-12-31",
    "/practices/commitments/",
    "/resolutions/many/points/1/",
    "/resolutions/many/points/1/members/",
    f"/resolutions/many/points/1/members/?as_of=2025-12-31&known_on={TODAY}",
    "/resolutions/many/execution/",
    f"/resolutions/many/execution/?as_of=2025-12-31&known_on={TODAY}",
)
PERSONAS = ("secretariat@sgcszr.example", "kostroma@sgcszr.example", "")


def fill(cities: int) -> None:
    """The demonstration data, members of whom each tenth left again, and what they report, take up and promise."""
    from accounts.models import User
    from municipalities.models import FederalDistrict, Membership, Municipality, ParticipationRecord
    from resolutions.models import Measure, MeasureCode, Party, PointAction
    from tests.municipalities.factory import joined
    from tests.resolutions.factory import decision, point_step
    from tests.resolutions.steps import assign

    call_command("seed", "--demo", "--force", verbosity=0)
    secretariat = User.objects.get(email="secretariat@sgcszr.example")
    made = Municipality.objects.bulk_create(
        Municipality(
            name=f"Город {number}",
            slug=f"gorod-{number}",
            region=f"Область {number % 40}",
            federal_district=FederalDistrict.CENTRAL,
            oktmo=f"{90_000_000 + number}",
            population=10_000 + number * 500,
            search_text=f"город {number}",
        )
        for number in range(cities)
    )
    joined(*made)
    joined(*made[::10], on=dt.date(2024, 9, 1), action="leave")
    gone = Membership.objects.filter(action="leave", municipality__in=made[::20])
    Membership.objects.bulk_create(
        Membership.voiding_of(one, reason="Ошибка.", by=secretariat, municipality_id=one.municipality_id)
        for one in gone
    )
    ParticipationRecord.objects.bulk_create(
        ParticipationRecord(
            municipality=one, status=status, happened_on=dt.date(year, 1, 1), basis="Письмо", actor_name="Кто-то"
        )
        for one in made
        for year, status in ((2024, "planned"), (2025, "active"))
    )
    resolution = decision(*["recommendation"] * POINTS, by=secretariat, slug="many")
    everybody = Party.objects.all_members()
    for point in resolution.points.all():
        point_step(point, PointAction.MEASURE, by=secretariat, measure=Measure((MeasureCode.REPORTS,)))
        assign(point, everybody, by=secretariat, due_on=dt.date(2025, 6, 1))
    more(list(resolution.points.all()), made)


def more(points: Sequence[Any], made: Sequence[Any]) -> None:
    """Reports, marks and promises of half of the municipalities."""
    from municipalities.practices.models import (
        Commitment,
        CommitmentStep,
        Practice,
        PracticeAdoption,
        PracticeAdoptionRecord,
    )
    from resolutions.models import MemberReport, MemberReportRow, PointPromise

    half = made[::2]
    row = {"happened_on": DAY, "actor_name": "Кто-то"}
    reports = MemberReport.objects.bulk_create(
        MemberReport(point=point, municipality=one, reported_on=DAY) for point in points for one in half
    )
    MemberReportRow.objects.bulk_create(
        MemberReportRow(report=one, action="report", text="Сделано.", **row) for one in reports
    )
    told = list(Practice.objects.all()[:3])
    marks = PracticeAdoption.objects.bulk_create(
        PracticeAdoption(practice=one, municipality=who, status="studied", since=DAY) for one in told for who in half
    )
    PracticeAdoptionRecord.objects.bulk_create(
        PracticeAdoptionRecord(adoption=one, status="studied", **row) for one in marks
    )
    stands = {"state": "open", "due_on": dt.date(2025, 9, 1), "who": "Отдел", "made_on": DAY, "accepted_on": DAY}
    promised = Commitment.objects.bulk_create(
        Commitment(maker=who, municipality=who, measure="Датчики", **stands) for who in half
    )
    said = {"action": "made", "due_on": dt.date(2025, 9, 1), "who": "Отдел"}
    CommitmentStep.objects.bulk_create(
        CommitmentStep(commitment=one, municipality_id=one.maker_id, **said, **row) for one in promised
    )
    PointPromise.objects.bulk_create(PointPromise(commitment=one, point=points[0]) for one in promised)


def visit(page: str, persona: str) -> tuple[float, int, float, str]:
    """How long a page took, its queries, and the slowest of these with its seconds."""
    from accounts.models import User

    client = Client()
    if persona:
        client.force_login(User.objects.get(email=persona))
    slowest, count = (0.0, ""), 0

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        nonlocal slowest, count
        count += 1
        start = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            slowest = max(slowest, (time.perf_counter() - start, sql))

    start = time.perf_counter()
    try:
        with connection.execute_wrapper(note):
            client.get(page)
    except OperationalError:
        return float("inf"), count, *slowest
    return time.perf_counter() - start, count, *slowest


def show(statistics: str) -> None:
    """Print how long each page takes for each persona."""
    print(f"\n{connection.vendor}, {statistics}")
    for page in PAGES:
        told = []
        for persona in PERSONAS:
            seconds, count, slow, sql = visit(page, persona)
            told.append(f"{seconds:>8.2f} s {count:>3}")
            if slow > 1:
                where = sql[sql.find(" WHERE ") :]
                print(f"  {slow:.1f} s: {sql[:60]} … {where[:400]}")
        print(f"{page:<80}{'  '.join(told)}", flush=True)


def run(cities: int) -> None:
    """Measure with so many municipalities."""
    name = connection.creation.create_test_db(verbosity=0)
    try:
        show_all = connection.vendor == "postgresql"
        if show_all:
            with transaction.atomic():
                fill(cities)
                transaction.set_rollback(True)
            ask("ANALYZE")
        fill(cities)
        if show_all:
            ask(f"SET statement_timeout = '{PATIENCE}s'")
            show("analysed while the tables were empty")
            ask("DELETE FROM pg_statistic; UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relkind = 'r'")
            show("never analysed")
            ask("ANALYZE")
        show("analysed")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def ask(sql: str) -> None:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def main() -> None:
    """Set up, measure, tear down."""
    setup_test_environment()
    try:
        run(int(sys.argv[1]) if sys.argv[1:] else 1000)
    finally:
        teardown_test_environment()


if __name__ == "__main__":
    main()
