"""«Подтвердить без изменений»: one click, one more record."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY, statement

pytestmark = pytest.mark.django_db

PAGE = "/municipalities/kostroma/"
URL = f"{PAGE}participation/confirm/"
BUTTON = "Подтвердить без изменений</button>"


@pytest.fixture
def stated(kostroma: Municipality) -> Municipality:
    statement(kostroma, "planned", "2023-05-01")
    statement(kostroma, "active", "2024-06-27", basis="Постановление № 5", text="Внутреннее")
    return kostroma


@pytest.mark.parametrize("persona", ["secretariat", "kostroma_official"])
def test_the_same_status_and_basis_hold_from_today(
    client_for: ClientFor, request: pytest.FixtureRequest, stated: Municipality, persona: str
) -> None:
    user = request.getfixturevalue(persona)
    answer = client_for(user).post(URL, {"version": 1}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "статус подтверждён – «Участвует»" in answer.content.decode()
    latest = stated.participation_on()
    assert latest
    assert (latest.status, latest.basis, latest.since) == ("active", "Постановление № 5", TODAY())
    confirmation, *earlier = stated.participation_records.all()
    assert (confirmation.is_confirmation, confirmation.actor, confirmation.actor_name) == (True, user, user.name)
    assert (confirmation.status, confirmation.basis, confirmation.text) == ("", "", "")
    assert [record.happened_on for record in earlier] == [dt.date(2024, 6, 27), dt.date(2023, 5, 1)]


def test_the_page_says_who_confirmed_but_not_to_strangers(
    client: Client, client_for: ClientFor, stated: Municipality, kostroma_official: User
) -> None:
    official = client_for(kostroma_official)
    official.post(URL, {"version": 1})
    assert "Подтверждено без изменений: К.К. Костромин" in official.get(PAGE).content.decode()
    public = client.get(PAGE).content.decode()
    assert "Подтверждено без изменений" in public
    assert "К.К. Костромин" not in public


def test_the_button_is_there_for_those_who_may_and_when_there_is_something(
    client: Client, client_for: ClientFor, kostroma: Municipality, secretariat: User, chair: User
) -> None:
    secretary = client_for(secretariat)
    assert BUTTON not in secretary.get(PAGE).content.decode()
    statement(kostroma)
    assert BUTTON in secretary.get(PAGE).content.decode()
    assert BUTTON not in secretary.get(f"{PAGE}?as_of=2024-07-01").content.decode()
    for other in (client, client_for(chair)):
        assert BUTTON not in other.get(PAGE).content.decode()
    secretary.post(URL, {"version": 1})
    assert BUTTON not in secretary.get(PAGE).content.decode()


def test_two_clicks_are_one_record(client_for: ClientFor, stated: Municipality, secretariat: User) -> None:
    secretary = client_for(secretariat)
    secretary.post(URL, {"version": 1})
    assert secretary.post(URL, {"version": 1}).status_code == 409
    assert secretary.post(URL, {"version": 2}).status_code == 302
    assert ParticipationRecord.objects.count() == 3


def test_what_changed_meanwhile_is_not_confirmed_unseen(
    client_for: ClientFor, stated: Municipality, secretariat: User
) -> None:
    stated.record_participation(
        status="suspended", happened_on=TODAY(), basis="Письмо № 9", by=secretariat, version=stated.version
    )
    answer = client_for(secretariat).post(URL, {"version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "сведения изменились" in page
    assert "Письмо № 9" in page
    assert not ParticipationRecord.objects.filter(status="").exists()


@pytest.mark.parametrize("status", [None, "unknown"])
def test_nothing_cannot_be_confirmed(
    client_for: ClientFor, kostroma: Municipality, secretariat: User, status: str | None
) -> None:
    if status:
        statement(kostroma, status)
    answer = client_for(secretariat).post(URL, {"version": 1})
    assert answer.status_code == 422
    assert "Подтверждать нечего" in answer.content.decode()
    assert not ParticipationRecord.objects.filter(status="").exists()


@pytest.mark.parametrize("version", ["", "x"])
def test_a_page_without_its_version_is_asked_again(
    client_for: ClientFor, stated: Municipality, secretariat: User, version: str
) -> None:
    assert client_for(secretariat).post(URL, {"version": version}).status_code == 422
    assert ParticipationRecord.objects.count() == 2


@pytest.mark.parametrize("persona", ["chair", "arkhangelsk_official"])
def test_others_are_told_why_not(
    client_for: ClientFor, request: pytest.FixtureRequest, stated: Municipality, persona: str
) -> None:
    assert client_for(request.getfixturevalue(persona)).post(URL, {"version": 1}).status_code == 403
    assert ParticipationRecord.objects.count() == 2


def test_a_stranger_is_asked_to_log_in(client: Client, stated: Municipality) -> None:
    assert client.post(URL, {"version": 1}).status_code == 302
    assert ParticipationRecord.objects.count() == 2
