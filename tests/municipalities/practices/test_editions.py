"""The editions of the Standard: each has its own directions, and nothing is added up beyond one."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from accounts.models import User
from municipalities.models import Municipality, StandardEdition
from municipalities.practices.editions import FIRST_DIRECTIONS, bring_first, editions_read, is_used
from municipalities.practices.learning import learning_of
from municipalities.practices.models import Direction, Practice, Solution
from municipalities.practices.sections import by_edition
from tests.municipalities.factory import city
from tests.municipalities.practices.factory import edition, solution
from tests.municipalities.practices.factory import practice as tell
from tests.municipalities.practices.test_commitment_pages import text_of
from tests.municipalities.practices.test_learning import scored
from tests.sgcszr_portal.figures.crawler import Crawler

pytestmark = pytest.mark.django_db
URL = "/practices/editions/"
ADD = f"{URL}add/"
CITY = "/municipalities/kostroma/"


def edit(year: int) -> str:
    return f"{URL}{year}/edit/"


def names(year: int) -> list[str]:
    return [one.name for one in Direction.objects.filter(edition__year=year)]


def added(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Требования 2026 года",
        "year": 2026,
        "more": "Связь\n\n  Умное   ЖКХ\n",
        "indicators": "",
        "maximum": "",
        "version": 1,
    } | changes


def filled(of_year: int, /, **changes: Any) -> dict[str, Any]:
    """The form of an edition as it stands, with changes; directions by their places."""
    stored = StandardEdition.objects.get(year=of_year)
    form: dict[str, Any] = {"name": stored.name, "year": of_year, "more": "", "version": stored.version}
    form |= {"indicators": stored.indicators or "", "maximum": stored.maximum or ""}
    form |= {f"direction_{one.code}": one.name for one in stored.directions.all()}
    return form | changes


def code(year: int, name: str) -> str:
    return Direction.objects.get(edition__year=year, name=name).code


def test_the_edition_of_2018_is_there_with_its_ten() -> None:
    assert names(2018) == list(FIRST_DIRECTIONS.values())
    assert len(names(2018)) == 10
    assert StandardEdition.objects.get().history.count() == 0  # type: ignore[attr-defined]  # of the library


def test_it_is_brought_once_and_not_before_its_table() -> None:
    bring_first()
    assert (StandardEdition.objects.count(), Direction.objects.count()) == (1, 10)
    Direction.objects.all().delete()
    StandardEdition.objects.all().delete()
    with patch.object(connection.introspection, "table_names", return_value=[]):
        bring_first()
    assert not StandardEdition.objects.exists()
    bring_first()
    assert names(2018) == list(FIRST_DIRECTIONS.values())
    assert Direction.objects.earliest("order").search_text == "городское управление"


def test_the_secretariat_adds_an_edition(secretary: Client, client: Client) -> None:
    assert secretary.post(ADD, added())["Location"] == URL
    assert names(2026) == ["Связь", "Умное ЖКХ"]
    assert [one.code for one in Direction.objects.filter(edition__year=2026)] == ["2026-svyaz", "2026-umnoye-zhkkh"]
    page = client.get(URL).content.decode()
    assert page.index("Требования 2026 года") < page.index("Базовые и дополнительные требования, 2018")
    assert "Внести редакцию" not in page
    assert "Внести редакцию" in secretary.get(URL).content.decode()
    line = StandardEdition.history.get()  # type: ignore[attr-defined]  # of the library
    assert line.history_user_name == "С.С. Секретарёва"
    assert "Редакция внесена в портал" in secretary.get(edit(2026)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Обязательное поле"),
        ({"name": "Kотлас"}, "буква «K» – латинская"),
        ({"name": "Базовые и дополнительные  требования, 2018"}, "Редакция с таким названием уже внесена."),
        ({"year": "2018"}, "Редакция этого года уже внесена."),
        ({"year": "2017"}, "Укажите год от 2018 до 2100."),
        ({"year": "2101"}, "Укажите год от 2018 до 2100."),
        ({"year": "давно"}, "Введите целое число"),
        ({"indicators": "0"}, "Число не меньше 1."),
        ({"maximum": "0"}, "Максимум – число больше нуля."),
        ({"maximum": "много"}, "Введите число"),
        ({"more": " \n "}, "Назовите хотя бы одно направление."),
        ({"more": "Связь\nсвязь"}, "Направление «связь» названо дважды."),
        ({"more": "я" * 151}, "Название направления не длиннее 150 символов"),
        ({"more": "\n".join(f"Направление {number}" for number in range(51))}, "не больше 50 направлений"),
        ({"more": "Kотлас"}, "буква «K» – латинская"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(secretary: Client, changes: dict[str, Any], sentence: str) -> None:
    answer = secretary.post(ADD, added(**changes))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert answer.context["form"]["more"].value() == added(**changes)["more"]
    assert StandardEdition.objects.count() == 1


def test_a_used_edition_is_only_renamed_and_added_to(secretary: Client, kostroma: Municipality) -> None:
    practice = tell(kostroma, direction="utilities")
    said = filled(2018, name="Стандарт 2018", direction_utilities="Умное жильё", more="Умный спорт")
    assert secretary.post(edit(2018), said).status_code == 302
    assert names(2018) == ["Городское управление", "Умное жильё", *list(FIRST_DIRECTIONS.values())[2:], "Умный спорт"]
    practice.refresh_from_db()
    assert (practice.direction_id, str(practice.direction)) == ("utilities", "Умное жильё (2018)")
    assert [one.title for one in Practice.objects.filter(direction__search_text__contains="жилье")] == [practice.title]
    page = text_of(secretary.get(edit(2018)))
    assert "Редакцией уже пользуются" in page
    history = " ".join(strip_tags(page.partition('id="changes-title"')[2]).split())
    for told in ("Базовые и дополнительные требования, 2018 Стандарт 2018", "Умное ЖКХ Умное жильё"):
        assert told in history
    assert "Добавлено направление «Умный спорт»." in history
    assert history.count("Редакция внесена в портал") == 1


@pytest.mark.parametrize("use", ["practice", "solution", "once"])
def test_a_used_edition_keeps_its_year_and_directions(secretary: Client, kostroma: Municipality, use: str) -> None:
    further = edition(2026, "Связь", "Свет")
    told: Any = (solution if use == "solution" else tell)(kostroma, direction=code(2026, "Свет"))
    if use == "once":
        told.direction_id = "social"
        told.save()
    field = f"direction_{code(2026, 'Связь')}"
    answer = secretary.post(edit(2026), filled(2026, year=2027, **{field: ""}))
    assert answer.status_code == 422
    assert "Редакцией уже пользуются: её год не меняется." in text_of(answer)
    assert answer.context["form"].errors[field] == [
        "Редакцией уже пользуются: направление можно переименовать, но не убрать."
    ]
    assert (is_used(further), names(2026)) == (True, ["Связь", "Свет"])


def test_an_unused_edition_is_changed_at_will(secretary: Client) -> None:
    edition(2026, "Связь", "Свет", "Спорт")
    first, second, third = (f"direction_{code(2026, name)}" for name in ("Связь", "Свет", "Спорт"))
    said = filled(2026, year=2027, **{first: "Свет", second: "Связь", third: ""})
    assert secretary.post(edit(2026), said).status_code == 302
    assert names(2027) == ["Свет", "Связь"]
    assert "2026" in first
    answer = secretary.post(edit(2027), filled(2027, **{first: "", second: ""}))
    assert "Назовите хотя бы одно направление." in text_of(answer)
    assert "Пока по этой редакции нет практик" in text_of(secretary.get(edit(2027)))
    assert secretary.get(edit(2026)).status_code == 404


def test_two_names_in_one_edition_are_refused_beside_the_second(secretary: Client) -> None:
    answer = secretary.post(edit(2018), filled(2018, direction_social="городское управление"))
    assert answer.context["form"].errors == {"direction_social": ["Направление «городское управление» названо дважды."]}


def test_who_comes_into_use_meanwhile_is_not_taken_out(secretary: Client, kostroma: Municipality) -> None:
    edition(2026, "Связь", "Свет")
    light = code(2026, "Свет")
    tell(kostroma, direction=light)
    said = filled(2026, **{f"direction_{light}": ""})
    with patch("municipalities.practices.edition_forms.is_used", return_value=False):
        answer = secretary.post(edit(2026), said)
    assert answer.status_code == 422
    assert "Проверьте и сохраните ещё раз." in text_of(answer)
    assert names(2026) == ["Связь", "Свет"]


def test_the_second_of_two_writers_takes_out_nothing_of_the_first(secretary: Client) -> None:
    edition(2026, "Связь", "Свет")
    said = filled(2026, name="Второе")
    light = f"direction_{code(2026, 'Свет')}"
    assert secretary.post(edit(2026), filled(2026, name="Первое", more="Спорт", **{light: ""})).status_code == 302
    answer = secretary.post(edit(2026), said)
    assert answer.status_code == 409
    assert "Первое" in text_of(answer)
    again = answer.context["form"].data
    assert secretary.post(edit(2026), again.dict()).status_code == 302
    assert (StandardEdition.objects.get(year=2026).name, names(2026)) == ("Второе", ["Связь", "Спорт"])


def test_others_read_and_do_not_write(owner: Client) -> None:
    answer = owner.post(ADD, added())
    assert (answer.status_code, "Редакции Стандарта ведёт секретариат." in text_of(answer)) == (403, True)


def test_directions_stand_in_the_order_of_their_edition() -> None:
    edition(2026, "Ямы", "Арки")
    latest, first = editions_read()
    assert [line.direction.name for line in latest.lines] == ["Ямы", "Арки"]
    assert [line.direction.name for line in first.lines] == list(FIRST_DIRECTIONS.values())


def test_practices_are_counted_by_edition_and_never_together(client: Client, kostroma: Municipality) -> None:
    tell(kostroma, "Раз")
    alone = editions_read()
    assert [(one.practices, one.url) for one in alone] == [(1, "/practices/")]
    edition(2026, "Умный городской транспорт", "Умное ЖКХ", "Спорт")
    tell(kostroma, "Два", direction=code(2026, "Умный городской транспорт"))
    tell(kostroma, "Три", direction=code(2026, "Умное ЖКХ"))
    hidden = tell(city("Скрытый", 99000001, is_listed=False), direction=code(2026, "Умное ЖКХ"))
    assert hidden.pk
    latest, first = editions_read()
    assert [(one.practices, one.url) for one in (latest, first)] == [
        (2, "/practices/?edition=2026"),
        (1, "/practices/?edition=2018"),
    ]
    transport = [line.practices for one in (latest, first) for line in one.lines if "транспорт" in line.direction.name]
    assert transport == [1, 1]
    crawler = Crawler(client)
    assert crawler.faults(URL) == []
    assert crawler.followed == sum(2 + len(one.lines) for one in (latest, first))
    assert crawler.faults(first.url) == []


def test_the_catalogue_is_grouped_where_there_are_several(client: Client, kostroma: Municipality) -> None:
    tell(kostroma, "Ананас")
    page = client.get("/practices/").content.decode()
    assert "Редакция Стандарта" not in page
    assert "<h3>Базовые" not in page
    edition(2026)
    tell(kostroma, "Яблоко", direction=code(2026, "Умное ЖКХ"))
    tell(kostroma, "Банан", direction=code(2026, "Умное ЖКХ"))
    page = client.get("/practices/").content.decode()
    order = ["<h3>Требования 2026", ">Банан</a>", ">Яблоко</a>", "<h3>Базовые и", ">Ананас</a>"]
    assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)
    assert page.count("<h3>Требования 2026") == 1
    assert "Умное ЖКХ (2026)" in page


def test_a_city_is_shown_by_each_edition_and_its_totals_stay_apart(client: Client, kostroma: Municipality) -> None:
    edition(2026, "Умное ЖКХ", "Связь", "Спорт")
    solution(kostroma, "Старое", direction="utilities")
    solution(kostroma, "Плановое", direction="social", stage="planned")
    withdrawn = solution(kostroma, "Снятое", direction="tourism")
    Solution.objects.filter(pk=withdrawn.pk).update(is_published=False, withdrawn_because="Так.")
    withdrawn.refresh_from_db()
    found = by_edition([*Solution.objects.exclude(pk=withdrawn.pk), withdrawn])
    assert [(one.edition.year, one.at_work, len(one.directions)) for one in found] == [(2026, 0, 3), (2018, 1, 10)]
    solution(kostroma, "Новое", direction=code(2026, "Умное ЖКХ"))
    solution(kostroma, "Новейшее", direction=code(2026, "Связь"))
    page = text_of(client.get(CITY))
    assert "Решения работают в 2 из 3 направлений этой редакции." in page
    assert "Решения работают в 1 из 10 направлений этой редакции." in page


def test_an_edition_by_which_nothing_is_told_is_shown_only_as_the_latest(kostroma: Municipality) -> None:
    edition(2026, "Связь")
    found = by_edition([solution(kostroma, direction=code(2026, "Связь"))])
    assert [one.edition.year for one in found] == [2026]


def test_what_is_at_work_by_another_edition_does_not_count(kostroma: Municipality) -> None:
    scored(kostroma)
    edition(2026, "Умное ЖКХ")
    own = solution(kostroma, direction="utilities")
    solution(scored(city("Буй", 100)), direction=code(2026, "Умное ЖКХ"))
    found = learning_of(kostroma, [own]).directions
    assert [label for label, _ in found] == ["Умное ЖКХ (2026)"]


def test_a_moved_direction_is_read_in_the_history(secretary: Client, kostroma: Municipality, secretariat: User) -> None:
    stored = solution(kostroma, direction="utilities")
    for number in range(3):
        stored.direction_id = "social" if number % 2 else "tourism"
        stored.save()
        with CaptureQueriesContext(connection) as asked:
            page = text_of(secretary.get(f"{CITY}solutions/{stored.pk}/edit/"))
        if number == 0:
            before = len(asked)
    assert "<del>Туризм и сервис (2018)</del> <ins>Социальные услуги (2018)</ins>" in page
    assert len(asked) == before


def test_the_lists_ask_no_more_for_more_editions(client: Client, kostroma: Municipality) -> None:
    edition(2025, "Связь")
    tell(kostroma, direction=code(2025, "Связь"))
    counted = []
    for year in (2026, 2027):
        edition(year, "Связь")
        tell(kostroma, direction=code(year, "Связь"))
        solution(kostroma, direction=code(year, "Связь"))
        for address in (URL, "/practices/", CITY):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counted.append(len(asked))
    assert counted[:3] == counted[3:]
