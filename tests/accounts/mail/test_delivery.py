"""The worker's side: what becomes of a letter, whatever the mail server says."""

import datetime as dt
import smtplib
import socket
import ssl
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from accounts.mail.delivery import MAX_ATTEMPTS, PAUSES, TOO_LATE, deliver_waiting
from accounts.mail.storing import store
from accounts.mail_kinds import INVITATION, LOGIN_CODE, MailKind, MailUrgency
from accounts.models import OutgoingMail
from accounts.models.outgoing import LEFT_OUT, NOT_IN_ARCHIVE
from tests.accounts.mail.factory import letter, states
from tests.mail import PostOffice, delivered, drain, free_port, use_server

pytestmark = pytest.mark.django_db
GOING_ON = bool


def later(letter: OutgoingMail, **passed: int) -> None:
    """As if so much time had passed for a letter."""
    for name in ("next_attempt_at", "claimed_until", "useful_until"):
        if moment := getattr(letter, name):
            OutgoingMail.objects.filter(pk=letter.pk).update(**{name: moment - dt.timedelta(**passed)})
    letter.refresh_from_db()


# --- leaving ---


def test_what_left_is_marked_and_its_text_forgotten(post_office: PostOffice) -> None:
    stored = letter()
    assert deliver_waiting(GOING_ON)
    stored.refresh_from_db()
    assert (stored.state, stored.attempts, stored.text, stored.last_error) == ("sent", 1, "", "")
    assert stored.sent_at
    assert not stored.may_have_left_twice
    [(_, taken)] = post_office.letters
    assert taken["Message-ID"] == stored.message_id
    assert "Тайный код 77" in taken.get_content()
    assert not deliver_waiting(GOING_ON)


def test_many_letters_take_one_connection(post_office: PostOffice) -> None:
    for number in range(3):
        letter(f"{number}@example.org")
    with patch.object(socket, "create_connection", side_effect=socket.create_connection) as connected:
        drain()
    assert connected.call_count == 1
    assert post_office.addresses() == ["0", "1", "2"]


def test_a_code_passes_what_can_wait() -> None:
    bulk = MailKind("invitation", INVITATION.label, MailUrgency.BULK)
    with patch.dict("accounts.mail_kinds.MAIL_KINDS", {"invitation": bulk}):
        store(bulk, "bulk@example.org", subject="Рассылка", text="…")
    letter("ordinary@example.org")
    letter("code@example.org", kind=LOGIN_CODE)
    assert [one.to[0].partition("@")[0] for one in delivered()] == ["code", "ordinary", "bulk"]


def test_a_worker_that_is_to_stop_begins_no_letter() -> None:
    letter()
    assert deliver_waiting(lambda: True)
    assert mail.outbox == []


def test_a_batch_ends_by_itself() -> None:
    letter()
    with patch("accounts.mail.delivery.BATCH", 0):
        assert deliver_waiting(GOING_ON)
    assert mail.outbox == []


def test_with_nothing_to_do_nothing_is_asked_of_the_server(django_assert_num_queries: Any) -> None:
    letter(next_attempt_at=timezone.now() + dt.timedelta(minutes=1))
    with patch("accounts.mail.delivery.MailServer") as server, django_assert_num_queries(1):
        assert not deliver_waiting(GOING_ON)
    assert not server.called


# --- refused ---


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "553 Нет такого"])
def test_an_address_that_does_not_exist_fails_at_once(post_office: PostOffice, answer: str) -> None:
    post_office.refuses = {"no@example.org": answer}
    refused, _ = letter("no@example.org"), letter("yes@example.org")
    drain()
    refused.refresh_from_db()
    assert states() == {"no@example.org": "failed", "yes@example.org": "sent"}
    assert refused.last_error.startswith(f"Почтовый сервер не принял адрес получателя. Его ответ: {answer[:3]}")
    assert (refused.attempts, refused.may_have_left_twice) == (1, False)


def test_a_server_that_says_later_is_asked_later_and_at_last_no_more(post_office: PostOffice) -> None:
    post_office.refuses = {"k@example.org": "451 4.7.1 Greylisted"}
    stored = letter()
    for number, pause in enumerate(PAUSES, start=1):
        before = timezone.now()
        drain()
        stored.refresh_from_db()
        assert (stored.state, stored.attempts) == ("waiting", number)
        assert pause <= stored.next_attempt_at - before < pause + dt.timedelta(minutes=1)
        later(stored, days=9)
    drain()
    stored.refresh_from_db()
    assert (stored.state, stored.attempts) == ("failed", MAX_ATTEMPTS)
    assert "451 4.7.1 Greylisted" in stored.last_error


