"""Promises that name a point of a decision: what a room above brings, tried with a made-up one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices import naming_points
from municipalities.practices.models import Commitment
from municipalities.practices.naming_points import NamedPoint, NamingPoints
from tests.municipalities.practices.factory import promise, step
from tests.municipalities.practices.test_commitment_ledger import refused, void
from tests.municipalities.practices.test_commitment_pages import URL, send, take, text_of
from tests.municipalities.practices.test_promise_by_link import path
from tests.municipalities.practices.test_promise_by_link import send as send_by_link
from tests.municipalities.surveys.factory import a_round, response_of

pytestmark = pytest.mark.django_db


class Points:
    """A room that knows two points, and remembers what it was told."""

    def __init__(self) -> None:
        self.named: dict[int, str] = {}
        self.told_of: list[tuple[int, str]] = []
        self.refuses = ""

    def choices(self, municipality: Municipality) -> list[tuple[str, str]]:
        return [("1", f"Пункт 1, {municipality.name}"), ("2", "Пункт 2")] if municipality.slug != "kostroma" else []

    def tie(self, commitment: Any, key: str) -> None:
        if key == "2":
            raise ValidationError({"point": "Пункт снят с контроля."})
        self.named[commitment.pk] = key

    def points(self) -> list[tuple[str, str]]:
        return [(key, f"Пункт {key}") for key in sorted(set(self.named.values()))]

    def told(self, commitments: Any) -> dict[int, NamedPoint]:
        keys = {one.pk for one in commitments}
        return {pk: NamedPoint(key, f"Пункт {key}", f"/points/{key}/") for pk, key in self.named.items() if pk in keys}

    def changed(self, commitment: Any) -> None:
        if self.refuses:
            raise ValidationError(self.refuses)
        self.told_of.append((commitment.pk, commitment.state))


@pytest.fixture
def nothing_brought(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the room above brought is forgotten for one test, and there again after it."""
    monkeypatch.setattr(naming_points, "_brought", [])
    yield


@pytest.fixture
def points(nothing_brought: None) -> Points:
    """A room above, there for one test."""
    made = Points()
    naming_points.bring(NamingPoints(made.choices, made.tie, made.points, made.told, made.changed))
    return made


@pytest.mark.usefixtures("nothing_brought")
def test_without_a_room_that_knows_of_points_nobody_is_asked(other: Client, arkhangelsk: Municipality) -> None:
    assert 'name="point"' not in text_of(other.get(f"{URL}add/arkhangelsk/"))
    assert promise(arkhangelsk, point="1").state == "open"
    assert "Пункт решения" not in text_of(other.get(URL))


def test_a_promise_names_a_point(other: Client, points: Points, arkhangelsk: Municipality) -> None:
    assert "Пункт 1, Архангельск" in text_of(other.get(f"{URL}add/arkhangelsk/"))
    send(other, point="1")
    made = Commitment.objects.get()
    assert (points.named, points.told_of) == ({made.pk: "1"}, [(made.pk, "open")])
    link = '<a href="/points/1/">Пункт 1</a>'
    assert link in text_of(Client().get(made.get_absolute_url()))
    promise(arkhangelsk, "Без пункта")
    assert text_of(Client().get(URL)).count(link) == 1
    found = Client().get(URL, {"point": "1"})
    assert [line.row.commitment for line in found.context["listing"].lines] == [made]
    assert [(chip.label, chip.value) for chip in found.context["listing"].chips()] == [("Пункт решения", "Пункт 1")]
    assert Client().get(URL, {"point": "2"}).status_code == 422


def test_what_cannot_be_named_is_refused_and_nothing_is_written(other: Client, points: Points) -> None:
    answer = send(other, point="2")
    assert (answer.status_code, Commitment.objects.count()) == (422, 0)
    assert "Пункт снят с контроля." in text_of(answer)
    assert send(other, point="3").status_code == 422


def test_a_promise_by_link_names_a_point_too(points: Points, arkhangelsk: Municipality, secretariat: User) -> None:
    response = response_of(a_round(arkhangelsk, opened_by=secretariat), arkhangelsk)
    assert "Пункт 1, Архангельск" in text_of(Client().get(path(response)))
    assert send_by_link(response, point="1").status_code == 302
    assert points.named == {Commitment.objects.get().pk: "1"}
    assert points.told_of == [(Commitment.objects.get().pk, "waiting")]


def test_who_has_nothing_to_name_is_not_asked(owner: Client, points: Points) -> None:
    assert 'name="point"' not in text_of(owner.get(f"{URL}add/kostroma/"))


def test_each_step_and_voiding_is_told(points: Points, arkhangelsk: Municipality, secretariat: User) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-05-01")
    void(made, "kept", secretariat)
    void(made, "made", secretariat)
    assert [state for _, state in points.told_of] == ["open", "kept", "open", ""]


def test_what_the_room_above_refuses_is_not_written(
    other: Client, points: Points, arkhangelsk: Municipality, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    points.refuses = "По пункту уже доложено."
    answer = take(other, made, "kept")
    assert answer.status_code == 422
    assert "По пункту уже доложено." in text_of(answer)
    with refused("уже доложено"):
        void(made, "made", secretariat)
    assert (made.steps.count(), Commitment.objects.get().state) == (1, "open")


def test_a_refusal_about_a_field_that_is_not_there_stands_above(other: Client, points: Points) -> None:
    def tie(commitment: Any, key: str) -> None:
        raise ValidationError({"elsewhere": "Нельзя."})

    naming_points.bring(NamingPoints(points.choices, tie, points.points, points.told, points.changed))
    answer = send(other, point="1")
    assert answer.status_code == 422
    assert "Нельзя." in text_of(answer)
