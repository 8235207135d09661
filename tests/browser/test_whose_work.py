"""A city's assignment, an appeal and a point for all members, walked by everybody whose work they are."""

import re

from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from municipalities.personal_links import links_of, path_of
from resolutions.models import Letter, MemberReport, Resolution
from resolutions.models.member_report import LINKS
from tests.accounts.terms import appointed
from tests.browser.conftest import Visit
from tests.browser.test_look import barriers
from tests.resolutions.factory import decision

SMART_CITY = "/resolutions/umny-gorod-2024/"


def secretariat() -> User:
    return User.objects.get(email="secretariat@sgcszr.example")


def says(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.locator("main")).to_contain_text(text)


def act(page: Page, card: str, step: str, **fields: str) -> None:
    """Take a step from the card of a point: press its button, fill the form in, and send it."""
    page.goto(card)
    page.get_by_role("link", name=step, exact=True).click()
    for label, text in fields.items():
        field = page.get_by_label(label, exact=True).first  # what may follow at once has the same below
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    page.get_by_role("button", name=step, exact=True).click()
    says(page, "На контроле")


def test_a_city_carries_out_its_assignment_and_the_acting_chair_takes_it_off_control(visit: Visit) -> None:
    assigned: Resolution = decision("assignment", by=secretariat(), slug="assigned")
    card = f"{assigned.get_absolute_url()}points/1/"
    office, city, chair = visit("secretariat"), visit("kostroma"), visit("chair")
    city.goto(card)
    expect(city.get_by_text("Что можно сделать")).to_have_count(0)
    instructed = {"Ответственный": "Кострома (Костромская область)", "Срок: день": "2027-06-01"}
    act(office, card, "Поручить исполнение", **instructed, Когда="2024-07-01")
    city.goto("/due/")
    says(city, "поручение", "доложите, когда будет исполнено")
    act(city, card, "Начать исполнение", **{"С чего начато исполнение": "Создана группа."})
    asked = {"Почему нужен другой срок": "Закупки.", "Какой срок нужен": "2027-09-01"}
    act(city, card, "Попросить другой срок", **asked)
    chair.goto("/due/")
    says(chair, "Запрошен другой срок")
    act(chair, card, "Отказать в другом сроке", **{"Почему срок прежний": "Срок назван Собранием."})
    reported = {
        "Что сделано во исполнение пункта": "Сделано.",
        "Результат": "Достигнуто частично",
        "Что мешает": "Нет средств.",
    }
    act(city, card, "Доложить об исполнении", **reported)
    act(chair, card, "Вернуть на доработку", **{"Что нужно доработать": "Приложите отчёт."})
    act(city, card, "Доложить об исполнении", **reported)
    appointed(User.objects.get(email="arkhangelsk@sgcszr.example"), last=9, by=secretariat())
    acting = visit("arkhangelsk", "/due/")
    says(acting, "Доложено об исполнении: снимите с контроля или верните на доработку")
    closed = {"Почему пункт снимается с контроля": "Исполнено частично.", "Результат": "Достигнуто частично"}
    act(acting, card, "Снять с контроля", **closed)
    stranger = visit("stranger", card)
    says(stranger, "Снято с контроля", "Что мешает: Нет средств.", "и.о. председателя")
    expect(stranger.get_by_text("Что можно сделать")).to_have_count(0)


def test_an_appeal_is_answered_reported_and_closed_by_the_chair(visit: Visit) -> None:
    card, office, chair = f"{SMART_CITY}points/2/", visit("secretariat"), visit("chair")
    letter = Letter.objects.get(resolution__slug="umny-gorod-2024", kind="appeal")
    office.goto(letter.get_absolute_url())
    office.get_by_role("link", name="Внести ответ").click()
    office.get_by_label("что сказано").first.select_option(label="Отказано")
    office.get_by_role("button", name=re.compile("Зарегистрировать|Внести")).first.click()
    said = {"Что сделано во исполнение пункта": "Ответ получен.", "Результат": "Отказано"}
    act(office, card, "Доложить об исполнении", **said)
    chair.goto("/due/")
    says(chair, "Доложено об исполнении")
    act(chair, card, "Снять с контроля", **{"Почему пункт снимается с контроля": "Отказано.", "Результат": "Отказано"})
    says(visit("stranger", card), "Снято с контроля", "Отказано")


