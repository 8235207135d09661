"""Whose work a point is: who may take which step, for whom, and what waits for exactly whom."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from resolutions.due import tasks_for
from resolutions.models import (
    Correspondent,
    DecisionPoint,
    Instruction,
    NewIncoming,
    Party,
    PointAction,
    PointState,
    ProgressEntry,
    Resolution,
    UnionBody,
    register_incoming,
)
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.resolutions.factory import instruct, point_step, upload
from tests.resolutions.steps import Life, assign, step_url

pytestmark = pytest.mark.django_db

DUE = dt.date(2024, 12, 27)


@pytest.fixture
def life(client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality) -> Life:
    """A point that is Кострома's work, controlled by the chair."""
    assign(point, Party.objects.of_municipality(kostroma.pk), by=secretariat, due_on=DUE)
    return Life(client_for, point)


def waits(user: User, on: dt.date = dt.date(2024, 9, 1)) -> list[str]:
    """What somebody has to do about point 1."""
    return [one.why for one in tasks_for(user, on) if one.key.startswith("point-") and one.url.endswith("/1/")]


# --- a city reports its own assignment, the chair accepts ---


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


# --- on behalf ---


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


# --- another deadline ---


def test_another_deadline_is_asked_for_and_granted(life: Life, kostroma_official: User, chair: User) -> None:
    life.does(kostroma_official, "request", "2024-08-01", text="Не хватает времени.", asked_due_on="2025-02-01")
    assert "запрошен другой срок: 1 февраля 2025 г." in life.page(None)
    assert life.form(chair, "extend")["due_on"].value() == dt.date(2025, 2, 1)
    assert life.tries(kostroma_official, "request", "2024-08-02", asked_due_on="2025-03-01").status_code == 403
    life.does(chair, "extend", "2024-08-05", text="Согласен.", due_on="2025-02-01", term_unit="calendar")
    assert (life.point.due_on, life.point.asked_due_on) == (dt.date(2025, 2, 1), None)


def test_another_deadline_is_refused(life: Life, kostroma_official: User, chair: User) -> None:
    assert life.tries(chair, "refuse", "2024-08-01").status_code == 403
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
    assert refused.status_code == 403
    assert "Срок ещё не установлен" in refused.content.decode()


@pytest.mark.parametrize("named", [{"due_on": "2024-07-20"}, {"term_days": "10"}])
def test_no_deadline_lies_before_the_day_of_its_step(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, named: dict[str, str]
) -> None:
    said = {"responsible": "members", "controller": "body:board", "warn_days": "14", "term_unit": "calendar"}
    refused = Life(client_for, point).tries(secretariat, "instruct", "2024-08-01", **said | named)
    assert refused.status_code == 422
    assert "Срок не может быть раньше дня самого шага." in refused.content.decode()


# --- what waits, for exactly whom ---


def test_a_point_waits_for_exactly_one_side(
    life: Life, secretariat: User, chair: User, kostroma_official: User, arkhangelsk_official: User
) -> None:
    people = (secretariat, chair, kostroma_official, arkhangelsk_official)

    def waiting() -> list[User]:
        return [one for one in people if waits(one)]

    assert waiting() == [kostroma_official]
    life.does(kostroma_official, "request", "2024-08-01", asked_due_on="2025-02-01")
    assert waiting() == [chair]
    assert waits(chair)[0].startswith("Запрошен другой срок – до 1")
    life.does(chair, "refuse", "2024-08-02")
    for action in ("start", "report"):
        point_step(life.point, action, by=kostroma_official, on=dt.date(2024, 8, 3))
    assert waits(chair) == ["Доложено об исполнении: снимите с контроля или верните на доработку"]
    assert waiting() == [chair]


@pytest.mark.parametrize("kind", ["outside", "without_people", "board"])
def test_what_nobody_here_acts_for_waits_for_the_secretariat(
    point: DecisionPoint, secretariat: User, kostroma: Municipality, kind: str
) -> None:
    parties: dict[str, Callable[[], Party]] = {
        "outside": lambda: Party.objects.outside("Минстрой России"),
        "without_people": lambda: Party.objects.of_municipality(kostroma.pk),
        "board": lambda: Party.objects.of_body(UnionBody.BOARD),
    }
    assign(point, parties[kind](), by=secretariat, due_on=DUE)
    (why,) = waits(secretariat)
    assert "в портале за эту сторону никто не действует" in why


