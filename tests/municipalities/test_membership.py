"""Who belongs to the Union on a day and as known on a day, against a table reckoned by hand, and what changes it.

of old, day unknown   Кострома, Елец, Мезень
2025-03-10            Архангельск joins (recorded on 20.03)
2025-05-15            Елец leaves
2025-07-01            Мезень leaves, Орёл joins
2026-01-01            Архангельск leaves (recorded on 01.12.2025: still to come then)
never                 Псков, asked in an exchange of information; Тула, typed by mistake
"""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from municipalities.comparison import compare
from municipalities.ledgers import faults
from municipalities.models import Membership, MembershipAction, Municipality
from municipalities.practices.uptake import uptake_of
from resolutions.correspondence.mailings import suggested_recipients
from resolutions.execution.report import report_on
from resolutions.models import Resolution
from resolutions.seed import seed_resolution
from revisions.days import EARLIEST
from tests.conftest import ClientFor
from tests.municipalities.factory import at, joined, left, moment, statement
from tests.municipalities.practices.factory import mark, practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
JOIN, LEAVE = MembershipAction.JOIN, MembershipAction.LEAVE

#   day           known_on       members
TABLE: list[tuple[str, str | None, str]] = [
    ("2000-01-01", None, "Елец Кострома Мезень"),
    ("2025-03-09", None, "Елец Кострома Мезень"),
    ("2025-03-10", None, "Архангельск Елец Кострома Мезень"),  # who joins counts on the day
    ("2025-03-15", "2025-03-15", "Елец Кострома Мезень"),
    ("2025-03-15", "2025-03-20", "Архангельск Елец Кострома Мезень"),
    ("2025-05-14", None, "Архангельск Елец Кострома Мезень"),
    ("2025-05-15", None, "Архангельск Кострома Мезень"),  # who leaves does not
    ("2025-07-01", None, "Архангельск Кострома Орёл"),
    ("2025-12-31", None, "Архангельск Кострома Орёл"),
    ("2026-01-01", None, "Кострома Орёл"),
    ("2026-01-01", "2025-11-30", "Архангельск Кострома Орёл"),
]


@pytest.fixture
def union() -> dict[str, Municipality]:
    names = ("Кострома", "Елец", "Мезень", "Архангельск", "Орёл", "Псков", "Тула")
    found = {name: outsider(name, number) for number, name in enumerate(names, start=1)}
    of_old = [found[name] for name in ("Кострома", "Елец", "Мезень", "Тула")]
    joined(*of_old, day_is_known=False, recorded_at=moment("2024-09-01 12:00"))
    rows = (
        ("Архангельск", JOIN, "2025-03-10", "2025-03-20"),
        ("Елец", LEAVE, "2025-05-15", "2025-05-15"),
        ("Мезень", LEAVE, "2025-07-01", "2025-07-01"),
        ("Орёл", JOIN, "2025-07-01", "2025-07-01"),
        ("Архангельск", LEAVE, "2026-01-01", "2025-12-01"),
    )
    for name, action, on, recorded in rows:
        Membership.objects.create(
            municipality=found[name],
            action=action,
            happened_on=day(on),
            basis="Решение Собрания",
            actor_name="Кто-то",
            recorded_at=moment(f"{recorded} 12:00"),
        )
    Municipality.objects.filter(name="Тула").update(is_listed=False)
    return found


def outsider(name: str, number: int) -> Municipality:
    """A municipality that never joined."""
    facts: dict[str, Any] = {"region": "Область", "federal_district": "central", "latitude": 57, "longitude": 40}
    return Municipality.objects.create(name=name, oktmo=f"{number:08d}", **facts)


@pytest.fixture
def adopted(secretariat: User, union: object) -> Resolution:
    resolution = seed_resolution()[0]
    resolution.adopt(version=resolution.version, by=secretariat)
    return Resolution.objects.get(pk=resolution.pk)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def named(municipalities: object) -> str:
    return " ".join(sorted(one.name for one in municipalities))  # type: ignore[attr-defined]  # a query or rows


@pytest.mark.parametrize(("on", "known_on", "members"), TABLE)
def test_who_belonged(union: dict[str, Municipality], on: str, known_on: str | None, members: str) -> None:
    known = day(known_on) if known_on else None
    assert named(Municipality.objects.members_on(day(on), known_on=known)) == members
    of_each = [one for one in union.values() if one.belonging_on(day(on), known_on=known).is_member]
    assert named(one for one in of_each if one.name != "Тула") == members
    assert list(faults()) == []


