"""Who may do what with resolutions, points and letters.

Each `…_refusal` answers why not, in Russian, or None when the step is open. Views turn an answer into a 403 with
the reason; templates show it beside the missing button.
"""

from collections.abc import Sequence

from accounts.access import Visitor, is_chair, is_secretariat, is_union_staff
from accounts.models import Role, User
from documents.models import SignatureKind
from resolutions.models import (
    LETTER_STEPS,
    POINT_STEPS,
    DecisionPoint,
    Letter,
    LetterAction,
    LetterState,
    LetterStep,
    PointAction,
    ProgressEntry,
    Resolution,
    ResolutionStatus,
    VersionAction,
)
from revisions.replay import void_refusal

ONLY_SECRETARIAT = "Это делает секретариат Союза."
ONLY_CHAIR = "Решение подписывает председатель Союза."


def create_refusal(user: Visitor) -> str | None:
    """Why this visitor cannot start a new draft."""
    return None if is_secretariat(user) else ONLY_SECRETARIAT


def can_see_internal(user: Visitor) -> bool:
    """Versions, drafts of letters, scans, names of those who recorded something."""
    return is_union_staff(user)


def revise_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot edit the text now."""
    return _secretariat_or(user, resolution, VersionAction.REVISED)


def adopt_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot record the adoption now."""
    return _secretariat_or(user, resolution, VersionAction.ADOPTED)


def reopen_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot take the mark of adoption back now."""
    return _secretariat_or(user, resolution, VersionAction.REOPENED)


def scan_refusal(user: Visitor, owner: Resolution | Letter) -> str | None:
    """Why this visitor cannot add the scan of the signed paper now."""
    return owner.attaching_refusal(SignatureKind.HANDWRITTEN) if is_secretariat(user) else ONLY_SECRETARIAT


def signature_refusal(user: Visitor, owner: Resolution | Letter) -> str | None:
    """Why this visitor cannot attach an electronic signature now; staff may, whoever of them has the file."""
    if not is_union_staff(user):
        return "Электронную подпись прилагает председатель или секретариат Союза."
    return owner.attaching_refusal(SignatureKind.CMS)


def sign_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot sign now."""
    return resolution.refusal(VersionAction.SIGNED) if is_chair(user) else ONLY_CHAIR


def decision_pdf_visible(user: Visitor, resolution: Resolution) -> bool:
    """The issued bytes are everybody's; before that the paper is for staff alone."""
    return resolution.status == ResolutionStatus.SIGNED or is_union_staff(user)


def execution_refusal(resolution: Resolution) -> str | None:
    """Why there is no report on the execution yet, whoever asks."""
    if resolution.status == ResolutionStatus.DRAFT:
        return "Решение ещё не принято: исполнение начинается с принятия."
    return None


def point_step_refusal(user: Visitor, point: DecisionPoint, action: PointAction) -> str | None:
    """Why this visitor cannot take a step of the point now: it is not theirs, or not open."""
    return _only(user, POINT_STEPS[action].role) or point.step_refusal(action)


def point_void_refusal(user: Visitor, entry: ProgressEntry) -> str | None:
    """Why this visitor cannot void an entry of a point's progress."""
    return _only(user, Role.SECRETARIAT) or void_refusal(entry)


def letter_void_refusal(user: Visitor, letter: Letter, step: LetterStep) -> str | None:
    """Why this visitor cannot void a step of the letter."""
    return _only(user, Role.SECRETARIAT) or letter.voiding_refusal(step)


def appeal_refusal(user: Visitor, point: DecisionPoint) -> str | None:
    """Why this visitor cannot have an appeal drafted for the point."""
    if not is_secretariat(user):
        return ONLY_SECRETARIAT
    kind = point.of_kind.drafts_one
    if kind is None:
        return "Этот пункт не поручает ни к кому обращаться."
    if point.letters.filter(kind=kind.code).exclude(state=LetterState.ANNULLED).exists():
        return "Обращение по этому пункту уже подготовлено."
    return None


def mailing_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot prepare many letters from one text under a decision."""
    if not is_secretariat(user):
        return ONLY_SECRETARIAT
    if resolution.status == ResolutionStatus.DRAFT:
        return "Решение ещё не принято: письма по нему не готовят."
    return None


def letters_visible(user: Visitor) -> bool:
    """Whether this visitor has a register of letters at all."""
    return isinstance(user, User) and user.is_active and bool(user.role)


def letter_edit_refusal(user: Visitor, letter: Letter) -> str | None:
    """Why this visitor cannot edit the letter."""
    return _only(user, Role.SECRETARIAT) or letter.edit_refusal()


def letter_step_refusal(user: Visitor, letter: Letter, action: LetterAction) -> str | None:
    """Why this visitor cannot take a step of the letter now: it is not theirs, or not open."""
    return _only(user, LETTER_STEPS[action].role) or letter.step_refusal(action)


def mailing_sign_refusal(user: Visitor, letters: Sequence[Letter]) -> str | None:
    """Why this visitor cannot sign the letters of a mailing: they are not the chair, or none waits for it."""
    if refusal := _only(user, LETTER_STEPS[LetterAction.SIGN].role):
        return refusal
    return None if letters else "В пакете нет писем, которые ждут подписи."


def letter_repeat_refusal(user: Visitor, letter: Letter) -> str | None:
    """Why this visitor cannot draft a repeated letter."""
    return _only(user, Role.SECRETARIAT) or letter.repeat_refusal()


def numbering_refusal(user: Visitor) -> str | None:
    """Why this visitor cannot see or change how outgoing numbers are made."""
    return _only(user, Role.SECRETARIAT)


def _only(user: Visitor, role: Role) -> str | None:
    """Why a step is not this visitor's, by the role that the table of steps names."""
    if role == Role.CHAIR:
        return None if is_chair(user) else "Письма подписывает председатель Союза."
    return None if is_secretariat(user) else ONLY_SECRETARIAT


def _secretariat_or(user: Visitor, resolution: Resolution, action: VersionAction) -> str | None:
    return resolution.refusal(action) if is_secretariat(user) else ONLY_SECRETARIAT
