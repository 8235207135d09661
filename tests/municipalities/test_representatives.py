"""Appointing, inviting and removing those who speak for a municipality."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from municipalities.views.representatives import _appoint
from russian.templatetags.russian import long_date
from tests.conftest import ClientFor
from tests.mail import delivered

pytestmark = pytest.mark.django_db

URL = "/municipalities/kostroma/representatives/"
INVITE = URL + "invite/"
NEWCOMER = {"invite-email": "New@Example.org", "invite-name": "Н.Н. Новая", "invite-position": "Начальник отдела"}


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_the_page_lists_them(secretary: Client, kostroma_official: User) -> None:
    page = secretary.get(URL).content.decode()
    assert "К.К. Костромин" in page
    assert "kostroma@example.org" in page


def test_somebody_the_portal_knows_is_appointed(
    secretary: Client, kostroma: Municipality, arkhangelsk_official: User
) -> None:
    answer = secretary.post(URL, {"appoint-user": arkhangelsk_official.pk})
    assert answer["Location"] == URL
    assert arkhangelsk_official.representations.filter(municipality=kostroma).exists()
    history = Representative.history.filter(municipality=kostroma).get()  # type: ignore[attr-defined]  # a manager
    assert (history.history_type, history.history_user_name) == ("+", "С.С. Секретарёва")


@pytest.mark.parametrize("unfit", ["secretariat", "kostroma_official", "inactive", "nobody", "text"])
def test_only_active_municipal_users_not_appointed_yet(
    secretary: Client, request: pytest.FixtureRequest, kostroma: Municipality, unfit: str
) -> None:
    key: Any = {"nobody": 999_999, "text": "x"}.get(unfit)
    if unfit == "inactive":
        key = User.objects.create_user("off@example.org", name="О", role=Role.MUNICIPAL, is_active=False).pk
    before = Representative.objects.count()
    key = key or request.getfixturevalue(unfit).pk
    appointed = Representative.objects.count()
    assert secretary.post(URL, {"appoint-user": key}).status_code == 422
    assert Representative.objects.count() == appointed >= before


def test_somebody_new_is_invited_and_appointed(secretary: Client, kostroma: Municipality) -> None:
    assert secretary.post(INVITE, NEWCOMER)["Location"] == URL
    user = kostroma.representatives.get().user
    assert (user.email, user.name, user.position, user.role) == (
        "new@example.org", "Н.Н. Новая", "Начальник отдела", Role.MUNICIPAL,
    )  # fmt: skip
    assert [letter.to for letter in delivered()] == [["new@example.org"]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("invite-email", "kostroma@example.org"),
        ("invite-email", "не адрес"),
        ("invite-email", ""),
        ("invite-name", ""),
        ("invite-name", "Kотлас"),
        ("invite-name", "я" * 151),
        ("invite-position", "Kотлас"),
    ],
)
def test_a_bad_invitation_changes_nothing_and_keeps_what_was_typed(
    secretary: Client, kostroma_official: User, field: str, value: str
) -> None:
    users = User.objects.count()
    answer = secretary.post(INVITE, NEWCOMER | {field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "errorlist" in page
    assert page.count("Начальник отдела") == (field != "invite-position")
    assert (User.objects.count(), Representative.objects.count()) == (users, 1)
    assert delivered() == []


def test_the_secretariat_reads_that_the_invitation_waits(secretary: Client, kostroma: Municipality) -> None:
    page = secretary.post(INVITE, NEWCOMER, follow=True).content.decode()
    assert "приглашение ждёт отправки: new@example.org." in page
    assert len(delivered()) == 1


def test_if_the_appointment_fails_nobody_is_invited(secretary: Client, kostroma: Municipality) -> None:
    secretary.raise_request_exception = False
    with patch("municipalities.views.representatives._appoint", side_effect=RuntimeError):
        assert secretary.post(INVITE, NEWCOMER).status_code == 500
    assert not User.objects.filter(email="new@example.org").exists()
    assert delivered() == []


def test_one_who_leaves_keeps_the_account_and_loses_the_right(
    secretary: Client, client_for: ClientFor, kostroma: Municipality, kostroma_official: User
) -> None:
    appointment = kostroma.representatives.get()
    assert secretary.post(f"{URL}{appointment.pk}/remove/")["Location"] == URL
    assert client_for(kostroma_official).get("/municipalities/kostroma/participation/").status_code == 403
    kostroma_official.refresh_from_db()
    assert kostroma_official.is_active


def test_an_appointment_is_removed_from_its_own_municipality_only(
    secretary: Client, kostroma: Municipality, arkhangelsk: Municipality, arkhangelsk_official: User
) -> None:
    appointment = arkhangelsk.representatives.get()
    assert secretary.post(f"{URL}{appointment.pk}/remove/").status_code == 404
    assert arkhangelsk.representatives.exists()


@pytest.mark.parametrize("persona", ["chair", "kostroma_official"])
def test_others_are_told_why_not(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, kostroma_official: User, persona: str
) -> None:
    client = client_for(request.getfixturevalue(persona))
    remove = f"{URL}{kostroma.representatives.get().pk}/remove/"
    for answer in (client.get(URL), client.post(URL), client.post(INVITE, NEWCOMER), client.post(remove)):
        assert answer.status_code == 403
        assert "назначает секретариат" in answer.content.decode()
    assert Representative.objects.count() == 1


def test_a_stranger_is_asked_to_log_in(client: Client, kostroma: Municipality) -> None:
    for answer in (client.get(URL), client.post(INVITE, NEWCOMER), client.post(f"{URL}1/remove/")):
        assert answer.status_code == 302
    assert not User.objects.exists()


def test_a_wrong_method_is_405(secretary: Client, kostroma: Municipality) -> None:
    assert secretary.delete(URL).status_code == 405
    assert secretary.get(INVITE).status_code == secretary.get(f"{URL}1/remove/").status_code == 405


def test_a_lost_csrf_token_changes_nothing(secretariat: User, kostroma_official: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    appointment = Representative.objects.get()
    for url in (URL, INVITE, f"{URL}{appointment.pk}/remove/"):
        assert client.post(url, NEWCOMER).status_code == 403
    assert Representative.objects.count() == 1


def test_a_missing_municipality_is_404(secretary: Client) -> None:
    assert secretary.get("/municipalities/atlantida/representatives/").status_code == 404


# --- from a day to a day ---


def today(after: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=after)


def test_an_appointment_has_its_days(
    secretary: Client, client_for: ClientFor, kostroma: Municipality, arkhangelsk_official: User
) -> None:
    said = {"appoint-user": arkhangelsk_official.pk, "appoint-since": today(1), "appoint-until": today(9)}
    assert secretary.post(URL, said).status_code == 302
    stored = kostroma.representatives.get()
    assert (stored.since, stored.until) == (today(1), today(9))
    assert stored.days_in_words in secretary.get(URL).content.decode()
    assert stored.days_in_words in client_for(arkhangelsk_official).get("/accounts/profile/").content.decode()
    own = client_for(arkhangelsk_official)
    assert own.get("/municipalities/kostroma/participation/").status_code == 403  # it lies ahead
    Representative.objects.filter(pk=stored.pk).update(since=today())
    assert own.get("/municipalities/kostroma/participation/").status_code == 200
    Representative.objects.filter(pk=stored.pk).update(since=None, until=today(-1))
    assert own.get("/municipalities/kostroma/participation/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"since": "2026-03-02", "until": "2026-03-01"}, "until", "Последний день не может быть раньше первого."),
        ({"since": "2026-03-05"}, "since", "и так представитель: с 1 марта 2026 г. по 9 марта 2026 г."),
        ({"until": "2026-03-05"}, "since", "и так представитель"),
        ({"since": "1999-01-01"}, "since", "Укажите дату не раньше 1 января 2000 г."),
        ({"until": "2999-01-01"}, "until", "Проверьте год"),
        ({"since": "давно"}, "since", "правильную дату"),
    ],
)
def test_wrong_days_are_said_beside_their_field(
    secretary: Client, kostroma: Municipality, kostroma_official: User, typed: dict[str, str], field: str, sentence: str
) -> None:
    kostroma.representatives.update(since=dt.date(2026, 3, 1), until=dt.date(2026, 3, 9))
    said = {f"appoint-{name}": value for name, value in typed.items()}
    answer = secretary.post(URL, {"appoint-user": kostroma_official.pk} | said)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["appoint_form"].errors[field]).replace("\xa0", " ")
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values())
    assert kostroma.representatives.count() == 1


def test_who_left_may_come_back(secretary: Client, kostroma: Municipality, kostroma_official: User) -> None:
    kostroma.representatives.update(until=dt.date(2026, 3, 9))
    said = {"appoint-user": kostroma_official.pk, "appoint-since": "2026-03-10"}
    assert secretary.post(URL, said).status_code == 302
    assert kostroma.representatives.count() == 2


def test_who_is_appointed_by_two_at_once_is_appointed_once(kostroma: Municipality, kostroma_official: User) -> None:
    _appoint(kostroma_official, kostroma, since=dt.date(2026, 3, 1))
    assert kostroma.representatives.get().since is None


def test_an_appointment_ends_with_yesterday_and_stays_readable(
    secretary: Client, kostroma: Municipality, kostroma_official: User
) -> None:
    remove = f"{URL}{kostroma.representatives.get().pk}/remove/"
    assert remove in secretary.get(URL).content.decode()
    for _ in "12":  # sent again it changes nothing
        assert secretary.post(remove).status_code == 302
    ended = kostroma.representatives.get()
    assert (ended.until, ended.is_over, ended.days_in_words) == (today(-1), True, f"по {long_date(today(-1))}")
    page = secretary.get(URL).content.decode()
    assert ended.days_in_words in page and "Снять<" not in page
    assert "К.К. Костромин" not in secretary.get("/municipalities/kostroma/").content.decode()
    history = Representative.history.filter(municipality=kostroma)  # type: ignore[attr-defined]  # a manager
    assert [one.history_type for one in history] == ["~", "+"]


@pytest.mark.parametrize("ahead", [0, 3])
def test_an_appointment_that_never_held_goes(
    secretary: Client, kostroma: Municipality, kostroma_official: User, ahead: int
) -> None:
    kostroma.representatives.update(since=today(ahead))
    assert secretary.post(f"{URL}{kostroma.representatives.get().pk}/remove/").status_code == 302
    assert not kostroma.representatives.exists()


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        ("1999-12-31", None, "representative_since_within_a_century"),
        ("2101-01-01", None, "representative_since_within_a_century"),
        ("2026-03-02", "2026-03-01", "representative_does_not_end_before_they_begin"),
        (None, "1999-12-31", "representative_does_not_end_before_they_begin"),
        (None, "2101-01-01", "representative_does_not_end_before_they_begin"),
    ],
)
def test_the_database_refuses_days(
    kostroma: Municipality, arkhangelsk_official: User, since: str | None, until: str | None, name: str
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Representative.objects.create(user=arkhangelsk_official, municipality=kostroma, since=since, until=until)


def test_a_wrong_appointment_is_taken_back_and_the_right_one_entered(
    secretary: Client, kostroma: Municipality, kostroma_official: User
) -> None:
    wrong = Representative.objects.get()
    secretary.post(f"{URL}{wrong.pk}/remove/")
    answer = secretary.post(f"{URL}{wrong.pk}/remove/", {"was_wrong": "on"})
    assert "Ошибочное назначение отменено" in secretary.get(answer["Location"]).content.decode()
    assert not Representative.objects.exists()
    history = Representative.history.filter(id=wrong.pk)  # type: ignore[attr-defined]  # a manager
    assert "-" in [one.history_type for one in history]
    said = {"appoint-user": kostroma_official.pk, "appoint-since": "2026-06-01"}
    assert secretary.post(URL, said).status_code == 302
    assert Representative.objects.get().since == dt.date(2026, 6, 1)


def test_somebody_new_is_invited_from_a_day(secretary: Client, kostroma: Municipality) -> None:
    said = {"invite-email": "new@example.org", "invite-name": "Н.Н. Новый", "invite-since": "2026-06-01"}
    secretary.post(INVITE, said)
    assert Representative.objects.get().since == dt.date(2026, 6, 1)
