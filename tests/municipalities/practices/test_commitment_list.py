"""`/practices/commitments/`: the list of promises, as of a day, for everybody."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, Practice
from tests.municipalities.factory import at, left
from tests.municipalities.practices.factory import promise, step
from tests.municipalities.practices.test_commitment_ledger import void
from tests.municipalities.practices.test_commitment_pages import URL, text_of
from tests.municipalities.test_naming import called

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def found(client: Client, **asked: str) -> list[str]:
    """The promises that the list shows."""
    answer = client.get(URL, asked)
    assert answer.status_code == 200, text_of(answer)
    return [line.row.label for line in answer.context["listing"].lines]


@pytest.fixture
def some(kostroma: Municipality, arkhangelsk: Municipality, practice: Practice) -> None:
    promise(arkhangelsk, practice, due="2025-03-01")
    step(promise(arkhangelsk, "Датчики", due="2025-04-01"), "kept", "2025-04-02")
    step(promise(kostroma, "Табло", due="2025-05-01"), "dropped", "2024-12-01")
    promise(kostroma, "По ссылке", due="2025-06-01", by_link=True)


PRACTICE = "перенять практику «Единый диспетчер» (Кострома)"


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({}, [PRACTICE, "Датчики", "Табло"]),
        ({"municipality": "arkhangelsk"}, [PRACTICE, "Датчики"]),
        ({"state": "late"}, [PRACTICE]),
        ({"state": "kept-late"}, ["Датчики"]),
        ({"state": "dropped"}, ["Табло"]),
        ({"state": "open", "as_of": "2024-11-30"}, [PRACTICE, "Датчики", "Табло"]),
        ({"state": "left"}, []),
        ({"as_of": "2024-06-26"}, []),
        ({"as_of": "2024-07-01", "known_on": "2024-07-01"}, []),
    ],
)
@pytest.mark.usefixtures("some")
def test_it_is_narrowed(asked: dict[str, str], labels: list[str]) -> None:
    assert found(Client(), **asked) == labels


@pytest.mark.usefixtures("some")
def test_those_to_a_practice_are_found(practice: Practice) -> None:
    assert found(Client(), practice=str(practice.pk)) == [PRACTICE]
    assert Client().get(URL, {"practice": "0"}).status_code == 422


@pytest.mark.usefixtures("some")
def test_what_waits_is_asked_for_by_staff_alone(secretary: Client, owner: Client, other: Client) -> None:
    assert found(secretary, state="waiting") == ["По ссылке"]
    assert Client().get(URL, {"state": "waiting"}).status_code == 422
    assert "По ссылке" in found(owner)
    assert "По ссылке" not in found(other)


def test_leavers_stand_apart(arkhangelsk: Municipality) -> None:
    promise(arkhangelsk)
    left(arkhangelsk, "2025-01-01")
    assert found(Client(), state="left") == ["Поставить датчики"]
    assert found(Client(), state="late") == []
    assert "Вышли из Союза" in text_of(Client().get(URL))


def test_cities_have_the_names_of_the_day(
    kostroma: Municipality, arkhangelsk: Municipality, practice: Practice, secretariat: User
) -> None:
    promise(arkhangelsk, practice, entered="2024-07-01 12:00")
    with at("2026-03-01 12:00"):
        called(arkhangelsk, "2025-07-01", by=secretariat, name="Архангельский округ")
        called(kostroma, "2025-07-01", by=secretariat, name="Костромской округ")

    def told(**asked: str) -> tuple[str, str]:
        (line,) = Client().get(URL, asked).context["listing"].lines
        return line.cells[1].shown, line.row.label

    assert told(as_of="2025-06-30") == ("Архангельск", PRACTICE)
    assert told(as_of="2025-07-01") == ("Архангельский округ", PRACTICE.replace("Кострома", "Костромской округ"))
    assert told() == told(as_of="2025-07-01")
    assert told(as_of="2025-07-01", known_on="2026-02-28") == ("Архангельск", PRACTICE)


def test_what_was_voided_since_has_no_card_to_open(arkhangelsk: Municipality, secretariat: User) -> None:
    made = promise(arkhangelsk, entered="2024-07-01 12:00")
    void(made, "made", secretariat)
    page = text_of(Client().get(URL, {"known_on": "2024-07-02"}))
    assert "Поставить датчики" in page
    assert Commitment.objects.get().get_absolute_url() not in page
