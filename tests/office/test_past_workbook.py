"""The workbook of the past, opened and saved by LibreOffice itself."""

from pathlib import Path
from typing import Any

import pytest

from resolutions.past.book import FIRST_ROW, template
from resolutions.past.rows import PastDecision, PastRows, Sheet
from tests.office.soffice import converted
from tests.resolutions.past.books import book_of, edited, read, real_rows

pytestmark = [pytest.mark.django_db, pytest.mark.office]

# What a spreadsheet likes to misunderstand.
NUMBERS = ["007", "1/19", "=1+1", "+7", "-1", "@Ё", "2019-06-01", "1e5"]


def test_the_template_comes_back_as_a_template(tmp_path: Path) -> None:
    found = read(converted(template(), "xlsx", "xlsx", tmp_path))
    assert (found.rows, found.faults) == (PastRows(), ())
    assert set(found.letters) == set(Sheet)


def test_what_was_filled_in_is_read_as_it_was(tmp_path: Path) -> None:
    first = real_rows().decisions[0]
    rows = tuple(
        PastDecision(**vars(first) | {"row": place, "decision": f"r-{place}", "number": number, "title": f"«{number}»"})
        for place, number in enumerate(NUMBERS, start=FIRST_ROW)
    )
    whole = PastRows(**vars(real_rows()) | {"decisions": rows})
    found = read(converted(book_of(whole), "xlsx", "xlsx", tmp_path))
    assert (found.faults, found.rows) == ((), whole)


def test_what_is_typed_below_the_rows_is_read_too(tmp_path: Path) -> None:
    def type_in(book: Any) -> None:
        for place, value in enumerate(["007", "05.07.2019", "Обращение", "2019"], start=1):
            book["Письма"].cell(FIRST_ROW + 2, place, value)

    found = read(converted(edited(type_in), "xlsx", "xlsx", tmp_path))
    assert (found.faults, found.rows.letters[2].number) == ((), "007")
