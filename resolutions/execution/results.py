"""What came of a point, as people read it: what somebody named, and what the answers say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from resolutions.correspondence.register import LettersOnDay, letters_on, placed_on
from resolutions.kinds import POINT_KINDS
from resolutions.models import DecisionPoint, IncomingEntry, Letter, LetterStep, PointResult, PointState
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.point_standing import PointStanding
from resolutions.models.results import BY_ANSWERS, is_better


class HowNamed(models.TextChoices):
    """With what reservation a result is told."""

    PLAIN = "plain", "без оговорок"
    REPORTED = "reported", "по докладу"
    UNSUPPORTED = "unsupported", "ответами не подтверждается"
    BOTH = "both", "по докладу, ответами не подтверждается"


@dataclass(frozen=True)
class ShownResult:
    """The result of a point at the end of a day.

    Attributes:
        result: what was named last.
        named_on: when; None while nothing was.
        reason: why, where it is not what the answers propose.
        by_report: whether it was reported and nobody has accepted it yet.
        proposed: what the answers propose; None where they propose nothing.
        is_supported: whether what it rests on is still there: a reason, or the answers of its day, and none since then
            that says less.
        is_outdated: whether the answers propose something else, and it has no reason, or they said something else then.
    """

    result: PointResult
    named_on: dt.date | None = None
    reason: str = ""
    by_report: bool = False
    proposed: PointResult | None = None
    is_supported: bool = True
    is_outdated: bool = False

    @property
    def waits(self) -> bool:
        """Whether it should be named anew: the answers say less by now, or more."""
        return self.named_on is not None and not self.by_report and (self.is_outdated or not self.is_supported)

    @property
    def tone(self) -> str:
        """The colour: what is not supported, or not accepted yet, never looks like a success."""
        return self.result.tone if self.is_supported and not self.by_report else PointResult.UNNAMED.tone

    @property
    def badge(self) -> str:
        """The label where nothing around says what it is about."""
        return "Результат ещё не назван" if self.result == PointResult.UNNAMED else self.label

    @property
    def label(self) -> str:
        """«Достигнуто частично, по докладу»."""
        return str(self.result.label) if self.how == HowNamed.PLAIN else f"{self.result.label}, {self.how.label}"

    @property
    def how(self) -> HowNamed:
        """With what reservation it is told."""
        if self.by_report:
            return HowNamed.REPORTED if self.is_supported else HowNamed.BOTH
        return HowNamed.PLAIN if self.is_supported else HowNamed.UNSUPPORTED

    @property
    def result_told(self) -> tuple[PointResult, HowNamed, str]:
        """What is counted as the same: the result, with what reservation, and both in words."""
        return self.result, self.how, self.label

    @property
    def sentence(self) -> str:
        """The same, with what the answers propose where that is something else."""
        if self.proposed in (None, self.result):
            return self.label
        return f"{self.label} (по ответам: {str(self.proposed.label).lower()})" if self.proposed else self.label


def result_of(
    point: DecisionPoint,
    stood: PointStanding,
    letters: Iterable[Letter],
    day: dt.date,
    *,
    known_on: dt.date | None = None,
) -> ShownResult:
    """The result of a point at the end of a day. Asks nothing.

    Args:
        point: the point.
        stood: how its card stood.
        letters: of the point, as `LetterQueries.with_asks` reads them.
        day: a calendar day in Moscow.
        known_on: only what was recorded by the end of this day counts.
    """
    proposed, is_supported, is_outdated = None, True, False
    if point.of_kind.is_answered:
        read = list(letters)

        @cache  # the same days are asked for again
        def read_on(then: dt.date) -> LettersOnDay:
            return placed_on(then, read, known_on=known_on)

        def proposed_on(then: dt.date, *, is_over: bool = False) -> PointResult | None:
            return read_on(then).proposed(stood.watched_anew_on, is_over=is_over)

        proposed = proposed_on(day, is_over=stood.state not in UNDER_CONTROL)
        if stood.result_on and proposed not in (None, stood.result) and stood.state != PointState.CANCELLED:
            said_then, said_now = (proposed_on(then, is_over=True) for then in (stood.result_on, day))
            is_outdated = not stood.result_reason or said_now != said_then
        if stood.result_on and not stood.result_reason:
            then = proposed_on(stood.result_on)
            rests_on_nothing = stood.result in BY_ANSWERS and None in (then, proposed)
            is_supported = not (rests_on_nothing or is_better(stood.result, then) or is_better(stood.result, proposed))
    by_report = stood.state == PointState.REPORTED and stood.result != PointResult.UNNAMED
    return ShownResult(
        stood.result, stood.result_on, stood.result_reason, by_report, proposed, is_supported, is_outdated
    )


def proposed_today(point: DecisionPoint) -> PointResult | None:
    """What the answers propose as the result of a point today; None where they propose nothing."""
    if not point.of_kind.is_answered:
        return None
    return letters_on(timezone.localdate(), point.letters.all()).proposed(point.watched_anew_on)


def results_today(points: Iterable[DecisionPoint]) -> Mapping[int, ShownResult]:
    """The results of points today, by their keys. Seven queries at the most, whatever their number.

    Args:
        points: with their columns as they stand.
    """
    read, letters = list(points), defaultdict(list)
    settled = {point.pk: _settled(point) for point in _with_nothing_since(read)}
    asking = [point.pk for point in read if point.kind in ANSWERED and point.pk not in settled]
    if asking:
        stored = Letter.objects.filter(point__in=asking).defer("body", "search_text")
        for letter in stored.with_asks():
            letters[letter.point_id].append(letter)
    today = timezone.localdate()
    return settled | {
        point.pk: result_of(point, point.kept(), letters[point.pk], today) for point in read if point.pk not in settled
    }


def may_be_outdated() -> Q:
    """Points whose answers may say something else than when the result was named.

    A result with its reason rests on what was sent and said by its day: most points of the past are told by that alone,
    and their letters need not be read.
    """
    since = Q(happened_on__gt=OuterRef("result_on"))
    sent = LetterStep.objects.filter(since, letter__point=OuterRef("pk"))
    said = IncomingEntry.objects.filter(since, outcomes__ask__letter__point=OuterRef("pk"))
    return Q(Exists(sent) | Exists(said)) | Q(result_reason="")


def _with_nothing_since(points: Iterable[DecisionPoint]) -> list[DecisionPoint]:
    """Those off control whose result has its reason, and about which nothing was sent or said since."""
    ended = {point.pk: point for point in points if point.kind in ANSWERED and not point.is_under_control}
    told = [key for key, point in ended.items() if point.result_reason]
    if not told:
        return []
    since = DecisionPoint.objects.filter(may_be_outdated(), pk__in=told).order_by()
    moved = set(since.values_list("pk", flat=True))
    return [ended[key] for key in told if key not in moved]


def _settled(point: DecisionPoint) -> ShownResult:
    """The result of such a point, as its columns tell it."""
    answered = PointResult(point.answered) if point.answered else None
    return ShownResult(PointResult(point.result), point.result_on, point.result_reason, proposed=answered)


def with_results(points: Iterable[DecisionPoint]) -> list[DecisionPoint]:
    """Points that know what came of them today (`shown_result`), for templates that draw many.

    Args:
        points: with their columns as they stand.
    """
    read = list(points)
    results = results_today(read)
    for point in read:
        show_result(point, results[point.pk])
    return read


def show_result(point: DecisionPoint, result: ShownResult) -> None:
    """Let a point know what came of it, as `with_results` does, where the caller has read its letters."""
    vars(point)["shown_result"] = result


ANSWERED = [code for code, kind in POINT_KINDS.items() if kind.is_answered]
