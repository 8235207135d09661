"""What is told besides the errors: what of a workbook nobody reads, and what may be wrong in it."""

from typing import Any

import pytest
from openpyxl import Workbook

from accounts.models import User
from municipalities.importing.intake import OUTDATED
from resolutions.models import PastImport, PointAction, PointResult
from resolutions.past.book import HEADER_ROW, template
from resolutions.past.loading import judge, load
from resolutions.past.plan import PastPlan
from resolutions.past.rows import Sheet
from resolutions.past.uploads import LOADED_MEANWHILE, WRONG_BY_NOW, judged_anew
from tests.resolutions.past.books import book_of, edited, read, with_cells
from tests.resolutions.past.conftest import Preview
from tests.resolutions.past.folder import SLUG, Folder

pytestmark = pytest.mark.django_db


def plan(one: PastImport) -> PastPlan:
    return PastPlan.from_json(one.plan)


def plain(sentences: Any) -> list[str]:
    return [one.replace("\xa0", " ") for one in sentences]


def test_a_sheet_that_nobody_reads_is_told_unless_it_is_blank_or_hidden() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Мои «заметки»").append(["Спросить"])
        book.create_sheet("Лист1")
        book.create_sheet("Списки").append(["Тверь"])
        book["Списки"].sheet_state = "hidden"

    found = read(edited(add))
    assert found.faults == ()
    assert found.notes == ("Лист «Мои „заметки“» не прочитан: в шаблоне такого листа нет.",)


def test_the_second_sheet_of_a_title_is_not_read() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Пункты ").append(["Ещё пункты"])

    found = read(edited(add))
    assert (found.faults, len(found.rows.points)) == ((), 2)
    assert found.notes == ("Лист «Пункты» не прочитан: лист с таким названием уже есть.",)


def test_columns_that_nobody_reads_are_told() -> None:
    def head(book: Workbook, sheet: str, *headings: str) -> None:
        for place, heading in enumerate(headings, start=30):
            book[sheet].cell(HEADER_ROW, place, heading)

    def add(book: Workbook) -> None:
        head(book, "Пункты", "Чей «пункт»")
        head(book, "Письма", *"АБВГДЕЖ")

    assert read(edited(add)).notes == (
        "На листе «Пункты» столбец «Чей „пункт“» не прочитан: в шаблоне его нет.",
        "На листе «Письма» столбцы «А», «Б», «В», «Г», «Д» и ещё 2 не прочитаны: в шаблоне их нет.",
    )


def test_columns_that_may_be_empty_may_be_away() -> None:
    def remove(book: Workbook, *headings: str) -> None:
        for heading in headings:
            column = next(cell.column for cell in book["Письма"][HEADER_ROW] if cell.value == heading)
            book["Письма"].delete_cols(column)

    one = read(edited(lambda book: remove(book, "Исполнитель")))
    assert (one.faults, len(one.rows.letters)) == ((), 2)
    assert one.notes == ("На листе «Письма» нет столбца «Исполнитель»: он прочитан как пустой.",)
    two = read(edited(lambda book: remove(book, "Исполнитель", "Подписал")))
    assert two.notes == ("На листе «Письма» нет столбцов «Подписал», «Исполнитель»: они прочитаны как пустые.",)


@pytest.mark.parametrize("heading", ["Кто готовил", None])
def test_unless_they_may_stand_under_another_name_or_none(heading: str | None) -> None:
    def rename(book: Workbook) -> None:
        for cell in book["Письма"][HEADER_ROW]:
            cell.value = heading if cell.value == "Исполнитель" else cell.value

    (fault,) = read(edited(rename)).faults
    assert fault.sentence.startswith("Нет столбца «Исполнитель»: верните его из шаблона.")


def test_a_heading_with_quotes_that_stands_twice_is_quoted_once() -> None:
    def copy(book: Workbook) -> None:
        book["Пункты"].cell(HEADER_ROW, 20, "«Пункт»*")
        book["Пункты"].cell(HEADER_ROW, 21, "«Пункт»*")

    (note,) = read(edited(copy)).notes
    assert "««" not in note