@pytest.mark.slow
@pytest.mark.parametrize(("on", "members"), [(on, members) for on, known_on, members in TABLE if known_on is None][1:])
def test_registry_map_workbook_and_comparison_are_of_that_day(
    client: Client, union: dict[str, Municipality], on: str, members: str
) -> None:
    with at("2026-03-01 12:00"):
        registry = client.get(f"/municipalities/?as_of={on}").context["listing"]
        assert named(registry.rows()) == named(registry.map.points) == members
        assert registry.total == len(members.split())
        book = load_workbook(BytesIO(client.get(f"/municipalities/export.xlsx?as_of={on}").content)).worksheets[0]
        cells = {str(value) for row in book.values for value in row if value}
        assert " ".join(sorted(cells & set(union))) == members
        assert named(compare(day("2024-06-27"), day(on)).rows) == members


def test_others_and_all_are_found_too(client: Client, client_for: ClientFor, chair: User, union: object) -> None:
    with at("2026-03-01 12:00"):
        found = {
            choice: named(client.get(f"/municipalities/?members={choice}").context["listing"].rows())
            for choice in ("others", "all")
        }
        unlisted = client_for(chair).get("/municipalities/?listing=unlisted").context["listing"]
        assert named(unlisted.rows()) == "Тула"
    assert found["others"] == "Архангельск Елец Мезень Псков"
    assert found["all"] == "Архангельск Елец Кострома Мезень Орёл Псков"


def test_points_reports_and_circulars_are_about_members(
    adopted: Resolution, union: dict[str, Municipality], secretariat: User
) -> None:
    adopted.points.filter(kind="recommendation").update(experience_of=union["Кострома"])
    statement(union["Псков"], "active", "2024-07-01")  # asked, and no member
    statement(union["Орёл"], "active", "2025-07-01")
    with at("2025-08-01 12:00"):
        uptake = uptake_of(union["Кострома"], day("2025-08-01"))
        assert (uptake.members, uptake.going_on) == (3, 1)
        assert uptake_of(union["Кострома"], day("2025-04-01")).members == 4
        report = report_on(adopted, day("2025-08-01"), with_letters=False)
        assert report.municipalities
        assert named(report.municipalities.lines) == "Архангельск Кострома Орёл"
        keys = [one.municipality_id for one in suggested_recipients(None, "circular")]
    assert named(Municipality.objects.filter(pk__in=keys)) == "Архангельск Кострома Орёл"


# --- writing it down ---


