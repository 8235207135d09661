"""All decisions, as the portal lists them."""

from listings.columns import LINK, Column
from listings.filters import Choice, Choices, Search
from listings.listing import Listing
from listings.words import Words
from resolutions.access import can_see_internal
from resolutions.models import Resolution, ResolutionStatus
from resolutions.models.resolution import ResolutionQuerySet
from russian.text import search_form


def named(decisions: ResolutionQuerySet, typed: list[str]) -> ResolutionQuerySet:
    """The decisions in whose heading or number all words stand; there are dozens of them, so that two columns do."""
    words = [search_form(word) for word in typed]
    texts = decisions.order_by().values_list("pk", "title", "number")
    found = [pk for pk, *said in texts if all(word in search_form(" ".join(said)) for word in words)]
    return decisions.filter(pk__in=found)


def is_watched(decision: Resolution) -> bool | None:
    """Whether any of its points is under control; None of a draft."""
    if decision.status == ResolutionStatus.DRAFT:
        return None
    return any(point.is_under_control for point in decision.points.all())


class Decisions(Listing[ResolutionQuerySet]):
    """The decisions that somebody may see, newest first."""

    address = "resolutions"
    words = Words(
        table="Решения",
        filters="Отбор решений",
        pages="Страницы списка решений",
        empty_title="Опубликованных решений пока нет",
        empty="Решение появляется здесь, когда Общее Собрание его приняло.",
        nothing="Таких решений нет.",
        show_all="Показать все решения",
        refused="покажите все решения",
    )
    filters = (
        Search(placeholder="Заголовок или номер", matches=named),
        Choice("year", "Год", "Любой", lambda listing: listing.years(), column="adopted_on__year"),
        Choice("status", "Состояние", "Любое", lambda listing: listing.statuses()),
    )
    cells = "resolutions/list"
    columns = (
        Column("adopted_on", "Дата и номер", "day_and_number"),
        Column("title", "Решение", cell=LINK, heads=True),
        Column("status", "Состояние", "get_status_display", cell="_status"),
        Column("points", "Пункты", lambda found: len(found.points.all()), cell="_points"),
        Column("watched", "Контроль", is_watched, cell="_watched"),
    )
    page_size = 50
    stacks = True

    def everything(self) -> ResolutionQuerySet:
        """What this visitor may see."""
        return Resolution.objects.visible_to(self.user).newest_first().prefetch_related("points")

    def years(self) -> Choices:
        """In which decisions were taken, the latest first."""
        days = Resolution.objects.visible_to(self.user).dates("adopted_on", "year", order="DESC")
        return [(str(day.year), f"{day.year} год") for day in days]

    def statuses(self) -> Choices:
        """In which decisions stand that this visitor may see."""
        if can_see_internal(self.user):
            return ResolutionStatus.choices
        return [one for one in ResolutionStatus.choices if one[0] != ResolutionStatus.DRAFT]
