"""`manage.py seed`."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from resolutions.execution.report import points_on
from resolutions.models import PastImport, ProgressEntry, Resolution

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def seed(*switches: str) -> str:
    out = StringIO()
    call_command("seed", *switches, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    models = (User, Municipality, ParticipationRecord, Resolution, ProgressEntry, PastImport)
    return [model._default_manager.count() for model in models]


def test_the_seed_holds_what_the_source_says_and_nobody() -> None:
    seed()
    assert counts() == [0, 20, 1, 1, 0, 0]
    assert Resolution.objects.get().status == "draft"
    assert ParticipationRecord.objects.get().municipality.slug == "kostroma"


@pytest.mark.parametrize("switches", [(), ("--demo", "--force")])
def test_running_it_again_changes_nothing(switches: tuple[str, ...]) -> None:
    seed(*switches)
    before = counts()
    seed(*switches)
    assert counts() == before


def test_the_demo_adopts_the_decision_and_prints_its_accounts() -> None:
    printed = seed("--demo", "--force")
    assert Resolution.objects.get(slug="umny-gorod-2024").status == "adopted"
    for key in ("secretariat", "chair", "kostroma", "arkhangelsk"):
        assert f"{key}@sgcszr.example" in printed


def test_the_demo_accounts_can_log_in(client: Client) -> None:
    seed("--demo", "--force")
    assert client.login(email="kostroma@sgcszr.example", password="umny-gorod-2024")


def test_pages_say_that_they_show_demonstration_data(client: Client) -> None:
    assert "Демонстрационные данные" not in client.get("/").content.decode()
    seed("--demo", "--force")
    assert "Демонстрационные данные" in client.get("/").content.decode()


def test_the_demo_refuses_outside_debug(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="needs --force"):
        seed("--demo")
    assert counts() == [0] * 6


def test_debug_needs_no_force(settings: Settings) -> None:
    settings.DEBUG = True
    seed("--demo")
    assert User.objects.count() == 4


def test_the_demo_shows_adopted_decisions_and_what_came_of_them(client: Client) -> None:
    seed("--demo", "--force")
    adopted = Resolution.objects.filter(status="adopted").order_by("-adopted_on")
    assert [one.adopted_on.year for one in adopted if one.adopted_on] == [2024, 2023, 2022, 2021]
    assigned, appealed = adopted[2].points.order_by("number")
    assert (str(assigned.responsible), str(assigned.due_on)) == ("Архангельск", "2027-11-30")
    assert assigned.is_under_control
    assert (appealed.state, appealed.result) == ("closed", "achieved")
    then = points_on(adopted[2], dt.date(2024, 12, 19))[1]
    assert (then.state, then.result.result_told[0]) == ("closed", "refused")
    texts = [*adopted[2].points.values_list("text", flat=True), *assigned.progress.values_list("text", flat=True)]
    assert [one for one in texts if not one.startswith("Демонстрационные данные:")] == []
    page = client.get("/").content.decode()
    assert [f">{one.title}</a>" in page for one in adopted] == [True, True, True, False]  # the last is off control
    assert client.login(email="arkhangelsk@sgcszr.example", password="umny-gorod-2024")
    assert assigned.get_absolute_url() in client.get("/due/").content.decode()


def test_the_demo_loads_a_workbook_of_an_earlier_year(client: Client) -> None:
    seed("--demo", "--force")
    loaded, past = PastImport.objects.get(), Resolution.objects.get(slug="demo-2021")
    assert (loaded.state, loaded.rows, loaded.errors) == ("applied", 9, 0)
    point = past.points.get()
    assert (point.state, point.result) == ("closed", "achieved")
    texts = [*past.points.values_list("text", flat=True), *point.progress.values_list("text", flat=True)]
    assert [one for one in texts if not one.startswith("Демонстрационные данные:")] == []
    assert client.login(email="secretariat@sgcszr.example", password="umny-gorod-2024")
    assert loaded.get_absolute_url() in client.get("/resolutions/past/").content.decode()
    assert past.get_absolute_url() in client.get(loaded.get_absolute_url()).content.decode()
    with loaded.file.open("rb") as kept:
        assert kept.read(2) == b"PK"
