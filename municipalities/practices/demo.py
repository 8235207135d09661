"""Illustrative practices, marks, promises, questions and solutions. Never part of the real seed."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import (
    AdoptionStatus,
    Commitment,
    CommitmentAction,
    NewCommitment,
    NewCommitmentStep,
    Practice,
    PracticeAdoption,
    PracticeRequest,
    Solution,
    SolutionStage,
)
from municipalities.seed import KOSTROMA
from revisions.history import sign

MARK = "Демонстрационные данные"
ARKHANGELSK = "11701000001"
VLADIMIR, VOLOGDA, PSKOV = "17701000001", "19701000001", "58701000001"


class _Story(NamedTuple):
    """An invented practice and the cities that took it up, by ОКТМО."""

    direction: str
    title: str
    done: str
    result: str
    marks: dict[str, list[tuple[str, AdoptionStatus]]]


_STORIES = [
    _Story(
        "governance",
        "Единое окно обращений жителей",
        "обращения из приложения, по телефону и с портала попадают в одну очередь и к одному исполнителю.",
        "срок первого ответа сократился с пяти дней до двух.",
        {
            ARKHANGELSK: [("2024-10-14", AdoptionStatus.STUDIED), ("2025-02-03", AdoptionStatus.INTRODUCING)],
            "19701000001": [("2024-11-20", AdoptionStatus.INTRODUCED)],
            "24701000001": [("2025-01-15", AdoptionStatus.STUDIED)],
        },
    ),
    _Story(
        "utilities",
        "Дистанционный учёт тепла в школах и детских садах",
        "приборы учёта передают показания каждый час, отклонения видит дежурный диспетчер.",
        "расход тепла за отопительный сезон снизился на 8 процентов.",
        {
            "17701000001": [("2024-09-02", AdoptionStatus.STUDIED), ("2025-03-10", AdoptionStatus.INTRODUCED)],
            "78701000001": [("2024-12-05", AdoptionStatus.STUDIED)],
            "47701000001": [("2024-10-01", AdoptionStatus.STUDIED), ("2025-01-20", AdoptionStatus.DECLINED)],
        },
    ),
    _Story(
        "transport",
        "Автобусы на карте в настоящем времени",
        "на все маршруты поставлены датчики, прогноз прибытия показывают табло и сайт.",
        "жалоб на ожидание автобуса стало на треть меньше.",
        {"66701000001": [("2024-12-16", AdoptionStatus.STUDIED)]},
    ),
]

_SOLUTIONS = {
    KOSTROMA: [
        ("governance", "Единое окно обращений жителей", SolutionStage.WORKS, "2023-04-03"),
        ("utilities", "Дистанционный учёт тепла", SolutionStage.WORKS, "2022-10-01"),
        ("transport", "Автобусы на карте", SolutionStage.INTRODUCING, "2024-09-16"),
        ("ecology", "Посты контроля качества воздуха", SolutionStage.PLANNED, "2027-05-01"),
    ],
    ARKHANGELSK: [
        ("governance", "Единое окно обращений жителей", SolutionStage.INTRODUCING, "2025-02-03"),
        ("public-safety", "Видеонаблюдение во дворах", SolutionStage.WORKS, "2021-12-01"),
    ],
}


@transaction.atomic
def seed_demo_experience(*, asked_by: User, answered_by: User) -> None:
    """Add invented experience of Кострома and what others made of it; does nothing the second time.

    Args:
        asked_by: the demonstration official of Архангельск.
        answered_by: the demonstration official of Кострома.
    """
    kostroma = Municipality.objects.filter(oktmo=KOSTROMA).first()
    arkhangelsk = Municipality.objects.filter(oktmo=ARKHANGELSK).first()
    if kostroma is None or arkhangelsk is None or kostroma.practices.exists():
        return
    practices = [_tell(story, kostroma) for story in _STORIES]
    _add_solutions()
    _promise_something(practices)
    first = PracticeRequest.ask(
        practices[0], arkhangelsk, question=f"{MARK}: сколько человек разбирает обращения?", by=asked_by
    )
    first.answer_with(f"{MARK}: четыре диспетчера, круглосуточно.", by=answered_by)
    PracticeRequest.ask(
        practices[1], arkhangelsk, question=f"{MARK}: какие приборы учёта вы выбрали и почему?", by=asked_by
    )


def _tell(story: _Story, owner: Municipality) -> Practice:
    practice = Practice(
        municipality=owner,
        title=story.title,
        direction_id=story.direction,
        done=f"{MARK}: {story.done}",
        result=f"{MARK}: {story.result}",
        contact=f"{MARK}: отдел цифрового развития",
    )
    sign(practice, by=None, reason=MARK)
    practice.save()
    for municipality in Municipality.objects.filter(oktmo__in=story.marks):
        for version, (day, status) in enumerate(story.marks[municipality.oktmo]):
            PracticeAdoption.record(
                practice,
                municipality,
                status=status,
                happened_on=dt.date.fromisoformat(day),
                text=MARK,
                by=None,
                by_name=MARK,
                version=version,
            )
    return practice


def _promise_something(practices: list[Practice]) -> None:
    """One promise was kept, one was kept late, one is late, one is open."""
    soon = timezone.localdate() + dt.timedelta(days=60)
    training = f"{MARK}: обучить диспетчеров единого окна"
    promised: dict[str, tuple[Practice | str, str, dt.date, str]] = {
        VLADIMIR: (practices[1], "2024-09-02", dt.date(2025, 3, 31), "2025-03-10"),
        VOLOGDA: (practices[0], "2024-07-15", dt.date(2024, 10, 31), "2024-11-20"),
        ARKHANGELSK: (training, "2025-02-03", soon, ""),
        PSKOV: (practices[2], "2025-01-20", dt.date(2025, 9, 30), ""),
    }
    for one in Municipality.objects.filter(oktmo__in=promised):
        what, made, due_on, kept = promised[one.oktmo]
        _promise(one, what, made=dt.date.fromisoformat(made), due_on=due_on, kept=kept)


def _promise(whose: Municipality, what: Practice | str, *, made: dt.date, due_on: dt.date, kept: str) -> None:
    practice, measure = (None, what) if isinstance(what, str) else (what, "")
    who = f"{MARK}: отдел цифрового развития"
    new = NewCommitment(whose, due_on, who, made, practice=practice, measure=measure, text=MARK)
    promised = Commitment.make(new, by=None, by_name=MARK)
    if kept:
        step = NewCommitmentStep(CommitmentAction.KEPT, dt.date.fromisoformat(kept), MARK)
        promised.take(step, by=None, by_name=MARK, version=promised.version)


def _add_solutions() -> None:
    for municipality in Municipality.objects.filter(oktmo__in=_SOLUTIONS):
        for direction, title, stage, day in _SOLUTIONS[municipality.oktmo]:
            solution = Solution(
                municipality=municipality,
                direction_id=direction,
                title=title,
                stage=stage,
                since=dt.date.fromisoformat(day),
                note=MARK,
            )
            sign(solution, by=None, reason=MARK)
            solution.save()
