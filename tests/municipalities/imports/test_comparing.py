"""What a workbook would change, and what is wrong with it."""

import datetime as dt
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.importing.batches import RefusedFiles
from municipalities.importing.comparing import NOT_AN_EXPORT
from municipalities.models import Municipality, ParticipationRecord
from tests.municipalities.factory import TODAY, city, many_cities, statement
from tests.municipalities.imports.books import HEADINGS, KOSTROMA, edited, exported, table, with_cells
from tests.municipalities.imports.conftest import Preview, cells_of, errors_of, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SINCE = dt.datetime(2024, 6, 27)  # noqa: DTZ001 - a cell of a workbook knows no time zone
NEW_SOURCE = "Источник сведений о численности будет очищен: укажите новый на странице муниципального образования."
ROW = (*KOSTROMA, SINCE, "Письмо администрации")


@pytest.fixture
def cities(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    """Архангельск in row 5 says nothing, Кострома in row 6 takes part."""
    statement(kostroma)


def test_an_export_comes_back_without_changes(cities: None, preview: Preview) -> None:
    batch = preview(exported())
    assert (batch.state, batch.rows, batch.changed_cells, batch.errors) == ("preview", 2, 0, 0)
    assert plan_of(batch).notes == []


@pytest.mark.parametrize("query", ["as_of=2024-01-01", "sort=-population&status=active", "q=кострома"])
def test_any_export_comes_back_without_changes(cities: None, preview: Preview, query: str) -> None:
    assert preview(exported(query)).changed_cells == 0


def test_odd_texts_come_back_without_changes(preview: Preview) -> None:
    for number, name in enumerate(["=1+1", "+7", "Город\u00a0с  пробелом", "«Ёлка»"], start=1):
        statement(city(name, number, population=None), basis=name)
    assert preview(exported()).changed_cells == 0
    assert not plan_of(preview(exported())).errors


def test_edited_cells_are_shown_old_and_new(cities: None, preview: Preview) -> None:
    book = with_cells(exported(), E6=270000, G6="Пилотный город", H6=dt.date(2025, 3, 1), I6="Письмо № 2")
    assert cells_of(preview(book)) == [
        ("Кострома", "Население, человек", "268\u00a0617", "270\u00a0000"),
        ("Кострома", "Статус участия", "Участвует", "Пилотный город"),
        ("Кострома", "По состоянию на", "27.06.2024", "01.03.2025"),
        ("Кострома", "Основание", "Письмо администрации", "Письмо № 2"),
    ]
    assert plan_of(preview(book)).changes[0].warnings == [NEW_SOURCE]


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("D6", "123", "Код ОКТМО состоит из 8 или 11 цифр. Здесь: «123»."),
        ("D6", "99999999", "Муниципального образования с ОКТМО 99999999 на портале нет."),
        ("D6", "11701000001", "ОКТМО 11701000001 уже был в строке 5: оставьте одну строку."),
        ("G6", None, "Значение не указано."),
        ("G6", "Чемпион", "Такого значения нет: «Чемпион»."),
        ("C6", "ЦФО", "Такого значения нет: «ЦФО»."),
        ("H6", "вчера", "Дата записывается так: 27.06.2024. Здесь: «вчера»."),
        ("H6", "после «зимы»", "Дата записывается так: 27.06.2024. Здесь: «после „зимы“»."),
        ("H6", "31.02.2024", "Дата записывается так: 27.06.2024. Здесь: «31.02.2024»."),
        ("H6", None, "Статус меняется: укажите дату."),
        ("H6", dt.date(1999, 12, 31), "Укажите дату не раньше 1 января 2000 г."),
        ("I6", None, "Статус меняется: укажите основание."),
        ("I6", "я" * 501, "Убедитесь, что это значение содержит не более 500 символов"),
        ("E6", "много", "Здесь нужно целое число, а записано «много»."),
        ("E6", 0, "Численность – число больше нуля."),
        ("E6", 1.5, "Здесь нужно целое число, а записано «1,5»."),
        ("A6", None, "Это поле не может быть пустым."),
        ("A6", "#N/A", "Вместо значения ошибка Excel: #N/A."),
    ],
)
def test_an_error_names_its_cell(cities: None, preview: Preview, cell: str, value: Any, sentence: str) -> None:
    batch = preview(with_cells(exported(), **{cell: value}))
    assert batch.state == "refused"
    [(where, said)] = errors_of(batch)
    assert where == cell
    assert said.startswith(sentence)


