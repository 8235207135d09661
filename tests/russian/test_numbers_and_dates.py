"""Template filters: plurals, thousands, dates."""

import datetime as dt

import pytest
from django.template import Context, Template

from russian.templatetags.russian import counted, grouped, long_date, moment, plural_form


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("город", [1, 21, 101, 1001, -1]),
        ("города", [2, 3, 4, 22, 104, 1234]),
        ("городов", [0, 5, 10, 11, 12, 13, 14, 19, 20, 25, 111, 112, 214, 1011]),
    ],
)
def test_nouns_agree_with_their_number(form: str, numbers: list[int]) -> None:
    assert {plural_form(number, "город", "города", "городов") for number in numbers} == {form}


def test_counted_things_hold_together() -> None:
    assert counted(1234, "город,города,городов") == "1\u00a0234\u00a0города"


@pytest.mark.parametrize(
    ("number", "shown"), [(None, "—"), (0, "0"), (999, "999"), (348716, "348\u00a0716"), (-1000, "-1\u00a0000")]
)
def test_thousands_stand_apart(number: int | None, shown: str) -> None:
    assert grouped(number) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "—"),
        (dt.date(2024, 6, 27), "27 июня 2024 г."),
        (dt.date(2025, 5, 1), "1 мая 2025 г."),
        (dt.datetime(2024, 6, 26, 22, 0, tzinfo=dt.UTC), "27 июня 2024 г."),  # past midnight in Moscow
    ],
)
def test_dates_are_written_as_in_a_document(value: dt.date | None, shown: str) -> None:
    assert long_date(value).replace("\u00a0", " ") == shown


def test_moments_are_moscows() -> None:
    shown = moment(dt.datetime(2024, 6, 27, 11, 5, tzinfo=dt.UTC)).replace("\u00a0", " ")
    assert shown == "27 июня 2024 г., 14:05"
    assert moment(None) == "—"


def test_templates_have_the_filters_without_loading_them() -> None:
    shown = Template('{{ n|counted:"пункт,пункта,пунктов" }}').render(Context({"n": 3}))
    assert shown == "3\u00a0пункта"
