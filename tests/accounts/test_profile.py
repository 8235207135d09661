"""`/accounts/profile/`: one's own account."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.models import User
from tests.conftest import ClientFor

URL = "/accounts/profile/"


def test_shows_who_one_is(client_for: ClientFor, kostroma_official: User) -> None:
    page = client_for(kostroma_official).get(URL).content.decode()
    for said in ("К.К. Костромин", "Представитель муниципалитета", "kostroma@example.org", "Кострома", "Не подключён"):
        assert said in page


def test_shows_the_second_factor(client_for: ClientFor, chair: User) -> None:
    TOTP.activate(chair, generate_totp_secret())
    assert "Подключён" in client_for(chair).get(URL).content.decode()


def test_name_and_position_are_ones_own_to_edit(client_for: ClientFor, chair: User) -> None:
    form = {"name": "Н.В. Корягина", "position": " Глава  города ", "version": 1}
    assert client_for(chair).post(URL, form).status_code == 302
    chair.refresh_from_db()
    assert (chair.position, chair.version) == ("Глава города", 2)


def test_reminders_are_wanted_until_one_says_no(client_for: ClientFor, chair: User) -> None:
    assert chair.wants_reminders
    client = client_for(chair)
    page = client.get(URL).content.decode()
    assert 'name="wants_reminders"' in page and "checked" in page
    client.post(URL, {"name": chair.name, "position": "", "version": 1})
    chair.refresh_from_db()
    assert not chair.wants_reminders


def test_role_and_address_are_not(client_for: ClientFor, chair: User) -> None:
    form = {
        "name": "Н",
        "position": "",
        "version": 1,
        "role": "secretariat",
        "email": "x@example.org",
        "is_superuser": 1,
    }
    client_for(chair).post(URL, form)
    chair.refresh_from_db()
    assert (chair.role, chair.email, chair.is_superuser) == ("chair", "chair@example.org", False)


def test_a_wrong_name_is_said_and_the_header_keeps_the_stored_one(client_for: ClientFor, chair: User) -> None:
    response = client_for(chair).post(URL, {"name": "Kотлас", "position": "", "version": 1})
    assert response.status_code == 422
    assert "буква «K» – латинская" in response.content.decode()
    assert "Н.В. Корягина</a>" in response.content.decode()


def test_two_windows_conflict(client_for: ClientFor, chair: User) -> None:
    client = client_for(chair)
    client.post(URL, {"name": "Первое", "position": "", "version": 1})
    conflict = client.post(URL, {"name": "Второе", "position": "", "version": 1})
    assert conflict.status_code == 409
    assert "Первое" in conflict.content.decode() and "Второе" in conflict.content.decode()


def test_strangers_are_asked_to_log_in_and_other_methods_refused(client_for: ClientFor, chair: User) -> None:
    assert client_for(None).get(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert client_for(chair).put(URL).status_code == 405
