"""`manage.py check_ledgers`: what is kept beside a ledger is compared with it."""

import datetime as dt
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.practices.models import Commitment, CommitmentStep, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.promises import promises_on
from resolutions.correspondence.register import letters_on
from resolutions.models import (
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterStep,
    Outcome,
    ProgressEntry,
    Resolution,
)
from sgcszr_portal.ledgers import faults
from tests.municipalities.factory import many_cities, statement
from tests.municipalities.practices.factory import mark, practice, promise
from tests.municipalities.practices.factory import step as promise_step
from tests.resolutions.factory import DAY, answer, decision, letter, point_step, register, send, void

pytestmark = pytest.mark.slow


def past(model: type[Any]) -> Any:
    """Past the model, which writes a row once."""
    rows: QuerySet[Any] = QuerySet(model)
    return rows


@pytest.fixture
def resolution(secretariat: User, acting_chair: User, kostroma: Municipality, arkhangelsk: Municipality) -> Resolution:
    """A decision with something in each ledger."""
    statement(kostroma)
    mark(practice(kostroma), arkhangelsk)
    promised = promise_step(promise(arkhangelsk), "milestone", "2024-08-01")
    promise_step(promised, "kept", "2024-09-01")
    decided = decision("recommendation", "appeal", by=secretariat)
    start = point_step(decided.points.get(number=1), "start", by=secretariat)
    void(start, by=secretariat)
    sent = letter(decided)
    send(sent, by=secretariat)
    answer(sent, by=secretariat, outcome="interim", until=dt.date(2024, 9, 1))
    return decided


def test_what_agrees_is_said_to_agree(resolution: Resolution) -> None:
    out = StringIO()
    call_command("check_ledgers", stdout=out)
    assert "agrees" in out.getvalue()


BROKEN: dict[str, Callable[[], object]] = {
    "DecisionPoint .*state is 'closed'": lambda: DecisionPoint.objects.filter(number=1).update(state="closed"),
    "DecisionPoint .*responsible_name": lambda: DecisionPoint.objects.filter(number=2).update(
        responsible_name="Кто-то"
    ),
    "DecisionPoint .*due_on": lambda: DecisionPoint.objects.filter(number=2).update(due_on=DAY),
    "Letter .*state is 'delivered'": lambda: Letter.objects.update(state="delivered"),
    "Letter .*due_on": lambda: Letter.objects.update(due_on=None),
    "Letter .*date": lambda: Letter.objects.update(date=dt.date(2024, 1, 9)),
    "Letter .*is_awaited": lambda: Letter.objects.update(is_awaited=False, awaited_until=None),
    "Letter .*awaited_until": lambda: Letter.objects.update(awaited_until=DAY),
    "Letter .*awaited_until is datetime.date\\(2024, 9, 1\\)": lambda: past(Outcome).delete(),
    "Вх. № 1/24 .*карточка и записи реестра расходятся": lambda: IncomingLetter.objects.update(is_voided=True),
    "этой просьбы в адрес этого органа не направляли": lambda: Letter.objects.update(
        correspondent=Correspondent.objects.named("Минстрой России")
    ),
    "PracticeAdoption .*status": lambda: PracticeAdoption.objects.update(status="introduced"),
    "PracticeAdoption .*since": lambda: PracticeAdoption.objects.update(since=DAY),
    "Commitment .*state is 'open'": lambda: Commitment.objects.update(state="open", ended_on=None),
    "Commitment .*who": lambda: Commitment.objects.update(who="Кто-то"),
    "Commitment .*due_on": lambda: Commitment.objects.update(due_on=DAY),
    "Commitment .*municipality_id": lambda: Commitment.objects.update(
        municipality=Municipality.objects.get(slug="kostroma")
    ),
    "Commitment .*сначала его берут": lambda: past(CommitmentStep).filter(action="made").delete(),
    "Commitment .*passed by no merger": lambda: (
        past(CommitmentStep)
        .filter(action="milestone")
        .update(action="passed", municipality=Municipality.objects.get(slug="kostroma"))
    ),
    "accounts.User .*offices is \\[\\], and the ledger says": lambda: User.objects.update(offices=[]),
    "Municipality .*подтверждать нечего": lambda: past(ParticipationRecord).update(status="", basis=""),
    "Letter .*отправляют зарегистрированное": lambda: past(LetterStep).filter(action="register").delete(),
    "cannot void": lambda: past(ProgressEntry).filter(voids=None).update(happened_on=dt.date(2024, 7, 9)),
    "stands for row .* of another day": lambda: (
        past(LetterStep)
        .filter(action="send")
        .update(stands_for=LetterStep.objects.get(action="register"), happened_on=dt.date(2024, 7, 9))
    ),
    "placed before row .* of another day": lambda: (
        past(LetterStep)
        .filter(action="send")
        .update(placed_before=LetterStep.objects.get(action="register"), happened_on=dt.date(2024, 7, 9))
    ),
}


