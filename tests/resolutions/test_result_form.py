"""Naming the result of a point through the forms of its steps."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.models import DecisionPoint, PointAction, ProgressEntry
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import point_step
from tests.resolutions.outcomes import CLOSED, REPORTED, TODAY, appeal, go, shown

GROUND = {"behalf_ground": "по устному поручению"}

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def post(client: Client, point: DecisionPoint, action: str, **said: Any) -> Any:
    point.refresh_from_db()
    address = reverse("point_step", args=[point.resolution.slug, point.number, action])
    data = {"text": "Дело.", "happened_on": "2025-03-01", "version": point.version} | said
    return client.post(address, data)


@pytest.mark.parametrize(
    ("outcome", "said", "refused"),
    [
        ("refused", {"result": "refused"}, ""),
        ("refused", {"result": "achieved"}, "Портал предлагает по ответам другой результат"),
        ("refused", {"result": "achieved", "result_reason": "Закон принят."}, ""),
        ("refused", {"result": "achieved", "happened_on": "2025-02-28"}, ""),  # typed in late
        ("", {"result": "refused"}, "Портал ничего не предлагает"),
        ("", {"result": "refused", "result_reason": "Сказали по телефону."}, ""),
        ("refused", {"result": ""}, "Обязательное поле"),
        ("refused", {"result": "unnamed"}, "Выберите корректный вариант"),
    ],
)
def test_another_result_than_the_proposed_needs_its_reason(
    client: Client, appeal_point: DecisionPoint, secretariat: User, outcome: str, said: dict[str, str], refused: str
) -> None:
    with at(TODAY):
        if outcome:
            appeal(appeal_point, secretariat, outcome)
        point_step(appeal_point, "start", by=secretariat)
        answered = post(client, appeal_point, "report", **said)
    assert answered.status_code == (422 if refused else 302)
    assert refused in answered.content.decode()
    assert ProgressEntry.objects.filter(action=PointAction.REPORT).exists() != bool(refused)


def test_the_form_opens_with_what_is_proposed_and_then_with_what_was_reported(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        point_step(appeal_point, "start", by=secretariat)
        address = reverse("point_step", args=[appeal_point.resolution.slug, 2, "report"])
        form = client.get(address).context["form"]
        assert form["result"].value() == "refused"
        assert form["result"].help_text == "По ответам портал предлагает: отказано."
        post(client, appeal_point, "report", result="partly", result_reason="Обещали устно.")
        form = client.get(address.replace("report", "close")).context["form"]
    assert (form["result"].value(), form["result_reason"].value()) == ("partly", "Обещали устно.")


def test_whoever_accepts_a_result_accepts_its_reason(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, REPORTED, secretariat, "achieved", "Закон принят.")
        assert (
            post(client, appeal_point, "close", result="achieved", result_reason="Закон принят.", **GROUND).status_code
            == 302
        )
        assert shown(appeal_point).sentence == "Достигнуто (по ответам: отказано)"


def test_a_result_may_be_named_on_a_closed_point_and_on_no_cancelled_one(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        go(appeal_point, CLOSED, secretariat, "refused", "Так сказали.")
        assert post(client, appeal_point, "result", result="achieved").status_code == 422
        said = {"result": "achieved", "result_reason": "Закон принят."}
        assert post(client, appeal_point, "result", **said).status_code == 302
        assert shown(appeal_point).sentence == "Достигнуто"
        for action in ("reopen", "cancel"):
            point_step(appeal_point, action, by=secretariat, on=dt.date(2025, 3, 1))
        assert post(client, appeal_point, "result", **said).status_code == 422
    assert shown(appeal_point).label == "Отпало"
