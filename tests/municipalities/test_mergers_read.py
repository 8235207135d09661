"""Mergers as pages and lists tell them, and as they are voided."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.ledgers import faults
from municipalities.models import Membership, Municipality, Succession
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city, left
from tests.municipalities.test_merger import NOW, URL, day, said, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def two(kostroma: Municipality, arkhangelsk: Municipality) -> list[Municipality]:
    return [kostroma, arkhangelsk]


def void(client: Client, whole: Municipality, **changes: Any) -> HttpResponse:
    whole.refresh_from_db()
    row = whole.came_of.first()
    assert row
    address = f"{whole.get_absolute_url()}merger/{row.pk}/void/"
    with at(NOW):
        answered: Any = client.post(address, {"reason": "Не объединялись", "version": whole.version} | changes)
    shown: HttpResponse = answered
    return shown


def test_a_wrong_merger_is_voided_with_its_memberships(secretary: Client, two: list[Municipality]) -> None:
    send(secretary, said(*two))
    whole = Municipality.objects.get(oktmo="12345678")
    assert void(secretary, whole, version=99).status_code == 409
    assert void(secretary, whole).status_code == 302
    with at(NOW):
        assert [one.name for one in Municipality.objects.members().order_by("name")] == ["Архангельск", "Кострома"]
    assert (two[0].succession, list(whole.came_of), list(faults())) == (None, [], [])
    assert send(secretary, said(*two, oktmo="00000012")).status_code == 302


def test_a_merger_on_which_a_later_row_rests_is_not_voided(secretary: Client, two: list[Municipality]) -> None:
    send(secretary, said(*two))
    whole = Municipality.objects.get(oktmo="12345678")
    left(whole, "2026-07-20")
    answered = void(secretary, whole)
    assert (answered.status_code, Succession.objects.in_force().count()) == (422, 2)
    assert "Костромархангельск: станет невозможной более поздняя запись «Выход из Союза»" in text(answered)
    with at(NOW):
        assert Membership.objects.in_force().filter(action="leave").count() == 3


def test_the_registry_and_each_page_lead_there(secretary: Client, kostroma: Municipality) -> None:
    assert f'href="{URL}"' in text(secretary.get("/municipalities/"))
    assert f'href="{URL}?from=kostroma"' in text(secretary.get("/municipalities/kostroma/"))
    form = secretary.get(f"{URL}?from=kostroma").context["form"]
    assert list(form["predecessors"].value()) == [kostroma.pk]


def test_each_merger_of_a_day_is_voided_by_itself(secretary: Client, two: list[Municipality]) -> None:
    shuya, others = city("Шуя", 5), [city("Ааа", 6), city("Ббб", 7)]
    chosen = {"successor": shuya.pk, "name": "", "oktmo": "", "region": "", "federal_district": "", "joining_basis": ""}
    assert send(secretary, said(*two, **chosen)).status_code == 302
    with at("2026-08-02 12:00"):
        data = said(*others, **chosen)
        again: Any = secretary.post(URL, data)
        assert secretary.post(URL, data | {"seen": again.context["form"]["seen"].value()}).status_code == 302
        row = Succession.objects.filter(predecessor__in=two).earliest("pk")
        shuya.refresh_from_db()
        address = f"{shuya.get_absolute_url()}merger/{row.pk}/void/"
        assert secretary.post(address, {"reason": "Ошибка", "version": shuya.version}).status_code == 302
    assert [one.predecessor.name for one in shuya.came_of] == ["Ааа", "Ббб"]
    members = Municipality.objects.members_on(day("2026-08-02")).values_list("name", flat=True)
    assert sorted(members) == ["Архангельск", "Кострома", "Шуя"]
    assert list(faults()) == []


def test_a_voided_merger_is_read_as_voided_by_the_staff(
    secretary: Client, two: list[Municipality], client: Client
) -> None:
    send(secretary, said(*two))
    whole = Municipality.objects.get(name="Костромархангельск")
    row = whole.came_of.first()
    assert row
    with at("2026-08-02 12:00"):
        address = f"{whole.get_absolute_url()}merger/{row.pk}/void/"
        secretary.post(address, {"reason": "Закон не принят", "version": whole.version})
    for one in (whole, two[0]):
        own, public = (text(who.get(one.get_absolute_url())) for who in (secretary, client))
        assert "Запись отменена" in own
        assert "Закон не принят" in own
        assert "Основание: Закон об объединении" in own
        assert "Объединение" not in public


def test_the_page_tells_a_merger_as_of_the_day_on_which_it_is_read(
    secretary: Client, two: list[Municipality], client: Client
) -> None:
    send(secretary, said(*two, happened_on="2026-12-01"))
    part, whole = two[0].get_absolute_url(), Municipality.objects.get(name="Костромархангельск").get_absolute_url()
    with at("2026-08-02 12:00"):
        assert "С 1 декабря 2026 г. станет частью другого" in text(client.get(part))
        assert "Будет образовано объединением 1 декабря 2026 г." in text(client.get(whole))
    with at("2026-12-02 12:00"):
        assert "С 1 декабря 2026 г. – часть другого" in text(client.get(part))
        assert "Образовано объединением 1 декабря 2026 г." in text(client.get(whole))
        assert "Объединение" not in text(client.get(f"{part}?as_of=2026-11-30"))


def test_a_successor_is_not_withdrawn_before_its_merger_is_voided(secretary: Client, two: list[Municipality]) -> None:
    send(secretary, said(*two))
    whole = Municipality.objects.get(name="Костромархангельск")
    address = reverse("municipality_listing", args=[whole.slug])
    answered = secretary.post(address, {"listed": "no", "reason": "Внесено дважды"})
    assert (answered.status_code, "сначала отмените запись об объединении" in text(answered)) == (422, True)
    assert void(secretary, whole).status_code == 302
    assert secretary.post(address, {"listed": "no", "reason": "Внесено дважды"}).status_code == 302
    whole.refresh_from_db()
    assert not whole.is_listed


def test_nobody_is_appointed_for_a_part(secretary: Client, two: list[Municipality], kostroma_official: User) -> None:
    send(secretary, said(*two))
    address, invite = (reverse(f"municipality_representative{name}", args=[two[0].slug]) for name in ("s", "_invite"))
    with at(NOW):
        page = text(secretary.get(address))
        assert "представителей назначают правопреемнику – Костромархангельск" in page
        assert '/municipalities/kostromarkhangelsk/representatives/">Представители правопреемника' in page
        assert "Назначить пользователя" not in page
        user = User.objects.create_user("new@example.org", name="Н.Н. Новый", role="municipal")
        assert secretary.post(address, {"user": user.pk}).status_code == 403
        assert secretary.post(invite, {"email": "x@example.org", "name": "Х"}).status_code == 403
    with at("2026-06-01 12:00"):
        assert "Назначить пользователя" in text(secretary.get(address))
    assert [one.user for one in two[0].representatives.all()] == [kostroma_official]


def test_lists_mark_parts_and_the_search_tells_of_them(
    secretary: Client, two: list[Municipality], client: Client
) -> None:
    send(secretary, said(*two))
    with at(NOW):
        found = text(client.get("/municipalities/?q=архангельск"))
        others = text(client.get("/municipalities/?q=архангельск&members=others"))
        form = text(secretary.get(URL))
    assert 'Ещё найдено среди тех, кто не входит в Союз: <a href="/municipalities/?q=' in found
    assert 'members=others" data-figure>1</a>' in found
    assert "с 1 июля 2026 г. – часть другого" in others
    assert "часть другого" not in found
    assert "Архангельск (Архангельская область)" not in form
    assert "Костромархангельск (Область)" in form
