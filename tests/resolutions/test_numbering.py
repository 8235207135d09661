"""Outgoing numbers: a pattern for each year, no repetitions and no gaps, whoever registers at the same time."""

import multiprocessing
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.models import Letter, LetterAction, NumberSeries, Resolution, StepRefused
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, letter, register

pytestmark = pytest.mark.slow

PROCESSES, LETTERS_EACH = 5, 10


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def post(client: Client, **changes: Any) -> Any:
    data = {"pattern": "ИСХ-{номер}/{гггг}", "first": "1", "version": "1"}
    return client.post(reverse("letter_numbering"), data | changes)


def test_the_pattern_of_this_year_shapes_the_next_numbers(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    first, second = letter(adopted), letter(adopted)
    register(first, by=secretariat, on=timezone.localdate())
    assert post(client, first="58").status_code == 302
    register(second, by=secretariat, on=timezone.localdate())
    year = timezone.localdate().year
    assert (first.number, second.number) == (f"1/{year % 100}", f"ИСХ-58/{year}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pattern": "ИСХ"}, "место для порядкового номера"),
        ({"pattern": "{номер}-{месяц}"}, "В фигурных скобках"),
        ({"pattern": "🚀{номер}"}, "Символ «🚀» (U+1F680), 1-й знак, на бумаге не напечатать"),
        ({"pattern": "Kотлас"}, "буква «K» – латинская"),
        ({"first": "0"}, "больше либо равно 1"),
        ({"first": "десять"}, "целое число"),
    ],
)
def test_a_bad_pattern_is_explained(client: Client, changes: dict[str, str], sentence: str) -> None:
    response = post(client, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_looking_at_the_numbering_makes_no_series(client: Client) -> None:
    assert "Следующее письмо получит № 1/" in client.get(reverse("letter_numbering")).content.decode()
    assert post(client, pattern="ИСХ").status_code == 422
    assert not NumberSeries.objects.exists()
    assert post(client, first="58").status_code == 302
    assert NumberSeries.objects.get().first == 58


def test_saving_the_pattern_does_not_touch_the_last_number(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    register(letter(adopted), by=secretariat, on=timezone.localdate())
    post(client)
    assert NumberSeries.objects.get().last == 1


def test_a_number_of_a_registration_that_was_undone_is_given_again(adopted: Resolution, secretariat: User) -> None:
    found = letter(adopted)
    with pytest.raises(StepRefused):  # the day lies ahead, after the number would have been taken
        register(found, by=secretariat, on=timezone.localdate().replace(year=timezone.localdate().year + 1))
    register(found, by=secretariat)
    assert found.sequence == 1


def _register_many(ids: list[int], user_id: int) -> None:
    """What one process does: its own connections, letter after letter."""
    connections.close_all()
    user = User.objects.get(pk=user_id)
    for pk in ids:
        found = Letter.objects.get(pk=pk)
        found.take_step(LetterAction.REGISTER, happened_on=DAY, version=found.version, by=user)
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_fifty_letters_registered_by_parallel_processes_get_fifty_numbers_without_a_gap(
    adopted: Resolution, secretariat: User
) -> None:
    ids = [letter(adopted, addressee=f"Городу {n}").pk for n in range(PROCESSES * LETTERS_EACH)]
    connection.close()  # nothing of it may be shared with the processes
    context = multiprocessing.get_context("fork")
    shares = [ids[place::PROCESSES] for place in range(PROCESSES)]
    processes = [context.Process(target=_register_many, args=(share, secretariat.pk)) for share in shares]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    sequences = Letter.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, len(ids) + 1))
    assert Letter.objects.values("number").distinct().count() == len(ids)
