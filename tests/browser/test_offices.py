"""Somebody is appointed to stand in for the chair, and signs."""

from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Office
from tests.accounts.terms import BASIS, appointed, day, ended
from tests.browser.conftest import Visit
from tests.browser.test_look import barriers


def looked_at(page: Page, path: str) -> None:
    page.goto(path)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), path
    assert barriers(page) == [], path


def test_an_acting_chair_is_appointed_and_signs(visit: Visit) -> None:
    office, kostroma = visit("secretariat", "/accounts/offices/add/"), User.objects.get(email="kostroma@sgcszr.example")
    office.get_by_label("Кто", exact=True).select_option(str(kostroma.pk))
    office.get_by_label("Обязанности").select_option("acting_chair")
    office.get_by_label("По какой день").fill(day(9).isoformat())
    office.get_by_label("Основание").fill(BASIS)
    office.get_by_role("button", name="Записать назначение").click()
    expect(office.locator("main")).to_contain_text("Назначение записано")
    mine = visit("kostroma", "/resolutions/umny-gorod-2024/sign/")
    expect(mine.locator("main")).to_contain_text("Подпись исполняющего обязанности председателя")
    mine.get_by_role("button", name="Подписать решение").click()
    expect(mine.locator("main")).to_contain_text("Решение подписано.")


def test_the_pages_of_offices_fit_and_have_no_barriers(visit: Visit) -> None:
    secretariat = User.objects.get(email="secretariat@sgcszr.example")
    row = appointed(User.objects.get(email="kostroma@sgcszr.example"), last=9, by=secretariat)
    appointed(secretariat, Office.BOARD, -9, None, by=secretariat)
    ended(secretariat, Office.BOARD, by=secretariat)
    for width in (1280, 390):
        office, mine = visit("secretariat", width=width), visit("kostroma", width=width)
        for path in ("", f"{row.pk}/end/", f"{row.pk}/void/"):
            looked_at(office, f"/accounts/offices/{path}")
        looked_at(office, f"/accounts/users/{row.user_id}/")
        looked_at(mine, "/accounts/profile/")
        looked_at(mine, "/resolutions/umny-gorod-2024/sign/")
