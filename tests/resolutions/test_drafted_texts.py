"""What the portal drafts for people to edit holds what typing it would store: ordinary spaces among it."""

import pytest

from accounts.models import User
from resolutions.correspondence.mailings import suggested_text
from resolutions.models import Letter, Resolution
from russian.text import plain
from tests.resolutions.factory import repetition, send

pytestmark = pytest.mark.django_db


def test_an_appeal_and_its_repetition_are_plain(appeal: Letter, secretariat: User) -> None:
    appeal.resolution.adopt(version=appeal.resolution.version, by=secretariat)
    send(appeal, by=secretariat)
    bodies = [appeal.body, repetition(appeal).body]
    assert "27 июня 2024 г." in bodies[0]
    assert "Письмом от 5 июля 2024 г. №" in bodies[1]
    assert bodies == list(map(plain, bodies))


@pytest.mark.parametrize("kind", ["circular", "gratitude"])
def test_the_common_text_of_a_mailing_is_plain(adopted: Resolution, kind: str) -> None:
    body = suggested_text(adopted, kind).body
    assert "27 июня 2024 г." in body
    assert body == plain(body)
