"""Recording where a municipality stands."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import Statement
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY, statement

pytestmark = pytest.mark.django_db

URL = "/municipalities/kostroma/participation/"


def said(**changes: Any) -> dict[str, Any]:
    """A form as somebody sends it."""
    form = {"status": "pilot", "effective_on": "2024-06-27", "basis": "Постановление № 5", "comment": "", "version": 1}
    return form | changes


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


def test_the_form_proposes_today(official: Client) -> None:
    page = official.get(URL).content.decode()
    assert f'value="{TODAY():%Y-%m-%d}"' in page
    assert "Сведения не представлены" in page


@pytest.mark.parametrize("persona", ["secretariat", "kostroma_official"])
def test_a_status_is_recorded_and_seen_in_the_registry(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str
) -> None:
    user = request.getfixturevalue(persona)
    answer = client_for(user).post(URL, said(comment="Уточнить"), follow=True)
    assert answer.redirect_chain == [("/municipalities/kostroma/", 302)]
    assert "Кострома: статус записан – «Пилотный город», по состоянию на 27\u00a0июня" in answer.content.decode()
    record = ParticipationRecord.objects.get()
    assert (record.status, record.happened_on, record.basis) == ("pilot", dt.date(2024, 6, 27), "Постановление № 5")
    assert (record.text, record.actor, record.actor_name) == ("Уточнить", user, user.name)
    assert 'class="badge badge--pilot"' in Client().get("/municipalities/").content.decode()


def test_a_date_may_be_typed_as_in_russian(official: Client) -> None:
    official.post(URL, said(effective_on="27.06.2024"))
    assert ParticipationRecord.objects.get().happened_on == dt.date(2024, 6, 27)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"effective_on": "tomorrow"}, "Эта дата ещё не наступила"),
        ({"effective_on": "1999-12-31"}, "не раньше 1 января 2000"),
        ({"effective_on": "скоро"}, "Укажите дату так"),
        ({"effective_on": ""}, "Обязательное поле"),
        ({"status": "champion"}, "champion"),
        ({"status": ""}, "Обязательное поле"),
        ({"basis": ""}, "Обязательное поле"),
        ({"basis": "Kотлас"}, "буква «K» – латинская"),
        ({"basis": "я" * 501}, "500"),
        ({"comment": "Kотлас"}, "буква «K» – латинская"),
        ({"comment": "я" * 1001}, "1000"),
        ({"version": "x"}, "Введите целое число"),
    ],
)
def test_a_bad_field_is_named_and_changes_nothing(official: Client, changes: dict[str, Any], message: str) -> None:
    if changes.get("effective_on") == "tomorrow":
        changes = {"effective_on": TODAY() + dt.timedelta(days=1)}
    answer = official.post(URL, said(**changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not ParticipationRecord.objects.exists()


def test_an_empty_post_keeps_its_form(official: Client) -> None:
    assert official.post(URL, {}).status_code == 422


def test_the_second_of_two_writers_sees_both_texts(official: Client, client_for: ClientFor, secretariat: User) -> None:
    client_for(secretariat).post(URL, said(status="active", basis="Сообщили по телефону"))
    answer = official.post(URL, said(basis="Постановление № 7", comment="Моё пояснение"))
    page = answer.content.decode()
    assert answer.status_code == 409
    for expected in ("Участвует", "Пилотный город", "Сообщили по телефону", "Постановление № 7", "Моё пояснение"):
        assert expected in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert ParticipationRecord.objects.count() == 1
    official.post(URL, said(basis="Постановление № 7", version=2))
    assert ParticipationRecord.objects.count() == 2


def test_the_same_form_sent_twice_is_recorded_once(official: Client) -> None:
    official.post(URL, said())
    assert official.post(URL, said()).status_code == 409
    assert ParticipationRecord.objects.count() == 1


def test_a_failure_leaves_no_trace(official: Client, kostroma: Municipality) -> None:
    official.raise_request_exception = False
    with patch.object(MunicipalityQuerySet, "update", side_effect=RuntimeError):
        assert official.post(URL, said()).status_code == 500
    kostroma.refresh_from_db()
    assert (kostroma.version, kostroma.participation_records.count()) == (1, 0)


@pytest.mark.parametrize(
    ("persona", "reason"),
    [
        ("chair", "Председатель читает"),
        ("arkhangelsk_official", "Вы не представляете это муниципальное образование"),
        ("acting_chair", "Вы не представляете это муниципальное образование"),
    ],
)
def test_others_are_told_why_not(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str, reason: str
) -> None:
    client = client_for(request.getfixturevalue(persona))
    for answer in (client.get(URL), client.post(URL, said())):
        assert answer.status_code == 403
        assert reason in answer.content.decode()
    assert not ParticipationRecord.objects.exists()


def test_a_stranger_is_asked_to_log_in(client: Client, kostroma: Municipality) -> None:
    for answer in (client.get(URL), client.post(URL, said())):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")
    assert not ParticipationRecord.objects.exists()


def test_a_missing_municipality_is_404(official: Client) -> None:
    assert official.get("/municipalities/atlantida/participation/").status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_wrong_method_is_405(official: Client, method: str) -> None:
    assert getattr(official, method)(URL).status_code == 405


def test_a_lost_csrf_token_changes_nothing(kostroma_official: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(kostroma_official)
    assert client.post(URL, said()).status_code == 403
    assert not ParticipationRecord.objects.exists()


def test_the_basis_is_shown_as_text(official: Client, kostroma: Municipality) -> None:
    statement(kostroma, basis='a < b & "c"')
    page = official.get("/municipalities/kostroma/").content.decode()
    assert "a &lt; b &amp; &quot;c&quot;" in page


def test_what_a_later_confirmation_rests_on_is_not_taken_from_under_it(
    official: Client, kostroma: Municipality, kostroma_official: User
) -> None:
    statement(kostroma)
    kostroma.confirm_participation(by=kostroma_official, version=1)
    yesterday = TODAY() - dt.timedelta(days=1)
    answer = official.post(URL, said(status="unknown", effective_on=f"{yesterday}", version=2))
    assert answer.status_code == 422
    assert "сведения об участии ещё не представлены" in answer.content.decode()
    assert ParticipationRecord.objects.count() == 2


def test_of_a_municipality_that_is_not_there_nothing_is_recorded(kostroma_official: User) -> None:
    lost = Statement(0, 1, "active", dt.date(2024, 6, 27), "Письмо")
    with pytest.raises(Municipality.DoesNotExist, match="no municipality 0"):
        Municipality.objects.all().record_participations([lost], by=kostroma_official)
