"""`/accounts/union/` and what stands below it: the secretariat keeps what is known of the Union."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from accounts.models import UnionLedger, UnionProfile, UnionProfileRecord, User
from revisions.ledger import IN_ORDER
from tests.accounts.unions import RENAMED, changed, form
from tests.conftest import ClientFor

pytestmark = pytest.mark.slow

PAGE, EDIT = "/accounts/union/", "/accounts/union/edit/"


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def void(record: UnionProfileRecord) -> str:
    return f"{PAGE}{record.pk}/void/"


def test_staff_read_the_names_of_the_source_and_no_invented_requisites(client_for: ClientFor, chair: User) -> None:
    response = client_for(chair).get(PAGE)
    assertContains(response, "<dd>Союз городов Центра и Северо-Запада России</dd>", html=True)
    assertContains(response, "<dd>не указано</dd>", count=7, html=True)
    assert EDIT not in response.content.decode()


def test_the_secretariat_writes_down_what_changes_and_nothing_else(secretary: Client, secretariat: User) -> None:
    response = secretary.post(EDIT, form(full_name=f"  {RENAMED} ", members="26", quorum_rule="more_than_half"))
    assert response.status_code == 302
    record = UnionProfileRecord.objects.get()
    assert record.said == {"full_name": RENAMED, "members": 26, "quorum_rule": "more_than_half"}
    assert (record.actor, record.actor_name, record.text) == (secretariat, "С.С. Секретарёва", "Устав")
    assertContains(secretary.get(PAGE), "при участии не менее 14\xa0членов")


def test_what_begins_later_is_shown_and_does_not_count_yet(secretary: Client) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    secretary.post(EDIT, form(full_name=RENAMED, happened_on=tomorrow))
    page = secretary.get(PAGE)
    assertContains(page, "ещё не действует")
    assertContains(page, f"Полное название: {RENAMED}")
    assert UnionProfile.on().full_name != RENAMED
    assert UnionProfile.on(tomorrow).full_name == RENAMED


def test_the_way_back_from_what_is_planned_can_be_planned(secretary: Client) -> None:
    spring, summer = (timezone.localdate() + dt.timedelta(days=ahead) for ahead in (100, 200))
    secretary.post(EDIT, form(phone="1", happened_on=spring))
    assert secretary.post(EDIT, form(phone="", happened_on=summer, version=1)).status_code == 302
    assert [UnionProfile.on(day).phone for day in (timezone.localdate(), spring, summer)] == ["", "1", ""]


def test_what_is_known_no_longer_is_taken_back(secretary: Client, secretariat: User) -> None:
    changed(secretariat, phone="8 800", members=26)
    secretary.post(EDIT, form(phone="", members=""))
    assert (UnionProfile.on().phone, UnionProfile.on().members) == ("", 0)
    assertContains(secretary.get(PAGE), "Телефон: не указано")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"full_name": ""}, "Обязательное поле"),
        ({"short_name": "Kотлас"}, "буква «K» – латинская"),
        ({"ogrn": "123"}, "В ОГРН тринадцать цифр"),
        ({"ogrn": "1027700132196"}, "Контрольная цифра ОГРН не сходится"),
        ({"inn": "77070838"}, "В ИНН организации десять цифр"),
        ({"inn": "7707083894"}, "Контрольная цифра ИНН не сходится"),
        ({"email": "адрес"}, "электронной почты"),
        ({"members": "-1"}, "больше либо равно 0"),
        ({"members": "99999"}, "меньше либо равно 9999"),
        ({"quorum_rule": "всегда"}, "Выберите корректный вариант"),
        ({"happened_on": "1999-12-31", "phone": "1"}, "не раньше 1 января 2000"),
        ({"happened_on": "2101-01-01", "phone": "1"}, "не может быть позже 2100-го"),
        ({"text": "", "phone": "1"}, "Обязательное поле"),
        ({}, "Ничего не изменено"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(secretary: Client, wrong: dict[str, Any], said: str) -> None:
    assertContains(secretary.post(EDIT, form(**wrong)), said, status_code=422)
    assert not UnionProfileRecord.objects.exists()


def test_right_numbers_are_taken(secretary: Client) -> None:
    assert secretary.post(EDIT, form(ogrn="1027700132195", inn="7707083893")).status_code == 302
    assert (UnionProfile.on().ogrn, UnionProfile.on().inn) == ("1027700132195", "7707083893")


def test_of_two_secretaries_the_second_sees_both_texts(secretary: Client, secretariat: User) -> None:
    opened = form(phone="222", email="union@example.org")
    changed(secretariat, phone="111")
    conflict = secretary.post(EDIT, opened)
    assertContains(conflict, "<ins>222</ins>", status_code=409)
    assertContains(conflict, 'name="version" value="1"', status_code=409)
    assert UnionProfile.on().phone == "111"
    assert secretary.post(EDIT, opened | {"version": 1}).status_code == 302
    assert (UnionProfile.on().phone, UnionProfile.on().email) == ("222", "union@example.org")


def test_a_wrong_record_is_voided_with_its_reason(secretary: Client, secretariat: User) -> None:
    wrong = changed(secretariat, phone="111")
    assertContains(secretary.get(void(wrong)), "Телефон: 111")
    assert secretary.post(void(wrong), {"reason": "Чужой номер", "version": 1}).status_code == 302
    assert UnionProfile.on().phone == ""
    assertContains(secretary.get(PAGE), "Чужой номер")
    assertContains(secretary.get(void(wrong)), "Запись уже отменена", status_code=403)


def test_the_right_record_stands_where_the_wrong_one_stood(secretary: Client, secretariat: User) -> None:
    wrong = changed(secretariat, phone="111")
    changed(secretariat, phone="333")
    right = {f"right-{name}": value for name, value in form(phone="222").items()}
    sent = {"reason": "Опечатка", "version": 2, "replaces": "on", **right}
    assert secretary.post(void(wrong), sent).status_code == 302
    in_force = UnionProfileRecord.objects.in_force().order_by(*IN_ORDER)
    assert [record.said for record in in_force] == [{"phone": "222"}, {"phone": "333"}]
    assert UnionProfile.on().phone == "333"


def test_a_voiding_waits_for_somebody_who_was_quicker(secretary: Client, secretariat: User) -> None:
    wrong = changed(secretariat, phone="111")
    assert secretary.post(void(wrong), {"reason": "Опечатка", "version": 0}).status_code == 409
    assert UnionProfile.on().phone == "111"


def test_the_users_page_and_the_profile_lead_here(client_for: ClientFor, secretariat: User, chair: User) -> None:
    assertContains(client_for(secretariat).get("/accounts/users/"), PAGE)
    assertContains(client_for(chair).get("/accounts/profile/"), PAGE)


def test_only_staff_read_and_only_the_secretariat_writes(
    client_for: ClientFor, secretariat: User, chair: User, kostroma_official: User
) -> None:
    record = changed(secretariat, phone="111")
    for address, answers in ((PAGE, (404, 200)), (EDIT, (404, 403)), (void(record), (404, 403))):
        assert client_for(None).get(address).status_code == 302
        assert tuple(client_for(who).get(address).status_code for who in (kostroma_official, chair)) == answers
    assert client_for(chair).post(EDIT, form(phone="222")).status_code == 403
    assert client_for(secretariat).post(PAGE).status_code == 405


def test_a_ledger_is_written_over_its_own_version_alone(secretariat: User) -> None:
    assert UnionLedger.read().version == 0
    changed(secretariat, phone="111")
    assert UnionLedger.read().version == 1
