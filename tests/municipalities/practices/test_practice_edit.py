"""Adding a practice, and correcting it."""

from typing import Any

import pytest
from django.test import Client

from municipalities.models import Municipality
from municipalities.practices.models import Practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADD = "/practices/add/"


def told(**changes: Any) -> dict[str, Any]:
    form = {
        "municipality": "kostroma",
        "title": "Единый  диспетчер",
        "direction": "governance",
        "done": "Первый абзац.\r\n\r\nВторой абзац.",
        "result": "Быстрее вдвое.",
        "contact": "Отдел связи",
        "link": "https://kostroma.example/opyt",
        "version": 1,
    }
    return form | changes


def test_an_official_tells_about_their_own_city(owner: Client, kostroma: Municipality) -> None:
    answer = owner.post(ADD, told(), follow=True)
    practice = Practice.objects.get()
    assert answer.redirect_chain == [(practice.get_absolute_url(), 302)]
    assert (practice.municipality, practice.title, practice.done) == (
        kostroma,
        "Единый диспетчер",
        "Первый абзац.\nВторой абзац.",
    )
    assert practice.is_published
    assert "К.К. Костромин" in answer.content.decode()


def test_nobody_tells_about_another_city(other: Client, kostroma: Municipality) -> None:
    answer = other.post(ADD, told())
    assert answer.status_code == 422
    assert "здесь выбрать нельзя" in answer.content.decode()
    assert not Practice.objects.exists()


def test_the_secretariat_tells_about_any(secretary: Client, kostroma: Municipality) -> None:
    assert secretary.post(ADD, told()).status_code == 302
    assert 'value="kostroma" selected' in secretary.get(f"{ADD}?municipality=kostroma").content.decode()


@pytest.mark.parametrize("adding", [True, False])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Обязательное поле"),
        ({"title": "   "}, "Обязательное поле"),
        ({"title": "я" * 201}, "не более 200"),
        ({"title": "Kотлас"}, "буква «K» – латинская"),
        ({"direction": "alchemy"}, "Такого направления нет"),
        ({"done": "Kотлас"}, "буква «K» – латинская"),
        ({"done": "я" * 5001}, "не более 5000"),
        ({"result": ""}, "Обязательное поле"),
        ({"contact": "Kотлас"}, "буква «K» – латинская"),
        ({"link": "javascript:alert(1)"}, "начинается с http:// или https://"),
        ({"link": "JaVaScRiPt://a.example/%0aalert(1)"}, "начинается с http:// или https://"),
        ({"link": "data:text/html,x"}, "начинается с http:// или https://"),
        ({"link": "ftp://a.example/"}, "начинается с http:// или https://"),
        ({"link": "//a.example/"}, "начинается с http:// или https://"),
        ({"link": "https://" + "a" * 500 + ".example/"}, "не более 500"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_field_is_named_and_changes_nothing(
    owner: Client, practice: Practice, adding: bool, changes: dict[str, str], sentence: str
) -> None:
    answer = owner.post(ADD if adding else f"/practices/{practice.pk}/edit/", told(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert list(Practice.objects.values_list("title", "version")) == [("Единый диспетчер", 1)]


def test_a_correction_is_saved_and_read_in_the_history(owner: Client, practice: Practice) -> None:
    page = owner.post(f"/practices/{practice.pk}/edit/", told(result="Быстрее втрое."), follow=True).content.decode()
    practice.refresh_from_db()
    assert (practice.version, practice.result) == (2, "Быстрее втрое.")
    assert "<ins>Быстрее втрое.</ins>" in page
    assert "втрое" in practice.search_text


def test_the_owner_does_not_change(secretary: Client, practice: Practice, arkhangelsk: Municipality) -> None:
    secretary.post(f"/practices/{practice.pk}/edit/", told(municipality="arkhangelsk"))
    practice.refresh_from_db()
    assert practice.municipality.slug == "kostroma"


def test_the_second_of_two_writers_sees_both_texts(owner: Client, secretary: Client, practice: Practice) -> None:
    address = f"/practices/{practice.pk}/edit/"
    owner.post(address, told(title="Первая"))
    answer = secretary.post(address, told(title="Вторая"))
    assert answer.status_code == 409
    assert "Первая" in answer.content.decode()
    assert "Вторая" in answer.content.decode()
    practice.refresh_from_db()
    assert practice.title == "Первая"


def test_another_city_is_told_why_not(other: Client, practice: Practice) -> None:
    answer = other.post(f"/practices/{practice.pk}/edit/", told(title="Чужая"))
    assert answer.status_code == 403
    assert "представители её владельца (Кострома)" in answer.content.decode()
    practice.refresh_from_db()
    assert practice.title == "Единый диспетчер"


def test_a_lost_csrf_token_changes_nothing(kostroma: Municipality, secretary: Client) -> None:
    secretary.handler.enforce_csrf_checks = True
    assert secretary.post(ADD, told()).status_code == 403
    assert not Practice.objects.exists()
