"""Signing a decision in the portal: its paper is issued, and from then on nothing changes."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.checklist import refuse_blocked
from documents.issuing import Verification, issue
from documents.models import DocumentKind, IssuedDocument
from resolutions.checklist import decision_findings
from resolutions.models import Resolution, VersionAction
from resolutions.papers import decision_title, render_decision


@transaction.atomic
def sign(resolution: Resolution, *, version: int, by: User) -> IssuedDocument:
    """Issue the decision's paper and mark the decision as signed, in one transaction.

    When the document of a signed decision was withdrawn, the same text is issued again in its place.

    Args:
        resolution: an adopted decision, or a signed one whose document was withdrawn.
        version: the version that the chair was shown.
        by: the chair.

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
    if withdrawn is None:
        current.move(VersionAction.SIGNED, by=by)
    else:
        current.save()
        current.remember(VersionAction.SIGNED, by=by, reason="Новый документ взамен отозванного")
    return document
