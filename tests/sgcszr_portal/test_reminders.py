"""`manage.py send_reminders`: one digest a person, none twice, none lost, whatever the mail server does."""

import datetime as dt
import multiprocessing
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.post import Post
from accounts.roles import Role
from municipalities.models import Municipality
from resolutions.models import DecisionPoint
from sgcszr_portal.models import ReminderDelivery
from sgcszr_portal.reminders import Result, digests_due, send_due
from tests.municipalities.factory import at, moment
from tests.municipalities.surveys.factory import a_round
from tests.resolutions.factory import decision, instruct, letter, point_step
from tests.sgcszr_portal.conftest import PostOffice, free_port

pytestmark = pytest.mark.slow

DAY = "2026-03-02"


def run(day: str = DAY, *switches: str, at_time: str = "07:00", verbosity: int = 1) -> str:
    """The command, as cron runs it in the morning of a day."""
    printed = StringIO()
    with at(f"{day} {at_time}"):
        call_command("send_reminders", *switches, stdout=printed, verbosity=verbosity)
    return printed.getvalue()


def deliveries(*fields: str) -> list[Any]:
    return list(ReminderDelivery.objects.order_by("user__email", "day").values_list(*fields))


@pytest.fixture
def point(secretariat: User) -> DecisionPoint:
    """Overdue on the day of these tests; the secretariat carries it out, the chair reads of it."""
    point = decision("assignment", by=secretariat).points.get()
    instruct(point, by=secretariat, due_on=dt.date(2026, 3, 1))
    return point


@pytest.fixture
def three(point: DecisionPoint, chair: User, db: None) -> list[str]:
    """Three people with the same overdue point: two of the secretariat and the chair."""
    User.objects.create_user("second@example.org", name="Второй", role=Role.SECRETARIAT)
    return ["chair", "second", "secretariat"]


# --- what it says, and to whom ---


def test_the_essentials_stand_in_the_subject(
    post_office: PostOffice, point: DecisionPoint, secretariat: User, chair: User
) -> None:
    another = decision("assignment", "assignment", by=secretariat, slug="another")
    for number, day in ((1, 10), (2, 31)):
        instruct(another.points.get(number=number), by=secretariat, due_on=dt.date(2026, 3, day))
    assert run() == "Отправлено: 2\u00a0письма.\n"
    assert post_office.subjects("secretariat") == ["Просрочено: 1, срок скоро: 1 – портал СГЦСЗР"]
    assert post_office.subjects("chair") == ["Просрочено: 1 – портал СГЦСЗР"]


def test_the_secretariat_reads_what_to_do_and_where(
    post_office: PostOffice, point: DecisionPoint, secretariat: User
) -> None:
    letter(point.resolution)
    run()
    text = post_office.to("secretariat").get_content().replace("\u00a0", " ")
    assert text.startswith("Здравствуйте, С.С. Секретарёва!")
    assert "Просрочено:" in text and "Скоро:" not in text
    assert "– Пункт 1 решения от 27 июня 2024 г.: поручение" in text
    assert "Срок: 1 марта 2026 г." in text
    assert f"http://testserver{point.get_absolute_url()}" in text
    assert "без близкого срока вас ждёт 1 дело" in text
    assert "http://testserver/due/" in text and "http://testserver/accounts/profile/" in text


def test_an_official_reads_of_the_own_municipality_alone(
    post_office: PostOffice,
    point: DecisionPoint,
    secretariat: User,
    kostroma_official: User,
    arkhangelsk_official: User,
) -> None:
    with at(f"{DAY} 06:00"):
        a_round(Municipality.objects.get(slug="kostroma"), opened_by=secretariat, title="Обмен & сроки")
    run()
    assert post_office.addresses() == ["kostroma", "secretariat"]
    assert post_office.subjects("kostroma") == ["Срок скоро: 1 – портал СГЦСЗР"]
    text = post_office.to("kostroma").get_content()
    assert "Информационный обмен: Обмен & сроки" in text
    assert "Пункт" not in text


def test_whom_nothing_presses_gets_nothing(post_office: PostOffice, secretariat: User, kostroma_official: User) -> None:
    decision("assignment", by=secretariat)  # waits, but has no day
    assert run() == "Отправлено: 0\u00a0писем.\n"
    assert deliveries("pk") == []