def test_a_date_ahead_is_an_error(cities: None, preview: Preview) -> None:
    batch = preview(with_cells(exported(), H6=TODAY() + dt.timedelta(days=1)))
    assert errors_of(batch) == [("H6", "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую.")]


def test_all_errors_are_named_at_once(cities: None, preview: Preview) -> None:
    batch = preview(with_cells(exported(), D5="1", E5="x", G6="?", H6="?"))
    assert [cell for cell, _ in errors_of(batch)] == ["D5", "E5", "G6", "H6"]


def test_a_status_needs_its_date_and_basis(cities: None, preview: Preview) -> None:
    batch = preview(with_cells(exported(), G5="Участвует"))
    assert errors_of(batch) == [("H5", "Статус меняется: укажите дату."), ("I5", "Статус меняется: укажите основание.")]


def test_a_later_change_of_the_portal_is_not_undone(
    cities: None, kostroma: Municipality, secretariat: User, preview: Preview
) -> None:
    book = exported()
    kostroma.record_participation(status="pilot", happened_on=TODAY(), basis="Позже", by=secretariat, version=1)
    assert preview(book).changed_cells == 0


def test_an_edit_of_what_changed_since_is_warned_of(
    cities: None, kostroma: Municipality, secretariat: User, preview: Preview
) -> None:
    book = with_cells(exported(), G6="Участие приостановлено", H6=TODAY(), I6="Письмо № 3")
    kostroma.record_participation(status="pilot", happened_on=TODAY(), basis="Позже", by=secretariat, version=1)
    [change] = plan_of(preview(book)).changes
    assert "Запись изменилась на портале после выгрузки" in change.warnings[-1]
    assert "«Статус участия» – было Участвует, стало Пилотный город" in change.warnings[-1]


def test_an_edit_that_the_portal_holds_already_is_no_change(
    cities: None, kostroma: Municipality, preview: Preview
) -> None:
    book = with_cells(exported(), E6=300000)
    Municipality.objects.filter(pk=kostroma.pk).update(population=300000)
    assert preview(book).changed_cells == 0


def test_a_record_before_the_one_in_force_is_warned_of(cities: None, preview: Preview) -> None:
    [change] = plan_of(preview(with_cells(exported(), H6=dt.date(2024, 1, 1)))).changes
    assert "но статус на сегодня не изменится" in change.warnings[0]


def test_what_a_later_confirmation_will_confirm_is_warned_of(
    cities: None, kostroma: Municipality, secretariat: User, preview: Preview
) -> None:
    kostroma.confirm_participation(by=secretariat, version=kostroma.version)
    changed = with_cells(exported(), G6="Не участвует", H6=dt.date(2025, 1, 1))
    [change] = plan_of(preview(changed)).changes
    assert "подтверждение будет относиться к новому" in change.warnings[0]


def test_a_new_status_of_the_old_day_is_warned_of(cities: None, preview: Preview) -> None:
    [change] = plan_of(preview(with_cells(exported(), G6="Не участвует"))).changes
    assert change.warnings == ["Статус новый, а дата прежняя: проверьте дату."]


def test_without_memory_the_present_is_compared_and_said(cities: None, preview: Preview) -> None:
    batch = preview(table((*ROW[:8], "Иное")))
    assert cells_of(batch) == [("Кострома", "Основание", "Письмо администрации", "Иное")]
    assert plan_of(batch).notes == [NOT_AN_EXPORT]


REAL_LIFE = {
    "an empty first row": table(ROW, before=3),
    "a number for a code": table((*ROW[:3], 34701000001, *ROW[4:])),
    "no-break spaces": table(("Кострома", "Костромская\u00a0область", *ROW[2:6], "\u00a0участвует ", *ROW[7:])),
    "a number as text": table((*ROW[:4], "268\u00a0617", *ROW[5:])),
    "a number with a fraction of zero": table((*ROW[:4], 268617.0, *ROW[5:])),
    "a date as text": table((*ROW[:7], "27.06.2024", ROW[8])),
    "a date in words": table((*ROW[:7], "27 июня 2024 г.", ROW[8])),
    "an ISO date": table((*ROW[:7], "2024-06-27", ROW[8])),
    "a date that lost its format": table((*ROW[:7], 45470, ROW[8])),
    "another order": table(ROW[::-1], headings=HEADINGS[::-1]),
    "an extra column": table(("№ 1", *ROW), headings=["№ п/п", *HEADINGS]),
    "headings in capitals": table(ROW, headings=[f" {heading.upper()} *" for heading in HEADINGS]),
    "only what is needed": table(
        ("34701000001", "Участвует", SINCE, "Письмо администрации"), headings=[HEADINGS[3], *HEADINGS[6:]]
    ),
    "empty rows between": table((), ROW, (None, "  "), ()),
}


