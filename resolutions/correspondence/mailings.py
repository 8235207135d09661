"""Many letters from one text: the common text, the people it goes to, and the letters made of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from municipalities.models import Municipality
from resolutions.correspondence.thanks import persons_in
from resolutions.models import DecisionPoint, Letter, LetterKind, Mailing, Resolution
from russian.collation import in_russian_order
from russian.templatetags.russian import long_date

# What stands in the common text for the person of one letter.
PERSON = "{кому}"

REPLY_DAYS_OF_KIND = {LetterKind.APPEAL: 30, LetterKind.GRATITUDE: None, LetterKind.CIRCULAR: None}


@dataclass(frozen=True)
class Recipient:
    """Whom one letter of a mailing goes to.

    Attributes:
        addressee: the block of the addressee, line by line, in the dative.
        salutation: «Уважаемый Денис Сергеевич!»; may be empty.
        person: what the common text says in place of `PERSON`, in the case it needs there.
        municipality_id: the municipality that is written to, if it is one.
    """

    addressee: str
    salutation: str = ""
    person: str = ""
    municipality_id: int | None = None


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
    """A first text of the letters, made of the decision. People edit it from there."""
    text = resolution.text
    day, place = long_date(text.adopted_on), f" ({text.place})" if text.place else ""
    signatory = (text.signatory_position, text.signatory_name)
    if kind == LetterKind.GRATITUDE:
        body = (
            f"{text.union_name} выражает благодарность {PERSON} за содержательный доклад по вопросу «{text.title}» "
            f"на заседании {day}{place and f'{place}.'}\n"
            "Надеемся на дальнейшее сотрудничество."
        )
        return CommonText("Благодарность докладчикам", "О благодарности", body, *signatory)
    body = (
        f"Направляем решение, принятое {day}{place}: «{text.title}».\n"
        "Просим учесть его в работе.\n"
        f"Приложение: решение от {day}"
    )
    return CommonText("Рассылка решения", "О направлении решения", body, *signatory)


def suggested_recipients(point: DecisionPoint | None, kind: str) -> list[Recipient]:
    """Whom the letters may go to: the persons that the point thanks, or all members; for a human to check."""
    if kind == LetterKind.GRATITUDE:
        persons = persons_in(point.as_text()) if point else []
        return [
            Recipient(addressee=f"{position[:1].upper()}{position[1:]}\n{name}", person=f"{position} {name}")
            for position, name in persons
        ]
    members = Municipality.objects.listed().order_by(in_russian_order("name"), "pk")
    return [
        Recipient(addressee=f"Главе муниципального образования\n(г. {one.name})\n{one.region}", municipality_id=one.pk)
        for one in members
    ]


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
        kind: a code of `LetterKind`.
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
