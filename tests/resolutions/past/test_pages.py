"""The pages of the past: template, upload, preview, all or nothing, log."""

import hashlib
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import IncomingLetter, Letter, PastImport, Resolution
from resolutions.past.plan import PastPlan
from resolutions.past.portal import rows_of_portal
from resolutions.past.rows import PastRows, Sheet
from tests.conftest import ClientFor
from tests.resolutions.past.books import book_of, edited, numbered, with_cells
from tests.resolutions.past.conftest import Preview
from tests.resolutions.past.folder import SLUG, Folder, example_a
from tests.resolutions.past.logged import NAME, upload
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/resolutions/past/"


def send(client: Client, book: bytes, name: str = NAME) -> PastImport:
    """Upload a workbook, and let the worker read it."""
    client.post(URL, {"workbook": upload(book, name)})
    run_tasks()
    return PastImport.objects.latest("pk")


def confirm(client: Client, one: PastImport, seen: str = "") -> PastImport:
    """Load what was shown, and let the worker do it."""
    client.post(f"{URL}{one.pk}/apply/", {"seen": seen or PastPlan.from_json(one.plan).seen})
    run_tasks()
    one.refresh_from_db()
    return one


def page(client: Client, one: PastImport, query: str = "") -> str:
    return client.get(f"{URL}{one.pk}/{query}").content.decode().replace("\xa0", " ")


def nothing_written() -> bool:
    return not (Resolution.objects.exists() or Letter.objects.exists() or IncomingLetter.objects.exists())


def test_a_template_is_filled_in_uploaded_shown_and_loaded(secretary: Client, kostroma: Municipality) -> None:
    given = secretary.get(f"{URL}template.xlsx").content
    one = send(secretary, edited(_fill_in, given))
    shown = page(secretary, one)
    assert ("Загрузить: 2 строки" in shown, nothing_written()) == (True, True)
    assert "Об озеленении" in shown
    confirm(secretary, one)
    assert (one.state, one.decided_by_name) == ("applied", "С.С. Секретарёва")
    [point] = Resolution.objects.get(slug="r-2019-4").points.all()
    assert (point.number, point.text) == (3, "Посадить деревья.")
    assert '<a href="/resolutions/r-2019-4/">Об озеленении</a>' in page(secretary, one)


def _fill_in(book: object) -> None:
    """A decision and a point of it below the examples of the template."""
    decisions, points = (book[title] for title in ("Решения", "Пункты"))  # type: ignore[index]  # a workbook
    for sheet, said in (
        (decisions, ["Р-2019/4", "20.06.2019", None, "Об озеленении", "г. Кострома"]),
        (points, ["Р-2019/4", 3, "Поручение", "Посадить деревья."]),
    ):
        sheet.append(said)
    decisions.cell(decisions.max_row, 10, "И.И. Иванов")


def test_the_file_is_kept_and_comes_back_as_it_was(secretary: Client, secretariat: User) -> None:
    book = book_of(example_a().rows)
    one = send(secretary, book)
    assert (one.name, one.size, one.sha256) == (NAME, len(book), hashlib.sha256(book).hexdigest())
    assert (one.uploaded_by, one.uploaded_by_name, str(one)) == (
        secretariat,
        "С.С. Секретарёва",
        f"Загрузка № {one.pk}",
    )
    answer = secretary.get(f"{URL}{one.pk}/file/")
    assert b"".join(answer) == book
    log = secretary.get(URL).content.decode()
    assert NAME in log and f'href="{URL}{one.pk}/"' in log


def test_the_preview_counts_sheet_by_sheet(secretary: Client, preview: Preview) -> None:
    rows = example_a().rows
    one = preview(book_of(rows))
    plan = PastPlan.from_json(one.plan)
    assert {each.title: each.added for each in plan.sheets} == {sheet.value: n for sheet, n in rows.counted()}
    assert one.rows == plan.added == sum(n for _, n in rows.counted())
    assert "Что добавится" in page(secretary, one)
    assert nothing_written()


def test_what_was_loaded_is_not_added_twice(secretary: Client, preview: Preview) -> None:
    book = book_of(example_a().rows)
    confirm(secretary, preview(book))
    before = rows_of_portal()
    again = send(secretary, book)
    shown = page(secretary, again)
    assert "портал уже знает: загружать нечего" in shown and "Загрузить:" not in shown
    confirm(secretary, again)
    assert (again.state, rows_of_portal()) == ("preview", before)
    assert "Загружать нечего: всё, что есть в файле, портал уже знает." in page(secretary, again)


def test_the_portal_goes_out_and_comes_into_an_empty_one(secretary: Client, preview: Preview) -> None:
    confirm(secretary, preview(book_of(example_a().rows)))
    before = rows_of_portal()
    assert secretary.get(f"{URL}portal.xlsx").status_code == 202
    run_tasks()
    out = b"".join(secretary.get(f"{URL}portal.xlsx"))
    _forget_everything()
    assert rows_of_portal() == PastRows()
    assert confirm(secretary, send(secretary, out)).state == "applied"
    assert rows_of_portal() == before == numbered(before)


def _forget_everything() -> None:
    """An empty portal, as another one would be: rows that are written once go past their own rules."""
    with connection.constraint_checks_disabled():
        for model in apps.get_app_config("resolutions").get_models():
            if model is not PastImport:
                model._base_manager.all()._raw_delete(using="default")


