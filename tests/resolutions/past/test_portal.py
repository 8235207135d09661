"""What the portal holds, as rows of the workbook of the past."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from municipalities.models import Municipality
from resolutions.editor import blank_text
from resolutions.models import (
    AskOutcome,
    Channel,
    Correspondent,
    DecisionPoint,
    IncomingLetter,
    Instruction,
    NewIncoming,
    NewOutcome,
    Party,
    PointAction,
    PointResult,
    Resolution,
    Told,
    UnionBody,
    register_incoming,
    void_incoming,
)
from resolutions.past.book import workbook_of
from resolutions.past.portal import rows_of_portal
from resolutions.past.rows import (
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastRows,
    PastStep,
)
from resolutions.text import Paragraph, PointText
from tests.municipalities.practices.factory import promise
from tests.resolutions.factory import (
    GOVERNMENT,
    answer,
    decision,
    instruct,
    letter,
    mailing,
    point_step,
    register,
    repetition,
    send,
    step,
    void,
)
from tests.resolutions.past.books import TODAY, read

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MINISTRY = "Минстрой России"
KOSTROMA = "Кострома (Костромская область)"


def day(number: int, month: int = 7) -> dt.date:
    return dt.date(2024, month, number)


@pytest.fixture
def appeal_point(done: Resolution) -> DecisionPoint:
    return done.points.get(number=1)


def test_an_empty_portal_has_no_rows(db: None) -> None:
    assert rows_of_portal() == PastRows()


def test_a_decision_with_all_its_parts(secretariat: User) -> None:
    text = replace(
        blank_text("О тепле", day(27, 6), "г. Тверь", union=FROM_THE_SOURCE),
        number="5",
        body_name="Правление",
        hearing="Заслушав доклад,",
        preamble=(Paragraph("Первый."), Paragraph("Второй.")),
        points=(PointText(1, "assignment", "Поручить.", (Paragraph("раз;"), Paragraph("два."))),),
        signatory_position="Секретарь",
        signatory_name="И.О. Фамилия",
    )
    made = Resolution.start(text, by=secretariat, slug="o-teple")
    assert rows_of_portal() == PastRows()
    made.adopt(version=made.version, by=secretariat)
    expected = PastDecision(
        5,
        "o-teple",
        day(27, 6),
        "5",
        "О тепле",
        "г. Тверь",
        "Правление",
        "Заслушав доклад,",
        ("Первый.", "Второй."),
        "Секретарь",
        "И.О. Фамилия",
    )
    assert rows_of_portal().decisions == (expected,)
    assert rows_of_portal().points == (PastPoint(5, "o-teple", 1, "assignment", "Поручить.", ("раз;", "два.")),)


def test_what_is_usual_stays_empty_and_the_earliest_comes_first(secretariat: User) -> None:
    decision("assignment", by=secretariat, slug="later")
    decision("assignment", by=secretariat, slug="earlier", adopted_on=day(1, 3))
    found = rows_of_portal()
    assert [(one.row, one.decision) for one in found.decisions] == [(5, "earlier"), (6, "later")]
    assert {(one.body, one.signatory_position) for one in found.decisions} == {("", "")}
    assert [(one.row, one.decision) for one in found.points] == [(5, "earlier"), (6, "later")]


@pytest.fixture
def found(appeal_point: DecisionPoint, secretariat: User) -> PastRows:
    """The rows of a portal with an appeal that was forwarded in part, refused in part, and repeated."""
    asked = letter(
        appeal_point.resolution,
        "appeal",
        point=appeal_point,
        addressee="Правительству\nРоссийской Федерации",
        body="Раз.\n\nДва.",
        new_asks="поднять статус\nвыделить субсидии",
    )
    send(asked, by=secretariat, on=day(8))
    step(asked, "deliver", by=secretariat, on=day(12))
    answer(
        asked, by=secretariat, on=day(22), outcome="forwarded", to=MINISTRY, until=day(21, 8), asks=[2], number="31/24"
    )
    answer(asked, by=secretariat, on=day(5, 8), outcome="refused", asks=[1])
    again = repetition(asked, MINISTRY)
    register(again, by=secretariat, on=day(10, 9))
    return rows_of_portal()


def test_an_appeal_and_its_repetition(found: PastRows) -> None:
    first, again = found.letters
    usual: dict[str, Any] = {"kind": "appeal", "decision": "decision", "point": 1, "reply_days": 30}
    sent: dict[str, Any] = {"sent_on": day(8), "channel": Channel.POST, "delivered_on": day(12), "annulled_on": None}
    usual |= {"body": "Раз.\nДва.", "addressee": "Правительству\nРоссийской Федерации"}
    assert first == PastLetter(row=5, number="1/24", date=day(8), correspondent=GOVERNMENT, **usual, **sent)
    usual |= dict.fromkeys(sent) | {"body": again.body, "addressee": again.addressee}
    usual["salutation"] = "Уважаемые господа!"
    assert again == PastLetter(row=6, number="2/24", date=day(10, 9), correspondent=MINISTRY, **usual)


def test_what_it_asked_and_what_came_in(found: PastRows) -> None:
    assert found.asks == (
        PastAsk(5, "1/24", day(8), 1, "поднять статус", False),
        PastAsk(6, "1/24", day(8), 2, "выделить субсидии", False),
        PastAsk(7, "2/24", day(10, 9), 2, "", False),
    )
    assert [(one.number, one.received_on, one.correspondent) for one in found.incoming] == [
        ("31/24", day(22), GOVERNMENT),
        ("1/24", day(5, 8), GOVERNMENT),
    ]
    assert found.outcomes == (
        PastOutcome(5, "31/24", day(22), "1/24", day(8), 2, AskOutcome.FORWARDED, day(21, 8), MINISTRY),
        PastOutcome(6, "1/24", day(5, 8), "1/24", day(8), 1, AskOutcome.REFUSED, None, ""),
    )


def test_an_ask_that_a_letter_renews_is_marked(appeal_point: DecisionPoint, secretariat: User) -> None:
    first, second = (letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks=text) for text in "аб")
    send(first, by=secretariat, on=day(8))
    answer(first, by=secretariat, on=day(9), outcome="refused")
    second.carried.create(ask=first.asks.get(), renews=True)
    send(second, by=secretariat, on=day(10))
    assert [(one.letter, one.number, one.text, one.renews) for one in rows_of_portal().asks] == [
        ("1/24", 1, "а", False),
        ("2/24", 1, "", True),
        ("2/24", 2, "б", False),
    ]


def test_a_letter_that_was_annulled_keeps_its_number_and_its_asks(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    asked = letter(appeal_point.resolution, "appeal", point=appeal_point)
    register(asked, by=secretariat, on=day(8), number="7-бис")
    step(asked, "annul", by=secretariat, on=day(9), text="Ошибка.")
    found = rows_of_portal()
    assert [(one.number, one.sent_on, one.annulled_on) for one in found.letters] == [("7-бис", None, day(9))]
    assert [(one.letter, one.number) for one in found.asks] == [("7-бис", 1)]


def test_whom_other_letters_go_to(done: Resolution, secretariat: User, kostroma: Municipality) -> None:
    thanks = letter(done, "gratitude", point=done.points.get(number=3), addressee="И.О. Фамилии", reply_days=30)
    town = letter(done, correspondent=Correspondent.objects.of_municipality(kostroma.pk), addressee=KOSTROMA)
    city = letter(done, correspondent=None, municipality=kostroma, reply_days=None)
    for one in (thanks, town, city):
        register(one, by=secretariat)
    letter(done, "gratitude")  # a draft has no number yet
    found = rows_of_portal()
    assert [(one.point, one.correspondent, one.addressee, one.reply_days) for one in found.letters] == [
        (3, "", "И.О. Фамилии", None),
        (None, KOSTROMA, "", 30),
        (None, KOSTROMA, "Всем", None),
    ]
    assert [(one.letter, one.number, bool(one.text)) for one in found.asks] == [("2/24", 1, True)]


def test_what_came_in_without_a_number_or_was_voided_is_left_out(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    government = Correspondent.objects.named(GOVERNMENT)
    whole = NewIncoming(day(9), government, text="О деле.\nДалее.", their_number="7-1", their_date=day(1))
    register_incoming(whole, by=secretariat, number="12/24")
    wrong = register_incoming(NewIncoming(day(10), government), by=secretariat)
    void_incoming(wrong.entries.get(), reason="Не то.", version=wrong.version, by=secretariat)
    IncomingLetter.objects.filter(pk=register_incoming(NewIncoming(day(11), government), by=secretariat).pk).update(
        number="", sequence=None
    )
    assert rows_of_portal().incoming == (
        PastIncoming(5, "12/24", day(9), GOVERNMENT, "7-1", day(1), "О деле.\nДалее."),
    )


def test_of_an_incoming_letter_that_was_corrected_the_right_entry_counts(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    asked = letter(appeal_point.resolution, "appeal", point=appeal_point)
    send(asked, by=secretariat, on=day(8))
    wrong = answer(asked, by=secretariat, on=day(9), outcome="satisfied")
    found, ask = wrong.letter, asked.asks.get()
    government = Correspondent.objects.named(GOVERNMENT)
    right = NewIncoming(day(10), government, outcomes=[NewOutcome(ask, AskOutcome.REFUSED)])
    void_incoming(wrong, reason="Не то.", version=found.version, by=secretariat, replacement=right)
    assert [one.received_on for one in rows_of_portal().incoming] == [day(10)]
    assert [one.outcome for one in rows_of_portal().outcomes] == [AskOutcome.REFUSED]


def test_the_steps_of_a_point_in_their_order(
    appeal_point: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    asked = Told(asked_due_on=day(1, 12))
    parties = (Party.objects.of_municipality(kostroma.pk), Party.objects.of_body(UnionBody.BOARD))
    said = Instruction(*parties, due_on=day(1, 11))
    point_step(appeal_point, "instruct", by=secretariat, on=day(1), text="", instruction=said)
    point_step(appeal_point, "start", by=secretariat, on=day(3), text="Раз.\nДва.")
    wrong = point_step(appeal_point, "note", by=secretariat, on=day(4))
    void(wrong, by=secretariat)
    point_step(appeal_point, "measure", by=secretariat, on=day(5))
    point_step(appeal_point, "request", by=secretariat, on=day(6), told=asked)
    later = point_step(appeal_point, "refuse", by=secretariat, on=day(8))
    point_step(appeal_point, "note", by=secretariat, on=day(8), text="Раньше.", before=later)
    point_step(appeal_point, "report", by=secretariat, on=day(9), result="partly", reason="Потому.")
    point_step(appeal_point, "return_for_rework", by=secretariat, on=day(10))
    nothing: dict[str, Any] = {"due_on": None, "result": None, "asked_due_on": None}
    nothing |= {"responsible": "", "controller": "", "result_reason": ""}

    def row(number: int, on: dt.date, action: PointAction, text: str = "Сделано.", **said: Any) -> PastStep:
        return PastStep(number, "decision", 1, on, action, text, **nothing | said)

    named = {"responsible": KOSTROMA, "controller": "Правление Союза", "due_on": day(1, 11)}
    assert rows_of_portal().steps == (
        row(5, day(1), PointAction.INSTRUCT, "", **named),
        row(6, day(3), PointAction.START, "Раз.\nДва."),
        row(7, day(6), PointAction.REQUEST, asked_due_on=day(1, 12)),
        row(8, day(8), PointAction.NOTE, "Раньше."),
        row(9, day(8), PointAction.REFUSE),
        row(10, day(9), PointAction.REPORT, result=PointResult.PARTLY, result_reason="Потому."),
        row(11, day(10), PointAction.RETURN_FOR_REWORK),
    )


def test_nothing_is_told_of_a_decision_that_is_a_draft_again(
    shared: DecisionPoint, appeal_point: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    asked = letter(appeal_point.resolution, "appeal", point=appeal_point)
    send(asked, by=secretariat)
    answer(asked, by=secretariat)
    promise(kostroma, point=str(shared.pk), on="2024-07-06")
    drafted = Resolution.objects.get()
    drafted.reopen(version=drafted.version, by=secretariat, reason="Отмечено по ошибке.")
    found = rows_of_portal()
    left = replace(found, incoming=(), promises=())
    assert left == PastRows()
    assert [one.number for one in found.incoming] == ["1/24"]
    assert [(one.decision, one.point) for one in found.promises] == [("", None)]


def _fill(resolution: Resolution, by: User, city: Municipality) -> None:
    """Something of everything."""
    appeal, recommendation, _ = resolution.points.all()
    asked = letter(resolution, "appeal", point=appeal)
    send(asked, by=by)
    answer(asked, by=by, on=day(9))
    instruct(appeal, by=by, due_on=day(1, 12))
    instruct(recommendation, by=by)
    for one in mailing(resolution, by=by).letters.all():
        register(one, by=by)
    promise(city, f"Дело {resolution.slug}")


def test_the_number_of_queries_does_not_grow(secretariat: User, kostroma: Municipality) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            rows_of_portal()
        return len(found)

    kinds = ("appeal", "recommendation", "gratitude")
    _fill(decision(*kinds, by=secretariat, slug="one"), secretariat, kostroma)
    once = asked()
    for slug in ("two", "three"):
        _fill(decision(*kinds, by=secretariat, slug=slug), secretariat, kostroma)
    assert len(rows_of_portal().letters) == 9
    assert asked() == once <= 20


def test_what_the_portal_holds_is_read_from_its_workbook(
    seeded: Resolution, secretariat: User, kostroma: Municipality
) -> None:
    seeded.adopt(version=seeded.version, by=secretariat)
    _fill(Resolution.objects.get(pk=seeded.pk), secretariat, kostroma)
    rows = rows_of_portal()
    assert all(count for _, count in rows.counted())
    found = read(workbook_of(rows, at=TODAY))
    assert (found.faults, found.rows) == ((), rows)
