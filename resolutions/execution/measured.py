"""What is counted of recommendations, each by its measure: of how many, and where the rows stand."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from listings.asking import query_of
from municipalities.models import Municipality
from municipalities.practices.uptake import Uptake, uptakes_of
from municipalities.surveys.accepted import AcceptedAnswers, accepted_answers
from resolutions.models import DecisionPoint, Measure, MeasureCode, MemberReport
from resolutions.models.member_report_row import REPORT_RULES
from russian.templatetags.russian import plural, quoted

MUNICIPALITIES = "муниципальное образование,муниципальных образования,муниципальных образований"


@dataclass(frozen=True)
class Count:
    """One thing that is counted.

    Attributes:
        lead: what of those who count do, «Участвуют в проекте».
        done, total: how many do it, of how many.
        still: what the others do.
        forms: one, a few, many of what is counted; empty where the sentence does without.
        done_url, total_url: their lists.
    """

    lead: str
    done: int
    total: int
    still: str
    forms: str = ""
    done_url: str = field(default="", compare=False)  # says how it was read, too, which is no fact of it
    total_url: str = field(default="", compare=False)

    @property
    def noun(self) -> str:
        """What is counted, after the number."""
        return f"\xa0{plural(self.done, self.forms)}" if self.forms else ""

    @property
    def sentence(self) -> str:
        """«Участвуют в проекте: 3 муниципальных образования из 26.»"""
        return f"{self.lead}: {self.done}{self.noun} из {self.total}."

    @property
    def remaining(self) -> str:
        """What is left, in a sentence; empty when nothing is."""
        return f"{self.still}: {self.total - self.done} из {self.total}." if self.done < self.total else ""


@dataclass(frozen=True)
class Measured:
    """What is counted of one point on a day.

    Attributes:
        counts: in the order of its measure; none where nothing is counted.
        uptake: where the members stand, for a page that tells more of it; None where that is not counted.
    """

    counts: tuple[Count, ...] = ()
    uptake: Uptake | None = field(default=None, compare=False)


def measured_on(
    points: Iterable[tuple[DecisionPoint, Measure]], as_of: dt.date | None, *, known_on: dt.date | None = None
) -> dict[int, Measured]:
    """Count what measures say. The number of queries does not depend on theirs.

    Args:
        points: each with its measure on the day.
        as_of: the day whose end is meant, in Moscow; None for today.
        known_on: only what was recorded by the end of this day counts.

    Returns:
        By the keys of the points.
    """
    measures = list(points)
    about_members = [one for _, one in measures if _about_members(one)]
    owners = Municipality.objects.in_bulk([one.owner_id for one in about_members if one.owner_id])
    uptakes = uptakes_of(owners.values(), as_of, known_on=known_on) if about_members else {}
    questions = [one.question_id for _, one in measures if one.question_id]
    answers = accepted_answers(questions, as_of or timezone.localdate(), known_on=known_on) if questions else {}
    by_reports = [point for point, one in measures if MeasureCode.REPORTS in one.codes]
    members, reported = _reports(by_reports, as_of or timezone.localdate(), known_on) if by_reports else (0, {})
    read = _Read(as_of, known_on, uptakes, answers, members, reported)
    return {point.pk: Measured(tuple(read.counts(point, one)), read.uptake(one)) for point, one in measures}


def _about_members(measure: Measure) -> bool:
    return any(code in measure.codes for code in (MeasureCode.PARTICIPATION, MeasureCode.EXPERIENCE))


@dataclass(frozen=True)
class _Read:
    """What was read for a day."""

    as_of: dt.date | None
    known_on: dt.date | None
    uptakes: Mapping[int | None, Uptake]
    answers: Mapping[int, AcceptedAnswers]
    members: int
    reported: Mapping[int, int]

    def uptake(self, measure: Measure) -> Uptake | None:
        """Where the members stand, where that is counted."""
        return self.uptakes[measure.owner_id] if _about_members(measure) else None

    def counts(self, point: DecisionPoint, measure: Measure) -> Iterator[Count]:
        """What is counted of a point."""
        if MeasureCode.PARTICIPATION in measure.codes:
            yield _participation(self.uptakes[measure.owner_id])
        if MeasureCode.EXPERIENCE in measure.codes:
            yield _experience(self.uptakes[measure.owner_id])
        if MeasureCode.REPORTS in measure.codes:
            yield self._reported(point)
        if measure.question_id:
            yield self._answered(point, self.answers[measure.question_id])

    def _reported(self, point: DecisionPoint) -> Count:
        return Count(
            "Доложили об исполнении",
            self.reported.get(point.pk, 0),
            self.members,
            "Ещё не доложили",
            done_url=self._url("point_members", point, part="reported"),
            total_url=self._url("point_members", point, part="members"),
        )

    def _answered(self, point: DecisionPoint, answers: AcceptedAnswers) -> Count:
        return Count(
            f"Приняты ответы на вопрос {quoted(answers.question)}",
            answers.accepted,
            answers.asked,
            "Ответ ещё не принят",
            done_url=self._url("point_answers", point, part="accepted"),
            total_url=self._url("point_answers", point),
        )

    def _url(self, rows: str, point: DecisionPoint, **asked: str) -> str:
        named = {"as_of": self.as_of, "known_on": self.known_on}
        days = {name: day.isoformat() for name, day in named.items() if day}
        return reverse(rows, args=[point.resolution.slug, point.number]) + query_of(asked | days)


def _reports(points: Sequence[DecisionPoint], day: dt.date, known_on: dt.date | None) -> tuple[int, Mapping[int, int]]:
    """How many members there are, and of how many a report stands, by the keys of the points. Three queries."""
    members = set(Municipality.objects.members_on(day, known_on=known_on).values_list("pk", flat=True))
    stored = MemberReport.objects.filter(point__in=points, municipality__in=members).prefetch_related("rows")
    standing = (one for one in stored if REPORT_RULES.fold(one.rows.all(), day, known_on=known_on).reported_on)
    return len(members), Counter(one.point_id for one in standing)


def _participation(uptake: Uptake) -> Count:
    return Count(
        "Участвуют в проекте",
        uptake.going_on,
        uptake.members,
        "Не участвуют в проекте или не представили сведений",
        MUNICIPALITIES,
        uptake.going_on_url,
        uptake.members_url,
    )


def _experience(uptake: Uptake) -> Count:
    return Count(
        "Используют опыт",
        uptake.using,
        uptake.others,
        "Ещё не используют опыт",
        done_url=uptake.using_url,
        total_url=uptake.others_url,
    )
