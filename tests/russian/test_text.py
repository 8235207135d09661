"""Text as it is typed and pasted."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from russian.text import paragraphs, plain, plain_text, search_form, tidy


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Умный   город ", "Умный город"),
        ("Умный\u00a0город", "Умный город"),
        ("Умный\r\n город\u2028 и село", "Умный город и село"),
        ("цифро\u00adвизация", "цифровизация"),
        ("и\u0306", "й"),
        ("\t\n", ""),
    ],
)
def test_a_paragraph_is_stored_tidy(typed: str, stored: str) -> None:
    assert tidy(typed) == stored


@pytest.mark.parametrize(
    "unseen",
    [
        *"\u00ad\u034f\u061c\u115f\u3164\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202d\u202e\u2060\u2066\u2069\ufe0f\ufeff",
        *"\ufff9\ufffb\ufffe\uffff\U0001fffe\ufdd0\U000e0041",
        *"\x00\x01\x08\x1b\x1c\x1f\x7f\x80\x9f",
        *"\ue000\uf8ff\uf0ff\U000f0000",
        "\ud800",
    ],
)
def test_what_nobody_sees_falls_away(unseen: str) -> None:
    assert plain(f"до{unseen}после") == "допосле"
    with pytest.raises(ValidationError, match=f"U\\+{ord(unseen):04X}"):
        plain_text(f"до{unseen}после")


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        *((space, " ") for space in "\u00a0\u1680\u2000\u2007\u2009\u200a\u202f\u205f\u3000\u2800"),
        *((line, "\n") for line in "\n\r\x0b\x0c\x85\u2028\u2029"),
        ("\r\n", "\n"),
        *((hyphen, "-") for hyphen in "\x1e\u2010\u2011"),
        ("\uf0b7", "•"),
        ("\uf0a7", "▪"),
        ("\uf0d8", "➢"),
        ("\uf0fc", "✓"),
        ("\uf02d", "–"),
        ("\x96", "–"),
        ("\x93", "“"),
        ("\t", "\t"),
    ],
)
def test_what_means_something_becomes_that(pasted: str, meant: str) -> None:
    assert plain(f"до{pasted}после") == f"до{meant}после"


@pytest.mark.parametrize(
    "text",
    ["Доля < трети", "Иванов <ivanov@vologda.example>", "a <b> c", "<!-- -->", "</p>", "5 − 3 ≥ 2", "и́", "ΑΒΓ 漢 😀"],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text
    plain_text(text)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_all_of_a_plain_text_can_be_seen(text: str) -> None:
    kept = plain(text)
    unseen = {"Cc", "Co", "Cs", "Zl", "Zp"}
    assert all(sign in "\n\t" or unicodedata.category(sign) not in unseen for sign in kept)
    assert {sign for sign in kept if unicodedata.category(sign) == "Zs"} <= {" "}
    plain_text(kept)


@given(st.text("абвя. ,\n\r\u2028\u00a0", max_size=40))
def test_paragraphs_lose_no_letter(text: str) -> None:
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())
    assert all(paragraphs(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Орёл", "орел"),
        ("ЩЁЛКОВО", "щелково"),
        ("Великий\u00a0Новгород", " великий  новгород "),
        ("Котлас", "Kотлас"),
        ("Псков", "Пcк\u00adoв"),
        ("НАРЬЯН-МАР", "HAPЬЯH-MAP"),
        ("Вельск", "Beльск\u200b"),
    ],
)
def test_search_forgives_case_yo_spaces_and_letters_of_the_same_look(one: str, other: str) -> None:
    assert search_form(one) == search_form(other)


def test_search_does_not_confuse_other_letters() -> None:
    assert search_form("Псков") != search_form("Пскоz")
    assert search_form("GIS") == "gis"
