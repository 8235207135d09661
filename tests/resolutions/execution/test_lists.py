"""The lists behind the figures of the report, asked for what makes no sense."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.models import Resolution
from tests.conftest import ClientFor


@pytest.mark.parametrize("rows", ["points", "letters"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("as_of=2024-06-26", "Решение принято 27 июня 2024 г. Выберите этот или более поздний день."),
        ("known_on=2024-06-26", "Решение принято 27 июня 2024 г. Выберите этот или более поздний день."),
        ("as_of=2999-01-01", ""),
        ("as_of=вчера", ""),
        ("state=%00&part=нет", ""),
    ],
)
def test_a_question_that_makes_no_sense_gets_its_sentence(
    adopted: Resolution, secretariat: User, client_for: ClientFor, rows: str, asked: str, told: str
) -> None:
    answered = client_for(secretariat).get(f"{reverse(f'execution_{rows}', args=[adopted.slug])}?{asked}")
    page = answered.content.decode().replace("\u00a0", " ")
    assert answered.status_code == 422
    assert told in page
    assert "<tbody" not in page


def test_strangers_read_points_and_no_letters(adopted: Resolution, client: Client) -> None:
    assert client.get(reverse("execution_points", args=[adopted.slug])).status_code == 200
    assert client.get(reverse("execution_letters", args=[adopted.slug])).status_code != 200
