"""Mergers: two cities become one, with what that changes, and what cannot be."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.access import own_municipalities, represents
from municipalities.ledgers import faults
from municipalities.mergers import Merger, merge
from municipalities.models import FederalDistrict, Membership, MembershipAction, Municipality, Succession
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city, left, statement
from tests.municipalities.surveys.factory import a_round

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
URL = "/municipalities/merge/"
NOW = "2026-08-01 12:00"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def two(kostroma: Municipality, arkhangelsk: Municipality) -> list[Municipality]:
    return [kostroma, arkhangelsk]


def said(*predecessors: Municipality, **changes: Any) -> dict[str, Any]:
    """The form as somebody sends it."""
    return {
        "predecessors": [one.pk for one in predecessors],
        "name": "Костромархангельск",
        "oktmo": "12345678",
        "region": "Область",
        "federal_district": "central",
        "happened_on": "2026-07-01",
        "basis": "Закон об объединении",
        "joining_basis": "Решение Собрания",
    } | changes


def send(client: Client, data: dict[str, Any], *, twice: bool = True) -> HttpResponse:
    """Send the form; and once more, as it comes back after the effect was shown."""
    with at(NOW):
        answered: Any = client.post(URL, data)
        if twice and answered.status_code == 200:
            answered = client.post(URL, data | {"seen": answered.context["form"]["seen"].value()})
    shown: HttpResponse = answered
    return shown


def text(answered: Any) -> str:
    """A page as people read it."""
    said: str = answered.content.decode().replace("\u00a0", " ")
    return said


def test_the_effect_is_shown_before_anything_is_stored(
    secretary: Client, two: list[Municipality], kostroma_official: User, secretariat: User
) -> None:
    a_round(*two, opened_by=secretariat)
    shown = text(send(secretary, said(*two), twice=False))
    for sentence in (
        "1 июля 2026 г. членов Союза в портале: 2 → 1", "Членство прекращается: Архангельск, Кострома",
        "Правопреемник вступает в Союз", "К.К. Костромин (Кострома)", "ждёт ответа: Архангельск, Кострома",
    ):  # fmt: skip
        assert sentence in shown
    assert (Succession.objects.count(), Municipality.objects.count()) == (0, 2)


def test_two_become_one(
    secretary: Client, two: list[Municipality], kostroma: Municipality, kostroma_official: User
) -> None:
    statement(kostroma, "active")
    assert send(secretary, said(*two)).status_code == 302
    whole = Municipality.objects.get(oktmo="12345678")
    with at(NOW):
        assert [one.name for one in Municipality.objects.members_on(day("2026-06-30")).order_by("name")] == [
            "Архангельск",
            "Кострома",
        ]
        assert [one.name for one in Municipality.objects.members()] == [whole.name]
        assert whole.participation_on() is None  # two statuses do not add up
        assert kostroma.participation_on(day("2026-08-01")) is not None
        assert (represents(kostroma_official, kostroma), list(own_municipalities(kostroma_official))) == (False, [])
        pages = [text(Client().get(one.get_absolute_url())) for one in (kostroma, whole)]
    assert 'Правопреемник: <a href="/municipalities/kostromarkhangelsk/"' in pages[0]
    assert "1 июля 2026 г." in pages[0]
    assert 'Предшественники: <a href="/municipalities/arkhangelsk/">Архангельск</a>, <a' in pages[1]
    assert all("Закон об объединении" in page for page in pages)
    assert Membership.objects.filter(basis__startswith="Вошло в состав: Костромархангельск").count() == 2


def test_until_the_day_representatives_speak(
    secretary: Client, two: list[Municipality], kostroma: Municipality, kostroma_official: User
) -> None:
    send(secretary, said(*two, happened_on="2026-09-01"))
    with at(NOW):
        assert represents(kostroma_official, kostroma)
        assert Municipality.objects.members().count() == 2
    with at("2026-09-01 00:01"):
        assert not represents(kostroma_official, kostroma)
        assert Municipality.objects.members().count() == 1


def test_who_is_no_member_leaves_nothing_and_none_joins_without_a_basis(
    secretary: Client, kostroma: Municipality
) -> None:
    other = Municipality.objects.create(name="Буй", oktmo="00000009", region="О", federal_district="central")
    shown = text(send(secretary, said(kostroma, other, joining_basis=""), twice=False))
    assert "1 → 0. Членство прекращается: Кострома. Правопреемник в Союз не вступает." in shown
    assert send(secretary, said(kostroma, other, joining_basis="")).status_code == 302
    assert Membership.objects.filter(action=MembershipAction.LEAVE).count() == 1
    assert other.memberships.count() == 0


def test_one_that_is_in_the_portal_may_be_the_successor(secretary: Client, two: list[Municipality]) -> None:
    there = city("Округ", 5, joins="2025-01-01")
    blank = dict.fromkeys(("name", "oktmo", "region", "federal_district"), "")
    refused = send(secretary, said(*two, successor=there.pk, **blank))
    assert "Округ: муниципальное образование и так входит в Союз" in text(refused).replace("Муни", "муни")
    assert send(secretary, said(*two, successor=there.pk, joining_basis="", **blank)).status_code == 302
    assert [row.predecessor.name for row in there.came_of] == ["Архангельск", "Кострома"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"predecessors": []}, "не меньше двух"),
        ({"predecessors": ["abc"]}, "Такого муниципального образования в портале нет"),
        ({"predecessors": [999_999]}, "Такого муниципального образования в портале нет"),
        ({"successor": "abc"}, "Такого муниципального образования в портале нет"),
        ({"oktmo": "12"}, "8 или 11 цифр"),
        ({"oktmo": "34701000001"}, "у другого, Кострома"),
        ({"name": ""}, "Обязательное поле"),
        ({"federal_district": ""}, "Обязательное поле"),
        ({"happened_on": "1999-01-01"}, "Проверьте год"),
        ({"happened_on": "2101-01-01"}, "Проверьте год"),
        ({"basis": ""}, "Обязательное поле"),
        ({"basis": "Kотлас"}, "буква «K» – латинская"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_is_written(
    secretary: Client, two: list[Municipality], changes: dict[str, Any], refused: str
) -> None:
    answered = send(secretary, said(*two) | changes)
    assert answered.status_code == 422
    assert refused in text(answered)
    assert (Succession.objects.count(), Municipality.objects.count(), Membership.objects.count()) == (0, 2, 2)
    if "name" not in changes:
        assert 'value="Костромархангельск"' in text(answered)


def test_a_single_predecessor_is_no_merger(secretary: Client, kostroma: Municipality) -> None:
    assert "не меньше двух" in text(send(secretary, said(kostroma)))


def test_nobody_comes_of_itself(secretary: Client, two: list[Municipality], secretariat: User) -> None:
    blank = dict.fromkeys(("name", "oktmo", "region", "federal_district"), "")
    answered = send(secretary, said(*two, successor=two[0].pk, joining_basis="", **blank))
    assert "правопреемником самого себя: Кострома" in text(answered)
    send(secretary, said(*two, happened_on="2026-03-01"))
    whole, other = Municipality.objects.get(oktmo="12345678"), city("Буй", 9)
    answered = send(secretary, said(whole, other, successor=two[0].pk, joining_basis="", **blank))
    assert "круг правопреемников: Костромархангельск – уже правопреемник муниципального образования Кострома" in text(
        answered
    )
    third = city("Шуя", 10)
    answered = send(secretary, said(other, third, successor=two[0].pk, joining_basis="", **blank))
    assert "Кострома с 1 марта 2026 г. – часть другого муниципального образования (Костромархангельск)" in text(
        answered
    )
    assert Succession.objects.count() == 2


def test_a_part_merges_no_more_and_a_whole_not_before_it_is_there(secretary: Client, two: list[Municipality]) -> None:
    send(secretary, said(*two))
    other = city("Буй", 9)
    assert "объединить его ещё раз нельзя" in text(send(secretary, said(two[0], other, oktmo="00000011")))
    whole = Municipality.objects.get(oktmo="12345678")
    answered = send(secretary, said(whole, other, oktmo="00000011", happened_on="2026-06-01"))
    assert "Костромархангельск образовано объединением 1 июля 2026 г. Объединить его можно" in text(answered)


def test_a_merger_is_not_before_a_predecessor_joined(secretary: Client, kostroma: Municipality) -> None:
    late = city("Буй", 9, joins="2026-07-10")
    answered = send(secretary, said(kostroma, late))
    assert "Буй: вступление в Союз записано на 10 июля 2026 г." in text(answered)


def test_an_entry_that_makes_a_later_one_impossible_is_named(secretary: Client, two: list[Municipality]) -> None:
    left(two[1], "2026-07-20")
    answered = text(send(secretary, said(*two)))
    assert "Архангельск: станет невозможной более поздняя запись «Выход из Союза» от 20 июля 2026 г." in answered


def test_who_was_shown_something_else_is_shown_again(secretary: Client, two: list[Municipality]) -> None:
    with at(NOW):
        shown: Any = secretary.post(URL, said(*two))
        mark = {"seen": shown.context["form"]["seen"].value()}
        Municipality.objects.filter(pk=two[0].pk).update(version=7)
        again = secretary.post(URL, said(*two) | mark)
        assert (again.status_code, Succession.objects.count()) == (200, 0)
        assert secretary.post(URL, said(*two, happened_on="2026-07-02") | mark).status_code == 200


def test_a_part_joins_no_more_nor_loses_its_leaving_alone(
    secretary: Client, two: list[Municipality], kostroma: Municipality
) -> None:
    send(secretary, said(*two))
    kostroma.refresh_from_db()
    data = {"action": "join", "happened_on": "2026-07-15", "basis": "Р", "version": kostroma.version}
    with at(NOW):
        refused = secretary.post("/municipalities/kostroma/membership/", data)
        assert "с этого дня оно в Союз не входит, вступить может только правопреемник" in text(refused)
        row = kostroma.memberships.get(action="leave")
        assert secretary.get(f"/municipalities/kostroma/membership/{row.pk}/void/").status_code == 403


def test_the_model_too_voids_no_membership_of_a_merger_alone(
    secretary: Client, two: list[Municipality], secretariat: User
) -> None:
    send(secretary, said(*two))
    one = Municipality.objects.get(pk=two[0].pk)
    with pytest.raises(ValidationError, match="внесло объединение"):
        one.void_membership(one.memberships.get(action="leave"), reason="Р", by=secretariat, version=one.version)


def test_check_ledgers_notices_circles_and_halves(two: list[Municipality], secretariat: User) -> None:
    with at(NOW):
        new = Municipality(name="Ц", oktmo="00000013", region="О", federal_district=FederalDistrict.CENTRAL)
        whole = merge(Merger(two, new, day("2026-07-01"), "З", "Р"), by=secretariat)
    leaving = Membership.objects.get(municipality=two[0], action="leave")
    voiding = Membership.voiding_of(leaving, reason="Р", by=secretariat, municipality_id=two[0].pk)
    voiding.save()
    wrong = Succession.objects.create(
        successor=two[0], predecessor=whole, happened_on=day("2026-07-02"), basis="З", actor_name="К"
    )
    told = " ".join(faults())
    assert f"Municipality {two[0].pk} is a part of another, and a member still" in told
    assert "a membership that it wrote is voided" in told
    assert "comes of itself" in told
    for row in (wrong, Succession.objects.get(predecessor=two[0])):
        owners = {"successor_id": row.successor_id, "predecessor_id": row.predecessor_id}
        Succession.voiding_of(row, reason="Р", by=secretariat, **owners).save()
    assert list(faults()) == []


def test_a_leaving_of_before_the_merger_cannot_be_taken_back(
    secretary: Client, two: list[Municipality], kostroma: Municipality, secretariat: User
) -> None:
    left(kostroma, "2026-05-01")
    assert send(secretary, said(*two)).status_code == 302
    row = kostroma.memberships.get(action="leave")
    kostroma.refresh_from_db()
    url = reverse("municipality_membership_void", args=[kostroma.slug, row.pk])
    with at(NOW):
        refused = secretary.post(url, {"reason": "Не выходила.", "version": kostroma.version})
        later = kostroma.new_membership(
            MembershipAction.LEAVE, day("2026-07-20"), basis="Решение", text="", by=secretariat
        )
        with pytest.raises(ValidationError, match="оно в Союз не входит"):
            kostroma.void_membership(row, reason="Позже.", by=secretariat, version=kostroma.version, replacement=later)
    assert refused.status_code == 422
    assert "оно в Союз не входит" in text(refused)


def test_nor_can_a_joining_of_before_the_merger_be_typed_late(
    secretary: Client, arkhangelsk: Municipality, secretariat: User
) -> None:
    other = Municipality.objects.create(name="Буй", oktmo="00000077", region="Область", federal_district="central")
    assert send(secretary, said(arkhangelsk, other)).status_code == 302
    other.refresh_from_db()
    with at(NOW), pytest.raises(ValidationError, match="оно в Союз не входит"):
        other.change_membership(
            MembershipAction.JOIN, happened_on=day("2026-03-01"), basis="Б", by=secretariat, version=other.version
        )
