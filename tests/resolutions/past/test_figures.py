"""Figures of a load open the rows of the workbook that they count."""

import pytest
from django.test import Client

from resolutions.models import PastImport
from resolutions.past.book import FIRST_ROW
from resolutions.past.plan import PastPlan
from resolutions.past.rows import Sheet
from tests.resolutions.past.books import book_of, with_cells
from tests.resolutions.past.conftest import Preview
from tests.resolutions.past.folder import example_a
from tests.resolutions.past.test_pages import URL, confirm, send
from tests.sgcszr_portal.figures.crawler import Crawler

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def followed(client: Client, one: PastImport) -> int:
    """How many figures the page has, all of which open as many rows as they say."""
    crawler = Crawler(client)
    assert crawler.faults(f"{URL}{one.pk}/") == []
    return crawler.followed


def test_what_is_added_and_what_is_known_opens_its_rows(secretary: Client, preview: Preview) -> None:
    book = book_of(example_a().rows)
    one = preview(book)
    sheets = [each for each in PastPlan.from_json(one.plan).sheets if each.new]
    assert followed(secretary, one) == followed(secretary, confirm(secretary, one)) == len(sheets) > 5
    known = send(secretary, book)
    assert [each.held for each in PastPlan.from_json(known.plan).sheets if each.held] == [one.new for one in sheets]
    assert followed(secretary, known) == len(sheets)


def test_rows_are_named_by_their_numbers_in_the_sheet(secretary: Client, preview: Preview) -> None:
    plan = PastPlan.from_json(preview(book_of(example_a().rows)).plan)
    assert {each.title: list(each.new) for each in plan.sheets}["Решения"] == [FIRST_ROW]


def test_errors_open_those_that_are_told(secretary: Client, preview: Preview) -> None:
    one = preview(with_cells(Sheet.POINTS, number=0, kind="Нет такого", number_2="нет"))
    assert followed(secretary, one) == 1
