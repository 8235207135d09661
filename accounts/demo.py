"""Demonstration accounts: one for each role, two municipalities' officials."""

from django.conf import settings

from accounts.models import Role, User

DOMAIN = "sgcszr.example"  # reserved for examples; no mail ever arrives there

PEOPLE = {
    "secretariat": ("Секретариат (демонстрация)", "Сотрудник секретариата", Role.SECRETARIAT),
    "chair": ("Председатель (демонстрация)", "Председатель Союза", Role.CHAIR),
    "kostroma": ("Представитель Костромы (демонстрация)", "Сотрудник администрации", Role.MUNICIPAL),
    "arkhangelsk": ("Представитель Архангельска (демонстрация)", "Сотрудник администрации", Role.MUNICIPAL),
}


def demo_address(key: str) -> str:
    """The e-mail address of a demonstration account, by its key in `PEOPLE`."""
    return f"{key}@{DOMAIN}"


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


def demo_data_loaded() -> bool:
    """Whether this portal shows demonstration data: pages carry a banner then."""
    return User.objects.filter(email=demo_address("secretariat")).exists()