def test_each_member_reports_on_a_point_for_all_one_of_them_by_link_alone(visit: Visit) -> None:
    card, office = f"{SMART_CITY}points/1/", visit("secretariat")
    pskov = Municipality.objects.get(name="Псков")
    guest_of_pskov = User.objects.create_user("pskov@example.org", name="П.П. Псковский", role=Role.MUNICIPAL)
    Representative.objects.create(user=guest_of_pskov, municipality=pskov)
    kostroma = visit("kostroma", "/municipalities/kostroma/")
    kostroma.get_by_role("link", name="Доложить", exact=True).click()
    kostroma.get_by_label("Что сделано").fill("Опыт описан.")
    kostroma.get_by_role("button", name="Доложить").click()
    says(kostroma, "доклад внесён", "Опыт описан.")
    office.goto(card)
    office.get_by_role("link", name="Напомнить тем, кто не доложил").click()
    office.get_by_role("button", name="Отправить напоминания").click()
    says(office, "Ждёт отправки")
    report = MemberReport.objects.get(municipality=pskov)
    assert report.reminders.get().mail.recipient == "pskov@example.org"
    guest = visit("stranger", path_of(links_of(LINKS, report).get()))
    guest.get_by_label("Что сделано").fill("Внедряем карту автобусов.")
    guest.get_by_label("Кто докладывает").fill("П.П. Псковский, начальник отдела")
    guest.get_by_role("button", name="Доложить").click()
    says(guest, "Доклад записан. Спасибо!", "Внедряем карту автобусов.")
    guest.get_by_role("link", name=re.compile("Взять обязательство")).click()
    guest.get_by_label("Мероприятие").fill("Поставить табло на остановках")
    guest.get_by_label("Срок").fill("2027-05-01")
    guest.get_by_label("Кто отвечает").fill("Отдел транспорта")
    guest.get_by_role("button", name="Взять обязательство").click()
    says(guest, "когда его примет секретариат")
    stranger = visit("stranger", f"{card}members/")
    expect(stranger.locator("main")).not_to_contain_text("Поставить табло")
    office.goto("/due/")
    office.get_by_role("link", name=re.compile("Поставить табло|обязательство", re.IGNORECASE)).first.click()
    office.get_by_role("link", name=re.compile("Принять")).click()
    office.get_by_role("button", name=re.compile("Принять")).click()
    for page, path in ((stranger, f"{card}members/?part=reported"), (office, f"{card}members/pskov/")):
        page.goto(path)
        says(page, "Псков")
        assert barriers(page) == [], path
    expect(stranger.locator("main")).not_to_contain_text("Внедряем карту автобусов.")
    returned = visit("arkhangelsk", "/municipalities/arkhangelsk/")
    says(returned, "Доложено")


def test_the_pages_of_members_fit_and_have_no_barriers(visit: Visit) -> None:
    member = f"{SMART_CITY}points/1/members/arkhangelsk/"
    for width in (1280, 390):
        office = visit("secretariat", width=width)
        steps = [f"{SMART_CITY}points/1/steps/{step}/" for step in ("instruct", "measure", "request", "report")]
        for path in (
            f"{SMART_CITY}points/1/",
            f"{SMART_CITY}points/1/members/",
            member,
            f"{member}report/",
            f"{member}return/",
            *steps,
            f"{SMART_CITY}points/1/remind/",
        ):
            office.goto(path)
            assert not office.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), (
                path
            )
            assert barriers(office) == [], path
