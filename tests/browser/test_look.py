"""Every page: nothing sticks out on a phone, and axe finds no barrier, in light and dark."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.sgcszr_portal.longest.stretching import stretch_everything

PAGES = {
    "stranger": [
        "/",
        "/resolutions/",
        "/resolutions/umny-gorod-2024/",
        "/resolutions/umny-gorod-2024/points/1/",
        "/resolutions/umny-gorod-2024/execution/?as_of=2024-12-31",
        "/resolutions/umny-gorod-2024/execution/?as_of=2020-01-01",
        "/municipalities/",
        "/municipalities/?status=active&sort=-population",
        "/municipalities/?as_of=2024-12-31&freshness=stale",
        "/municipalities/compare/",
        "/municipalities/compare/?from=2025-01-01&to=2024-01-01",
        "/municipalities/arkhangelsk/",
        "/municipalities/kostroma/",
        "/practices/",
        "/practices/1/",
        "/practices/uptake/?municipality=kostroma&state=used",
        "/practices/commitments/",
        "/practices/commitments/1/",
        "/verify/",
        "/help/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/no-such-page/",
    ],
    "secretariat": [
        "/",
        "/resolutions/umny-gorod-2024/",
        "/resolutions/umny-gorod-2024/history/",
        "/resolutions/umny-gorod-2024/execution/",
        "/resolutions/umny-gorod-2024/reopen/",
        "/resolutions/umny-gorod-2024/points/2/",
        "/resolutions/add/",
        "/letters/",
        "/letters/?state=overdue&kind=appeal",
        "/letters/1/",
        "/letters/1/edit/",
        "/letters/incoming/",
        "/letters/incoming/1/",
        "/letters/incoming/1/entries/1/void/",
        "/letters/incoming/add/",
        "/letters/incoming/add/?from=Демонстрационное министерство",
        "/letters/incoming/numbering/",
        "/letters/1/release/",
        "/letters/1/steps/extend/",
        "/letters/mailings/1/",
        "/letters/mailings/1/deliver/",
        "/letters/numbering/",
        "/resolutions/umny-gorod-2024/mailings/circular/",
        "/resolutions/umny-gorod-2024/points/1/steps/instruct/",
        "/resolutions/umny-gorod-2024/points/3/",
        "/municipalities/kostroma/",
        "/municipalities/kostroma/edit/",
        "/municipalities/kostroma/participation/",
        "/municipalities/kostroma/representatives/",
        "/municipalities/import/",
        "/resolutions/past/",
        "/resolutions/past/1/",
        "/resolutions/demo-2021/",
        "/municipalities/kostroma/index/2023/",
        "/municipalities/kostroma/contacts/add/",
        "/practices/1/",
        "/practices/add/",
        "/practices/1/publication/",
        "/practices/1/adoption/",
        "/practices/1/adoption/arkhangelsk/",
        "/practices/commitments/1/",
        "/practices/commitments/1/moved/",
        "/practices/commitments/1/steps/1/void/",
        "/practices/commitments/add/?practice=1",
        "/practices/commitments/add/vologda/?practice=1",
        "/practices/requests/1/",
        "/surveys/",
        "/surveys/add/",
        "/surveys/1/",
        "/surveys/1/summary/",
        "/surveys/2/",
        "/surveys/2/edit/",
        "/surveys/2/summary/",
        "/surveys/2/letters/reminder/",
        "/surveys/2/responses/rybinsk/",
        "/surveys/2/responses/kostroma/letters/invitation/",
        "/accounts/users/",
        "/accounts/users/invite/",
        "/accounts/offices/",
        "/accounts/offices/add/",
        "/archive/",
        "/accounts/profile/",
        "/due/",
        "/due/handing-over/",
        "/practices/editions/",
        "/practices/editions/add/",
        "/practices/editions/2018/edit/",
    ],
    "chair": ["/", "/due/", "/due/handing-over/", "/resolutions/umny-gorod-2024/sign/"],
    "kostroma": [
        "/",
        "/due/",
        "/surveys/2/",
        "/surveys/2/responses/kostroma/",
        "/surveys/2/responses/kostroma/answer/",
        "/municipalities/kostroma/participation/",
        "/municipalities/arkhangelsk/participation/",
        "/practices/requests/",
        "/practices/requests/2/",
        "/practices/1/edit/",
        "/municipalities/kostroma/",
        "/municipalities/kostroma/solutions/add/",
    ],
    "arkhangelsk": ["/practices/1/", "/practices/1/ask/", "/surveys/2/responses/arkhangelsk/answer/"],
}


# What shows most of what is typed, each kind of page once.
LONG = [
    "/",
    "/due/",
    "/resolutions/umny-gorod-2024/",
    "/resolutions/umny-gorod-2024/execution/",
    "/resolutions/umny-gorod-2024/points/1/",
    "/resolutions/umny-gorod-2024/history/",
    "/municipalities/",
    "/municipalities/arkhangelsk/",
    "/practices/",
    "/surveys/1/",
    "/letters/1/",
    "/letters/incoming/2/",
    "/practices/commitments/3/",
]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("who", PAGES)
def test_pages_fit_and_have_no_barriers(visit: Visit, who: str, width: int) -> None:
    page = visit(who, width=width)
    problems = []
    for path in PAGES[who]:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            problems.append(f"{path} is wider than the screen")
        problems += [f"{path}: {barrier}" for barrier in barriers(page)]
        page.emulate_media(color_scheme="dark")
        problems += [f"{path}, dark: {barrier}" for barrier in contrast(page)]
    assert problems == []


@pytest.mark.loose_ledgers
def test_no_page_grows_with_its_longest_word(visit: Visit) -> None:
    page = visit("secretariat", width=390)
    stretch_everything()
    wide = []
    for path in LONG:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def barriers(page: Page) -> list[str]:
    """What axe finds."""
    return _told(Axe().run(page).response)


def contrast(page: Page) -> list[str]:
    """What axe finds by the one rule that depends on the scheme, in a page that it has looked at before."""
    return _told(page.evaluate("axe.run({resultTypes: ['violations'], runOnly: ['color-contrast']})"))


def _told(response: dict[str, Any]) -> list[str]:
    return [f"{one['id']} {one['nodes'][0]['html'][:120]}" for one in response["violations"]]
