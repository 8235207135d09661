"""The main job, walked as the secretariat, an official and the chair would walk it."""

import hashlib

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

DECISION = "/resolutions/umny-gorod-2024/"


def saved(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def back_to_draft(page: Page) -> None:
    """Take back the adoption that the demonstration data recorded."""
    page.goto(f"{DECISION}reopen/")
    page.get_by_label("Почему").fill("Проверка")
    page.get_by_role("button", name="Отменить принятие").click()
    saved(page, "снова проект")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_secretariat_corrects_a_word_and_sees_who_changed_what(visit: Visit, scripts: bool) -> None:
    page = visit("secretariat", scripts=scripts)
    back_to_draft(page)
    page.get_by_role("link", name="Править текст").click()
    paragraph = page.get_by_label("Абзац", exact=True).nth(1)
    paragraph.fill(paragraph.input_value().replace("достаточно разная", "весьма разная"))
    page.get_by_label("Что исправлено").fill("Стиль")
    page.get_by_role("button", name="Сохранить").last.click()
    saved(page, "Изменения сохранены")
    page.get_by_role("link", name="История правок").click()
    latest = page.locator(".timeline__item").first
    expect(latest.locator("del")).to_have_text("достаточно")
    expect(latest.locator("ins")).to_have_text("весьма")
    expect(latest).to_contain_text("Секретариат (демонстрация)")
    expect(latest).to_contain_text("Стиль")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_paragraphs_are_added_and_moved(visit: Visit, scripts: bool) -> None:
    page = visit("secretariat", scripts=scripts)
    back_to_draft(page)
    page.goto(f"{DECISION}edit/")
    page.get_by_role("button", name="Добавить абзац").click()
    expect(page.get_by_label("Абзац", exact=True)).to_have_count(3)
    page.get_by_label("Абзац", exact=True).nth(2).fill("Последний станет вторым.")
    page.get_by_role("button", name="Выше абзац 3").click()
    expect(page.get_by_label("Абзац", exact=True).nth(1)).to_have_value("Последний станет вторым.")
    page.get_by_role("button", name="Сохранить").last.click()
    saved(page, "Изменения сохранены")
    expect(page.locator(".paper")).to_contain_text("Последний станет вторым.")


def test_two_secretaries_save_the_same_form(visit: Visit) -> None:
    first, second = visit("secretariat"), visit("secretariat")
    back_to_draft(first)
    for page in (first, second):
        page.goto(f"{DECISION}edit/")
    first.get_by_label("Место").fill("г. Кострома")
    first.get_by_role("button", name="Сохранить").last.click()
    saved(first, "Изменения сохранены")
    second.get_by_label("Место").fill("г. Вологда")
    second.get_by_role("button", name="Сохранить").last.click()
    expect(second.locator("main")).to_contain_text("г. Кострома")
    expect(second.get_by_label("Место")).to_have_value("г. Вологда")
    second.get_by_role("button", name="Сохранить мой вариант").click()
    saved(second, "Изменения сохранены")
    expect(second.locator(".paper")).to_contain_text("г. Вологда")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_official_updates_their_own_city_and_no_other(visit: Visit, scripts: bool) -> None:
    page = visit("kostroma", "/", scripts=scripts)
    page.get_by_role("link", name="Кострома", exact=True).first.click()
    page.get_by_label("Статус участия").select_option(label="Пилотный город")
    page.get_by_label("Основание").fill("Постановление администрации от 12.03.2025 № 345")
    page.get_by_role("button", name="Записать статус").click()
    page.goto("/municipalities/?q=костром")
    expect(page.get_by_role("row", name="Кострома")).to_contain_text("Пилотный город")
    answer = page.goto("/municipalities/arkhangelsk/participation/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("Вы не представляете")


def test_the_chair_signs_and_the_bytes_stay_the_same(visit: Visit) -> None:
    page = visit("chair", "/")
    page.get_by_role("link", name="О реализации проекта").first.click()
    page.get_by_role("button", name="Подписать решение").click()
    saved(page, "Решение подписано")
    stranger = visit("stranger")
    downloads = [p.request.get(f"{DECISION}decision.pdf").body() for p in (page, stranger, page)]
    assert len({hashlib.sha256(content).hexdigest() for content in downloads}) == 1
    secretariat = visit("secretariat", DECISION)
    expect(secretariat.get_by_role("link", name="Править текст")).to_have_count(0)
    answer = secretariat.goto(f"{DECISION}edit/")
    assert answer is not None
    assert answer.status == 403
    expect(secretariat.locator("main")).to_contain_text("его текст и реквизиты больше не меняются")


def test_anybody_verifies_the_signed_paper_by_its_code(visit: Visit) -> None:
    chair = visit("chair", f"{DECISION}sign/")
    chair.get_by_role("button", name="Подписать решение").click()
    code = chair.locator(".facts a").inner_text()
    stranger = visit("stranger", "/verify/")
    stranger.get_by_label("Код проверки").fill(code.lower().replace("-", " "))
    stranger.get_by_role("button", name="Проверить").first.click()
    expect(stranger.locator("main")).to_contain_text("Решение от 27 июня 2024")
