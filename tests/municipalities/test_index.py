"""The index «IQ городов»: what is stored, drawn and edited."""

from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from municipalities.chart import index_chart
from municipalities.models import IndexScore, Municipality
from municipalities.seed import seed_municipalities
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAGE = "/municipalities/kostroma/"
ADD = f"{PAGE}index/add/"
EDIT = f"{PAGE}index/2023/"
DELETE = f"{EDIT}delete/"


def score(municipality: Municipality, year: int = 2023, **fields: Any) -> IndexScore:
    """A result on the first scale, unless said otherwise."""
    said: dict[str, Any] = {"score": Decimal(60), "maximum": Decimal(120), "indicators": 47, "group": "large"}
    return IndexScore.objects.create(municipality=municipality, year=year, source="Отчёт", **said | fields)


def form(**changes: Any) -> dict[str, Any]:
    """A form as somebody sends it."""
    said = {"year": 2023, "group": "large", "score": "61,5", "maximum": "120", "indicators": "47", "rank": "12"}
    rest = {"rank_at_most": "", "group_size": "66", "source": "https://minstroy.example/iq", "version": 1}
    return said | rest | changes


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


def test_the_seed_says_of_kostroma_what_the_decision_says_and_no_more() -> None:
    seed_municipalities()
    stored = IndexScore.objects.get()
    assert (stored.municipality.name, stored.year, stored.group, stored.rank_at_most) == ("Кострома", 2023, "large", 10)
    assert (stored.score, stored.maximum, stored.indicators, stored.rank, stored.group_size) == (None,) * 5
    assert "в десятку лучших" in stored.source
    page = Client().get(PAGE).content.decode()
    assert "среди 10 лучших" in page
    assert '<svg class="chart' not in page  # nothing to measure, nothing drawn


@pytest.mark.parametrize("persona", ["secretariat", "kostroma_official"])
def test_a_result_is_entered_and_seen(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str
) -> None:
    answer = client_for(request.getfixturevalue(persona)).post(ADD, form(), follow=True)
    assert "результат за 2023 год записан" in answer.content.decode()
    stored = IndexScore.objects.get()
    assert (stored.municipality, stored.score, stored.rank, stored.group_size) == (kostroma, Decimal("61.5"), 12, 66)
    page = Client().get(PAGE).content.decode()
    for expected in ("61,5 из 120", "12-е из 66", '<a href="https://minstroy.example/iq" rel="nofollow noopener">'):
        assert expected in page


def test_a_correction_is_saved_and_read_in_its_history(official: Client, kostroma: Municipality) -> None:
    score(kostroma)
    official.post(EDIT, form(rank="11"))
    assert IndexScore.objects.get().rank == 11
    page = official.get(EDIT).content.decode()
    for expected in ("<del>60</del> <ins>61,5</ins>", "К.К. Костромин", "<del>—</del> <ins>11</ins>"):
        assert expected in page


