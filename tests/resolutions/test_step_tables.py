"""The tables of steps as data: every role in every state, and every forbidden step leaves no trace."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission, Role
from resolutions import access
from resolutions.acting import Actor
from resolutions.models import (
    LETTER_STEPS,
    POINT_STEPS,
    DecisionPoint,
    Letter,
    LetterAction,
    LetterState,
    LetterStep,
    NamedResult,
    NewEntry,
    PointAction,
    PointResult,
    PointState,
    ProgressEntry,
    Resolution,
    StepRefused,
)
from revisions.models import EditConflict
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, instruct, letter, point_step, step

pytestmark = pytest.mark.slow

# What a reader of the decision expects, written by hand: state -> the secretariat's open steps.
OPEN_POINT_STEPS = {
    "planned": {"note", "instruct", "start", "extend", "request", "measure", "cancel", "result"},
    "in_progress": {"note", "instruct", "report", "extend", "request", "measure", "cancel", "result"},
    "reported": {"note", "instruct", "close", "return_for_rework", "measure", "cancel", "result"},
    "closed": {"reopen", "result"},
    "cancelled": {"reopen"},
}
# The same of the chair, who controls; a city whose work it is has the rest of what is not the secretariat's own.
OF_THE_CHAIR = {"extend", "refuse", "close", "return_for_rework"}
OF_THE_RESPONSIBLE = {"note", "start", "report", "request"}
OPEN_LETTER_STEPS = {
    "draft": {"register", "annul"},
    "registered": {"send", "note", "annul"},
    "sent": {"deliver", "extend", "note"},
    "delivered": {"extend", "note"},
    "annulled": set(),
}
ROLES = ("stranger", "kostroma_official", "chair", "secretariat")


@pytest.fixture
def people(secretariat: User, chair: User, kostroma_official: User) -> dict[str, User | None]:
    return {
        "stranger": None,
        "kostroma_official": kostroma_official,
        "chair": chair,
        "secretariat": secretariat,
    }


# The way into each state.
POINT_WAYS = {
    "planned": (),
    "in_progress": ("start",),
    "reported": ("start", "report"),
    "closed": ("start", "report", "close"),
    "cancelled": ("cancel",),
}
LETTER_WAYS = {
    "draft": (),
    "registered": ("register",),
    "sent": ("register", "send"),
    "delivered": ("register", "send", "deliver"),
    "annulled": ("annul",),
}


def in_state(point: DecisionPoint, state: str) -> DecisionPoint:
    """A point with a deadline, brought to a state the way the secretariat would."""
    by = User.objects.get(role=Role.SECRETARIAT)
    instruct(point, by=by, due_on=DAY)
    for action in POINT_WAYS[state]:
        point_step(point, action, by=by)
    return DecisionPoint.objects.get(pk=point.pk)


def letter_in(resolution: Resolution, state: str) -> Letter:
    """A letter brought to a state the way the secretariat would."""
    by, found = User.objects.get(role=Role.SECRETARIAT), letter(resolution)
    for action in LETTER_WAYS[state]:
        details: dict[str, Any] = {"channel": "post"} if action == "send" else {}
        step(found, action, by=by, **details)
    return Letter.objects.get(pk=found.pk)


def test_the_tables_know_every_step_and_every_state() -> None:
    assert set(POINT_STEPS) == set(PointAction)
    assert set(LETTER_STEPS) == set(LetterAction)
    assert set(OPEN_POINT_STEPS) == set(PointState.values)
    assert set(OPEN_LETTER_STEPS) == set(LetterState.values)


@pytest.mark.parametrize(("state", "role"), list(product(PointState.values, ROLES)))
def test_steps_of_a_point_by_role_and_state(
    point: DecisionPoint, people: dict[str, User | None], client_for: ClientFor, state: str, role: str
) -> None:
    card, user = in_state(point, state), people[role]
    written = ProgressEntry.objects.count()
    theirs = {"secretariat": set(PointAction.values), "chair": OF_THE_CHAIR}.get(role, set())
    actor = Actor(user or AnonymousUser())
    opened = {action for action in PointAction if access.point_step_refusal(actor, card, action) is None}
    assert opened == OPEN_POINT_STEPS[state] & theirs
    for action in set(PointAction) - opened:
        address = reverse("point_step", args=[card.resolution.slug, card.number, action])
        answer = client_for(user).post(address, {"text": "Т", "happened_on": DAY, "version": card.version})
        assert answer.status_code == (302 if user is None else 422 if action in theirs else 403)
        told = answer.content.decode()
        assert user is None or str(access.point_step_refusal(actor, card, action)) in told
    assert ProgressEntry.objects.count() == written
    assert DecisionPoint.objects.get(pk=point.pk).version == card.version


@pytest.mark.parametrize(("state", "role"), list(product(LetterState.values, ROLES)))
def test_steps_of_a_letter_by_role_and_state(
    adopted: Resolution, people: dict[str, User | None], client_for: ClientFor, state: str, role: str
) -> None:
    found, user = letter_in(adopted, state), people[role]
    written = LetterStep.objects.count()
    by_role = {"secretariat": OPEN_LETTER_STEPS[state], "chair": {"sign"} if state == "registered" else set()}
    opened = {one for one in LetterAction if access.letter_step_refusal(user or AnonymousUser(), found, one) is None}
    assert opened == by_role.get(role, set())
    for action in set(LetterAction) - opened - {LetterAction.SIGN}:
        address = reverse("letter_step", args=[found.pk, action])
        answer = client_for(user).post(address, {"happened_on": DAY, "version": found.version, "text": "Т"})
        hidden = role == "kostroma_official" and state in ("draft", "annulled")
        assert answer.status_code == (302 if user is None else 404 if hidden else 403)
    assert LetterStep.objects.count() == written
    assert Letter.objects.get(pk=found.pk).state == state


@pytest.mark.parametrize("state", PointState.values)
def test_the_model_refuses_what_the_table_forbids(point: DecisionPoint, secretariat: User, state: str) -> None:
    card = in_state(point, state)
    named = NamedResult(PointResult.ACHIEVED)
    for action in set(PointAction.values) - OPEN_POINT_STEPS[state] - {"note", "measure"}:
        with pytest.raises(StepRefused):
            card.take_step(NewEntry(PointAction(action), DAY, "Т", named=named), version=card.version, by=secretariat)
    assert DecisionPoint.objects.get(pk=point.pk).state == state


@pytest.mark.parametrize("state", LetterState.values)
def test_the_letter_refuses_what_the_table_forbids(adopted: Resolution, secretariat: User, state: str) -> None:
    found = letter_in(adopted, state)
    for action in set(LetterAction.values) - OPEN_LETTER_STEPS[state] - {"sign", "note"}:
        with pytest.raises(StepRefused):
            found.take_step(LetterAction(action), happened_on=DAY, version=found.version, by=secretariat)
    assert Letter.objects.get(pk=found.pk).state == state


def test_every_refusal_is_a_sentence() -> None:
    for state, action in product(PointState, PointAction):
        refusal = POINT_STEPS[action].refusal(state, {})
        assert refusal is None or refusal.endswith(".") or state in ("closed", "cancelled")


def test_a_stale_page_changes_nothing(point: DecisionPoint, secretariat: User) -> None:
    with pytest.raises(EditConflict):
        point.take_step(NewEntry(PointAction.START, DAY, "Т"), version=point.version - 1, by=secretariat)
    assert not ProgressEntry.objects.exists()


def test_a_point_is_controlled_and_a_letter_is_signed_by_one_permission_each() -> None:
    assert {step.permission for step in POINT_STEPS.values()} == {Permission.CONTROL_POINTS}
    of_letters = {action: step.permission for action, step in LETTER_STEPS.items()}
    assert of_letters.pop(LetterAction.SIGN) == Permission.SIGN
    assert set(of_letters.values()) == {Permission.KEEP_LETTERS}
