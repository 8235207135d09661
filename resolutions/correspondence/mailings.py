"""Many letters from one text: the common text, the people it goes to, and the letters made of both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import UnionProfile, User
from municipalities.models import Municipality
from resolutions.correspondence.thanks import persons_in
from resolutions.kinds import LETTER_KINDS, Asks, Recipients
from resolutions.models import Correspondent, DecisionPoint, Letter, Mailing, Resolution
from resolutions.text import ResolutionText
from russian.collation import in_russian_order
from russian.templatetags.russian import long_date, quoted
from russian.text import paragraphs

# What stands in the common text for the person of one letter.
PERSON = "{кому}"


@dataclass(frozen=True)
class Recipient:
    """Whom one letter of a mailing goes to.

    Attributes:
        addressee: the block of the addressee, line by line, in the dative.
        salutation: «Уважаемый Денис Сергеевич!»; may be empty.
        person: what the common text says in place of `PERSON`, in the case it needs there.
        municipality_id: the municipality that is written to, if it is one.
        correspondent: who has to answer, where it is none; empty where nobody has to.
    """

    addressee: str
    salutation: str = ""
    person: str = ""
    municipality_id: int | None = None
    correspondent: str = ""


@dataclass(frozen=True)
class CommonText:
    """What all letters of a mailing share; `body` may say `PERSON`."""

    title: str
    heading: str
    body: str
    signatory_position: str
    signatory_name: str
    executor: str = ""
    reply_days: int | None = None


def suggested_text(resolution: Resolution, kind: str) -> CommonText:
    """A first text of the letters, made of the decision. People edit it from there.

    Args:
        resolution: the decision.
        kind: a code of `LETTER_KINDS`, of letters that are made of one text.
    """
    text, letters = resolution.text, LETTER_KINDS[kind]
    place = f" ({text.place})" if text.place else ""
    title, heading, body = _TEXTS[letters.to](text, f"{long_date(text.adopted_on)}{place}")
    signatory = (text.signatory_position, text.signatory_name)
    return CommonText(title, heading, "\n".join(paragraphs(body)), *signatory, reply_days=letters.reply_days)


def _thanks_text(text: ResolutionText, when: str) -> tuple[str, str, str]:
    ending = "." if text.place else ""  # a day without a place ends with one
    body = (
        f"{UnionProfile.on().full_name} выражает благодарность {PERSON} за содержательный доклад по вопросу "
        f"{quoted(text.title)} на заседании {when}{ending}\n"
        "Надеемся на дальнейшее сотрудничество."
    )
    return "Благодарность докладчикам", "О благодарности", body


def _circular_text(text: ResolutionText, when: str) -> tuple[str, str, str]:
    body = (
        f"Направляем решение, принятое {when}: {quoted(text.title)}.\n"
        "Просим учесть его в работе.\n"
        f"Приложение: решение от {long_date(text.adopted_on)}"
    )
    return "Рассылка решения", "О направлении решения", body


def suggested_recipients(point: DecisionPoint | None, kind: str) -> list[Recipient]:
    """Whom the letters may go to; for a human to check.

    Args:
        point: the point that they carry out, if it is one.
        kind: a code of `LETTER_KINDS`, of letters that are made of one text.
    """
    return _RECIPIENTS[LETTER_KINDS[kind].to](point)


def _thanked(point: DecisionPoint | None) -> list[Recipient]:
    """The persons that the point thanks."""
    persons = persons_in(point.as_text()) if point else []
    return [
        Recipient(addressee=f"{position[:1].upper()}{position[1:]}\n{name}", person=f"{position} {name}")
        for position, name in persons
    ]


def _members(point: DecisionPoint | None) -> list[Recipient]:
    """All members, whatever the point, by the heads and addresses of today."""
    members = Municipality.objects.members().prefetch_related("head_records")
    return [_head_of(one) for one in members.order_by(in_russian_order("name"), "pk")]


def _head_of(one: Municipality) -> Recipient:
    """The head of a member; in general words, and without a salutation, where nobody recorded who that is."""
    head = one.head_on()
    # Between quotation marks a town, a городской and a муниципальный округ are all named rightly.
    whom = head.dative or f"Главе муниципального образования\n{quoted(one.name)}\n{one.region}"
    block = "\n".join(filter(None, [whom, head.address, head.email]))
    return Recipient(addressee=block, salutation=head.salutation, municipality_id=one.pk)


_TEXTS: dict[Recipients, Callable[[ResolutionText, str], tuple[str, str, str]]] = {
    Recipients.THANKED: _thanks_text,
    Recipients.MEMBERS: _circular_text,
}
_RECIPIENTS: dict[Recipients, Callable[[DecisionPoint | None], list[Recipient]]] = {
    Recipients.THANKED: _thanked,
    Recipients.MEMBERS: _members,
}


@transaction.atomic
def write_letters(
    resolution: Resolution,
    *,
    kind: str,
    point: DecisionPoint | None,
    common: CommonText,
    recipients: Sequence[Recipient],
    by: User,
) -> Mailing:
    """Make a draft for each recipient, all or none.

    Args:
        resolution: the decision that the letters carry out.
        kind: a code of `LETTER_KINDS`.
        point: the point of it, if it is one.
        common: what the letters share.
        recipients: one or more.
        by: who prepares them.

    Returns:
        The mailing with its letters.
    """
    mailing = Mailing.objects.create(
        kind=kind, resolution=resolution, point=point, title=common.title, created_by_name=str(by)
    )
    for recipient in recipients:
        Letter.objects.create(
            kind=kind,
            resolution=resolution,
            point=point,
            mailing=mailing,
            municipality_id=recipient.municipality_id,
            correspondent=_correspondent(recipient, kind),
            addressee=recipient.addressee,
            heading=common.heading,
            salutation=recipient.salutation,
            body=common.body.replace(PERSON, recipient.person),
            signatory_position=common.signatory_position,
            signatory_name=common.signatory_name,
            executor=common.executor,
            reply_days=common.reply_days,
        )
    return mailing


def _correspondent(recipient: Recipient, kind: str) -> Correspondent | None:
    """Who has to answer: the municipality that is written to, else whoever is named; to thanks nobody."""
    if LETTER_KINDS[kind].asks is Asks.NOTHING:
        return None
    if recipient.municipality_id:
        return Correspondent.objects.of_municipality(recipient.municipality_id)
    return Correspondent.objects.named(recipient.correspondent) if recipient.correspondent else None
