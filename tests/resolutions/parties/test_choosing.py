"""Choosing the parties of a point in the browser."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from municipalities.mergers import Merger, merge
from municipalities.models import Municipality, Representative
from resolutions.models import (
    DecisionPoint,
    Party,
    PointState,
    Resolution,
    Side,
)
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.resolutions.parties.helpers import waits
from tests.resolutions.steps import Life, assign, step_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


_INSTRUCTED = {
    "responsible": "body:secretariat",
    "controller": "body:chair",
    "warn_days": "14",
    "term_unit": "calendar",
}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"responsible": "outside"}, "Напишите название органа."),
        ({"responsible": "members", "responsible_name": "Минстрой"}, "только когда выбран сторонний орган"),
        ({"responsible": "municipality:999999"}, "Такого выбора больше нет"),
        ({"responsible": "body:king"}, "Такого выбора больше нет"),
        ({"controller": ""}, "Обязательное поле"),
        ({"controller": "body:secretariat"}, "Кто исполняет пункт, тот его не контролирует"),
        (
            {
                "responsible": "outside",
                "responsible_name": "Минстрой",
                "controller": "outside",
                "controller_name": "минстрой",
            },
            "Кто исполняет пункт, тот его не контролирует",
        ),
    ],
)
def test_a_party_that_makes_no_sense_is_refused(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, said: dict[str, str], sentence: str
) -> None:
    refused = Life(client_for, point).tries(secretariat, "instruct", "2024-07-05", **_INSTRUCTED | said)
    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    assert not Party.objects.filter(kind="outside").exists()


def test_each_kind_of_party_is_chosen_in_the_browser(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality, kostroma_official: User
) -> None:
    life = Life(client_for, point)
    chosen = {
        "body:board": "Правление Союза",
        "members": "Все члены Союза",
        f"municipality:{kostroma.pk}": "Кострома",
        f"user:{kostroma_official.pk}": "К.К. Костромин",
        "outside": "Минстрой России",
    }
    for code, called in chosen.items():
        name = called if code == "outside" else ""
        said = {"responsible": code, "responsible_name": name, "controller": "body:chair", "controller_name": ""}
        life.does(secretariat, "instruct", "2024-07-05", warn_days="14", term_unit="calendar", **said)
        assert (str(life.point.responsible), life.point.responsible_name) == (called, called)
        assert called in life.page(None)
        form = life.form(secretariat, "instruct")
        assert (form["responsible"].value(), form["responsible_name"].value()) == (code, name)
    assert (
        life.tries(secretariat, "instruct", "2024-07-05", **_as_shown(form) | {"term_unit": "calendar"}).status_code
        == 302
    )


def test_who_is_part_of_another_is_instructed_for_the_days_before(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    whole = Municipality(name="Двинск", oktmo="11500000", region="Область", federal_district="central")
    merge(Merger([kostroma, arkhangelsk], whole, dt.date(2024, 11, 15), "Закон", "Решение"), by=secretariat)
    life, said = Life(client_for, point), _INSTRUCTED | {"responsible": f"municipality:{kostroma.pk}"}
    refused = life.tries(secretariat, "instruct", "2024-11-15", **said)
    assert "уже вошло в состав другого: выберите правопреемника" in refused.content.decode()
    life.does(secretariat, "instruct", "2024-11-14", **said)
    assert str(life.point.responsible) == "Кострома"
    life.does(secretariat, "instruct", "2024-11-20", **said | {"warn_days": "7"})  # it stands there already


def test_who_uses_their_account_no_more_is_instructed_for_the_days_before(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    User.objects.filter(pk=kostroma_official.pk).update(is_active=False)
    life = Life(client_for, point)
    life.does(secretariat, "instruct", "2024-07-05", **_INSTRUCTED | {"responsible": f"user:{kostroma_official.pk}"})
    assert str(life.point.responsible) == "К.К. Костромин"


def _as_shown(form: Any) -> dict[str, Any]:
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value not in (None, [])}


def test_a_party_is_stored_with_the_step_that_names_it_first_and_not_before(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    life = Life(client_for, point)
    said = {"warn_days": "14", "term_unit": "calendar", "responsible_name": "Минстрой России"}
    said |= {"responsible": "outside", "controller": f"municipality:{kostroma.pk}"}
    assert life.tries(secretariat, "instruct", "2024-06-01", **said).status_code == 422  # before the decision
    assert life.tries(secretariat, "instruct", "2024-07-05", **said, version=0).status_code == 409
    assert not Party.objects.exists()
    life.does(secretariat, "instruct", "2024-07-05", **said)
    named = said | {"responsible_name": "МИНСТРОЙ РОССИИ"}
    life.does(secretariat, "instruct", "2024-07-06", **named)
    assert Party.objects.count() == 2
    assert life.point.responsible_name == "Минстрой России"
    assert life.point.party(Side.CONTROLLER).municipality == kostroma


def test_who_is_offered_no_more_stays_chosen(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    assign(point, Party.objects.of_user(kostroma_official.pk), by=secretariat)
    User.objects.filter(pk=kostroma_official.pk).update(is_active=False)
    shown: Client = client_for(secretariat)
    page = shown.get(step_url(point, "instruct")).content.decode()
    assert f'<option value="user:{kostroma_official.pk}" selected>К.К. Костромин</option>' in page


def test_before_anybody_is_instructed_the_secretariat_carries_out_and_the_chair_controls(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, chair: User
) -> None:
    life = Life(client_for, point)
    assert "Секретариат Союза (до поручения)" in life.page(None)
    for action in ("start", "report"):
        life.does(secretariat, action, "2024-07-10", result="achieved")
    life.does(chair, "close", "2024-07-12", text="Исполнено.", result="achieved")
    assert life.point.state == PointState.CLOSED


def test_of_two_cities_each_has_its_own(
    client_for: ClientFor, adopted: Resolution, secretariat: User, kostroma_official: User
) -> None:
    pskov = city("Псков", 58701000)
    official = User.objects.create_user("pskov@example.org", name="П.П. Псковский", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=pskov)
    assign(adopted.points.get(number=1), Party.objects.of_municipality(pskov.pk), by=secretariat)
    assert (len(waits(official)), waits(kostroma_official)) == (1, [])