@pytest.mark.parametrize("case", REAL_LIFE)
def test_real_files_are_read(cities: None, preview: Preview, case: str) -> None:
    batch = preview(REAL_LIFE[case])
    assert (errors_of(batch), cells_of(batch), batch.rows) == ([], [], 1)


def test_a_code_that_lost_its_zero_is_found(preview: Preview) -> None:
    city("Алтайск", 1701000, population=None)
    batch = preview(table((None, None, None, 1701000, None, None, "Сведения не представлены"), headings=HEADINGS))
    assert ("D2", "Муниципального образования с ОКТМО 01701000 на портале нет.") not in errors_of(batch)
    assert {cell for cell, _ in errors_of(batch)} == {"A2", "B2", "C2"}


def test_hidden_and_other_sheets_and_a_merged_title_do_not_matter(cities: None, preview: Preview) -> None:
    def rearrange(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:I1")
        sheet.insert_cols(2)
        sheet.column_dimensions["C"].hidden = True
        book = sheet.parent
        assert book is not None
        hidden = book.create_sheet("Черновик", 0)
        hidden.append(HEADINGS)
        hidden.append(["Чужое"])
        hidden.sheet_state = "hidden"
        book.create_sheet("Итоги", 0)["A1"] = "=SUM(B1:B9)"

    batch = preview(edited(exported(), rearrange))
    assert (errors_of(batch), cells_of(batch), batch.rows) == ([], [], 2)


def test_missing_columns_are_named(cities: None, preview: Preview) -> None:
    with pytest.raises(RefusedFiles, match="не хватает столбцов: «ОКТМО», «Основание»"):
        preview(table(ROW, headings=["Название", *HEADINGS[1:3], "Код", *HEADINGS[4:8], "Документ"]))


def test_another_portals_columns_are_refused(preview: Preview) -> None:
    with pytest.raises(RefusedFiles, match="Это не таблица портала"):
        preview(table(("a", "b"), headings=["City", "Status"]))


def test_a_heading_given_twice_is_refused(cities: None, preview: Preview) -> None:
    with pytest.raises(RefusedFiles, match="Столбец «ОКТМО» встречается дважды: D и J"):
        preview(table((*ROW, "1"), headings=[*HEADINGS, "ОКТМО"]))


def test_absent_facts_stay_and_are_named(cities: None, preview: Preview) -> None:
    notes = plan_of(preview(REAL_LIFE["only what is needed"])).notes
    assert "Нет столбцов: «Муниципальное образование»" in notes[1]


def test_several_workbooks_are_one_upload(cities: None, preview: Preview) -> None:
    first = with_cells(exported("q=кострома"), I5="Письмо № 5")
    second = with_cells(exported("q=архангельск"), E5=350000)
    batch = preview(first, second)
    assert [(change.file, change.row, change.name) for change in plan_of(batch).changes] == [
        (0, 5, "Кострома"),
        (1, 5, "Архангельск"),
    ]
    assert errors_of(preview(first, first)) == [
        ("D5", "ОКТМО 34701000001 уже был в файле № 1, в строке 5: оставьте одну строку.")
    ]


def test_a_preview_changes_nothing(cities: None, preview: Preview) -> None:
    preview(with_cells(exported(), A6="Иное", I6="Иное"))
    assert Municipality.objects.filter(name="Кострома", version=1).exists()
    assert ParticipationRecord.objects.count() == 1


@pytest.mark.parametrize("count", [1000, pytest.param(3000, marks=pytest.mark.slow)])
def test_queries_grow_with_the_thousands_alone(
    count: int, preview: Preview, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_cities(count)
    book = exported()
    with django_assert_num_queries(6 + 2 * count // 1000):  # a chunk is five hundred rows; the rest is the log
        preview(book)
