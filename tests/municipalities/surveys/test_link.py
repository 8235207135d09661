"""The personal link: one city, one round, as long as the round lives, and nothing else."""

import datetime as dt

import pytest
from django.core import signing
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord, PersonalLink
from municipalities.personal_links import token_of
from municipalities.surveys.models import RoundAction, SurveyRound
from tests.municipalities.factory import at
from tests.municipalities.surveys.factory import a_round, link_of, path_to, question, response_of, say

pytestmark = pytest.mark.django_db
SALT = "municipalities.surveys.link"  # the links that people have were signed with it


@pytest.fixture
def survey(secretariat: User, kostroma: Municipality, arkhangelsk: Municipality) -> SurveyRound:
    return a_round(kostroma, arkhangelsk, opened_by=secretariat)


def path(survey: SurveyRound, municipality: Municipality) -> str:
    return path_to(response_of(survey, municipality))


def filled(survey: SurveyRound, municipality: Municipality, **changes: object) -> dict[str, object]:
    version = response_of(survey, municipality).version
    said = {"participation": "pilot", "participation_basis": "", "respondent": "И.И. Иванов", "version": version}
    return {**said, "action": "submit", **changes}


def test_it_opens_the_form_without_a_password(survey: SurveyRound, kostroma: Municipality) -> None:
    answer = Client().get(path(survey, kostroma))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Кострома" in page
    assert "Архангельск" not in page
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    # The address is the key: no other host learns it. Stricter, and browsers would send forms without their origin.
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")


def test_a_draft_is_kept_and_shown_again(survey: SurveyRound, kostroma: Municipality) -> None:
    number = question(survey, is_required=True)
    said = filled(survey, kostroma, action="save", participation="", respondent="")
    answer = Client().post(path(survey, kostroma), {**said, f"question-{number.pk}": "1 234,5"}, follow=True)
    assert "Черновик сохранён" in answer.content.decode()
    assert 'value="1234,5"' in answer.content.decode()
    assert response_of(survey, kostroma).state == "draft"


