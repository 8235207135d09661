"""`/accounts/users/<id>/deactivate/`, `/activate/` and `/invite/`: what buttons do."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.history import account_history
from accounts.models import User
from accounts.people import deactivate
from accounts.roles import Role
from tests.accounts.conftest import PASSWORD
from tests.conftest import ClientFor
from tests.mail import delivered


def url(user: User, action: str) -> str:
    return f"/accounts/users/{user.pk}/{action}/"


def test_deactivating_ends_open_sessions(client_for: ClientFor, secretariat: User, colleague: User) -> None:
    out_soon = client_for(colleague)
    assert out_soon.get("/accounts/profile/").status_code == 200
    client_for(secretariat).post(url(colleague, "deactivate"))
    assert out_soon.get("/accounts/profile/").status_code == 302


def test_the_deactivated_cannot_log_in_until_activated(
    client_for: ClientFor, secretariat: User, colleague: User
) -> None:
    client = client_for(secretariat)
    client.post(url(colleague, "deactivate"))
    refused = Client().post("/accounts/login/", {"login": colleague.email, "password": PASSWORD}, follow=True)
    assert not refused.wsgi_request.user.is_authenticated
    client.post(url(colleague, "activate"))
    assert Client().login(email=colleague.email, password=PASSWORD)


def test_history_tells_off_and_on(client_for: ClientFor, secretariat: User, colleague: User) -> None:
    client = client_for(secretariat)
    for action in ("deactivate", "deactivate", "activate"):
        client.post(url(colleague, action))
    lines = [(line.reason, line.by) for line in account_history(colleague)]
    assert lines[:2] == [
        ("Учётная запись включена", "С.С. Секретарёва"),
        ("Учётная запись отключена", "С.С. Секретарёва"),
    ]
    assert len(lines) == 3


def test_an_edit_opened_before_the_switch_conflicts(client_for: ClientFor, secretariat: User, colleague: User) -> None:
    client = client_for(secretariat)
    client.post(url(colleague, "deactivate"))
    stale = {"name": "Иное", "position": "", "role": "secretariat", "email": colleague.email, "version": 1}
    assert client.post(f"/accounts/users/{colleague.pk}/", stale).status_code == 409


def test_nobody_switches_themselves_off(client_for: ClientFor, secretariat: User, colleague: User) -> None:
    response = client_for(secretariat).post(url(secretariat, "deactivate"))
    assert response.status_code == 403
    assert "Собственную учётную запись отключить нельзя" in response.content.decode()


def test_somebody_of_the_secretariat_remains(secretariat: User, chair: User) -> None:
    with pytest.raises(ValidationError, match="последняя действующая учётная запись секретариата"):
        deactivate(secretariat, by=chair)
    secretariat.refresh_from_db()
    assert secretariat.is_active


def test_two_who_switch_each_other_off_at_once_do_not_both_succeed(
    client_for: ClientFor, secretariat: User, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(manager: User, person: User) -> None:
        """The other button was pressed after this request was let in."""
        User.objects.filter(pk=manager.pk).update(is_active=False)

    monkeypatch.setattr("accounts.views.users.user_deactivate_refusal", overtaken)
    response = client_for(secretariat).post(url(colleague, "deactivate"))
    assert response.status_code == 403
    assert "последняя действующая учётная запись секретариата" in response.content.decode()
    colleague.refresh_from_db()
    assert colleague.is_active


def test_technical_administrators_cannot_be_switched_off(client_for: ClientFor, secretariat: User) -> None:
    root = User.objects.create_superuser("root@example.org", name="Администратор", role=Role.SECRETARIAT)
    assert client_for(secretariat).post(url(root, "deactivate")).status_code == 403


def test_the_invitation_is_sent_again(client_for: ClientFor, secretariat: User, chair: User) -> None:
    client_for(secretariat).post(url(chair, "invite"))
    assert [letter.to for letter in delivered()] == [[chair.email]]


def test_who_has_logged_in_needs_no_invitation(client_for: ClientFor, secretariat: User, chair: User) -> None:
    client_for(chair)  # logs in
    assert client_for(secretariat).post(url(chair, "invite")).status_code == 403
    assert delivered() == []


def test_the_page_says_why_no_invitation_is_sent_and_why_nobody_locks_themselves_out(
    client_for: ClientFor, secretariat: User
) -> None:
    secretariat.last_login = timezone.now()
    secretariat.save()
    page = client_for(secretariat).get(secretariat.get_absolute_url()).content.decode()
    assert "Приглашение нужно только тому, кто ещё ни разу не входил" in page
    assert "Собственную учётную запись отключить нельзя" in page


@pytest.mark.parametrize("action", ["deactivate", "activate", "invite"])
def test_who_may_press_and_how(client_for: ClientFor, secretariat: User, chair: User, action: str) -> None:
    address = url(secretariat, action)
    assert client_for(None).post(address)["Location"].startswith("/accounts/login/")
    assert client_for(chair).post(address).status_code == 403
    looked = client_for(secretariat).get(address)
    assert (looked.status_code, looked["Allow"]) == (405, "POST")
    assert "Так эту страницу не открыть" in looked.content.decode()


@pytest.mark.parametrize("action", ["deactivate", "activate", "invite"])
def test_a_lost_token_changes_nothing(secretariat: User, colleague: User, action: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    assert client.post(url(colleague, action)).status_code == 403
    colleague.refresh_from_db()
    assert (colleague.is_active, colleague.mail.count(), colleague.version) == (True, 0, 1)
