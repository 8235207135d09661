"""Who may do what with resolutions, points and letters.

Each `…_refusal` answers why not, in Russian, or None when the step is open. Views turn an answer into a 403 with
the reason; templates show it beside the missing button.
"""

from collections.abc import Sequence

from accounts.access import NotYours, Visitor, has_permission, permission_refusal
from accounts.roles import Permission
from documents.models import SignatureKind
from municipalities.models import Municipality
from resolutions.acting import Actor
from resolutions.correspondence.answerable import shown_to_public
from resolutions.models import (
    LETTER_STEPS,
    POINT_STEPS,
    Attachment,
    DecisionPoint,
    IncomingEntry,
    Letter,
    LetterAction,
    LetterState,
    LetterStep,
    MemberReport,
    MemberReportRow,
    PartyKind,
    PointAction,
    ProgressEntry,
    Release,
    Resolution,
    ResolutionStatus,
    Side,
    VersionAction,
)
from resolutions.models.control import UNREPORTED
from resolutions.models.member_report_row import NOTHING_REPORTED
from resolutions.models.point import UNDER_DRAFT
from revisions.replay import void_refusal

ONLY_SECRETARIAT = "Это делает секретариат Союза."
ONLY_CHAIR = "Решение подписывает председатель Союза или исполняющий его обязанности."
ONLY_CHAIR_LETTERS = "Письма подписывает председатель Союза или исполняющий его обязанности."


def create_refusal(user: Visitor) -> str | None:
    """Why this visitor cannot start a new draft."""
    return _only(user, Permission.KEEP_DECISIONS)


def past_refusal(user: Visitor) -> str | None:
    """Why this visitor cannot load decisions of the past, nor have them as a workbook."""
    return _only(user, Permission.KEEP_DECISIONS)


def can_see_internal(user: Visitor) -> bool:
    """Versions, drafts of letters, scans, names of those who recorded something."""
    return has_permission(user, Permission.READ_INTERNAL)


def can_see_files(actor: Actor, point: DecisionPoint) -> bool:
    """What was attached to members' reports on a point: for the Union's people, and for whoever controls it today."""
    return can_see_internal(actor.user) or actor.is_party(point.party(Side.CONTROLLER))


def can_see_own_files(actor: Actor, point: DecisionPoint) -> bool:
    """What was attached to the steps of a point: besides those, for whoever carries it out today."""
    return can_see_files(actor, point) or actor.is_party(point.party(Side.RESPONSIBLE))


def can_see_attachment(user: Visitor, found: Attachment) -> bool:
    """Whether this visitor may download an attached file.

    Everybody may what came in answer to a released letter; the Union's people may all; whoever carries out or controls
    a point what proves its steps, while they stand; a municipality what it attached to its own report.
    """
    if can_see_internal(user) or _is_released(found):
        return True
    row, actor = found.entry or found.member_report, Actor(user)
    if row is None:
        return False
    if isinstance(row, ProgressEntry):
        return row.voiding is None and can_see_own_files(actor, row.point)
    report = row.report
    return actor.speaks_for(report.municipality) or (row.voiding is None and can_see_files(actor, report.point))


def _is_released(found: Attachment) -> bool:
    """Whether it came with an answer, and everybody may read all the letters that this answers."""
    came = found.incoming
    return came is not None and came.voiding is None and came.pk in shown_to_public([came])


def revise_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot edit the text now."""
    return _only(user, Permission.KEEP_DECISIONS) or resolution.refusal(VersionAction.REVISED)


def adopt_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot record the adoption now."""
    return _only(user, Permission.KEEP_DECISIONS) or resolution.refusal(VersionAction.ADOPTED)


def reopen_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot take the mark of adoption back now."""
    return _only(user, Permission.KEEP_DECISIONS) or resolution.refusal(VersionAction.REOPENED)


def scan_refusal(user: Visitor, owner: Resolution | Letter) -> str | None:
    """Why this visitor cannot add the scan of the signed paper now."""
    return _only(user, Permission.ATTACH_SCANS) or owner.attaching_refusal(SignatureKind.HANDWRITTEN)


def signature_refusal(user: Visitor, owner: Resolution | Letter) -> str | None:
    """Why this visitor cannot attach an electronic signature now; staff may, whoever of them has the file."""
    sentence = "Электронную подпись прилагает председатель или секретариат Союза."
    refusal = permission_refusal(user, Permission.ATTACH_SIGNATURES, sentence)
    return refusal or owner.attaching_refusal(SignatureKind.CMS)


def sign_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot sign now."""
    return permission_refusal(user, Permission.SIGN, ONLY_CHAIR) or resolution.refusal(VersionAction.SIGNED)


