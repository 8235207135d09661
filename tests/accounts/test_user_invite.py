"""`/accounts/users/invite/`: somebody new."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.history import account_history
from accounts.invitations import invite
from accounts.models import OutgoingMail, User
from accounts.roles import Role
from tests.accounts.conftest import PASSWORD
from tests.conftest import ClientFor
from tests.mail import delivered

URL = "/accounts/users/invite/"
FORM = {"email": "New@Example.org", "name": " П.П.  Новый ", "position": "Глава", "role": "municipal"}


def test_inviting_stores_a_user_and_mails_the_link(client_for: ClientFor, secretariat: User) -> None:
    response = client_for(secretariat).post(URL, FORM)
    user = User.objects.get(email="new@example.org")
    assert (response.status_code, response["Location"]) == (302, f"/accounts/users/{user.pk}/")
    assert (user.name, user.position, user.role) == ("П.П. Новый", "Глава", Role.MUNICIPAL)
    assert not user.has_usable_password()
    [letter] = delivered()
    assert letter.to == ["new@example.org"]
    assert "3\u00a0дня" in letter.body
    assert "http://testserver/accounts/password/reset/key/" in letter.body


def test_history_says_who_invited(client_for: ClientFor, secretariat: User) -> None:
    client_for(secretariat).post(URL, FORM)
    secretariat.name = "Имя сменилось"
    secretariat.save()
    [line] = account_history(User.objects.get(email="new@example.org"))
    assert (line.reason, line.by) == ("Приглашение", "С.С. Секретарёва")


def test_allauth_knows_one_verified_address(client_for: ClientFor, secretariat: User) -> None:
    client_for(secretariat).post(URL, FORM)
    address = EmailAddress.objects.get(user__email="new@example.org")
    assert (address.email, address.primary, address.verified) == ("new@example.org", True, True)


def test_the_invited_person_sets_a_password_and_logs_in(client: Client, secretariat: User) -> None:
    user = invite(email="new@example.org", name="П.П. Новый", role=Role.CHAIR, by=secretariat)
    [link] = re.findall(r"http://testserver(\S+)", str(delivered()[0].body))
    form = client.get(link, follow=True)
    assert "Задайте пароль" in form.content.decode()
    done = client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302
    client.post("/accounts/login/", {"login": "NEW@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "Ссылка не действует" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "", "Обязательное поле"),
        ("email", "не адрес", "правильный адрес"),
        ("email", "Secretariat@example.org", "Такой адрес уже есть в портале."),
        ("email", "a" * 250 + "@example.org", "не более"),
        ("name", "", "Обязательное поле"),
        ("name", "Kотлас", "буква «K» – латинская"),
        ("name", "И" * 151, "не более"),
        ("position", "Kотлас", "буква «K» – латинская"),
        ("role", "", "Обязательное поле"),
        ("role", "emperor", "Выберите корректный вариант"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(
    client_for: ClientFor, secretariat: User, field: str, value: str, said: str
) -> None:
    response = client_for(secretariat).post(URL, FORM | {field: value})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert User.objects.count() == 1
    assert delivered() == []


def test_an_error_is_said_once(client_for: ClientFor, secretariat: User) -> None:
    page = client_for(secretariat).post(URL, FORM | {"email": secretariat.email}).content.decode()
    assert page.count("Такой адрес уже есть в портале.") == 1


def test_invite_itself_refuses_a_taken_address(secretariat: User) -> None:
    with pytest.raises(ValidationError, match="Такой адрес уже есть"):
        invite(email="SECRETARIAT@example.org", name="Кто-то", role=Role.CHAIR, by=None)


def test_invite_itself_refuses_an_address_that_is_stored_in_capitals(secretariat: User, chair: User) -> None:
    User.objects.filter(pk=chair.pk).update(email="NEW@example.org")
    with pytest.raises(ValidationError, match="Такой адрес уже есть"):
        invite(email="new@example.org", name="Кто-то", role=Role.CHAIR, by=secretariat)


def test_who_is_invited_by_two_at_once_is_invited_by_one(
    client_for: ClientFor, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(**fields: Any) -> User:
        """A colleague's invitation is stored after the form was found valid."""
        invite(**{**fields, "name": "Кто первый"})
        return invite(**fields)

    monkeypatch.setattr("accounts.views.users.invite", overtaken)
    response = client_for(secretariat).post(URL, FORM)
    assert (response.status_code, "Такой адрес уже есть в портале." in response.content.decode()) == (422, True)
    assert User.objects.get(email="new@example.org").name == "Кто первый"


def test_the_page_says_what_became_of_the_invitation(client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)
    page = client.post(URL, FORM, follow=True).content.decode()
    assert "Приглашение написано и ждёт отправки: new@example.org." in page
    assert "Ждёт отправки</span>" in page
    OutgoingMail.objects.update(state="failed", last_error="Почтовый сервер не принял адрес получателя.")
    user = User.objects.get(email="new@example.org")
    page = client.get(user.get_absolute_url()).content.decode()
    assert "Не отправлено</span>" in page
    assert "Почтовый сервер не принял адрес получателя." in page
    client.post(f"{user.get_absolute_url()}invite/")
    delivered()
    assert "Отправлено</span>" in client.get(user.get_absolute_url()).content.decode()


def test_somebody_is_stored_with_the_letter_or_not_at_all(secretariat: User) -> None:
    with patch("accounts.invitations.write_invitation", side_effect=RuntimeError), pytest.raises(RuntimeError):
        invite(email="new@example.org", name="П.П. Новый", role=Role.CHAIR, by=secretariat)
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_invitation_that_nobody_sent_is_not_spoken_of(client_for: ClientFor, secretariat: User, chair: User) -> None:
    page = client_for(secretariat).get(chair.get_absolute_url()).content.decode()
    assert "не отправляли" in page
    assert "Отправить приглашение</button>" in page


def test_only_the_secretariat_invites(client_for: ClientFor, chair: User, kostroma_official: User) -> None:
    assert client_for(None).get(URL)["Location"] == f"/accounts/login/?next={URL}"
    for person in (chair, kostroma_official):
        assert client_for(person).get(URL).status_code == 403
        assert client_for(person).post(URL, FORM).status_code == 403
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_lost_token_changes_nothing(secretariat: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    response = client.post(URL, FORM)
    assert response.status_code == 403
    assert "Форма не принята" in response.content.decode()
    assert User.objects.count() == 1


def test_other_methods_are_refused(client_for: ClientFor, secretariat: User) -> None:
    assert client_for(secretariat).delete(URL).status_code == 405
