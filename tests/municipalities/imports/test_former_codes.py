"""Rows of a workbook that name a municipality by what it was called before."""

from typing import Any

import pytest

from accounts.models import User
from municipalities.models import Municipality
from tests.municipalities.factory import city
from tests.municipalities.imports.books import HEADINGS, exported, table, with_cells
from tests.municipalities.imports.conftest import Preview, cells_of, errors_of, plan_of
from tests.municipalities.test_naming import NEW, OLD, called

pytestmark = pytest.mark.django_db


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
