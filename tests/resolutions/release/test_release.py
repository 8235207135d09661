"""Обнародование: what everybody may read of a letter, from which day on, until when."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.withdrawing import withdraw
from resolutions.models import (
    Letter,
    Resolution,
    StepRefused,
)
from revisions.models import EditConflict
from revisions.voiding import PREFIX
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, release, send, step
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.release.helpers import FIELDS, LATER, paper_of, read, signed, url

pytestmark = pytest.mark.slow


def submit(client: Client, letter: Letter, **changes: Any) -> Any:
    letter.refresh_from_db()
    data = {"is_released": "yes", "happened_on": "2024-08-01", "text": "По запросу.", "version": letter.version}
    return client.post(url("letter_release", letter), data | changes)


def test_what_is_released_is_not_released_again_nor_taken_back_twice(sent: Letter, secretariat: User) -> None:
    with pytest.raises(StepRefused, match="которое действует"):
        release(sent, False, by=secretariat)
    release(sent, by=secretariat)
    with pytest.raises(StepRefused, match="Обнародовано и так"):
        release(sent, by=secretariat, on=LATER)
    release(sent, False, by=secretariat, on=LATER)
    assert [row.is_released for row in sent.releases.all()] == [False, True]


def test_a_row_dated_back_must_leave_the_later_ones_possible(sent: Letter, secretariat: User) -> None:
    release(sent, by=secretariat, on=LATER)
    with pytest.raises(StepRefused, match="«Обнародовано» от 1\xa0августа\xa02024"):
        release(sent, by=secretariat, on=DAY)


def test_it_is_read_as_of_a_day_and_as_known_on_a_day(sent: Letter, secretariat: User) -> None:
    with patch("django.utils.timezone.now", return_value=timezone.now() - dt.timedelta(days=3)):
        release(sent, by=secretariat)
    release(sent, False, by=secretariat, on=LATER)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    asked: list[tuple[dt.date, dict[str, Any], bool]] = [
        (DAY - dt.timedelta(days=1), {}, False),
        (DAY, {}, True),
        (LATER, {}, False),
        (LATER, {"known_on": yesterday}, True),
        (DAY, {"known_on": yesterday - dt.timedelta(days=5)}, False),
    ]
    for day, known, is_released in asked:
        assert sent.publicity_on(day, **known).is_released is is_released, (day, known)
        assert Letter.objects.with_release(day, **known).get().is_released is is_released, (day, known)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "ещё не наступила"), (-(10**4), "Письмо датировано 5\xa0июля\xa02024")]
)
def test_no_day_lies_ahead_or_before_the_letter(sent: Letter, secretariat: User, days: int, sentence: str) -> None:
    with pytest.raises(StepRefused, match=sentence):
        release(sent, by=secretariat, on=timezone.localdate() + dt.timedelta(days=days))


def test_a_letter_is_released_once_its_text_is_fixed(letter: Letter, secretariat: User, chair: User) -> None:
    draft = draft_letter(letter.resolution)
    for unfinished in (draft, letter):
        with pytest.raises(StepRefused, match="подписано или отправлено"):
            release(unfinished, by=secretariat)
    signed(letter, is_public=False, by=chair)
    assert release(letter, by=secretariat, on=LATER).is_released


def test_an_outdated_page_releases_nothing(sent: Letter, secretariat: User) -> None:
    said: dict[str, Any] = {"happened_on": DAY, "text": "По просьбе.", "by": secretariat}
    seen = sent.version
    release(sent, by=secretariat)
    with pytest.raises(EditConflict):
        sent.release(False, version=seen, **said)
    with pytest.raises(EditConflict):
        sent.void_release(sent.releases.get(), reason="Нет.", version=seen, by=secretariat)


def test_strangers_read_the_letter_and_nothing_of_its_way(
    sent: Letter, secretariat: User, chair: User, client: Client
) -> None:
    step(sent, "note", by=secretariat, text="Звонили в приёмную.")
    release(sent, by=secretariat)
    page = read(client, sent.get_absolute_url())
    for shown in ("Просим помочь.", "Министру", sent.number, "5\xa0июля\xa02024", "Обнародовано"):
        assert shown in page
    for hidden in ("Звонили", "По просьбе", str(secretariat), "Отправлено", "Срок ответа", "Что дальше", '/letters/"'):
        assert hidden not in page


def test_a_released_letter_is_found_on_the_card_of_its_point_and_is_no_part_of_the_register(
    adopted: Resolution, secretariat: User, client: Client
) -> None:
    point = adopted.points.get(number=2)
    appeal = draft_letter(adopted, kind="appeal", point=point, **FIELDS)
    send(appeal, by=secretariat)
    card = reverse("point", args=[adopted.slug, 2])
    assert appeal.get_absolute_url() not in read(client, card)
    release(appeal, by=secretariat)
    assert appeal.get_absolute_url() in read(client, card)
    assert client.get(reverse("letters")).status_code == 302


def test_the_secretariat_releases_and_takes_back_on_a_page(
    client_for: ClientFor, secretariat: User, sent: Letter
) -> None:
    visitor = client_for(secretariat)
    assert url("letter_release", sent) in read(visitor, sent.get_absolute_url())
    assert submit(visitor, sent).status_code == 302
    assert (
        submit(visitor, sent, is_released="no", text="По просьбе адресата.", happened_on="2024-09-01").status_code
        == 302
    )
    page = read(visitor, sent.get_absolute_url())
    for shown in ("По\xa0запросу.", "По\xa0просьбе адресата.", "Обнародование прекращено", str(secretariat)):
        assert shown in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Обязательное поле"),
        ({"happened_on": "2999-01-01"}, "ещё не наступила"),
        ({"is_released": "no"}, "которое действует"),
        ({"is_released": "perhaps"}, "Выберите"),
    ],
)
def test_what_is_wrong_is_said(
    client_for: ClientFor, secretariat: User, sent: Letter, changes: dict[str, str], sentence: str
) -> None:
    answer = submit(client_for(secretariat), sent, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not sent.releases.exists()


def test_a_quicker_colleague_is_told(client_for: ClientFor, secretariat: User, sent: Letter) -> None:
    answer = submit(client_for(secretariat), sent, version=sent.version - 1)
    assert answer.status_code == 409
    assert "кто-то ещё" in answer.content.decode()
    assert answer.context["form"]["version"].value() == str(sent.version)


@pytest.mark.parametrize("persona", ["chair", "kostroma_official"])
def test_nobody_else_releases(
    client_for: ClientFor, request: pytest.FixtureRequest, persona: str, sent: Letter
) -> None:
    visitor = client_for(request.getfixturevalue(persona))
    assert submit(visitor, sent).status_code == 403
    assert url("letter_release", sent) not in read(visitor, sent.get_absolute_url())


def test_why_a_letter_is_not_released_yet_stands_among_the_steps(
    client_for: ClientFor, secretariat: User, letter: Letter
) -> None:
    visitor = client_for(secretariat)
    assert "которое подписано или отправлено" in read(visitor, letter.get_absolute_url())
    assert client_for(secretariat).get(url("letter_release", letter)).status_code == 403


def test_what_is_released_is_taken_back_even_when_there_is_nothing_to_show(
    letter: Letter, chair: User, secretariat: User, client_for: ClientFor
) -> None:
    found = signed(letter, is_public=True, by=chair)
    withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    today = timezone.localdate().isoformat()
    assert submit(client_for(secretariat), found, is_released="no", happened_on=today).status_code == 302
    assert not paper_of(found).is_public


def test_a_voided_row_hides_the_letter_and_stays_readable_as_voided(
    client_for: ClientFor, client: Client, letter: Letter, chair: User, secretariat: User
) -> None:
    found, visitor = signed(letter, is_public=True, by=chair), client_for(secretariat)
    address = url("letter_release_void", found, found.releases.get().pk)
    data = {"reason": "Отметка по ошибке.", "version": Letter.objects.get(pk=found.pk).version}
    assert visitor.post(address, data).status_code == 302
    assert not paper_of(found).is_public
    assert client.get(found.get_absolute_url()).status_code == 404
    page = read(visitor, found.get_absolute_url())
    for shown in ("Запись отменена", "Отметка по ошибке."):
        assert shown in page
    assert visitor.get(address).status_code == 403


def test_the_right_row_takes_the_place_of_the_wrong_one(client_for: ClientFor, secretariat: User, sent: Letter) -> None:
    wrong, visitor = release(sent, by=secretariat), client_for(secretariat)
    right = {"is_released": "yes", "happened_on": "2024-08-01", "text": "Верный день."}
    data = {"reason": "Не тот день.", "replaces": "on", "version": sent.version}
    data |= {f"{PREFIX}-{name}": value for name, value in right.items()}
    assert visitor.post(url("letter_release_void", sent, wrong.pk), data).status_code == 302
    assert sent.publicity_on().since == LATER


def test_the_right_row_of_the_same_day_stands_where_the_wrong_one_stood(sent: Letter, secretariat: User) -> None:
    wrong = release(sent, by=secretariat)
    release(sent, False, by=secretariat)
    right = sent.new_release(True, happened_on=DAY, text="Верное основание.", by=secretariat)
    sent.void_release(wrong, reason="Не то основание.", version=sent.version, by=secretariat, replacement=right)
    assert [row.is_released for row in sent.releases.in_force()] == [False, True]


def test_a_row_on_which_a_later_one_rests_is_not_voided(sent: Letter, secretariat: User) -> None:
    first = release(sent, by=secretariat)
    release(sent, False, by=secretariat, on=LATER)
    with pytest.raises(StepRefused, match="«Обнародование прекращено» от 1\xa0августа"):
        sent.void_release(first, reason="Ошибка.", version=sent.version, by=secretariat)


def test_the_page_of_a_letter_asks_the_same_however_often_it_was_released(
    client: Client, sent: Letter, secretariat: User, django_assert_max_num_queries: Any
) -> None:
    for place in range(6):
        release(sent, place % 2 == 0, by=secretariat, on=DAY + dt.timedelta(days=place))
    release(sent, by=secretariat, on=LATER)
    with django_assert_max_num_queries(10):
        client.get(sent.get_absolute_url())
