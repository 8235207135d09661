"""Whose work a point is: who may take which step, for whom."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from resolutions.models import (
    DecisionPoint,
    Party,
    PointAction,
    PointState,
    ProgressEntry,
    Resolution,
)
from tests.conftest import ClientFor
from tests.resolutions.factory import instruct, point_step
from tests.resolutions.parties.helpers import DUE, waits
from tests.resolutions.steps import Life, assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_city_carries_out_its_own_assignment_and_the_chair_takes_it_off_control(
    life: Life, kostroma_official: User, chair: User
) -> None:
    life.does(kostroma_official, "start", "2024-07-10", text="Создана рабочая группа.")
    said = {"obstacles": "Нет средств.", "next_step": "Просить область."}
    life.does(kostroma_official, "report", "2024-09-02", text="Сделано.", result="partly", **said)
    life.does(chair, "return_for_rework", "2024-09-03", text="Приложите решение думы.")
    life.does(kostroma_official, "report", "2024-09-10", text="Приложено.", result="achieved")
    life.does(chair, "close", "2024-09-12", text="Исполнено.", result="achieved")
    assert life.point.state == PointState.CLOSED
    assert not life.point.progress.exclude(on_behalf_of="").exists()
    card = life.page(None)
    for told in ("Что мешает: Нет средств.", "Следующий шаг: Просить область.", "Кострома"):
        assert told in card


@pytest.mark.parametrize("action", ["close", "return_for_rework", "extend", "instruct", "cancel", "result"])
def test_who_carries_out_does_not_control(life: Life, kostroma_official: User, action: str) -> None:
    life.does(kostroma_official, "start", "2024-07-10")
    refused = life.tries(kostroma_official, action, "2024-07-11")
    assert refused.status_code == 403
    told = "Этот шаг делает контролирующий: Председатель Союза."
    assert (told in refused.content.decode()) == (action in ("close", "return_for_rework", "extend"))


@pytest.mark.parametrize("action", ["start", "note", "report", "request"])
def test_who_controls_does_not_report(life: Life, chair: User, action: str) -> None:
    refused = life.tries(chair, action, "2024-07-10")
    assert refused.status_code == 403
    assert "Этот шаг делает ответственный: Кострома." in refused.content.decode()
    assert life.point.progress.count() == 1


def test_a_city_does_nothing_for_another(life: Life, arkhangelsk_official: User) -> None:
    for action in PointAction.values:
        assert life.tries(arkhangelsk_official, action, "2024-07-10").status_code == 403
    assert life.point.progress.count() == 1
    assert 'id="steps"' not in life.page(arkhangelsk_official)


@pytest.mark.slow
def test_whatever_the_ids_no_city_acts_for_another(
    client_for: ClientFor, adopted: Resolution, secretariat: User, kostroma_official: User, arkhangelsk_official: User
) -> None:
    """Three hundred tries: any official, any point, any step; taken only where the point is their own city's."""
    owners = {1: kostroma_official, 2: arkhangelsk_official}
    for number, official in owners.items():
        town = official.representations.get().municipality
        assign(adopted.points.get(number=number), Party.objects.of_municipality(town.pk), by=secretariat)
    clients = {official.pk: client_for(official) for official in owners.values()}

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(list(clients)), st.integers(0, 4), st.sampled_from(PointAction.values))
    def tried(who: int, number: int, action: str) -> None:
        written = ProgressEntry.objects.count()
        data = {"happened_on": "2024-07-10", "text": "Т", "version": _version(adopted, number)}
        clients[who].post(reverse("point_step", args=[adopted.slug, number, action]), data | {"result": "achieved"})
        is_own = number in owners and owners[number].pk == who
        assert is_own or ProgressEntry.objects.count() == written

    tried()
    assert set(ProgressEntry.objects.values_list("actor", "point__number")) <= {
        (official.pk, number) for number, official in owners.items()
    } | {(secretariat.pk, 1), (secretariat.pk, 2)}


def _version(resolution: Resolution, number: int) -> int:
    found = resolution.points.filter(number=number).first()
    return found.version if found else 1


def test_nobody_dates_a_step_on_a_day_when_it_was_somebody_elses(life: Life, kostroma_official: User) -> None:
    refused = life.tries(kostroma_official, "start", "2024-07-02")  # the secretariat's until 5 July
    assert refused.status_code == 422
    told = refused.content.decode().replace("\xa0", " ")
    assert "2 июля 2024 г. этот шаг мог сделать только ответственный: Секретариат Союза." in told


def test_a_person_may_be_responsible(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, arkhangelsk_official: User
) -> None:
    assign(point, Party.objects.of_user(arkhangelsk_official.pk), by=secretariat)
    life = Life(client_for, point)
    life.does(arkhangelsk_official, "start", "2024-07-10")
    assert len(waits(arkhangelsk_official)) == 1
    User.objects.filter(pk=arkhangelsk_official.pk).update(is_active=False)
    assert "никто не действует" in waits(secretariat)[0]


