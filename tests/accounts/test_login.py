"""Logging in: by password, by code, with a second factor; and what is closed."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import OutgoingMail, User
from revisions.sent_once import new_token
from tests.accounts.conftest import PASSWORD
from tests.mail import delivered

pytestmark = pytest.mark.slow

URL = "/accounts/login/"


def log_in(client: Client, email: str = "colleague@example.org", password: str = PASSWORD, **more: str) -> Any:
    return client.post(URL, {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "email",
    [
        "colleague@example.org",
        "COLLEAGUE@Example.org",
        " colleague@example.org ",
        "\u200bcolleague@exam\u00adple.org\ufeff",
    ],
)
def test_by_address_in_any_case_and_password(client: Client, colleague: User, email: str) -> None:
    assert log_in(client, email)["Location"] == "/"
    assert is_in(client)


def test_logging_in_writes_no_history(client: Client, colleague: User) -> None:
    before = User.history.count()  # type: ignore[attr-defined]  # simple-history hides the manager's type
    log_in(client)
    colleague.refresh_from_db()
    assert colleague.last_login is not None
    assert User.history.count() == before  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize(
    ("email", "password"), [("colleague@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")]
)
def test_wrong_credentials_get_the_form_again(client: Client, colleague: User, email: str, password: str) -> None:
    assert log_in(client, email, password).status_code == 422
    assert not is_in(client)


def test_the_answer_does_not_tell_whether_the_address_is_known(client: Client, colleague: User) -> None:
    answers = {
        re.search(r"errorlist nonfield[^>]*>(.*?)</ul>", log_in(client, email, "wrong").content.decode()).group(1)  # type: ignore[union-attr]  # None fails the test
        for email in ("colleague@example.org", "nobody@example.org")
    }
    assert len(answers) == 1


def test_many_wrong_passwords_are_stopped(client: Client, colleague: User) -> None:
    for _ in range(6):
        log_in(client, password="wrong")
    log_in(client)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/help/", "/help/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
    ],
)
def test_next_stays_in_the_portal(client: Client, colleague: User, wanted: str, led_to: str) -> None:
    assert log_in(client, next=wanted)["Location"] == led_to


def test_by_code_from_a_letter(client: Client, colleague: User) -> None:
    client.post("/accounts/login/code/", {"email": "Colleague@example.org"})
    [letter] = delivered()
    [code] = re.findall(r"^\s*([A-Z0-9-]{6,})\s*$", str(letter.body), re.MULTILINE)
    assert "Код действует три минуты" in letter.body
    assert client.post("/accounts/login/code/confirm/", {"code": "000000"}).status_code == 422
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert is_in(client)


def test_an_unknown_address_gets_no_letter_and_the_same_page(client: Client, colleague: User) -> None:
    pages = []
    for email in ("colleague@example.org", "nobody@example.org"):
        page = Client().post("/accounts/login/code/", {"email": email}, follow=True)
        pages.append((page.status_code, page.redirect_chain[-1]))
    assert pages[0] == pages[1]
    assert [letter.to for letter in delivered()] == [["colleague@example.org"]]


def test_the_same_address_may_ask_for_a_code_again(colleague: User) -> None:
    said = {"email": colleague.email, "form_typed": "on"}  # from another browser, or after the first code is too old
    answers = [Client().post("/accounts/login/code/", said | {"form_token": new_token()}) for _ in "12"]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert OutgoingMail.objects.filter(recipient=colleague.email).count() == 2


def test_a_deactivated_user_cannot_use_a_code(client: Client, colleague: User) -> None:
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    client.post("/accounts/login/code/", {"email": colleague.email})
    assert delivered() == []
    assert not is_in(client)


def test_a_second_factor_is_asked_for(client: Client, colleague: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(colleague, secret)
    assert log_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000"})
    assert (wrong.status_code, is_in(client)) == (422, False)
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post("/accounts/2fa/authenticate/", {"code": f"{hotp_value(secret, counter):06}"})
    assert is_in(client)


def test_a_person_adds_the_second_factor(client: Client, colleague: User) -> None:
    log_in(client)
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    assert client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code == 422
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post("/accounts/2fa/totp/activate/", {"code": f"{hotp_value(secret, counter):06}"})
    assert "Подключено" in client.get("/accounts/2fa/").content.decode()
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert "Не подключено" in client.get("/accounts/2fa/").content.decode()


def test_a_code_that_is_too_old_is_not_sent(client: Client, colleague: User) -> None:
    client.post("/accounts/login/code/", {"email": colleague.email})
    letter = OutgoingMail.objects.get()
    assert letter.useful_until is not None
    assert 170 < (letter.useful_until - letter.created_at).seconds <= 181
    OutgoingMail.objects.update(useful_until=letter.created_at)
    assert delivered() == []


def test_logging_out_takes_a_press_of_a_button(client: Client, colleague: User) -> None:
    log_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)
    client.post("/accounts/logout/")
    assert not is_in(client)


@pytest.mark.parametrize("address", ["signup/", "email/", "confirm-email/", "2fa/webauthn/", "3rdparty/", ""])
def test_what_is_not_offered_does_not_exist(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404


def test_nothing_points_to_registration() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_the_admin_has_no_login_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
