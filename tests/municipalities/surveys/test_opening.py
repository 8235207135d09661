"""A form is opened by a person who presses the button; what only reads its page changes nothing."""

import re

import pytest
from django.test import Client

import municipalities.surveys.views.answering as answering
from accounts.models import User
from municipalities import personal_links
from municipalities.models import Municipality
from municipalities.surveys.models import RoundAction, SurveyResponse, SurveyRound
from tests.conftest import ClientFor
from tests.meanwhile import meanwhile
from tests.municipalities.surveys.factory import a_round, link_of, path_to, question, response_of, say

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BUTTON = '<button class="button button--primary" type="submit" name="action" value="open">'
BY_LINK = "Муниципалитет (по личной ссылке)"
OPEN = {"action": "open"}


@pytest.fixture
def response(secretariat: User, kostroma: Municipality) -> SurveyResponse:
    return response_of(a_round(kostroma, opened_by=secretariat, note="Звоните нам"), kostroma)


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


def told(response: SurveyResponse) -> tuple[str, list[tuple[str, str]]]:
    """The state in words, and what happened, by whom, the latest first."""
    response.refresh_from_db()
    return response.get_state_display(), [
        (str(one.get_action_display()), one.actor_name) for one in response.events.all()
    ]


def press(page: str) -> dict[str, str]:
    """What the browser sends when the button of a page is pressed."""
    form = page[page.index('<form class="form"') :]
    return OPEN | dict(re.findall(r'name="(\w+)" value="([\w-]+)">', form[: form.index("</form>")]))


def test_case_03_a_preview_does_not_open_the_form_and_a_person_does_once(response: SurveyResponse) -> None:
    robot = Client(headers={"user-agent": "TelegramBot (like TwitterBot)"})
    assert robot.get(path_to(response)).status_code == 200
    assert told(response) == ("Не открывали", [])
    for person in (Client(), Client()):
        assert person.post(path_to(response), OPEN)["Location"] == path_to(response)
    assert told(response) == ("Черновик", [("Форма открыта", BY_LINK)])


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_reads_the_link_changes_nothing(response: SurveyResponse, method: str) -> None:
    for robot in ("TelegramBot (like TwitterBot)", "Mozilla/5.0 (SkypeUriPreview)", ""):
        answer = getattr(Client(headers={"user-agent": robot}), method)(f"{path_to(response)}?action=open")
        assert (answer.status_code, list(answer.cookies)) == (200, ["csrftoken"])
    assert (told(response), response.version) == (("Не открывали", []), 1)


def test_a_representative_who_only_looks_has_not_opened_it(official: Client, response: SurveyResponse) -> None:
    for page in ("", "answer/"):
        assert official.get(f"{response.get_absolute_url()}{page}").status_code == 200
    assert told(response) == ("Не открывали", [])


@pytest.mark.parametrize(("count", "words"), [(0, ". Отвечать"), (1, " и ещё 1\u00a0вопрос. Отвечать")])
def test_the_page_before_the_form_says_what_it_is_about(response: SurveyResponse, count: int, words: str) -> None:
    for number in range(count):
        question(response.round, text=f"Сколько {number}?")
    page = Client().get(path_to(response)).content.decode()
    until = f"{response.round.closes_on:%Y}\u00a0г. включительно"
    asked = "ответить за муниципальное образование Кострома на вопросы этого информационного обмена."
    for said in (
        "<h1>Кострома: Весенний обмен</h1>",
        asked,
        until,
        "Звоните нам",
        f"«Умный город»{words}",
        "по этой же ссылке",
        BUTTON,
    ):
        assert said in page
    assert "Сколько 0?" not in page
    assert "Информационный обмен</a>" not in page  # no way to closed pages