def test_the_secretariat_acts_for_others_and_says_on_what_ground(life: Life, secretariat: User) -> None:
    refused = life.tries(secretariat, "start", "2024-07-10")
    assert refused.status_code == 422
    assert "Напишите, на каком основании шаг вносится за другого: Кострома." in refused.content.decode()
    life.does(secretariat, "start", "2024-07-10", behalf_ground="по письму администрации")
    entry = life.point.progress.latest("pk")
    assert (entry.on_behalf_of, entry.behalf_ground) == ("Кострома", "по письму администрации")
    assert "За кого: Кострома. Основание: по письму администрации" in life.page(None)


def test_its_own_steps_need_no_ground(client_for: ClientFor, point: DecisionPoint, secretariat: User) -> None:
    instruct(point, by=secretariat)
    life = Life(client_for, point)
    assert "behalf_ground" not in life.form(secretariat, "start").fields
    life.does(secretariat, "start", "2024-07-10")
    assert life.point.progress.latest("pk").on_behalf_of == ""


def test_another_deadline_is_asked_for_and_granted(life: Life, kostroma_official: User, chair: User) -> None:
    life.does(kostroma_official, "request", "2024-08-01", text="Не хватает времени.", asked_due_on="2025-02-01")
    assert "запрошен другой срок: 1 февраля 2025 г." in life.page(None)
    assert life.form(chair, "extend")["due_on"].value() == dt.date(2025, 2, 1)
    assert life.tries(kostroma_official, "request", "2024-08-02", asked_due_on="2025-03-01").status_code == 422
    life.does(chair, "extend", "2024-08-05", text="Согласен.", due_on="2025-02-01", term_unit="calendar")
    assert (life.point.due_on, life.point.asked_due_on) == (dt.date(2025, 2, 1), None)


def test_another_deadline_is_refused(life: Life, kostroma_official: User, chair: User) -> None:
    assert life.tries(chair, "refuse", "2024-08-01").status_code == 422
    life.does(kostroma_official, "request", "2024-08-01", asked_due_on="2025-02-01")
    life.does(chair, "refuse", "2024-08-05", text="Срок прежний.")
    assert (life.point.due_on, life.point.asked_on) == (DUE, None)


@pytest.mark.parametrize("action", ["report", "cancel"])
def test_a_request_lapses(life: Life, secretariat: User, action: str) -> None:
    for taken in ("start", "request", action):
        point_step(life.point, taken, by=secretariat, on=dt.date(2024, 8, 1))
    assert life.point.asked_due_on is None


def test_a_request_needs_a_day_and_no_point_is_asked_without_a_deadline(
    life: Life, kostroma_official: User, chair: User, adopted: Resolution, secretariat: User
) -> None:
    for bad in ("", "2024-07-01", str(DUE)):
        assert life.tries(kostroma_official, "request", "2024-08-01", asked_due_on=bad).status_code == 422
    other = adopted.points.get(number=2)
    assign(other, Party.objects.of_user(kostroma_official.pk), by=secretariat)
    refused = Life(life.client_for, other).tries(kostroma_official, "request", "2024-08-01", asked_due_on="2025-01-01")
    assert refused.status_code == 422
    assert "Срок ещё не установлен" in refused.content.decode()


@pytest.mark.parametrize("named", [{"due_on": "2024-07-20"}, {"term_days": "10"}])
def test_no_deadline_lies_before_the_day_of_its_step(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, named: dict[str, str]
) -> None:
    said = {"responsible": "members", "controller": "body:board", "warn_days": "14", "term_unit": "calendar"}
    refused = Life(client_for, point).tries(secretariat, "instruct", "2024-08-01", **said | named)
    assert refused.status_code == 422
    assert "Срок не может быть раньше дня самого шага." in refused.content.decode()


def test_a_day_that_has_not_come_is_named_before_anything_is_measured_by_it(
    client_for: ClientFor, point: DecisionPoint, secretariat: User
) -> None:
    said = {"responsible": "members", "controller": "body:board", "warn_days": "14", "term_unit": "calendar"}
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    life = Life(client_for, point)
    refused = life.tries(secretariat, "instruct", str(tomorrow), due_on=str(timezone.localdate()), **said)
    assert refused.context["form"].errors == {"happened_on": ["Дата исполнения не может быть в будущем."]}
    early = life.tries(secretariat, "instruct", "2024-06-01", due_on="2024-05-01", **said)
    assert early.context["form"].errors == {"happened_on": ["Дата исполнения не может быть раньше даты решения."]}
