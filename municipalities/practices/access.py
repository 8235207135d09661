"""Who may do what with practices, questions, promises and solutions. Each rule says in Russian why it refuses."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from accounts.access import NotYours, Visitor, has_permission, permission_refusal
from accounts.models import User
from accounts.roles import Permission
from municipalities.access import own_keys, own_municipalities, represents
from municipalities.models import Municipality
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.practices.models import (
    Commitment,
    CommitmentAction,
    CommitmentState,
    CommitmentStep,
    Practice,
    PracticeAdoptionRecord,
    PracticeRequest,
)
from municipalities.practices.models.adoption import OWN_PRACTICE, WITHDRAWN
from municipalities.practices.models.commitment import NO_SUCCESSOR, CommitmentQuerySet
from municipalities.practices.models.commitment_step import OWN_DEEDS
from municipalities.practices.models.practice import PracticeQuerySet
from municipalities.practices.models.request import PracticeRequestQuerySet
from municipalities.practices.promises import PromiseOnDay
from revisions.replay import void_refusal


def _keeps(user: Visitor, municipality: Municipality) -> bool:
    """Those who tell what a municipality does: who keeps the practices for all, representatives for their own."""
    return has_permission(user, Permission.KEEP_PRACTICES) or represents(user, municipality)


def visible_practices(user: Visitor) -> PracticeQuerySet:
    """Everybody reads what is published; the Union's people and the owner's representatives also what was withdrawn."""
    if has_permission(user, Permission.READ_INTERNAL):
        return Practice.objects.all()
    return Practice.objects.public() | Practice.objects.filter(municipality__in=own_keys(user))


def can_see_contacts(user: Visitor) -> bool:
    """Contacts are for those who have logged in, never for the public."""
    return isinstance(user, User) and user.is_active


def keeps_of(user: Visitor) -> MunicipalityQuerySet:
    """The listed municipalities whose practices, marks and solutions the user may enter."""
    if has_permission(user, Permission.KEEP_PRACTICES):
        return Municipality.objects.listed()
    return own_municipalities(user)


def practice_add_refusal(user: Visitor) -> str | None:
    """Why the user may not add a practice; None when allowed (for a municipality of `keeps_of`)."""
    if has_permission(user, Permission.KEEP_PRACTICES) or own_municipalities(user).exists():
        return None
    return NotYours("Практики вносят секретариат и представители муниципальных образований.")


def practice_edit_refusal(user: Visitor, practice: Practice) -> str | None:
    """Why the user may not edit, withdraw or republish a practice; None when allowed."""
    if _keeps(user, practice.municipality):
        return None
    return NotYours(f"Эту практику правят секретариат и представители её владельца ({practice.municipality.name}).")


def adoption_refusal(user: Visitor, practice: Practice, municipality: Municipality) -> str | None:
    """Why the user may not mark how far a municipality has taken up a practice; None when allowed."""
    if not _keeps(user, municipality):
        name = municipality.name
        return NotYours(f"Отметки за муниципальное образование ({name}) ставят его представители и секретариат.")
    if practice.municipality_id == municipality.pk:
        return OWN_PRACTICE
    return None if practice.is_published else WITHDRAWN


def mark_void_refusal(user: Visitor, mark: PracticeAdoptionRecord) -> str | None:
    """Why the user may not void a mark; None when allowed."""
    sentence = "Неверные отметки отменяет секретариат."
    return permission_refusal(user, Permission.KEEP_PRACTICES, sentence) or void_refusal(mark)


def adopt_refusal(user: Visitor, practice: Practice) -> str | None:
    """Why the user may not mark this practice for any municipality; None when there is at least one."""
    if not keeps_of(user).exclude(pk=practice.municipality_id).exists():
        return NotYours("Отметки о практиках ставят секретариат и представители других муниципальных образований.")
    return None if practice.is_published else WITHDRAWN


def ask_refusal(user: Visitor, practice: Practice) -> str | None:
    """Why the user may not ask the owner; None when allowed (on behalf of a municipality they represent)."""
    if not own_municipalities(user).exclude(pk=practice.municipality_id).exists():
        return NotYours("Вопрос владельцу практики задают представители других муниципальных образований.")
    return None if practice.is_published else "Практика снята с публикации: задать вопрос о ней нельзя."


def requests_refusal(user: Visitor) -> str | None:
    """Why the user has no questions to read: they are between cities, and the Union's people read along."""
    return permission_refusal(user, Permission.READ_CORRESPONDENCE, "Вопросы о практиках читают участники портала.")


def visible_requests(user: Visitor) -> PracticeRequestQuerySet:
    """The Union's people read all questions, representatives those of their municipality and to it."""
    if has_permission(user, Permission.READ_INTERNAL):
        return PracticeRequest.objects.all()
    own = own_keys(user)
    return PracticeRequest.objects.filter(Q(municipality__in=own) | Q(practice__municipality__in=own))


def answer_refusal(user: Visitor, request: PracticeRequest) -> str | None:
    """Why the user may not answer; None when allowed. A second answer is refused by the form, which keeps its text."""
    owner = request.practice.municipality
    if _keeps(user, owner):
        return None
    return NotYours(f"Отвечают представители владельца практики ({owner.name}) и секретариат.")


