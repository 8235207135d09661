"""Russian order; the same list on SQLite and on PostgreSQL, since these tests run on both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from russian.collation import compare, in_russian_order

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
