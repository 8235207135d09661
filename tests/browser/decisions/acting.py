"""What people do in their browsers: each function makes a deed of a story, done through the forms of the portal."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

Said = Mapping[str, str]
PAPER = b"%PDF-1.7 paper"
YES = "да"


@dataclass
class Desk:
    """What one person finds that another one made.

    Attributes:
        decisions: the addresses of decisions by their numbers.
        letters: the addresses of letters by the names that the story gives them.
    """

    decisions: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def card(self, point: str) -> str:
        """The card of a point: «8/2» is the second one of decision 8."""
        decision, _, number = point.partition("/")
        return f"{self.decisions[decision]}points/{number}/"


Deed = Callable[[Page, Desk], None]


@dataclass(frozen=True)
class Act:
    """On this day somebody did something in the portal."""

    day: str
    who: str
    does: Deed


def saved(page: Page, text: str = "Записано") -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def fill(within: Page | Locator, said: Said) -> None:
    """Fill fields in by their labels, as each kind of field is filled."""
    for label, text in said.items():
        one = within.get_by_label(label, exact=True).first
        kind = str(one.evaluate("field => field.type"))
        if kind.startswith("select"):
            one.select_option(label=text)
        elif kind == "checkbox":
            one.set_checked(text == YES)
        elif kind == "file":
            one.set_input_files({"name": text, "mimeType": "application/pdf", "buffer": PAPER})
        else:
            one.fill(text)


def go(page: Page, path: str) -> None:
    """Open a page, and go on as soon as it is there: whatever is pressed on it is waited for."""
    page.goto(path, wait_until="commit")


def press(page: Page, label: str | re.Pattern[str]) -> None:
    exact = isinstance(label, str)
    page.get_by_role("button", name=label, exact=exact).last.click()


def _take(page: Page, label: str, said: Said) -> None:
    """Follow the link of a step, fill its form in and send it."""
    page.get_by_role("link", name=label, exact=True).first.click()
    fill(page, said)
    press(page, label)
    saved(page)


# --- decisions and points ---


def decides(number: str, day: str, title: str, *points: tuple[str, str]) -> Deed:
    """Type a decision as a draft, paragraph and points in the editor, and mark it as adopted."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, "/resolutions/add/")
        fill(page, {"Заголовок": title, "Дата Собрания": day, "Место": "г. Ярославль"})
        press(page, "Создать проект")
        fill(page, {"Регистрационный номер": number, "Подписывающий": "Н.В. Корягина"})
        press(page, "Добавить абзац")
        fill(page, {"Абзац": "Опыт городов обсуждён на заседании."})
        for place, (kind, text) in enumerate(points):
            press(page, "Добавить пункт")
            typed = page.get_by_label("Текст пункта", exact=True)
            expect(typed).to_have_count(place + 1)
            typed.nth(place).fill(text)
            page.get_by_label("Вид", exact=True).nth(place).select_option(label=kind)
        press(page, "Сохранить")
        saved(page, "Изменения сохранены")
        desk.decisions[number] = _path(page)
        press(page, "Отметить принятие")
        saved(page, "Решение принято")

    return deed


def step(point: str, label: str, said: Said) -> Deed:
    """Take a step on the card of a point."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, desk.card(point))
        _take(page, label, said)

    return deed


def corrects(point: str, wrong: str, reason: str, right: Said) -> Deed:
    """Void the entry of a card that says something wrong, and write the right one with it."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, desk.card(point))
        entry = page.locator("#progress .timeline__item", has_text=wrong)
        entry.get_by_role("link", name="Отменить запись").click()
        fill(page, {"Почему запись неверна": reason, "Внести верную запись вместо неё": YES})
        fill(page.get_by_role("group", name="Верная запись"), right)
        press(page, "Отменить запись")
        saved(page, "Верная запись внесена")

    return deed


def reports_own(point: str, city: str, text: str) -> Deed:
    """Report for one's own city on a point that is addressed to all members."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, f"{desk.card(point)}members/{city}/")
        page.get_by_role("link", name="Доложить", exact=True).click()
        fill(page, {"Что сделано": text})
        press(page, "Доложить")
        saved(page, "доклад внесён")

    return deed


# --- letters ---


def appeals(point: str, letter: str, *asks: str) -> Deed:
    """Draft the appeal of a point with its asks, and register it."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, desk.card(point))
        press(page, "Составить обращение")
        fill(page, {"Новые просьбы": "\n".join(asks)})
        press(page, "Сохранить")
        desk.letters[letter] = _path(page)
        _take(page, "Зарегистрировать", {})

    return deed


def of_letter(letter: str, *steps: tuple[str, Said]) -> Deed:
    """Take steps on the page of a letter, one after the other."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, desk.letters[letter])
        for label, said in steps:
            _take(page, label, said)

    return deed


def repeats(letter: str, body: str, name: str) -> Deed:
    """Draft, register and send the letter that repeats another one to a body that owes the answer."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, desk.letters[letter])
        press(page, f"Составить повторное письмо: {body}")
        page.get_by_role("button", name="Сохранить", exact=True).last.click()
        desk.letters[name] = _path(page)
        _take(page, "Зарегистрировать", {})
        _take(page, "Отметить отправку", {"Как отправлено": "Почтой"})

    return deed


def comes_from(sender: str, said: Said) -> Deed:
    """Register an incoming letter with what it says of each ask."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, "/letters/incoming/add/")
        fill(page, {"От кого": sender})
        press(page, "Дальше")
        fill(page, said)
        press(page, "Зарегистрировать")
        saved(page)

    return deed


def thanks(point: str, persons: Sequence[str]) -> Deed:
    """Prepare the letters of thanks of a point for the persons that it names; register and send them together."""

    def deed(page: Page, desk: Desk) -> None:
        go(page, desk.card(point))
        page.get_by_role("link", name="Подготовить благодарности").click()
        press(page, "Подготовить письма")
        for label, said in (("Зарегистрировать", {}), ("Отметить отправку", {"Как отправлено": "Почтой"})):
            page.get_by_role("link", name=f"{label}: {len(persons)}").click()
            fill(page, said)
            press(page, label)
            saved(page, "Записано для всех")
        for person in persons:
            link = page.get_by_role("row", name=person).get_by_role("link").first
            desk.letters[person] = str(link.get_attribute("href"))

    return deed


def _path(page: Page) -> str:
    """Where the page is, once it has got there."""
    page.wait_for_url(re.compile(r"^(?!.*/(edit|add|repeat)/$)"))
    return re.sub(r"^https?://[^/]+", "", page.url)
