"""`/accounts/users/<id>/`: one account, as the secretariat edits it."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.history import account_history
from accounts.models import User
from accounts.roles import Role
from tests.conftest import ClientFor

pytestmark = pytest.mark.slow


def url(user: User) -> str:
    return f"/accounts/users/{user.pk}/"


def form(user: User, **changes: Any) -> dict[str, Any]:
    fields = ("name", "position", "role", "email", "version")
    return {field: getattr(user, field) for field in fields} | changes


def test_the_secretariat_edits_an_account(client_for: ClientFor, secretariat: User, chair: User) -> None:
    response = client_for(secretariat).post(url(chair), form(chair, name="Н.В.  Корягина-Новая", position="Мэр"))
    assert response.status_code == 302
    chair.refresh_from_db()
    assert (chair.name, chair.position, chair.version) == ("Н.В. Корягина-Новая", "Мэр", 2)


def test_history_shows_who_changed_what(client_for: ClientFor, secretariat: User, chair: User) -> None:
    client_for(secretariat).post(url(chair), form(chair, role=Role.MUNICIPAL))
    latest = account_history(chair)[0]
    [change] = latest.fields
    assert latest.by == "С.С. Секретарёва"
    assert (change.label, change.before, change.after) == ("роль", "Председатель", "Представитель муниципалитета")
    page = client_for(secretariat).get(url(chair)).content.decode()
    assert "<del>Председатель</del>" in page and "<ins>Представитель муниципалитета</ins>" in page


def test_a_new_address_logs_in_and_the_old_one_does_not(
    client_for: ClientFor, secretariat: User, colleague: User
) -> None:
    client_for(secretariat).post(url(colleague), form(colleague, email="Moved@example.org"))
    assert [a.email for a in EmailAddress.objects.filter(user=colleague, verified=True)] == ["moved@example.org"]
    logged_in = {
        address: Client().login(email=address, password="Вологда-Кострома-1152")
        for address in ("moved@example.org", "colleague@example.org")
    }
    assert logged_in == {"moved@example.org": True, "colleague@example.org": False}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "secretariat@EXAMPLE.org", "Такой адрес уже есть в портале."),
        ("name", "Kотлас", "буква «K» – латинская"),
        ("name", "Н" * 151, "не более"),
        ("role", "emperor", "Выберите корректный вариант"),
        ("version", "x", "Введите целое число"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(
    client_for: ClientFor, secretariat: User, chair: User, field: str, value: str, said: str
) -> None:
    response = client_for(secretariat).post(url(chair), form(chair, **{field: value}))
    assert response.status_code == 422
    assert said in response.content.decode()
    chair.refresh_from_db()
    assert (chair.version, chair.name) == (1, "Н.В. Корягина")


def test_of_two_secretaries_the_second_sees_both_texts(
    client_for: ClientFor, secretariat: User, colleague: User, chair: User
) -> None:
    opened = form(chair)
    client_for(colleague).post(url(chair), opened | {"position": "Председатель Союза"})
    second = client_for(secretariat)
    conflict = second.post(url(chair), opened | {"position": "Глава Костромы"})
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Председатель Союза" in page and "Глава Костромы" in page
    assert 'name="version" value="2"' in page
    chair.refresh_from_db()
    assert chair.position == "Председатель Союза"
    second.post(url(chair), opened | {"position": "Глава Костромы", "version": 2})
    chair.refresh_from_db()
    assert (chair.position, chair.version) == ("Глава Костромы", 3)


def test_the_last_secretary_stays_one(client_for: ClientFor, secretariat: User) -> None:
    response = client_for(secretariat).post(url(secretariat), form(secretariat, role=Role.CHAIR))
    assert response.status_code == 422
    assert "последняя действующая учётная запись секретариата" in response.content.decode()
    secretariat.refresh_from_db()
    assert (secretariat.role, secretariat.version) == (Role.SECRETARIAT, 1)


def test_one_of_two_secretaries_may_leave(client_for: ClientFor, secretariat: User, colleague: User) -> None:
    assert client_for(secretariat).post(url(colleague), form(colleague, role=Role.CHAIR)).status_code == 302


def test_technical_administrators_are_not_the_secretariats(client_for: ClientFor, secretariat: User) -> None:
    root = User.objects.create_superuser("root@example.org", name="Администратор")
    client = client_for(secretariat)
    for response in (client.get(url(root)), client.post(url(root), form(root, email="mine@example.org"))):
        assert response.status_code == 403
    root.refresh_from_db()
    assert root.email == "root@example.org"


def test_only_the_secretariat_comes_here(client_for: ClientFor, chair: User, kostroma_official: User) -> None:
    assert client_for(None).get(url(chair))["Location"] == f"/accounts/login/?next={url(chair)}"
    for person in (chair, kostroma_official):
        assert client_for(person).get(url(chair)).status_code == 403
        assert client_for(person).post(url(chair), form(chair, role="secretariat")).status_code == 403


def test_somebody_who_does_not_exist_is_not_found(client_for: ClientFor, secretariat: User) -> None:
    assert client_for(secretariat).get("/accounts/users/999999/").status_code == 404


def test_other_methods_are_refused(client_for: ClientFor, secretariat: User, chair: User) -> None:
    assert client_for(secretariat).put(url(chair)).status_code == 405
