"""A year of the Union through its forms: a city joins in March, another leaves in May, two merge in July, and one has
another ОКТМО from September on. Registry, point 1, report, circular and workbook are right in each month.

of old      Кострома, Елец, Мезень, Пинега; Псков stands outside
2025-03-10  Псков joins
2025-05-15  Елец leaves
2025-07-01  Мезень and Пинега become Двинск, which joins
2025-09-01  Кострома has the code 34501000
"""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from municipalities.ledgers import faults
from municipalities.models import Municipality
from municipalities.practices.uptake import uptake_of
from resolutions.correspondence.mailings import suggested_recipients
from resolutions.execution.report import report_on
from resolutions.models import Resolution
from resolutions.seed import seed_resolution
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city, statement
from tests.municipalities.imports.books import exported
from tests.municipalities.imports.conftest import Preview, errors_of, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OLD, NEW = "34701000001", "34501000"
FACTS = {"region": "Область", "federal_district": "northwestern"}
#  end of the month   members                              taking part
MONTHS = [
    ("2025-02-28", "Елец Кострома Мезень Пинега", 2),
    ("2025-03-31", "Елец Кострома Мезень Пинега Псков", 3),
    ("2025-04-30", "Елец Кострома Мезень Пинега Псков", 3),
    ("2025-05-31", "Кострома Мезень Пинега Псков", 3),
    ("2025-06-30", "Кострома Мезень Пинега Псков", 3),
    ("2025-07-31", "Двинск Кострома Псков", 2),  # what Мезень stated is not Двинск's
    ("2025-08-31", "Двинск Кострома Псков", 2),
    ("2025-09-30", "Двинск Кострома Псков", 2),
]


@pytest.fixture
def client_of_secretariat(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def adopted(secretariat: User, kostroma: Municipality) -> Resolution:
    resolution = seed_resolution()[0]
    resolution.adopt(version=resolution.version, by=secretariat)
    return Resolution.objects.get(pk=resolution.pk)


@pytest.fixture
def of_old(kostroma: Municipality) -> dict[str, Municipality]:
    named = {name: city(name, number) for number, name in enumerate(("Елец", "Мезень", "Пинега"), start=1)}
    outside = Municipality.objects.create(name="Псков", oktmo="58701000", **FACTS)
    found = named | {"Кострома": kostroma, "Псков": outside}
    for name in ("Кострома", "Мезень", "Псков"):
        statement(found[name], "active", "2024-07-01")
    return found


def twice(client: Client, url: str, data: dict[str, Any]) -> None:
    """Send a form that shows its effect first, and send it again."""
    shown: Any = client.post(url, data)
    assert shown.status_code == 200, shown.context["form"].errors
    stored = client.post(url, data | {"seen": shown.context["form"]["seen"].value()})
    assert stored.status_code == 302


def happens(month: str, client: Client, cities: dict[str, Municipality]) -> None:
    """What the secretariat types in a month."""
    for one in cities.values():
        one.refresh_from_db()
    match month:
        case "2025-03":
            said = {
                "action": "join",
                "happened_on": "2025-03-10",
                "basis": "Решение",
                "version": cities["Псков"].version,
            }
            twice(client, "/municipalities/pskov/membership/", said)
        case "2025-05":
            said = {
                "action": "leave",
                "happened_on": "2025-05-15",
                "basis": "Решение",
                "version": cities["Елец"].version,
            }
            twice(client, f"{cities['Елец'].get_absolute_url()}membership/", said)
        case "2025-07":
            parts = [cities[name].pk for name in ("Мезень", "Пинега")]
            said = {"predecessors": parts, "name": "Двинск", "oktmo": "11500000", "happened_on": "2025-07-01"}
            twice(client, "/municipalities/merge/", said | FACTS | {"basis": "Закон", "joining_basis": "Решение"})
        case "2025-09":
            version = cities["Кострома"].version
            said = {"new_oktmo": NEW, "happened_on": "2025-09-01", "basis": "Приказ", "version": version}
            assert client.post("/municipalities/kostroma/name/", said).status_code == 302


def names(rows: Any) -> str:
    return " ".join(sorted(one.name for one in rows))


def test_a_year(
    client_of_secretariat: Client, adopted: Resolution, of_old: dict[str, Municipality], preview: Preview
) -> None:
    books = {}
    for day, members, _ in MONTHS:
        with at(f"{day} 12:00"):
            happens(day[:7], client_of_secretariat, of_old)
            keys = [one.municipality_id for one in suggested_recipients(None, "circular")]
            assert names(Municipality.objects.filter(pk__in=keys)) == members
            books[day] = exported()
            came_back = preview(books[day])
            assert (came_back.rows, came_back.changed_cells, errors_of(came_back)) == (len(members.split()), 0, [])
            report = report_on(adopted, dt.date.fromisoformat(day), with_letters=False)
            assert report.municipalities
            assert (names(report.municipalities.lines), report.municipalities.left_later) == (members, ())
    with at("2025-12-01 12:00"):  # and the same is read afterwards
        for day, members, going_on in MONTHS:
            on = dt.date.fromisoformat(day)
            assert names(Client().get(f"/municipalities/?as_of={day}").context["listing"].rows()) == members
            uptake = uptake_of(of_old["Кострома"], on)
            assert (uptake.members, uptake.going_on) == (len(members.split()), going_on)
            later = report_on(adopted, on, with_letters=False).municipalities
            assert later
            assert names(later.lines) == members
            old = preview(books[day])
            assert (old.changed_cells, errors_of(old)) == (0, [])
            notes = [note for note in plan_of(old).notes if "прежний код" in note]
            assert bool(notes) == (day < "2025-09-01")
            assert all(f"ОКТМО {OLD} – прежний код, ныне {NEW} (Кострома)." in note for note in notes)
    assert list(faults()) == []