def test_an_answer_is_sent_for_this_city_alone(
    survey: SurveyRound, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    answer = Client().post(path(survey, kostroma), filled(survey, kostroma), follow=True)
    assert "Ответ отправлен секретариату" in answer.content.decode()
    response = response_of(survey, kostroma)
    assert (response.state, response.participation) == ("submitted", "pilot")
    assert response.events.first().actor_name == "И.И. Иванов (по личной ссылке)"  # type: ignore[union-attr]
    assert response_of(survey, arkhangelsk).state == "not_opened"
    assert not ParticipationRecord.objects.exists()


@pytest.mark.parametrize(
    ("missing", "message"), [("participation", "Обязательное поле"), ("respondent", "Обязательное")]
)
def test_what_is_missing_is_named(survey: SurveyRound, kostroma: Municipality, missing: str, message: str) -> None:
    answer = Client().post(path(survey, kostroma), filled(survey, kostroma, **{missing: ""}))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert response_of(survey, kostroma).saved_at is None


def test_after_sending_it_only_shows_the_answer(survey: SurveyRound, kostroma: Municipality) -> None:
    say(response_of(survey, kostroma))
    assert "Ваш ответ" in Client().get(path(survey, kostroma)).content.decode()
    assert Client().post(path(survey, kostroma), filled(survey, kostroma)).status_code == 403
    assert response_of(survey, kostroma).participation == "active"


def test_two_colleagues_do_not_overwrite_each_other(survey: SurveyRound, kostroma: Municipality) -> None:
    said = filled(survey, kostroma, action="save")
    Client().post(path(survey, kostroma), {**said, "participation": "active"})
    answer = Client().post(path(survey, kostroma), said)
    assert answer.status_code == 409
    assert "Участвует" in answer.content.decode()
    assert response_of(survey, kostroma).participation == "active"


def test_it_opens_no_other_page(survey: SurveyRound, kostroma: Municipality) -> None:
    client = Client()
    client.get(path(survey, kostroma))
    for address in ("/surveys/", f"/surveys/{survey.pk}/", response_of(survey, kostroma).get_absolute_url()):
        assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_404(
    survey: SurveyRound, kostroma: Municipality, arkhangelsk: Municipality, method: str
) -> None:
    own, other = (link_of(response_of(survey, one)) for one in (kostroma, arkhangelsk))
    body, signature = token_of(own).split(":")
    forged = [
        f"{token_of(other).split(':')[0]}:{signature}",  # another city under this signature
        f"{body}:{'A' if signature[0] != 'A' else 'B'}{signature[1:]}",
        body,
        "x",
        signing.Signer(salt="another").sign_object([own.subject, own.nonce]),
        signing.Signer(salt=SALT).sign_object("x"),
    ]
    for token in forged:
        answer = getattr(Client(), method)(f"/surveys/form/{token}/")
        assert answer.status_code == 404, token
        assert "Такой ссылки портал не выдавал" in answer.content.decode()


def test_the_key_of_one_city_does_not_open_another(
    survey: SurveyRound, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    own, other = (link_of(response_of(survey, one)) for one in (kostroma, arkhangelsk))
    for subject, nonce in ((other.subject, own.nonce), (own.subject, ""), (10**9, own.nonce)):
        answer = Client().get(f"/surveys/form/{signing.Signer(salt=SALT).sign_object([subject, nonce])}/")
        assert answer.status_code == 410
        assert "Эта ссылка больше не действует" in answer.content.decode()
        assert "Архангельск" not in answer.content.decode()


def test_the_link_of_a_city_that_left_the_round_says_that_it_is_over(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    old = path(survey, kostroma)
    survey.ask([arkhangelsk])
    assert Client().get(old).status_code == 410
    assert PersonalLink.objects.count() == 1


def test_nothing_opens_after_the_round_is_closed(
    survey: SurveyRound, kostroma: Municipality, secretariat: User
) -> None:
    survey.move(RoundAction.CLOSE, by=secretariat)
    for answer in (
        Client().get(path(survey, kostroma)),
        Client().post(path(survey, kostroma), filled(survey, kostroma)),
    ):
        assert answer.status_code == 410
        assert "ответы больше не принимаются" in answer.content.decode()
    assert response_of(survey, kostroma).saved_at is None


def test_a_draft_round_opens_nothing(kostroma: Municipality) -> None:
    survey = a_round(kostroma)
    assert Client().get(path(survey, kostroma)).status_code == 410


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-02-28 23:59:59", 410),  # the eve of the first day, in Moscow
        ("2026-03-01 00:00:00", 200),
        ("2026-03-10 23:59:59", 200),
        ("2026-03-11 00:00:00", 410),
        ("2026-03-11 02:59:59", 410),  # still the tenth in UTC
    ],
)
def test_it_lives_from_the_first_to_the_last_day_in_moscow(
    kostroma: Municipality, secretariat: User, moment: str, status: int
) -> None:
    first, last = dt.date(2026, 3, 1), dt.date(2026, 3, 10)
    with at("2026-03-01 12:00"):
        survey = a_round(kostroma, opened_by=secretariat, opens_on=first, closes_on=last)
    with at(moment):
        assert Client().get(path(survey, kostroma)).status_code == status
        assert Client().post(path(survey, kostroma), {}).status_code == (422 if status == 200 else status)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_wrong_method_is_405(survey: SurveyRound, kostroma: Municipality, method: str) -> None:
    assert getattr(Client(), method)(path(survey, kostroma)).status_code == 405


def test_a_lost_csrf_token_changes_nothing(survey: SurveyRound, kostroma: Municipality) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(path(survey, kostroma), filled(survey, kostroma)).status_code == 403
    assert response_of(survey, kostroma).state == "not_opened"
