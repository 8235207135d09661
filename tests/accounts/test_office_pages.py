"""`/accounts/offices/` and below: the secretariat appoints, ends powers and puts right what it wrote."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import OfficeLedger, OfficeTerm, User
from accounts.offices import NEEDS_AN_END
from accounts.people import deactivate
from accounts.roles import Office
from revisions.voiding import CHANGED
from russian.templatetags.russian import long_date
from tests.accounts.terms import BASIS, appointed, day, ended
from tests.conftest import ClientFor
from tests.words import words_of

pytestmark = pytest.mark.slow

OFFICES = "/accounts/offices/"


def read(answer: Any) -> str:
    """The words of a page."""
    return words_of(answer.content.decode())


def on(after: int) -> str:
    """A day, counted from today, as a page says it."""
    return words_of(long_date(day(after)))


@pytest.fixture
def office(client_for: ClientFor, secretariat: User) -> Client:
    """The secretariat at work."""
    return client_for(secretariat)


def said(person: User, **changes: Any) -> dict[str, Any]:
    """A form of appointment."""
    days = {"happened_on": day(0).isoformat(), "until": day(9).isoformat(), "version": OfficeLedger.read().version}
    return {"user": person.pk, "office": "acting_chair", "basis": f" {BASIS} ", "text": "", **days} | changes


def test_an_appointment_is_written_down_and_listed(office: Client, deputy: User) -> None:
    answer = office.post(f"{OFFICES}add/", said(deputy), follow=True)
    page = read(answer)
    assert f"З.З. Заместителев – и.о. председателя с {on(0)} по {on(9)}" in page
    assert BASIS in page
    assert OfficeTerm.objects.get().basis == BASIS


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": ""}, NEEDS_AN_END),
        ({"until": day(-1).isoformat()}, "не может быть раньше первого"),
        ({"basis": ""}, "Обязательное поле"),
        ({"basis": "\u0958" * 170}, "не более 170 символов"),  # stored, each is two signs
        ({"office": ""}, "Обязательное поле"),
        ({"happened_on": "1999-12-31"}, "не раньше 1 января 2000"),
        ({"until": "2101-01-01"}, "не может быть позже 2100-го"),
    ],
)
def test_an_appointment_that_cannot_be_is_told(office: Client, deputy: User, changes: dict[str, Any], why: str) -> None:
    answer = office.post(f"{OFFICES}add/", said(deputy, **changes))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not OfficeTerm.objects.exists()


def test_who_is_switched_off_cannot_be_chosen(office: Client, secretariat: User, deputy: User) -> None:
    deactivate(deputy, by=secretariat)
    assert "Этого человека назначить нельзя" in office.post(f"{OFFICES}add/", said(deputy)).content.decode()


def test_two_who_appoint_at_once_see_each_other(office: Client, secretariat: User, deputy: User) -> None:
    typed = said(deputy, office="board")
    appointed(secretariat, Office.BOARD, by=secretariat)
    answer = office.post(f"{OFFICES}add/", typed)
    assert CHANGED in answer.content.decode()
    again = typed | {"version": answer.context["form"]["version"].value()}
    assert office.post(f"{OFFICES}add/", again).status_code == 302


def test_powers_are_ended(office: Client, acting_chair: User) -> None:
    row = OfficeTerm.objects.get()
    url = f"{OFFICES}{row.pk}/end/"
    assert f"и.о. председателя с {on(-1)}" in read(office.get(url))
    form = {"happened_on": day(0).isoformat(), "basis": BASIS, "text": "Вышел председатель.", "version": 1}
    page = read(office.post(url, form, follow=True))
    assert f"Полномочия прекращены с {on(0)}: {BASIS}" in page
    assert "Вышел председатель." in page
    assert "Прекращение полномочий уже записано." in office.get(url).content.decode()


def test_powers_are_not_ended_when_they_do_not_hold_or_others_were_quicker(
    office: Client, acting_chair: User, deputy: User, secretariat: User
) -> None:
    url, form = f"{OFFICES}{OfficeTerm.objects.get().pk}/end/", {"happened_on": day(5).isoformat(), "basis": BASIS}
    assert "пока они действуют" in office.post(url, form | {"version": 1}).content.decode()
    appointed(deputy, Office.BOARD, by=secretariat)
    assert CHANGED in office.post(url, form | {"version": 1}).content.decode()


def test_a_wrong_appointment_is_voided_with_the_right_one(office: Client, acting_chair: User, deputy: User) -> None:
    wrong = OfficeTerm.objects.get()
    url = f"{OFFICES}{wrong.pk}/void/"
    assert "Назначение: и.о. председателя – И.О. Замещаева" in office.get(url).content.decode()
    right = {f"right-{name}": value for name, value in said(deputy).items()}
    answer = office.post(url, {"reason": "Не тот.", "replaces": "on", "version": 1} | right)
    assert answer.headers["Location"] == OFFICES
    page = read(office.get(OFFICES))
    assert "Запись отменена" in page
    assert "Не тот." in page
    assert office.get(url).status_code == 403
    assert office.get(f"{OFFICES}{wrong.pk}/end/").status_code == 403


def test_a_wrong_end_is_voided_with_the_right_one(office: Client, acting_chair: User, secretariat: User) -> None:
    row = ended(acting_chair, by=secretariat)
    url = f"{OFFICES}{row.pk}/void/"
    assert f'value="{day(0).isoformat()}"' in office.get(url).content.decode()
    right = {"right-happened_on": day(1).isoformat(), "right-basis": BASIS, "right-text": ""}
    office.post(url, {"reason": "Не тот день.", "replaces": "on", "version": 2} | right)
    acting_chair.refresh_from_db()
    assert acting_chair.offices == [["acting_chair", day(-1).isoformat(), day(0).isoformat()]]
    assert "Не тот день." in read(office.get(OFFICES))
    office.post(f"{OFFICES}{OfficeTerm.objects.latest('pk').pk}/void/", {"reason": "Не было.", "version": 4})
    acting_chair.refresh_from_db()
    assert acting_chair.offices == [["acting_chair", day(-1).isoformat(), day(1).isoformat()]]


def test_the_list_tells_where_each_term_stands(
    office: Client, acting_chair: User, deputy: User, secretariat: User
) -> None:
    appointed(deputy, first=5, last=9, by=secretariat)
    appointed(secretariat, Office.BOARD, first=-9, last=-5, by=secretariat)
    deactivate(deputy, by=secretariat)
    page = read(office.get(OFFICES))
    for state in ("Исполняет", f"С {on(5)}", "Закончилось", "учётная запись отключена: прав нет"):
        assert state in page
    for asked, names in (("office=board", {"С.С. Секретарёва"}), ("state=ahead", {"З.З. Заместителев"})):
        lines = office.get(f"{OFFICES}?{asked}").context["listing"].lines
        assert {str(one.row.row.user) for one in lines} == names


def test_the_list_asks_as_much_for_many_as_for_one(
    office: Client, acting_chair: User, secretariat: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.get(OFFICES)
    with django_assert_num_queries(5) as few:
        office.get(OFFICES)
    for number in range(3):
        one = User.objects.create_user(f"{number}@example.org", name="Член", role="municipal")
        appointed(one, Office.BOARD, by=secretariat)
        ended(one, Office.BOARD, by=secretariat)
    with django_assert_num_queries(len(few)):
        office.get(OFFICES)


def test_people_see_what_they_hold(client_for: ClientFor, acting_chair: User, secretariat: User) -> None:
    mine, days = client_for(acting_chair), f"{on(-1)} по {on(1)}"
    page = read(mine.get("/accounts/profile/"))
    assert f"И.о. председателя с {days} Исполняет" in page
    assert f"и.о. председателя по {on(1)}" in read(mine.get("/"))
    office = client_for(secretariat)
    assert f"И.о. председателя с {days} Исполняет" in read(office.get(acting_chair.get_absolute_url()))
    assert f"И.о. председателя по {on(1)}" in read(office.get("/accounts/users/"))


def test_who_acted_until_yesterday_is_told_so(client_for: ClientFor, acting_chair: User, secretariat: User) -> None:
    ended(acting_chair, by=secretariat)
    refused = client_for(acting_chair).get("/letters/incoming/")
    assert refused.status_code == 403
    assert f"Полномочия и.о. председателя закончились {on(-1)} Реестр входящих" in read(refused)
    assert "Полномочия" not in read(client_for(acting_chair).get("/accounts/users/"))
    assert "по" not in acting_chair.stands_in