@pytest.mark.parametrize("address", ["без собаки", "два@адреса@example.org", "a\r\nBcc: b@example.org"])
def test_an_address_that_cannot_stand_in_a_letter_fails_at_once(post_office: PostOffice, address: str) -> None:
    letter(address)
    letter("next@example.org")
    drain()
    assert states() == {address: "failed", "next@example.org": "sent"}


@pytest.mark.parametrize(
    ("error", "state", "others", "said"),
    [
        (smtplib.SMTPDataError(554, b"Spam"), "failed", "sent", "не принял письмо. Его ответ: 554 Spam"),
        (smtplib.SMTPDataError(452, b"Full"), "waiting", "sent", "не принял письмо. Его ответ: 452 Full"),
        (smtplib.SMTPDataError(421, "Closing"), "waiting", "waiting", "Его ответ: 421 Closing"),
        (smtplib.SMTPSenderRefused(550, b"Who?", "p@x"), "waiting", "waiting", "не принял адрес портала"),
        (
            smtplib.SMTPSenderRefused(450, b"Busy", "p@x"),
            "waiting",
            "waiting",
            "пока не принимает писем. Его ответ: 450",
        ),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), "failed", "sent", "не принимает таких адресов"),
        (smtplib.SMTPServerDisconnected("timed out"), "waiting", "waiting", "прервалась раньше"),
        (TimeoutError(), "waiting", "waiting", "прервалась раньше"),
    ],
)
def test_what_an_error_means_for_the_letter_and_the_others(error: OSError, state: str, others: str, said: str) -> None:
    first, second = letter("1@example.org"), letter("2@example.org")
    taken = EmailBackend.send_messages

    def refuse_first(backend: EmailBackend, letters: Any) -> int:
        if letters[0].to == ["1@example.org"]:
            raise error
        return taken(backend, letters)

    with patch.object(EmailBackend, "send_messages", refuse_first):
        deliver_waiting(GOING_ON)
    assert states() == {"1@example.org": state, "2@example.org": others}
    first.refresh_from_db()
    second.refresh_from_db()
    assert said in first.last_error
    assert second.attempts == (1 if others == "sent" else 0)
    assert not first.may_have_left_twice  # it was never handed over


# --- the server is away ---


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConnectionRefusedError(111, "refused"), "соединение отклонено"),
        (TimeoutError("timed out"), "не ответил за 20 с."),
        (socket.gaierror(-2, "unknown"), "не находится в сети"),
        (ssl.SSLError("certificate"), "Защищённое соединение"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "имя и пароль"),
        (smtplib.SMTPNotSupportedError("STARTTLS"), "настройки портала"),
        (smtplib.SMTPServerDisconnected("closed"), "перестал отвечать"),
        (smtplib.SMTPConnectError(554, b"Go away"), "не принимает писем. Его ответ: 554 Go away"),
        (OSError("?"), "Почтовый сервер недоступен."),
    ],
)
def test_a_server_that_is_away_costs_no_letter_an_attempt(error: OSError, said: str) -> None:
    stored = [letter(f"{number}@example.org") for number in range(3)]
    with patch.object(EmailBackend, "open", side_effect=error) as opened:
        assert deliver_waiting(GOING_ON)
        assert not deliver_waiting(GOING_ON)  # left alone for half a minute
    assert opened.call_count == 1
    for one in stored:
        one.refresh_from_db()
        assert (one.state, one.attempts, one.may_have_left_twice) == ("waiting", 0, False)
        assert said in one.last_error
        later(one, seconds=31)
    assert len(delivered()) == 3


def test_a_folder_that_cannot_take_letters_is_left_alone_too(settings: Settings, tmp_path: Path) -> None:
    stored = letter()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "file")
    (tmp_path / "file").touch()
    assert deliver_waiting(GOING_ON)
    assert not deliver_waiting(GOING_ON)
    stored.refresh_from_db()
    assert (stored.state, stored.attempts) == ("waiting", 0)
    assert stored.last_error == "Почта не уходит из-за настроек портала: скажите администратору."


def test_a_closed_port_loses_nothing(settings: Settings, post_office: PostOffice) -> None:
    stored, port = letter(), settings.EMAIL_PORT
    use_server(settings, free_port())
    drain()
    later(stored, seconds=31)
    use_server(settings, port)
    drain()
    assert states() == {"k@example.org": "sent"}
    assert len(post_office.letters) == 1


def test_a_server_that_dies_in_the_middle_gets_the_missing_ones_later(post_office: PostOffice) -> None:
    stored = [letter(f"{number}@example.org") for number in range(3)]
    post_office.dies_after = 1
    drain()
    assert states() == {"0@example.org": "sent", "1@example.org": "waiting", "2@example.org": "waiting"}
    post_office.dies_after = None
    for one in stored[1:]:
        one.refresh_from_db()
        later(one, minutes=2)
    drain()
    assert post_office.addresses() == ["0", "1", "2"]


