"""Personal links: replaced, withdrawn, and what each says then. Tried with those of a survey round."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

import municipalities.surveys.views.answering as answering
from accounts.models import User
from municipalities import personal_links
from municipalities.models import Municipality, PersonalLink
from municipalities.surveys.models import RoundAction, SurveyResponse
from municipalities.surveys.models.round import LINKS
from tests.conftest import ClientFor
from tests.meanwhile import meanwhile
from tests.municipalities.surveys.factory import a_round, link_of, path_to, question, response_of, say

pytestmark = pytest.mark.django_db

CHANGED = "Пока вы читали страницу, ссылку заменили или отозвали"
TYPED = "Набранное с трудом"


@pytest.fixture
def response(secretariat: User, kostroma: Municipality) -> SurveyResponse:
    return response_of(a_round(kostroma, opened_by=secretariat), kostroma)


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def renew(client: Client, link: PersonalLink) -> str:
    """Press the button as the page showed it."""
    said = {"ended": link.ended}
    return client.post(f"/municipalities/links/{link.pk}/renew/", said, follow=True).content.decode()


def withdraw(client: Client, link: PersonalLink, reason: str = "Адресат уволился") -> Any:
    return client.post(f"/municipalities/links/{link.pk}/withdraw/", {"reason": reason}, follow=True)


def send(path: str, **answers: str) -> HttpResponse:
    """Answer with something that took a while to type."""
    said = {"participation": "pilot", "participation_basis": TYPED, "respondent": "И.И. Иванов", "version": "1"}
    return Client().post(path, {**said, **answers, "action": "submit"})  # type: ignore[return-value]  # Django's own test answer


def test_the_secretariat_sees_for_whom_it_is_and_until_when(secretary: Client, response: SurveyResponse) -> None:
    page = secretary.get(response.get_absolute_url()).content.decode()
    assert path_to(response) in page
    assert "<dt>Кому</dt><dd>Кострома</dd>" in page
    assert "<dt>Для чего</dt><dd>Ответ в информационном обмене</dd>" in page
    assert "<dt>Действует</dt><dd>по " in page


def test_a_link_that_opens_nothing_today_says_why(secretary: Client, kostroma: Municipality) -> None:
    page = secretary.get(response_of(a_round(kostroma), kostroma).get_absolute_url()).content.decode()
    assert "Сейчас ссылка ничего не открывает. Информационный обмен ещё не открыт." in page


def test_a_new_link_replaces_the_old_one(secretary: Client, response: SurveyResponse) -> None:
    old = path_to(response)
    page = renew(secretary, link_of(response))
    assert "Кострома: выдана новая ссылка, прежняя не работает." in page
    assert "Заменена новой" in page
    gone = Client().get(old)
    assert (gone.status_code, Client().get(path_to(response)).status_code) == (410, 200)
    assert "г. эта ссылка заменена новой. Откройте" in gone.content.decode()


def test_who_replaced_it_is_remembered(secretary: Client, response: SurveyResponse, secretariat: User) -> None:
    old = link_of(response)
    renew(secretary, old)
    old.refresh_from_db()
    assert (old.ended, old.ended_by, old.ended_by_name) == ("rotated", secretariat, "С.С. Секретарёва")
    assert str(old).startswith("Кострома: заменена новой, ")
    assert str(link_of(response)).startswith("Кострома: действует, ")


def test_a_withdrawn_link_is_gone_and_says_nothing_else(secretary: Client, response: SurveyResponse) -> None:
    page = withdraw(secretary, link_of(response)).content.decode()
    assert "Ссылка отозвана: без входа в портал теперь ничего не открыть." in page
    assert "С.С. Секретарёва. Адресат уволился" in page
    for answer in (Client().get(path_to(response)), send(path_to(response))):
        assert answer.status_code == 410
        assert "г. эта ссылка отозвана. Попросите" in answer.content.decode()
        assert "Кострома" not in answer.content.decode()
        assert "уволился" not in answer.content.decode()
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("reason", ["", "Tак"])
def test_a_withdrawal_needs_a_reason(secretary: Client, response: SurveyResponse, reason: str) -> None:
    page = secretary.get(f"/municipalities/links/{link_of(response).pk}/withdraw/").content.decode()
    assert "Отзыв личной ссылки" in page
    assert withdraw(secretary, link_of(response), reason).status_code == 422
    assert Client().get(path_to(response)).status_code == 200


def test_after_a_withdrawal_there_is_nothing_to_withdraw_and_a_new_one_to_give(
    secretary: Client, response: SurveyResponse
) -> None:
    link = link_of(response)
    withdraw(secretary, link)
    assert withdraw(secretary, link).status_code == 403
    assert "выдана новая ссылка" in renew(secretary, link_of(response))
    assert Client().get(path_to(response)).status_code == 200


@pytest.mark.parametrize("first", [renew, withdraw])
def test_of_two_secretaries_at_once_the_second_is_told(
    secretary: Client, client_for: ClientFor, chair: User, response: SurveyResponse, first: Callable[..., object]
) -> None:
    shown = link_of(response)
    first(secretary, PersonalLink.objects.get(pk=shown.pk))
    links = list(PersonalLink.objects.values_list("pk", "ended"))
    assert CHANGED in renew(secretary, shown)
    assert list(PersonalLink.objects.values_list("pk", "ended")) == links


def test_a_withdrawal_that_another_overtakes_is_told(
    secretary: Client, response: SurveyResponse, secretariat: User
) -> None:
    link = PersonalLink.objects.get()
    with meanwhile(personal_links, "withdraw", lambda: personal_links.renew(link, by=secretariat)):
        refused = withdraw(secretary, PersonalLink.objects.get())
    assert refused.status_code == 422
    assert CHANGED in refused.content.decode() and 'value="Адресат уволился"' in refused.content.decode()
    assert [one.ended for one in PersonalLink.objects.all()] == ["", "rotated"]


def test_two_who_renew_a_withdrawn_link_give_out_one(
    secretary: Client, response: SurveyResponse, secretariat: User
) -> None:
    withdraw(secretary, link_of(response))
    shown = link_of(response)
    renew(secretary, shown)
    assert CHANGED in renew(secretary, shown)
    assert PersonalLink.objects.count() == 2


def test_what_is_sent_by_a_withdrawn_link_comes_back_and_is_not_kept(
    secretary: Client, response: SurveyResponse, secretariat: User
) -> None:
    def overtake() -> None:
        personal_links.withdraw(link_of(response), reason="Уволен", by=secretariat)

    question(response.round, text="Сколько?")
    choice = question(response.round, kind="yes_no", text="Назначен?")
    with meanwhile(answering, "hold", overtake):
        answer = send(path_to(response), **{f"question-{choice.pk}": ""})
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "г. эта ссылка отозвана. Попросите" in page
    assert f"<dt>Документ или ссылка</dt><dd>{TYPED}</dd>" in page
    assert "<dt>Участие в проекте «Умный город»</dt><dd>Пилотный город</dd>" in page
    assert "Сколько?" not in page  # not answered
    assert "Назначен?" not in page
    response.refresh_from_db()
    assert (response.state, response.participation_basis) == ("not_opened", "")


def test_what_is_sent_after_the_closing_comes_back(response: SurveyResponse, secretariat: User) -> None:
    response.round.move(RoundAction.CLOSE, by=secretariat)
    answer = send(path_to(response))
    assert answer.status_code == 410
    assert "ответы больше не принимаются" in answer.content.decode()
    assert TYPED in answer.content.decode()


@pytest.mark.parametrize("late", [False, True])
def test_what_is_sent_after_a_colleague_comes_back(response: SurveyResponse, late: bool) -> None:
    path = path_to(response)
    if late:
        with meanwhile(answering, "hold", lambda: say(response)):
            answer = send(path)
    else:
        say(response)
        answer = send(path)
    assert answer.status_code == (409 if late else 403)
    assert TYPED in answer.content.decode()


def test_what_a_representative_sends_after_a_colleague_comes_back(
    client_for: ClientFor, kostroma_official: User, response: SurveyResponse
) -> None:
    say(response)
    said = {"participation_basis": TYPED, "action": "save", "version": "1"}
    answer = client_for(kostroma_official).post(f"{response.get_absolute_url()}answer/", said)
    assert answer.status_code == 403
    assert "Ответ уже отправлен и проверяется." in answer.content.decode()
    assert TYPED in answer.content.decode()


def test_links_are_for_what_their_purpose_says(kostroma: Municipality) -> None:
    with pytest.raises(TypeError, match=r"surveys\.SurveyResponse"):
        personal_links.give("surveys", [kostroma])


def test_a_link_of_what_is_no_more_is_not_managed(secretary: Client, kostroma: Municipality) -> None:
    lost = PersonalLink.objects.create(purpose="surveys", subject=10**6, municipality=kostroma)
    assert secretary.post(f"/municipalities/links/{lost.pk}/renew/").status_code == 404


ENDED: dict[str, Any] = {"ended": "rotated", "ended_at": timezone.now(), "ended_by_name": "Кто-то"}
ATTEMPTS: dict[str, dict[str, Any]] = {
    "personal_link_lives_alone": {},
    "personal_link_nonce_once": {"subject": 10**6, "nonce": "n"},
    "personal_link_has_purpose": {"subject": 10**6, "purpose": ""},
    "personal_link_has_nonce": {"subject": 10**6, "nonce": ""},
    "personal_link_end_known": {**ENDED, "ended": "lost"},
    "personal_link_ended_by_somebody": {**ENDED, "ended_by_name": ""},
    "personal_link_withdrawn_for_a_reason": {**ENDED, "ended": "withdrawn"},
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_says_no(response: SurveyResponse, name: str) -> None:
    PersonalLink.objects.update(nonce="n")
    facts = {"purpose": "surveys", "subject": response.pk, "municipality": response.municipality}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PersonalLink.objects.create(**facts | ATTEMPTS[name])
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_every_constraint_is_tried() -> None:
    assert {one.name for one in PersonalLink._meta.constraints} == ATTEMPTS.keys()


def test_only_those_who_keep_links_see_the_card(
    response: SurveyResponse, secretariat: User, chair: User, kostroma_official: User
) -> None:
    visitors = (secretariat, chair, kostroma_official, AnonymousUser())
    seen = [personal_links.card_of(LINKS, response, one) is not None for one in visitors]
    assert seen == [True, False, False, False]
