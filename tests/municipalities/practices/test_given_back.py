"""Who may not do something any more gets back what they typed of a promise, a step, a mark."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, Representative
from municipalities.practices.models import Commitment, Practice
from tests.municipalities.practices.factory import mark, promise
from tests.municipalities.practices.test_commitment_ledger import void
from tests.municipalities.practices.test_commitment_pages import URL, send, take

pytestmark = pytest.mark.django_db
WRONG: dict[str, Any] = {"reason": "Не тот город.", "replaces": "on", "right-text": "Набрано."}


def given_back(answer: Any, *texts: str) -> bool:
    page = answer.content.decode()
    return answer.status_code == 403 and "Что вы набрали" in page and all(text in page for text in texts)


@pytest.fixture
def ended(arkhangelsk_official: User) -> None:
    """The representation ended while the form was open."""
    Representative.objects.filter(user=arkhangelsk_official).delete()


def test_a_promise_of_whom_one_represents_no_more(other: Client, ended: None) -> None:
    assert given_back(send(other), "Поставить датчики", "Отдел связи")
    assert not Commitment.objects.exists()


def test_a_step_of_whose_promise_one_represents_no_more(other: Client, arkhangelsk: Municipality, ended: None) -> None:
    made = promise(arkhangelsk)
    assert given_back(take(other, made, "kept", text="Поставили."), "Поставили.")
    assert made.steps.count() == 1


def test_a_mark_of_whom_one_represents_no_more(
    other: Client, practice: Practice, arkhangelsk: Municipality, ended: None
) -> None:
    address = f"/practices/{practice.pk}/adoption/{arkhangelsk.slug}/"
    assert given_back(other.post(address, {"status": "studied", "note": "Съездили."}), "Съездили.", "Изучена")


def test_the_voiding_of_a_step_that_somebody_voided_meanwhile(
    secretary: Client, arkhangelsk: Municipality, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    wrong = made.steps.get()
    void(made, "made", secretariat)
    answer = secretary.post(f"{URL}{made.pk}/steps/{wrong.pk}/void/", WRONG | {"version": 1})
    assert given_back(answer, "Не тот город.", "Набрано.", "Запись уже отменена.")


def test_the_voiding_of_a_mark_that_somebody_voided_meanwhile(
    secretary: Client, practice: Practice, arkhangelsk: Municipality, secretariat: User
) -> None:
    adoption = mark(practice, arkhangelsk)
    wrong = adoption.records.get()
    adoption.void(wrong, reason="Ошибка", by=secretariat, version=adoption.version)
    address = f"/practices/{practice.pk}/adoption/{arkhangelsk.slug}/{wrong.pk}/void/"
    assert given_back(secretary.post(address, WRONG | {"version": 1}), "Не тот город.", "Запись уже отменена.")


def test_who_only_opens_a_page_is_told_why_not(other: Client, arkhangelsk: Municipality, ended: None) -> None:
    answer = other.get(f"{URL}add/{arkhangelsk.slug}/")
    assert answer.status_code == 403
    assert "Что вы набрали" not in answer.content.decode()
