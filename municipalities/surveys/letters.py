"""What the secretariat writes to municipalities about a round. Every letter is recorded with how it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from accounts.access import people_with
from accounts.mail.storing import store
from accounts.mail_kinds import MailKind, MailUrgency
from accounts.models import OutgoingMail, UnionProfile, User
from accounts.roles import Permission
from municipalities.models import Representative
from municipalities.models.succession import merged_by_today
from municipalities.surveys.links import way_in
from municipalities.surveys.models import LetterPurpose, SurveyDelivery, SurveyResponse, SurveyRound
from municipalities.surveys.models.delivery import DeliveryChannel
from municipalities.surveys.models.steps import OWING

PART_OF_ANOTHER = "муниципальное образование вошло в состав другого, и отвечать за него некому."
SURVEY_LETTER = MailKind("survey", "Информационный обмен", MailUrgency.BULK)


@dataclass(frozen=True)
class SurveyLetter:
    """A letter to one municipality, before it leaves."""

    response: SurveyResponse
    purpose: LetterPurpose
    subject: str
    text: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class BatchOutcome:
    """What became of a batch: how many letters wait to be sent, and who has no address."""

    written: int
    without_address: tuple[str, ...]


def addressees(municipality_ids: Iterable[int]) -> dict[int, list[str]]:
    """The addresses of the active representatives who speak, by municipality: one query however many there are."""
    active = people_with(Permission.KEEP_OWN_MUNICIPALITY).order_by()
    speaking = Representative.objects.speaking().filter(municipality__in=list(municipality_ids), user__in=active)
    found: dict[int, list[str]] = {}
    for pk, email in speaking.order_by("user__email").values_list("municipality", "user__email"):
        found.setdefault(pk, []).append(email)
    return found


def to_invite(survey: SurveyRound) -> QuerySet[SurveyResponse]:
    """Those to whom no invitation has left, in any way, nor waits to leave."""
    invited = SurveyDelivery.objects.under_way_or_there().filter(purpose=LetterPurpose.INVITATION)
    return _in_order(survey.responses.exclude(pk__in=invited.values("response")))


def to_remind(survey: SurveyRound) -> QuerySet[SurveyResponse]:
    """Exactly those who owe an answer: not opened, draft, returned."""
    return _in_order(survey.responses.filter(state__in=OWING))


def writing_refusal(response: SurveyResponse) -> str | None:
    """Why nothing is written to a municipality about a round, in Russian; None when something may be."""
    if merged_by_today().filter(predecessor=response.municipality_id).exists():
        return f"{response.municipality.name}: {PART_OF_ANOTHER}"
    return response.round.answers_refusal()


def _in_order(responses: QuerySet[SurveyResponse]) -> QuerySet[SurveyResponse]:
    """Those of them to whom anything can be written: nobody answers for what has become part of another."""
    there = responses.exclude(municipality__in=merged_by_today())
    return there.select_related("round", "municipality").order_by("municipality__name", "pk")


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
    message = EmailMessage(letter.subject, letter.text, to=letter.recipients, headers={"X-Unsent": "1"})
    return bytes(message.message().as_bytes())


@transaction.atomic
def send(responses: Iterable[SurveyResponse], purpose: LetterPurpose, *, by: User) -> BatchOutcome:
    """Store a letter to each representative of each municipality; nobody sees the others' addresses.

    Args:
        responses: with round and municipality.
        purpose: what for.
        by: who sends.

    Returns:
        What was stored.
    """
    asked = list(responses)
    known = addressees(one.municipality_id for one in asked)
    written = 0
    for response in asked:
        for address in known.get(response.municipality_id, []):
            letter = write(response, purpose, [address])
            mail = store(SURVEY_LETTER, address, subject=letter.subject, text=letter.text, by=by)
            record(response, purpose, DeliveryChannel.EMAIL, by=by, recipient=address, mail=mail)
            written += 1
    silent = tuple(one.municipality.name for one in asked if one.municipality_id not in known)
    return BatchOutcome(written, silent)


def record(
    response: SurveyResponse,
    purpose: LetterPurpose,
    channel: DeliveryChannel,
    *,
    by: User,
    recipient: str = "",
    mail: OutgoingMail | None = None,
) -> SurveyDelivery:
    """Write down one letter, and how it leaves."""
    return SurveyDelivery.objects.create(
        response=response,
        purpose=purpose,
        channel=channel,
        recipient=recipient,
        mail=mail,
        sent_by=by,
        sent_by_name=str(by)[:150],
    )
