"""Kinds of values: what Excel saved is read, and said again as people read it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from municipalities.values import BadCell, Choice, Day, Number, Text, ValueType, WholeNumber

COLOURS = Choice({"red": "Красный", "green": "Зелёный"})


@pytest.mark.parametrize(
    ("kind", "cell", "value", "words"),
    [
        (Text(), " Город\u00a0 Н ", "Город Н", "Город Н"),
        (Text(), None, "", "—"),
        (WholeNumber(), "268 617", 268617, "268\u00a0617"),
        (Number(), 57.768, Decimal("57.768"), "57,768"),
        (Number(), "−57,50", Decimal("-57.50"), "−57,5"),
        (Number(), 60, Decimal(60), "60"),
        (Number(), None, None, "—"),
        (Day(), "27 июня 2024 г.", dt.date(2024, 6, 27), "27.06.2024"),
        (Day(), "«27» июня 2024 года", dt.date(2024, 6, 27), "27.06.2024"),
        (COLOURS, "зеленый", "green", "Зелёный"),
        (Choice({True: "да", False: "нет"}), "Нет", False, "нет"),
    ],
)
def test_what_is_read_is_said_again(kind: ValueType, cell: Any, value: Any, words: str) -> None:
    assert kind.read(cell) == value
    assert kind.shown(value) == kind.shown(kind.kept(value)) == words


@pytest.mark.parametrize("cell", ["57°46′", "1e5", "1 2", "--1", "1,2,3", True])
def test_what_is_no_measure_is_refused(cell: Any) -> None:
    with pytest.raises(BadCell, match="Здесь нужно число"):
        Number().read(cell)


def test_zeros_that_say_nothing_make_no_difference() -> None:
    assert Number().kept("57.76800") == Number().kept(Decimal("57.768")) == Number().kept(57.768) == "57.768"


@pytest.mark.parametrize("tampered", ["заметка", [1], {}])
def test_what_somebody_wrote_into_the_memory_is_no_measure_and_no_fall(tampered: Any) -> None:
    assert Number().kept(tampered) == tampered


def test_a_code_without_a_label_is_written_as_nothing() -> None:
    assert (COLOURS.written("red"), COLOURS.written(""), COLOURS.shown("blue")) == ("Красный", None, "blue")