def test_what_all_members_do_is_the_secretariats_to_report(point: DecisionPoint, secretariat: User) -> None:
    assign(point, Party.objects.all_members(), by=secretariat, due_on=DUE)
    assert waits(secretariat) == ["Не начато: доложите, когда будет исполнено"]


def test_whose_people_left_the_portal_is_the_secretariats(
    life: Life, secretariat: User, kostroma_official: User
) -> None:
    assert waits(secretariat) == []
    Representative.objects.all().delete()
    assert len(waits(secretariat)) == 1
    assert waits(kostroma_official) == []


# --- the form ---


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"responsible": "outside"}, "Напишите название органа."),
        ({"responsible": "members", "responsible_name": "Минстрой"}, "только когда выбран сторонний орган"),
        ({"responsible": "municipality:999999"}, "Такого выбора больше нет"),
        ({"responsible": "body:king"}, "Такого выбора больше нет"),
        ({"controller": ""}, "Обязательное поле"),
    ],
)
def test_a_party_that_makes_no_sense_is_refused(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, said: dict[str, str], sentence: str
) -> None:
    usual = {"responsible": "body:secretariat", "controller": "body:chair", "warn_days": "14", "term_unit": "calendar"}
    refused = Life(client_for, point).tries(secretariat, "instruct", "2024-07-05", **usual | said)
    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    assert not Party.objects.filter(kind="outside").exists()


def test_each_kind_of_party_is_chosen_in_the_browser(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality, kostroma_official: User
) -> None:
    life = Life(client_for, point)
    chosen = {
        "body:board": "Правление Союза",
        "members": "Все члены Союза",
        f"municipality:{kostroma.pk}": "Кострома",
        f"user:{kostroma_official.pk}": "К.К. Костромин",
        "outside": "Минстрой России",
    }
    for code, called in chosen.items():
        name = called if code == "outside" else ""
        said = {"responsible": code, "responsible_name": name, "controller": "body:chair", "controller_name": ""}
        life.does(secretariat, "instruct", "2024-07-05", warn_days="14", term_unit="calendar", **said)
        assert (str(life.point.responsible), life.point.responsible_name) == (called, called)
        assert called in life.page(None)
        form = life.form(secretariat, "instruct")
        assert (form["responsible"].value(), form["responsible_name"].value()) == (code, name)
    assert (
        life.tries(secretariat, "instruct", "2024-07-05", **_as_shown(form) | {"term_unit": "calendar"}).status_code
        == 302
    )


def _as_shown(form: Any) -> dict[str, Any]:
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value not in (None, [])}


