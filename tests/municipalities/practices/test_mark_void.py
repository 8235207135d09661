"""`/practices/<id>/adoption/<slug>/<id>/void/`: a wrong mark is voided, and stays to be read."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.uptake import uptake_of
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
