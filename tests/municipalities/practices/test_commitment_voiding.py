"""A step of a promise that is wrong: voided, with the right one in its place, or not."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from tests.municipalities.practices.factory import day, promise, step
from tests.municipalities.practices.test_commitment_ledger import void
from tests.municipalities.practices.test_commitment_pages import URL, text_of

pytestmark = pytest.mark.django_db


def test_a_wrong_step_is_voided_and_the_right_one_takes_its_place(
    secretary: Client, other: Client, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk)
    first = made.steps.get()
    address = f"{URL}{made.pk}/steps/{first.pk}/void/"
    assert address in text_of(secretary.get(made.get_absolute_url()))
    assert address not in text_of(other.get(made.get_absolute_url()))
    right = {"right-happened_on": "2024-06-28", "right-due_on": "2025-05-30", "right-who": "Мэр", "right-text": ""}
    right["right-behalf_ground"] = "письмо № 7"
    answer = secretary.post(address, {"reason": "Ошибка.", "replaces": "on", "version": made.version} | right)
    assert answer["Location"] == made.get_absolute_url()
    again = Commitment.objects.get()
    assert (again.who, again.made_on, again.due_on) == ("Мэр", day("2024-06-28"), day("2025-05-30"))
    page = text_of(Client().get(made.get_absolute_url()))
    assert "Запись отменена" in page
    assert "Отдел связи" not in page


def test_a_promise_whose_making_was_voided_is_nothing_to_strangers(
    secretary: Client, other: Client, secretariat: User, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk)
    answer = secretary.post(
        f"{URL}{made.pk}/steps/{made.steps.get().pk}/void/", {"reason": "Ошибка.", "version": made.version}
    )
    assert answer.status_code == 302
    assert Client().get(made.get_absolute_url()).status_code == 404
    assert "обязательства нет" in text_of(other.get(made.get_absolute_url()))
    assert "обязательство отменено" in text_of(secretary.get(f"{URL}{made.pk}/kept/"))


def test_a_voiding_that_makes_a_later_step_impossible_is_refused(
    secretary: Client, secretariat: User, arkhangelsk: Municipality
) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-05-29")
    address = f"{URL}{made.pk}/steps/{made.steps.get(action='made').pk}/void/"
    answer = secretary.post(address, {"reason": "Ошибка.", "version": made.version})
    assert answer.status_code == 422
    assert "Станет невозможной более поздняя запись" in text_of(answer)
    void(made, "kept", secretariat)
    assert Commitment.objects.get().state == "open"
