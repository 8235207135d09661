"""What the secretariat writes to municipalities about a round, and how it leaves. Every sending is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from accounts.access import people_with
from accounts.models import UnionProfile, User
from accounts.post import Post
from accounts.roles import Permission
from municipalities.surveys.links import way_in
from municipalities.surveys.models import LetterPurpose, SurveyDelivery, SurveyResponse, SurveyRound
from municipalities.surveys.models.delivery import DeliveryChannel
from municipalities.surveys.models.steps import OWING


@dataclass(frozen=True)
class SurveyLetter:
    """A letter to one municipality, before it leaves."""

    response: SurveyResponse
    purpose: LetterPurpose
    subject: str
    text: str
    recipients: tuple[str, ...]

    def as_message(self, **headers: str) -> EmailMessage:
        """What a mail server gets, or a mail program."""
        return EmailMessage(self.subject, self.text, to=self.recipients, headers=headers)


@dataclass(frozen=True)
class BatchOutcome:
    """What became of a batch: how many letters left, how many did not, and who has no address."""

    sent: int
    failed: int
    without_address: tuple[str, ...]


def addressees(municipality_ids: Iterable[int]) -> dict[int, list[str]]:
    """The addresses of the active representatives, by municipality: one query however many there are."""
    speakers = people_with(Permission.KEEP_OWN_MUNICIPALITY)
    users = speakers.filter(representations__municipality__in=list(municipality_ids))
    found: dict[int, list[str]] = {}
    for pk, email in users.order_by("email").values_list("representations__municipality", "email"):
        found.setdefault(pk, []).append(email)
    return found


def to_invite(survey: SurveyRound) -> QuerySet[SurveyResponse]:
    """Those to whom no invitation has left yet, in any way."""
    invited = Q(deliveries__purpose=LetterPurpose.INVITATION, deliveries__error="")
    return _in_order(survey.responses.exclude(pk__in=survey.responses.filter(invited).values("pk")))


def to_remind(survey: SurveyRound) -> QuerySet[SurveyResponse]:
    """Exactly those who owe an answer: not opened, draft, returned."""
    return _in_order(survey.responses.filter(state__in=OWING))


def _in_order(responses: QuerySet[SurveyResponse]) -> QuerySet[SurveyResponse]:
    return responses.select_related("round", "municipality").order_by("municipality__name", "pk")


def write(response: SurveyResponse, purpose: LetterPurpose, recipients: Iterable[str]) -> SurveyLetter:
    """Compose a letter.

    Args:
        response: whom it is about; its round and municipality are read.
        purpose: what for.
        recipients: addresses; may be none, then it can still be copied or saved.

    Returns:
        The letter, in plain text, with the way into the form.
    """
    remark = ""
    if purpose == LetterPurpose.REMARK:
        returned = response.events.exclude(remark="").first()
        remark = returned.remark if returned else ""
    way = way_in(response)
    context = {
        "response": response,
        "round": response.round,
        "municipality": response.municipality,
        "link": way.address,
        "personal": way.personal,
        "purpose": purpose.value,
        "union": UnionProfile.on(),
        "remark": remark,
    }
    text = render_to_string("municipalities/surveys/email/letter.txt", context).strip() + "\n"
    subject = f"{purpose.label}: {response.round.title} ({response.municipality.name})"
    return SurveyLetter(response, purpose, subject, text, tuple(recipients))


def as_eml(letter: SurveyLetter) -> bytes:
    """The letter as a file that mail programs open as a draft (X-Unsent is Outlook's word for it)."""
    return bytes(letter.as_message(**{"X-Unsent": "1"}).message().as_bytes())


def send(responses: Iterable[SurveyResponse], purpose: LetterPurpose, *, by: User) -> BatchOutcome:
    """Mail a letter to each representative of each municipality; nobody sees the others' addresses.

    A letter that cannot be sent is recorded with its error, never raised. Call it outside a transaction: a mail
    server may take its time.

    Args:
        responses: with round and municipality.
        purpose: what for.
        by: who sends.

    Returns:
        What became of it.
    """
    asked = list(responses)
    known = addressees(one.municipality_id for one in asked)
    sent = failed = 0
    with Post() as post:
        for response in asked:
            for address in known.get(response.municipality_id, []):
                error = post.send(write(response, purpose, [address]).as_message())
                record(response, purpose, DeliveryChannel.EMAIL, by=by, recipient=address, error=error)
                sent, failed = sent + (not error), failed + bool(error)
    silent = tuple(one.municipality.name for one in asked if one.municipality_id not in known)
    return BatchOutcome(sent, failed, silent)


def record(
    response: SurveyResponse,
    purpose: LetterPurpose,
    channel: DeliveryChannel,
    *,
    by: User,
    recipient: str = "",
    error: str = "",
) -> SurveyDelivery:
    """Write down one sending."""
    return SurveyDelivery.objects.create(
        response=response,
        purpose=purpose,
        channel=channel,
        recipient=recipient,
        error=error[:300],
        sent_by=by,
        sent_by_name=str(by)[:150],
    )
