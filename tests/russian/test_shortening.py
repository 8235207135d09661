"""Texts for places that take only so much."""

from russian.shortening import shortened, within_bytes


def test_what_fits_stays_and_what_does_not_says_that_it_was_cut() -> None:
    assert shortened("О проекте", 9) == "О проекте"
    assert shortened("О проекте", 8) == "О проек…"
    assert shortened("О проекте", 3) == "О…"


def test_bytes_are_counted_and_letters_are_whole() -> None:
    assert within_bytes("яя", 4) == "яя"
    assert within_bytes("яя", 3) == "я"
    assert within_bytes("😀", 3) == ""