def decision_pdf_visible(user: Visitor, resolution: Resolution) -> bool:
    """The issued bytes are everybody's; before that the paper is for staff alone."""
    return resolution.status == ResolutionStatus.SIGNED or can_see_internal(user)


def execution_refusal(resolution: Resolution) -> str | None:
    """Why there is no report on the execution yet, whoever asks."""
    if resolution.status == ResolutionStatus.DRAFT:
        return "Решение ещё не принято: исполнение начинается с принятия."
    return None


def point_step_refusal(actor: Actor, point: DecisionPoint, action: PointAction) -> str | None:
    """Why somebody cannot take a step of the point now: it is not theirs, or not open."""
    return point_entry_refusal(actor, point, action) or point.step_refusal(action)


def point_entry_refusal(actor: Actor, point: DecisionPoint, action: PointAction) -> str | None:
    """Why somebody cannot write a step down for any day: a step that is not open now may have been open on its own.

    The secretariat takes every step: its own, and those of others on their behalf.
    """
    if action == PointAction.MEASURE and not point.of_kind.is_measured:
        return NotYours("Исполнение такого пункта не измеряют.")
    refusal = _side_refusal(actor, point, POINT_STEPS[action].side)
    return refusal or (UNDER_DRAFT if point.resolution.status == ResolutionStatus.DRAFT else None)


def _side_refusal(actor: Actor, point: DecisionPoint, side: Side) -> NotYours | None:
    if actor.is_secretariat:
        return None
    if side is Side.SECRETARIAT:
        return NotYours(ONLY_SECRETARIAT)
    party = point.party(side)
    sentence = f"Этот шаг делает {side.told}: {party}."
    if body := party.of_body:
        return permission_refusal(actor.user, body.permission, sentence)
    return None if actor.is_party(party) else NotYours(sentence)


def member_report_refusal(actor: Actor, report: MemberReport) -> str | None:
    """Why somebody cannot report for a member now; the secretariat does it on their behalf."""
    name = report.municipality.name
    if not (actor.is_secretariat or actor.speaks_for(report.municipality)):
        return NotYours(f"За муниципальное образование ({name}) докладывают его представители и секретариат.")
    return report.refusal()


def reads_member_reports(actor: Actor, point: DecisionPoint) -> bool:
    """Whether somebody reads what members reported, beyond that they did.

    The Union's people do, those of its members, and whoever controls the point.
    """
    if can_see_files(actor, point):
        return True
    members = Municipality.objects.members() if actor.municipalities else Municipality.objects.none()
    return members.filter(pk__in=actor.municipalities).exists()


def remind_refusal(user: Visitor, point: DecisionPoint) -> str | None:
    """Why this visitor cannot remind members of their reports on a point now."""
    if refusal := _only(user, Permission.CONTROL_POINTS):
        return refusal
    if point.party(Side.RESPONSIBLE).kind != PartyKind.MEMBERS:
        return NotYours("Этот пункт не обращён ко всем членам Союза.")
    return None if point.state in UNREPORTED else "Об исполнении пункта уже доложено: докладов по нему не ждут."


def member_return_refusal(user: Visitor, report: MemberReport) -> str | None:
    """Why this visitor cannot return the report of a member."""
    return _only(user, Permission.CONTROL_POINTS) or (None if report.reported_on else NOTHING_REPORTED)


def member_void_refusal(user: Visitor, row: MemberReportRow | None = None) -> str | None:
    """Why this visitor cannot void a row of a member's reports; any, when none is named."""
    return _only(user, Permission.CONTROL_POINTS) or (void_refusal(row) if row else None)


def point_void_refusal(user: Visitor, entry: ProgressEntry) -> str | None:
    """Why this visitor cannot void an entry of a point's progress."""
    return _only(user, Permission.CONTROL_POINTS) or void_refusal(entry)


def letter_void_refusal(user: Visitor, letter: Letter, step: LetterStep) -> str | None:
    """Why this visitor cannot void a step of the letter."""
    return _only(user, Permission.KEEP_LETTERS) or letter.voiding_refusal(step)


