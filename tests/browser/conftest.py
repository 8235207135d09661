"""The portal as a person uses it: a live server with demonstration data, and Debian's Chromium."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from background import loops
from background.worker import Worker

# Playwright's synchronous API keeps an event loop in this thread; Django would refuse to query the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PASSWORD = "umny-gorod-2024"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def portal(live_server: LiveServer) -> Iterator[str]:
    """The address of a portal with demonstration data; its worker runs beside it."""
    call_command("seed", "--demo", "--force", verbosity=0)
    worker = Worker(idle=0.05, begins_jobs=False)
    with patch.dict(loops._loops, clear=True):  # mail leaves when a test says so
        thread = threading.Thread(target=worker.run)
        thread.start()
    yield live_server.url
    worker.stop()
    thread.join()


class Trouble(list[str]):
    """What went wrong in the pages of one test: script errors, refused content, requests to other hosts."""

    def watch(self, context: BrowserContext, portal: str) -> None:
        context.on("weberror", lambda error: self.append(str(error.error)))
        context.on("request", lambda request: self._check_host(request.url, portal))
        context.on("console", lambda message: self._check_console(message.type, message.text))

    def _check_host(self, url: str, portal: str) -> None:
        if not url.startswith((portal, "data:", "blob:")):
            self.append(f"a request to another host: {url}")

    def _check_console(self, kind: str, text: str) -> None:
        # The browser reports 4xx answers as errors; tests ask for those on purpose.
        if kind == "error" and "Failed to load resource" not in text:
            self.append(text)


@pytest.fixture
def visit(browser: Browser, portal: str) -> Iterator[Visit]:
    """Open a page as somebody: `visit("secretariat", "/letters/")`; nobody logs in as "stranger"."""
    contexts: list[BrowserContext] = []
    trouble = Trouble()

    def open_page(who: str, path: str = "/", *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=portal,
            locale="ru-RU",
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",  # no colour is read half way to another
            java_script_enabled=scripts,
        )
        contexts.append(context)
        trouble.watch(context, portal)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if who != "stranger":
            log_in(page, who)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def fetched(page: Page, path: str) -> bytes:
    """A paper as the visitor of a page gets it, once the worker has made it."""
    for _ in range(60):
        answer = page.request.get(path)
        if answer.status != 202:
            return answer.body()
        time.sleep(0.5)
    raise AssertionError(f"{path} was not made")


def log_in(page: Page, who: str) -> None:
    """Log in through the form, as people do."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(f"{who}@sgcszr.example")
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url("**/")
