"""The acting chair and the board control points on their days; powers that are taken back mark what was done."""

import datetime as dt

import pytest

from accounts.models import OfficeTerm, User
from accounts.offices import void
from accounts.roles import Office
from documents.withdrawing import withdraw
from municipalities.models import Municipality
from resolutions.due import tasks_for
from resolutions.models import DecisionPoint, Party, PointState, Resolution, UnionBody
from resolutions.signing import sign
from tests.accounts.terms import appointed
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import point_step
from tests.resolutions.steps import Life, assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STOOD_IN = "и.о. председателя с "


@pytest.fixture
def reported(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, arkhangelsk: Municipality, chair: User
) -> Life:
    """A point of Архангельск, which has reported; the chair controls."""
    assign(point, Party.objects.of_municipality(arkhangelsk.pk), by=secretariat)
    for action in ("start", "report"):
        point_step(point, action, by=secretariat, on=dt.date(2024, 8, 5))
    return Life(client_for, point)


def acting(user: User, by: User, office: Office = Office.ACTING_CHAIR) -> None:
    """Let somebody hold an office for the whole August."""
    with at("2024-08-01 09:00"):
        appointed(user, office, 0, 30, by=by)


def test_the_acting_chair_takes_a_point_off_control_in_the_chairs_stead(
    reported: Life, secretariat: User, kostroma_official: User
) -> None:
    acting(kostroma_official, secretariat)
    with at("2024-08-12 12:00"):
        user = User.objects.get(pk=kostroma_official.pk)
        assert [one.why for one in tasks_for(user, dt.date(2024, 8, 12)) if one.key.startswith("point-")] == [
            "Доложено об исполнении: снимите с контроля или верните на доработку"
        ]
        reported.does(user, "close", "2024-08-12", text="Исполнено.", result="achieved")
    assert reported.point.state == PointState.CLOSED
    entry = reported.point.progress.get(action="close")
    assert entry.on_behalf_of == "Председатель Союза"
    assert entry.behalf_ground.startswith("и.о. председателя с")


def test_whose_powers_ended_yesterday_takes_no_step(reported: Life, secretariat: User, kostroma_official: User) -> None:
    acting(kostroma_official, secretariat)
    with at("2024-09-01 12:00"):
        refused = reported.tries(kostroma_official, "close", "2024-08-12", result="achieved")
    assert refused.status_code == 403
    told = refused.content.decode().replace("\xa0", " ")
    assert "Полномочия и.о. председателя закончились 31 августа 2024 г." in told
    assert reported.point.state == PointState.REPORTED


def test_nobody_dates_a_step_before_their_powers(reported: Life, secretariat: User, kostroma_official: User) -> None:
    with at("2024-08-05 12:00"):
        appointed(kostroma_official, Office.ACTING_CHAIR, 5, 26, by=secretariat)
    with at("2024-08-12 12:00"):
        refused = reported.tries(kostroma_official, "close", "2024-08-06", result="achieved")
        assert refused.status_code == 422
        told = refused.content.decode().replace("\xa0", " ")
        assert "И.о. председателя вы стали 10 августа 2024 г.: шаг этим днём записать нельзя." in told
        reported.does(kostroma_official, "close", "2024-08-10", text="Исполнено.", result="achieved")


def test_powers_that_are_taken_back_mark_the_step_for_a_look(
    reported: Life, secretariat: User, kostroma_official: User
) -> None:
    acting(kostroma_official, secretariat)
    with at("2024-08-12 12:00"):
        reported.does(kostroma_official, "close", "2024-08-12", text="Исполнено.", result="achieved")
        assert "Проверьте: полномочия" not in reported.page(secretariat)
    row = OfficeTerm.objects.get()
    with at("2024-08-20 12:00"):
        void(row, reason="Распоряжение отменено.", by=secretariat, version=1)
    assert "Проверьте: полномочия и.о. председателя отменены" in reported.page(secretariat)
    assert "Проверьте: полномочия" not in reported.page(None)
    assert reported.point.state == PointState.CLOSED


