"""What the database itself refuses about people."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role


def breaks(name: str, **fields: object) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.bulk_create([User(name="Кто-то", **fields)])
    if "sqlite" not in str(type(refused.value.__cause__)):
        assert name in str(refused.value)


def test_an_address_is_there_once_whatever_its_case(secretariat: User) -> None:
    breaks("user_email_once", email="SECRETARIAT@example.org", role=Role.CHAIR)


def test_a_calendar_key_is_one_users(secretariat: User, chair: User) -> None:
    breaks("user_calendar_key_once", email="x@example.org", role=Role.CHAIR, calendar_key=chair.new_calendar_key())
    User.objects.bulk_create([User(name="Кто-то", email="x@example.org", role=Role.CHAIR)])  # nobody else has one


def test_a_role_is_one_of_three(db: None) -> None:
    breaks("user_role_known", email="x@example.org", role="emperor")


def test_only_technical_administrators_have_no_role(db: None) -> None:
    breaks("user_has_role_or_is_superuser", email="x@example.org", role="")
    User.objects.create_superuser("root@example.org", name="Администратор")
