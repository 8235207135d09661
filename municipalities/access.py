"""Who may do what with municipalities. Each rule says in Russian why it refuses; views and templates ask the same."""

from accounts.access import Visitor, is_chair, is_secretariat, is_union_staff
from accounts.models import Role, User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.models.municipality import MunicipalityQuerySet
from revisions.replay import void_refusal


def visible_municipalities(user: Visitor) -> MunicipalityQuerySet:
    """Everybody sees the Union's list; its own people also see what was taken off it."""
    everything = Municipality.objects.all()
    return everything if can_see_unlisted(user) else everything.listed()


def can_see_unlisted(user: Visitor) -> bool:
    """Municipalities taken off the list stay readable for the Union's people."""
    return is_union_staff(user)


def represents(user: Visitor, municipality: Municipality) -> bool:
    """Whether the user speaks for this municipality: the role and the appointment are both needed."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.role == Role.MUNICIPAL
        and municipality.representatives.filter(user=user).exists()
    )


def own_municipalities(user: Visitor) -> MunicipalityQuerySet:
    """The listed municipalities that a representative keeps up to date."""
    if not (isinstance(user, User) and user.is_active and user.role == Role.MUNICIPAL):
        return Municipality.objects.none()
    return Municipality.objects.listed().filter(representatives__user=user).order_by("name")


def can_see_internal(user: Visitor, municipality: Municipality) -> bool:
    """Internal comments, authors, representatives and edits: for the Union's people and the municipality's own."""
    return is_union_staff(user) or represents(user, municipality)


def participation_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not record participation.

    Args:
        user: who asks.
        municipality: whose status it is.

    Returns:
        A sentence; None when it is allowed (the secretariat: any; a representative: their own).
    """
    if is_secretariat(user) or represents(user, municipality):
        return None
    if is_chair(user):
        return "Председатель читает сведения об участии; вносят их секретариат и представители муниципалитета."
    if isinstance(user, User) and user.role == Role.MUNICIPAL:
        return (
            f"Вы не представляете это муниципальное образование ({municipality.name}): "
            "сведения о нём вносят его представители и секретариат."
        )
    return "Сведения об участии вносят секретариат и представители муниципалитета."


def participation_void_refusal(user: Visitor, record: ParticipationRecord) -> str | None:
    """Why the user may not void a record of participation; None when allowed."""
    return void_refusal(record) if is_secretariat(user) else "Неверные записи об участии отменяет секретариат."


def can_update_participation(user: Visitor, municipality: Municipality) -> bool:
    """Whether `participation_refusal` has nothing to say."""
    return participation_refusal(user, municipality) is None


def index_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not enter results of the index; None when allowed (the secretariat, own representatives)."""
    if is_secretariat(user) or represents(user, municipality):
        return None
    return "Результаты индекса «IQ городов» вносят секретариат и представители муниципального образования."


def contacts_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not keep the contacts; None when allowed. `can_see_internal` says who reads them."""
    if is_secretariat(user) or represents(user, municipality):
        return None
    return "Контакты ведут секретариат и представители муниципального образования."


def edit_refusal(user: Visitor) -> str | None:
    """Why the user may not add municipalities, change their facts or take them off the list; None when allowed."""
    return None if is_secretariat(user) else "Перечень и сведения о муниципальных образованиях ведёт секретариат."


def can_add(user: Visitor) -> bool:
    """The secretariat keeps the list."""
    return edit_refusal(user) is None


def can_edit(user: Visitor, municipality: Municipality) -> bool:
    """Name, region, ОКТМО, population, coordinates, place in the list."""
    return edit_refusal(user) is None


def representatives_refusal(user: Visitor) -> str | None:
    """Why the user may not appoint representatives; None when allowed."""
    return None if is_secretariat(user) else "Представителей муниципальных образований назначает секретариат."


def can_manage_representatives(user: Visitor, municipality: Municipality) -> bool:
    """Appointing, inviting, removing."""
    return representatives_refusal(user) is None


def links_refusal(user: Visitor) -> str | None:
    """Why the user may not replace or withdraw personal links; None when allowed."""
    return None if is_secretariat(user) else "Личные ссылки выдаёт и отзывает секретариат."


def import_refusal(user: Visitor) -> str | None:
    """Why the user may not load workbooks or read the log of uploads; None when allowed."""
    return None if is_secretariat(user) else "Таблицы из Excel загружает секретариат."


def can_import(user: Visitor) -> bool:
    """Whether `import_refusal` has nothing to say."""
    return import_refusal(user) is None