def test_the_board_controls(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, chair: User, kostroma_official: User
) -> None:
    board = Party.objects.of_body(UnionBody.BOARD)
    assign(point, Party.objects.of_body(UnionBody.SECRETARIAT), by=secretariat, controller=board)
    for action in ("start", "report"):
        point_step(point, action, by=secretariat, on=dt.date(2024, 8, 5))
    acting(kostroma_official, secretariat, Office.BOARD)
    life = Life(client_for, point)
    with at("2024-08-12 12:00"):
        assert life.tries(chair, "close", "2024-08-12", result="achieved").status_code == 403
        life.does(kostroma_official, "close", "2024-08-12", text="Исполнено.", result="achieved")
    assert life.point.state == PointState.CLOSED


def test_a_secretary_who_is_acting_chair_says_on_what_ground_for_a_day_before_that(
    reported: Life, secretariat: User
) -> None:
    with at("2024-08-12 12:00"):
        appointed(secretariat, Office.ACTING_CHAIR, -2, 10, by=secretariat)
        user = User.objects.get(pk=secretariat.pk)
        refused = reported.tries(user, "return_for_rework", "2024-08-06")
        assert refused.status_code == 422
        assert "Напишите, на каком основании" in refused.content.decode()
        reported.does(user, "return_for_rework", "2024-08-11", text="Доработать.")
    assert reported.point.progress.latest("pk").behalf_ground.startswith("и.о. председателя")


def test_what_somebody_did_for_their_own_city_is_not_marked_when_the_board_loses_them(
    reported: Life, secretariat: User, arkhangelsk_official: User
) -> None:
    acting(arkhangelsk_official, secretariat, Office.BOARD)
    with at("2024-08-12 12:00"):
        reported.does(arkhangelsk_official, "note", "2024-08-12", text="Ждём.")
    with at("2024-08-20 12:00"):
        void(OfficeTerm.objects.get(), reason="Ошибка.", by=secretariat, version=1)
    assert "Проверьте: полномочия" not in reported.page(secretariat)


def test_what_the_board_did_is_marked_when_a_member_of_it_turns_out_to_be_none(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    board = Party.objects.of_body(UnionBody.BOARD)
    assign(point, Party.objects.of_body(UnionBody.SECRETARIAT), by=secretariat, controller=board)
    for action in ("start", "report"):
        point_step(point, action, by=secretariat, on=dt.date(2024, 8, 5))
    acting(kostroma_official, secretariat, Office.BOARD)
    life = Life(client_for, point)
    with at("2024-08-12 12:00"):
        life.does(kostroma_official, "close", "2024-08-12", text="Исполнено.", result="achieved")
    with at("2024-08-20 12:00"):
        void(OfficeTerm.objects.get(), reason="Ошибка.", by=secretariat, version=1)
    assert "Проверьте: полномочия члена Правления отменены" in life.page(secretariat)


@pytest.mark.parametrize("persona", ["", "secretariat"])
def test_the_decisions_page_says_for_whom_and_on_what_ground_it_was_signed(
    client_for: ClientFor,
    adopted: Resolution,
    acting_chair: User,
    persona: str,
    secretariat: User,
) -> None:
    document = sign(adopted, version=adopted.version, by=acting_chair)
    visitor = client_for(secretariat if persona else None)
    page = visitor.get(adopted.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert f"<dt>За кого</dt><dd>Председатель Союза: {STOOD_IN}" in page
    withdraw(document, reason="Опечатка.", by=secretariat)
    again = Resolution.objects.get(pk=adopted.pk)
    sign(again, version=again.version, by=acting_chair)
    page = visitor.get(adopted.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert f"<dt>За кого</dt><dd>Председатель Союза: {STOOD_IN}" in page


def test_what_the_chair_signed_stands_for_nobody_else(client_for: ClientFor, signed: Resolution) -> None:
    assert "За кого" not in client_for(None).get(signed.get_absolute_url()).content.decode()
