"""PDF, Word and Excel: the same facts as on the page, in clean files."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from django.test import Client
from django.utils.html import strip_tags
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from accounts.models import User
from documents.word import TableColumn, WordPaper
from resolutions.execution.papers import render_execution, write_execution
from resolutions.execution.printed import sections_of
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.execution.workbook import execution_workbook
from resolutions.models import Measure, MeasureCode, Resolution
from russian.typography import typeset
from tests.conftest import ClientFor
from tests.municipalities.factory import city, statement
from tests.papers import paper
from tests.resolutions.execution.files import docx_words, pdf_words, rows_of, word_document, workbook
from tests.resolutions.execution.life import Life, day
from tests.resolutions.factory import letter, point_step, register

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = dt.date(2025, 3, 1)
HOSTILE = "=HYPERLINK(1) <w:br/> & {TOC} <script>alert(1)</script>"


@pytest.fixture
def march(life: Life) -> ExecutionReport:
    """With what was recorded later."""
    return report_on(life.resolution, day("2025-03-01"), with_letters=True)


def facts(report: ExecutionReport) -> list[str]:
    """Texts that every format has to hold."""
    assert report.municipalities is not None
    assert report.correspondence is not None
    found = [report.title]
    for point in report.points:
        found += [
            point.text,
            point.responsible,
            point.controller,
            str(point.state.label),
            point.fulfilment,
            *point.open,
        ]
        found += [text for one in point.done for text in (one.text, one.what, *one.documents)]
    found += [text for line in report.municipalities.lines for text in (line.name, str(line.after.label), line.change)]
    for one in report.correspondence.letters:
        found += [one.number, one.title, one.addressee, str(one.state.label), *one.answers]
    return [" ".join(text.replace("\u00a0", " ").split()) for text in found if text]


def test_all_four_hold_the_same_facts(march: ExecutionReport, client_for: ClientFor, secretariat: User) -> None:
    page = client_for(secretariat).get(f"/resolutions/{march.slug}/execution/?as_of=2025-03-01").text
    book = workbook(execution_workbook(march))
    cells = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value]
    texts = {
        "page": strip_tags(page.replace("<br>", " ")),
        "pdf": " ".join(pdf_words(render_execution(march))),
        "docx": " ".join(docx_words(write_execution(march))),
        "xlsx": " ".join(cells),
    }
    for name, text in texts.items():
        squeezed = "".join(text.split())  # a table breaks lines where it likes
        missing = [fact for fact in facts(march) if "".join(fact.split()) not in squeezed]
        assert missing == [], name
        assert text.lower().count("внесено позже отчётной даты") >= 3, name


def test_word_says_word_for_word_what_the_pdf_says(march: ExecutionReport) -> None:
    pdf, docx = (Counter(words) for words in (pdf_words(render_execution(march)), docx_words(write_execution(march))))
    only_in_pdf = pdf - docx  # page numbers, headings repeated on the next page
    assert docx - pdf == Counter()
    tables = [section.table for section in sections_of(march) if section.table]
    headings = {word for table in tables for column in table.columns for word in column.heading.split()}
    assert {word for word in only_in_pdf if not word.isdigit()} <= headings


def test_the_same_report_gives_the_same_bytes(life: Life) -> None:
    made = [render_execution(report_on(life.resolution, day("2024-10-01"), with_letters=True)) for _ in "12"]
    known = report_on(life.resolution, day("2024-10-01"), known_on=day("2024-10-01"), with_letters=True)
    assert made[0] == made[1]
    assert render_execution(replace(known, known_on=None)) == render_execution(life.reports["2024-10-01"])


def test_the_paper_says_what_it_is(march: ExecutionReport) -> None:
    text = " ".join(pdf_words(render_execution(march)))
    assert text.startswith("Союз городов Центра и Северо-Запада России Информация об исполнении решения О реализации")
    assert "По состоянию на 1 марта 2025 г." in text
    assert "Решение принято: Общее Собрание, 27 июня 2024 г., г. Архангельск." in text
    assert "Корягина" not in text  # nobody signed it


def test_word_tables_have_headers_that_repeat_and_rows_that_hold_together(march: ExecutionReport) -> None:
    document = word_document(write_execution(march))
    assert len(document.tables) == 6  # three points, statuses, municipalities, letters
    for table in document.tables:
        header, *rows = table.rows
        assert header._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert {cell.paragraphs[0].style.name for cell in header.cells} == {"Заголовок таблицы"}
    numbers = document.tables[3].rows[1].cells[1].paragraphs[0].style
    assert numbers.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_word_headings_are_headings(march: ExecutionReport) -> None:
    document = word_document(write_execution(march))
    bases = {one.text: one.style.base_style.name for one in document.paragraphs if one.style and one.style.base_style}
    assert bases[typeset("Информация об исполнении решения")] == "Heading 1"
    assert {bases[f"Пункт {number}. {kind}"] for number, kind in ((1, "Рекомендация"), (2, "Обращение"))} == {
        "Heading 2"
    }


def test_word_refuses_to_make_one_table_of_two() -> None:
    paper = WordPaper(title="Две таблицы", author="Союз", created=dt.datetime(2025, 3, 1, tzinfo=dt.UTC))
    paper.add_table([TableColumn("А")], [("1",)])
    with pytest.raises(ValueError, match="paragraph"):
        paper.add_table([TableColumn("Б")], [("2",)])


def test_the_workbook_is_typed_and_adds_up(march: ExecutionReport) -> None:
    book = workbook(execution_workbook(march))
    assert book.sheetnames == ["Пункты", "Просьбы", "Ход исполнения", "Муниципальные образования", "Переписка"]
    points, asks, steps, members, letters = (rows_of(book, name) for name in book.sheetnames)
    assert [(row["Пункт"], row["Сделано"], row["Всего"]) for row in points] == [(1, 5, 20), (2, 0, 1), (3, 4, 4)]
    assert [row["Результат"] for row in points] == [
        "Ещё не назван",
        "Достигнуто частично, по докладу",
        "Достигнуто",
    ]
    assert points[0]["Срок"].date() == dt.date(2025, 2, 14)
    assert [row["Срок прошёл"] for row in points] == ["да", "нет", "нет"]
    assert [(row["Пункт"], row["Просьба"]) for row in asks] == [(2, 1)]
    assert "16 декабря 2024" in asks[0]["Что отвечено"].replace("\u00a0", " ")
    assert len(steps) == sum(len(point.done) for point in march.points) == 22
    assert Counter(row["На 01.03.2025"] for row in members)["Участвует"] == 4
    assert (len(members), sum(row["Что изменилось"] == "Статус изменён" for row in members)) == (20, 3)
    assert [row["Исх. №"] for row in letters] == ["1/24", "2/24", "3/24", "4/24", "5/24"]
    assert letters[0]["Отправлено"].date() == dt.date(2024, 7, 8)


def test_without_letters_there_is_no_sheet_of_them(adopted: Resolution) -> None:
    book = workbook(execution_workbook(report_on(adopted, DAY, with_letters=False)))
    assert "Переписка" not in book.sheetnames


@pytest.fixture
def hostile(adopted: Resolution, secretariat: User) -> Resolution:
    """Texts that a program could take for markup or for a formula."""
    statement(city(HOSTILE, 1), "active")
    adopted.points.filter(number=1).update(kind="recommendation")
    measure = Measure((MeasureCode.PARTICIPATION,))
    point_step(adopted.points.get(number=1), "measure", by=secretariat, text="", measure=measure)
    point_step(adopted.points.get(number=1), "start", by=secretariat, text=HOSTILE)
    register(letter(adopted, addressee=HOSTILE, heading=HOSTILE), by=secretariat)
    return adopted


def test_hostile_text_is_text_in_a_workbook(hostile: Resolution) -> None:
    book = workbook(execution_workbook(report_on(hostile, DAY, with_letters=True)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if HOSTILE in str(cell.value)]
    assert len(cells) == 4  # the entry, the city, heading and addressee
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_hostile_text_is_text_on_the_page_and_on_paper(
    hostile: Resolution, client_for: ClientFor, secretariat: User
) -> None:
    report = report_on(hostile, DAY, with_letters=True)
    page = client_for(secretariat).get(f"/resolutions/{hostile.slug}/execution/").text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4
    squeezed = "".join(HOSTILE.split())
    assert "".join(pdf_words(render_execution(report))).count(squeezed) >= 4
    assert "".join(docx_words(write_execution(report))).count(squeezed) >= 4


def test_a_note_with_a_sign_that_no_font_has_keeps_no_paper_back(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    point_step(adopted.points.get(number=1), "start", by=secretariat, text="Израсходовано 5 млн ₽ 🚀")
    words = " ".join(pdf_words(paper(client, f"/resolutions/{adopted.slug}/execution.pdf").content))
    assert "5 млн ₽ �" in words
    assert words.endswith("Вместо 1 знака, которого нет в шрифтах документа, напечатано «�»: U+1F680.")
    report = report_on(adopted, dt.date(2999, 1, 1), with_letters=False)
    assert "₽ 🚀" in " ".join(docx_words(write_execution(report)))


def test_a_stranger_finds_no_letter_in_any_format(client: Client, life: Life) -> None:
    address = f"/resolutions/{life.resolution.slug}/execution"
    book = workbook(paper(client, f"{address}.xlsx").content)
    assert book.sheetnames == ["Пункты", "Просьбы", "Ход исполнения", "Муниципальные образования"]
    cells = " ".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    pdf = " ".join(pdf_words(paper(client, f"{address}.pdf").content))
    docx = " ".join(docx_words(paper(client, f"{address}.docx").content))
    page = client.get(f"{address}/").text
    for text in (page, pdf, docx, cells):
        assert "Все докладчики получили письма" in text
        for secret in ("Переписка", "вх. №", life.appeal.heading, "Докладчику", "С.С. Секретарёва", "2/24"):
            assert secret not in text
