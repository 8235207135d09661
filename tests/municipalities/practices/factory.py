"""Practices, marks and solutions for tests, in one line each."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from municipalities.models import Municipality
from municipalities.practices.models import (
    Direction,
    Practice,
    PracticeAdoption,
    PracticeAdoptionRecord,
    Solution,
    SolutionStage,
)
from tests.municipalities.factory import moment


def practice(owner: Municipality, title: str = "Умные остановки", **fields: Any) -> Practice:
    """A published practice."""
    defaults: dict[str, Any] = {"direction": Direction.TRANSPORT, "done": "Поставили табло.", "result": "Ждут меньше."}
    return Practice.objects.create(municipality=owner, title=title, **defaults | fields)


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
    adoption = PracticeAdoption.record(told, municipality, status=status, effective_on=day, **said | fields)
    if entered:  # past the model, which writes a record once
        records: QuerySet[PracticeAdoptionRecord] = QuerySet(PracticeAdoptionRecord)
        records.filter(pk=adoption.records.latest("pk").pk).update(recorded_at=moment(entered))
    return adoption


def solution(owner: Municipality, title: str = "Свет", **fields: Any) -> Solution:
    """A published solution."""
    defaults: dict[str, Any] = {"direction": Direction.UTILITIES, "stage": SolutionStage.WORKS}
    return Solution.objects.create(municipality=owner, title=title, **defaults | fields)


def many_practices(owner: Municipality, count: int, adopter: Municipality) -> None:
    """Plenty of practices, each taken up."""
    told = Practice.objects.bulk_create(
        Practice(
            municipality=owner,
            title=f"Практика {number}",
            direction=Direction.ECOLOGY,
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
        PracticeAdoptionRecord(adoption=one, status_after="studied", effective_on=one.since, recorded_by_name="Кто-то")
        for one in marks
    )
