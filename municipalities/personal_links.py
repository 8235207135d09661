"""Personal links: what they are for, when one opens its page, and what it says when it does not.

A room above brings its purpose when the portal starts, in its `AppConfig.ready`: one entry, and that is all. It may
bring besides what else is offered to whoever has a link, whatever the link is for.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import User
from municipalities.access import links_refusal
from municipalities.models.municipality import Municipality
from municipalities.models.personal_link import LinkEnd, PersonalLink
from russian.templatetags.russian import long_date
from russian.text import tidy

LOST = "Эта ссылка больше не действует. Попросите секретариат Союза прислать новую."
ENDED = {
    LinkEnd.ROTATED: "{day} эта ссылка заменена новой. Откройте ту, что пришла в последнем письме секретариата.",
    LinkEnd.WITHDRAWN: "{day} эта ссылка отозвана. Попросите секретариат Союза прислать действующую.",
}

PART_OF_ANOTHER = "С {day} {name} – часть другого муниципального образования: за прежнее ответы не принимаются."


class UnknownLink(Exception):
    """The portal never gave out such a link."""


class LinkGone(Exception):
    """The link was good once; the message says in Russian why it is not any more.

    Attributes:
        subject: the record that it was for; None when there is none any more.
    """

    def __init__(self, reason: str, subject: Any) -> None:
        super().__init__(reason)
        self.subject = subject


class LinkChanged(Exception):
    """Somebody else replaced or withdrew the link meanwhile."""


@dataclass(frozen=True)
class Purpose:
    """What links are given out for.

    Attributes:
        code: how the rows name it. The addresses are signed with it too: another code, and those that people have die.
        label: what a link opens, for the secretariat.
        page: the name of the address that it opens, below which a token stands.
        model: of the records that links are for; each has a `municipality` and a page of its own.
        related: what to read together with a record.
        until: the last day of a record's link, in Moscow; None while nobody has set one.
        refusal: why a record itself takes nothing today, in Russian; None when it does.
    """

    code: str
    label: str
    page: str
    model: type[models.Model]
    related: tuple[str, ...]
    until: Callable[[Any], dt.date | None]
    refusal: Callable[[Any], str | None]

    def find(self, key: object) -> Any:
        """A record that links are for; None when there is none."""
        return self.model._default_manager.select_related(*self.related).filter(pk=key).first()

    def refusal_today(self, subject: Any) -> str | None:
        """Why a record's link opens nothing today, whatever it is for: nobody acts for a part of another. One query."""
        whose: Municipality = subject.municipality
        merged = whose.succession
        if merged and merged.happened_on <= timezone.localdate():
            return PART_OF_ANOTHER.format(day=long_date(merged.happened_on), name=whose.name)
        return self.refusal(subject)


@dataclass(frozen=True)
class Opened:
    """A link that opens its page, and the record that it is for."""

    link: PersonalLink
    subject: Any


@dataclass(frozen=True)
class LinkCard:
    """All links that a record had, as the secretariat sees them.

    Attributes:
        purpose: what they are for.
        latest: the link that lives, or the last one; None when none was given out.
        earlier: those before it, the newest first.
        address: of the link that lives; empty without one.
        until: the last day on which it opens something.
        refusal: why it opens nothing today.
    """

    purpose: Purpose
    latest: PersonalLink | None
    earlier: tuple[PersonalLink, ...]
    address: str
    until: dt.date | None
    refusal: str | None


@dataclass(frozen=True)
class Offer:
    """What else somebody with a link may do for the municipality: in words, and its page."""

    label: str
    url: str


_purposes: dict[str, Purpose] = {}
_offers: dict[str, Callable[[Opened], Offer | None]] = {}


def add_purpose(one: Purpose) -> None:
    """Let links be given out for something; the same one twice is one."""
    _purposes[one.code] = one


def add_offer(name: str, read: Callable[[Opened], Offer | None]) -> None:
    """Offer something to whoever has opened a link of any purpose.

    Args:
        name: of what is offered; the same one twice is one.
        read: the offer, for an opened link; None where nothing is offered.
    """
    _offers[name] = read


def offers_of(opened: Opened) -> list[Offer]:
    """What else is offered to whoever has opened a link, in the order in which it was brought."""
    return [offer for read in _offers.values() if (offer := read(opened))]


def subject_of(link: PersonalLink) -> Any:
    """The record that a link is for; None when there is none any more."""
    return _purposes[link.purpose].find(link.subject)


def _signer(code: str) -> signing.Signer:
    """No time stamp: a link lives as long as what it is for, which the database knows."""
    return signing.Signer(salt=f"municipalities.{code}.link")


def token_of(link: PersonalLink) -> str:
    """The signed part of a link's address, the same in every letter."""
    return _signer(link.purpose).sign_object([link.subject, link.nonce])


def path_of(link: PersonalLink) -> str:
    """Where a link leads, without the host."""
    return reverse(_purposes[link.purpose].page, args=[token_of(link)])


def address_of(link: PersonalLink) -> str:
    """Where a link leads: an absolute address on PUBLIC_URL, whatever host a request came to."""
    return str(settings.PUBLIC_URL) + path_of(link)


