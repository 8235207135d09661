"""Promises name a point, and count for it."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from resolutions.models import (
    DecisionPoint,
    PointPromise,
)
from tests.conftest import ClientFor
from tests.resolutions.factory import point_step
from tests.resolutions.members.helpers import listed, text_of

pytestmark = pytest.mark.django_db


def test_a_promise_names_the_point_and_counts_for_it(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, kostroma: Municipality
) -> None:
    official = client_for(kostroma_official)
    said = {"measure": "Поставить датчики", "due_on": "2025-03-01", "who": "Отдел связи", "happened_on": "2024-09-01"}
    bad = official.post(reverse("commitment_make", args=["kostroma"]), said | {"point": "999"})
    assert bad.status_code == 422
    assert official.post(reverse("commitment_make", args=["kostroma"]), said | {"point": shared.pk}).status_code == 302
    tie = PointPromise.objects.get()
    assert (tie.point, tie.commitment.municipality) == (shared, kostroma)
    assert DecisionPoint.objects.get(pk=shared.pk).begun_by_deed
    assert "Поставить датчики" in listed(client_for(None), shared, part="promised")
    assert "Пункт 1 решения от 27 июня 2024 г." in text_of(official.get(tie.commitment.get_absolute_url()))


def test_a_promise_on_which_the_progress_rests_is_not_voided(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    said = {"measure": "Поставить датчики", "due_on": "2025-03-01", "who": "Отдел связи", "happened_on": "2024-09-01"}
    client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said | {"point": shared.pk})
    point_step(shared, "report", by=secretariat, on=dt.date(2024, 10, 1))
    made = Commitment.objects.get()
    address = reverse("commitment_void", args=[made.pk, made.steps.get().pk])
    answer = client_for(secretariat).post(address, {"reason": "Ошибка.", "version": made.version})
    assert answer.status_code == 422
    assert "Станет невозможной более поздняя запись «Доложено об исполнении»" in text_of(answer)
    assert Commitment.objects.get().state == "open"


def test_a_promise_names_no_point_before_its_day_nor_one_that_was_somebody_elses(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User
) -> None:
    official = client_for(kostroma_official)
    said = {"measure": "Датчики", "due_on": "2025-03-01", "who": "Отдел связи", "point": shared.pk}
    for day, told in (("2024-06-01", "раньше даты решения"), ("2024-07-02", "не был обращён к этому")):
        answer = official.post(reverse("commitment_make", args=["kostroma"]), said | {"happened_on": day})
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert not Commitment.objects.exists()


def test_a_point_that_is_offered_no_more_is_not_passed_over_in_silence(
    client_for: ClientFor, kostroma_official: User
) -> None:
    said = {"measure": "Датчики", "due_on": "2030-03-01", "who": "Отдел", "happened_on": "2024-09-01", "point": "7"}
    answer = client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said)
    assert answer.status_code == 422
    assert "Выбранного пункта больше нет" in text_of(answer)


def test_no_promise_is_due_in_a_year_that_nobody_means(client_for: ClientFor, kostroma_official: User) -> None:
    said = {"measure": "Датчики", "due_on": "9999-12-31", "who": "Отдел", "happened_on": "2024-09-01"}
    answer = client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said)
    assert "Проверьте год" in text_of(answer)
