"""The history of somebody's role on their page: changing it from a day on, and voiding what is wrong."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import RoleRecord, User
from accounts.roles import Role
from tests.accounts.roles import had_role
from tests.accounts.test_user import form, url
from tests.conftest import ClientFor

SINCE = dt.date(2025, 3, 1)


def text_of(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


def void_url(row: RoleRecord) -> str:
    return f"/accounts/users/{row.user_id}/roles/{row.pk}/void/"


def test_a_role_changes_from_a_day_on(client_for: ClientFor, secretariat: User, chair: User) -> None:
    client = client_for(secretariat)
    changed = form(chair, role=Role.MUNICIPAL, role_since="2025-03-01")
    assert client.post(url(chair), changed).status_code == 302
    chair.refresh_from_db()
    assert (chair.role, chair.roles, chair.version) == (
        "municipal",
        [["chair", "2000-01-01"], ["municipal", "2025-03-01"]],
        2,
    )
    row = chair.role_records.latest("pk")
    assert (row.actor, row.actor_name) == (secretariat, "С.С. Секретарёва")
    page = text_of(client.get(url(chair)))
    for told in ("Роль: Председатель", "день не указан", "Председатель по 28 февраля 2025 г.", "с 1 марта 2025 г."):
        assert told in page


def test_without_a_day_it_changes_today(client_for: ClientFor, secretariat: User, chair: User) -> None:
    assert client_for(secretariat).post(url(chair), form(chair, role=Role.MUNICIPAL)).status_code == 302
    chair.refresh_from_db()
    assert chair.role_records.latest("pk").happened_on == dt.datetime.now(tz=dt.UTC).astimezone().date()


def test_a_day_that_became_known_is_written_down(client_for: ClientFor, secretariat: User, chair: User) -> None:
    assert client_for(secretariat).post(url(chair), form(chair, role_since="2025-03-01")).status_code == 302
    chair.refresh_from_db()
    assert (chair.role, chair.roles) == ("chair", [["chair", "2025-03-01"]])


def test_other_edits_write_no_role(client_for: ClientFor, secretariat: User, chair: User) -> None:
    client_for(secretariat).post(url(chair), form(chair, position="Мэр"))
    assert not RoleRecord.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2999-01-01", "Эта дата ещё не наступила"),
        ("1999-01-01", "Укажите дату не раньше 1 января 2000 г."),
        ("давно", "Укажите дату так: 27.06.2024."),
        ("2026-03-01", "Роль с этого дня и так такая."),
    ],
)
def test_a_wrong_day_is_said_beside_its_field(
    client_for: ClientFor, secretariat: User, chair: User, typed: str, said: str
) -> None:
    had_role(chair, since=SINCE, by=secretariat)
    answer = client_for(secretariat).post(url(chair), form(chair, role_since=typed, name="Н.В. Новая"))
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["role_since"]).replace("\xa0", " ")
    assert f'value="{typed}"' in text_of(answer) and "Н.В. Новая" in text_of(answer)
    assert RoleRecord.objects.count() == 1


def test_an_invited_person_may_have_a_first_day(client_for: ClientFor, secretariat: User) -> None:
    said = {"email": "new@example.org", "name": "П.П. Новый", "role": "chair", "role_since": "2025-03-01"}
    assert client_for(secretariat).post("/accounts/users/invite/", said).status_code == 302
    new = User.objects.get(email="new@example.org")
    assert (new.role, new.roles) == ("chair", [["chair", "2025-03-01"]])
    assert new.role_records.get().actor == secretariat


def test_a_wrong_row_is_voided_with_the_right_one(client_for: ClientFor, secretariat: User, chair: User) -> None:
    row, client = had_role(chair, since=SINCE, by=secretariat), client_for(secretariat)
    opened = client.get(void_url(row))
    assert [opened.context["right"][one].value() for one in ("role", "since")] == ["chair", SINCE]
    said = {"reason": "Не тот день.", "version": chair.version}
    alone = client.post(void_url(row), said)
    assert (alone.status_code, "не осталось бы роли" in text_of(alone)) == (422, True)
    right = {"replaces": "on", "right-role": "chair", "right-since": ""}
    assert client.post(void_url(row), said | right)["Location"] == url(chair)
    chair.refresh_from_db()
    assert (chair.role, [one.days_in_words for one in chair.held_roles]) == ("chair", [""])
    page = text_of(client.get(url(chair)))
    assert "Запись отменена" in page and "Не тот день." in page
    assert client.get(void_url(row)).status_code == 403
    unknown = chair.role_records.get(day_is_known=False)
    assert client.get(void_url(unknown)).context["right"]["since"].value() is None


def test_people_see_since_when_they_have_their_role(client_for: ClientFor, secretariat: User, chair: User) -> None:
    had_role(chair, since=SINCE, by=secretariat)
    assert "Председатель с 1 марта 2025 г." in text_of(client_for(chair).get("/accounts/profile/"))
    root = User.objects.create_superuser("root@example.org", name="Т.Т. Техник")
    assert "Технический администратор" in text_of(client_for(root).get("/accounts/profile/"))


def test_the_technical_administrator_changes_a_role_from_today_and_reads_the_history(
    client_for: ClientFor, chair: User
) -> None:
    root = User.objects.create_superuser("root@example.org", name="Т.Т. Техник")
    client, address = client_for(root), f"/admin/accounts/user/{chair.pk}/change/"
    typed = {"email": chair.email, "name": chair.name, "position": "Глава", "role": "municipal", "is_active": "on"}
    assert client.post(address, typed).status_code == 302
    chair.refresh_from_db()
    assert (chair.role, chair.position, [role for role, _ in chair.roles]) == (
        "municipal",
        "Глава",
        ["chair", "municipal"],
    )
    assert chair.role_records.latest("pk").actor == root
    assert client.post(address, typed).status_code == 302
    assert chair.role_records.count() == 2
    listed = text_of(client.get("/admin/accounts/rolerecord/"))
    assert "Роль: Представитель муниципалитета" in listed
    assert client.get("/admin/accounts/rolerecord/add/").status_code == 403


def test_a_technical_administrator_may_get_a_role_and_lose_it(client_for: ClientFor) -> None:
    root = User.objects.create_superuser("root@example.org", name="Т.Т. Техник")
    for role in (Role.CHAIR, ""):
        typed = {"email": root.email, "name": root.name, "role": role, "is_active": "on"}
        typed |= {"is_staff": "on", "is_superuser": "on"}
        assert client_for(root).post(f"/admin/accounts/user/{root.pk}/change/", typed).status_code == 302
    root.refresh_from_db()
    assert (root.role, [role for role, _ in root.roles]) == ("", ["", "chair", ""])
    assert "технический администратор" in root.role_records.latest("pk").name
