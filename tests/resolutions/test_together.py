"""`…/points/<n>/<step>/`: what follows a step at once is typed with it, and written as one."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from resolutions.forms.together import BEFORE_THE_FIRST
from resolutions.models import DecisionPoint, Instruction, Party, Resolution
from resolutions.models.point import UNDER_DRAFT
from tests.conftest import ClientFor
from tests.meanwhile import meanwhile
from tests.resolutions.factory import PDF, point_step
from tests.resolutions.steps import Life, assign, step_url

pytestmark = pytest.mark.slow

BY_WORD = {"behalf_ground": "по устному поручению"}


def then(*steps: tuple[str, str], **said: Any) -> dict[str, Any]:
    """What follows at once, as the form sends it: steps with their days; what else the last of them says."""
    data: dict[str, Any] = {}
    prefix = ""
    for action, on in steps:
        data[f"{prefix}then"] = action
        prefix = f"{prefix}{action}-"
        data |= {f"{prefix}happened_on": on, f"{prefix}text": f"Затем {action}."}
        data |= {f"{prefix}result": "achieved", f"{prefix}behalf_ground": "протокол № 5"}
    return data | {f"{prefix}{name}": value for name, value in said.items()}


@pytest.fixture
def life(client_for: ClientFor, point: DecisionPoint, secretariat: User) -> Life:
    """A point that was begun in July and reported in December; what was between was not typed."""
    assign(point, Party.objects.outside("Минстрой России"), by=secretariat, due_on=dt.date(2024, 12, 1))
    point_step(point, "start", by=secretariat)
    point_step(point, "report", by=secretariat, on=dt.date(2024, 12, 1))
    return Life(client_for, point)


def said(response: Any) -> str:
    found: str = response.content.decode().replace("\xa0", " ")
    return found


def actions(life: Life) -> list[str]:
    return [one.action for one in life.point.progress.in_force().order_by("happened_on", "pk")]


REPORT = {"result": "achieved", **BY_WORD}
CHAINS: list[tuple[str, dict[str, Any], tuple[tuple[str, str], ...], dict[str, Any]]] = [
    ("report", REPORT, (("return_for_rework", "2024-09-02"),), {}),
    ("report", REPORT, (("close", "2024-09-02"), ("reopen", "2024-09-03")), {}),
    ("cancel", {}, (("reopen", "2024-09-02"),), {}),
]


@pytest.mark.parametrize(("action", "first", "steps", "last"), CHAINS)
def test_what_is_impossible_alone_is_possible_together(
    life: Life, secretariat: User, action: str, first: dict[str, Any], steps: Any, last: dict[str, Any]
) -> None:
    alone = life.tries(secretariat, action, "2024-09-01", **first)
    assert alone.status_code == 422
    assert "более поздняя запись «Доложено об исполнении» от 1 декабря 2024 г." in said(alone)
    life.does(secretariat, action, "2024-09-01", **first, **then(*steps, **last))
    assert actions(life) == ["instruct", "start", action, *(one for one, _ in steps), "report"]
    assert life.point.state == "reported"


@pytest.mark.parametrize(("follows", "due"), [("extend", dt.date(2025, 2, 1)), ("refuse", dt.date(2024, 12, 1))])
def test_a_request_is_typed_with_its_answer(life: Life, secretariat: User, follows: str, due: dt.date) -> None:
    asked = {"asked_due_on": "2025-02-01", **BY_WORD}
    more = {"due_on": "2025-02-01", "term_unit": "calendar"} if follows == "extend" else {}
    life.does(secretariat, "request", "2024-09-01", **asked, **then((follows, "2024-09-02"), **more))
    assert actions(life) == ["instruct", "start", "request", follows, "report"]
    assert life.point.due_on == due


def test_each_step_says_what_it_says_and_for_whom(life: Life, secretariat: User) -> None:
    file = SimpleUploadedFile("Замечания.pdf", PDF)
    life.does(
        secretariat,
        "report",
        "2024-09-01",
        **REPORT,
        **then(("return_for_rework", "2024-09-02"), text="Доделать.", attachments=[file]),
    )
    reported, returned = (
        life.point.progress.get(action=one, happened_on__lt="2024-10-01") for one in ("report", "return_for_rework")
    )
    assert (returned.text, returned.on_behalf_of, returned.behalf_ground) == (
        "Доделать.",
        "Председатель Союза",
        "протокол № 5",
    )
    assert (reported.on_behalf_of, reported.behalf_ground) == ("Минстрой России", "по устному поручению")
    assert [one.name for one in returned.files.all()] == ["Замечания.pdf"]
    assert not reported.files.exists()


def test_both_are_told_when_they_are_written(life: Life, secretariat: User, client_for: ClientFor) -> None:
    client, found = client_for(secretariat), life.point
    data = {"happened_on": "2024-09-01", "text": "Сделано.", "version": found.version}
    data |= REPORT | then(("return_for_rework", "2024-09-02"))
    shown = said(client.post(step_url(found, "report"), data, follow=True))
    assert "Записано: доложить об исполнении, вернуть на доработку." in shown


def test_they_stand_side_by_side_within_a_day(life: Life, secretariat: User) -> None:
    later = life.point.progress.get(action="report")
    life.does(
        secretariat, "report", "2024-12-01", **REPORT, before=later.pk, **then(("return_for_rework", "2024-12-01"))
    )
    assert [one.action for one in life.point.progress.in_force()][:3] == ["report", "return_for_rework", "report"]
    assert life.point.progress.in_force().first() == later


def test_what_follows_is_placed_within_another_day(life: Life, secretariat: User) -> None:
    later = life.point.progress.get(action="report")
    follows = then(("return_for_rework", "2024-12-01"))
    assert life.tries(secretariat, "report", "2024-09-01", **REPORT, **follows).status_code == 422
    life.does(secretariat, "report", "2024-09-01", **REPORT, **follows, **{"return_for_rework-before": later.pk})
    assert life.point.progress.in_force().first() == later


# --- bad input ---


def errors_of(response: Any, *path: int) -> dict[str, list[str]]:
    """What the form of a step says that follows, by its places among those that may."""
    steps = response.context["steps"]
    for place in path:
        steps = steps.followers[place]
    return {name: [str(one) for one in errors] for name, errors in steps.form.errors.items()}


def test_all_errors_stand_beside_their_fields_and_nothing_is_lost(life: Life, secretariat: User) -> None:
    follows = then(("close", "2024-09-02"), ("reopen", "давно"), text="Вернули.") | {"close-text": ""}
    response = life.tries(secretariat, "report", "2024-09-01", text="", **follows)
    assert response.status_code == 422
    assert "text" in errors_of(response)
    assert "text" in errors_of(response, 1)
    assert "happened_on" in errors_of(response, 1, 0)
    for kept in ("Вернули.", 'value="давно"', "протокол № 5", 'value="close" id="id_then_2" checked'):
        assert kept in said(response)
    assert actions(life) == ["instruct", "start", "report"]


def test_what_is_not_chosen_is_neither_judged_nor_written_and_yet_kept(life: Life, secretariat: User) -> None:
    follows = {"then": "", "close-happened_on": "давно", "close-then": "reopen", "close-reopen-text": "Вернули."}
    response = life.tries(secretariat, "report", "2024-09-01", **REPORT, **follows)
    assert response.status_code == 422  # the later report
    assert errors_of(response, 1) == errors_of(response, 1, 0) == {}
    for kept in ('value="давно"', "Вернули.", 'value="reopen" id="id_close-then_1" checked'):
        assert kept in said(response)
    life.does(secretariat, "cancel", "2024-09-01", **then(("reopen", "2024-09-02")))


def test_what_follows_does_not_come_first(life: Life, secretariat: User) -> None:
    response = life.tries(secretariat, "report", "2024-09-02", **REPORT, **then(("return_for_rework", "2024-09-01")))
    assert errors_of(response, 0) == {"happened_on": [BEFORE_THE_FIRST]}


def test_a_first_day_that_is_none_is_said_once(life: Life, secretariat: User) -> None:
    response = life.tries(secretariat, "report", "давно", **REPORT, **then(("return_for_rework", "2024-09-01")))
    assert "happened_on" in errors_of(response)
    assert errors_of(response, 0) == {}


def test_a_refusal_stands_beside_the_day_of_the_step_that_it_is_about(life: Life, secretariat: User) -> None:
    """Reported, closed and not put back: the report of December is impossible because of the closing."""
    response = life.tries(secretariat, "report", "2024-09-01", **REPORT, **then(("close", "2024-09-02")))
    (sentence,) = errors_of(response, 1)["happened_on"]
    assert sentence.replace("\xa0", " ").startswith(
        "Станет невозможной более поздняя запись «Доложено об исполнении» от 1 декабря 2024 г."
    )
    assert errors_of(response) == {}
    response = life.tries(secretariat, "report", "2024-07-01", **REPORT, **then(("return_for_rework", "2024-09-02")))
    assert errors_of(response)["happened_on"][0].replace("\xa0", " ").startswith("На 1 июля 2024 г.: доложить можно")
    ahead = then(("return_for_rework", "2999-01-01"))
    response = life.tries(secretariat, "report", "2024-09-01", **REPORT, **ahead)
    assert errors_of(response, 0) == {"happened_on": ["Дата исполнения не может быть в будущем."]}


def test_the_same_deadline_is_said_beside_the_deadline(life: Life, secretariat: User) -> None:
    asked = {"asked_due_on": "2025-02-01", **BY_WORD}
    follows = then(("extend", "2024-09-02"), due_on="2024-12-01", term_unit="calendar")
    response = life.tries(secretariat, "request", "2024-09-01", **asked, **follows)
    assert list(errors_of(response, 0)) == ["due_on"]
    response = life.tries(secretariat, "request", "2024-09-01", **asked | {"asked_due_on": "2024-12-01"})
    assert list(errors_of(response)) == ["asked_due_on"]


def test_the_second_writer_keeps_everything(life: Life, secretariat: User) -> None:
    follows = then(("return_for_rework", "2024-09-02"), text="Доделать.")
    response = life.tries(secretariat, "report", "2024-09-01", **REPORT, **follows, version=1)
    assert response.status_code == 409
    assert "Доделать." in said(response)
    assert 'value="return_for_rework" id="id_then_1" checked' in said(response)
    assert f'name="version" value="{life.point.version}"' in said(response)


# --- whose step it is ---


@pytest.fixture
def own(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality, kostroma_official: User
) -> Life:
    """Кострома carries out, and who speaks for it controls as a person."""
    party, person = Party.objects.of_municipality(kostroma.pk), Party.objects.of_user(kostroma_official.pk)
    assign(point, party, by=secretariat, controller=person, due_on=dt.date(2024, 12, 1))
    point_step(point, "start", by=secretariat)
    return Life(client_for, point)


def offered(life: Life, who: User, action: str) -> list[str]:
    """What somebody may choose to follow a step."""
    steps = life.client_for(who).get(step_url(life.point, action)).context["steps"]
    return [one.form.action for one in steps.followers]


def test_who_may_not_take_what_follows_is_not_offered_it(
    own: Life, secretariat: User, chair: User, kostroma_official: User, kostroma: Municipality
) -> None:
    assert offered(own, secretariat, "note") == []
    for who in (kostroma_official, secretariat):
        assert offered(own, who, "report") == ["return_for_rework", "close"]
    assert offered(own, kostroma_official, "close") == []
    assign(own.point, Party.objects.of_municipality(kostroma.pk), by=secretariat)  # and the chair controls
    assert offered(own, kostroma_official, "report") == []
    assert "И сразу за ним" not in said(own.client_for(kostroma_official).get(step_url(own.point, "report")))
    assert offered(own, chair, "close") == []


def test_who_may_not_take_what_follows_does_not_send_it_either(own: Life, kostroma_official: User) -> None:
    follows = then(("close", "2024-09-02"), ("reopen", "2024-09-03"), text="Набрано.")
    response = own.tries(kostroma_official, "report", "2024-09-01", result="achieved", **follows)
    assert response.status_code == 422
    assert "Это делает секретариат Союза." in said(response)
    assert "Набрано." in said(response)
    assert own.point.state == "in_progress"


def test_who_may_no_more_gets_back_what_they_typed_of_each_step(
    own: Life, secretariat: User, kostroma_official: User
) -> None:
    def taken_away() -> None:
        point_step(
            own.point, "instruct", by=secretariat, instruction=Instruction(responsible=Party.objects.outside("Другой"))
        )

    follows = then(("return_for_rework", "2024-09-02"), text="Доделать.")
    with meanwhile(DecisionPoint, "take_steps", taken_away):
        response = own.tries(kostroma_official, "report", "2024-09-01", text="Сделали.", result="achieved", **follows)
    assert response.status_code == 403
    assert "Сделали." in said(response)
    assert "Доделать." in said(response)


def test_what_is_about_none_of_the_steps_stands_above_them(life: Life, secretariat: User) -> None:
    """The decision became a draft again while the form was sent."""

    def reopened() -> None:
        Resolution.objects.filter(pk=life.point.resolution_id).update(status="draft")

    with meanwhile(DecisionPoint, "take_steps", reopened):
        response = life.tries(secretariat, "note", "2024-09-01", **BY_WORD)
    assert response.status_code == 422
    assert errors_of(response) == {"__all__": [UNDER_DRAFT]}


def test_the_reason_of_a_result_is_said_once(client_for: ClientFor, adopted: Resolution, secretariat: User) -> None:
    point = adopted.points.get(number=2)  # an appeal: the portal proposes nothing yet
    point_step(point, "start", by=secretariat)
    today = timezone.localdate().isoformat()
    life, named = Life(client_for, point), {"result": "partly", "result_reason": "Поддержали на словах."}
    other = then(("close", today), result="refused")
    assert life.tries(secretariat, "report", today, **named, **other).status_code == 422
    life.does(secretariat, "report", today, **named, **then(("close", today), result="partly"))
    assert (life.point.state, life.point.result_reason) == ("closed", "Поддержали на словах.")
