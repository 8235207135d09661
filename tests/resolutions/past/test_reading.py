"""A workbook of the past as people send it: each fault with its cell and a sentence."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from municipalities.importing.archive import RefusedWorkbook
from resolutions.past import reading
from resolutions.past.book import FIRST_ROW, HEADER_ROW, cell_of, template
from resolutions.past.rows import PastRows, Sheet
from tests.municipalities.factory import at
from tests.municipalities.imports import hostile
from tests.resolutions.past.books import book_of, edited, read, real_rows, told, with_cells

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KINDS = "«Рекомендация», «Обращение», «Благодарность», «Поручение»"

# sheet, field, what stands in the cell, what is said
WRONG: list[tuple[Sheet, str, Any, str]] = [
    (Sheet.DECISIONS, "decision", None, "Заполните «Обозначение решения»: без этого строку загрузить нельзя."),
    (Sheet.DECISIONS, "decision", "№ – /", "В обозначении нет ни букв, ни цифр: напишите, например, «Р-2019/1»."),
    (Sheet.DECISIONS, "adopted_on", None, "Заполните «Дата решения»: без этого строку загрузить нельзя."),
    (Sheet.DECISIONS, "adopted_on", "летом", "Дата записывается так: 27.06.2024. Здесь: «летом»."),
    (Sheet.DECISIONS, "adopted_on", "31.12.1999", "Укажите дату не раньше 1 января 2000 г."),
    (Sheet.DECISIONS, "adopted_on", "03.03.2026", "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."),
    (
        Sheet.DECISIONS,
        "number",
        dt.date(2019, 1, 5),
        "Excel сделал из номера дату: задайте ячейке формат «Текстовый» и наберите номер заново. Здесь: «05.01.2019».",
    ),
    (
        Sheet.DECISIONS,
        "title",
        "О" * 401,
        "Слишком длинно: знаков здесь 401, а помещается 400. Сократите.",
    ),
    (
        Sheet.DECISIONS,
        "hearing",
        "О" * 20_001,
        "Слишком длинно: знаков здесь 20 001, а помещается 20 000. Сократите.",
    ),
    (
        Sheet.DECISIONS,
        "preamble",
        "Первый.\n" + "О" * 20_001,
        "Слишком длинно: знаков здесь 20 001, а помещается 20 000. Сократите.",
    ),
    (Sheet.DECISIONS, "signatory_name", "  ", "Заполните «Подписал»: без этого строку загрузить нельзя."),
    (Sheet.POINTS, "number", 0, "Номера начинаются с единицы."),
    (Sheet.POINTS, "number", "10 000", "Номер не бывает больше 9999. Здесь: «10000»."),
    (Sheet.POINTS, "number", "второй", "Здесь нужно целое число, а записано «второй»."),
    (Sheet.POINTS, "kind", None, "Заполните «Вид пункта»: без этого строку загрузить нельзя."),
    (Sheet.POINTS, "kind", "Просьба", f"Такого значения нет: «Просьба». Выберите одно из: {KINDS}."),
    (Sheet.LETTERS, "number", "1" * 31, "Слишком длинно: знаков здесь 31, а помещается 30. Сократите."),
    (Sheet.LETTERS, "number", dt.time(14, 19), "Excel сделал из номера дату: задайте ячейке формат «Текстовый»"),
    (Sheet.LETTERS, "reply_days", 0, "Число не бывает меньше 1. Здесь: 0."),
    (Sheet.LETTERS, "reply_days", 366, "Число не бывает больше 365. Здесь: 366."),
    (Sheet.LETTERS, "channel", "Голубем", "Такого значения нет: «Голубем». Выберите одно из: «Почтой»"),
    (Sheet.ASKS, "text", "О" * 2001, "Слишком длинно: знаков здесь 2 001, а помещается 2 000. Сократите."),
    (Sheet.ASKS, "renews", "ага", "Такого значения нет: «ага». Выберите одно из: «да», «нет»."),
    (Sheet.OUTCOMES, "until", "01.01.2101", "Проверьте год: срок не может быть позже 2100 года."),
    (Sheet.STEPS, "result", "Ещё не назван", "Такого значения нет: «Ещё не назван». Выберите одно из: «Достигнуто»"),
    (Sheet.STEPS, "action", "Выбрано, чем измеряется исполнение", "Такого значения нет: «Выбрано, чем измеряется"),
    (Sheet.PROMISES, "made_on", "03.03.2026", "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."),
]


@pytest.fixture(autouse=True)
def today() -> Any:
    with at("2026-03-02 12:00"):
        yield


@pytest.mark.parametrize(("sheet", "field", "value", "sentence"), WRONG)
def test_a_wrong_cell_gets_its_sentence(sheet: Sheet, field: str, value: Any, sentence: str) -> None:
    (found,) = told(with_cells(sheet, **{field: value}))
    assert found[:3] == (sheet.value, FIRST_ROW, field)
    assert found[3].startswith(sentence)


def test_a_cell_that_excel_could_not_work_out_is_named() -> None:
    book = edited(
        lambda opened: setattr(opened["Пункты"]["B5"], "data_type", "e"), with_cells(Sheet.POINTS, number="#Н/Д")
    )
    assert told(book) == [("Пункты", 5, "number", "Вместо значения ошибка Excel: #Н/Д.")]


def test_all_that_is_wrong_is_told_at_once_and_the_rest_is_read() -> None:
    book = with_cells(Sheet.POINTS, number="один", kind="Иное", number_2=None)
    assert [one[1:3] for one in told(book)] == [(5, "number"), (5, "kind"), (6, "number")]
    assert read(book).rows.points == ()
    assert read(book).rows.letters == real_rows().letters


def test_a_sheet_that_is_wrong_all_over_is_not_gone_through_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FAULTS", 2)
    too_long = "О" * 20_001
    book = with_cells(Sheet.STEPS, text=too_long, text_2=too_long, text_3=too_long)
    assert [one[1:3] for one in told(book)] == [(5, "text"), (6, "text"), (0, "")]
    assert told(book)[2][3].startswith("Ошибок больше 2, и дальше лист не проверен")


def test_the_same_as_people_type_it() -> None:
    typed = with_cells(
        Sheet.LETTERS,
        number="\u00a014/19 ",
        date="5 июля 2019 г.",
        kind="обращение",
        decision="2019",
        point="1,0",
        addressee="Руководителю\r\n\r\nНаименования  органа\n И.О. Фамилии",
        reply_days=30.0,
        sent_on="2019-07-08 00:00:00",
        channel="ПОЧТОЙ",
        delivered_on=43658,
    )
    found = read(typed)
    assert found.faults == ()
    assert found.rows == real_rows()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (7, "7"),
        ("007", "007"),
        ("=1+1", "=1+1"),
        ("٣/19", "3/19"),
        (12.0, "12"),
        ("ИСХ-5", "ИСХ-5"),
        ("№ 14/19", "14/19"),
        ("№14/19", "14/19"),
    ],
)
def test_a_number_stays_as_it_was(typed: Any, kept: str) -> None:
    def write(book: Any) -> None:
        cell = book["Письма"]["A5"]
        cell.value = typed
        cell.data_type = "s" if isinstance(typed, str) else "n"

    assert read(edited(write)).rows.letters[0].number == kept


@pytest.mark.parametrize("typed", ["2019", "Р-2019/1", " р 2019 № 1.", "R-2019-1"])
def test_a_designation_is_typed_freely(typed: str) -> None:
    found = read(with_cells(Sheet.DECISIONS, decision=typed)).rows.decisions[0].decision
    assert found == ("2019" if typed == "2019" else "r-2019-1")


@pytest.mark.parametrize(("typed", "marked"), [("Да", True), ("нет", False), (None, False), (" ", False)])
def test_a_mark_is_set_or_not(typed: Any, marked: bool) -> None:
    assert read(with_cells(Sheet.ASKS, renews_3=typed)).rows.asks[2].renews is marked


def test_columns_may_stand_elsewhere_and_be_called_in_other_letters() -> None:
    def move(book: Any) -> None:
        sheet = book["Пункты"]
        sheet.insert_cols(1)
        sheet.insert_rows(1, 3)
        for cell in sheet[HEADER_ROW + 3]:
            cell.value = str(cell.value or "Заметки").upper().replace(" *", ":")
        for number, row in enumerate(sheet.iter_rows(min_row=FIRST_ROW + 3)):
            row[0].value = f"заметка {number}"
        sheet.move_range("C7:C9", cols=8)

    book = edited(move)
    found = read(book)
    assert found.faults == ()
    assert [(one.row, one.number) for one in found.rows.points] == [(8, 1), (9, 2)]
    assert found.letters[Sheet.POINTS]["number"] == "K"
    wrong = read(edited(lambda opened: setattr(opened["Пункты"]["K8"], "value", "один"), book))
    assert [cell_of(one, wrong.letters) for one in wrong.faults] == ["Пункты, K8"]


def test_letters_of_another_alphabet_are_told_and_read_as_they_are() -> None:
    many = " ".join(f"Kот{letter}" for letter in "абвгд")
    book = read(with_cells(Sheet.POINTS, text="Пcков\u00ad и Kотлас", text_2=many))
    assert book.rows.points[0].text == "Пcков и Kотлас"
    told = [note.replace("\xa0", " ") for note in book.notes]
    assert told[0] == (
        "Лист «Пункты», D5. В слове «Пcков» буква «c» – латинская; одним алфавитом: «Псков». "
        "Загружается как напечатано."
    )
    assert told[5] == "На листе «Пункты» буквы другого алфавита есть и в других словах: ещё 2."


def test_blank_rows_notes_beside_and_unknown_sheets_are_passed_over() -> None:
    def note(book: Any) -> None:
        book["Пункты"].insert_rows(FIRST_ROW, 2)
        book["Пункты"]["A5"].value, book["Пункты"]["Z6"].value = "  ", "=1+1"
        book.create_sheet("Мои заметки").append(["=1+1"])

    found = read(edited(note))
    assert found.faults == ()
    assert [one.row for one in found.rows.points] == [7, 8]


def test_a_sheet_may_be_blank_and_be_called_in_other_letters() -> None:
    def empty(book: Any) -> None:
        book["Обязательства"].delete_rows(1, 20)
        book["Входящие"].title = "ВХОДЯЩИЕ "

    found = read(edited(empty))
    assert (found.faults, found.rows.promises) == ((), ())
    assert found.rows.incoming == real_rows().incoming


def test_a_sheet_that_is_missing_is_named() -> None:
    def remove(book: Any) -> None:
        del book["Письма"], book["Исходы"]

    sentence = "Нет листа «{}»: верните его из шаблона. Если сведений для него нет, оставьте его без строк."
    assert told(edited(remove)) == [
        ("Письма", 0, "", sentence.format("Письма")),
        ("Исходы", 0, "", sentence.format("Исходы")),
    ]


def test_headings_that_are_missing_are_named() -> None:
    def spoil(book: Any) -> None:
        book["Пункты"]["B4"].value = "№"
        book["Пункты"]["D4"].value = "Формулировка"
        book["Решения"]["C4"].value = "Рег."
        book["Письма"].delete_rows(HEADER_ROW)

    no_column = "Нет столбца «{}»: верните его из шаблона."
    empty = "Если сведений для него нет, оставьте его пустым."
    assert told(edited(spoil)) == [
        ("Решения", 0, "number", f"{no_column.format('Регистрационный номер')} {empty}"),
        ("Пункты", 0, "number", no_column.format("Пункт")),
        ("Пункты", 0, "text", no_column.format("Текст пункта")),
        ("Письма", 0, "", "Нет строки с заголовками столбцов: скопируйте её из шаблона."),
    ]


def test_a_column_that_stands_twice_is_named() -> None:
    book = edited(lambda opened: setattr(opened["Пункты"]["G4"], "value", "ПУНКТ"))
    assert told(book) == [("Пункты", 0, "number", "Столбец «Пункт *» встречается дважды: B и G.")]
    assert read(book).rows.points == ()


@pytest.mark.parametrize(
    ("sheet", "cells", "field", "sentence"),
    [
        (
            Sheet.POINTS,
            {"number_2": 1},
            "number",
            "Такой пункт уже есть в строке 5.",
        ),
        (
            Sheet.LETTERS,
            {"number_2": "14/19"},
            "number",
            "Письмо с таким номером в том же году уже есть в строке 5.",
        ),
        (
            Sheet.ASKS,
            {"number_2": 1, "text_2": "иное"},
            "number",
            "Эта просьба этого письма уже есть в строке 5.",
        ),
        (
            Sheet.INCOMING,
            {"number_2": "31/19"},
            "number",
            "Входящее с таким номером в том же году уже есть в строке 5.",
        ),
        (
            Sheet.OUTCOMES,
            {"number_2": 1},
            "number",
            "Исход этой просьбы по этому входящему уже есть в строке 5.",
        ),
    ],
)
def test_what_may_be_once_is_told_twice(sheet: Sheet, cells: dict[str, Any], field: str, sentence: str) -> None:
    assert told(with_cells(sheet, **cells)) == [(sheet.value, 6, field, sentence)]


def test_two_designations_that_become_one_address_are_a_fault_of_the_second() -> None:
    def add(book: Any) -> None:
        sheet = book["Решения"]
        for place, cell in enumerate(list(sheet[FIRST_ROW]), start=1):
            sheet.cell(FIRST_ROW + 1, place, cell.value)
        sheet["A5"].value, sheet["A6"].value, sheet["B6"].value = "Р-2019/1", "р 2019 1", "летом"

    twice = "Решение с таким обозначением (прописные буквы и знаки препинания его не меняют) уже есть в строке 5."
    assert [one for one in told(edited(add)) if one[2] == "decision"] == [("Решения", 6, "decision", twice)]


def test_numbers_of_another_year_are_other_numbers() -> None:
    assert told(with_cells(Sheet.LETTERS, number_2="14/19", date_2="10.09.2020")) == []


def test_rows_that_may_be_alike_are() -> None:
    same = {"happened_on_4": "20.12.2019", "action_4": "Доложено об исполнении"}
    assert told(with_cells(Sheet.STEPS, **same)) == []


@pytest.mark.parametrize("first", ["Пример", "ПРИМЕР 3", "пример-2019"])
def test_an_example_is_passed_over_whatever_it_holds(first: str) -> None:
    found = read(with_cells(Sheet.POINTS, decision_2=first, number_2="один"))
    assert found.faults == ()
    assert len(found.rows.points) == 1


def test_what_only_begins_like_an_example_is_none() -> None:
    assert read(with_cells(Sheet.DECISIONS, decision="Примерное-1")).rows.decisions[0].decision == "primernoye-1"


def test_a_workbook_of_something_else_is_refused() -> None:
    book = BytesIO()
    Workbook().save(book)
    with pytest.raises(RefusedWorkbook, match="Это не книга решений прошлых лет: в ней нет ни одного листа шаблона"):
        read(book.getvalue())


def test_a_formula_is_refused_with_its_sheet() -> None:
    book = edited(lambda opened: setattr(opened["Письма"]["B6"], "value", "=TODAY()"))
    with pytest.raises(RefusedWorkbook, match="В ячейке B6 листа «Письма» формула: замените формулы значениями"):
        read(book)


@pytest.mark.parametrize("name", ["empty", "not a zip", "xls", "macros", "everything merged", "entities"])
def test_what_is_hostile_is_refused(name: str) -> None:
    make, sentence = hostile.FILES[name]
    with pytest.raises(RefusedWorkbook, match=re.escape(sentence)):
        read(make())


def test_what_breaks_off_is_damaged() -> None:
    whole = template()
    with pytest.raises(RefusedWorkbook, match="Файл повреждён"):
        read(whole[: len(whole) // 2])


def test_rows_that_are_read_are_whole() -> None:
    found = read(book_of(PastRows()))
    assert (found.rows, found.faults) == (PastRows(), ())
    assert set(found.letters) == set(Sheet)
