"""Every list of the portal is a `Listing`: no page filters, sorts, pages or tabulates records by itself."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from listings.listing import Listing
from tests.access_table import TABLE
from tests.conftest import ClientFor
from tests.world import world  # noqa: F401 - a fixture: the portal with one of everything

ROOT = Path(__file__).parent.parent.parent

# Tables that are no lists: they stand on the page of one thing, or set numbers side by side.
NOT_LISTS = {
    "editions": "the few editions of the Standard, each with its directions",
    "execution": "the report on a decision, the same as on paper",
    "municipality": "the results and solutions of one city",
    "survey_summary": "answers added up",
}
FILES = (
    "pdf",
    "docx",
    "xlsx",
    "zip",
    "export",
    "questionnaire",
    "attachment",
    "issued_document",
    "document_scan",
    "_file",
)


def by_hand(folders: str, files: str, pattern: str) -> Iterator[str]:
    """The files that do what the listings do for all."""
    for path in sorted(ROOT.glob(f"{folders}/**/{files}")):
        where = str(path.relative_to(ROOT))
        if not where.startswith(("var/", "tests/", "listings/", "templates/listings/")) and re.search(
            pattern, path.read_text(encoding="utf-8")
        ):
            yield where


def test_nobody_pages_or_searches_word_by_word() -> None:
    assert list(by_hand("*", "*.py", r"Paginator|search_form\([^)]*\)\.split")) == []


def test_no_template_draws_pages_chips_or_headings_that_sort() -> None:
    assert list(by_hand("templates", "*.html", r'class="(pagination|chips|tabs|table__sort)"')) == []


def pages() -> list[tuple[str, tuple[object, ...]]]:
    """The addresses of all pages, with their arguments."""
    return [(line.name, line.args) for line in TABLE if line.get and not line.name.endswith(FILES)]


def listings(kind: type[Listing[Any]] = Listing) -> Iterator[type[Listing[Any]]]:
    """All lists of the rooms."""
    for one in kind.__subclasses__():
        if not one.__module__.startswith("tests."):
            yield one
        yield from listings(one)


@pytest.mark.slow
def test_every_page_with_records_in_a_table_is_a_listing_at_its_address(
    world: dict[object, object],  # noqa: F811 - the fixture
    client_for: ClientFor,
) -> None:
    client: Client = client_for(User.objects.create_superuser("all@example.org", role=Role.SECRETARIAT))
    lists, tables = {"municipality_import"}, set()  # tests of the import look at uploads
    for name, args in pages():
        address = reverse(name, args=[world.get(arg, arg) for arg in args])
        answer = client.get(address)
        listing = answer.context.get("listing") if answer.context else None
        if isinstance(listing, Listing):
            assert (listing.address, listing.url(), listing.is_valid) == (name, address + listing.query, True)
            lists.add(name)
        elif answer["Content-Type"].startswith("text/html") and 'class="table"' in answer.content.decode():
            tables.add(name)
    assert tables <= set(NOT_LISTS)
    assert lists == {one.address for one in listings() if not one.__name__.startswith("_")}
