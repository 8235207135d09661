"""The trust store as lists: whom the portal trusts, and what it knows of revoked certificates."""

from django.db.models import QuerySet

from documents.models import RevocationSource, TrustedAuthority
from listings.columns import Column
from listings.listing import Listing
from listings.words import Words
from russian.templatetags.russian import long_date, moment


class Authorities(Listing[QuerySet[TrustedAuthority]]):
    """Whom the portal trusts."""

    address = "authorities"
    words = Words(
        table="Доверенные удостоверяющие центры",
        empty="Пока никому не доверяем: ни одна электронная подпись не будет подтверждена.",
    )
    cells = "documents/pages/authorities"
    columns = (
        Column("name", "Название", cell="_name", heads=True),
        Column("purpose", "Чему доверяем", "get_purpose_display"),
        Column("validity", "Действует", lambda one: f"{long_date(one.not_before)} – {long_date(one.not_after)}"),
        Column("added", "Добавлен", lambda one: f"{long_date(one.added_at)}, {one.added_by_name}"),
        Column("sha256", "Отпечаток SHA-256", cell="_sha256"),
        Column("actions", "Действия", cell="_actions", is_silent=True),
    )

    def everything(self) -> QuerySet[TrustedAuthority]:
        """Those that were not removed."""
        return TrustedAuthority.objects.trusted()


class Revocations(Listing[QuerySet[RevocationSource]]):
    """What the portal knows of revoked certificates."""

    address = "authorities"
    words = Words(
        table="Сведения об отзыве",
        empty="Пока не загружено ничего: отзыв проверяется только по тому, что вложено в сам файл подписи.",
    )
    cells = "documents/pages/authorities"
    columns = (
        Column("issuer_name", "Удостоверяющий центр", cell="_issuer", heads=True),
        Column("what", "Вид"),
        Column("made_at", "Составлен", shown=moment),
        Column("next_at", "Следующий ожидается", shown=lambda at: moment(at) if at else "не указано"),
        Column("loaded", "Загружен", lambda one: f"{long_date(one.loaded_at)}, {one.loaded_by_name}"),
    )

    def everything(self) -> QuerySet[RevocationSource]:
        """All lists and answers, without their bytes."""
        return RevocationSource.objects.defer("content")
