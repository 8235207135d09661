"""A mail server that can be made to misbehave."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail import PostOffice, open_post_office


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    with open_post_office(settings) as office:
        yield office
