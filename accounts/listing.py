"""The list of everybody who may log in, and who may no longer."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.people import AccountState, state_of
from accounts.roles import Role
from listings.columns import Column
from listings.filters import Choice, Search
from listings.listing import Listing
from listings.words import Words
from russian.collation import in_russian_order
from russian.templatetags.russian import moment
from russian.text import search_form


def named(people: QuerySet[User], typed: list[str]) -> QuerySet[User]:
    """The people in whose name, position or address all words stand, in any case."""
    # SQLite folds the case of ASCII only, so Russian is compared here: a union has hundreds of people.
    words = [search_form(word) for word in typed]
    texts = {
        pk: search_form(" ".join(said)) for pk, *said in User.objects.values_list("pk", "name", "position", "email")
    }
    return people.filter(pk__in=[pk for pk, text in texts.items() if all(word in text for word in words)])


def in_state(listing: object, people: QuerySet[User], state: str) -> QuerySet[User]:
    """The people whose account stands so."""
    if state == AccountState.OFF:
        return people.filter(is_active=False)
    return people.filter(is_active=True, last_login__isnull=state == AccountState.INVITED)


class People(Listing[QuerySet[User]]):
    """All accounts, in the order of their names."""

    address = "users"
    words = Words(
        table="Список пользователей",
        filters="Отбор пользователей",
        pages="Страницы списка",
        nothing="Никто не подошёл под эти условия.",
        show_all="Показать всех",
        refused="покажите всех",
    )
    filters = (
        Search("search", "Имя, должность или адрес", matches=named, max_length=200),
        Choice("role", "Роль", "Все роли", Role.choices),
        Choice("state", "Состояние", "Все", AccountState.choices, by=in_state),
    )
    cells = "accounts/users"
    columns = (
        Column("name", "Имя и должность", cell="_name", heads=True),
        Column("role", "Роль", "get_role_display", cell="_role"),
        Column("email", "Адрес"),
        Column("state", "Состояние", state_of, cell="_state"),
        Column("last_login", "Последний вход", shown=moment),
    )
    order = (in_russian_order("name"), "pk")
    page_size = 50

    def everything(self) -> QuerySet[User]:
        return User.objects.all()
