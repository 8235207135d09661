"""`/practices/<id>/adoption/…`: marking how far a city has taken up a practice."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice, PracticeAdoption, PracticeAdoptionRecord
from tests.municipalities.practices.factory import mark

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def send(client: Client, practice: Practice, slug: str = "arkhangelsk", **changes: Any) -> Any:
    form = {"status": "studied", "effective_on": "2024-10-01", "note": "Изучили на месте.", "version": 0}
    return client.post(f"/practices/{practice.pk}/adoption/{slug}/", form | changes)


def test_an_official_marks_a_practice_for_their_city(
    other: Client, practice: Practice, arkhangelsk: Municipality, arkhangelsk_official: User
) -> None:
    assert send(other, practice)["Location"] == practice.get_absolute_url()
    adoption = PracticeAdoption.objects.get()
    assert (adoption.municipality, adoption.status, adoption.since) == (arkhangelsk, "studied", dt.date(2024, 10, 1))
    record = adoption.records.get()
    assert (record.status, record.text) == ("studied", "Изучили на месте.")
    assert (record.actor, record.actor_name) == (arkhangelsk_official, arkhangelsk_official.name)


def test_a_later_mark_keeps_the_earlier(secretary: Client, practice: Practice, arkhangelsk: Municipality) -> None:
    mark(practice, arkhangelsk, "studied")
    send(secretary, practice, status="introducing", effective_on="2024-12-01", version=1)
    adoption = PracticeAdoption.objects.get()
    assert (adoption.status, adoption.version) == ("introducing", 2)
    assert list(adoption.records.values_list("status", flat=True)) == ["introducing", "studied"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": ""}, "Обязательное поле"),
        ({"status": "declined"}, "не может следовать за нынешней"),
        ({"status": "copied"}, "не может следовать за нынешней"),
        ({"effective_on": "1999-12-31"}, "не раньше 1 января 2000"),
        ({"effective_on": "вчера"}, "Укажите дату так"),
        ({"note": "Kотлас"}, "буква «K» – латинская"),
        ({"note": "я" * 1001}, "не более 1000"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_mark_is_explained_and_not_kept(
    other: Client, practice: Practice, changes: dict[str, str], sentence: str
) -> None:
    answer = send(other, practice, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PracticeAdoption.objects.exists()


def test_a_mark_dated_tomorrow_is_not_kept(other: Client, practice: Practice) -> None:
    answer = send(other, practice, effective_on=(timezone.localdate() + dt.timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    assert "ещё не наступила" in answer.content.decode()
    assert not PracticeAdoption.objects.exists()


def test_a_mark_that_makes_a_later_one_impossible_is_refused(
    other: Client, practice: Practice, arkhangelsk: Municipality
) -> None:
    mark(practice, arkhangelsk, "studied", "2024-10-01")
    answer = send(other, practice, status="introducing", effective_on="2024-09-30", version=1)
    assert answer.status_code == 422
    assert "поздняя запись «Изучена» от 1\xa0октября\xa02024\xa0г." in answer.content.decode()


def test_the_second_of_two_sees_the_first_mark(other: Client, practice: Practice, arkhangelsk: Municipality) -> None:
    mark(practice, arkhangelsk, "introducing")
    for status in ("introduced", "studied"):  # may follow, and may not
        answer = send(other, practice, status=status, note="Мой текст.")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Внедряется" in page
        assert "Мой текст." in page
    assert PracticeAdoptionRecord.objects.count() == 1


def test_a_city_does_not_adopt_its_own_practice(owner: Client, secretary: Client, practice: Practice) -> None:
    for client in (owner, secretary):
        answer = send(client, practice, "kostroma")
        assert answer.status_code == 403
        assert "собственная практика" in answer.content.decode()
    assert not PracticeAdoption.objects.exists()


def test_nobody_marks_for_another_city(owner: Client, practice: Practice, arkhangelsk: Municipality) -> None:
    answer = send(owner, practice)
    assert answer.status_code == 403
    assert "ставят его представители и секретариат" in answer.content.decode()


def test_what_was_withdrawn_is_not_marked(
    secretary: Client, secretariat: User, practice: Practice, arkhangelsk: Municipality
) -> None:
    practice.set_published(False, by=secretariat, reason="Устарела.")
    answer = send(secretary, practice)
    assert answer.status_code == 403
    assert "снята с публикации" in answer.content.decode()


def test_the_only_city_of_an_official_needs_no_choosing(other: Client, practice: Practice) -> None:
    answer = other.get(f"/practices/{practice.pk}/adoption/")
    assert answer["Location"] == f"/practices/{practice.pk}/adoption/arkhangelsk/"


def test_the_secretariat_chooses_among_the_others(
    secretary: Client, practice: Practice, arkhangelsk: Municipality, pskov_official: User
) -> None:
    address = f"/practices/{practice.pk}/adoption/"
    page = secretary.get(address).content.decode()
    assert "Архангельск</option>" in page
    assert "Кострома</option>" not in page
    assert secretary.get(address, {"municipality": "pskov"})["Location"] == f"{address}pskov/"
    assert secretary.get(address, {"municipality": "kostroma"}).status_code == 422
