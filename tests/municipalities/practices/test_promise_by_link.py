"""`/practices/commitments/by-link/…`: whoever has a personal link of a city promises for it, until it is over."""

from typing import Any

import pytest
from django.test import Client

import municipalities.practices.views.promise_by_link as by_link
from accounts.models import User
from municipalities import personal_links
from municipalities.models import Municipality
from municipalities.personal_links import token_of
from municipalities.practices.models import Commitment, Practice
from municipalities.surveys.models import SurveyResponse
from tests.meanwhile import meanwhile
from tests.municipalities.factory import TODAY, left
from tests.municipalities.practices.factory import promise
from tests.municipalities.practices.test_commitment_pages import text_of
from tests.municipalities.surveys.factory import a_round, link_of, path_to, response_of, say

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LABEL = "Взять обязательство от имени муниципального образования"


@pytest.fixture
def response(secretariat: User, arkhangelsk: Municipality) -> SurveyResponse:
    return response_of(a_round(arkhangelsk, opened_by=secretariat), arkhangelsk)


def path(response: SurveyResponse, purpose: str = "surveys") -> str:
    return f"/practices/commitments/by-link/{purpose}/{token_of(link_of(response))}/"


def send(response: SurveyResponse, **changes: Any) -> Any:
    said = {"measure": "Поставить датчики", "due_on": str(TODAY()), "who": "Отдел связи"}
    return Client().post(path(response), said | changes)


def test_a_promise_by_link_waits_for_the_secretariat(response: SurveyResponse, arkhangelsk: Municipality) -> None:
    assert send(response)["Location"] == path(response)
    made = Commitment.objects.get()
    assert (made.municipality, made.state, made.by_link, made.made_on) == (arkhangelsk, "waiting", True, TODAY())
    assert made.steps.get().actor_name == "Архангельск (по личной ссылке)"
    assert made.steps.get().actor is None
    page = text_of(Client().get(path(response)))
    assert "Поставить датчики" in page
    assert "Ждёт принятия" in page
    assert Client().get(made.get_absolute_url()).status_code == 404


def test_after_the_answer_it_is_offered(response: SurveyResponse) -> None:
    assert LABEL not in text_of(Client().get(path_to(response)))
    response.open(by=None)
    assert path(response) in text_of(Client().get(path_to(response)))
    say(response_of(response.round, response.municipality))
    page = text_of(Client().get(path_to(response)))
    assert "Ответ отправлен" in page
    assert path(response) in page
    assert path_to(response) in text_of(Client().get(path(response)))


def test_nothing_is_offered_to_who_has_left(response: SurveyResponse, arkhangelsk: Municipality) -> None:
    left(arkhangelsk, "2024-07-01")
    say(response)
    assert LABEL not in text_of(Client().get(path_to(response)))
    answer = send(response)
    assert answer.status_code == 422
    assert "Обязательства берут члены Союза" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": ""}, "Обязательное поле"),
        ({"measure": ""}, "Укажите практику или мероприятие"),
        ({"due_on": "2024-01-01"}, "Срок не может быть раньше"),
    ],
)
def test_a_bad_promise_is_explained(response: SurveyResponse, changes: dict[str, str], sentence: str) -> None:
    answer = send(response, **changes)
    assert (answer.status_code, Commitment.objects.count()) == (422, 0)
    assert sentence in text_of(answer)


def test_a_practice_is_promised_once(response: SurveyResponse, practice: Practice) -> None:
    assert send(response, measure="", practice=practice.pk).status_code == 302
    assert "уже есть невыполненное" in text_of(send(response, measure="", practice=practice.pk))


@pytest.mark.parametrize("purpose", ["no-such", "surveys"])
def test_a_forged_link_opens_nothing(response: SurveyResponse, purpose: str) -> None:
    token = token_of(link_of(response)) if purpose == "no-such" else "forged"
    assert Client().get(f"/practices/commitments/by-link/{purpose}/{token}/").status_code == 404


def test_whoever_sends_it_too_late_gets_it_back(
    response: SurveyResponse, practice: Practice, secretariat: User
) -> None:
    old = path(response)
    personal_links.renew(link_of(response), by=secretariat)
    said = {"practice": practice.pk, "measure": "", "due_on": "2030-01-01", "who": "Отдел связи"}
    answer = Client().post(old, said)
    assert answer.status_code == 410
    page = text_of(answer)
    assert "эта ссылка заменена новой" in page
    assert "Единый диспетчер (Кострома)" in page
    assert "Отдел связи" in page
    assert "<dt>Мероприятие</dt>" not in page
    assert Client().get(old).status_code == 410


def test_a_link_that_is_withdrawn_while_somebody_sends_keeps_nothing(
    response: SurveyResponse, secretariat: User
) -> None:
    link = link_of(response)
    with meanwhile(by_link, "hold", lambda: personal_links.withdraw(link, reason="Уволен", by=secretariat)):
        answer = send(response)
    assert (answer.status_code, Commitment.objects.count()) == (410, 0)
    assert "Поставить датчики" in text_of(answer)


def test_the_page_is_kept_by_nobody(response: SurveyResponse) -> None:
    answer = Client().get(path(response))
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex, nofollow", True)
    assert Client().put(path(response)).status_code == 405


def test_only_its_own_promises_are_shown(response: SurveyResponse, kostroma: Municipality) -> None:
    promise(kostroma, "Табло", by_link=True)
    assert "Табло" not in text_of(Client().get(path(response)))
