"""The archive opens from disk, in a browser that has no network."""

import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Trouble, Visit


@pytest.fixture
def unpacked(visit: Visit, tmp_path: Path) -> Path:
    """What the secretariat downloaded, unpacked."""
    page = visit("secretariat", "/archive/")
    page.get_by_role("button", name="Составить архив").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Открыть файл").click(timeout=60_000)  # it appears by itself
    download.value.save_as(tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as archive:
        archive.extractall(tmp_path / "Архив портала")
    return tmp_path / "Архив портала"


def from_disk(browser: Browser, folder: Path, *, width: int, scheme: str) -> tuple[Page, Trouble]:
    """The index, opened as a file; whatever asks for a host is noted."""
    context = browser.new_context(
        offline=True,
        accept_downloads=True,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    trouble = Trouble()
    trouble.watch(context, folder.as_uri())
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    return page, trouble


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_index_opens_without_server_and_network(browser: Browser, unpacked: Path, width: int, scheme: str) -> None:
    page, trouble = from_disk(browser, unpacked, width=width, scheme=scheme)
    assert page.get_by_role("heading", name="Архив портала решений Общего Собрания").is_visible()
    assert page.get_by_role("cell", name="Костромская область").is_visible()
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1200px"  # the style beside it was found
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert trouble == []
    assert Axe().run(page).response["violations"] == []  # after: it asks for the style once more, which files refuse
    page.context.close()


def test_the_links_lead_to_the_files(browser: Browser, unpacked: Path) -> None:
    page, trouble = from_disk(browser, unpacked, width=1280, scheme="light")
    page.get_by_role("link", name="SHA256SUMS").first.click()
    assert "Документы/Решения/" in page.content()
    assert trouble == []
    page.context.close()
