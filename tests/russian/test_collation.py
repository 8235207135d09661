"""Russian order; the same list on SQLite and on PostgreSQL, since these tests run on both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from russian.collation import compare, in_russian_order, number_key

IN_ORDER = [
    "«Кавычки»",
    "1-й Май",
    "10-летие",
    "2-я Линия",
    "аА",
    "Аа",
    "АА",
    "Архангельск",
    "Великие Луки",
    "Великий Новгород",
    "Елец",
    "елка",
    "Елка",
    "ёлка",
    "Ёлка",
    "Ёлкино",
    "Еловка",
    "Иваново",
    "Ильин",
    "Ишим",
    "Йошкар-Ола",
    "Кострома",
    "Ко\u00adтлас",  # a soft hyphen, which nobody sees
    "Нижнекамск",
    "Нижний Новгород",
    "Ново-Переделкино",
    "Новомосковск",
    "Орел",
    "Орёл",
    "Орехово-Зуево",
    "Ростов",
    "Ростов Великий",
    "Ростов-на-Дону",
    "Ростовка",
    "Санкт-Петербург",
    "Старая Русса",
    "Старый Оскол",
    "Щелково",
    "Щёлково",
    "Ямал",
    "Ярославль",
    "Moscow",
]


@pytest.mark.django_db
@pytest.mark.parametrize("descending", [False, True])
def test_the_database_sorts_as_a_russian_reader(descending: bool) -> None:
    shuffled = IN_ORDER[1::2] + IN_ORDER[::2][::-1]
    User.objects.bulk_create(
        User(email=f"{n}@example.org", name=name, role=Role.MUNICIPAL) for n, name in enumerate(shuffled)
    )
    sorted_names = list(
        User.objects.order_by(in_russian_order("name", descending=descending)).values_list("name", flat=True)
    )
    assert sorted_names == (IN_ORDER[::-1] if descending else IN_ORDER)


texts = st.text("абеёйияАЕЁЙ -–«»().,1290abZ", max_size=8)


@given(texts, texts, texts)
def test_comparing_is_an_order(a: str, b: str, c: str) -> None:
    assert compare(a, b) == -compare(b, a)
    assert (compare(a, b) == 0) == (a == b)
    if compare(a, b) <= 0 and compare(b, c) <= 0:
        assert compare(a, c) <= 0


def test_numbers_among_words_stand_by_their_size() -> None:
    in_order = ["2 дела", "Ёлка 1", "О деле", "О деле 1", "О деле 002", "О деле 10", "О деле 10, 2", "О деле 10, 11"]
    assert sorted(sorted(in_order), key=number_key) == in_order


def test_a_number_may_be_longer_than_any_that_is_counted() -> None:
    assert number_key("9" * 5_000) < number_key("1" + "0" * 5_000)
