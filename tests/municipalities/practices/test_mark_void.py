"""`/practices/<id>/adoption/<slug>/<id>/void/`: a wrong mark is voided, and stays to be read."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.models.adoption import NewMark
from municipalities.practices.uptake import uptake_of
from tests.municipalities.factory import TODAY
from tests.municipalities.practices.factory import mark

pytestmark = pytest.mark.django_db

REASON = "Отмечено не у той практики."


@pytest.fixture
def adoption(practice: Practice, arkhangelsk: Municipality) -> PracticeAdoption:
    mark(practice, arkhangelsk, "studied", "2024-10-01", text="Изучили.")
    return mark(practice, arkhangelsk, "introducing", "2024-12-01")


def post(client: Client, record: PracticeAdoptionRecord, **changes: Any) -> Any:
    adoption = PracticeAdoption.objects.get(pk=record.adoption_id)
    address = f"/practices/{adoption.practice_id}/adoption/{adoption.municipality.slug}/{record.pk}/void/"
    return client.post(address, {"reason": REASON, "version": adoption.version} | changes)


def test_without_the_wrong_mark_the_earlier_one_counts(
    secretary: Client, client: Client, adoption: PracticeAdoption, kostroma: Municipality
) -> None:
    assert post(secretary, adoption.records.get(status="introducing")).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.status, adoption.since) == ("studied", dt.date(2024, 10, 1))
    assert (uptake_of(kostroma).using, uptake_of(kostroma).studied) == (0, 1)
    assert REASON in secretary.get(adoption.practice.get_absolute_url()).content.decode()
    public = client.get(adoption.practice.get_absolute_url()).content.decode()
    assert "Запись отменена" in public
    assert REASON not in public


def test_without_any_mark_the_city_is_gone_from_the_public_page(
    secretary: Client, other: Client, client: Client, adoption: PracticeAdoption, kostroma: Municipality
) -> None:
    for status in ("introducing", "studied"):
        assert post(secretary, adoption.records.get(status=status)).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.status, adoption.since, uptake_of(kostroma).studied) == ("", None, 0)
    page = adoption.practice.get_absolute_url()
    assert "Архангельск" not in client.get(page).content.decode()
    for insider in (secretary, other):
        assert "Отметки нет." in insider.get(page).content.decode()
    mark(adoption.practice, adoption.municipality, "introduced")
    assert "Архангельск" in client.get(page).content.decode()


def test_a_mark_that_others_rest_on_is_not_voided(
    practice: Practice, arkhangelsk: Municipality, secretariat: User
) -> None:
    studied = mark(practice, arkhangelsk, "studied", "2024-10-01").records.get()
    adoption = mark(practice, arkhangelsk, "declined", "2024-12-01")
    with pytest.raises(ValidationError, match="«Отказались» от 1"):
        adoption.void(studied, reason=REASON, by=secretariat, version=adoption.version)


def test_the_address_answers_the_usual_questions(
    client: Client, secretary: Client, other: Client, owner: Client, adoption: PracticeAdoption
) -> None:
    record = adoption.records.get(status="introducing")
    assert post(client, record).status_code == 302
    for official in (other, owner):
        assert post(official, record).status_code == 403
    assert post(secretary, record, reason="").status_code == 422
    assert post(secretary, record, version=99).status_code == 409
    assert PracticeAdoptionRecord.objects.count() == 2
    post(secretary, record)
    assert post(secretary, record).status_code == 403


# --- with the right mark ---

RIGHT = {"replaces": "on", "right-status": "studied", "right-effective_on": "2024-09-01", "right-note": "Раньше."}


def test_the_right_mark_is_typed_on_the_same_page(
    secretary: Client, adoption: PracticeAdoption, kostroma: Municipality
) -> None:
    wrong = adoption.records.get(status="studied")
    address = f"/practices/{adoption.practice_id}/adoption/arkhangelsk/{wrong.pk}/void/"
    page = secretary.get(address).content.decode()
    for said in (
        '<option value="studied" selected>',
        'value="2024-10-01"',
        "Изучили.</textarea>",
        "Отмена записи</li>",
    ):
        assert said in page
    assert post(secretary, wrong, **RIGHT).status_code == 302
    right = adoption.records.in_force().get(status="studied")
    assert (right.happened_on, right.text) == (dt.date(2024, 9, 1), "Раньше.")
    assert uptake_of(kostroma).using == 1


def test_the_right_mark_stands_where_the_wrong_one_stood(
    practice: Practice, arkhangelsk: Municipality, secretariat: User, secretary: Client
) -> None:
    wrong = mark(practice, arkhangelsk, "studied", "2024-10-01").records.get()
    adoption = mark(practice, arkhangelsk, "introduced", "2024-10-01")
    said = {"right-status": "introducing", "right-effective_on": "2024-10-01"}
    assert post(secretary, wrong, **RIGHT | said).status_code == 302
    adoption.refresh_from_db()
    assert [one.status for one in adoption.records.in_force()] == ["introduced", "introducing"]
    assert (adoption.status, adoption.since) == ("introduced", dt.date(2024, 10, 1))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"right-effective_on": "2024-12-02"}, "Такая отметка не может следовать за нынешней"),
        ({"right-status": "declined"}, "На 1\xa0сентября\xa02024\xa0г.: такая отметка не может следовать"),
        ({"right-effective_on": "2090-01-01"}, "ещё не наступила"),
    ],
)
def test_a_mark_that_cannot_stand_there_voids_nothing(
    secretary: Client, adoption: PracticeAdoption, changes: dict[str, str], sentence: str
) -> None:
    response = post(secretary, adoption.records.get(status="studied"), **RIGHT | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert adoption.records.count() == 2


def test_a_mark_of_a_practice_that_was_withdrawn_since_is_still_corrected(
    secretary: Client, adoption: PracticeAdoption, secretariat: User
) -> None:
    adoption.practice.set_published(False, by=secretariat, reason="Устарела")
    assert post(secretary, adoption.records.get(status="studied"), **RIGHT).status_code == 302


def test_no_mark_is_replaced_by_one_of_tomorrow(adoption: PracticeAdoption, secretariat: User) -> None:
    wrong, tomorrow = adoption.records.get(status="introducing"), TODAY() + dt.timedelta(days=1)
    right = NewMark("introduced", tomorrow)
    with pytest.raises(ValidationError, match="ещё не наступила"):
        adoption.void(wrong, reason=REASON, by=secretariat, version=adoption.version, replacement=right)
