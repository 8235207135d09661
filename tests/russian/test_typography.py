"""The typographer: what it keeps on one line, and that it changes nothing but spaces."""

import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from russian.typography import NBSP, typeset

PHRASE = (
    "город решение муниципальных образований, Костромы Архангельск 2024 году «Умный 309 Д.С. Долгих № п. ст. г. – - "
    "5 млн руб. % в и к о с у на не из по до для без над под при или И В На Для из-за что его целей. (в о"
)
ENDS_NO_LINE = re.compile(
    r"(?<![\w-])(?:[авикосу]|на|не|из|по|до|для|без|над|под|при|или|№|п\.|ст\.) |\d (?:млн|руб|%)| [–-] ", re.IGNORECASE
)
paragraphs = st.lists(st.sampled_from(PHRASE.split()), min_size=1, max_size=60).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        "и_о_городе",
        "В_проекте, не_для_всех, без_средств, из-за_погоды",
        "по_итогам 2023_года",
        "от_27_июня_2024_г. в_силе",
        "Долгих_Д.С., Н._В._Корягина и_В._В._Иванов",
        "г._Архангельск, ул._Ленина, д._5, корп._2",
        "пп._1 и_2 п._3 ст._4 гл._5 ч._6 закона №_131-ФЗ",
        "табл._1, рис._2, см._выше, с._15",
        "5_млн_руб., 250_тыс._человек, 12_%, 10_км, 3_л. в_1_экз.",
        "348_716 жителей",
        "и_т._д. и_т._п., т._е. так",
        "образованиям_- членам, города_– участники",
        "№_5 и_§_7, указ N_309",
        "кв._м и_10_кв._м",
    ],
)
def test_these_stay_together(text: str) -> None:
    assert typeset(text.replace("_", " ")).replace(NBSP, "_") == text


@pytest.mark.parametrize(
    "text",
    [
        "что решено, как сказано, так записано",
        "В2 Иногда словарь",
        "кое-что города",
        "в 2024 г. Союз городов".replace("в ", f"в{NBSP}").replace(" г.", f"{NBSP}г."),
        "5 пунктов решения",
        "- строка списка",
        "диапазон 2024–2025",
        "",
    ],
)
def test_these_may_part(text: str) -> None:
    assert typeset(text) == text


@given(paragraphs)
def test_no_line_ends_with_a_short_word_and_none_begins_with_a_dash(text: str) -> None:
    assert not ENDS_NO_LINE.search(typeset(text))


@given(st.one_of(paragraphs, st.text(), st.text(alphabet=f"вгтд№.–- 5А1{NBSP}\nмлн")))
def test_only_spaces_change_and_twice_is_once(text: str) -> None:
    once = typeset(text)
    assert [new for old, new in zip(text, once, strict=True) if old != new and (old, new) != (" ", NBSP)] == []
    assert typeset(once) == once


def test_the_filter_escapes_as_any_other_text() -> None:
    template = Template("{{ text|typeset }}|{{ text|typeset|linebreaks }}")
    assert template.render(Context({"text": "в <b>"})) == f"в{NBSP}&lt;b&gt;|<p>в{NBSP}&lt;b&gt;</p>"