NO_DECISION = Folder().point("r-1999")
TWICE = Folder().decision(SLUG, "27.06.2024", "assignment").point(SLUG, 1, text="Второй раз.")


def test_a_row_that_points_to_no_decision(secretary: Client) -> None:
    one = send(secretary, book_of(NO_DECISION.rows))
    assert one.state == "refused"
    assert "Пункты, A5" in page(secretary, one)
    assert nothing_written()


def test_a_point_number_twice(secretary: Client) -> None:
    one = send(secretary, book_of(TWICE.rows))
    assert "Пункты, B6" in page(secretary, one) and "уже есть в строке 5" in page(secretary, one)
    assert nothing_written()


def test_letters_that_collide_with_numbers_in_use(secretary: Client, preview: Preview) -> None:
    confirm(secretary, preview(book_of(example_a().rows)))
    before = rows_of_portal()
    other = Folder().decision("r-2", "01.06.2024", "recommendation", "appeal")
    other.letter("1/24", "09.09.2024", decision="r-2", correspondent="Минстрой России").ask(1, "1/24", "09.09.2024")
    one = send(secretary, book_of(other.rows))
    assert one.state == "refused"
    assert "Письма, A5" in page(secretary, one)
    assert rows_of_portal() == before


def test_a_sheet_that_is_missing(secretary: Client) -> None:
    def lose(book: object) -> None:
        del book["Письма"]  # type: ignore[attr-defined]  # a workbook

    one = send(secretary, edited(lose))
    shown = page(secretary, one)
    assert "Нет листа «Письма»: верните его из шаблона." in shown
    assert "Остальное портал проверит, когда в ячейках не будет ошибок." in shown
    assert nothing_written()


def test_errors_go_home_as_comments_on_the_sheets_they_are_about(secretary: Client) -> None:
    def spoil(book: object) -> None:
        del book["Письма"]  # type: ignore[attr-defined]  # a workbook

    one = send(secretary, edited(spoil, with_cells(Sheet.POINTS, number=0)))
    assert f"{URL}{one.pk}/errors.xlsx" in page(secretary, one)
    book = load_workbook(BytesIO(secretary.get(f"{URL}{one.pk}/errors.xlsx").content))
    assert "Номера начинаются с единицы." in book["Пункты"]["B5"].comment.text
    assert "Нет листа «Письма»" in book.worksheets[0]["A1"].comment.text


def test_what_cannot_be_read_at_all_is_said_and_not_marked(secretary: Client) -> None:
    def rename(book: object) -> None:
        for number, sheet in enumerate(book.worksheets):  # type: ignore[attr-defined]  # a workbook
            sheet.title = f"Лист {number}"

    one = send(secretary, edited(rename))
    shown = page(secretary, one)
    assert "Весь файл" in shown and "Это не книга решений прошлых лет" in shown
    assert "errors.xlsx" not in shown


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Файл пуст."), (b"%PDF-1.7", "Это не книга Excel: нужен файл .xlsx."), (None, "Выберите файл.")],
)
def test_what_is_no_workbook_is_refused_beside_its_field(
    secretary: Client, content: bytes | None, sentence: str
) -> None:
    answer = secretary.post(URL, {} if content is None else {"workbook": upload(content)})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not PastImport.objects.exists()


def test_of_very_many_errors_the_first_are_kept_and_the_rest_counted(
    secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resolutions.past.plan.KEPT_FAULTS", 1)
    one = send(secretary, with_cells(Sheet.POINTS, number=0, kind="Нет такого", number_2="нет"))
    assert (len(PastPlan.from_json(one.plan).faults), one.errors) == (1, 3)
    assert "И ещё 2 ошибки" in page(secretary, one)


def test_a_discarded_upload_loads_nothing_and_stays_in_the_log(secretary: Client, preview: Preview) -> None:
    one = preview(book_of(example_a().rows))
    answer = secretary.post(f"{URL}{one.pk}/discard/", follow=True)
    assert "на портале ничего не изменилось" in answer.content.decode()
    confirm(secretary, one)
    assert (one.state, one.decided_by_name, nothing_written()) == ("discarded", "С.С. Секретарёва", True)
    assert "От загрузки отказались" in page(secretary, one)
    twice = secretary.post(f"{URL}{one.pk}/discard/", follow=True)
    assert "отменено. Загрузите файл ещё раз." in twice.content.decode()


@pytest.mark.parametrize("persona", ["chair", "kostroma_official", None])
def test_nobody_else_may(
    request: pytest.FixtureRequest, client_for: ClientFor, preview: Preview, persona: str | None
) -> None:
    one = preview(book_of(example_a().rows))
    visitor = client_for(request.getfixturevalue(persona) if persona else None)
    reads = ("", "template.xlsx", "portal.xlsx", f"{one.pk}/", f"{one.pk}/file/", f"{one.pk}/errors.xlsx")
    answers = [visitor.get(f"{URL}{address}").status_code for address in reads]
    writes = ("", f"{one.pk}/apply/", f"{one.pk}/discard/", f"{one.pk}/again/")
    answers += [visitor.post(f"{URL}{address}").status_code for address in writes]
    assert set(answers) == {403 if persona else 302}
    assert nothing_written()


def test_the_way_there_is_shown_to_whom_it_is_open(client_for: ClientFor, secretariat: User, chair: User) -> None:
    for user, shown in ((secretariat, True), (chair, False), (None, False)):
        assert (f'href="{URL}"' in client_for(user).get("/resolutions/").content.decode()) == shown