def resend_refusal(user: Visitor, request: PracticeRequest) -> str | None:
    """Why the user may not send the last letter again; None when allowed."""
    writer = request.practice.municipality if request.is_answered else request.municipality
    if not _keeps(user, writer):
        name = writer.name
        return NotYours(f"Письмо отправляют ещё раз представители муниципального образования ({name}) и секретариат.")
    return None if request.letter_failed else "Письмо уже отправлено или ждёт отправки."


def solution_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not enter or edit the solutions of a municipality; None when allowed."""
    if _keeps(user, municipality):
        return None
    return NotYours(f"Решения муниципального образования ({municipality.name}) вносят его представители и секретариат.")


def edition_refusal(user: Visitor) -> str | None:
    """Why the user may not keep the editions of the Standard; None when allowed."""
    return permission_refusal(user, Permission.KEEP_PRACTICES, "Редакции Стандарта ведёт секретариат.")


# --- promises ---

A = CommitmentAction
# What is offered while a promise stands so; what was forgotten may be written down after the end.
OFFERED: dict[str, tuple[CommitmentAction, ...]] = {
    "": (),
    CommitmentState.WAITING: (A.ACCEPTED, A.DROPPED),
    CommitmentState.OPEN: (A.KEPT, A.MILESTONE, A.MOVED, A.DROPPED, A.PASSED),
    CommitmentState.KEPT: (A.MILESTONE, A.MOVED),
    CommitmentState.DROPPED: (A.MILESTONE, A.MOVED),
}
OF_THE_SECRETARIAT: dict[str, str] = {
    A.ACCEPTED: "Обязательства, взятые по личной ссылке, принимает секретариат.",
    A.PASSED: "Обязательства правопреемнику передаёт секретариат.",
}


def visible_commitments(user: Visitor) -> CommitmentQuerySet:
    """Everybody reads what was accepted; the Union's people and the city's own also what waits or was voided."""
    if has_permission(user, Permission.READ_INTERNAL):
        return Commitment.objects.all()
    return Commitment.objects.public() | Commitment.objects.filter(municipality__in=own_keys(user))


def readable(user: Visitor, promises: Iterable[PromiseOnDay]) -> list[PromiseOnDay]:
    """The promises of a day that the user may read, by the same rule, as it was on that day. One query at most."""
    if has_permission(user, Permission.READ_INTERNAL):
        return list(promises)
    own = own_keys(user)
    return [one for one in promises if one.is_public or one.municipality.pk in own]


def promise_refusal(user: Visitor, municipality: Municipality) -> str | None:
    """Why the user may not promise anything for a municipality; None when allowed."""
    if _keeps(user, municipality):
        return None
    name = municipality.name
    return NotYours(f"Обязательства муниципального образования ({name}) берут его представители и секретариат.")


def promising_refusal(user: Visitor, practice: Practice | None = None) -> str | None:
    """Why the user may promise nothing, or not this practice, for any municipality; None when there is one.

    Args:
        user: who asks.
        practice: what would be promised; None for whatever it may be.
    """
    if not keeps_of(user).exclude(pk=practice.municipality_id if practice else 0).exists():
        return NotYours("Обязательства берут секретариат и представители муниципальных образований.")
    return None if practice is None or practice.is_published else "Практика снята с публикации."


def writes_for_city(
    user: Visitor, municipality: Municipality, action: str = A.MADE, state: str = CommitmentState.OPEN
) -> bool:
    """Whether a step is the municipality's own deed, and who writes it down does not speak for it: on some ground.

    Args:
        user: who may take the step.
        municipality: whose promise it is.
        action: which.
        state: of the promise before it; what waits the secretariat drops for itself.
    """
    is_own = action in OWN_DEEDS and (action, state) != (A.DROPPED, CommitmentState.WAITING)
    return is_own and not represents(user, municipality)


def commitment_refusal(user: Visitor, commitment: Commitment, action: str) -> str | None:
    """Why a step of a promise is not this visitor's, whatever becomes of the promise; None when it is."""
    if action in OF_THE_SECRETARIAT:
        return permission_refusal(user, Permission.KEEP_PRACTICES, OF_THE_SECRETARIAT[action])
    if _keeps(user, commitment.municipality):
        return None
    name = commitment.municipality.name
    return NotYours(f"Ход обязательства вносят представители муниципального образования ({name}) и секретариат.")


def commitment_step_refusal(user: Visitor, commitment: Commitment, action: str) -> str | None:
    """Why the user may not take a step of a promise now; None when allowed."""
    if refusal := commitment_refusal(user, commitment, action):
        return refusal
    if action not in OFFERED[commitment.state]:
        return f"Сейчас этот шаг невозможен: {commitment.state_in_words}."
    if action == A.PASSED:
        merged = commitment.municipality.succession
        return None if merged and merged.happened_on <= timezone.localdate() else NO_SUCCESSOR
    return None


def commitment_void_refusal(user: Visitor, step: CommitmentStep) -> str | None:
    """Why the user may not void a step of a promise; None when allowed."""
    sentence = "Неверные записи об обязательствах отменяет секретариат."
    return permission_refusal(user, Permission.KEEP_PRACTICES, sentence) or void_refusal(step)
