"""Who may do what with municipalities. Each rule says in Russian why it refuses; views and templates ask the same."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from accounts.access import (
    NotYours,
    Visitor,
    day_refusal,
    had_permission,
    has_permission,
    people_with,
    permission_refusal,
)
from accounts.roles import Permission
from municipalities.models import Membership, Municipality, ParticipationRecord, Representative
from municipalities.models.belonging import written_by_merger
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.representative import RepresentativeQuerySet
from revisions.ledger import LedgerRow
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date


def visible_municipalities(user: Visitor) -> MunicipalityQuerySet:
    """Everybody sees what the portal tells of; the Union's people also see what was withdrawn as typed by mistake."""
    everything = Municipality.objects.all()
    return everything if can_see_unlisted(user) else everything.listed()


def can_see_unlisted(user: Visitor) -> bool:
    """Municipalities withdrawn as typed by mistake stay readable for the Union's people."""
    return has_permission(user, Permission.READ_INTERNAL)


def represents(user: Visitor, municipality: Municipality) -> bool:
    """Whether the user speaks for this municipality: the permission and the appointment are both needed."""
    if not has_permission(user, Permission.KEEP_OWN_MUNICIPALITY):
        return False
    return municipality.representatives.speaking().filter(user=user.pk).exists()


def _keeps(user: Visitor, municipality: Municipality) -> bool:
    """Those who tell about a municipality: who keeps the registry about any, representatives about their own."""
    return has_permission(user, Permission.KEEP_REGISTRY) or represents(user, municipality)


def own_municipalities(user: Visitor) -> MunicipalityQuerySet:
    """The listed municipalities that a representative keeps up to date."""
    if not has_permission(user, Permission.KEEP_OWN_MUNICIPALITY):
        return Municipality.objects.none()
    own = Representative.objects.speaking().filter(user=user)
    return Municipality.objects.listed().filter(pk__in=own.values("municipality")).order_by("name")


def own_keys(user: Visitor) -> frozenset[int]:
    """The keys of `own_municipalities`, for the condition of another query. One query.

    They are few. Nested in that query, they might be asked anew for each of its rows, where PostgreSQL's statistics are
    old.
    """
    return frozenset(own_municipalities(user).order_by().values_list("pk", flat=True))


def speaking() -> RepresentativeQuerySet:
    """The appointments by which somebody speaks for a listed municipality today: let in, and with the permission."""
    people = people_with(Permission.KEEP_OWN_MUNICIPALITY).order_by()
    return Representative.objects.speaking().filter(user__in=people, municipality__is_listed=True)


def represented_on(user: Visitor, municipality: Municipality, day: dt.date) -> bool:
    """Whether somebody who represents a municipality today did so on a day, role and appointment. Two queries."""
    if not (represents(user, municipality) and had_permission(user, Permission.KEEP_OWN_MUNICIPALITY, day)):
        return False
    return municipality.representatives.lasting(day).filter(user=user.pk).exists()


def representation_refusal(user: Visitor, municipality: Municipality, day: dt.date) -> str | None:
    """Why somebody who represents a municipality today could not on a day; None when they could, or are not theirs.

    Args:
        user: who asks.
        municipality: for which.
        day: of the step, in Moscow.
    """
    if not represents(user, municipality) or represented_on(user, municipality, day):
        return None
    if refusal := day_refusal(user, Permission.KEEP_OWN_MUNICIPALITY, day):
        return refusal
    terms = municipality.representatives.filter(user=user.pk).meeting(None, timezone.localdate())
    told = ", ".join(one.days_in_words for one in terms.order_by(F("since").asc(nulls_first=True)))
    return f"Муниципальное образование ({municipality.name}) вы представляете {told}: шаг этим днём записать нельзя."


def can_see_internal(user: Visitor, municipality: Municipality) -> bool:
    """Internal comments, authors, representatives and edits: for the Union's people and the municipality's own."""
    return has_permission(user, Permission.READ_INTERNAL) or represents(user, municipality)


def participation_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not record participation.

    Args:
        user: who asks.
        municipality: whose status it is.

    Returns:
        A sentence; None when it is allowed (the secretariat: any; a representative: their own).
    """
    if _keeps(user, municipality):
        return None
    if has_permission(user, Permission.KEEP_OWN_MUNICIPALITY):  # first: they may stand in for the chair besides
        return NotYours(
            f"Вы не представляете это муниципальное образование ({municipality.name}): "
            "сведения о нём вносят его представители и секретариат."
        )
    if has_permission(user, Permission.READ_INTERNAL):
        who = user.get_role_display()
        return NotYours(f"{who} читает сведения об участии; вносят их секретариат и представители муниципалитета.")
    return NotYours("Сведения об участии вносят секретариат и представители муниципалитета.")


def participation_void_refusal(user: Visitor, record: ParticipationRecord) -> str | None:
    """Why the user may not void a record of participation; None when allowed."""
    sentence = "Неверные записи об участии отменяет секретариат."
    return permission_refusal(user, Permission.KEEP_REGISTRY, sentence) or void_refusal(record)


def index_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not enter results of the index; None when allowed (the secretariat, own representatives)."""
    if _keeps(user, municipality):
        return None
    return NotYours("Результаты индекса «IQ городов» вносят секретариат и представители муниципального образования.")


def contacts_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not keep the contacts; None when allowed. `can_see_internal` says who reads them."""
    if _keeps(user, municipality):
        return None
    return NotYours("Контакты ведут секретариат и представители муниципального образования.")


def edit_refusal(user: Visitor) -> str | None:
    """Why the user may not add municipalities, change their facts or withdraw them; None when allowed."""
    return permission_refusal(
        user, Permission.KEEP_REGISTRY, "Реестр и сведения о муниципальных образованиях ведёт секретариат."
    )


def membership_void_refusal(user: Visitor, row: Membership) -> str | None:
    """Why the user may not void a row of membership; None when allowed."""
    return edit_refusal(user) or void_refusal(row) or written_by_merger(row)


def dated_facts_void_refusal(user: Visitor, row: LedgerRow) -> str | None:
    """Why the user may not void a row of names and codes, of heads and addresses, or of a merger; None when allowed."""
    return edit_refusal(user) or void_refusal(row)


def representatives_refusal(user: Visitor) -> str | None:
    """Why the user may not appoint representatives; None when allowed."""
    return permission_refusal(
        user, Permission.KEEP_REGISTRY, "Представителей муниципальных образований назначает секретариат."
    )


def appointing_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may appoint nobody for a municipality today; None when allowed."""
    if refusal := representatives_refusal(user):
        return refusal
    merged = municipality.succession
    if merged and merged.happened_on <= timezone.localdate():
        day, whole = long_date(merged.happened_on), merged.successor.name
        return f"С {day} – часть другого муниципального образования: представителей назначают правопреемнику – {whole}."
    return None


def links_refusal(user: Visitor) -> str | None:
    """Why the user may not replace or withdraw personal links; None when allowed."""
    return permission_refusal(user, Permission.KEEP_REGISTRY, "Личные ссылки выдаёт и отзывает секретариат.")


def import_refusal(user: Visitor) -> str | None:
    """Why the user may not load workbooks or read the log of uploads; None when allowed."""
    return permission_refusal(user, Permission.KEEP_REGISTRY, "Таблицы из Excel загружает секретариат.")
