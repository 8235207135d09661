"""All decisions, as the portal lists them."""

from listings.columns import LINK, Column
from listings.listing import Listing
from listings.words import Words
from resolutions.models import Resolution
from resolutions.models.resolution import ResolutionQuerySet
from russian.templatetags.russian import long_date


class Decisions(Listing[ResolutionQuerySet]):
    """The decisions that somebody may see, newest first."""

    address = "resolutions"
    words = Words(
        table="Решения",
        empty_title="Опубликованных решений пока нет",
        empty="Решение появляется здесь, когда Общее Собрание его приняло.",
    )
    cells = "resolutions/list"
    columns = (
        Column("adopted_on", "Дата", shown=long_date),
        Column("title", "Решение", cell=LINK, heads=True),
        Column("status", "Состояние", "get_status_display", cell="_status"),
        Column("points", "Пункты", lambda found: len(found.points.all()), cell="_points"),
    )

    def everything(self) -> ResolutionQuerySet:
        """What this visitor may see."""
        return Resolution.objects.visible_to(self.user).newest_first().prefetch_related("points")