def appeal_refusal(user: Visitor, point: DecisionPoint) -> str | None:
    """Why this visitor cannot have an appeal drafted for the point."""
    if refusal := _only(user, Permission.KEEP_LETTERS):
        return refusal
    kind = point.of_kind.drafts_one
    if kind is None:
        return NotYours("Этот пункт не поручает ни к кому обращаться.")
    if point.letters.filter(kind=kind.code, state=LetterState.DRAFT).exists():
        return "Проект обращения по этому пункту уже составлен: сначала зарегистрируйте или аннулируйте его."
    return None


def mailing_refusal(user: Visitor, resolution: Resolution) -> str | None:
    """Why this visitor cannot prepare many letters from one text under a decision."""
    if refusal := _only(user, Permission.KEEP_LETTERS):
        return refusal
    if resolution.status == ResolutionStatus.DRAFT:
        return "Решение ещё не принято: письма по нему не готовят."
    return None


def point_mailing_refusal(user: Visitor, point: DecisionPoint) -> str | None:
    """Why this visitor cannot prepare the letters that carry out a point; most points have none."""
    if point.of_kind.drafts_many is None:
        return NotYours("По этому пункту не готовят писем по одному тексту.")
    return mailing_refusal(user, point.resolution)


def letters_refusal(user: Visitor) -> str | None:
    """Why this visitor has no register of letters at all."""
    return permission_refusal(user, Permission.READ_CORRESPONDENCE, "Реестр писем ведёт секретариат Союза.")


def letter_edit_refusal(user: Visitor, letter: Letter) -> str | None:
    """Why this visitor cannot edit the letter."""
    return _only(user, Permission.KEEP_LETTERS) or letter.edit_refusal()


def letter_step_refusal(user: Visitor, letter: Letter, action: LetterAction) -> str | None:
    """Why this visitor cannot take a step of the letter now: it is not theirs, or not open, or never is."""
    if action == LetterAction.EXTEND and not letter.of_kind.waits:
        return NotYours("Ответа на такое письмо не ждут: срока у него нет.")
    return _only(user, LETTER_STEPS[action].permission) or letter.step_refusal(action)


def mailing_step_refusal(user: Visitor, letters: Sequence[Letter], action: LetterAction) -> str | None:
    """Why this visitor cannot take a step with those letters of a mailing that wait for it: not theirs, or no such."""
    if refusal := _only(user, LETTER_STEPS[action].permission):
        return refusal
    if letters:
        return None
    if action == LetterAction.SIGN:
        return "В пакете нет писем, которые ждут подписи."
    return "В пакете нет писем, с которыми это можно сделать сейчас."


def letter_answer_refusal(user: Visitor, letter: Letter) -> str | None:
    """Why this visitor cannot register an answer to the letter."""
    if refusal := _only(user, Permission.KEEP_LETTERS):
        return refusal
    return None if letter.has_left and letter.correspondent_id else "Отвечают на отправленное письмо."


def letter_repeat_refusal(user: Visitor, letter: Letter) -> str | None:
    """Why this visitor cannot draft a repeated letter."""
    return _only(user, Permission.KEEP_LETTERS) or letter.repeat_refusal()


def incoming_refusal(user: Visitor) -> str | None:
    """Why this visitor has no register of incoming letters."""
    return permission_refusal(user, Permission.READ_INTERNAL, "Реестр входящих ведёт секретариат Союза.")


def incoming_add_refusal(user: Visitor) -> str | None:
    """Why this visitor cannot register an incoming letter."""
    return _only(user, Permission.KEEP_LETTERS)


def incoming_void_refusal(user: Visitor, entry: IncomingEntry) -> str | None:
    """Why this visitor cannot void an entry of the register of incoming letters."""
    return _only(user, Permission.KEEP_LETTERS) or void_refusal(entry)


def release_refusal(user: Visitor, letter: Letter) -> str | None:
    """Why this visitor can neither release the letter to the public nor take it back now."""
    return _only(user, Permission.KEEP_LETTERS) or letter.release_refusal()


def release_void_refusal(user: Visitor, row: Release) -> str | None:
    """Why this visitor cannot void a row about the release of a letter."""
    return _only(user, Permission.KEEP_LETTERS) or void_refusal(row)


def numbering_refusal(user: Visitor) -> str | None:
    """Why this visitor cannot see or change how outgoing numbers are made."""
    return _only(user, Permission.KEEP_LETTERS)


def _only(user: Visitor, permission: Permission) -> str | None:
    """Why a step is not this visitor's, by the permission that it needs."""
    sentence = ONLY_CHAIR_LETTERS if permission == Permission.SIGN else ONLY_SECRETARIAT
    return permission_refusal(user, permission, sentence)
