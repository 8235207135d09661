"""The database says no too."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, StandardEdition
from municipalities.practices.models import (
    Commitment,
    CommitmentStep,
    Direction,
    Practice,
    PracticeAdoption,
    PracticeAdoptionRecord,
    PracticeRequest,
    PracticeRequestStep,
    RequestStepKind,
    Solution,
)
from tests.accounts.mail.factory import letter as mail_letter
from tests.municipalities.practices.factory import day, mark, promise, solution

pytestmark = pytest.mark.django_db

MODELS: tuple[type[models.Model], ...] = (
    Practice, PracticeAdoption, PracticeAdoptionRecord, PracticeRequest, PracticeRequestStep, Solution,
    Commitment, CommitmentStep, StandardEdition, Direction,
)  # fmt: skip


def record(**fields: Any) -> None:
    defaults = {"status": "studied", "happened_on": dt.date(2024, 1, 1), "actor_name": "Кто-то"}
    adoption = PracticeAdoption.objects.get()
    PracticeAdoptionRecord.objects.bulk_create([PracticeAdoptionRecord(adoption=adoption, **defaults | fields)])


def voiding(**fields: Any) -> None:
    record(**{"voids": PracticeAdoptionRecord.objects.get(), "status": "", "text": "Ошибка."} | fields)


def step() -> None:
    asked = PracticeRequest.objects.get()
    PracticeRequestStep.objects.bulk_create([PracticeRequestStep(request=asked, kind="forgotten")])


def second_adoption() -> None:
    stored = PracticeAdoption.objects.get()
    PracticeAdoption.objects.create(
        practice=stored.practice, municipality=stored.municipality, status="studied", since=stored.since
    )


def promised(**fields: Any) -> None:
    """A step that makes the promise once more, past the ledger."""
    said: dict[str, Any] = {"action": "made", "happened_on": day("2024-06-27"), "due_on": day("2025-01-01"), "who": "К"}
    stored = Commitment.objects.get()
    defaults = said | {"municipality": stored.maker, "actor_name": "Кто-то"}
    CommitmentStep.objects.bulk_create([CommitmentStep(commitment=stored, **defaults | fields)])


def moved(**fields: Any) -> None:
    said: dict[str, Any] = {"action": "moved", "municipality": None, "who": ""}
    promised(**said | fields)


def told(action: str = "milestone", **fields: Any) -> None:
    said: dict[str, Any] = {"action": action, "due_on": None, "text": "Сделано."}
    moved(**said | fields)


def voided_step(**fields: Any) -> None:
    said: dict[str, Any] = {"action": "", "voids": CommitmentStep.objects.get()}
    told(**said | fields)


def second_promise() -> None:
    stored = Commitment.objects.get()
    stored.pk = None
    stored.save(force_insert=True)


def stands(**fields: Any) -> Callable[[], object]:
    return lambda: Commitment.objects.update(**fields)


def second_solution() -> None:
    stored = Solution.objects.get()
    solution(stored.municipality, stored.title, direction=stored.direction_id)


ATTEMPTS: dict[str, list[Callable[[], object]]] = {
    "practice_withdrawn_with_reason": [
        lambda: Practice.objects.update(is_published=False),
        lambda: Practice.objects.update(withdrawn_because="Так."),
    ],
    "practice_told": [
        lambda: Practice.objects.update(title=""),
        lambda: Practice.objects.update(done=""),
        lambda: Practice.objects.update(result=""),
    ],
    "practice_link_is_http": [
        lambda: Practice.objects.update(link="javascript:alert(1)"),
        lambda: Practice.objects.update(link="ftp://a.example"),
    ],
    "adoption_once": [second_adoption],
    "adoption_status_known": [
        lambda: PracticeAdoption.objects.update(status="copied"),
        lambda: PracticeAdoption.objects.update(status=""),
        lambda: PracticeAdoption.objects.update(since=None),
    ],
    "adoption_record_is_a_mark_or_a_voiding": [
        lambda: record(status="copied"),
        lambda: record(status=""),
        lambda: voiding(status="studied"),
    ],
    "adoption_record_not_before_2000": [lambda: record(happened_on=dt.date(1999, 12, 31))],
    "practiceadoptionrecord_by_somebody": [lambda: record(actor_name="")],
    "practiceadoptionrecord_on_behalf_with_ground": [
        lambda: record(on_behalf_of="Председатель"),
        lambda: record(behalf_ground="По устному поручению"),
    ],
    "practiceadoptionrecord_voiding_says_why": [
        lambda: voiding(text=""),
        lambda: voiding(placed_before=PracticeAdoptionRecord.objects.get()),
    ],
    "practice_request_asked": [
        lambda: PracticeRequest.objects.update(question=""),
        lambda: PracticeRequest.objects.update(asked_by_name=""),
    ],
    "practice_request_answered_whole": [
        lambda: PracticeRequest.objects.update(answer="Так."),
        lambda: PracticeRequest.objects.update(answered_at=timezone.now()),
        lambda: PracticeRequest.objects.update(answered_by_name="Кто-то"),
        lambda: PracticeRequest.objects.update(answer="Так.", answered_by_name="Кто-то"),
        lambda: PracticeRequest.objects.update(answer="Так.", answered_at=timezone.now()),
    ],
    "request_step_kind_known": [step],
    "request_step_letter_has_its_mail": [
        lambda: PracticeRequest.objects.get().note(RequestStepKind.QUESTION_LETTER, by=None),
        lambda: PracticeRequest.objects.get().note(RequestStepKind.ASKED, by=None, mail=mail_letter()),
    ],
    "solution_withdrawn_with_reason": [lambda: Solution.objects.update(is_published=False)],
    "solution_stage_known": [lambda: Solution.objects.update(stage="finished")],
    "solution_named": [lambda: Solution.objects.update(title="")],
    "solution_not_before_2000": [lambda: Solution.objects.update(since=dt.date(1999, 12, 31))],
    "solution_once": [second_solution],
    "edition_named": [lambda: StandardEdition.objects.update(name="")],
    "edition_year_is_possible": [lambda: StandardEdition.objects.update(year=2017)],
    "edition_indicators_from_one": [lambda: StandardEdition.objects.update(indicators=0)],
    "edition_maximum_positive": [lambda: StandardEdition.objects.update(maximum=0)],
    "direction_place_once": [lambda: Direction.objects.update(order=1)],
    "direction_named_once": [lambda: Direction.objects.update(name="Связь")],
    "direction_named": [lambda: Direction.objects.filter(code="social").update(name="")],
    "commitment_to_a_practice_or_a_measure": [stands(measure="Датчики"), stands(practice=None)],
    "commitment_stands_whole": [
        stands(state="copied"),
        stands(who=""),
        stands(due_on=None),
        stands(made_on=None),
        stands(state="", accepted_on=None),
    ],
    "commitment_accepted_or_waiting": [
        stands(accepted_on=None),
        stands(state="waiting"),
        stands(state="kept", ended_on=day("2025-01-01"), accepted_on=None),
    ],
    "commitment_ended_on_a_day": [stands(ended_on=day("2025-01-01")), stands(state="kept"), stands(state="dropped")],
    "commitment_to_a_practice_once": [second_promise],
    "commitmentstep_by_somebody": [lambda: told(actor_name="")],
    "commitmentstep_on_behalf_with_ground": [lambda: told(on_behalf_of="Глава"), lambda: told(behalf_ground="Устно")],
    "commitment_step_on_behalf_is_a_deed_of_the_city": [
        lambda: told("accepted", on_behalf_of="Кострома", behalf_ground="Устно"),
        lambda: promised(by_link=True, on_behalf_of="Кострома", behalf_ground="Устно"),
        lambda: voided_step(on_behalf_of="Кострома", behalf_ground="Устно"),
    ],
    "commitmentstep_voiding_says_why": [
        lambda: voided_step(text=""),
        lambda: voided_step(placed_before=CommitmentStep.objects.get()),
    ],
    "commitment_step_is_a_step_or_a_voiding": [
        lambda: told("copied"),
        lambda: told(""),
        lambda: voided_step(action="kept"),
    ],
    "commitment_step_says_whose": [
        lambda: promised(municipality=None),
        lambda: told("passed"),
        lambda: told(municipality=Municipality.objects.earliest("pk")),
        lambda: told(who="К"),
        lambda: voided_step(who="К"),
    ],
    "commitment_step_says_until_when": [
        lambda: promised(due_on=None),
        lambda: moved(due_on=None),
        lambda: told(due_on=day("2025-01-01")),
    ],
    "commitment_step_due_not_before_it": [lambda: moved(due_on=day("2024-06-26"))],
    "commitment_made_by_somebody": [lambda: promised(who="")],
    "commitment_made_by_link": [lambda: told(by_link=True)],
    "commitment_step_says_what": [lambda: told(text=""), lambda: told("dropped", text="")],
    "commitment_step_not_before_2000": [lambda: told(happened_on=dt.date(1999, 12, 31))],
}
COLUMNS = {
    "adoption_once": "municipality_id",
    "direction_place_once": "order",
    "direction_named_once": "name",
    "solution_once": "title",
    "commitment_to_a_practice_once": "practice_id",
}


def test_every_constraint_has_an_attempt_to_break_it() -> None:
    assert {constraint.name for model in MODELS for constraint in model._meta.constraints} == set(ATTEMPTS)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_refuses(
    practice: Practice, arkhangelsk: Municipality, arkhangelsk_official: User, name: str
) -> None:
    mark(practice, arkhangelsk)
    PracticeRequest.ask(practice, arkhangelsk, question="Как?", by=arkhangelsk_official)
    solution(arkhangelsk)
    promise(arkhangelsk, practice)
    refusal = f"{name}|UNIQUE constraint failed: .*{COLUMNS.get(name, '-')}"
    for attempt in ATTEMPTS[name]:
        with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
            attempt()
