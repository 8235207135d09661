"""A round from its opening to the accepted summary: the secretariat, two municipalities, and a real mail server."""

import email.policy
import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import OutgoingMail
from accounts.models.outgoing import UNDER_WAY
from municipalities.models import Municipality, ParticipationRecord
from municipalities.surveys.models import SurveyRound
from tests.background.processes import until
from tests.browser.conftest import Visit, fetched
from tests.mail import drain, free_port, use_server

TITLE = "Обмен к Собранию 2027 года"


class Mailbox:
    """What the mail server took: envelope and letter."""

    def __init__(self) -> None:
        self.letters: dict[str, list[EmailMessage]] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        letter = email.message_from_bytes(envelope.content, EmailMessage, policy=email.policy.default)
        for address in envelope.rcpt_tos:
            self.letters.setdefault(address, []).append(letter)
        return "250 OK"

    def link(self, who: str) -> str:
        """The address of the form in the last letter to somebody, without the host."""
        all_have_left()
        text = self.letters[f"{who}@sgcszr.example"][-1].get_content()
        found = re.search(r"https?://[^/\s]+(/surveys/\S+)", text)
        assert found, text
        return found.group(1)

    def count(self) -> dict[str, int]:
        """How many letters everybody got, once the worker has sent what waits."""
        all_have_left()
        return {address.partition("@")[0]: len(letters) for address, letters in self.letters.items()}


