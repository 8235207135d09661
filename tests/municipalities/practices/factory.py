"""Practices, marks and solutions for tests, in one line each."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from municipalities.models import Municipality, StandardEdition
from municipalities.practices.editions import FIRST_DIRECTIONS, keep_edition
from municipalities.practices.models import (
    Commitment,
    CommitmentAction,
    CommitmentStep,
    NewCommitment,
    NewCommitmentStep,
    Practice,
    PracticeAdoption,
    PracticeAdoptionRecord,
    Solution,
    SolutionStage,
)
from tests.municipalities.factory import moment


def practice(owner: Municipality, title: str = "Умные остановки", **fields: Any) -> Practice:
    """A published practice."""
    defaults: dict[str, Any] = {"direction_id": "transport", "done": "Поставили табло.", "result": "Ждут меньше."}
    return Practice.objects.create(municipality=owner, title=title, **defaults | _by_code(fields))


def mark(
    told: Practice,
    municipality: Municipality,
    status: str = "studied",
    on: str = "2024-10-01",
    entered: str | None = None,
    **fields: Any,
) -> PracticeAdoption:
    """A mark, as if somebody had set it; `entered` is the moment of that in Moscow, now without it."""
    stored = PracticeAdoption.objects.filter(practice=told, municipality=municipality).first()
    said = {"by": None, "by_name": "Кто-то", "version": stored.version if stored else 0}
    day = dt.date.fromisoformat(on)
    adoption = PracticeAdoption.record(told, municipality, status=status, happened_on=day, **said | fields)
    if entered:  # past the model, which writes a record once
        records: QuerySet[PracticeAdoptionRecord] = QuerySet(PracticeAdoptionRecord)
        records.filter(pk=adoption.records.latest("pk").pk).update(recorded_at=moment(entered))
    return adoption


def solution(owner: Municipality, title: str = "Свет", **fields: Any) -> Solution:
    """A published solution."""
    defaults: dict[str, Any] = {"direction_id": "utilities", "stage": SolutionStage.WORKS}
    return Solution.objects.create(municipality=owner, title=title, **defaults | _by_code(fields))


def _by_code(fields: dict[str, Any]) -> dict[str, Any]:
    """A direction may be given by its code."""
    return {"direction_id" if name == "direction" else name: value for name, value in fields.items()}


def edition(year: int = 2026, *names: str, by: User | None = None) -> StandardEdition:
    """A further edition of the Standard; its directions are called as those of 2018 unless it says otherwise."""
    made = StandardEdition(name=f"Требования {year} года", year=year)
    author: Any = by
    keep_edition(made, called={}, removed=[], added=names or list(FIRST_DIRECTIONS.values()), by=author)
    return made


def many_practices(owner: Municipality, count: int, adopter: Municipality) -> None:
    """Plenty of practices, each taken up."""
    told = Practice.objects.bulk_create(
        Practice(
            municipality=owner,
            title=f"Практика {number}",
            direction_id="ecology",
            done="Сделано.",
            result="Получилось.",
            search_text=f"практика {number}",
        )
        for number in range(count)
    )
    marks = PracticeAdoption.objects.bulk_create(
        PracticeAdoption(practice=one, municipality=adopter, status="studied", since=dt.date(2024, 10, 1))
        for one in told
    )
    PracticeAdoptionRecord.objects.bulk_create(
        PracticeAdoptionRecord(adoption=one, status="studied", happened_on=dt.date(2024, 10, 1), actor_name="Кто-то")
        for one in marks
    )


def day(text: str) -> dt.date:
    """«2025-05-31»."""
    return dt.date.fromisoformat(text)


def promise(
    municipality: Municipality,
    to: Practice | str = "Поставить датчики",
    on: str = "2024-06-27",
    due: str = "2025-05-31",
    entered: str | None = None,
    **said: Any,
) -> Commitment:
    """A promise to a practice, or a measure in words; `entered` as of `mark`."""
    what: dict[str, Any] = {"practice": to} if isinstance(to, Practice) else {"measure": to}
    defaults: dict[str, Any] = {"who": "Отдел связи", "happened_on": day(on)}
    new = NewCommitment(municipality, day(due), **defaults | what | said)
    made = Commitment.make(new, by=None, by_name="Кто-то")
    return _entered(made, entered)


def step(
    commitment: Commitment, action: str, on: str, by: User | None = None, *, entered: str | None = None, **said: Any
) -> Commitment:
    """A step of a promise, as if somebody had taken it; texts that it needs are there. It is returned as it stands."""
    needs = {"text": "Так вышло."} if action in ("dropped", "milestone") else {}
    if "due" in said:
        said["due_on"] = day(said.pop("due"))
    current = Commitment.objects.get(pk=commitment.pk)
    new = NewCommitmentStep(CommitmentAction(action), day(on), **needs | said)
    current.take(new, by=by, by_name="" if by else "Кто-то", version=current.version)
    return _entered(Commitment.objects.get(pk=commitment.pk), entered)


def _entered(commitment: Commitment, moment_of_it: str | None) -> Commitment:
    """Let the latest step have been written down at a moment."""
    if moment_of_it:
        rows: QuerySet[CommitmentStep] = QuerySet(CommitmentStep)
        rows.filter(pk=commitment.steps.latest("pk").pk).update(recorded_at=moment(moment_of_it))
    return commitment