@pytest.fixture
def client_of_secretariat(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def post(client: Client, one: Municipality, *, is_seen: str = "", **said: Any) -> Any:
    """Send the form; as for the second time, after its effect was shown, where `is_seen` says so."""
    one.refresh_from_db()
    data = {"action": "leave", "happened_on": "2026-03-01", "basis": "Решение Думы", "version": one.version} | said
    if is_seen:
        data["seen"] = f"{data['action']} {data['happened_on']} {data['version']}"
    return client.post(f"/municipalities/{one.slug}/membership/", data)


def test_the_page_shows_what_it_changes_before_it_writes(
    client_of_secretariat: Client, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    with at("2026-03-01 12:00"):
        shown = post(client_of_secretariat, kostroma)
        page = shown.content.decode()
        assert shown.status_code == 200
        assert "С 1\u00a0марта\u00a02026\u00a0г. членов Союза в портале: 2 → 1." in page
        assert kostroma.memberships.count() == 1
        assert post(client_of_secretariat, kostroma, is_seen="on").status_code == 302
        row = kostroma.memberships.get(action=LEAVE)
        assert (row.happened_on, row.basis, row.actor_name) == (day("2026-03-01"), "Решение Думы", "С.С. Секретарёва")
        assert named(Municipality.objects.members()) == "Архангельск"
        assert "Выход из Союза: 1" in client_of_secretariat.get(kostroma.get_absolute_url()).content.decode()


def test_the_future_is_stored_and_counts_from_its_day(client_of_secretariat: Client, kostroma: Municipality) -> None:
    with at("2026-03-01 12:00"):
        assert (
            "До этого дня не изменится ничего"
            in post(client_of_secretariat, kostroma, happened_on="2027-01-01").content.decode()
        )
        post(client_of_secretariat, kostroma, happened_on="2027-01-01", is_seen="on")
        assert named(Municipality.objects.members()) == "Кострома"
        assert named(Municipality.objects.members_on(day("2027-01-01"))) == ""


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"action": "join"}, "и так входит в Союз"),
        ({"happened_on": ""}, "Без дня записывают только вступление"),
        ({"happened_on": "1999-12-31"}, "Проверьте год"),
        ({"happened_on": "9999-12-31"}, "Проверьте год"),
        ({"basis": ""}, "Обязательное поле"),
        ({"action": "burn"}, "Выберите корректный вариант"),
        ({"version": "99999"}, "сведения изменились"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_is_written(
    client_of_secretariat: Client, kostroma: Municipality, said: dict[str, str], refused: str
) -> None:
    for is_seen in ("on", ""):
        if is_seen or "version" not in said:  # whose version is old is asked when it is written
            with at("2026-03-01 12:00"):
                answered = post(client_of_secretariat, kostroma, is_seen=is_seen, **said)
            assert answered.status_code == 422
            assert refused in answered.content.decode()
    assert kostroma.memberships.count() == 1


def test_who_leaves_belonged_before(secretariat: User) -> None:
    late = outsider("Поздний", 9)
    joined(late, on=day("2025-03-10"))

    def leave(on: str) -> None:
        late.change_membership(LEAVE, happened_on=day(on), basis="Р", by=secretariat, version=late.version)

    with pytest.raises(ValidationError, match="выйти из Союза можно"):
        leave("2025-03-01")
    leave("2025-05-01")
    with pytest.raises(ValidationError, match="Станет невозможной более поздняя запись «Выход из Союза»"):
        leave("2025-04-01")
    assert late.memberships.count() == 2


def test_a_wrong_row_is_voided_and_readable_as_such(client_of_secretariat: Client, kostroma: Municipality) -> None:
    with at("2026-03-01 12:00"):
        post(client_of_secretariat, kostroma, is_seen="on")
        kostroma.refresh_from_db()
        address = "/municipalities/kostroma/membership/"
        wrong, first = kostroma.memberships.get(action=LEAVE), kostroma.memberships.get(happened_on=EARLIEST)
        data = {"reason": "Вышла не Кострома.", "version": kostroma.version}
        refused = client_of_secretariat.post(f"{address}{first.pk}/void/", data)
        assert (refused.status_code, "Станет невозможной" in refused.content.decode()) == (422, True)
        assert client_of_secretariat.post(f"{address}{wrong.pk}/void/", data).status_code == 302
        page = client_of_secretariat.get(address).content.decode()
        assert "Запись отменена" in page
        assert "Вышла не Кострома." in page
        assert named(Municipality.objects.members()) == "Кострома"


def test_a_new_municipality_is_no_member_until_somebody_says_so(client_of_secretariat: Client, db: None) -> None:
    data = {
        "name": "Тверь",
        "region": "Тверская область",
        "federal_district": "central",
        "oktmo": "28701000",
        "version": 1,
    }
    answered = client_of_secretariat.post("/municipalities/add/", data)
    assert (answered.status_code, answered["Location"]) == (302, "/municipalities/tver/membership/")
    assert named(Municipality.objects.members()) == ""
    assert "не входит" in Client().get("/municipalities/tver/").content.decode()


def test_nothing_is_written_that_was_not_shown(client_of_secretariat: Client, kostroma: Municipality) -> None:
    with at("2026-03-01 12:00"):
        shown = post(client_of_secretariat, kostroma, happened_on="2027-01-01").context["form"]
        other = post(client_of_secretariat, kostroma, happened_on="2001-01-01", seen=shown["seen"].value())
        assert (other.status_code, kostroma.memberships.count()) == (200, 1)
        assert post(client_of_secretariat, kostroma, seen=other.context["form"]["seen"].value()).status_code == 200
        again = {"happened_on": "2027-01-01", "seen": shown["seen"].value()}
        assert post(client_of_secretariat, kostroma, **again).status_code == 302


def test_a_wrong_day_is_corrected_under_a_later_row(client_of_secretariat: Client, kostroma: Municipality) -> None:
    joining = kostroma.memberships.get()
    with at("2026-03-01 12:00"):
        post(client_of_secretariat, kostroma, is_seen="on")
        kostroma.refresh_from_db()
        address = f"/municipalities/kostroma/membership/{joining.pk}/void/"
        opened = client_of_secretariat.get(address)
        assert "день не указан" in opened.content.decode()
        assert "2000-01-01" not in opened.content.decode()
        assert "г.." not in opened.content.decode()
        right = {"action": "join", "happened_on": "2010-05-01", "basis": "Устав"}
        data = {"reason": "День нашёлся.", "version": kostroma.version, "replaces": "on"}
        data |= {f"right-{name}": value for name, value in right.items()}
        assert client_of_secretariat.post(address, data).status_code == 302
        days = ("2010-04-30", "2010-05-01", "2026-02-28", "2026-03-01")
        assert [kostroma.belonging_on(day(one)).is_member for one in days] == [False, True, True, False]


def test_what_is_off_the_list_changes_no_number(client_of_secretariat: Client, kostroma: Municipality) -> None:
    Municipality.objects.update(is_listed=False)
    assert "0 → 0" in post(client_of_secretariat, kostroma).content.decode()


def test_a_leaver_keeps_what_it_took_up_on_its_page(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    mark(practice(kostroma), arkhangelsk, "introduced", "2025-01-01", entered="2025-01-01 12:00")
    left(arkhangelsk, "2025-05-01")
    assert "Умные остановки" in Client().get(arkhangelsk.get_absolute_url()).content.decode()
    assert "Архангельск" in Client().get("/practices/").content.decode()
