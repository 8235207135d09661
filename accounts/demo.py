"""Demonstration accounts: one for each role, two municipalities' officials."""

from django.conf import settings

from accounts.models import User, demo_address
from accounts.roles import Role

PEOPLE = {
    "secretariat": ("Секретариат (демонстрация)", "Сотрудник секретариата", Role.SECRETARIAT),
    "chair": ("Председатель (демонстрация)", "Председатель Союза", Role.CHAIR),
    "kostroma": ("Представитель Костромы (демонстрация)", "Сотрудник администрации", Role.MUNICIPAL),
    "arkhangelsk": ("Представитель Архангельска (демонстрация)", "Сотрудник администрации", Role.MUNICIPAL),
}


def seed_demo_users() -> dict[str, User]:
    """Add the demonstration accounts that are missing; passwords changed since stay changed.

    Returns:
        The accounts by their key in `PEOPLE`.
    """
    users = {}
    for key, (name, position, role) in PEOPLE.items():
        stored = User.objects.filter(email=demo_address(key)).first()
        users[key] = stored or User.objects.create_user(
            demo_address(key), settings.DEMO_PASSWORD, name=name, position=position, role=role
        )
    return users
