"""The scale of an edition of the Standard: results of the index are measured by it, never beside those of another."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from municipalities.chart import index_chart
from municipalities.demo import seed_demo_index
from municipalities.models import IndexScore, Municipality, StandardEdition
from municipalities.practices.editions import is_used
from municipalities.seed import seed_municipalities
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.practices.factory import edition, solution
from tests.municipalities.practices.test_commitment_pages import text_of
from tests.municipalities.practices.test_editions import edit, filled
from tests.municipalities.practices.test_learning import scored, teachers

pytestmark = pytest.mark.django_db
URL = "/practices/editions/"
CITY = "/municipalities/kostroma/"
ADD = f"{CITY}index/add/"


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


def first() -> StandardEdition:
    return StandardEdition.objects.get(year=2018)


def form(**changes: Any) -> dict[str, Any]:
    """A result by the edition of 2018, as somebody sends it who leaves the scale to the edition."""
    said = {"year": 2023, "group": "large", "edition": first().pk, "score": "61,5", "maximum": "", "indicators": ""}
    rest = {"rank": "", "rank_at_most": "", "group_size": "", "source": "Отчёт", "version": 1}
    return said | rest | changes


def test_the_edition_of_2018_has_the_scale_that_is_known(client: Client) -> None:
    assert (first().indicators, first().maximum) == (47, Decimal(120))
    edition(2026)
    page = text_of(client.get(URL))
    assert "Шкала индекса «IQ городов»: показателей – 47, баллов – не больше 120." in page
    assert "Шкала индекса «IQ городов»: нет сведений." in page


def test_the_secretariat_says_the_scale_of_a_later_edition(secretary: Client, client: Client) -> None:
    edition(2026)
    assert secretary.post(edit(2026), filled(2026, indicators="29", maximum="260,5")).status_code == 302
    assert "показателей – 29, баллов – не больше 260,5." in text_of(client.get(URL))
    assert "максимум баллов" in text_of(secretary.get(edit(2026))).lower().partition("история")[2]


def test_a_result_takes_the_scale_of_its_edition_and_names_it(official: Client) -> None:
    assert official.post(ADD, form()).status_code == 302
    stored = IndexScore.objects.get()
    assert (stored.edition, stored.maximum, stored.indicators) == (first(), Decimal(120), 47)
    page = text_of(official.get(CITY))
    assert '<td class="number">61,5 из 120</td>' in page
    assert ">Показателей: 47. Базовые и дополнительные требования, 2018</td>" in page
    assert ">Не указана</option>" in official.get(ADD).content.decode()
    assert is_used(first())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("score", "121", "По редакции «Базовые и дополнительные требования, 2018» больше 120 баллов не бывает."),
        ("maximum", "260", "требования, 2018» максимум – 120: баллы другой шкалы относятся к другой редакции."),
        ("indicators", "29", "требования, 2018» показателей – 47: другое число бывает у другой редакции."),
    ],
)
def test_what_the_scale_does_not_allow_is_named_and_kept(
    official: Client, kostroma: Municipality, field: str, value: str, sentence: str
) -> None:
    answer = official.post(ADD, form(**{field: value}))
    assert answer.status_code == 422
    assert [sentence in str(error) for error in answer.context["form"].errors[field]] == [True]
    assert list(answer.context["form"].errors) == [field]
    assert str(answer.context["form"][field].value()) == value
    assert not kostroma.index_scores.exists()


def test_an_edition_of_unknown_scale_contradicts_nothing(official: Client) -> None:
    unknown = edition(2026)
    assert official.post(ADD, form(edition=unknown.pk, score="300", maximum="310")).status_code == 302
    stored = IndexScore.objects.get()
    assert (stored.maximum, stored.indicators) == (Decimal(310), None)


@pytest.mark.parametrize(("field", "value"), [("maximum", "100"), ("indicators", "29")])
def test_a_scale_by_which_results_were_reckoned_stays(
    secretary: Client, kostroma: Municipality, field: str, value: str
) -> None:
    scored(kostroma, edition=first(), score=60, maximum=120, indicators=47)
    answer = secretary.post(edit(2018), filled(2018, **{field: value}))
    assert answer.status_code == 422
    assert "уже внесены результаты индекса с другой шкалой" in answer.context["form"].errors[field][0]
    assert secretary.post(edit(2018), filled(2018, **{field: ""})).status_code == 302
    IndexScore.objects.update(score=None, **{field: value})
    assert secretary.post(edit(2018), filled(2018, **{field: value})).status_code == 302
    assert getattr(first(), field) == Decimal(value)


def test_years_of_two_editions_are_set_apart_in_the_chart(client: Client, kostroma: Municipality) -> None:
    scale: dict[str, Any] = {"maximum": 120, "indicators": 47, "rank": None}
    for year, of in ((2021, first()), (2022, first()), (2023, edition(2026))):
        scored(kostroma, year, edition=of, score=Decimal(30), **scale)
    chart = index_chart(list(kostroma.index_scores.order_by("year")))
    assert chart
    assert [bool(bar.new_scale) for bar in chart.bars] == [False, False, True]
    assert "Баллы разных шкал между собой не сравнивают" in text_of(client.get(CITY))


def test_a_place_by_another_edition_puts_nobody_first(kostroma: Municipality) -> None:
    other = edition(2026, "Связь")
    scored(kostroma, edition=first(), rank=9)
    solution(scored(city("Азов", 101), edition=first(), rank=7))
    solution(scored(city("Буй", 102), edition=other, rank=1))
    solution(scored(city("Шуя", 103), edition=first(), rank=3))
    assert teachers(kostroma)["Умное ЖКХ (2018)"] == ["Шуя", "Азов", "Буй"]


def test_without_an_edition_only_places_of_the_same_year_are_compared(kostroma: Municipality) -> None:
    scored(kostroma, 2024)
    solution(scored(city("Азов", 101), 2024, rank=7))
    solution(scored(city("Буй", 102), 2023, rank=1))
    assert teachers(kostroma)["Умное ЖКХ (2018)"] == ["Азов", "Буй"]


def test_the_demonstration_names_the_edition_whose_scale_it_uses() -> None:
    seed_municipalities()
    seed_demo_index()
    told = {(one.maximum, one.edition_id) for one in IndexScore.objects.exclude(score=None)}
    assert told == {(Decimal(120), first().pk), (Decimal(260), None)}
