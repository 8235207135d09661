"""The technical administrator: accounts at `/admin/`, and what Django and allauth ask of the portal's users."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from accounts.models import User
from accounts.requests import author
from accounts.roles import Role
from tests.conftest import ClientFor

URL = "/admin/accounts/user/"
FORM = {"email": "new@example.org", "name": "П.П. Новый", "position": "", "role": "chair", "is_active": "on"}


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", name="Т.А. Админов")


def test_an_account_is_added_without_a_password(client_for: ClientFor, administrator: User) -> None:
    assert client_for(administrator).post(f"{URL}add/", FORM).status_code == 302
    added = User.objects.get(email="new@example.org")
    assert (added.role, added.has_usable_password()) == (Role.CHAIR, False)
    assert EmailAddress.objects.get(user=added).verified


def test_letters_of_another_alphabet_are_asked_about_there_too(client_for: ClientFor, administrator: User) -> None:
    client, sent = client_for(administrator), {**FORM, "name": "П.П. Hовый"}
    asked = client.post(f"{URL}add/", sent).content.decode()
    assert "буква «H» – латинская" in asked
    assert 'name="name-letters" value="kept"' in asked
    assert client.post(f"{URL}add/", {**sent, "name-letters": "kept"}).status_code == 302
    assert User.objects.get(email="new@example.org").name == "П.П. Hовый"


def test_a_change_of_address_reaches_the_login_and_leaves_the_password(
    client_for: ClientFor, administrator: User, chair: User
) -> None:
    chair.set_password("Вологда-Кострома-1152")
    chair.save()
    client_for(administrator).post(f"{URL}{chair.pk}/change/", FORM)
    assert EmailAddress.objects.get(user=chair).email == "new@example.org"
    assert User.objects.get(pk=chair.pk).check_password("Вологда-Кострома-1152")


def test_createsuperuser_knows_an_address_in_any_case(administrator: User) -> None:
    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", interactive=False, email="ADMIN@example.org", name="Второй")


def test_people_are_called_by_their_name_and_else_by_their_address(administrator: User) -> None:
    page = Template("{% load account %}{% user_display user %}")  # as allauth's pages and letters do
    assert page.render(Context({"user": administrator})) == "Т.А. Админов"
    assert page.render(Context({"user": User(email="nameless@example.org")})) == "nameless@example.org"


def test_registration_is_closed_whatever_page_of_allauth_asks() -> None:
    assert not get_adapter().is_open_for_signup(RequestFactory().get("/"))


def test_whoever_is_not_logged_in_is_no_author() -> None:
    request = HttpRequest()
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied, match="Сначала войдите"):
        author(request)
