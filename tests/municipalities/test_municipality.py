"""The page of one municipality."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from tests.conftest import ClientFor
from tests.municipalities.factory import city, statement

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/kostroma/"


def text(client: Client, query: str = "", status: int = 200) -> str:
    answer = client.get(URL + query)
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ")


@pytest.fixture
def stated(kostroma: Municipality) -> Municipality:
    statement(kostroma, "planned", "2023-05-01", basis="Письмо № 1")
    statement(
        kostroma, "active", "2024-06-27", basis="https://gorod.example/doc", text="Обещали к осени",
        actor_name="К.К. Костромин",
    )  # fmt: skip
    return kostroma


def test_a_stranger_reads_facts_and_the_dated_history(client: Client, stated: Municipality) -> None:
    page = text(client)
    for expected in (
        "Костромская область",
        "Центральный",
        "34701000001",
        "268 617 человек",
        "Крупные (250 тыс. – 1 млн)",
    ):
        assert expected in page
    assert page.index("27 июня 2024 г.") < page.index("1 мая 2023 г.")
    assert '<a href="https://gorod.example/doc" rel="nofollow noopener">' in page


def test_a_stranger_reads_nothing_internal(
    client: Client, client_for: ClientFor, stated: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    for visitor in (client, client_for(arkhangelsk_official)):
        page = text(visitor)
        for secret in ("Обещали к осени", "К.К. Костромин", "Изменения сведений", "kostroma@example.org"):
            assert secret not in page


@pytest.mark.parametrize("persona", ["secretariat", "chair", "kostroma_official"])
def test_staff_and_the_own_official_read_all(
    client_for: ClientFor, request: pytest.FixtureRequest, stated: Municipality, kostroma_official: User, persona: str
) -> None:
    page = text(client_for(request.getfixturevalue(persona)))
    for internal in ("Обещали к осени", "К.К. Костромин", "Изменения сведений"):
        assert internal in page


@pytest.mark.parametrize(
    ("persona", "offered"),
    [
        (None, set()),
        ("secretariat", {"participation", "edit", "listing", "representatives"}),
        ("chair", set()),
        ("kostroma_official", {"participation"}),
        ("arkhangelsk_official", set()),
    ],
)
def test_the_page_offers_what_one_may(
    client_for: ClientFor,
    request: pytest.FixtureRequest,
    kostroma: Municipality,
    persona: str | None,
    offered: set[str],
) -> None:
    page = text(client_for(request.getfixturevalue(persona) if persona else None))
    steps = {"participation", "edit", "listing", "representatives"}
    assert {step for step in steps if f'href="{URL}{step}/"' in page} == offered


def test_who_may_confirm_reads_why_there_is_nothing_to_confirm(
    client: Client, client_for: ClientFor, kostroma: Municipality, chair: User, kostroma_official: User
) -> None:
    assert "Подтверждать нечего" in text(client_for(kostroma_official))
    statement(kostroma, "active", timezone.localdate().isoformat())
    assert "подтверждать его пока не нужно" in text(client_for(kostroma_official))
    for other in (client, client_for(chair)):
        assert "подтверждать" not in text(other)


@pytest.mark.parametrize(
    ("day", "shown", "hidden"),
    [
        ("2023-04-30", "К этому дню сведений об участии не было", "Планирует участие"),
        ("2024-06-26", "Планирует участие", "Участвует"),
        ("2024-06-27", "Участвует", "Сведения не представлены"),
    ],
)
def test_as_of_shows_the_state_of_that_day(
    client: Client, stated: Municipality, day: str, shown: str, hidden: str
) -> None:
    page = text(client, f"?as_of={day}")
    assert shown in page
    assert hidden not in page


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("вчера", "Укажите дату так: 27.06.2024."),
        ("2024-02-30", "Укажите дату так: 27.06.2024."),
        ("2999-01-01", "Эта дата ещё не наступила"),
    ],
)
def test_a_bad_day_is_said_to(client: Client, stated: Municipality, day: str, message: str) -> None:
    assert message in text(client, f"?as_of={day}", status=422)


def test_no_population_means_no_group(client: Client) -> None:
    page = client.get(city("Орёл", 1).get_absolute_url()).content.decode()
    assert "не определена" in page


def test_a_missing_municipality_is_404(client: Client) -> None:
    assert client.get("/municipalities/atlantida/").status_code == 404


def test_what_was_taken_off_the_list_is_404_but_for_staff(
    client: Client, client_for: ClientFor, kostroma: Municipality, chair: User, kostroma_official: User
) -> None:
    Municipality.objects.update(is_listed=False)
    assert client.get(URL).status_code == 404
    assert client_for(kostroma_official).get(URL).status_code == 404
    assert "Убрано из портала как внесённое ошибочно" in text(client_for(chair))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, kostroma: Municipality, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
