"""Texts as Word and Excel leave them in cells."""

import datetime as dt

import pytest

from accounts.models import User
from municipalities.importing.applying import apply
from municipalities.importing.plan import digest
from municipalities.models import Municipality, ParticipationRecord
from tests.conftest import ClientFor
from tests.municipalities.factory import statement
from tests.municipalities.imports.books import exported, with_cells
from tests.municipalities.imports.conftest import Preview, cells_of, errors_of, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SINCE = dt.datetime(2025, 3, 1)  # noqa: DTZ001 - a cell of a workbook knows no time zone


@pytest.fixture
def cities(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    """Архангельск in row 5 of a workbook says nothing, Кострома in row 6 takes part."""
    statement(kostroma)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("D6", "34\u200b701000001"),
        ("D6", "34\u2009701\u202f000\u00a0001"),
        ("D6", "\ufeff34701000001\u202c"),
        ("G6", "Участ\u200bвует"),
        ("G6", "\u202aУчаствует\u202c"),
        ("I6", "Письмо адми\u00adнистра\u200bции"),
        ("I6", "Письмо_x000B_администрации"),
        ("I6", "_x000D_Письмо администрации_x000D_"),
    ],
)
def test_what_nobody_sees_in_a_cell_changes_nothing(cities: None, preview: Preview, cell: str, value: str) -> None:
    batch = preview(with_cells(exported(), **{cell: value}))
    assert errors_of(batch) == []
    assert batch.changed_cells == 0


@pytest.mark.parametrize("heading", ["Осно\u200bвание", "\ufeffОснование", "Основание\u00a0", "Oснование"])
def test_nor_does_it_in_a_heading(cities: None, preview: Preview, heading: str) -> None:
    book = with_cells(exported(), I4=heading, I6="Письмо № 2", H6=SINCE)
    assert [row[1] for row in cells_of(preview(book))] == ["По состоянию на", "Основание"]


@pytest.mark.parametrize("text", ["Ниже < среднего", "Отдел <it@vologda.example>", "<b>Приказ</b> № 1"])
def test_a_cell_may_hold_angle_brackets(
    cities: None, preview: Preview, client_for: ClientFor, secretariat: User, text: str
) -> None:
    batch = preview(with_cells(exported(), I6=text, H6=SINCE))
    apply(batch, seen=digest(batch.plan), by=secretariat)
    assert ParticipationRecord.objects.latest("pk").basis == text
    page = client_for(secretariat).get("/municipalities/kostroma/").content.decode()
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page


def test_a_letter_of_another_alphabet_in_a_cell_is_told(cities: None, preview: Preview) -> None:
    [change] = plan_of(preview(with_cells(exported(), I6="Пиcьмо № 2", H6=SINCE))).changes
    assert "В слове «Пиcьмо» буква «c» – латинская; одним алфавитом: «Письмо»." in change.warnings


def test_a_city_without_a_code_is_found_by_its_name_in_either_alphabet(cities: None, preview: Preview) -> None:
    batch = preview(with_cells(exported(), A6="Kострома", D6=None, I6="Письмо № 2", H6=SINCE))
    assert errors_of(batch) == []
    assert [row[0] for row in cells_of(batch)] == ["Кострома", "Кострома"]
