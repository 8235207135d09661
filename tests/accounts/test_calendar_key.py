"""The key of a user's private calendar: random, one user's, and a secret that no history keeps."""

import re

from accounts.history import account_history
from accounts.models import User
from tests.conftest import ClientFor


def test_a_user_begins_without_one(secretariat: User, chair: User) -> None:
    assert (secretariat.calendar_key, chair.calendar_key) == ("", "")


def test_a_key_is_random_and_fits_an_address(secretariat: User, chair: User) -> None:
    keys = {secretariat.new_calendar_key(), chair.new_calendar_key(), secretariat.new_calendar_key()}
    assert len(keys) == 3
    assert all(re.fullmatch(r"[\w-]{32}", key, re.ASCII) for key in keys)


def test_the_last_key_counts(secretariat: User) -> None:
    former, key = secretariat.new_calendar_key(), secretariat.new_calendar_key()
    assert secretariat.calendar_key == key
    assert User.objects.get(calendar_key=key) == secretariat
    assert not User.objects.filter(calendar_key=former).exists()


def test_nothing_else_is_stored(secretariat: User) -> None:
    secretariat.name = "Ещё не сохранено"
    secretariat.new_calendar_key()
    stored = User.objects.get(pk=secretariat.pk)
    assert (stored.name, stored.version) == ("С.С. Секретарёва", 1)


def test_history_knows_nothing_of_it(secretariat: User) -> None:
    secretariat.new_calendar_key()
    assert len(account_history(secretariat)) == 1
    lines = secretariat.history.all()  # type: ignore[attr-defined]  # a manager
    assert "calendar_key" not in {field.name for field in lines.model._meta.get_fields()}


def test_an_edit_of_the_account_keeps_it(client_for: ClientFor, secretariat: User, chair: User) -> None:
    key = chair.new_calendar_key()
    form = {"name": "Н.В. Новая", "position": "", "role": chair.role, "email": chair.email, "version": chair.version}
    assert client_for(secretariat).post(f"/accounts/users/{chair.pk}/", form).status_code == 302
    chair.refresh_from_db()
    assert (chair.name, chair.calendar_key) == ("Н.В. Новая", key)