def test_the_official_begins_from_the_page_of_the_response(
    official: Client, response: SurveyResponse, kostroma_official: User
) -> None:
    url = response.get_absolute_url()
    assert f'action="{url}answer/"' in official.get(url).content.decode()
    assert "на этой же странице" in official.get(f"{url}answer/").content.decode()
    form = official.post(f"{url}answer/", OPEN, follow=True).content.decode()
    assert "Кто заполнил" in form
    assert told(response) == ("Черновик", [("Форма открыта", str(kostroma_official))])
    assert f'href="{url}answer/">Продолжить' in official.get(url).content.decode()


def test_what_is_open_leads_to_the_form_again(response: SurveyResponse) -> None:
    say(response, submit=False)
    assert "Кто заполнил" in Client().post(path_to(response), OPEN, follow=True).content.decode()
    assert told(response) == ("Черновик", [("Сохранён черновик", "И.И. Иванов (по личной ссылке)")])


def test_an_answer_is_kept_without_the_button_too(response: SurveyResponse) -> None:
    Client().post(path_to(response), {"action": "save", "version": response.version})
    assert told(response) == ("Черновик", [("Сохранён черновик", BY_LINK)])


def test_two_with_the_page_before_them_come_to_the_form(response: SurveyResponse) -> None:
    people = (Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True))
    sent = [press(one.get(path_to(response)).content.decode()) for one in people]
    for one, said in zip((*people, people[0]), (*sent, sent[0]), strict=True):  # the first one twice
        assert "Кто заполнил" in one.post(path_to(response), said, follow=True).content.decode()
    assert told(response) == ("Черновик", [("Форма открыта", BY_LINK)])


def test_of_two_at_once_one_opens_it(response: SurveyResponse) -> None:
    with meanwhile(SurveyResponse, "open", lambda: response_of(response.round, response.municipality).open(by=None)):
        answer = Client().post(path_to(response), OPEN)
    assert answer.status_code == 302
    assert told(response) == ("Черновик", [("Форма открыта", BY_LINK)])


def test_whoever_opens_it_after_a_colleague_has_sent_reads_the_answer(
    official: Client, response: SurveyResponse
) -> None:
    say(response)
    assert "Ваш ответ" in Client().post(path_to(response), OPEN, follow=True).content.decode()
    page = official.post(f"{response.get_absolute_url()}answer/", OPEN, follow=True).content.decode()
    assert "Ответ уже отправлен и проверяется." in page
    assert told(response)[1] == [("Ответ отправлен", "И.И. Иванов (по личной ссылке)")]


def test_nobody_opens_the_form_of_a_closed_round(official: Client, response: SurveyResponse, secretariat: User) -> None:
    response.round.move(RoundAction.CLOSE, by=secretariat)
    for visitor, url in ((Client(), path_to(response)), (official, f"{response.get_absolute_url()}answer/")):
        page = visitor.post(url, OPEN, follow=True).content.decode()
        assert "ответы больше не принимаются" in page
    assert told(response) == ("Не открывали", [])


def test_the_closing_that_overtakes_the_button_opens_nothing(response: SurveyResponse, secretariat: User) -> None:
    survey = SurveyRound.objects.get()
    with meanwhile(SurveyResponse, "open", lambda: survey.move(RoundAction.CLOSE, by=secretariat)):
        answer = Client().post(path_to(response), OPEN, follow=True)
    assert "ответы больше не принимаются" in answer.content.decode()
    assert told(response) == ("Не открывали", [])


def test_nobody_opens_the_form_by_a_link_that_is_withdrawn_meanwhile(
    response: SurveyResponse, secretariat: User
) -> None:
    def overtake() -> None:
        personal_links.withdraw(link_of(response), reason="Уволен", by=secretariat)

    with meanwhile(answering, "hold", overtake):
        answer = Client().post(path_to(response), OPEN)
    assert answer.status_code == 410
    assert "эта ссылка отозвана" in answer.content.decode()
    assert told(response) == ("Не открывали", [])


def test_others_do_not_open_it(client_for: ClientFor, response: SurveyResponse, chair: User, secretariat: User) -> None:
    for other in (chair, secretariat):
        assert client_for(other).post(f"{response.get_absolute_url()}answer/", OPEN).status_code == 403
    assert told(response) == ("Не открывали", [])
