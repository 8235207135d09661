"""Whether the portal knows an address cannot be told by what it does when somebody asks for a letter to it."""

import re
from typing import NamedTuple

import pytest
from django.core.cache import cache
from django.db import connection
from django.dispatch import Signal
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from accounts.models import OutgoingMail, User
from accounts.roles import Role
from tests.mail import delivered

pytestmark = pytest.mark.django_db
ADDRESSES = ("/accounts/password/reset/", "/accounts/login/code/")
VALUES = re.compile(r"(?<=SAVEPOINT )\"\w+\"|'(?:[^']|'')*'|\bNULL\b|\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b")


class Trace(NamedTuple):
    """What the portal did: statements without their values, templates, the answer."""

    statements: list[str]
    templates: list[str]
    status: int
    location: str


def ask(address: str, email: str) -> Trace:
    """Ask for a letter, as somebody who was never here."""
    rendered: list[str] = []

    def remember(signal: Signal, template: object, **kwargs: object) -> None:
        rendered.append(str(getattr(template, "name", "")))

    template_rendered.connect(remember)
    with CaptureQueriesContext(connection) as captured:
        answer = Client().post(address, {"email": email})
    template_rendered.disconnect(remember)
    statements = [VALUES.sub("?", one["sql"]) for one in captured]
    return Trace(statements, rendered, answer.status_code, answer.headers["Location"])


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    """One who may log in, one who may no more; the pages and the limits were asked for before."""
    cache.clear()
    User.objects.create_user("known@example.org", name="З. Знакомый", role=Role.CHAIR)
    User.objects.create_user("former@example.org", name="Б. Бывший", role=Role.CHAIR, is_active=False)
    for address in ADDRESSES:
        ask(address, "somebody@example.org")
    OutgoingMail.objects.all().delete()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_same_is_asked_rendered_and_stored(address: str) -> None:
    known, unknown, former = (ask(address, f"{who}@example.org") for who in ("known", "unknown", "former"))
    assert known.statements == unknown.statements == former.statements
    assert sum('INSERT INTO "accounts_outgoingmail"' in one for one in known.statements) == 1
    assert any("message.txt" in name for name in known.templates)
    assert known == unknown == former


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_who_may_log_in_is_written_to(address: str) -> None:
    for who in ("unknown", "former", "known"):
        ask(address, f"{who}@example.org")
    assert [letter.to for letter in delivered()] == [["known@example.org"]]
    assert list(OutgoingMail.objects.order_by("pk").values_list("recipient", "state")) == [
        ("", "nobody"),
        ("", "nobody"),
        ("known@example.org", "sent"),
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_letter_goes_to_the_address_that_is_known_and_not_to_what_was_typed(address: str) -> None:
    """The sign of the kelvin is no k, but its small letter is; it would be another mailbox."""
    ask(address, "\u212anown@example.org")
    assert [letter.to for letter in delivered()] == [["known@example.org"]]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_next_page_says_the_same(address: str) -> None:
    pages = set()
    for who in ("Known", "Unkno"):
        page = Client().post(address, {"email": f"{who}@Example.org"}, follow=True).content.decode()
        page = page.replace(f"{who.lower()}@example.org", "…")
        pages.add(re.sub(r'(csrf\w*|form_token|X-CSRFToken)("[^>]*value=|": )"[^"]*"', "", page))
    assert len(pages) == 1