@pytest.mark.parametrize("url", [ADD, f"{PAGE}index/2022/"])
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"year": 2017}, "с 2018 года"),
        ({"year": "next"}, "ещё не наступил"),
        ({"year": 2021}, "за этот год уже внесён"),
        ({"group": "huge"}, "huge"),
        ({"score": "121"}, "больше максимума их не бывает"),
        ({"maximum": ""}, "Баллы указывают вместе с максимумом"),
        ({"score": "-1"}, "не меньше нуля"),
        ({"score": "NaN"}, "Введите число"),
        ({"maximum": "0"}, "больше нуля"),
        ({"rank": "67"}, "больше числа городов"),
        ({"rank": "0"}, "не меньше 1"),
        ({"rank": "", "rank_at_most": "70"}, "больше числа городов"),
        ({"rank_at_most": "20"}, "место или предел"),
        ({"score": "", "rank": ""}, "Укажите баллы, место или предел"),
        ({"source": ""}, "Обязательное поле"),
        ({"source": "Kотлас"}, "буква «K» – латинская"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_field_is_named_and_changes_nothing(
    official: Client, kostroma: Municipality, url: str, changes: dict[str, Any], message: str
) -> None:
    score(kostroma, 2021)
    score(kostroma, 2022)
    if changes.get("year") == "next":
        changes = {"year": TODAY().year + 1}
    answer = official.post(url, form(**changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    stored = [(one.year, str(one.score), one.version) for one in kostroma.index_scores.all()]
    assert stored == [(2021, "60.00", 1), (2022, "60.00", 1)]


@pytest.mark.parametrize("url", [ADD, f"{PAGE}index/2022/"])
def test_two_at_the_same_moment_are_one(official: Client, kostroma: Municipality, url: str) -> None:
    score(kostroma, 2022)
    score(kostroma, 2023)
    with patch.object(IndexScore, "validate_constraints"):  # the other request commits between check and write
        answer = official.post(url, form())
    assert answer.status_code == 422
    assert "за этот год уже внесён" in answer.content.decode()


def test_the_second_of_two_writers_sees_both_texts(official: Client, kostroma: Municipality) -> None:
    score(kostroma)
    official.post(EDIT, form(rank="11"))
    answer = official.post(EDIT, form(rank="13"))
    assert answer.status_code == 409
    assert IndexScore.objects.get().rank == 11


def test_a_mistaken_result_goes_and_its_history_stays(official: Client, kostroma: Municipality) -> None:
    stored = score(kostroma)
    assert "результат за 2023 год убран" in official.post(DELETE, follow=True).content.decode()
    assert not IndexScore.objects.exists()
    last = IndexScore.history.filter(id=stored.pk).first()  # type: ignore[attr-defined]  # a manager
    assert (last.history_type, last.history_user_name) == ("-", "К.К. Костромин")


@pytest.mark.parametrize("persona", ["chair", "arkhangelsk_official"])
def test_others_are_told_why_not(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str
) -> None:
    score(kostroma)
    client = client_for(request.getfixturevalue(persona))
    for answer in (client.get(ADD), client.post(ADD, form(year=2022)), client.post(EDIT, form()), client.post(DELETE)):
        assert answer.status_code == 403
        assert "вносят секретариат и представители" in answer.content.decode()
    assert IndexScore.objects.get().score == 60


def test_a_year_without_result_is_404(official: Client, kostroma: Municipality) -> None:
    assert official.get(EDIT).status_code == official.post(DELETE).status_code == 404


def test_the_chart_shows_shares_of_each_year_s_maximum(client: Client, kostroma: Municipality) -> None:
    score(kostroma, 2021, score=Decimal(30))
    score(kostroma, 2022, score=None, maximum=None, rank=7)
    score(kostroma, 2024, score=Decimal(195), maximum=Decimal(260), indicators=29)
    chart = index_chart(list(kostroma.index_scores.order_by("year")))
    assert chart
    assert [(bar.year, bar.percent, bar.note, bar.height) for bar in chart.bars] == [
        (2021, "25\u00a0%", "", "30.0"),
        (2022, "", "7-е место", "0.0"),
        (2024, "75\u00a0%", "", "90.0"),
    ]
    assert [bool(bar.new_scale) for bar in chart.bars] == [False, False, True]
    page = client.get(PAGE).content.decode()
    assert "Баллы разных шкал между собой не сравнивают" in page
    assert "2021: 25\u00a0%; 2022: 7-е место; 2024: 75\u00a0%" in page
    assert "style=" not in page


def test_one_scale_needs_no_warning(client: Client, kostroma: Municipality) -> None:
    score(kostroma, 2021)
    score(kostroma, 2022)
    assert "Шкала индекса в эти годы менялась" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("index_score_once_a_year|municipality_id", {"year": 2022}),
        ("index_score_year_possible", {"year": 2017}),
        ("index_score_year_possible", {"year": 2101}),
        ("index_score_group_known", {"group": "huge"}),
        ("index_score_within_maximum", {"score": Decimal(121)}),
        ("index_score_within_maximum", {"score": Decimal(-1)}),
        ("index_score_within_maximum", {"maximum": None}),
        ("index_score_maximum_positive", {"score": None, "rank": 1, "maximum": Decimal(0)}),
        ("index_score_counts_from_one", {"rank": 0}),
        ("index_score_counts_from_one", {"rank_at_most": 0}),
        ("index_score_counts_from_one", {"group_size": 0}),
        ("index_score_counts_from_one", {"indicators": 0}),
        ("index_score_rank_within_group", {"rank": 6, "group_size": 5}),
        ("index_score_rank_within_group", {"rank_at_most": 6, "group_size": 5}),
        ("index_score_rank_or_its_bound", {"rank": 6, "rank_at_most": 10}),
        ("index_score_says_something", {"score": None}),
        ("index_score_has_source", {"source": ""}),
    ],
)
def test_the_database_refuses(kostroma: Municipality, constraint: str, fields: dict[str, Any]) -> None:
    score(kostroma, 2022)
    stored = score(kostroma)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IndexScore.objects.filter(pk=stored.pk).update(**fields)
