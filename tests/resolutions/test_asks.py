"""Asks: what the bodies that were asked owe, by the rules and by the first worked example of the Union."""

import datetime as dt

import pytest

from resolutions.models.ask_standing import (
    Answered,
    AskOutcome,
    AskStanding,
    Carried,
    Event,
    Line,
    Moved,
    answer_refusal,
    fold,
    proposed_result,
)
from resolutions.models.results import PointResult

GOVERNMENT, MINSTROY, FINANCE = "Правительство Российской Федерации", "Минстрой России", "Минфин России"
SATISFIED, PARTLY, REFUSED = AskOutcome.SATISFIED, AskOutcome.PARTLY, AskOutcome.REFUSED
NOT_CONSIDERED, INTERIM, FORWARDED = AskOutcome.NOT_CONSIDERED, AskOutcome.INTERIM, AskOutcome.FORWARDED


def day(text: str) -> dt.date:
    return dt.date(*map(int, reversed(text.split("."))))


class TestWorkedExampleA:
    """The days of the example on which an ask can stand otherwise; by number, each event with its day."""

    EVENTS: dict[int, list[tuple[str, Event]]] = {
        1: [
            ("08.07.2024", Carried(1, GOVERNMENT, day("07.08.2024"))),
            ("05.08.2024", Answered(GOVERNMENT, INTERIM, day("05.11.2024"))),
            ("01.11.2024", Answered(GOVERNMENT, PARTLY)),
        ],
        2: [
            ("08.07.2024", Carried(1, GOVERNMENT, day("07.08.2024"))),
            ("05.08.2024", Answered(GOVERNMENT, REFUSED)),
        ],
        3: [
            ("08.07.2024", Carried(1, GOVERNMENT, day("07.08.2024"))),
            ("22.07.2024", Answered(GOVERNMENT, FORWARDED, day("21.08.2024"), MINSTROY)),
            ("10.09.2024", Carried(7, MINSTROY, day("10.10.2024"))),
        ],
    }

    def asks(self, as_of: str, *, without_the_last_answer: bool = False) -> dict[int, AskStanding]:
        """The asks as of a day; without the answer of 1 November, which was written down on the 5th."""
        return {
            number: fold(
                event
                for happened_on, event in events
                if day(happened_on) <= day(as_of) and not (without_the_last_answer and happened_on == "01.11.2024")
            )
            for number, events in self.EVENTS.items()
        }

    @pytest.mark.parametrize(
        ("as_of", "final", "until", "proposed"),
        [
            ("10.07.2024", [], {1: "07.08.2024", 2: "07.08.2024", 3: "07.08.2024"}, None),
            ("31.07.2024", [], {1: "07.08.2024", 2: "07.08.2024", 3: "21.08.2024"}, None),
            ("31.08.2024", [2], {1: "05.11.2024", 3: "21.08.2024"}, None),
            ("03.11.2024", [1, 2], {3: "10.10.2024"}, PointResult.PARTLY),
            ("22.12.2024", [1, 2], {3: "10.10.2024"}, PointResult.PARTLY),
        ],
    )
    def test_as_of(self, as_of: str, final: list[int], until: dict[int, str], proposed: PointResult | None) -> None:
        asks = self.asks(as_of)
        assert [number for number, ask in asks.items() if ask.is_final] == final
        waited = {number: ask.lines[0].until for number, ask in asks.items() if ask.is_open}
        assert waited == {number: day(text) for number, text in until.items()}
        assert proposed_result(list(asks.values()), day(as_of)) == proposed

    def test_what_was_known_before_the_answer_was_written_down(self) -> None:
        asks = self.asks("03.11.2024", without_the_last_answer=True)
        assert [number for number, ask in asks.items() if ask.is_final] == [2]
        assert asks[1].lines[0].until == day("05.11.2024")
        assert proposed_result(list(asks.values()), day("03.11.2024")) is None

    @pytest.mark.parametrize(
        ("as_of", "late"),
        [
            ("21.08.2024", []),
            ("22.08.2024", [(3, MINSTROY, 1)]),
            ("31.08.2024", [(3, MINSTROY, 1)]),
            ("10.10.2024", []),
            ("11.10.2024", [(3, MINSTROY, 7)]),
            ("03.11.2024", [(3, MINSTROY, 7)]),
        ],
    )
    def test_late_is_the_ask_and_named_who_owes_it(self, as_of: str, late: list[tuple[int, str, int]]) -> None:
        """Marked is the letter that carried the late line last."""
        found = [
            (number, line.body, line.letters[-1])
            for number, ask in self.asks(as_of).items()
            for line in ask.late_lines(day(as_of))
        ]
        assert found == late

    def test_how_it_ended(self) -> None:
        assert [ask.outcome for ask in self.asks("31.12.2024").values()] == [PARTLY, REFUSED, None]


