"""An error that nobody foresaw, in one letter: it fails at once, and the others leave."""

from email.errors import HeaderParseError
from unittest.mock import patch

import pytest

from accounts.mail.delivery import deliver_waiting
from accounts.models import MailState
from tests.accounts.mail.factory import letter

pytestmark = pytest.mark.django_db


def test_an_unexpected_error_fails_the_letter_at_once() -> None:
    stored = letter()
    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=HeaderParseError("x")):
        deliver_waiting(lambda: False)
    stored.refresh_from_db()
    assert (stored.state, stored.may_have_left_twice) == (MailState.FAILED, False)
    assert "ошибка в самом портале" in stored.last_error
