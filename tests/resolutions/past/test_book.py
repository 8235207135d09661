"""The workbook that the portal gives out: a template with examples, or what it holds."""

from dataclasses import fields
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from resolutions.past.book import FIRST_ROW, HEADER_ROW, cell_of, letter_of, template, workbook_of
from resolutions.past.examples import EXAMPLES, is_example
from resolutions.past.guide import GUIDE_SHEET
from resolutions.past.rows import PastRows, RowFault, Sheet
from resolutions.past.sheets import FIELDS, SHEETS
from tests.resolutions.past.books import TODAY, book_of, numbered, read, real_rows
from tests.resolutions.past.some_rows import past_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def given_out() -> Any:
    return load_workbook(BytesIO(template()))


def test_every_field_of_a_row_has_its_column() -> None:
    for spec in SHEETS.values():
        assert {one.field for one in spec.columns} == {one.name for one in fields(spec.row)} - {"row"}


def test_the_template_has_the_guide_and_a_sheet_of_each_kind(given_out: Any) -> None:
    assert given_out.sheetnames == [GUIDE_SHEET, *(one.value for one in Sheet)]
    guide = [cell.value for row in given_out[GUIDE_SHEET].iter_rows() for cell in row if cell.value]
    assert {one.value for one in Sheet} < set(guide)
    assert any("начинается словом «пример»" in one for one in guide)


@pytest.mark.parametrize("sheet", Sheet)
def test_headings_are_bold_stay_in_sight_and_mark_what_is_needed(given_out: Any, sheet: Sheet) -> None:
    table, spec = given_out[sheet.value], SHEETS[sheet]
    headings = [cell for cell in table[HEADER_ROW] if cell.value]
    assert [cell.value.removesuffix(" *") for cell in headings] == [one.heading for one in spec.columns]
    assert [cell.value.endswith(" *") for cell in headings] == [one.needed for one in spec.columns]
    assert all(cell.font.b for cell in headings)
    assert table.freeze_panes == f"B{FIRST_ROW}"
    assert table["A2"].value == spec.explained
    assert [cell.value or "" for cell in table[HEADER_ROW - 1]] == [one.asks for one in spec.columns]


@pytest.mark.parametrize("sheet", Sheet)
def test_words_are_chosen_from_lists_that_excel_takes(given_out: Any, sheet: Sheet) -> None:
    found, spec = given_out[sheet.value].data_validations.dataValidation, SHEETS[sheet]
    lists = {str(one.sqref)[0]: one.formula1 for one in found}
    needed = {spec.letters[one.field] for one in spec.columns if one.needed}
    assert {str(one.sqref)[0] for one in found if not one.allow_blank} == needed & lists.keys()
    expected = {
        spec.letters[one.field]: f'"{",".join(one.value.options())}"' for one in spec.columns if one.value.options()
    }
    assert lists == expected
    assert all(len(one) <= 257 for one in lists.values())
    assert not any("," in option for one in spec.columns for option in one.value.options())


def test_cells_that_are_still_empty_take_numbers_as_they_are_typed(given_out: Any) -> None:
    formats = given_out["Письма"].column_dimensions
    assert (formats["A"].number_format, formats["B"].number_format) == ("@", "DD.MM.YYYY")
    assert (formats["A"].alignment.horizontal, formats["B"].alignment.horizontal) == (None, "center")


@pytest.mark.parametrize("sheet", Sheet)
def test_examples_are_grey_italics_and_are_not_read(given_out: Any, sheet: Sheet) -> None:
    rows = list(given_out[sheet.value].iter_rows(min_row=FIRST_ROW))
    assert len(rows) == len(getattr(EXAMPLES, FIELDS[sheet])) > 0
    assert all(cell.font.i and cell.font.color.rgb == "005F6B7A" for row in rows for cell in row if cell.value)
    assert all(is_example(row[0].value) for row in rows)


def test_the_template_reads_as_nothing() -> None:
    found = read(template())
    assert (found.rows, found.faults) == (PastRows(), ())


def test_the_examples_hang_together() -> None:
    rows = real_rows()
    assert read(book_of()).faults == ()
    letters = {(one.number, one.date) for one in rows.letters}
    points = {(one.decision, one.number) for one in rows.points}
    asks = {(one.letter, one.date, one.number) for one in rows.asks}
    incoming = {(one.number, one.received_on) for one in rows.incoming}
    assert {one.decision for one in rows.decisions} == {one.decision for one in rows.points}
    naming: tuple[Any, ...] = (*rows.letters, *rows.steps, *rows.promises)
    assert {(one.decision, one.point) for one in naming} <= points
    assert {(one.letter, one.date) for one in rows.asks} <= letters
    assert {(one.letter, one.date, one.number) for one in rows.outcomes} <= asks
    assert {(one.incoming, one.received_on) for one in rows.outcomes} == incoming


@pytest.mark.soak
@settings(max_examples=400, deadline=None)
@given(past_rows)
def test_whatever_is_written_is_read(rows: PastRows) -> None:
    _comes_back(rows)


@settings(max_examples=12, deadline=None)
@given(past_rows)
def test_what_is_written_is_read(rows: PastRows) -> None:
    _comes_back(rows)


def _comes_back(rows: PastRows) -> None:
    found = read(workbook_of(rows, at=TODAY))
    assert found.faults == ()
    assert found.rows == numbered(rows)


def test_an_export_says_of_which_day_it_is_and_has_no_examples() -> None:
    book = load_workbook(BytesIO(workbook_of(PastRows(), at=TODAY)))
    assert book[GUIDE_SHEET]["A2"].value.replace("\xa0", " ") == "Выгружено из портала 2 марта 2026 г."
    assert [book[one.value].max_row for one in Sheet] == [HEADER_ROW] * len(Sheet)
    assert (book.properties.title, book.properties.language) == ("Решения прошлых лет", "ru-RU")
    assert book.properties.created.date() == TODAY


@pytest.mark.parametrize(
    ("fault", "cell", "letter"),
    [
        (RowFault(Sheet.POINTS, 7, "number", "!"), "Пункты, B7", "B"),
        (RowFault(Sheet.POINTS, 7, "", "!"), "Пункты, строка 7", ""),
        (RowFault(Sheet.STEPS, 0, "", "!"), "Ход и итоги", ""),
        (RowFault(Sheet.STEPS, 0, "text", "!"), "Ход и итоги", "E"),
    ],
)
def test_a_fault_names_its_cell(fault: RowFault, cell: str, letter: str) -> None:
    assert (cell_of(fault), letter_of(fault)) == (cell, letter)


def test_a_fault_names_the_cell_where_somebody_moved_the_column_to() -> None:
    letters = {Sheet.POINTS: {"number": "F"}}
    assert cell_of(RowFault(Sheet.POINTS, 7, "number", "!"), letters) == "Пункты, F7"
    assert cell_of(RowFault(Sheet.LETTERS, 7, "date", "!"), letters) == "Письма, B7"
