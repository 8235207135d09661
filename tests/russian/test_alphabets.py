"""Letters of another alphabet that look like those of the word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from russian.alphabets import in_one_alphabet, mixed_words


@pytest.mark.parametrize(
    ("typed", "right", "letters"),
    [
        ("Kотлас", "Котлас", "K"),
        ("Пcков", "Псков", "c"),
        ("BOЛОГДА", "ВОЛОГДА", "BO"),
        ("Умный гoрод", "Умный город", "o"),
        ("Нарьян-Mар", "Нарьян-Мар", "M"),
        ("кBт", "кВт", "B"),
        ("secretariаt", "secretariat", "а"),
        ("ВIМ", "BIM", "ВМ"),
        ("kотлас", "котлас", "k"),
        ("Мoсkва", "Москва", "ok"),
    ],
)
def test_the_letter_is_named_and_the_word_is_right(typed: str, right: str, letters: str) -> None:
    [found] = mixed_words(typed)
    assert in_one_alphabet(typed) == right
    assert found.letters == tuple(letters)
    assert found.right in found.sentence
    assert all(f"«{one}»" in found.sentence for one in letters)


def test_the_sentence() -> None:
    assert [one.sentence for one in mixed_words("Kотлас и BOЛОГДА, Kотлас, mаil")] == [
        "В слове «Kотлас» буква «K» – латинская; одним алфавитом: «Котлас».",
        "В слове «BOЛОГДА» буквы «B», «O» – латинские; одним алфавитом: «ВОЛОГДА».",
        "В слове «mаil» буква «а» – русская; одним алфавитом: «mail».",
    ]


@pytest.mark.parametrize(
    "text",
    ["СберCloud", "IT-специалист", "Wi-Fi", "3D-модель", "СО2", "CO2", "ГОСТ Р 7.0.97-2025", "XXI век", "Яндекс.Go"],
)
def test_words_of_one_alphabet_or_of_both_on_purpose_pass(text: str) -> None:
    assert mixed_words(text) == []
    assert in_one_alphabet(text) == text


@given(st.text("KOTкотлBвфqz -1"))
def test_what_was_made_right_is_right(text: str) -> None:
    assert mixed_words(in_one_alphabet(text)) == []
    assert len(in_one_alphabet(text)) == len(text)
