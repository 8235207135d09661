"""Withdrawing a practice and publishing it again."""

import pytest
from django.test import Client

from municipalities.models import Municipality
from municipalities.practices.models import Practice

pytestmark = pytest.mark.django_db


def address(practice: Practice) -> str:
    return f"/practices/{practice.pk}/publication/"


def withdraw(client: Client, practice: Practice, published: str = "no", reason: str = "Данные устарели.") -> int:
    return client.post(address(practice), {"published": published, "reason": reason}).status_code


def test_it_is_withdrawn_with_a_reason_and_comes_back(
    client: Client, owner: Client, other: Client, practice: Practice
) -> None:
    assert withdraw(owner, practice) == 302
    for visitor in (client, other):
        assert visitor.get(practice.get_absolute_url()).status_code == 404
    page = owner.get(practice.get_absolute_url()).content.decode()
    assert "Снята с публикации: Данные устарели." in page
    assert withdraw(owner, practice, "yes", "Обновили.") == 302
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "Данные устарели." not in page
    history = list(practice.history.values_list("history_change_reason", flat=True))  # type: ignore[attr-defined]  # a manager
    assert history[:2] == ["Обновили.", "Данные устарели."]


def test_doing_it_twice_changes_nothing_the_second_time(owner: Client, practice: Practice) -> None:
    withdraw(owner, practice)
    withdraw(owner, practice, reason="Ещё раз.")
    practice.refresh_from_db()
    assert (practice.version, practice.withdrawn_because) == (2, "Данные устарели.")


@pytest.mark.parametrize(
    ("published", "reason"), [("no", ""), ("no", "   "), ("no", "Kотлас"), ("no", "я" * 301), ("perhaps", "Так.")]
)
def test_a_bad_form_changes_nothing(owner: Client, practice: Practice, published: str, reason: str) -> None:
    assert withdraw(owner, practice, published, reason) == 422
    practice.refresh_from_db()
    assert practice.is_published


def test_others_are_told_why_not(other: Client, practice: Practice) -> None:
    assert withdraw(other, practice) == 403
    practice.refresh_from_db()
    assert practice.is_published


def test_the_page_says_what_is_not_done_with_a_withdrawn_practice_to_whom_it_would_be_open(
    owner: Client, secretary: Client, practice: Practice, arkhangelsk: Municipality
) -> None:
    withdraw(owner, practice)
    assert "отметить её нельзя" in secretary.get(practice.get_absolute_url()).content.decode()
    assert "отметить её нельзя" not in owner.get(practice.get_absolute_url()).content.decode()
