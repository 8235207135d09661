"""The register of incoming letters, as the portal lists it."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from listings.columns import Column
from listings.filters import Choice, Search
from listings.listing import Listing
from listings.words import Words
from resolutions.models import IncomingEntry, IncomingLetter, Outcome

ANSWERS, NOTHING, VOIDED = "answers", "nothing", "voided"


class IncomingRegister(Listing[QuerySet[IncomingLetter]]):
    """The incoming letters, newest first."""

    def which(self, letters: QuerySet[IncomingLetter], asked: str) -> QuerySet[IncomingLetter]:
        """Those that answer something, or nothing, or were written down by mistake."""
        if asked == VOIDED:
            return letters.filter(is_voided=True)
        said = Outcome.objects.filter(entry__letter=OuterRef("pk"), entry__voided_by=None).order_by()
        return letters.filter(Exists(said) if asked == ANSWERS else ~Exists(said), is_voided=False)

    address = "incoming_letters"
    words = Words(
        table="Реестр входящих",
        filters="Отбор входящих",
        pages="Страницы реестра",
        empty_title="Входящих пока нет",
        empty="Письмо регистрируют, когда оно поступило: с номером, днём и тем, на какие просьбы оно отвечает.",
        nothing="По этим условиям входящих нет.",
        show_all="Показать все входящие",
        refused="покажите все входящие",
    )
    filters = (
        Search(placeholder="Номер, отправитель или содержание"),
        Choice(
            "answers",
            "Ответ",
            "Все",
            [(ANSWERS, "Отвечают на просьбы"), (NOTHING, "Ни на что не отвечают"), (VOIDED, "Запись отменена")],
            by=which,
        ),
    )
    cells = "resolutions/letters/incoming/register"
    columns = (
        Column("number", "Входящее и отправитель", str, cell="_number", heads=True),
        Column("said", "Что сказано", lambda row: row.entries.all(), cell="_said"),
    )
    page_size = 50
    target = "register"

    def everything(self) -> QuerySet[IncomingLetter]:
        """What staff may read; entries that count come with what they say."""
        said = IncomingEntry.objects.in_force().prefetch_related(
            "outcomes__forwarded_to__municipality", "outcomes__ask__letter__point"
        )
        letters = IncomingLetter.objects.select_related("correspondent__municipality")
        return letters.prefetch_related(Prefetch("entries", queryset=said)).order_by("-received_on", "-pk")
