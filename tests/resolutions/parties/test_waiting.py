"""What waits about points, for exactly whom; nothing waits for nobody, and nothing typed is lost."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

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
    ProgressEntry,
    UnionBody,
    register_incoming,
)
from tests.conftest import ClientFor
from tests.resolutions.factory import point_step, upload
from tests.resolutions.parties.helpers import DUE, waits
from tests.resolutions.steps import Life, assign, step_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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
    assert late.status_code == 422
    page = late.content.decode()
    for told in (
        "Мы всё сделали.",
        "Дожди.",
        "Сейчас этот шаг недоступен",
        "можно о пункте, который в работе",
    ):
        assert told in page
    page = life.tries(kostroma_official, "report", "2024-08-02", result="achieved").content.decode()
    assert page.lower().count("доложить можно о пункте, который в работе") == 1
    opened = life.client_for(kostroma_official).get(step_url(life.point, "report")).content.decode()
    assert "Сейчас этот шаг недоступен. Доложить можно о пункте" in opened
    Representative.objects.all().delete()
    gone = life.tries(kostroma_official, "note", "2024-08-02", text="Мы всё сделали.")
    assert (gone.status_code, "Мы всё сделали." in gone.content.decode()) == (403, True)


def test_a_conflict_that_ends_the_right_to_the_step_gives_the_text_back(
    life: Life, kostroma_official: User, secretariat: User, arkhangelsk: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = life.point.version - 1
    refusals = iter([None, "Этот шаг делает другой."])
    monkeypatch.setattr("resolutions.access.point_entry_refusal", lambda *asked: next(refusals))
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


def test_what_was_done_before_is_written_down_late_whatever_the_state_is_now(
    life: Life, kostroma_official: User, chair: User
) -> None:
    for action, day in (("start", "2024-07-10"), ("report", "2024-09-10")):
        life.does(kostroma_official, action, day)
    assert "Внести за прошедший день: Попросить другой срок" in " ".join(
        strip_tags(life.page(kostroma_official)).split()
    )
    asked = life.form(kostroma_official, "request")
    assert "asked_due_on" in asked.fields
    refused = life.tries(kostroma_official, "request", "2024-09-12", asked_due_on="2025-02-01")
    assert (refused.status_code, "Об исполнении уже доложено" in refused.content.decode()) == (422, True)
    life.does(kostroma_official, "request", "2024-08-01", asked_due_on="2025-02-01")
    life.does(chair, "extend", "2024-08-05", text="Согласен.", due_on="2025-02-01", term_unit="calendar")
    life.does(chair, "close", "2024-09-20", text="Исполнено.", result="achieved")
    life.does(kostroma_official, "note", "2024-08-20", text="Закупили.")
    late = life.tries(kostroma_official, "note", "2024-09-21", text="Ещё закупили.")
    assert (late.status_code, "сначала верните его на контроль" in late.content.decode()) == (422, True)
    assert [one.action for one in reversed(life.point.progress.in_force())] == [
        "instruct", "start", "request", "extend", "note", "report", "close",
    ]  # fmt: skip