def all_have_left() -> None:
    """Send what waits; what the worker beside the portal is just sending is waited for."""
    drain()
    until(lambda: not OutgoingMail.objects.filter(state__in=UNDER_WAY).exists())


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    received = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(received, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield received
    server.stop()


def done(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def prepare(page: Page) -> int:
    """Create a round for two cities with one question, and open it."""
    page.goto("/surveys/")
    page.get_by_role("link", name="Подготовить обмен").click()
    page.get_by_label("название").fill(TITLE)
    page.get_by_label("приём ответов с").fill("2020-01-01")
    page.get_by_label("приём ответов по").fill("2099-12-31")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("Кострома").check()
    page.get_by_label("Архангельск").check()
    page.get_by_role("button", name="Создать обмен").click()
    page.get_by_role("link", name="Добавить вопрос").click()
    page.get_by_label("Вопрос", exact=True).fill("Сколько решений внедрено")
    page.get_by_label("вид ответа").select_option(label="Число")
    page.get_by_label("ответ обязателен").check()
    page.get_by_role("button", name="Сохранить вопрос").click()
    page.get_by_role("button", name="Открыть обмен").click()
    done(page, "Обмен открыт")
    return int(page.url.rstrip("/").rpartition("/")[2])


def accept(page: Page, pk: int, slug: str) -> None:
    page.goto(f"/surveys/{pk}/responses/{slug}/")
    page.get_by_role("button", name="Принять ответ").click()
    done(page, "ответ принят")


def draft_by_link(stranger: Page) -> None:
    """Кострома answers by its personal link, without a login: a draft first."""
    stranger.get_by_role("button", name="Начать заполнение").click()
    stranger.get_by_label("Сколько решений внедрено").fill("7,5")
    stranger.get_by_role("button", name="Сохранить черновик").click()
    done(stranger, "Черновик сохранён")
    expect(stranger.get_by_label("Сколько решений внедрено")).to_have_value("7,5")


def answer_behind_the_login(official: Page) -> None:
    """Архангельск answers."""
    official.get_by_role("link", name="Открыть ответ").click()
    official.get_by_role("button", name="Ответить").click()
    official.get_by_label("Участие в проекте").select_option(label="Планирует участие")
    official.get_by_label("Сколько решений внедрено").fill("2")
    official.get_by_role("button", name="Отправить").click()
    done(official, "Ответ отправлен")


def remind(secretariat: Page, pk: int) -> None:
    """The reminder goes to whoever owes an answer: one of two."""
    secretariat.goto(f"/surveys/{pk}/")
    expect(secretariat.locator(".page-header__lead")).to_contain_text("Ответили 1 из 2")
    secretariat.get_by_role("link", name="Напомнить").click()
    secretariat.get_by_role("button", name="Отправить").click()
    done(secretariat, "Ждёт отправки: 1\u00a0письмо")


def send_by_link(stranger: Page, link: str) -> None:
    """Кострома sends its draft."""
    stranger.goto(link)
    stranger.get_by_label("Участие в проекте").select_option(label="Пилотный город")
    stranger.get_by_label("Кто заполнил").fill("К.К. Костромин")
    stranger.get_by_role("button", name="Отправить").click()
    done(stranger, "Ответ отправлен")


def send_back(secretariat: Page, official: Page, mailbox: Mailbox, pk: int) -> None:
    """Архангельск is sent back with a remark, and corrects itself."""
    secretariat.goto(f"/surveys/{pk}/responses/arkhangelsk/")
    secretariat.get_by_label("Что исправить").fill("Посчитайте ещё раз")
    secretariat.get_by_role("button", name="Вернуть на доработку").click()
    secretariat.get_by_role("button", name="Отправить с портала").click()
    drain()
    assert "Посчитайте ещё раз" in mailbox.letters["arkhangelsk@sgcszr.example"][-1].get_content()
    official.goto(f"/surveys/{pk}/responses/arkhangelsk/answer/")
    expect(official.locator("main")).to_contain_text("Посчитайте ещё раз")
    official.get_by_label("Сколько решений внедрено").fill("3")
    official.get_by_role("button", name="Отправить").click()
    done(official, "Ответ отправлен")


def read_summary(secretariat: Page, pk: int) -> None:
    """What was accepted, on screen and as files."""
    secretariat.goto(f"/surveys/{pk}/summary/")
    expect(secretariat.get_by_role("row", name="Архангельск")).to_contain_text("Планирует участие")
    expect(secretariat.locator("main")).to_contain_text("10,5")  # 7,5 and 3 together
    assert fetched(secretariat, f"/surveys/{pk}/summary.pdf").startswith(b"%PDF-")
    assert fetched(secretariat, f"/surveys/{pk}/summary.xlsx").startswith(b"PK")


def close(secretariat: Page, stranger: Page, pk: int, link: str) -> None:
    """One city's link opens nothing of another, and nothing once the round is closed."""
    for path in (f"/surveys/{pk}/responses/arkhangelsk/", f"/surveys/{pk}/summary/", f"/surveys/{pk}/"):
        stranger.goto(path)
        expect(stranger.get_by_role("heading", name="Вход")).to_be_visible()
    secretariat.goto(f"/surveys/{pk}/")
    secretariat.get_by_role("button", name="Закрыть обмен").click()
    done(secretariat, "Обмен закрыт")
    answer = stranger.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(stranger.locator("main")).to_contain_text("ответы больше не принимаются")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_round_from_opening_to_the_accepted_summary(visit: Visit, mailbox: Mailbox, scripts: bool) -> None:
    secretariat = visit("secretariat", scripts=scripts)
    pk = prepare(secretariat)
    secretariat.get_by_role("link", name="Разослать приглашения").click()
    secretariat.get_by_role("button", name="Отправить").click()
    done(secretariat, "Ждёт отправки: 2\u00a0письма")
    assert mailbox.count() == {"kostroma": 1, "arkhangelsk": 1}
    link = mailbox.link("kostroma")
    stranger = visit("stranger", link, scripts=scripts)
    draft_by_link(stranger)
    official = visit("arkhangelsk", f"/surveys/{pk}/", scripts=scripts)
    answer_behind_the_login(official)
    remind(secretariat, pk)
    assert mailbox.count() == {"kostroma": 2, "arkhangelsk": 1}
    assert mailbox.link("kostroma") == link
    send_by_link(stranger, link)
    send_back(secretariat, official, mailbox, pk)
    accept(secretariat, pk, "arkhangelsk")
    accept(secretariat, pk, "kostroma")
    record = ParticipationRecord.objects.get(survey_response__municipality__slug="kostroma")
    assert record.status == "pilot"
    assert TITLE in record.basis
    read_summary(secretariat, pk)
    close(secretariat, stranger, pk, link)


def test_a_mail_server_that_is_down_is_shown_and_recorded(visit: Visit, settings: Settings) -> None:
    use_server(settings, free_port())  # nobody listens there
    page = visit("secretariat")
    pk = prepare(page)
    page.get_by_role("link", name="Разослать приглашения").click()
    page.get_by_role("button", name="Отправить").click()
    done(page, "Ждёт отправки: 2\u00a0письма")
    drain()
    response = SurveyRound.objects.get(pk=pk).responses.get(municipality=Municipality.objects.get(slug="kostroma"))
    page.goto(response.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Почтовый сервер недоступен")
    page.goto("/accounts/mail/?state=under_way")
    expect(page.locator("main table")).to_contain_text("Почтовый сервер недоступен")
