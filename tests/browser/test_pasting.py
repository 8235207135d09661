"""A decision from Word is pasted into the editor: with a script by its HTML, without one by its numbers."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_documents import barriers
from tests.resolutions.pasting.decision import POINTS, PREAMBLE, clipboard, unnumbered

LINES = [line for _, text, below in POINTS for line in (text, *below)]


def copy(page: Page, text: str, html: str) -> None:
    """Put into the clipboard what a program on the desk puts there, its HTML to the letter."""
    page.evaluate(
        """([text, html]) => document.addEventListener("copy", (event) => {
            event.clipboardData.setData("text/plain", text);
            event.clipboardData.setData("text/html", html);
            event.preventDefault();
        }, { once: true })""",
        [text, html],
    )
    page.get_by_label("Заголовок", exact=True).select_text()
    page.keyboard.press("Control+C")


def start(page: Page) -> None:
    page.get_by_label("Заголовок").fill("О благоустройстве")
    page.get_by_role("button", name="Создать проект").click()
    page.wait_for_url("**/edit/")


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).last.click()


def shown(page: Page) -> None:
    page.get_by_role("button", name="Показать, как текст разделится").click()
    expect(page.locator(".pasted dd")).to_have_text(LINES)


def put_in_and_saved(page: Page) -> None:
    page.get_by_role("button", name="Вставить пункты и констатирующую часть").click()
    expect(page.get_by_label("Текст пункта", exact=True)).to_have_count(len(LINES))
    save(page)
    expect(page.get_by_role("status").first).to_contain_text("Изменения сохранены")
    paper = page.locator(".paper")
    for text in (*PREAMBLE, "2.3. об обмене опытом.", "5.2. советнику Голубеву А.В."):
        expect(paper.get_by_text(text, exact=True)).to_be_visible()


def test_a_decision_of_seven_points_comes_out_of_html(visit: Visit) -> None:
    page = visit("secretariat", "/resolutions/add/")
    start(page)
    for name in ("libreoffice.html", "word.html"):
        page.reload()
        copy(page, unnumbered(clipboard(name)), clipboard(name))  # without numbers in its plain text
        page.get_by_label("Текст из Word").focus()
        page.keyboard.press("Control+V")
        shown(page)
    put_in_and_saved(page)


def test_a_decision_of_seven_points_comes_out_without_scripts(visit: Visit) -> None:
    page = visit("secretariat", "/resolutions/add/", scripts=False)
    start(page)
    page.get_by_label("Текст из Word").fill(clipboard("word.txt"))
    shown(page)
    put_in_and_saved(page)


def test_a_list_in_one_point_is_noticed_and_divided(visit: Visit) -> None:
    page = visit("secretariat", "/resolutions/add/", width=390)
    start(page)
    page.get_by_role("button", name="Добавить пункт").click()
    expect(page.get_by_label("Текст пункта", exact=True)).to_be_visible()
    copy(page, "Поручить:\nодно;\nдва.", "<ul><li>Поручить:<ul><li>одно;</li><li>два.</li></ul></li></ul>")
    page.get_by_label("Текст пункта", exact=True).focus()
    page.keyboard.press("Control+V")
    save(page)
    expect(page.locator(".pasted dt")).to_contain_text(["Пункт 1", "Подпункт 1.1", "Подпункт 1.2"])
    assert barriers(page) == []
    page.get_by_role("button", name="Разделить на пункты и подпункты").click()
    expect(page.get_by_label("Текст пункта", exact=True)).to_have_count(3)
    save(page)
    expect(page.locator(".paper")).to_contain_text("1.2. два.")
