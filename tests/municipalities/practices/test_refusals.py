"""What is refused beneath the pages, and how the rows of practices are called."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice, PracticeAdoption, PracticeRequest
from tests.municipalities.factory import TODAY
from tests.municipalities.practices.factory import mark

pytestmark = pytest.mark.django_db


def test_a_mark_is_not_voided_twice(practice: Practice, arkhangelsk: Municipality, secretariat: User) -> None:
    adoption = mark(practice, arkhangelsk)
    wrong = adoption.records.get()
    adoption.void(wrong, reason="Ошибка", by=secretariat, version=adoption.version)
    adoption.refresh_from_db()
    with pytest.raises(ValidationError, match="уже отменена"):
        adoption.void(wrong, reason="Ошибка", by=secretariat, version=adoption.version)
    assert adoption.records.count() == 2


def test_nobody_takes_up_a_practice_tomorrow(practice: Practice, arkhangelsk: Municipality) -> None:
    with pytest.raises(ValidationError, match="Эта дата ещё не наступила"):
        mark(practice, arkhangelsk, on=f"{TODAY().replace(year=TODAY().year + 1, day=1)}")
    assert not PracticeAdoption.objects.exists()


def test_a_renamed_practice_is_found_by_its_new_name(practice: Practice) -> None:
    practice.title = "Умные остановки"
    practice.save(update_fields=["title"])
    assert "умные остановки" in Practice.objects.get().search_text


def test_rows_are_called_as_people_know_them(
    practice: Practice, arkhangelsk: Municipality, arkhangelsk_official: User
) -> None:
    asked = PracticeRequest.ask(practice, arkhangelsk, question="Сколько стоит?", by=arkhangelsk_official)
    assert str(mark(practice, arkhangelsk).records.get()) == "Изучена с 01.10.2024"
    assert str(asked.steps.get()) == "Вопрос задан"
