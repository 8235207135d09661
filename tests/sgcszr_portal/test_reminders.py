"""`manage.py send_reminders`: one digest a person, none twice, stored with its letter."""

import datetime as dt
import multiprocessing
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections

from accounts.models import OutgoingMail, User
from accounts.roles import Role
from municipalities.models import Municipality
from resolutions.models import DecisionPoint
from sgcszr_portal.models import ReminderDelivery
from sgcszr_portal.reminders import digests_due, store_due_digests
from tests.mail import drain
from tests.municipalities.factory import at
from tests.municipalities.surveys.factory import a_round
from tests.resolutions.factory import decision, instruct, letter, point_step

pytestmark = pytest.mark.slow

DAY = "2026-03-02"


def run(day: str = DAY, *switches: str, verbosity: int = 1, refused: str = "") -> str:
    """The command in the morning of a day, and what the worker sends after it; letters to `refused` fail."""
    printed = StringIO()
    with at(f"{day} 07:00"):
        call_command("send_reminders", *switches, stdout=printed, verbosity=verbosity)
        waiting = OutgoingMail.objects.filter(state="waiting", recipient=f"{refused}@example.org")
        waiting.update(state="failed", last_error="Адрес не принят.")
        drain()
    return printed.getvalue()


def addresses() -> list[str]:
    """Who got letters, without the host, once for each letter."""
    return sorted(address.partition("@")[0] for one in mail.outbox for address in one.to)


def subjects(who: str = "") -> list[str]:
    """The subjects of all letters, or of those to somebody, in their order."""
    return [str(one.subject) for one in mail.outbox if one.to[0].startswith(who)]


def text_to(who: str) -> str:
    """The last letter to somebody."""
    (*_, last) = (one for one in mail.outbox if one.to[0].startswith(who))
    return str(last.body)


def deliveries(*fields: str) -> list[Any]:
    return list(ReminderDelivery.objects.order_by("user__email", "day").values_list(*fields))


@pytest.fixture
def point(secretariat: User) -> DecisionPoint:
    """Overdue on the day of these tests; the secretariat carries it out."""
    point = decision("assignment", by=secretariat).points.get()
    instruct(point, by=secretariat, due_on=dt.date(2026, 3, 1))
    return point


@pytest.fixture
def three(point: DecisionPoint, db: None) -> list[str]:
    """Three people of the secretariat, who all have the same overdue point."""
    for name in ("first", "second"):
        User.objects.create_user(f"{name}@example.org", name="Ещё один", role=Role.SECRETARIAT)
    return ["first", "second", "secretariat"]


# --- what it says, and to whom ---


def test_the_essentials_stand_in_the_subject(point: DecisionPoint, secretariat: User, chair: User) -> None:
    """What is late waits for whoever carries it out, and not for whoever controls it."""
    another = decision("assignment", "assignment", by=secretariat, slug="another")
    for number, day in ((1, 10), (2, 31)):
        instruct(another.points.get(number=number), by=secretariat, due_on=dt.date(2026, 3, day))
    assert run() == "Ждёт отправки: 1\u00a0письмо.\n"
    assert subjects("secretariat") == ["Просрочено: 1, срок скоро: 1 – портал СГЦСЗР"]
    assert subjects("chair") == []


def test_the_secretariat_reads_what_to_do_and_where(point: DecisionPoint, secretariat: User) -> None:
    letter(point.resolution)
    run()
    text = text_to("secretariat").replace("\u00a0", " ")
    assert text.startswith("Здравствуйте, С.С. Секретарёва!")
    assert "Просрочено:" in text and "Скоро:" not in text
    assert "– Пункт 1 решения от 27 июня 2024 г. «О деле»: поручение" in text
    assert "Срок: 1 марта 2026 г." in text
    assert f"http://testserver{point.get_absolute_url()}" in text
    assert "без близкого срока вас ждёт 1 дело" in text
    assert "http://testserver/due/" in text and "http://testserver/accounts/profile/" in text


def test_an_official_reads_of_the_own_municipality_alone(
    point: DecisionPoint,
    secretariat: User,
    kostroma_official: User,
    arkhangelsk_official: User,
) -> None:
    with at(f"{DAY} 06:00"):
        a_round(Municipality.objects.get(slug="kostroma"), opened_by=secretariat, title="Обмен & сроки")
    run()
    assert addresses() == ["kostroma", "secretariat"]
    assert subjects("kostroma") == ["Срок скоро: 1 – портал СГЦСЗР"]
    text = text_to("kostroma")
    assert "Информационный обмен: Обмен & сроки" in text
    assert "Пункт" not in text


def test_whom_nothing_presses_gets_nothing(secretariat: User, kostroma_official: User) -> None:
    decision("assignment", by=secretariat)  # waits, but has no day
    assert run() == "Ждёт отправки: 0\u00a0писем.\n"
    assert deliveries("pk") == []


def test_who_does_not_want_them_or_is_switched_off_gets_nothing(three: list[str]) -> None:
    User.objects.filter(email="second@example.org").update(wants_reminders=False)
    User.objects.filter(email="first@example.org").update(is_active=False)
    run()
    assert addresses() == ["secretariat"]


