"""Text as it is typed and pasted."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OfficeTerm, User
from russian.text import longest_form, paragraphs, plain_text, search_form, tidy


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


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text("абвя. ,\n\r\u2028\u00a0", max_size=40))
def test_paragraphs_lose_no_letter(text: str) -> None:
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())
    assert all(paragraphs(text))


@pytest.mark.parametrize(
    "text",
    [
        "Н.В. Корягина",
        "5 < 6 и 7 > 6",
        "«Умный город»",
        "a<5",
        "цена <100 руб.",
        "строка\nвторая\tтретья",
        "перенос\u00ad",
    ],
)
def test_plain_text_passes(text: str) -> None:
    plain_text(text)


@pytest.mark.parametrize(
    "text", ["<b>жирно", "</p>", "< script>", "<!-- -->", "<?php", "до <img src=x onerror=y> после"]
)
def test_markup_is_refused_and_named(text: str) -> None:
    with pytest.raises(ValidationError, match="Разметка HTML здесь не нужна: уберите «<"):
        plain_text(text)


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u200b", "\u202e", "\ufeff", "\ue000"])
def test_what_cannot_be_seen_is_refused_by_its_code(hidden: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(hidden):04X}"):
        plain_text(f"до{hidden}после")


@pytest.mark.parametrize(
    ("one", "other"), [("Орёл", "орел"), ("ЩЁЛКОВО", "щелково"), ("Великий\u00a0Новгород", " великий  новгород ")]
)
def test_search_forgives_case_yo_and_spaces(one: str, other: str) -> None:
    assert search_form(one) == search_form(other)


GROWS = "\u0958"  # composed, it is two signs


@given(st.text())
def test_what_is_stored_is_never_longer_than_what_was_judged(text: str) -> None:
    assert len(text) <= longest_form(text) >= len(tidy(text))


@pytest.mark.parametrize(("text", "is_taken"), [(GROWS * 5, True), (GROWS * 6, False), ("и\u0306" * 6, False)])
def test_forms_judge_a_length_as_it_is_stored(text: str, is_taken: bool) -> None:
    field = forms.CharField(max_length=10)
    if is_taken:
        assert field.clean(text) == text
    else:
        with pytest.raises(ValidationError, match="не более 10 символов"):
            field.clean(text)


def test_so_do_records() -> None:
    for model, name in ((OfficeTerm, "basis"), (User, "name")):
        field: Any = model._meta.get_field(name)
        with pytest.raises(ValidationError):
            field.run_validators(GROWS * (field.max_length // 2 + 1))
