"""Who speaks for a municipality, as the portal lists them."""

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.access import Visitor
from listings.columns import Column
from listings.listing import Listing
from listings.words import Words
from municipalities.models import Municipality, Representative


class Representatives(Listing[QuerySet[Representative]]):
    """The representatives of one municipality."""

    address = "municipality_representatives"
    words = Words(
        table="Представители",
        empty="Представитель не назначен: статус участия вносит секретариат.",
    )
    cells = "municipalities/representatives"
    columns = (
        Column("name", "Имя", "user.name", cell="_name", heads=True),
        Column("position", "Должность", "user.position"),
        Column("email", "Адрес электронной почты", "user.email", cell="_email"),
        Column("actions", "Действия", cell="_actions", is_silent=True),
    )
    order = ("user__name", "pk")

    def __init__(self, data: QueryDict, user: Visitor, municipality: Municipality) -> None:
        super().__init__(data, user)
        self.municipality = municipality

    @property
    def args(self) -> tuple[str]:
        return (self.municipality.slug,)

    def everything(self) -> QuerySet[Representative]:
        return self.municipality.representatives.select_related("user")