SENT = Carried(1, GOVERNMENT, day("07.08.2024"))
REFUSAL = Answered(GOVERNMENT, REFUSED)
PASSED_ON = Answered(GOVERNMENT, FORWARDED, day("21.08.2024"), MINSTROY)


def test_what_was_not_sent_has_no_part() -> None:
    satisfied = fold([SENT, Answered(GOVERNMENT, SATISFIED)])
    assert not fold([]).is_sent
    assert proposed_result([fold([])], day("01.01.2025")) is None
    assert proposed_result([satisfied, fold([])], day("01.01.2025")) == PointResult.ACHIEVED


@pytest.mark.parametrize(
    ("outcomes", "result"),
    [
        ([SATISFIED, SATISFIED], PointResult.ACHIEVED),
        ([SATISFIED, REFUSED], PointResult.PARTLY),
        ([SATISFIED, None], PointResult.PARTLY),
        ([PARTLY, NOT_CONSIDERED], PointResult.PARTLY),
        ([REFUSED, NOT_CONSIDERED], PointResult.REFUSED),
        ([REFUSED, None], PointResult.REFUSED),
        ([NOT_CONSIDERED, None], PointResult.NO_ANSWER),
        ([None, None], PointResult.NO_ANSWER),
    ],
)
def test_what_the_answers_propose(outcomes: list[AskOutcome | None], result: PointResult) -> None:
    asks = [fold([SENT, *([Answered(GOVERNMENT, one)] if one else [])]) for one in outcomes]
    assert proposed_result(asks, day("08.08.2024")) == result


def test_without_a_day_it_waits_and_is_never_late() -> None:
    ask = fold([Carried(1, GOVERNMENT, None)])
    assert not ask.late_lines(day("01.01.2099"))
    assert proposed_result([ask], day("01.01.2099")) is None


def test_each_body_answers_for_itself() -> None:
    ask = fold([SENT, Carried(2, FINANCE, day("10.08.2024")), REFUSAL])
    assert [(line.body, line.is_open) for line in ask.lines] == [(GOVERNMENT, False), (FINANCE, True)]
    assert ask.is_open
    assert ask.outcome == REFUSED


def test_across_bodies_the_best_counts_and_of_one_body_the_latest() -> None:
    ask = fold([SENT, Carried(2, FINANCE, None), Answered(FINANCE, PARTLY), REFUSAL])
    assert ask.outcome == PARTLY
    assert fold([SENT, Answered(GOVERNMENT, SATISFIED), REFUSAL]).outcome == REFUSED


@pytest.mark.parametrize("who", [GOVERNMENT, MINSTROY])
def test_after_a_forwarding_an_answer_of_either_settles_it(who: str) -> None:
    assert fold([SENT, PASSED_ON, Answered(who, REFUSED)]).is_final


def test_who_passed_it_on_moves_no_day_of_who_owes() -> None:
    promised = Answered(GOVERNMENT, INTERIM, day("20.12.2024"))
    assert not answer_refusal(fold([SENT, PASSED_ON]), promised)
    assert fold([SENT, PASSED_ON, promised]) == fold([SENT, PASSED_ON])


def test_forwarded_to_whom_was_asked_it_joins_that_line() -> None:
    ask = fold([SENT, Carried(2, MINSTROY, day("10.08.2024")), PASSED_ON])
    assert ask.lines == (
        Line(MINSTROY, (1, 2), day("21.08.2024"), forwarded_by=frozenset({GOVERNMENT}), latest=FORWARDED),
    )


def test_forwarded_back_it_is_owed_by_the_first_again() -> None:
    ask = fold([SENT, PASSED_ON, Answered(MINSTROY, FORWARDED, None, GOVERNMENT)])
    assert [(line.body, line.forwarded_by) for line in ask.lines] == [(GOVERNMENT, frozenset({MINSTROY}))]


def test_a_new_letter_to_the_body_that_forwarded_opens_a_line_of_its_own() -> None:
    ask = fold([SENT, PASSED_ON, Carried(2, GOVERNMENT, None), REFUSAL])
    assert [(line.body, line.is_open) for line in ask.lines] == [(MINSTROY, True), (GOVERNMENT, False)]


