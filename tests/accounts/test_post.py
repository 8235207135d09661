"""Letters leave over one connection; what goes wrong is a sentence, never an exception."""

import smtplib
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from accounts.post import Post


def letter(to: str = "k@example.org", subject: str = "Письмо") -> EmailMessage:
    return EmailMessage(subject, "Текст", to=[to])


def test_many_letters_take_one_connection() -> None:
    with patch.object(EmailBackend, "close") as closed, Post() as post:
        assert [post.send(letter(f"{number}@example.org")) for number in range(3)] == ["", "", ""]
        assert not closed.called
    assert closed.call_count == 1
    assert [one.to for one in mail.outbox] == [["0@example.org"], ["1@example.org"], ["2@example.org"]]


def test_a_server_that_does_not_answer_is_asked_once() -> None:
    with patch.object(EmailBackend, "open", side_effect=ConnectionRefusedError("нет связи")) as opened, Post() as post:
        errors = {post.send(letter()) for _ in range(3)}
    assert errors == {"Почтовый сервер недоступен: нет связи"}
    assert opened.call_count == 1
    assert mail.outbox == []


def test_after_a_refused_letter_the_next_gets_a_new_connection() -> None:
    taken = EmailBackend.send_messages

    def refuse_one(backend: EmailBackend, letters: Any) -> int:
        if letters[0].to == ["no@example.org"]:
            raise smtplib.SMTPServerDisconnected("ушёл")
        return taken(backend, letters)

    taking, closing = patch.object(EmailBackend, "send_messages", refuse_one), patch.object(EmailBackend, "close")
    with taking, closing as closed, Post() as post:
        assert post.send(letter("no@example.org")) == "Письмо не принято: ушёл"
        assert closed.call_count == 1
        assert post.send(letter()) == ""
    assert [one.to for one in mail.outbox] == [["k@example.org"]]


def test_a_letter_that_cannot_be_one_is_refused_in_words() -> None:
    with Post() as post:
        assert post.send(letter(subject="Письмо\nBcc: x@example.org")).startswith("Письмо не принято: ")
    assert mail.outbox == []


def test_a_server_that_is_gone_does_not_spoil_the_end() -> None:
    with patch.object(EmailBackend, "close", side_effect=smtplib.SMTPServerDisconnected("ушёл")), Post() as post:
        assert post.send(letter()) == ""


def test_an_error_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), patch.object(EmailBackend, "close") as closed, Post():
        raise ZeroDivisionError
    assert closed.called
