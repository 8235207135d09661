"""Differences word by word."""

from hypothesis import given
from hypothesis import strategies as st

from revisions.diff import word_diff
from revisions.history import FieldChange

texts = st.text("аб ё.,-«»\n1", max_size=60)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_pieces(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert all(piece.text for piece in pieces)


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [piece.kind for piece in word_diff(text, text)] == (["same"] if text else [])


def test_one_word_is_one_difference() -> None:
    pieces = word_diff("Общее Собрание отмечает, что", "Общее Собрание подчёркивает, что")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Общее Собрание "),
        ("removed", "отмечает"),
        ("added", "подчёркивает"),
        ("same", ", что"),
    ]


def test_a_short_value_differs_as_a_whole_and_a_long_one_by_words() -> None:
    short = FieldChange("должность", "Глава города", "Глава округа")
    assert [piece.text for piece in short.pieces if piece.kind != "same"] == ["Глава города", "Глава округа"]
    long = FieldChange("примечание", "Слово " * 40 + "города", "Слово " * 40 + "округа")
    assert [piece.text for piece in long.pieces if piece.kind != "same"] == ["города", "округа"]
