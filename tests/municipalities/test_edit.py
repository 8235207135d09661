"""Correcting the facts of a municipality, and adding one."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db

EDIT = "/municipalities/kostroma/edit/"
ADD = "/municipalities/add/"


def facts(**changes: Any) -> dict[str, Any]:
    """A form as somebody sends it."""
    form = {
        "name": "Кострома",
        "region": "Костромская область",
        "federal_district": "central",
        "oktmo": "34701000001",
        "population": "268617",
        "population_source": "",
        "latitude": "57,768",
        "longitude": "40.927",
        "version": 1,
    }
    return form | changes


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_a_correction_is_saved_and_read_in_the_history(secretary: Client, kostroma: Municipality) -> None:
    changes = facts(name="Кострома-город", population="270000", population_source="Росстат, на 1 января 2026 г.")
    page = secretary.post(EDIT, changes, follow=True).content.decode().replace("\u00a0", " ")
    kostroma.refresh_from_db()
    assert (kostroma.name, kostroma.population, kostroma.version, kostroma.slug) == (
        "Кострома-город",
        270000,
        2,
        "kostroma",
    )
    assert (str(kostroma.latitude), str(kostroma.longitude)) == ("57.76800", "40.92700")
    for expected in (
        "Сведения сохранены.", "С.С. Секретарёва", "<del>Кострома</del> <ins>Кострома-город</ins>",
        "<del>268 617</del> <ins>270 000</ins>", "Росстат, на 1 января 2026 г.",
    ):  # fmt: skip
        assert expected in page


@pytest.mark.parametrize("url", [EDIT, ADD])
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Обязательное поле"),
        ({"name": "я" * 151}, "150"),
        ({"name": "Kотлас"}, "буква «K» – латинская"),
        ({"region": "Kотлас"}, "буква «K» – латинская"),
        ({"federal_district": "atlantic"}, "atlantic"),
        ({"oktmo": "123"}, "8 или 11 цифр"),
        ({"oktmo": "11701000001"}, "с таким ОКТМО уже есть"),
        ({"population": "много"}, "Введите целое число"),
        ({"population": "0"}, "больше нуля"),
        ({"population": "999999999999999999999"}, "Столько жителей нет"),
        ({"latitude": "91"}, "от −90 до 90"),
        ({"longitude": "север"}, "Введите число"),
        ({"longitude": ""}, "обе координаты или ни одной"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_field_is_named_and_changes_nothing(
    secretary: Client,
    kostroma: Municipality,
    arkhangelsk: Municipality,
    url: str,
    changes: dict[str, Any],
    message: str,
) -> None:
    own = {} if url == EDIT else {"oktmo": "99999999"}
    answer = secretary.post(url, facts(**own | changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    kostroma.refresh_from_db()
    assert (kostroma.version, Municipality.objects.count(), Municipality.history.count()) == (1, 2, 2)  # type: ignore[attr-defined]  # a manager


def test_the_heading_keeps_the_stored_name(secretary: Client, kostroma: Municipality) -> None:
    page = secretary.post(EDIT, facts(name="Кострома-город", oktmo="1")).content.decode()
    assert "<h1>Сведения: Кострома</h1>" in page
    assert 'value="Кострома-город"' in page


def test_the_second_of_two_writers_sees_both_texts(secretary: Client, kostroma: Municipality) -> None:
    secretary.post(EDIT, facts(name="Первая"))
    answer = secretary.post(EDIT, facts(name="Вторая"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Первая" in page
    assert "Вторая" in page
    kostroma.refresh_from_db()
    assert kostroma.name == "Первая"
    secretary.post(EDIT, facts(name="Вторая", version=2))
    kostroma.refresh_from_db()
    assert kostroma.name == "Вторая"


def test_without_its_history_a_change_is_not_saved(secretary: Client, kostroma: Municipality) -> None:
    secretary.raise_request_exception = False
    with patch("revisions.history.SignedHistory.save", side_effect=RuntimeError):
        assert secretary.post(EDIT, facts(name="Иная")).status_code == 500
    kostroma.refresh_from_db()
    assert kostroma.name == "Кострома"


def test_an_added_municipality_has_a_page_and_no_status(secretary: Client, arkhangelsk: Municipality) -> None:
    answer = secretary.post(ADD, facts(name="Великие Луки", oktmo="58710000001", population=""), follow=True)
    assert answer.redirect_chain[-1][0] == "/municipalities/velikiye-luki/membership/"
    assert "муниципальное образование добавлено. Входит ли оно в Союз?" in answer.content.decode()
    assert "Сведения не представлены" in secretary.get("/municipalities/velikiye-luki/").content.decode()


def test_two_at_the_same_moment_are_one(secretary: Client, kostroma: Municipality) -> None:
    with patch.object(Municipality, "validate_unique"):  # the other request commits between check and insert
        answer = secretary.post(ADD, facts())
    assert answer.status_code == 422
    assert "с таким ОКТМО уже есть" in answer.content.decode()


@pytest.mark.parametrize("url", [EDIT, ADD])
@pytest.mark.parametrize("persona", ["chair", "kostroma_official"])
def test_others_are_told_why_not(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str, url: str
) -> None:
    client = client_for(request.getfixturevalue(persona))
    for answer in (client.get(url), client.post(url, facts(name="Чужое"))):
        assert answer.status_code == 403
        assert "ведёт секретариат" in answer.content.decode()
    assert list(Municipality.objects.values_list("name", flat=True)) == ["Кострома"]


@pytest.mark.parametrize("url", [EDIT, ADD])
def test_a_stranger_is_asked_to_log_in(client: Client, kostroma: Municipality, url: str) -> None:
    assert client.post(url, facts(name="Чужое")).status_code == 302
    assert client.get(url)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("url", [EDIT, ADD])
def test_a_wrong_method_is_405(secretary: Client, kostroma: Municipality, url: str) -> None:
    assert secretary.get(url).status_code == 200
    assert secretary.delete(url).status_code == 405


@pytest.mark.parametrize("url", [EDIT, ADD])
def test_a_lost_csrf_token_changes_nothing(secretariat: User, kostroma: Municipality, url: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    assert client.post(url, facts(name="Чужое", oktmo="99999999")).status_code == 403
    assert list(Municipality.objects.values_list("name", flat=True)) == ["Кострома"]


def test_a_missing_municipality_is_404(secretary: Client) -> None:
    assert secretary.get("/municipalities/atlantida/edit/").status_code == 404