def test_a_quiet_run_sends_and_says_nothing(three: list[str]) -> None:
    assert run(verbosity=0) == ""
    assert addresses() == three


def test_a_dry_run_says_who_would_get_what_and_sends_nothing(three: list[str]) -> None:
    lines = run(DAY, "--dry-run").splitlines()
    assert sorted(lines) == [f"{who}@example.org: Просрочено: 1 – портал СГЦСЗР" for who in three]
    assert (mail.outbox, deliveries("pk")) == ([], [])


# --- once ---


def test_running_twice_sends_once(three: list[str]) -> None:
    assert run() == "Ждёт отправки: 3\u00a0письма.\n"
    assert run() == "Ждёт отправки: 0\u00a0писем.\n"
    assert addresses() == three
    assert deliveries("mail__state", "mail__attempts", "day") == [("sent", 1, dt.date(2026, 3, 2))] * 3


def test_nobody_gets_two_on_a_day_and_the_change_comes_the_next(point: DecisionPoint, secretariat: User) -> None:
    run()
    another = decision("assignment", by=secretariat, slug="another")
    instruct(another.points.get(), by=secretariat, due_on=dt.date(2026, 3, 1))
    assert run(DAY, "--dry-run") == ""
    run()
    assert addresses() == ["secretariat"]
    run("2026-03-03")
    assert subjects() == [f"Просрочено: {number} – портал СГЦСЗР" for number in (1, 2)]


def test_the_same_is_not_said_again_before_a_week_has_passed(point: DecisionPoint) -> None:
    for day in range(2, 10):
        run(f"2026-03-{day:02}")
    assert deliveries("day") == [(dt.date(2026, 3, 2),), (dt.date(2026, 3, 9),)]


def test_what_becomes_overdue_is_news(point: DecisionPoint, secretariat: User) -> None:
    instruct(point, by=secretariat, due_on=dt.date(2026, 3, 4))
    for day in range(2, 7):
        run(f"2026-03-{day:02}")
    assert [subject.partition(":")[0] for subject in subjects()] == ["Срок скоро", "Просрочено"]
    assert deliveries("day") == [(dt.date(2026, 3, 2),), (dt.date(2026, 3, 5),)]


def _run_beside_another(barrier: Any) -> None:
    """What one process does: its own connections, at the same moment as the other."""
    connections.close_all()
    barrier.wait()
    with at(f"{DAY} 07:00"):
        store_due_digests(dt.date(2026, 3, 2))
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_store_once(three: list[str]) -> None:
    connection.close()  # nothing of it may be shared with the processes
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(2)
    processes = [context.Process(target=_run_beside_another, args=(barrier,)) for _ in "12"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert deliveries("mail__state") == [("waiting",)] * 3
    assert OutgoingMail.objects.count() == 3


def test_who_began_at_the_same_time_and_is_late_stores_no_letter(point: DecisionPoint) -> None:
    today = dt.date(2026, 3, 2)
    with patch("sgcszr_portal.reminders.digests_due", return_value=list(digests_due(today))):
        assert [store_due_digests(today) for _ in "12"] == [1, 0]
    assert OutgoingMail.objects.count() == 1


# --- what did not arrive ---


def test_what_failed_yesterday_is_written_today_with_what_is_true_today(
    point: DecisionPoint, secretariat: User
) -> None:
    run(refused="secretariat")
    instruct(point, by=secretariat, due_on=dt.date(2026, 3, 5))
    run("2026-03-03")
    assert subjects() == ["Срок скоро: 1 – портал СГЦСЗР"]
    expected = [(dt.date(2026, 3, 2), "failed"), (dt.date(2026, 3, 3), "sent")]
    assert deliveries("day", "mail__state") == expected


def test_a_digest_that_failed_is_not_written_again_the_same_day(point: DecisionPoint, secretariat: User) -> None:
    run(refused="secretariat")
    assert run() == "Ждёт отправки: 0\u00a0писем.\n"
    assert mail.outbox == []


def test_the_same_that_failed_is_said_the_next_day(point: DecisionPoint, secretariat: User) -> None:
    run(refused="secretariat")
    run("2026-03-03")
    assert subjects() == ["Просрочено: 1 – портал СГЦСЗР"]


def test_a_digest_of_yesterday_is_not_sent_today(point: DecisionPoint, secretariat: User) -> None:
    with at(f"{DAY} 07:00"):
        store_due_digests(dt.date(2026, 3, 2))  # no worker runs
    for action in ("start", "report", "close"):
        point_step(point, action, by=secretariat)
    assert run("2026-03-03") == "Ждёт отправки: 0\u00a0писем.\n"
    assert (mail.outbox, deliveries("mail__state")) == ([], [("missed",)])


def test_a_digest_is_called_by_whom_and_day(point: DecisionPoint, secretariat: User) -> None:
    run()
    assert str(ReminderDelivery.objects.get()) == "С.С. Секретарёва, 02.03.2026"