class TestPreview:
    """What the preview tells."""

    def test_a_template_that_came_back_untouched(self, preview: Preview) -> None:
        one = preview(template())
        (fault,) = plan(one).faults
        assert (one.state, fault.place) == ("refused", "")
        assert plain([fault.text])[0].startswith("В книге нет ни одной строки, кроме 18 строк с примерами")

    def test_a_book_without_any_row(self, preview: Preview) -> None:
        def empty(book: Workbook) -> None:
            for sheet in Sheet:
                book[sheet.value].delete_rows(HEADER_ROW + 1, 20)

        (fault,) = plan(preview(edited(empty))).faults
        assert fault.text.startswith("В книге нет ни одной заполненной строки")

    def test_examples_are_counted_beside_what_is_meant(self, preview: Preview) -> None:
        def add(book: Workbook) -> None:
            book["Решения"].append(["Р-1", "20.06.2019", "", "О деле", *[""] * 5, "И.О. Фамилия"])
            book["Пункты"].append(["Р-1", 1, "Поручение", "Сделать дело."])

        one = plan(preview(edited(add, template())))
        assert (one.added, plain(one.notes)[1:]) == (2, ["Строки с примерами пропущены: 18."])

    def test_what_nobody_read_is_told_beside_errors(self, preview: Preview) -> None:
        def spoil(book: Workbook) -> None:
            book.create_sheet("Заметки").append(["Спросить"])

        one = plan(preview(edited(spoil, with_cells(Sheet.POINTS, number=0))))
        assert one.notes[-1] == "Лист «Заметки» не прочитан: в шаблоне такого листа нет."

    def test_numbers_that_look_alike(self, preview: Preview) -> None:
        folder = Folder().decision("р-1", "20.06.2019", "assignment", number="5")
        folder.decision("р-2", "20.12.2019", "assignment", number="5")
        note, _ = plain(plan(preview(book_of(folder.rows))).notes)
        says = "решение того же органа с номером 5 за 2019 г. уже есть в строке 5."
        assert note.startswith(f"Лист «Решения», строка 6: {says}")


def test_a_number_of_the_portal_looks_alike_too(secretariat: User) -> None:
    load(Folder().decision("r-1", "20.06.2019", "assignment", number="5").rows, by=secretariat, file_name="1.xlsx")
    folder = Folder().decision("r-2", "20.12.2019", "assignment", number="5")
    folder.decision("r-3", "20.06.2020", "assignment", number="5")
    folder.decision("r-4", "20.07.2019", "assignment", number="5", body="Правление Союза")
    judged = judge(folder.rows, by=secretariat, file_name="2.xlsx")
    assert judged.faults == ()
    assert "уже есть в портале" in judged.notes[0]
    assert len(judged.notes) == 2  # and that points stay under control


def test_a_decision_under_two_designations_is_told(secretariat: User) -> None:
    load(Folder().decision("r-1", "20.06.2019", "assignment", title="О «Дорогах»").rows, by=secretariat, file_name="1")
    folder = Folder().decision("r-2", "20.06.2019", "assignment", title="о  «дорогах»")  # the same paper
    folder.decision("r-3", "20.06.2019", "assignment", title="О мостах")
    folder.decision("r-4", "20.06.2019", "assignment", title="О мостах")
    folder.decision("r-5", "20.06.2020", "assignment", title="О мостах")
    *told, _ = plain(judge(folder.rows, by=secretariat, file_name="2").notes)  # and that points stay under control
    says = "решение того же органа от того же дня и с тем же заголовком уже есть"
    ends = "Если это одно и то же решение, назовите его в книге так же."
    assert told == [
        f"Лист «Решения», строка 2: {says} в портале под обозначением «r-1». {ends}",
        f"Лист «Решения», строка 4: {says} в строке 3 под обозначением «r-3». {ends}",
    ]


def test_points_that_stay_under_control_are_told(secretariat: User) -> None:
    folder = Folder().decision(SLUG, "20.06.2019", *["assignment"] * 5)
    result = {"result": PointResult.ACHIEVED}
    for point in (1, 2, 3):
        folder.step(PointAction.START, "01.07.2019", point=point)
        folder.step(PointAction.REPORT, "01.07.2019", point=point, **result)
        folder.step(PointAction.CLOSE, "02.07.2019", point=point, **result)
    folder.step(PointAction.REOPEN, "02.07.2019", point=2).step(PointAction.CANCEL, "03.07.2019", point=4)
    folder.step(PointAction.REOPEN, "05.07.2019", point=5).step(PointAction.CANCEL, "03.07.2019", point=5)
    judged = judge(folder.rows, by=secretariat, file_name="1.xlsx")
    assert judged.faults == ()
    (note,) = plain(judged.notes)
    assert note.startswith("Останутся на контроле, и портал будет о них напоминать: 2 пункта.")
    load(folder.rows, by=secretariat, file_name="1.xlsx")
    assert judge(folder.rows, by=secretariat, file_name="1.xlsx").notes == ()


def test_what_was_confirmed_and_is_another_by_now_is_told_truly() -> None:
    anew = [judged_anew(one) for one in (PastPlan(), PastPlan.refused_whole("Файл не читается."))]
    assert anew == [LOADED_MEANWHILE, WRONG_BY_NOW]
    assert OUTDATED not in anew
