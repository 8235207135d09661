"""The register of letters, as the portal lists it."""

from django.http import QueryDict

from accounts.access import Visitor
from listings.columns import Column
from listings.filters import Choice, Search
from listings.listing import Listing
from listings.words import Words
from resolutions.kinds import letter_kind_choices
from resolutions.models import Letter, LetterState, Mailing
from resolutions.models.letter import LetterQuerySet

OVERDUE = "overdue"


class Register(Listing[LetterQuerySet]):
    """The letters that somebody may read, newest first."""

    def in_state(self, letters: LetterQuerySet, state: str) -> LetterQuerySet:
        """The letters in a state; those whose answer is late are not in one of their own."""
        return letters.overdue(self.day) if state == OVERDUE else letters.filter(state=state)

    address = "letters"
    words = Words(
        table="Реестр писем",
        filters="Отбор писем",
        pages="Страницы реестра",
        empty_title="Писем пока нет",
        empty="Обращение составляется в карточке пункта решения, который его поручает; "
        "благодарности и рассылка – на странице решения.",
        nothing="По этим условиям писем нет.",
        show_all="Показать все письма",
        refused="покажите все письма",
    )
    filters = (
        Search(placeholder="Номер, адресат или заголовок"),
        Choice("kind", "Вид", "Любой", lambda _: letter_kind_choices()),
        Choice(
            "state", "Состояние", "Любое", [(OVERDUE, "Есть просроченная просьба"), *LetterState.choices], by=in_state
        ),
    )
    cells = "resolutions/letters/register"
    columns = (
        Column("number", "Исх. № и дата", cell="_requisites"),
        Column("letter", "Письмо", str, cell="_letter", heads=True),
        Column("addressee", "Адресат"),
        Column("state", "Состояние", "get_state_display", cell="_state"),
        Column("awaited_until", "Ответа ждут до", lambda row: row.awaited_until if row.waits else None, cell="_due"),
        Column("resolution", "По решению", "resolution.title", cell="_resolution"),
    )
    page_size = 50
    target = "register"

    def everything(self) -> LetterQuerySet:
        """What this visitor may read."""
        return Letter.objects.visible_to(self.user).select_related("resolution", "point")


class MailingLetters(Listing[list[Letter]]):
    """The letters of a mailing, in the order in which they were written."""

    address = "mailing"
    words = Words(table="Письма пакета", empty="В пакете нет писем.")
    cells = "resolutions/letters/register"
    columns = (
        Column("number", "Исх. № и дата", cell="_requisites"),
        Column("addressee", "Адресат", cell="_addressee", heads=True),
        Column("salutation", "Обращение"),
        Column("state", "Состояние", "get_state_display", cell="_state"),
    )

    def __init__(self, data: QueryDict, user: Visitor, mailing: Mailing, letters: list[Letter]) -> None:
        super().__init__(data, user)
        self.mailing, self._letters = mailing, letters

    @property
    def args(self) -> tuple[int]:
        return (self.mailing.pk,)

    def everything(self) -> list[Letter]:
        return self._letters
