"""Who may do what with practices, questions about them, and solutions. Each rule says in Russian why it refuses."""

from django.db.models import Q

from accounts.access import Visitor, is_secretariat, is_union_staff
from accounts.models import User
from municipalities.access import own_municipalities, represents
from municipalities.models import Municipality
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.practices.models import Practice, PracticeRequest
from municipalities.practices.models.adoption import OWN_PRACTICE, WITHDRAWN
from municipalities.practices.models.practice import PracticeQuerySet
from municipalities.practices.models.request import PracticeRequestQuerySet


def _keeps(user: Visitor, municipality: Municipality) -> bool:
    """Those who tell what a municipality does: the secretariat for all, representatives for their own."""
    return is_secretariat(user) or represents(user, municipality)


def visible_practices(user: Visitor) -> PracticeQuerySet:
    """Everybody reads what is published; the Union's people and the owner's representatives also what was withdrawn."""
    if is_union_staff(user):
        return Practice.objects.all()
    return Practice.objects.public() | Practice.objects.filter(municipality__in=own_municipalities(user))


def can_see_contacts(user: Visitor) -> bool:
    """Contacts are for those who have logged in, never for the public."""
    return isinstance(user, User) and user.is_active


def keeps_of(user: Visitor) -> MunicipalityQuerySet:
    """The listed municipalities whose practices, marks and solutions the user may enter."""
    return Municipality.objects.listed() if is_secretariat(user) else own_municipalities(user)


def practice_add_refusal(user: Visitor) -> str | None:
    """Why the user may not add a practice; None when allowed (for a municipality of `keeps_of`)."""
    if is_secretariat(user) or own_municipalities(user).exists():
        return None
    return "Практики вносят секретариат и представители муниципальных образований."


def practice_edit_refusal(user: Visitor, practice: Practice) -> str | None:
    """Why the user may not edit, withdraw or republish a practice; None when allowed."""
    if _keeps(user, practice.municipality):
        return None
    return f"Эту практику правят секретариат и представители её владельца ({practice.municipality.name})."


def adoption_refusal(user: Visitor, practice: Practice, municipality: Municipality) -> str | None:
    """Why the user may not mark how far a municipality has taken up a practice; None when allowed."""
    if not _keeps(user, municipality):
        return f"Отметки за муниципальное образование ({municipality.name}) ставят его представители и секретариат."
    if practice.municipality_id == municipality.pk:
        return OWN_PRACTICE
    return None if practice.is_published else WITHDRAWN


def adopt_refusal(user: Visitor, practice: Practice) -> str | None:
    """Why the user may not mark this practice for any municipality; None when there is at least one."""
    if not practice.is_published:
        return WITHDRAWN
    if keeps_of(user).exclude(pk=practice.municipality_id).exists():
        return None
    return "Отметки о практиках ставят секретариат и представители других муниципальных образований."


def ask_refusal(user: Visitor, practice: Practice) -> str | None:
    """Why the user may not ask the owner; None when allowed (on behalf of a municipality they represent)."""
    if not practice.is_published:
        return "Практика снята с публикации: задать вопрос о ней нельзя."
    if own_municipalities(user).exclude(pk=practice.municipality_id).exists():
        return None
    return "Вопрос владельцу практики задают представители других муниципальных образований."


def can_see_requests(user: Visitor) -> bool:
    """Questions are between cities, and the Union's people read along."""
    return isinstance(user, User) and user.is_active and bool(user.role)


def visible_requests(user: Visitor) -> PracticeRequestQuerySet:
    """The Union's people read all questions, representatives those of their municipality and to it."""
    if is_union_staff(user):
        return PracticeRequest.objects.all()
    own = own_municipalities(user)
    return PracticeRequest.objects.filter(Q(municipality__in=own) | Q(practice__municipality__in=own))


def answer_refusal(user: Visitor, request: PracticeRequest) -> str | None:
    """Why the user may not answer; None when allowed. A second answer is refused by the form, which keeps its text."""
    owner = request.practice.municipality
    return None if _keeps(user, owner) else f"Отвечают представители владельца практики ({owner.name}) и секретариат."


def resend_refusal(user: Visitor, request: PracticeRequest) -> str | None:
    """Why the user may not send the last letter again; None when allowed."""
    writer = request.practice.municipality if request.is_answered else request.municipality
    if not _keeps(user, writer):
        return f"Письмо отправляют ещё раз представители муниципального образования ({writer.name}) и секретариат."
    return None if request.letter_failed else "Письмо уже отправлено."


def solution_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not enter or edit the solutions of a municipality; None when allowed."""
    if _keeps(user, municipality):
        return None
    return f"Решения муниципального образования ({municipality.name}) вносят его представители и секретариат."
