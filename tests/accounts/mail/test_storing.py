"""A letter is a row of the transaction of what caused it."""

import re

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.mail.storing import store, store_for_nobody
from accounts.mail_kinds import INVITATION, LOGIN_CODE, MailKind
from accounts.models import OutgoingMail, User
from tests.accounts.mail.factory import letter
from tests.mail import delivered

pytestmark = pytest.mark.django_db


def test_storing_sends_nothing_and_the_worker_sends_what_was_stored(secretariat: User, chair: User) -> None:
    stored = store(INVITATION, chair, subject="Вас\r\n зовут", text="Приходите.", by=secretariat)
    assert mail.outbox == []
    assert (stored.state, stored.user, stored.created_by) == ("waiting", chair, secretariat)
    [left] = delivered()
    assert (left.to, left.subject, left.body) == ([chair.email], "Вас зовут", "Приходите.")
    assert left.message()["Message-ID"] == stored.message_id


def test_a_message_id_stands_in_the_domain_of_the_sender(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Портал <portal@союз.рф>"
    assert re.fullmatch(r"<[^@\s]+@xn--g1ani7c\.xn--p1ai>", letter().message_id)
    assert letter().message_id != letter().message_id


def test_what_is_rolled_back_leaves_no_letter() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter()
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists()
    assert delivered() == []


def test_nobody_is_written_to_and_nothing_of_it_is_kept() -> None:
    store_for_nobody(LOGIN_CODE, subject="Код", text="123456", useful_until=timezone.now())
    row = OutgoingMail.objects.get()
    assert (row.state, row.recipient, row.text, row.user) == ("nobody", "", "", None)
    assert delivered() == []


def test_a_kind_that_nobody_registered_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="add_mail_kind"):
        store(MailKind("spam", "Спам"), "k@example.org", subject="?", text="?")


def test_a_letter_is_called_by_kind_and_address() -> None:
    assert str(letter()) == "Приглашение на портал: k@example.org"
    assert str(OutgoingMail(kind="gone", recipient="k@example.org")) == "gone: k@example.org"
