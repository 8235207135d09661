"""`/resolutions/<slug>/points/<n>/`: the control card."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.models import DecisionPoint, Letter, PointState, ProgressEntry, Resolution
from revisions.append_only import AppendOnlyViolation
from tests.conftest import ClientFor


def post(client: Client, point: DecisionPoint, **changes: Any) -> Any:
    data = {"text": "Сделано.", "happened_on": "2024-07-01", "state": "in_progress", "version": point.version}
    return client.post(reverse("point_progress", args=[point.resolution.slug, point.number]), data | changes)


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_the_public_reads_what_was_done_but_not_who_wrote_it(
    client: Client, client_for: ClientFor, secretariat: User, point: DecisionPoint
) -> None:
    post(client, point, text="Разослано членам Союза.")
    page = client_for(None).get(point.get_absolute_url()).content.decode()
    assert "Разослано членам Союза." in page
    assert secretariat.name not in page


def test_an_entry_moves_the_state_and_keeps_both(client: Client, point: DecisionPoint, secretariat: User) -> None:
    assert post(client, point).status_code == 302
    entry = ProgressEntry.objects.get()
    assert (entry.state_before, entry.state_after, entry.author) == ("planned", "in_progress", secretariat)
    assert DecisionPoint.objects.get(pk=point.pk).state == PointState.IN_PROGRESS


def tomorrow() -> str:
    return (timezone.localdate() + dt.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Обязательное поле"),
        ({"text": "<i>Сделано</i>"}, "Разметка HTML"),
        ({"text": "о" * 5001}, "не более 5000"),
        ({"happened_on": tomorrow()}, "не может быть в будущем"),
        ({"happened_on": "2024-06-26"}, "раньше даты решения"),
        ({"happened_on": "давно"}, "правильную дату"),
        ({"state": "closed"}, "Выберите корректный вариант"),
        ({"state": "неизвестно"}, "Выберите корректный вариант"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_bad_entries_are_explained_and_not_kept(
    client: Client, point: DecisionPoint, changes: dict[str, str], sentence: str
) -> None:
    response = post(client, point, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_the_second_writer_sees_the_first_entry_and_keeps_their_own(client: Client, point: DecisionPoint) -> None:
    post(client, point, text="Первая запись.")
    response = post(client, point, text="Вторая запись.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Первая запись." in page
    assert "Вторая запись." in page
    assert ProgressEntry.objects.count() == 1


def test_nothing_is_recorded_about_a_draft(client: Client, draft: Resolution) -> None:
    response = post(client, draft.points.get(number=1))
    assert response.status_code == 403
    assert "исполнять пока нечего" in response.content.decode()


def test_entries_are_never_edited_or_deleted(client: Client, point: DecisionPoint) -> None:
    post(client, point)
    entry = ProgressEntry.objects.get()
    entry.text = "Иначе."
    for forbidden in (entry.save, entry.delete):
        with pytest.raises(AppendOnlyViolation):
            forbidden()


@pytest.mark.parametrize("number", [0, 4, 10**30])
def test_there_is_no_such_point(client: Client, adopted: Resolution, number: int) -> None:
    assert client.get(reverse("point", args=[adopted.slug, number])).status_code == 404


def test_an_appeal_is_drafted_once(client: Client, adopted: Resolution) -> None:
    address = reverse("point_appeal", args=[adopted.slug, 2])
    letter_page = client.post(address, follow=True).content.decode()
    assert "Просим рассмотреть вопрос о поддержке." in letter_page
    assert client.post(address).status_code == 403
    assert Letter.objects.count() == 1


def test_other_points_order_no_appeal(client: Client, adopted: Resolution) -> None:
    response = client.post(reverse("point_appeal", args=[adopted.slug, 1]))
    assert response.status_code == 403
    assert "не поручает" in response.content.decode()
