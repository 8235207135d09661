"""A workbook about decisions that the portal has: what it holds is known, and the rest joins it."""

import pytest

from accounts.models import User
from resolutions.models import (
    Ask,
    AskOutcome,
    DecisionPoint,
    Letter,
    PointAction,
)
from resolutions.past.loading import load
from tests.resolutions.factory import decision, point_step
from tests.resolutions.past.folder import (
    FILE,
    MINSTROY,
    SLUG,
    Folder,
    counts,
    day,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SATISFIED = AskOutcome.SATISFIED


def test_letters_answers_and_steps(loaded: User) -> None:
    """A letter renews an ask that was refused, and is answered; nothing that was there is touched."""
    folder = Folder().letter("9/25", "10.01.2025", sent_on="10.01.2025").ask(4, "9/25", "10.01.2025")
    folder.ask(2, "9/25", "10.01.2025", text="", renews=True)
    folder.incoming("1", "20.01.2025").outcome("1", "20.01.2025", 2, SATISFIED, of="9/25", date="10.01.2025")
    folder.step(PointAction.INSTRUCT, "15.07.2024", "", point=1, responsible="Все члены Союза")
    versions = dict(DecisionPoint.objects.values_list("number", "version"))
    judged = load(folder.rows, by=loaded, file_name=FILE)
    assert counts(judged.added) == {"Письма": 1, "Просьбы": 2, "Входящие": 1, "Исходы": 1, "Ход и итоги": 1}
    assert dict(DecisionPoint.objects.values_list("number", "version")) == {**versions, 1: 2}
    assert Ask.objects.get(number=2).outcomes.count() == 2
    assert Letter.objects.get(number="9/25").repeats is None
    assert counts(load(folder.rows, by=loaded, file_name=FILE).added) == {}


def test_an_answer_alone(loaded: User) -> None:
    """Neither a decision nor a letter is named but by the outcome."""
    folder = Folder().incoming("9", "01.12.2024", MINSTROY)
    folder.outcome("9", "01.12.2024", 3, SATISFIED, of="7/24", date="10.09.2024")
    load(folder.rows, by=loaded, file_name=FILE)
    assert not Letter.objects.filter(is_awaited=True).exists()


def test_an_ask_of_another_year(loaded: User) -> None:
    """The letter that carried it last is of a later year than the one that bore it."""
    folder = Folder().letter("1/25", "10.01.2025", correspondent=MINSTROY, sent_on="10.01.2025")
    load(folder.ask(3, "1/25", "10.01.2025", "").rows, by=loaded, file_name=FILE)
    folder = Folder().incoming("1", "01.02.2025", MINSTROY)
    folder.outcome("1", "01.02.2025", 3, SATISFIED, of="1/25", date="10.01.2025")
    load(folder.rows, by=loaded, file_name=FILE)
    assert Ask.objects.get(number=3).outcomes.count() == 2


def test_equal_steps_with_another_between_are_counted(loaded: User) -> None:
    folder = Folder()
    for text in ("Звонили.", "Ответили.", "Звонили."):
        folder.step(PointAction.NOTE, "01.07.2024", text, point=1)
    assert counts(load(folder.rows, by=loaded, file_name=FILE).added) == {"Ход и итоги": 3}
    folder.step(PointAction.NOTE, "01.07.2024", "Ответили.", point=1)
    judged = load(folder.rows, by=loaded, file_name=FILE)
    assert (counts(judged.added), counts(judged.known)) == ({"Ход и итоги": 1}, {"Ход и итоги": 3})


def test_equal_steps_of_the_portal_are_known(loaded: User) -> None:
    point = DecisionPoint.objects.get(resolution__slug=SLUG, number=1)
    folder = Folder()
    for _ in "12":
        point_step(point, "note", by=loaded, on=day("01.07.2024"), text="Звонили.")
        folder.step(PointAction.NOTE, "01.07.2024", "Звонили.", point=1)
    judged = load(folder.rows, by=loaded, file_name=FILE)
    assert (counts(judged.added), counts(judged.known)) == ({}, {"Ход и итоги": 2})


def test_what_was_typed_is_known(secretariat: User) -> None:
    point = decision("assignment", by=secretariat, slug=SLUG).points.get()
    point_step(point, "start", by=secretariat, on=day("02.07.2024"), text="Начали.")
    folder = Folder().step(PointAction.START, "02.07.2024", "Начали.", point=1)
    assert counts(load(folder.rows, by=secretariat, file_name=FILE).known) == {"Ход и итоги": 1}
