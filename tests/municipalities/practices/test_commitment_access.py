"""Whose promises are whose, over cities, promises and steps at random."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.access import commitment_refusal, visible_commitments
from municipalities.practices.models import Commitment, CommitmentAction, CommitmentStep
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.practices.factory import promise, step
from tests.municipalities.practices.test_commitment_pages import URL, take

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STATES = ("waiting", "open", "kept", "dropped")


@pytest.fixture
def everything(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    """Three cities with a promise in each state."""
    for one in (kostroma, arkhangelsk, city("Псков", 58701000)):
        for state in STATES:
            made = promise(one, state, by_link=state == "waiting")
            if state in ("kept", "dropped"):
                step(made, state, "2024-08-01")


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


@pytest.mark.usefixtures("everything")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=some.integers(0, 15), action=some.sampled_from([*CommitmentAction.values, "void", "nonsense"]))
def test_an_official_never_acts_on_the_promise_of_another_city(
    official: Client, kostroma: Municipality, number: int, action: str
) -> None:
    first = Commitment.objects.earliest("pk")
    chosen = Commitment.objects.filter(pk=first.pk + number).exclude(municipality=kostroma).first()
    before = CommitmentStep.objects.count()
    if chosen is None:
        assert official.get(f"{URL}{10**9 + number}/").status_code == 404
        return
    is_public = chosen.accepted_on is not None
    if action == "void":
        address = f"{URL}{chosen.pk}/steps/{chosen.steps.earliest('pk').pk}/void/"
        status = official.post(address, {"reason": "Так.", "version": chosen.version}).status_code
    else:
        status = take(official, chosen, action, due_on="2025-12-01").status_code
    has_no_page = action in ("made", "nonsense") or not is_public
    assert status == (404 if has_no_page else 403)
    assert CommitmentStep.objects.count() == before


@pytest.mark.usefixtures("everything")
def test_what_each_persona_reads(kostroma: Municipality, kostroma_official: User, chair: User) -> None:
    own = visible_commitments(kostroma_official)
    assert (own.count(), own.filter(state="waiting").count()) == (10, 1)
    assert visible_commitments(chair).count() == 12
    promised = Commitment.objects.filter(municipality=kostroma).earliest("pk")
    assert commitment_refusal(chair, promised, "kept")
    assert not commitment_refusal(kostroma_official, promised, "kept")