def links_of(code: str, subject: models.Model) -> models.QuerySet[PersonalLink]:
    """The links of a record, the newest first."""
    return PersonalLink.objects.filter(purpose=code, subject=subject.pk).select_related("municipality")


def card_of(code: str, subject: Any, user: Visitor) -> LinkCard | None:
    """What those who keep links see of a record's: the address opens its page to anybody. One query.

    Args:
        code: of the purpose.
        subject: the record.
        user: who looks.

    Returns:
        The card; None for everybody else.
    """
    if links_refusal(user):
        return None
    purpose, links = _purposes[code], tuple(links_of(code, subject))
    latest = links[0] if links else None
    address = address_of(latest) if latest and not latest.ended else ""
    return LinkCard(purpose, latest, links[1:], address, purpose.until(subject), purpose.refusal_today(subject))


def giving_refusal(code: str, subject: Any, user: Visitor) -> str | None:
    """Why somebody cannot give out the first link of a record today, in Russian; None when they can.

    Args:
        code: of the purpose.
        subject: the record; it need not be stored yet.
        user: who asks.
    """
    return links_refusal(user) or _purposes[code].refusal_today(subject)


def give(code: str, subjects: Iterable[Any]) -> None:
    """Give out links for records that have none that lives.

    Args:
        code: of the purpose.
        subjects: records of the purpose's model.

    Raises:
        TypeError: a record is of another model than the purpose says.
    """
    purpose, asked = _purposes[code], list(subjects)
    if strangers := [one for one in asked if not isinstance(one, purpose.model)]:
        raise TypeError(f"Links for {code} are for {purpose.model._meta.label}, not for {strangers[0]!r}")
    PersonalLink.objects.bulk_create(
        PersonalLink(purpose=code, subject=one.pk, municipality_id=one.municipality_id) for one in asked
    )


def give_once(code: str, subjects: Iterable[Any]) -> dict[int, PersonalLink]:
    """Give out links for records that never had one: what was withdrawn stays so. Three queries, whatever their number.

    Arguments and errors as of `give`.

    Returns:
        The links that live, by the keys of their records.
    """
    asked = list(subjects)
    links = PersonalLink.objects.filter(purpose=code, subject__in=[one.pk for one in asked])
    had = set(links.order_by().values_list("subject", flat=True))
    give(code, [one for one in asked if one.pk not in had])
    return {one.subject: one for one in links.live()}


def forget(code: str, subjects: Iterable[Any]) -> None:
    """Remove the links of records that are about to go; whoever has one reads that it is over."""
    PersonalLink.objects.filter(purpose=code, subject__in=[one.pk for one in subjects]).delete()


def behind(code: str, token: str) -> Opened:
    """What an address opens.

    Args:
        code: of the purpose whose page was asked for.
        token: as it stands in the address.

    Raises:
        UnknownLink: not signed by this portal, or there is no such purpose.
        LinkGone: replaced, withdrawn, or what it is for takes nothing today.
    """
    if code not in _purposes:
        raise UnknownLink
    try:
        key, nonce = _signer(code).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as forged:
        raise UnknownLink from forged
    subject = _purposes[code].find(key)
    link = PersonalLink.objects.filter(purpose=code, subject=key, nonce=nonce).first()
    if link is None or subject is None:
        raise LinkGone(LOST, subject)
    refusal = _end_in_words(link) or _purposes[code].refusal_today(subject)
    if refusal:
        raise LinkGone(refusal, subject)
    return Opened(link, subject)


def _end_in_words(link: PersonalLink) -> str | None:
    return ENDED[LinkEnd(link.ended)].format(day=long_date(link.ended_at)) if link.ended else None


def hold(opened: Opened) -> None:
    """Let nobody replace or withdraw a link before the end of the transaction, in which something is written by it.

    Raises:
        LinkGone: somebody did so since it was opened.
    """
    current = PersonalLink.objects.select_for_update().get(pk=opened.link.pk)
    if current.ended:
        raise LinkGone(_end_in_words(current) or LOST, opened.subject)


@transaction.atomic
def renew(link: PersonalLink, *, by: User) -> None:
    """Give out another link; the former one opens nothing from now on.

    Args:
        link: the latest of its record, as the page showed it: living or withdrawn.
        by: the secretariat.

    Raises:
        LinkChanged: it is not the latest any more, or has ended since.
    """
    current = _as_it_was_shown(link)
    if not current.ended:
        current.end(LinkEnd.ROTATED, by=by)
    give(current.purpose, [subject_of(current)])


@transaction.atomic
def withdraw(link: PersonalLink, *, reason: str, by: User) -> None:
    """Leave a record without a link.

    Args:
        link: the one that lives.
        reason: why, for the history.
        by: the secretariat.

    Raises:
        LinkChanged: it has ended meanwhile.
    """
    _as_it_was_shown(link).end(LinkEnd.WITHDRAWN, by=by, reason=tidy(reason))


def _as_it_was_shown(link: PersonalLink) -> PersonalLink:
    current = PersonalLink.objects.select_for_update().get(pk=link.pk)
    later = PersonalLink.objects.filter(purpose=link.purpose, subject=link.subject, pk__gt=link.pk)
    if current.ended != link.ended or later.exists():
        raise LinkChanged
    return current