def test_who_does_not_want_them_or_is_switched_off_gets_nothing(post_office: PostOffice, three: list[str]) -> None:
    User.objects.filter(email="second@example.org").update(wants_reminders=False)
    User.objects.filter(email="chair@example.org").update(is_active=False)
    run()
    assert post_office.addresses() == ["secretariat"]


def test_a_quiet_run_sends_and_says_nothing(post_office: PostOffice, three: list[str]) -> None:
    assert run(verbosity=0) == ""
    assert post_office.addresses() == three


def test_a_dry_run_says_who_would_get_what_and_sends_nothing(post_office: PostOffice, three: list[str]) -> None:
    lines = run(DAY, "--dry-run").splitlines()
    assert sorted(lines) == [f"{who}@example.org: Просрочено: 1 – портал СГЦСЗР" for who in three]
    assert (post_office.letters, deliveries("pk")) == ([], [])


# --- once ---


def test_running_twice_sends_once(post_office: PostOffice, three: list[str]) -> None:
    assert run() == "Отправлено: 3\u00a0письма.\n"
    assert run() == "Отправлено: 0\u00a0писем.\n"
    assert post_office.addresses() == three
    assert deliveries("state", "attempts", "day", "last_error") == [("sent", 1, dt.date(2026, 3, 2), "")] * 3


def test_nobody_gets_two_on_a_day_and_the_change_comes_the_next(
    post_office: PostOffice, point: DecisionPoint, secretariat: User
) -> None:
    run()
    another = decision("assignment", by=secretariat, slug="another")
    instruct(another.points.get(), by=secretariat, due_on=dt.date(2026, 3, 1))
    assert run(DAY, "--dry-run") == ""
    run()
    assert post_office.addresses() == ["secretariat"]
    run("2026-03-03")
    assert post_office.subjects() == [f"Просрочено: {number} – портал СГЦСЗР" for number in (1, 2)]


def test_the_same_is_not_said_again_before_a_week_has_passed(post_office: PostOffice, point: DecisionPoint) -> None:
    for day in range(2, 10):
        run(f"2026-03-{day:02}")
    assert deliveries("day") == [(dt.date(2026, 3, 2),), (dt.date(2026, 3, 9),)]


def test_what_becomes_overdue_is_news(post_office: PostOffice, point: DecisionPoint, secretariat: User) -> None:
    instruct(point, by=secretariat, due_on=dt.date(2026, 3, 4))
    for day in range(2, 7):
        run(f"2026-03-{day:02}")
    assert [subject.partition(":")[0] for subject in post_office.subjects()] == ["Срок скоро", "Просрочено"]
    assert deliveries("day") == [(dt.date(2026, 3, 2),), (dt.date(2026, 3, 5),)]