def test_the_latest_event_gives_the_day_be_it_earlier_or_later() -> None:
    ask = fold([SENT, Moved(1, day("01.08.2024"))])
    assert ask.lines[0].until == day("01.08.2024")
    repeated = [SENT, Carried(2, GOVERNMENT, day("01.09.2024"))]
    assert fold([*repeated, Moved(1, day("01.12.2024"))]).lines[0].until == day("01.09.2024")
    assert fold([*repeated, Moved(2, None)]).lines[0].until is None


def test_what_was_answered_before_the_letter_stays_answered_unless_it_is_renewed() -> None:
    assert fold([SENT, REFUSAL, Carried(2, GOVERNMENT, None)]).is_final
    needless = fold([SENT, REFUSAL, Carried(2, MINSTROY, day("10.10.2024"))])
    assert (needless.is_final, needless.outcome) == (True, REFUSED)
    assert not needless.late_lines(day("31.12.2024"))
    assert fold([SENT, REFUSAL, Carried(2, MINSTROY, None), Answered(MINSTROY, SATISFIED)]).outcome == SATISFIED
    renewed = fold([SENT, REFUSAL, Carried(2, GOVERNMENT, None, renews=True)])
    assert renewed.is_open
    assert renewed.outcome == REFUSED  # until the next one
    elsewhere = fold([SENT, REFUSAL, Carried(2, MINSTROY, None, renews=True)])
    assert [line.is_open for line in elsewhere.lines] == [False, True]


def test_a_line_that_was_answered_stays_so_while_another_body_owes() -> None:
    ask = fold([SENT, Carried(2, FINANCE, None), REFUSAL, Carried(3, GOVERNMENT, None)])
    assert [line.is_open for line in ask.lines] == [False, True]


def test_the_letter_that_was_sent_last_stays_the_last_when_lines_are_joined() -> None:
    ask = fold([SENT, Carried(2, MINSTROY, day("10.08.2024")), PASSED_ON])
    assert [line.letters[-1] for line in ask.late_lines(day("22.08.2024"))] == [2]


class TestAnAnswerThatIsTypedLate:
    """A letter carried the ask as open, and it turns out to have been answered before: it stays answered."""

    def test_what_another_body_writes_of_it_is_taken_and_opens_nothing(self) -> None:
        late: list[Event] = [SENT, Answered(GOVERNMENT, SATISFIED), Carried(2, MINSTROY, day("10.10.2024"))]
        interim = Answered(MINSTROY, INTERIM, day("01.12.2024"))
        assert not answer_refusal(fold(late), interim)
        ask = fold([*late, interim])
        assert (ask.is_final, ask.outcome) == (True, SATISFIED)

    def test_so_is_what_the_same_body_writes_of_the_repetition(self) -> None:
        late: list[Event] = [SENT, REFUSAL, Carried(2, GOVERNMENT, day("10.10.2024"))]
        interim = Answered(GOVERNMENT, INTERIM, day("01.12.2024"))
        assert not answer_refusal(fold(late), interim)
        assert fold([*late, interim]).is_final
        assert answer_refusal(fold([*late, interim, REFUSAL]), interim)  # nothing was sent since


def test_off_control_nothing_waits_and_the_answers_speak_at_once() -> None:
    renewed = fold([SENT, REFUSAL, Carried(2, GOVERNMENT, day("01.12.2024"), renews=True)])
    satisfied = fold([SENT, Answered(GOVERNMENT, SATISFIED)])
    assert proposed_result([renewed, satisfied], day("10.10.2024")) is None
    assert proposed_result([renewed, satisfied], day("10.10.2024"), is_over=True) == PointResult.PARTLY


class TestRefusals:
    def test_nobody_answers_who_was_not_asked(self) -> None:
        assert answer_refusal(fold([SENT]), Answered(FINANCE, REFUSED))
        assert fold([SENT, Answered(FINANCE, REFUSED)]) == fold([SENT])

    @pytest.mark.parametrize("said", [Answered(GOVERNMENT, INTERIM, day("01.12.2024")), PASSED_ON])
    def test_what_is_not_final_does_not_follow_what_is(self, said: Answered) -> None:
        assert answer_refusal(fold([SENT, REFUSAL]), said)
        assert not answer_refusal(fold([SENT, REFUSAL, Carried(2, GOVERNMENT, None, renews=True)]), said)

    @pytest.mark.parametrize("to", [None, GOVERNMENT])
    def test_a_forwarding_names_somebody_else(self, to: str | None) -> None:
        assert answer_refusal(fold([SENT]), Answered(GOVERNMENT, FORWARDED, None, to))

    def test_the_right_answers_are_taken(self) -> None:
        assert not answer_refusal(fold([SENT]), REFUSAL)
        assert not answer_refusal(fold([SENT, REFUSAL]), Answered(GOVERNMENT, SATISFIED))
