"""`/municipalities/<slug>/participation/<id>/void/`: a wrong record is voided, and stays to be read."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.models.participation import Statement
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY, city, moment, statement

pytestmark = pytest.mark.django_db

PAGE = "/municipalities/kostroma/"
REASON = "Это сведения другого города."


@pytest.fixture
def wrong(kostroma: Municipality) -> ParticipationRecord:
    statement(kostroma, "planned", "2023-05-01")
    return statement(kostroma, "active", "2024-06-27", basis="Письмо № 7", recorded_at=moment("2024-07-01 12:00"))


def post(client: Client, record: ParticipationRecord, **changes: Any) -> Any:
    data = {"reason": REASON, "version": Municipality.objects.get(pk=record.municipality_id).version}
    return client.post(f"{PAGE}participation/{record.pk}/void/", data | changes)


def stands(**asked: Any) -> tuple[Any, ...]:
    one: Any = Municipality.objects.with_participation(**asked).get(slug="kostroma")
    return one.participation, one.participation_since, one.participation_basis


def test_without_the_wrong_record_the_earlier_one_counts(
    client_for: ClientFor, secretariat: User, wrong: ParticipationRecord
) -> None:
    secretary = client_for(secretariat)
    assert "Письмо № 7" in secretary.get(f"{PAGE}participation/{wrong.pk}/void/").content.decode()
    assert post(secretary, wrong)["Location"] == PAGE
    assert stands() == ("planned", dt.date(2023, 5, 1), "Письмо администрации")
    assert stands(as_of=TODAY(), known_on=TODAY() - dt.timedelta(days=1))[0] == "active"
    page = secretary.get(PAGE).content.decode()
    assert "Запись отменена" in page
    assert REASON in page


def test_a_stranger_reads_that_it_was_voided_and_not_what_or_why(
    client: Client, client_for: ClientFor, secretariat: User, kostroma_official: User, wrong: ParticipationRecord
) -> None:
    post(client_for(secretariat), wrong)
    public, own = (one.get(PAGE).content.decode() for one in (client, client_for(kostroma_official)))
    assert "Запись отменена" in public
    assert "Письмо № 7" not in public
    assert REASON not in public
    assert REASON in own
    assert f"participation/{wrong.pk}/void/" not in own


@pytest.mark.parametrize("persona", ["chair", "kostroma_official", "arkhangelsk_official"])
def test_others_may_not(
    client_for: ClientFor, request: pytest.FixtureRequest, wrong: ParticipationRecord, persona: str
) -> None:
    assert post(client_for(request.getfixturevalue(persona)), wrong).status_code == 403
    assert ParticipationRecord.objects.count() == 2


@pytest.mark.slow
def test_the_address_answers_the_usual_questions(
    client: Client, client_for: ClientFor, secretariat: User, wrong: ParticipationRecord
) -> None:
    secretary = client_for(secretariat)
    assert post(client, wrong).status_code == 302
    assert post(secretary, wrong, reason="").status_code == 422
    assert post(secretary, wrong, version=99).status_code == 409
    assert secretary.put(f"{PAGE}participation/{wrong.pk}/void/").status_code == 405
    elsewhere = statement(city("Псков", 58701000))
    for pk in (999, elsewhere.pk):
        assert secretary.get(f"{PAGE}participation/{pk}/void/").status_code == 404
    post(secretary, wrong)
    assert post(secretary, wrong).status_code == 403


def test_what_was_confirmed_is_not_voided_alone(kostroma: Municipality, secretariat: User) -> None:
    stated = statement(kostroma, "active", "2024-06-27")
    kostroma.confirm_participation(by=secretariat, version=kostroma.version)
    with pytest.raises(ValidationError, match="«Подтверждено без изменений»"):
        kostroma.void_participation(stated, reason=REASON, by=secretariat, version=kostroma.version)
    right = Statement(kostroma.pk, 0, "pilot", stated.happened_on, "Письмо № 8")
    kostroma.void_participation(stated, reason=REASON, by=secretariat, version=kostroma.version, replacement=right)
    assert stands() == ("pilot", TODAY(), "Письмо № 8")


def test_a_statement_dated_back_changes_what_a_confirmation_confirms(kostroma: Municipality, secretariat: User) -> None:
    statement(kostroma, "active", "2024-06-27")
    kostroma.confirm_participation(by=secretariat, version=kostroma.version)
    statement(kostroma, "suspended", "2025-02-01", basis="Письмо № 9")
    assert stands() == ("suspended", TODAY(), "Письмо № 9")


@pytest.mark.parametrize("fields", [{"status": "active", "basis": "Письмо"}, {"text": ""}, {"placed": True}])
def test_the_database_refuses_a_voiding_that_says_more_or_nothing(
    wrong: ParticipationRecord, fields: dict[str, Any]
) -> None:
    placed = {"placed_before": wrong} if fields.pop("placed", False) else {}
    said: dict[str, Any] = {"status": "", "basis": "", "text": REASON, "voids": wrong} | fields | placed
    constraint = (
        "participation_voiding_states_nothing" if "status" in fields else "participationrecord_voiding_says_why"
    )
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        statement(wrong.municipality, **said)


def test_a_row_is_voided_once(wrong: ParticipationRecord) -> None:
    said: dict[str, Any] = {"status": "", "basis": "", "text": REASON, "voids": wrong, "on": "2024-06-27"}
    statement(wrong.municipality, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        statement(wrong.municipality, **said)


def test_a_record_is_not_voided_twice(kostroma: Municipality, secretariat: User, wrong: ParticipationRecord) -> None:
    kostroma.void_participation(wrong, reason=REASON, by=secretariat, version=1)
    with pytest.raises(ValidationError, match="Запись уже отменена"):
        kostroma.void_participation(wrong, reason=REASON, by=secretariat, version=2)
    assert ParticipationRecord.objects.count() == 3


# --- with the right statement ---

RIGHT = {
    "replaces": "on",
    "right-status": "pilot",
    "right-effective_on": "2024-06-27",
    "right-basis": "Письмо № 8",
    "right-comment": "",
}


def test_the_right_statement_is_typed_on_the_same_page(
    client_for: ClientFor, secretariat: User, wrong: ParticipationRecord
) -> None:
    secretary = client_for(secretariat)
    page = secretary.get(f"{PAGE}participation/{wrong.pk}/void/").content.decode()
    for said in ('<option value="active" selected>', 'value="2024-06-27"', 'value="Письмо № 7"', "Отмена записи"):
        assert said in page
    assert "multipart" not in page
    assert post(secretary, wrong, **RIGHT).status_code == 302
    assert stands() == ("pilot", dt.date(2024, 6, 27), "Письмо № 8")
    assert ParticipationRecord.objects.in_force().count() == 2


def test_what_was_confirmed_is_replaced_and_not_voided_alone(
    client_for: ClientFor, secretariat: User, kostroma: Municipality
) -> None:
    stated = statement(kostroma, "active", "2024-06-27")
    kostroma.confirm_participation(by=secretariat, version=kostroma.version)
    secretary = client_for(secretariat)
    response = post(secretary, stated)
    assert (response.status_code, "«Подтверждено без изменений»" in response.content.decode()) == (422, True)
    assert post(secretary, stated, **RIGHT).status_code == 302
    assert stands() == ("pilot", TODAY(), "Письмо № 8")


def test_a_confirmation_gives_way_to_a_statement_that_somebody_chooses(
    client_for: ClientFor, secretariat: User, kostroma: Municipality
) -> None:
    statement(kostroma, "active", "2024-06-27")
    kostroma.confirm_participation(by=secretariat, version=kostroma.version)
    confirmed = ParticipationRecord.objects.get(status="")
    secretary = client_for(secretariat)
    assert post(secretary, confirmed, **RIGHT | {"right-status": ""}).status_code == 422
    assert post(secretary, confirmed, **RIGHT | {"right-effective_on": str(TODAY())}).status_code == 302
    assert stands() == ("pilot", TODAY(), "Письмо № 8")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"right-basis": ""}, "Обязательное поле"), ({"right-effective_on": "2090-01-01"}, "ещё не наступила")],
)
def test_a_bad_statement_is_explained_and_voids_nothing(
    client_for: ClientFor, secretariat: User, wrong: ParticipationRecord, changes: dict[str, str], sentence: str
) -> None:
    response = post(client_for(secretariat), wrong, **RIGHT | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ParticipationRecord.objects.count() == 2


def test_the_second_writer_keeps_the_right_statement(
    client_for: ClientFor, secretariat: User, wrong: ParticipationRecord
) -> None:
    response = post(client_for(secretariat), wrong, **RIGHT | {"version": 99})
    assert response.status_code == 409
    assert "Письмо № 8" in response.content.decode()
