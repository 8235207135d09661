"""Issued documents as people meet them: a letter is signed, withdrawn and verified; the pages have no barriers."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

DECISION = "/resolutions/umny-gorod-2024/"


def barriers(page: Page) -> list[str]:
    """What sticks out, and what axe finds, once the page is there."""
    page.wait_for_function("document.documentElement && document.readyState === 'complete'")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = [f"{v['id']} {v['nodes'][0]['html'][:120]}" for v in Axe().run(page).response["violations"]]
    return ["wider than the screen"] * bool(wide) + found


def sign_decision(visit: Visit, **look: object) -> Page:
    chair = visit("chair", f"{DECISION}sign/", **look)
    chair.get_by_role("button", name="Подписать решение").click()
    expect(chair.get_by_role("status").first).to_contain_text("Решение подписано")
    return chair


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_documents_fit_and_have_no_barriers(visit: Visit, width: int, scheme: str, tmp_path: Path) -> None:
    page = sign_decision(visit, width=width, scheme=scheme)
    address = page.locator(".facts a").get_attribute("href")
    file = tmp_path / "decision.pdf"
    file.write_bytes(page.request.get(f"{DECISION}decision.pdf").body())
    problems = {}
    for path in (address, f"{address}withdraw/", f"{DECISION}signature/"):
        page.goto(str(path))
        problems[path] = barriers(page)
    page.goto("/verify/")
    page.get_by_label("Файл документа").set_input_files(file)
    page.get_by_label("Файл подписи").set_input_files(__file__)
    page.get_by_role("button", name="Проверить файл").click()
    expect(page.locator("main")).to_contain_text("Подпись не подтверждена")
    problems["file"] = barriers(page)
    assert not any(problems.values()), problems


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_withdrawn_decision_says_so_and_is_issued_again(visit: Visit, scripts: bool) -> None:
    chair = sign_decision(visit, scripts=scripts)
    address = str(chair.locator(".facts a").get_attribute("href"))
    chair.goto(address)
    chair.get_by_role("link", name="Отозвать").click()
    chair.get_by_label("Причина отзыва").fill("Опечатка в фамилии.")
    chair.get_by_role("button", name="Отозвать документ").click()
    stranger = visit("stranger", address, scripts=scripts)
    expect(stranger.locator("main")).to_contain_text("Причина: Опечатка в фамилии.")
    chair.goto(DECISION)
    chair.get_by_role("link", name="Выпустить новый документ").click()
    chair.get_by_role("button", name="Подписать решение").click()
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("Взамен выпущен другой документ")


def test_a_letter_is_registered_and_signed(visit: Visit) -> None:
    secretariat = visit("secretariat", "/letters/?kind=appeal&state=sent")
    secretariat.locator("tbody th a").first.click()
    secretariat.get_by_role("button", name="Составить повторное письмо").click()
    secretariat.get_by_role("button", name="Сохранить").click()
    secretariat.get_by_role("link", name="Зарегистрировать").click()
    secretariat.get_by_role("button", name="Зарегистрировать").click()
    chair = visit("chair", secretariat.url)
    chair.get_by_role("link", name="Подписать", exact=True).click()
    chair.wait_for_url("**/sign/")
    assert barriers(chair) == []
    chair.get_by_label("С обнародованием").check()
    chair.get_by_role("button", name="Подписать письмо").click()
    stranger = visit("stranger", str(chair.locator("dd a[href^='/verify/']").get_attribute("href")))
    expect(stranger.locator("main")).to_contain_text("Документ с этим кодом выпущен Союзом и действует.")
