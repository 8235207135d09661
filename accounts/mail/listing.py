"""The list of the letters that the portal wrote."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.access import mail_again_refusal
from accounts.mail_kinds import MAIL_KINDS
from accounts.models import MailState, OutgoingMail
from accounts.models.outgoing import UNDER_WAY
from listings.columns import Column, to_the_minute
from listings.filters import Choice, Search
from listings.listing import Listing
from listings.words import Words

UNSENT = "under_way"
TWICE = "twice"
STATES = (
    (UNSENT, "Ждут отправки"),
    (MailState.FAILED, "Не отправлены"),
    (MailState.SENT, "Отправлены"),
    (MailState.MISSED, "Не успели уйти"),
    (TWICE, "Могли уйти дважды"),
)


def in_state(listing: object, letters: QuerySet[OutgoingMail], state: str) -> QuerySet[OutgoingMail]:
    """The letters that stand so."""
    if state == TWICE:
        return letters.filter(may_have_left_twice=True)
    return letters.filter(Q(state__in=UNDER_WAY) if state == UNSENT else Q(state=state))


def kinds(listing: object) -> Iterable[tuple[str, str]]:
    """What letters are about, in the order of the words."""
    return sorted(((kind.code, kind.label) for kind in MAIL_KINDS.values()), key=lambda pair: pair[1])


class Mail(Listing[QuerySet[OutgoingMail]]):
    """All letters, the latest first; those for unknown addresses are none."""

    address = "mail"
    trail = "accounts/_mail_trail.html"
    words = Words(
        table="Почта портала",
        lead="Письма, которые портал пишет сам: приглашения, коды для входа, напоминания. Тексты писем здесь не видны.",
        filters="Отбор писем",
        pages="Страницы списка писем",
        empty="Портал ещё не писал писем.",
        nothing="Таких писем нет.",
        show_all="Показать все",
        refused="покажите все письма",
    )
    filters = (
        Search("search", "Адрес или тема", max_length=200),
        Choice("state", "Состояние", "Все", STATES, by=in_state),
        Choice("kind", "О чём", "Обо всём", kinds),
    )
    cells = "accounts/mail"
    columns = (
        Column("state", "Состояние", "get_state_display", cell="_state"),  # first: a phone shows no more than two
        Column("recipient", "Кому", heads=True),
        Column("subject", "Тема", cell="_subject"),
        Column("created_at", "Написано", shown=to_the_minute),
        Column("again", "Отправить ещё раз", lambda letter: None, cell="_again", is_silent=True),
    )
    order = ("-created_at", "-pk")
    page_size = 50

    def everything(self) -> QuerySet[OutgoingMail]:
        """The letters to somebody."""
        return OutgoingMail.objects.to_somebody().select_related("user")

    def prepared(self, rows: list[OutgoingMail]) -> list[OutgoingMail]:
        """The letters with whether they may be sent again."""
        for letter in rows:
            vars(letter)["again_refusal"] = mail_again_refusal(self.user, letter)
        return rows
