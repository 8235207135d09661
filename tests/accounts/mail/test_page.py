"""`/accounts/mail/`: what became of the portal's letters, and sending again what failed."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import mail_again_refusal
from accounts.mail.delivery import deliver_waiting
from accounts.mail.storing import store_for_nobody
from accounts.mail.tidying import delay
from accounts.mail_kinds import LOGIN_CODE
from accounts.models import OutgoingMail, User
from russian.templatetags.russian import long_date
from tests.accounts.mail.factory import letter, states
from tests.conftest import ClientFor
from tests.mail import delivered

pytestmark = pytest.mark.django_db
URL = "/accounts/mail/"
NOW = timezone.now()


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def shown(client: Client, query: str = "") -> str:
    return client.get(URL + query).content.decode()


def letters() -> None:
    """One in each state."""
    letter("waits@example.org")
    letter("leaves@example.org", state="sending", attempts=1, claimed_until=NOW)
    letter("left@example.org", state="sent", sent_at=NOW, text="", may_have_left_twice=True)
    letter("failed@example.org", state="failed", last_error="Адрес не принят.")
    letter("late@example.org", state="missed", last_error="Поздно.", text="", kind=LOGIN_CODE, subject="Код для Ёлкина")


def test_it_says_what_became_of_each_letter_and_never_its_text(client: Client) -> None:
    letters()
    store_for_nobody(LOGIN_CODE, subject="Никому", text="Тайный код 77")
    page = shown(client)
    for said in ("Ждёт отправки", "Отправляется", "Отправлено", "Не отправлено", "Не успело уйти"):
        assert said in page
    assert "Адрес не принят." in page
    assert page.count("Могло уйти дважды</span>") == 1
    assert page.count("Отправить ещё раз</button>") == 1
    assert "Тайный код" not in page
    assert "Никому" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=under_way", ["leaves", "waits"]),
        ("?state=failed", ["failed"]),
        ("?state=sent", ["left"]),
        ("?state=missed", ["late"]),
        ("?state=twice", ["left"]),
        ("?kind=login_code", ["late"]),
        ("?search=ЁЛКИНА+код", ["late"]),
        ("?search=Failed", ["failed"]),
        ("?search=нет+такого", []),
    ],
)
def test_it_is_filtered(client: Client, query: str, found: list[str]) -> None:
    letters()
    page = shown(client, query)
    assert [who for who in ("failed", "late", "leaves", "left", "waits") if f"{who}@example.org" in page] == found


def test_what_failed_is_sent_again(client: Client) -> None:
    failed = letter(state="failed", last_error="Адрес не принят.", attempts=9)
    page = client.post(f"{URL}{failed.pk}/again/", follow=True).content.decode()
    assert "Письмо снова ждёт отправки: k@example.org." in page
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.last_error) == ("waiting", 0, "")
    assert len(delivered()) == 1


def test_what_may_have_arrived_warns_before_it_is_sent_again(client: Client) -> None:
    letter(state="failed", last_error="Связь прервалась.", may_have_left_twice=True)
    assert "адресат получит его второй раз" in shown(client)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Ещё раз отправляют только то, что не ушло."),
        ({"state": "failed", "last_error": "?", "text": ""}, "отправьте его заново с той страницы"),
        ({"state": "failed", "last_error": "?", "useful_until": NOW}, "Письмо устарело"),
    ],
)
def test_others_are_not_sent_again_and_it_is_said_why(client: Client, changes: dict[str, Any], said: str) -> None:
    other = letter(**changes)
    assert said in client.post(f"{URL}{other.pk}/again/", follow=True).content.decode()
    other.refresh_from_db()
    assert other.state == changes.get("state", "waiting")


def test_two_who_send_again_at_once_send_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = letter(state="failed", last_error="Адрес не принят.")

    def overtaken(user: User, mail: OutgoingMail) -> str | None:
        refusal = mail_again_refusal(user, mail)
        mail.send_again()
        return refusal

    monkeypatch.setattr("accounts.views.mail.mail_again_refusal", overtaken)
    assert "уже отправляют ещё раз" in client.post(f"{URL}{failed.pk}/again/", follow=True).content.decode()
    assert len(delivered()) == 1


def test_a_letter_to_nobody_is_not_there(client: Client) -> None:
    store_for_nobody(LOGIN_CODE, subject="Код", text="1")
    assert client.post(f"{URL}{OutgoingMail.objects.get().pk}/again/").status_code == 404


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        return len(captured)

    letters()
    few = queries()
    for _ in range(5):
        letters()
    assert queries() == few


# --- mail that does not leave is told on every page of the secretariat ---


def told(client: Client) -> str:
    """What is told of letters that do not leave, on one line."""
    found = re.search(r"Письма не уходят.*?(?=<a )", client.get("/help/").content.decode(), re.DOTALL)
    return re.sub(r"\s+(?=[.,])", "", re.sub(r"[ \n]+", " ", found[0])).strip() if found else ""


def of_today(since: dt.datetime) -> str:
    """Since when, as it is said shortly after midnight too."""
    yesterday = timezone.localdate(since) != timezone.localdate()
    return "со вчерашнего дня" if yesterday else f"с {timezone.localtime(since):%H:%M}"


def missed(*, hours: int) -> OutgoingMail:
    """A code that came too late so many hours ago."""
    ended = timezone.now() - dt.timedelta(hours=hours)
    return letter(kind=LOGIN_CODE, state="missed", text="", last_error="?", created_at=ended, useful_until=ended)


def waits_since(minutes: int, **changes: Any) -> dt.datetime:
    since = timezone.now() - dt.timedelta(minutes=minutes)
    letter(created_at=since, **changes)
    return since


def test_what_waits_for_long_is_told(client: Client) -> None:
    since = waits_since(40)
    waits_since(11, state="sending", attempts=1, claimed_until=NOW)
    waits_since(9)
    assert f"Письма не уходят {of_today(since)}: ждут 2\u00a0письма." == told(client)
    assert "/accounts/mail/?state=under_way" in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "ждёт 1\u00a0письмо."), (2, "ждут 2\u00a0письма."), (5, "ждут 5\u00a0писем.")],
)
def test_the_sentence_is_right_for_any_number(client: Client, count: int, said: str) -> None:
    for _ in range(count):
        waits_since(40)
    assert said in told(client)


@pytest.mark.parametrize(("count", "said"), [(1, "устарело"), (3, "устарели")])
def test_codes_that_came_too_late_are_told_until_mail_leaves_again(client: Client, count: int, said: str) -> None:
    """They live for minutes only: nothing waits long enough to be told."""
    for _ in range(count):
        missed(hours=11)
    missed(hours=13)
    assert f"Письма не уходят: {said}, не успев уйти, {count}\u00a0пис" in told(client)
    assert "/accounts/mail/?state=missed" in client.get("/help/").content.decode()
    since = waits_since(40)
    assert f"Письма не уходят {of_today(since)}: ждёт 1\u00a0письмо, {said}, не" in told(client)
    OutgoingMail.objects.filter(state="waiting").update(state="sent", sent_at=timezone.now(), text="")
    assert told(client) == ""


def test_a_letter_that_the_server_did_not_want_until_it_was_too_late_is_no_mail_that_does_not_leave(
    client: Client,
) -> None:
    OutgoingMail.objects.filter(pk=missed(hours=1).pk).update(attempts=3)
    assert told(client) == ""


@pytest.mark.parametrize("changes", [{"useful_until": 24}, {"sent_at": 24}])
def test_no_moment_of_the_future_hides_or_tells_what_came_too_late(client: Client, changes: dict[str, int]) -> None:
    """A clock ran ahead for a day."""
    later = {name: timezone.now() + dt.timedelta(hours=hours) for name, hours in changes.items()}
    if "sent_at" in later:
        letter("sent@example.org", state="sent", text="", **later)
    OutgoingMail.objects.filter(pk=missed(hours=1).pk).update(**{k: v for k, v in later.items() if k != "sent_at"})
    assert bool(told(client)) == ("sent_at" in later)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its plan says it in one word")
def test_no_letter_is_compared_with_each_other_one(db: None) -> None:
    """With thousands that came too late in a night, each page of the secretariat took minutes."""
    with CaptureQueriesContext(connection) as captured:
        delay()
    [asked] = captured
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked['sql']}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "mail_sent" in plan
    assert "CORRELATED" not in plan


def test_what_a_stranger_asked_for_is_not_told(client: Client) -> None:
    store_for_nobody(LOGIN_CODE, subject="Код", text="1", useful_until=timezone.now())
    assert deliver_waiting(bool) is False
    assert told(client) == ""


def test_what_a_clock_ahead_wrote_is_told_too(client: Client) -> None:
    waits_since(-300)
    assert ": ждёт 1\u00a0письмо." in told(client)


def test_of_another_day_the_day_is_told(client: Client) -> None:
    since = waits_since(3 * 24 * 60)
    assert f"Письма не уходят с {long_date(since)}: ждёт 1\u00a0письмо." == told(client)


@pytest.mark.parametrize(
    "changes", [{"state": "failed", "last_error": "?"}, {"state": "missed", "text": "", "last_error": "?"}]
)
def test_what_does_not_wait_is_not_told(client: Client, changes: dict[str, Any]) -> None:
    waits_since(40, **changes)
    assert "Письма не уходят" not in client.get("/help/").content.decode()
    assert states()


def test_a_letter_that_the_server_put_off_is_no_mail_that_does_not_leave(client: Client) -> None:
    put_off = {"attempts": 3, "next_attempt_at": timezone.now() + dt.timedelta(minutes=15)}
    waits_since(40, **put_off)
    assert ": ждёт 1\u00a0письмо." in told(client)  # does the server refuse this one, or everything?
    letter("other@example.org", state="sent", text="", sent_at=timezone.now())
    assert told(client) == ""
    waits_since(40, **put_off | {"next_attempt_at": timezone.now() + dt.timedelta(seconds=29)})  # the server is away
    assert "ждёт 1\u00a0письмо" in client.get("/help/").content.decode()


def test_it_is_asked_once_and_only_for_those_who_look_after_mail(
    client: Client, client_for: ClientFor, chair: User, kostroma_official: User
) -> None:
    waits_since(40)
    for visitor, asked in ((client, 1), (client_for(chair), 0), (client_for(kostroma_official), 0), (Client(), 0)):
        with CaptureQueriesContext(connection) as captured:
            page = visitor.get("/help/").content.decode()
        assert ("Письма не уходят" in page) == bool(asked)
        assert sum("outgoingmail" in one["sql"] for one in captured) == asked