def _run_beside_another(barrier: Any) -> None:
    """What one process does: its own connections, at the same moment as the other."""
    connections.close_all()
    barrier.wait()
    run()
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_once(post_office: PostOffice, three: list[str]) -> None:
    connection.close()  # nothing of it may be shared with the processes
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(2)
    processes = [context.Process(target=_run_beside_another, args=(barrier,)) for _ in "12"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert post_office.addresses() == three
    assert deliveries("state", "attempts") == [("sent", 1)] * 3


def test_who_began_at_the_same_time_and_is_late_finds_it_sent(post_office: PostOffice, point: DecisionPoint) -> None:
    early, late = (send_due(dt.date(2026, 3, 2)) for _ in "12")
    with patch("sgcszr_portal.reminders.digests_due", return_value=list(digests_due(dt.date(2026, 3, 2)))):
        assert [len(list(results)) for results in (early, late)] == [1, 0]
    assert len(post_office.letters) == 1


def test_who_is_overtaken_before_the_claim_leaves_it_to_the_other(
    post_office: PostOffice, point: DecisionPoint, secretariat: User
) -> None:
    waiting = ReminderDelivery.objects.create(
        user=secretariat, day=dt.date(2026, 3, 1), subject="Вчера не ушло", fingerprint="f"
    )
    others: list[Result | str] = []

    def overtake() -> dt.datetime:
        """The clock is read between finding the delivery and claiming it."""
        if not others:
            others.append("begun")
            others.extend(send_due(dt.date(2026, 3, 2)))
        return moment(f"{DAY} 07:00")

    with patch("django.utils.timezone.now", overtake):
        assert list(send_due(dt.date(2026, 3, 2))) == []
    waiting.refresh_from_db()
    assert (len(others), waiting.attempts, len(post_office.letters)) == (2, 1, 1)


# --- never lost ---


def test_a_closed_port_loses_nothing_and_the_next_run_sends_all(
    post_office: PostOffice, three: list[str], settings: Settings
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    with pytest.raises(CommandError, match="Не отправлено: 3") as failed:
        run()
    assert "secretariat@example.org: Почтовый сервер недоступен" in str(failed.value)
    assert {(state, attempts) for state, attempts in deliveries("state", "attempts")} == {("pending", 1)}
    assert all("Почтовый сервер недоступен" in error for (error,) in deliveries("last_error"))
    settings.EMAIL_PORT = port
    run()
    assert post_office.addresses() == three
    assert deliveries("state", "attempts", "last_error") == [("sent", 2, "")] * 3


def test_a_server_that_knows_one_address_not_gets_the_others(post_office: PostOffice, three: list[str]) -> None:
    post_office.refuses = {"chair@example.org"}
    with pytest.raises(CommandError, match="Не отправлено: 1\u00a0письмо"):
        run()
    assert post_office.addresses() == ["second", "secretariat"]
    assert "No such user" in ReminderDelivery.objects.get(state="pending").last_error
    post_office.refuses = set()
    run()
    assert post_office.addresses() == three


def test_a_server_that_dies_in_the_middle_gets_exactly_the_missing_ones_again(
    post_office: PostOffice, three: list[str]
) -> None:
    post_office.dies_after = 1
    with pytest.raises(CommandError, match="Не отправлено: 2\u00a0письма"):
        run()
    assert len(post_office.letters) == 1
    post_office.dies_after = None
    assert run() == "Отправлено: 2\u00a0письма.\n"
    assert post_office.addresses() == three


def test_what_failed_yesterday_is_sent_today_with_what_is_true_today(
    post_office: PostOffice, point: DecisionPoint, secretariat: User
) -> None:
    post_office.refuses = {"secretariat@example.org"}
    for day in ("2026-03-02", "2026-03-03"):
        with pytest.raises(CommandError):
            run(day)
    instruct(point, by=secretariat, due_on=dt.date(2026, 3, 5))
    post_office.refuses = set()
    run("2026-03-04")
    assert post_office.subjects("secretariat") == ["Срок скоро: 1 – портал СГЦСЗР"]
    expected = (dt.date(2026, 3, 4), "sent", 3, "", "Срок скоро: 1 – портал СГЦСЗР")
    assert deliveries("day", "state", "attempts", "last_error", "subject") == [expected]


def test_what_is_done_before_it_could_be_sent_is_not_sent(
    post_office: PostOffice, point: DecisionPoint, secretariat: User
) -> None:
    post_office.refuses = {"secretariat@example.org"}
    with pytest.raises(CommandError):
        run()
    for action in ("start", "report", "close"):
        point_step(point, action, by=secretariat)
    post_office.refuses = set()
    assert run("2026-03-03") == "Отправлено: 0\u00a0писем.\n"


def test_a_run_that_was_killed_leaves_its_digest_to_a_later_one(post_office: PostOffice, point: DecisionPoint) -> None:
    with patch.object(Post, "send", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        run(at_time="06:45")
    assert deliveries("state", "attempts", "claimed_at") == [("pending", 1, moment(f"{DAY} 06:45"))]
    assert run(at_time="07:00") == "Отправлено: 0\u00a0писем.\n"  # the other may live: a quarter of an hour
    assert run(at_time="07:00:01") == "Отправлено: 1\u00a0письмо.\n"
    assert deliveries("state", "attempts", "claimed_at") == [("sent", 2, None)]


def test_a_digest_is_called_by_whom_day_and_subject(
    post_office: PostOffice, point: DecisionPoint, secretariat: User
) -> None:
    run()
    assert str(ReminderDelivery.objects.get()) == "С.С. Секретарёва, 02.03.2026: Просрочено: 1 – портал СГЦСЗР"


def test_a_mark_has_its_moment(post_office: PostOffice, point: DecisionPoint) -> None:
    run()
    assert deliveries("sent_at") == [(moment(f"{DAY} 07:00"),)]
    assert timezone.localdate() > dt.date(2026, 3, 2)
