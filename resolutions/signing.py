"""Signing a decision in the portal: its paper is issued, and from then on nothing changes."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.acting import ActingStep, behalf_of, doubts
from accounts.models import User
from accounts.roles import Permission, offices_with
from documents.checklist import refuse_blocked
from documents.issuing import Verification, issue
from documents.models import DocumentKind, IssuedDocument
from resolutions.checklist import decision_findings
from resolutions.models import Resolution, VersionAction
from resolutions.models.version import ResolutionVersion
from resolutions.papers import decision_title, render_decision

REPLACED = "Новый документ взамен отозванного"


@transaction.atomic
def sign(resolution: Resolution, *, version: int, by: User) -> IssuedDocument:
    """Issue the decision's paper and mark the decision as signed, in one transaction.

    When the document of a signed decision was withdrawn, the same text is issued again in its place.

    Args:
        resolution: an adopted decision, or a signed one whose document was withdrawn.
        version: the version that the chair was shown.
        by: the chair, or who stands in today: the version says so.

    Returns:
        The issued document, which everybody downloads from now on.

    Raises:
        EditConflict: the decision changed after it was shown.
        StepRefused: it is a draft or already signed.
        IssueRefused: something on the checklist blocks.
    """
    current = resolution.lock_for(VersionAction.SIGNED, version)
    refuse_blocked(decision_findings(current.text))
    now = timezone.now()

    def build(verification: Verification) -> bytes:
        return render_decision(current.text, is_draft=False, created=now, verification=verification)

    document = issue(
        kind=DocumentKind.DECISION,
        title=decision_title(current.text),
        build=build,
        by=by,
        is_public=True,
        content=current.text.as_json(),
        supersedes=current.issued_document,
    )
    withdrawn, current.issued_document = current.issued_document, document
    behalf = behalf_of(by, Permission.SIGN)
    stead = f"{behalf.on_behalf_of}: {behalf.behalf_ground}" if behalf else ""
    if withdrawn is None:
        current.move(VersionAction.SIGNED, by=by, reason=stead)
    else:
        current.save()
        current.remember(VersionAction.SIGNED, by=by, reason=". ".join(filter(None, [REPLACED, stead])))
    return document


def signed_for(resolution: Resolution) -> str:
    """For whom and on what ground the decision's paper was signed, as its history says it; empty in one's own name."""
    signed = resolution.versions.filter(action=VersionAction.SIGNED).order_by("-number")
    reason = signed.values_list("reason", flat=True).first() or ""
    return reason.removeprefix(REPLACED).removeprefix(". ")


def signing_doubts(versions: Iterable[ResolutionVersion]) -> dict[int, str]:
    """What is to be looked at among versions: who signed stood in by powers that were taken back later.

    Args:
        versions: of a decision, of whatever actions.

    Returns:
        A sentence by the key of the version. One query; none where nobody signed in somebody's stead.
    """
    return doubts(
        ActingStep(one.pk, one.actor_id, office, timezone.localdate(one.at), one.at)
        for one in versions
        for office in offices_with(Permission.SIGN)
        if one.action == VersionAction.SIGNED and office.stands_in and office.principal in one.reason
    )
