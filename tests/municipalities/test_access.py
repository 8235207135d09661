"""Who may do what with a municipality, as one table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Role
from municipalities import access
from municipalities.models import Municipality

#                        update  edit  internal  representatives  unlisted
TABLE = {
    "stranger":           (False, False, False, False, False),
    "secretariat":        (True,  True,  True,  True,  True),
    "chair":              (False, False, True,  False, True),
    "kostroma_official":  (True,  False, True,  False, False),
    "arkhangelsk_official": (False, False, False, False, False),
    "admin":              (False, False, False, False, False),
    "dismissed":          (False, False, False, False, False),
    "promoted":           (False, False, True,  False, True),
}  # fmt: skip


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", name="Администратор")


@pytest.fixture
def dismissed(kostroma_official: User) -> User:
    kostroma_official.is_active = False
    return kostroma_official


@pytest.fixture
def promoted(kostroma_official: User) -> User:
    """Became the chair; the old appointment gives nothing any more."""
    kostroma_official.role = Role.CHAIR
    return kostroma_official


@pytest.mark.parametrize("persona", TABLE)
def test_who_may_do_what(persona: str, request: pytest.FixtureRequest, kostroma: Municipality) -> None:
    user = AnonymousUser() if persona == "stranger" else request.getfixturevalue(persona)
    kostroma.is_listed = False
    kostroma.save()
    assert (
        access.participation_refusal(user, kostroma) is None,
        access.edit_refusal(user) is None,
        access.can_see_internal(user, kostroma),
        access.representatives_refusal(user) is None,
        kostroma in access.visible_municipalities(user),
    ) == TABLE[persona]


def test_each_refusal_has_a_reason(chair: User, arkhangelsk_official: User, kostroma: Municipality) -> None:
    reasons = {
        str(access.participation_refusal(user, kostroma)) for user in (chair, arkhangelsk_official, AnonymousUser())
    }
    assert len(reasons) == 3
    assert any("Кострома" in reason for reason in reasons)
    assert access.edit_refusal(chair)
    assert access.representatives_refusal(chair)
