"""The solutions of a city by the directions of the Standard."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Direction, Solution
from tests.municipalities.practices.factory import mark, solution
from tests.municipalities.practices.factory import practice as tell

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CITY = "/municipalities/kostroma/"
ADD = f"{CITY}solutions/add/"


def said(**changes: Any) -> dict[str, Any]:
    form = {"direction": "utilities", "title": "Умный свет", "stage": "works", "since": "2024-05-01", "note": ""}
    return form | {"version": 1} | changes


def edit(one: Solution) -> str:
    return f"{CITY}solutions/{one.pk}/edit/"


def test_an_official_enters_a_solution_of_their_city(owner: Client, client: Client, kostroma: Municipality) -> None:
    assert owner.post(ADD, said())["Location"] == f"{CITY}#solutions"
    assert Solution.objects.get().municipality == kostroma
    page = client.get(CITY).content.decode()
    for shown in ("Умный свет", "Работает", "01.05.2024"):
        assert shown in page
    assert "Добавить решение" not in page


def test_the_page_shows_all_ten_directions_in_their_order(client: Client, kostroma: Municipality) -> None:
    assert "Сведений о решениях по направлениям Стандарта пока нет." in client.get(CITY).content.decode()
    solution(kostroma, "Бета", direction="tourism")
    solution(kostroma, "Альфа", direction="tourism")
    solution(kostroma, "Гамма", direction="governance")
    page = client.get(CITY).content.decode()
    places = [page.index(f">{one.name}</th>") for one in Direction.objects.all()]
    assert places == sorted(places)
    assert page.index("Гамма") < page.index("Альфа") < page.index("Бета")
    assert page.count("нет сведений</td>") == 8


@pytest.mark.parametrize("adding", [True, False])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"direction": ""}, "Обязательное поле"),
        ({"direction": "alchemy"}, "Такого направления нет"),
        ({"stage": "finished"}, "finished"),
        ({"title": ""}, "Обязательное поле"),
        ({"title": "Kотлас"}, "буква «K» – латинская"),
        ({"title": "я" * 201}, "не более 200"),
        ({"title": "Уже  есть"}, "уже внесено"),
        ({"since": "1999-12-31"}, "не раньше 1 января 2000"),
        ({"since": "2999-01-01"}, "ещё не наступила"),
        ({"since": "давно"}, "правильную дату"),
        ({"note": "я" * 501}, "не более 500"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_field_is_named_and_changes_nothing(
    owner: Client, kostroma: Municipality, adding: bool, changes: dict[str, str], sentence: str
) -> None:
    solution(kostroma, "Уже есть")
    stored = solution(kostroma)
    answer = owner.post(ADD if adding else edit(stored), said(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    stored.refresh_from_db()
    assert (Solution.objects.count(), stored.title, stored.version) == (2, "Свет", 1)


def test_what_is_planned_may_lie_ahead(owner: Client, kostroma: Municipality) -> None:
    assert owner.post(ADD, said(stage="planned", since="2999-01-01")).status_code == 302


def test_two_at_the_same_moment_are_one(owner: Client, kostroma: Municipality) -> None:
    solution(kostroma, "Умный свет")
    with patch.object(Solution, "validate_constraints"):  # the other request commits between check and insert
        answer = owner.post(ADD, said())
    assert answer.status_code == 422
    assert "уже внесено" in answer.content.decode()


def test_a_stage_moves_and_its_history_is_read(owner: Client, kostroma: Municipality) -> None:
    stored = solution(kostroma, stage="planned")
    assert owner.post(edit(stored), said(title="Свет", stage="works")).status_code == 302
    page = owner.get(edit(stored)).content.decode()
    assert "<del>Планируется</del> <ins>Работает</ins>" in page
    assert "К.К. Костромин" in page


def test_the_second_of_two_writers_sees_both(owner: Client, secretary: Client, kostroma: Municipality) -> None:
    stored = solution(kostroma)
    owner.post(edit(stored), said(title="Первое"))
    answer = secretary.post(edit(stored), said(title="Второе"))
    assert answer.status_code == 409
    assert "Первое" in answer.content.decode()


def test_another_city_is_told_why_not(other: Client, kostroma: Municipality) -> None:
    stored = solution(kostroma)
    for address in (ADD, edit(stored), f"{CITY}solutions/{stored.pk}/publication/"):
        answer = other.post(address, said())
        assert answer.status_code == 403
        assert "вносят его представители и секретариат" in answer.content.decode()
    assert Solution.objects.count() == 1


def test_what_is_withdrawn_leaves_the_public_page(client: Client, owner: Client, kostroma: Municipality) -> None:
    stored = solution(kostroma, "Ошибочное")
    address = f"{CITY}solutions/{stored.pk}/publication/"
    assert owner.post(address, {"published": "no", "reason": ""}).status_code == 422
    assert owner.post(address, {"published": "no", "reason": "Внесено по ошибке"}).status_code == 302
    assert "Ошибочное" not in client.get(CITY).content.decode()
    page = owner.get(CITY).content.decode()
    assert "Ошибочное" in page
    assert "Снято с публикации" in page
    assert "Внесено по ошибке" in owner.get(edit(stored)).content.decode()


def test_the_page_shows_practices_offered_and_taken_up(
    client: Client, owner: Client, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    tell(kostroma, "Своя")
    tell(kostroma, "Снятая").set_published(False, by=secretariat, reason="Устарела.")
    mark(tell(arkhangelsk, "Чужая"), kostroma, "introducing")
    mark(tell(arkhangelsk, "Отклонённая"), kostroma, "studied")
    refused = tell(arkhangelsk, "Отвергнутая")
    mark(refused, kostroma, "studied")
    mark(refused, kostroma, "declined")
    page = client.get(CITY).content.decode()
    for shown in ("Своя", "Чужая", "Внедряется", "Отклонённая"):
        assert shown in page
    for hidden in ("Снятая", "Отвергнутая", "Рассказать о практике"):
        assert hidden not in page
    assert "Снятая" in owner.get(CITY).content.decode()