def test_who_is_offered_no_more_stays_chosen(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    assign(point, Party.objects.of_user(kostroma_official.pk), by=secretariat)
    User.objects.filter(pk=kostroma_official.pk).update(is_active=False)
    shown: Client = client_for(secretariat)
    page = shown.get(step_url(point, "instruct")).content.decode()
    assert f'<option value="user:{kostroma_official.pk}" selected>К.К. Костромин</option>' in page


def test_before_anybody_is_instructed_the_secretariat_carries_out_and_the_chair_controls(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, chair: User
) -> None:
    life = Life(client_for, point)
    assert "Секретариат Союза (до поручения)" in life.page(None)
    for action in ("start", "report"):
        life.does(secretariat, action, "2024-07-10", result="achieved")
    life.does(chair, "close", "2024-07-12", text="Исполнено.", result="achieved")
    assert life.point.state == PointState.CLOSED


def test_of_two_cities_each_has_its_own(
    client_for: ClientFor, adopted: Resolution, secretariat: User, kostroma_official: User
) -> None:
    pskov = city("Псков", 58701000)
    official = User.objects.create_user("pskov@example.org", name="П.П. Псковский", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=pskov)
    assign(adopted.points.get(number=1), Party.objects.of_municipality(pskov.pk), by=secretariat)
    assert (len(waits(official)), waits(kostroma_official)) == (1, [])


# --- nothing waits for nobody, nothing typed is lost ---


def test_a_representative_with_another_role_acts_for_nobody_and_the_secretariat_is_told(
    life: Life, secretariat: User, kostroma_official: User
) -> None:
    User.objects.filter(pk=kostroma_official.pk).update(role=Role.CHAIR)
    assert len(waits(secretariat)) == 1


def test_a_municipality_that_was_withdrawn_is_the_secretariats(
    life: Life, secretariat: User, kostroma_official: User, kostroma: Municipality
) -> None:
    Municipality.objects.filter(pk=kostroma.pk).update(is_listed=False)
    assert waits(kostroma_official) == []
    assert len(waits(secretariat)) == 1


def test_an_appeal_that_is_a_citys_work_is_written_by_the_secretariat(
    client_for: ClientFor, appeal_point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    town = kostroma_official.representations.get().municipality
    assign(appeal_point, Party.objects.of_municipality(town.pk), by=secretariat)
    keys = {one.key: one.why for one in tasks_for(secretariat, dt.date(2024, 9, 1))}
    assert keys[f"letterless-{appeal_point.pk}"] == "Обращения нет: составьте его"
    client_for(secretariat).post(reverse("point_appeal", args=[appeal_point.resolution.slug, 2]))
    assert f"letterless-{appeal_point.pk}" not in {one.key for one in tasks_for(secretariat, dt.date(2024, 9, 1))}


def test_whoever_comes_too_late_gets_back_what_they_typed(
    life: Life, kostroma_official: User, secretariat: User
) -> None:
    for action in ("start", "report"):
        point_step(life.point, action, by=secretariat, on=dt.date(2024, 8, 1))
    late = life.tries(kostroma_official, "report", "2024-08-02", text="Мы всё сделали.", obstacles="Дожди.")
    assert late.status_code == 403
    page = late.content.decode()
    for told in ("Мы всё сделали.", "Дожди.", "Что вы набрали", "Доложить можно о пункте, который в работе"):
        assert told in page
    Representative.objects.all().delete()
    gone = life.tries(kostroma_official, "note", "2024-08-02", text="Мы всё сделали.")
    assert (gone.status_code, "Мы всё сделали." in gone.content.decode()) == (403, True)


def test_a_conflict_that_ends_the_right_to_the_step_gives_the_text_back(
    life: Life, kostroma_official: User, secretariat: User, arkhangelsk: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = life.point.version - 1
    refusals = iter([None, "Этот шаг делает другой."])
    monkeypatch.setattr("resolutions.access.point_step_refusal", lambda *asked: next(refusals))
    answer = life.tries(kostroma_official, "note", "2024-08-02", text="Мы всё сделали.", version=stale)
    assert answer.status_code == 403
    assert "Мы всё сделали." in answer.content.decode()


def test_a_form_that_comes_back_says_that_its_files_are_lost(life: Life, kostroma_official: User) -> None:
    said = {"text": "", "attachments": upload().file}
    page = life.tries(kostroma_official, "note", "2024-08-02", **said).content.decode()
    assert "приложите их заново" in page


def test_a_lifted_deadline_answers_the_request_for_another_one(life: Life, secretariat: User) -> None:
    point_step(life.point, "request", by=secretariat, on=dt.date(2024, 8, 1))
    lifted = Instruction(lifts_due=True)
    point_step(life.point, "instruct", by=secretariat, on=dt.date(2024, 8, 2), instruction=lifted)
    assert (life.point.due_on, life.point.asked_due_on) == (None, None)


def test_an_instruction_says_whom_it_names_whatever_note_stands_with_it(life: Life) -> None:
    entry = life.point.progress.get()
    assert entry.text == "Сделано."
    assert "Ответственный: Кострома; контролирует: Председатель Союза; срок: 27 декабря 2024 г." in life.page(None)


def test_for_whom_and_on_what_ground_stands_in_the_report_too(
    life: Life, secretariat: User, client_for: ClientFor
) -> None:
    life.does(secretariat, "start", "2024-07-10", behalf_ground="по письму № 7")
    address = reverse("execution", args=[life.point.resolution.slug])
    page = client_for(None).get(address).content.decode().replace("\xa0", " ")
    assert "За кого: Кострома. Основание: по письму № 7" in page


def test_a_note_about_an_incoming_letter_stays_about_it_when_it_is_corrected(
    client_for: ClientFor, point: DecisionPoint, secretariat: User
) -> None:
    came = register_incoming(
        NewIncoming(dt.date(2024, 8, 1), Correspondent.objects.named("Минстрой"), text="Письмо."),
        by=secretariat,
        note_on=point,
    )
    note, client = ProgressEntry.objects.get(), client_for(secretariat)
    point.refresh_from_db()
    voided = {"reason": "Не то.", "version": point.version, "replaces": "on", "right-version": point.version}
    right = {"right-text": "Пришло письмо.", "right-happened_on": "2024-08-01"}
    address = reverse("point_void", args=[point.resolution.slug, 1, note.pk])
    assert client.post(address, voided | right).status_code == 302
    assert ProgressEntry.objects.in_force().get().incoming == came
