"""Signing a letter in the portal: its paper is issued, and from then on its text is frozen."""

from django.db import transaction
from django.utils import timezone

from accounts.acting import behalf_of
from accounts.models import User
from accounts.roles import Permission
from documents.checklist import refuse_blocked
from documents.issuing import Verification, issue
from documents.models import DocumentKind, IssuedDocument
from resolutions.correspondence.checklist import letter_findings
from resolutions.correspondence.papers import render_letter_text
from resolutions.correspondence.text import LetterText
from resolutions.models import Letter, LetterAction

RELEASED = "Письмо подписано с обнародованием."
NOT_RELEASED = "Письмо подписано заново, без обнародования."


@transaction.atomic
def sign_letter(letter: Letter, *, version: int, is_public: bool, by: User) -> IssuedDocument:
    """Issue a registered letter, in one transaction with the step in its history and with its release.

    When its earlier document was withdrawn, the new one supersedes it.

    Args:
        letter: a registered letter that was not sent.
        version: the version that the chair was shown.
        is_public: «с обнародованием»: whether everybody may read it from today on, verify it by its code and download
            it; only then it carries a QR code, which would lead the addressee nowhere otherwise. A letter that is
            signed anew is released by this or taken back by this, as the chair says now.
        by: the chair, or who stands in today: the step says so.

    Returns:
        The issued document.

    Raises:
        EditConflict: somebody did something about the letter meanwhile.
        StepRefused: it is not registered, was sent, or is signed already.
        IssueRefused: something on the checklist blocks.
    """
    today, behalf = timezone.localdate(), behalf_of(by, Permission.SIGN)
    letter.take_step(LetterAction.SIGN, happened_on=today, version=version, by=by, behalf=behalf)
    current = Letter.objects.select_related("resolution", "issued_document").get(pk=letter.pk)
    text, now = LetterText.of(current), timezone.now()
    refuse_blocked(letter_findings(text))

    def build(verification: Verification) -> bytes:
        return render_letter_text(text, created=now, verification=verification if is_public else None)

    document = issue(
        kind=DocumentKind.LETTER,
        title=f"Письмо № {text.number}: {text.title}"[:500],
        build=build,
        by=by,
        is_public=is_public,
        content=text.as_json(),
        supersedes=current.issued_document,
    )
    current.issued_document = document
    current.save(update_fields=["issued_document"])
    current.settle_release(is_public, text=RELEASED if is_public else NOT_RELEASED, by=by)
    return document