@pytest.mark.loose_ledgers
@pytest.mark.parametrize("told", BROKEN)
def test_each_difference_is_told(resolution: Resolution, told: str) -> None:
    BROKEN[told]()
    out = StringIO()
    with pytest.raises(CommandError, match="Differences"):
        call_command("check_ledgers", stdout=out)
    assert re.search(told, out.getvalue()), out.getvalue()


def many_rows(resolution: Resolution, each: int) -> None:
    """Rows in each ledger, `each` of them in every one."""
    point, sent = resolution.points.get(number=2), Letter.objects.earliest("pk")
    adoption = PracticeAdoption.objects.earliest("pk")
    said: dict[str, Any] = {"happened_on": dt.date(2024, 8, 1), "actor_name": "Кто-то"}
    ProgressEntry.objects.bulk_create(
        ProgressEntry(point=point, action="note", text="Звонили.", **said) for _ in range(each)
    )
    LetterStep.objects.bulk_create(LetterStep(letter=sent, action="note", **said) for _ in range(each))
    _many_letters_from(sent, each, **said)
    later = {**said, "happened_on": dt.date(2024, 11, 1)}
    PracticeAdoptionRecord.objects.bulk_create(
        PracticeAdoptionRecord(adoption=adoption, status=("introducing", "introduced")[place % 2], **later)
        for place in range(each)
    )
    promised: dict[str, Any] = said | {"commitment": Commitment.objects.get(), "action": "milestone", "text": "Ещё."}
    CommitmentStep.objects.bulk_create(CommitmentStep(**promised) for _ in range(each))
    many_cities(each // 2)


def _many_letters_from(sent: Letter, each: int, **said: Any) -> None:
    """Incoming letters that answer the ask of a letter."""
    place: dict[str, Any] = {"year": 2024, "received_on": said["happened_on"], "correspondent": sent.correspondent}
    IncomingLetter.objects.bulk_create(IncomingLetter(number=f"Д-{number}", **place) for number in range(each))
    came = IncomingLetter.objects.filter(number__startswith="Д-")
    IncomingEntry.objects.bulk_create(
        IncomingEntry(letter=one, correspondent=sent.correspondent, **said) for one in came
    )
    entries = IncomingEntry.objects.filter(letter__in=came)
    Outcome.objects.bulk_create(Outcome(entry=one, ask=sent.asks.get(), outcome="refused") for one in entries)


@pytest.mark.slow
@pytest.mark.loose_ledgers
def test_ten_thousand_rows_are_read_in_as_many_queries_as_ten(
    resolution: Resolution, kostroma: Municipality, secretariat: User
) -> None:
    def read() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(faults())
            letters_on(DAY, Letter.objects.all())
            list(Municipality.objects.with_participation(DAY, known_on=DAY))
            list(PracticeAdoption.objects.with_mark(DAY, known_on=DAY))
            promises_on(DAY, known_on=DAY)
            resolution.points.get(number=2).standing()
        return len(asked)

    register(letter(resolution), by=secretariat)
    few = read()
    many_rows(resolution, 2500)
    assert read() == few
