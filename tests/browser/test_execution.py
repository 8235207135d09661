"""The execution of the decision, as the secretariat walks it: a point, a letter and its answer, many letters."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, fetched

DECISION = "/resolutions/umny-gorod-2024/"


def saved(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def take(page: Page, label: str, **fields: str) -> None:
    """Follow a step's link, fill its form in and send it."""
    page.get_by_role("link", name=label, exact=True).click()
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name=label, exact=True).click()
    saved(page, "Записано")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_third_point_is_taken_off_control(visit: Visit, scripts: bool) -> None:
    page = visit("secretariat", "/letters/", scripts=scripts)
    page.get_by_role("row", name="Суханову").get_by_role("link", name="О благодарности").click()
    take(page, "Отметить вручение")
    page.goto(f"{DECISION}points/3/")
    expect(page.locator("#fulfilment")).to_contain_text("4 из 4")
    expect(page.locator("#fulfilment")).to_contain_text("предлагает доложить об исполнении")
    take(page, "Начать исполнение", text="Письма готовятся.")
    page.get_by_role("link", name="Доложить об исполнении").click()
    page.locator("#id_result").select_option("Достигнуто")
    page.get_by_role("button", name="Доложить об исполнении").click()
    saved(page, "Записано")
    take(page, "Снять с контроля", text="Поручение исполнено.", behalf_ground="по устному поручению")
    expect(page.locator(".page-header")).to_contain_text("Снято с контроля")
    expect(page.locator(".page-header")).to_contain_text("Достигнуто")
    expect(page.locator("#progress")).to_contain_text("Все письма с благодарностью вручены")
    page.get_by_text("Какие шаги сейчас недоступны").click()
    expect(page.locator("#steps")).to_contain_text("сначала верните его на контроль")


def test_the_appeal_gets_its_answer_with_a_file(visit: Visit) -> None:
    page = visit("secretariat", "/letters/?state=overdue")
    page.get_by_role("link", name="О поднятии статуса").click()
    page.get_by_role("link", name="Внести ответ").click()
    page.get_by_label("Входящий номер").fill("П9-1")
    page.get_by_label("Просьба 1: что сказано").select_option("Не рассмотрена по существу")
    page.get_by_label("Файлы письма").set_input_files(
        {"name": "Ответ.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 answer"}
    )
    page.get_by_role("button", name="Зарегистрировать").click()
    saved(page, "Записано: вх. № П9-1")
    page.goto("/letters/?kind=appeal&q=1/24")
    page.get_by_role("link", name="О поднятии статуса").click()
    expect(page.locator("#answers")).to_contain_text("не рассмотрена по существу")
    with page.expect_download() as download:
        page.locator("#answers").get_by_role("link", name="Ответ.pdf").click()
    assert download.value.suggested_filename == "Ответ.pdf"


def test_a_circular_is_written_registered_and_printed(visit: Visit) -> None:
    page = visit("secretariat", DECISION)
    page.get_by_role("link", name="Разослать решение").click()
    page.get_by_role("button", name="Подготовить письма").click()
    saved(page, "Письма подготовлены")
    page.get_by_role("link", name="Зарегистрировать: 20").click()
    page.get_by_role("button", name="Зарегистрировать").click()
    saved(page, "Записано для всех")
    expect(page.get_by_role("link", name="Отметить отправку: 20")).to_be_visible()
    letters = page.get_by_role("link", name="Все письма архивом")
    fetched(page, str(letters.get_attribute("href")))
    with page.expect_download() as download:
        letters.click()
    assert download.value.suggested_filename == "Рассылка решения.zip"


def test_the_register_filters_without_a_reload(visit: Visit) -> None:
    page = visit("secretariat", "/letters/")
    page.get_by_label("Вид").select_option("Обращение")
    expect(page.get_by_role("row")).to_have_count(6)
    assert "kind=appeal" in page.url