@pytest.mark.parametrize("goes", ["421 Enough for one conversation", ""])
def test_a_server_that_takes_two_letters_a_conversation_gets_all(post_office: PostOffice, goes: str) -> None:
    for number in range(5):
        letter(f"{number}@example.org")
    post_office.serves, post_office.goes = 2, goes
    deliver_waiting(GOING_ON)
    assert post_office.addresses() == ["0", "1", "2", "3", "4"]
    assert set(OutgoingMail.objects.values_list("state", "attempts", "may_have_left_twice")) == {("sent", 1, False)}


def test_a_server_that_takes_none_is_left_alone(post_office: PostOffice) -> None:
    letter()
    letter("2@example.org")
    post_office.serves = 0
    deliver_waiting(GOING_ON)
    assert set(OutgoingMail.objects.values_list("state", "may_have_left_twice")) == {("waiting", False)}
    assert not deliver_waiting(GOING_ON)


def test_a_server_that_goes_without_a_word_does_not_spoil_the_end() -> None:
    letter()
    with patch.object(EmailBackend, "close", side_effect=smtplib.SMTPServerDisconnected("gone")):
        assert deliver_waiting(GOING_ON)
    assert states() == {"k@example.org": "sent"}


# --- too late, interrupted, restored ---


def test_what_comes_too_late_loses_its_text() -> None:
    code = letter(kind=LOGIN_CODE, useful_until=timezone.now() - dt.timedelta(seconds=1))
    other = letter("later@example.org", useful_until=timezone.now() + dt.timedelta(minutes=1))
    assert [one.to for one in delivered()] == [["later@example.org"]]
    code.refresh_from_db()
    other.refresh_from_db()
    assert (code.state, code.text, code.last_error, other.state) == ("missed", "", TOO_LATE, "sent")


def test_a_code_that_the_server_had_no_time_for_says_why() -> None:
    letter(kind=LOGIN_CODE, useful_until=timezone.now(), last_error="Почтовый сервер недоступен.")
    deliver_waiting(GOING_ON)
    assert OutgoingMail.objects.values_list("state", "last_error").get() == ("missed", "Почтовый сервер недоступен.")


def test_a_code_grows_old_also_while_the_server_is_left_alone() -> None:
    now = timezone.now()
    letter(kind=LOGIN_CODE, useful_until=now, next_attempt_at=now + dt.timedelta(minutes=1))
    assert deliver_waiting(GOING_ON)
    assert states() == {"k@example.org": "missed"}


def interrupted(**changes: Any) -> OutgoingMail:
    """A letter whose worker was killed."""
    ended = timezone.now() - dt.timedelta(seconds=1)
    sending: dict[str, Any] = {"state": "sending", "attempts": 1, "claimed_until": ended}
    return letter(**sending | changes)


def test_what_a_killed_worker_left_is_sent_and_says_that_it_may_have_left_twice() -> None:
    left = interrupted()
    [again] = delivered()
    left.refresh_from_db()
    assert (left.state, left.attempts, left.may_have_left_twice) == ("sent", 2, True)
    assert again.message()["Message-ID"] == left.message_id


def test_a_claim_that_holds_is_left_alone() -> None:
    interrupted(claimed_until=timezone.now() + dt.timedelta(seconds=5))
    assert delivered() == []


def test_a_letter_that_kills_every_worker_is_given_up() -> None:
    left = interrupted(attempts=MAX_ATTEMPTS)
    assert delivered() == []
    left.refresh_from_db()
    assert (left.state, left.may_have_left_twice) == ("failed", True)
    assert "неизвестно" in left.last_error


def test_a_worker_that_comes_back_after_its_claim_marks_nothing() -> None:
    stored = letter()
    taken = EmailBackend.send_messages

    def slowly(backend: EmailBackend, letters: Any) -> int:
        anew = timezone.now() + dt.timedelta(minutes=9)
        OutgoingMail.objects.filter(pk=stored.pk).update(claimed_until=anew, attempts=2)  # another has it now
        return taken(backend, letters)

    with patch.object(EmailBackend, "send_messages", slowly):
        deliver_waiting(GOING_ON)
    stored.refresh_from_db()
    assert (stored.state, stored.attempts) == ("sending", 2)


def test_a_letter_of_a_restored_archive_has_no_text_to_send() -> None:
    letter(text=LEFT_OUT)
    assert delivered() == []
    restored = OutgoingMail.objects.get()
    assert (restored.state, restored.last_error) == ("failed", NOT_IN_ARCHIVE)
    assert not restored.send_again()
