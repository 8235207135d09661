"""Rows of a workbook that name a municipality by what it was called before."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from municipalities.models import Municipality
from tests.municipalities.factory import city
from tests.municipalities.imports.books import HEADINGS, exported, table, with_cells
from tests.municipalities.imports.conftest import Preview, cells_of, errors_of, plan_of
from tests.municipalities.test_naming import NEW, OLD, called

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def renamed(kostroma: Municipality, secretariat: User) -> Municipality:
    """Кострома is called otherwise from 1 July 2025 on, and has another code from 1 September."""
    called(kostroma, "2025-07-01", by=secretariat, name="Костромской округ")
    called(kostroma, "2025-09-01", by=secretariat, oktmo=NEW)
    return kostroma


def test_an_export_of_before_comes_back_by_the_former_code(
    kostroma: Municipality, secretariat: User, preview: Preview
) -> None:
    book = with_cells(exported(), E5=270000)
    called(kostroma, "2025-07-01", by=secretariat, name="Костромской округ", oktmo=NEW)
    batch = preview(book)
    assert cells_of(batch) == [("Костромской округ", "Население, человек", "268\u00a0617", "270\u00a0000")]
    assert "Строка 5: ОКТМО 34701000001 – прежний код, ныне 34501000 (Костромской округ)." in plan_of(batch).notes


def row_of(name: str, oktmo: str | None) -> tuple[Any, ...]:
    told = {"Муниципальное образование": name, "ОКТМО": oktmo, "Субъект Российской Федерации": "Тверская область"}
    said = {"Федеральный округ": "Центральный"} | told
    return tuple(said.get(heading) for heading in HEADINGS)


def notes_and_errors(preview: Preview, *rows: tuple[Any, ...]) -> tuple[list[str], list[str]]:
    batch = preview(table(*rows))
    return [one for one in plan_of(batch).notes if "трока" in one], [said for _, said in errors_of(batch)]


def test_a_row_without_a_code_is_found_by_a_name_that_it_ever_had(renamed: Municipality, preview: Preview) -> None:
    notes, _ = notes_and_errors(preview, row_of("Кострома", None))
    assert notes == [
        "Строка 2: код ОКТМО не указан, найдено по названию «Кострома»: ныне Костромской округ, ОКТМО 34501000.",
        "Строка 2: «Кострома» – прежнее название, ныне «Костромской округ».",
    ]
    _, errors = notes_and_errors(preview, row_of("Тверь", None))
    assert "Не указан код ОКТМО: по нему портал узнаёт муниципальное образование." in errors
    city("Кострома", 77)
    _, errors = notes_and_errors(preview, row_of("Кострома", None))
    assert any(
        "есть или было у разных: Костромской округ, ОКТМО 34501000 и Кострома, ОКТМО 00000077" in e for e in errors
    )


def test_a_code_of_two_is_an_error_that_names_both(
    renamed: Municipality, arkhangelsk: Municipality, secretariat: User, preview: Preview
) -> None:
    called(arkhangelsk, "2025-10-01", by=secretariat, oktmo=OLD)
    _, errors = notes_and_errors(preview, row_of("Кострома", OLD))
    [said] = [one.replace("\u00a0", " ") for one in errors if "ОКТМО" in one]
    assert said.startswith("ОКТМО 34701000001 в разное время был у разных муниципальных образований: ")
    assert "Костромской округ (до 1 сентября 2025 г.) и Архангельск (ныне)." in said
    renamed_back = city("Буй", 88)
    called(renamed_back, "2025-10-01", by=secretariat, oktmo="11701000001")
    _, errors = notes_and_errors(preview, row_of("Буй", "11701000001"))
    assert any("Архангельск (до 1 октября 2025" in one.replace("\u00a0", " ") and "Буй (ныне)" in one for one in errors)


def test_the_old_code_and_the_new_one_are_one_municipality(renamed: Municipality, preview: Preview) -> None:
    rows = row_of("Костромской округ", OLD), row_of("Костромской округ", NEW)
    _, errors = notes_and_errors(preview, *rows)
    assert "Это муниципальное образование (34501000) уже было в строке 2: оставьте одну строку." in errors


def test_a_workbook_renames_nobody_whose_names_have_days(renamed: Municipality, preview: Preview) -> None:
    _, errors = notes_and_errors(preview, row_of("Иное", NEW))
    assert any("из Excel его не переименовывают" in one for one in errors)


def test_the_workbook_of_a_day_tells_its_names_and_comes_back(renamed: Municipality, preview: Preview) -> None:
    content = Client().get(reverse("municipalities_export") + "?as_of=2025-06-30").content
    row = [cell.value for cell in load_workbook(BytesIO(content)).worksheets[0][5]]
    assert ("Кострома" in row, OLD in row, NEW in row) == (True, True, False)
    batch = preview(with_cells(content, E5=270000))
    assert [title for _, title, *_ in cells_of(batch)] == ["Население, человек"]
    assert errors_of(batch) == []
    assert not any("прежнее название" in note for note in plan_of(batch).notes)  # nobody has touched the name


def test_two_rows_of_one_name_are_told_without_a_code(renamed: Municipality, preview: Preview) -> None:
    _, errors = notes_and_errors(preview, row_of("Кострома", None), row_of("Костромской округ", None))
    said = [one for one in errors if "оставьте одну строку" in one]
    assert said == ["Это муниципальное образование (34501000) уже было в строке 2: оставьте одну строку."]


@pytest.mark.parametrize("typed", ["КОРОЛЕВ", "Королёв", "костромской  округ", "кострома"])
def test_a_name_is_found_as_the_search_finds_it(renamed: Municipality, preview: Preview, typed: str) -> None:
    city("Королёв", 46734000)
    notes, errors = notes_and_errors(preview, row_of(typed, None))
    assert "код ОКТМО не указан, найдено по названию" in notes[0]
    assert not any("Не указан код" in one or "не переименовывают" in one for one in errors)
    assert "Муниципальное образование" not in str(
        [title for _, title, *_ in cells_of(preview(table(row_of(typed, None))))]
    )
