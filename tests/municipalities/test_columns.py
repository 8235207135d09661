"""One entry in the table of columns is a column everywhere: registry, workbook, page, form, import and history."""

import re
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities import columns
from municipalities.columns import COLUMNS, InForm, InRegistry, InWorkbook, MunicipalityColumn, OnPage
from municipalities.importing.applying import apply
from municipalities.importing.batches import start
from municipalities.importing.plan import digest
from municipalities.models import Municipality
from municipalities.values import Number, WholeNumber
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY, city
from tests.municipalities.imports.books import exported, upload, with_cells

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/"
THOUSANDS = MunicipalityColumn(
    "thousands",
    WholeNumber(),
    "Население, тысяч человек",
    is_computed=True,
    annotation=Cast(F("population") / 1000, IntegerField()),
    registry=InRegistry("Тысяч"),
    workbook=InWorkbook(12),
    page=OnPage(),
)
LATITUDE = MunicipalityColumn(
    "latitude", Number(), registry=InRegistry(), workbook=InWorkbook(10), page=OnPage(), form=InForm()
)

Adding = Callable[[MunicipalityColumn], None]


@pytest.fixture
def adding(monkeypatch: pytest.MonkeyPatch, written_columns: None) -> Adding:
    """Put an entry into the table, instead of one of the same key."""

    def put(entry: MunicipalityColumn) -> None:
        monkeypatch.setattr(columns, "COLUMNS", (*(one for one in columns.COLUMNS if one.key != entry.key), entry))

    return put


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def cities(kostroma: Municipality, tmp_path: Path, settings: Any) -> None:
    """Кострома stands in row 6 of an export and in the north, Великие Луки in row 5 and in the south."""
    settings.MEDIA_ROOT = tmp_path
    city("Великие Луки", 58710000, population=91_435, latitude=Decimal("56.34"), longitude=Decimal("30.54"))
    kostroma.latitude, kostroma.longitude = Decimal("57.768"), Decimal("40.927")
    kostroma.save()


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def column(book: bytes, heading: str) -> tuple[str, list[Any]]:
    """The letter of a column in a workbook, and its cells."""
    for cells in load_workbook(BytesIO(book)).worksheets[0].iter_cols(min_row=4):
        if cells[0].value == heading:
            return str(cells[0].column_letter), [cell.value for cell in cells[1:]]
    raise KeyError(heading)


def load(book: bytes, by: User) -> list[tuple[str, str, str]]:
    """What an upload changed, once it was applied: the column, old, new."""
    batch = start([upload(book)], by=by)
    assert batch.errors == 0, batch.plan
    shown = [(cell["column"], cell["before"], cell["after"]) for one in batch.plan["changes"] for cell in one["cells"]]
    if shown:
        apply(batch, seen=digest(batch.plan), by=by)
    return shown


def test_no_key_stands_twice() -> None:
    assert len({one.key for one in COLUMNS}) == len(COLUMNS)


def test_a_computed_column_stands_in_the_registry_and_sorts(client: Client, cities: None, adding: Adding) -> None:
    assert "Тысяч" not in text(client, URL)
    adding(THOUSANDS)
    page = text(client, f"{URL}?sort=-thousands")
    assert re.search(r'<th scope="col" class="number" aria-sort="descending"><a [^>]*sort=thousands">Тысяч</a>', page)
    assert re.findall(r'<td class="number">(\d+)</td>', page) == ["268", "91"]


def test_a_computed_column_stands_on_the_page_and_asks_no_more(
    client: Client, cities: None, adding: Adding, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(16):
        assert "тысяч человек" not in text(client, f"{URL}kostroma/")
    adding(THOUSANDS)
    with django_assert_num_queries(16):
        assert "<dt>Население, тысяч человек</dt><dd>268</dd>" in text(client, f"{URL}kostroma/")


def test_a_computed_column_is_exported_and_never_read_back(cities: None, adding: Adding, secretariat: User) -> None:
    adding(THOUSANDS)
    letter, cells = column(exported(), "Население, тысяч человек")
    assert cells == [91, 268]
    assert load(with_cells(exported(), **{f"{letter}6": 1}), secretariat) == []


def test_a_stored_column_stands_in_registry_page_and_workbook(client: Client, cities: None, adding: Adding) -> None:
    adding(LATITUDE)
    page = text(client, f"{URL}?sort=-latitude")
    assert re.findall(r'<td class="number">(\d\d,\d+)</td>', page) == ["57,768", "56,34"]
    assert "<dt>Широта</dt><dd>57,768</dd>" in text(client, f"{URL}kostroma/")
    assert column(exported(), "Широта")[1] == [56.34, 57.768]


def test_a_stored_column_is_imported_and_told_in_the_history(
    secretary: Client, cities: None, kostroma: Municipality, adding: Adding, secretariat: User
) -> None:
    adding(LATITUDE)
    assert load(exported(), secretariat) == []
    letter, _ = column(exported(), "Широта")
    assert load(with_cells(exported(), **{f"{letter}6": "57,75"}), secretariat) == [("Широта", "57,768", "57,75")]
    kostroma.refresh_from_db()
    assert kostroma.latitude == Decimal("57.75")
    told = text(secretary, f"{URL}kostroma/")
    assert re.search(r"<del>57,768</del>\s*<ins>57,75</ins>", told)
    assert "Загрузка из файла «реестр.xlsx»" in told


def test_a_value_that_the_model_refuses_is_an_error_of_its_cell(
    cities: None, adding: Adding, secretariat: User
) -> None:
    adding(LATITUDE)
    letter, _ = column(exported(), "Широта")
    batch = start([upload(with_cells(exported(), **{f"{letter}6": 91}))], by=secretariat)
    assert [(one["letter"], one["text"]) for one in batch.plan["errors"]] == [
        (letter, "Широта – от −90 до 90 градусов.")
    ]


def test_only_what_an_entry_lets_the_secretariat_edit_is_in_the_form(
    secretary: Client, cities: None, adding: Adding
) -> None:
    edit = f"{URL}kostroma/edit/"
    assert 'name="latitude"' in text(secretary, edit)
    adding(MunicipalityColumn("latitude", Number()))
    assert 'name="latitude"' not in text(secretary, edit)
    adding(LATITUDE)
    assert re.search(r'name="latitude" value="57,76800"', text(secretary, edit))


def test_an_export_that_is_older_than_a_column_remembers_the_others(
    cities: None, kostroma: Municipality, adding: Adding, secretariat: User
) -> None:
    book = with_cells(exported(), E6=270_000, K4="Широта", K5="56,34", K6="57,75")  # typed by hand
    adding(LATITUDE)
    kostroma.record_participation(status="pilot", happened_on=TODAY(), basis="Позже", by=secretariat, version=1)
    batch = start([upload(book)], by=secretariat)
    assert (batch.errors, batch.plan["notes"]) == (0, [])
    [change] = batch.plan["changes"]
    assert [cell["column"] for cell in change["cells"]] == ["Население, человек", "Широта"]
    assert change["warnings"][-1] == "Запись изменилась на портале после выгрузки."
