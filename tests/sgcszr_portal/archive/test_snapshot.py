"""While the archive reads the portal, people go on writing, and it shows one state all the same."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from sgcszr_portal.archive import contents
from sgcszr_portal.archive.contents import snapshot
from sgcszr_portal.archive.decisions import read_resolutions


@pytest.mark.django_db(transaction=True)
def test_others_write_while_it_reads_and_it_shows_one_state(secretariat: User, monkeypatch: pytest.MonkeyPatch) -> None:
    other = connection.copy("other")
    if connection.vendor == "sqlite":
        other.settings_dict = {**other.settings_dict, "OPTIONS": {**other.settings_dict["OPTIONS"], "timeout": 0}}
    read = read_resolutions

    def written_meanwhile() -> object:
        with other.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET name = 'Renamed Meanwhile' WHERE id = %s", [secretariat.pk])
        return read()

    monkeypatch.setattr(contents, "read_resolutions", written_meanwhile)
    before = secretariat.name
    try:
        with snapshot(timezone.now()) as made:
            data = made.data.read().decode()
    finally:
        other.close()
    secretariat.refresh_from_db()
    assert secretariat.name == "Renamed Meanwhile"
    assert before in data and "Renamed Meanwhile" not in data
