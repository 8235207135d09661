"""No request talks to a mail server: whoever writes letters stores them."""

import re
import smtplib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import OutgoingMail, User
from accounts.roles import Role
from municipalities.models import Municipality
from municipalities.practices.models import PracticeRequest
from municipalities.surveys.models import SurveyRound
from revisions.sent_once import new_token
from tests.accounts.mail.factory import states
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.practices.factory import practice
from tests.municipalities.surveys.factory import a_round

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = Path(__file__).parents[3]
NEWCOMER = {"email": "new@example.org", "name": "Н.Н. Новая", "role": "chair"}
REPRESENTATIVE = {"invite-email": "new@example.org", "invite-name": "Н.Н. Новая"}


class Portal:
    """A round, a practice with a question, and those who write letters about them."""

    def __init__(self, client_for: ClientFor, secretariat: User, kostroma: Municipality, asker: User) -> None:
        self.secretary, self.asker, self.stranger = client_for(secretariat), client_for(asker), Client()
        city = asker.representations.get().municipality
        self.survey: SurveyRound = a_round(kostroma, city, opened_by=secretariat)
        self.practice = practice(kostroma)
        self.invited = User.objects.create_user("invited@example.org", name="П. Приглашённый", role=Role.CHAIR)
        self.asked = PracticeRequest.ask(self.practice, city, question="Как?", by=asker)


@pytest.fixture
def portal(
    client_for: ClientFor,
    secretariat: User,
    kostroma: Municipality,
    kostroma_official: User,
    arkhangelsk_official: User,
) -> Portal:
    cache.clear()
    return Portal(client_for, secretariat, kostroma, arkhangelsk_official)


Deed = Callable[[Portal, dict[str, str]], object]
SENDERS: dict[str, tuple[Deed, int]] = {
    "an invitation": (lambda p, t: p.secretary.post("/accounts/users/invite/", NEWCOMER | t), 1),
    "an invitation again": (
        lambda p, t: p.secretary.post(f"/accounts/users/{p.invited.pk}/invite/", t),
        1,
    ),
    "a representative": (
        lambda p, t: p.secretary.post("/municipalities/kostroma/representatives/invite/", REPRESENTATIVE | t),
        1,
    ),
    "invitations to a round": (lambda p, t: p.secretary.post(f"/surveys/{p.survey.pk}/letters/invitation/", t), 2),
    "reminders of a round": (lambda p, t: p.secretary.post(f"/surveys/{p.survey.pk}/letters/reminder/", t), 2),
    "one reminder": (
        lambda p, t: p.secretary.post(
            f"/surveys/{p.survey.pk}/responses/kostroma/letters/reminder/", {"how": "email"} | t
        ),
        1,
    ),
    "a question": (
        lambda p, t: p.asker.post(
            f"/practices/{p.practice.pk}/ask/", {"municipality": "arkhangelsk", "question": "А ещё?"} | t
        ),
        1,
    ),
    "a question again": (lambda p, t: p.asker.post(f"/practices/requests/{p.asked.pk}/mail/", t), 1),
    "an answer": (lambda p, t: p.secretary.post(p.asked.get_absolute_url(), {"answer": "Так."} | t), 1),
    "a forgotten password": (
        lambda p, t: p.stranger.post("/accounts/password/reset/", {"email": "kostroma@example.org"} | t),
        1,
    ),
    "a code": (lambda p, t: p.stranger.post("/accounts/login/code/", {"email": "kostroma@example.org"} | t), 1),
}


@pytest.fixture
def no_mail_server() -> Iterator[None]:
    """Whoever asks for one fails, in whatever way they ask."""
    talking = AssertionError("A request talks to a mail server.")
    with (
        patch("accounts.mail.server.get_connection", side_effect=talking),
        patch("django.core.mail.get_connection", side_effect=talking),
        patch("django.core.mail.message.EmailMessage.send", side_effect=talking),
        patch.object(smtplib.SMTP, "__init__", side_effect=talking),
        patch.object(socket, "create_connection", side_effect=talking),
    ):
        yield


@pytest.mark.parametrize("sender", SENDERS)
def test_what_writes_letters_stores_them(
    portal: Portal, sender: str, no_mail_server: None, request: pytest.FixtureRequest
) -> None:
    deed, letters = SENDERS[sender]
    deed(portal, {"form_token": new_token()})
    assert list(states().values()) == ["waiting"] * letters


@pytest.mark.parametrize("sender", SENDERS)
def test_the_worker_sends_what_they_stored(portal: Portal, sender: str) -> None:
    deed, letters = SENDERS[sender]
    deed(portal, {})
    assert len(delivered()) == letters


@pytest.mark.django_db(transaction=True)
def test_a_request_that_fails_after_it_wrote_leaves_no_letter(portal: Portal) -> None:
    portal.secretary.raise_request_exception = False
    said = {"form_token": new_token()}
    with patch("municipalities.surveys.views.letters.counted", side_effect=RuntimeError):
        answer = portal.secretary.post(f"/surveys/{portal.survey.pk}/letters/reminder/", said)
    assert answer.status_code == 500
    assert not OutgoingMail.objects.exists()
    assert portal.secretary.post(f"/surveys/{portal.survey.pk}/letters/reminder/", said).status_code == 302
    assert OutgoingMail.objects.count() == 2


def test_one_module_alone_knows_how_to_reach_a_mail_server() -> None:
    talks = re.compile(r"get_connection|send_mail\b|send_mass_mail|mail_admins|mail_managers|smtplib|\.send_messages")
    houses = [path for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name != "tests"]
    modules = [module for house in houses for module in house.rglob("*.py")]
    assert {str(path.relative_to(ROOT)) for path in modules if talks.search(path.read_text(encoding="utf-8"))} == {
        "accounts/mail/server.py",
        "accounts/adapter.py",  # the library's own name for what stores a letter
        "accounts/forgetful.py",
    }
