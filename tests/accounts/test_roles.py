"""Roles are data: what somebody may stands in one table, and nothing else decides by a role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.access import NotYours, has_permission, people_with, user_deactivate_refusal
from accounts.models import User
from accounts.roles import PERMISSIONS, Office, Permission, Role, permissions_of_office
from tests.access_table import TABLE
from tests.conftest import ClientFor
from tests.loosened import loosened
from tests.roles import asked, asked_in_code


def test_every_role_and_every_permission_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)
    of_offices = [permissions_of_office(one) for one in Office]
    assert frozenset().union(*PERMISSIONS.values(), *of_offices) == frozenset(Permission)


def opened_to(user: User, client_for: ClientFor) -> set[str]:
    """The pages without arguments that the user reads, by the names of their addresses."""
    names = {line.name for line in TABLE if not line.args and ":" not in line.name}
    visitor = client_for(user)
    return {name for name in names if visitor.get(reverse(name)).status_code == 200}


@pytest.mark.slow
def test_exactly_what_a_new_role_lists_is_open_to_it(
    db: None, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PERMISSIONS, "auditor", frozenset({Permission.TAKE_ARCHIVE}))
    with loosened(User, "user_role_known"):
        auditor = User.objects.create_user("auditor@example.org", name="А", role="auditor")
        guest = User.objects.create_user("guest@example.org", name="Г", role="guest")
        assert opened_to(auditor, client_for) - opened_to(guest, client_for) == {"archive"}
        assert {one for one in Permission if has_permission(auditor, one)} == {Permission.TAKE_ARCHIVE}
        assert list(people_with(Permission.TAKE_ARCHIVE)) == [auditor]
        assert "Архив портала" in client_for(auditor).get("/").content.decode()


def test_who_is_not_let_in_may_nothing(secretariat: User) -> None:
    secretariat.is_active = False
    administrator = User(is_superuser=True)
    for nobody in (secretariat, administrator, AnonymousUser()):
        assert not any(has_permission(nobody, one) for one in Permission)


def test_a_rule_asks_for_the_permission_before_it_looks_at_the_thing(secretariat: User, chair: User) -> None:
    assert isinstance(user_deactivate_refusal(chair, chair), NotYours)
    own = user_deactivate_refusal(secretariat, secretariat)
    assert own
    assert not isinstance(own, NotYours)
    assert user_deactivate_refusal(secretariat, chair) is None


@pytest.mark.slow
def test_the_product_asks_the_table() -> None:
    assert asked() == []


@pytest.mark.parametrize(
    "asks",
    [
        "user.role == Role.CHAIR",
        'user.role != "chair"',
        "user.is_active and user.role",
        "bool(user.role)",
        'User.objects.filter(role="municipal")',
        "Q(role__in=[Role.CHAIR])",
        'user.role in ("chair", "secretariat")',
    ],
)
def test_code_that_asks_for_a_role_is_found(asks: str) -> None:
    assert asked_in_code(asks) == [1]


@pytest.mark.parametrize("gives", ["invite(role=Role.MUNICIPAL)", "Role.choices", "permissions_of(user.role) == may"])
def test_code_that_gives_a_role_is_not(gives: str) -> None:
    assert asked_in_code(gives) == []
