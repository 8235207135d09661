"""What the portal holds of the past, as rows of its workbook."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from accounts.models import UnionLedger
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, CommitmentAction, CommitmentState
from municipalities.values import Text
from resolutions.editor import blank_text
from resolutions.models import (
    AskOutcome,
    Channel,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterAction,
    LetterStep,
    Outcome,
    Party,
    PointAction,
    PointPromise,
    PointResult,
    ProgressEntry,
    Resolution,
    ResolutionStatus,
)
from resolutions.models.results import NAMING
from resolutions.past.book import FIRST_ROW
from resolutions.past.columns import PastSheet
from resolutions.past.loading.telling import what_of
from resolutions.past.rows import (
    STEPS_OF_THE_PAST,
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastPromise,
    PastRows,
    PastStep,
    Sheet,
)
from resolutions.past.sheets import FIELDS, SHEETS
from revisions.ledger import IN_ORDER, in_force

_UNNUMBERED = 0  # rows get their numbers when all of a sheet are there


def rows_of_portal() -> PastRows:
    """What stands of adopted decisions; files, measures and passed promises have no place. Constant queries.

    Returns:
        Rows in the order of days, numbered as `book.workbook_of` writes them.
    """
    adopted = Resolution.objects.exclude(status=ResolutionStatus.DRAFT).order_by("adopted_on", "pk")
    decisions = list(adopted.prefetch_related("paragraphs", "points__subpoints"))
    union, letters = UnionLedger.read(), list(_letters())
    incoming = list(_incoming())
    found: dict[Sheet, Iterable[Any]] = {
        Sheet.DECISIONS: (_decision(one, union) for one in decisions),
        Sheet.POINTS: (_point(one, point) for one in decisions for point in one.points.all()),
        Sheet.LETTERS: map(_letter, letters),
        Sheet.ASKS: (ask for one in letters for ask in _asks(one)),
        Sheet.INCOMING: map(_received, incoming),
        Sheet.OUTCOMES: (said for one in incoming for said in _outcomes(one)),
        Sheet.STEPS: map(_step, _steps()),
        Sheet.PROMISES: map(_promise, _promises()),
    }
    return PastRows(**{FIELDS[sheet]: tuple(_numbered(SHEETS[sheet], rows)) for sheet, rows in found.items()})


def _numbered(spec: PastSheet, rows: Iterable[Any]) -> Iterator[Any]:
    """Rows with their numbers, and texts as reading a workbook gives them."""
    texts = [one for one in spec.columns if isinstance(one.value, Text)]
    for number, row in enumerate(rows, start=FIRST_ROW):
        yield replace(row, row=number, **{one.field: one.value.kept(getattr(row, one.field)) for one in texts})


def _place(municipality: Municipality) -> str:
    """A name that no other municipality has."""
    return f"{municipality.name} ({municipality.region})"


def _decision(one: Resolution, union: UnionLedger) -> PastDecision:
    """A decision; what is usual stays empty."""
    day: Any = one.adopted_on  # there by a constraint
    usual = blank_text(one.title, day, one.place, union=union.on(day))
    return PastDecision(
        row=_UNNUMBERED,
        decision=one.slug,
        adopted_on=day,
        number=one.number,
        title=one.title,
        place=one.place,
        body="" if one.body_name == usual.body_name else one.body_name,
        hearing=one.hearing,
        preamble=tuple(paragraph.text for paragraph in one.paragraphs.all()),
        signatory_position="" if one.signatory_position == usual.signatory_position else one.signatory_position,
        signatory_name=one.signatory_name,
    )


def _point(decision: Resolution, one: DecisionPoint) -> PastPoint:
    subpoints = tuple(subpoint.text for subpoint in one.subpoints.all())
    return PastPoint(_UNNUMBERED, decision.slug, one.number, one.kind, one.text, subpoints)


# --- letters and what they ask ---


def _letters() -> QuerySet[Letter]:
    """Registered letters under adopted decisions."""
    letters = Letter.objects.exclude(number="").exclude(resolution__status=ResolutionStatus.DRAFT).defer("search_text")
    told = letters.select_related("resolution", "point", "correspondent__municipality", "municipality")
    return told.prefetch_related("steps", "carried__ask", "asks").order_by("date", "pk")


def _way(letter: Letter) -> Mapping[str, LetterStep]:
    """What counts of its way, by what was done; what may be done twice, as it was first."""
    return {step.action: step for step in reversed(in_force(letter.steps.all()))}


def _letter(one: Letter) -> PastLetter:
    way, day = _way(one), dict[str, dt.date | None]()
    for action in (LetterAction.SEND, LetterAction.DELIVER, LetterAction.ANNUL):
        day[action] = way[action].happened_on if action in way else None
    place = one.municipality and _place(one.municipality)
    correspondent = str(one.correspondent or place or "")
    date: Any = one.date  # there by a constraint
    return PastLetter(
        row=_UNNUMBERED,
        number=one.number,
        date=date,
        kind=one.kind,
        decision=one.resolution.slug,
        point=one.point.number if one.point else None,
        correspondent=correspondent,
        addressee="" if one.addressee == correspondent else one.addressee,
        body=one.body,
        reply_days=one.reply_days if one.of_kind.waits else None,
        sent_on=day[LetterAction.SEND],
        channel=Channel(way[LetterAction.SEND].channel) if LetterAction.SEND in way else None,
        delivered_on=day[LetterAction.DELIVER],
        annulled_on=day[LetterAction.ANNUL],
        heading=one.heading,
        salutation=one.salutation,
        executor=one.executor,
        **_signatory(one),
    )


def _signatory(letter: Letter) -> dict[str, str]:
    """Who signed a letter; whoever signed its decision stays empty."""
    names = ("signatory_position", "signatory_name")
    return {
        name: "" if getattr(letter, name) == getattr(letter.resolution, name) else getattr(letter, name)
        for name in names
    }


def _asks(letter: Letter) -> Iterator[PastAsk]:
    """What it carries: as it is planned, and so as it was sent."""
    borne = {one.pk for one in letter.asks.all()}
    for one in letter.carried.all():
        if one.step_id is None:
            date: Any = letter.date  # there by a constraint
            text = one.ask.text if one.ask_id in borne else ""
            yield PastAsk(_UNNUMBERED, letter.number, date, one.ask.number, text, one.renews)


# --- what came in ---


def _incoming() -> QuerySet[IncomingLetter]:
    """Letters of the register that stand, with what they say."""
    entries = IncomingEntry.objects.select_related("correspondent__municipality")
    said = Outcome.objects.select_related("ask__letter__resolution", "forwarded_to__municipality")
    standing = IncomingLetter.objects.filter(is_voided=False).exclude(number="").order_by("received_on", "pk")
    return standing.prefetch_related(Prefetch("entries", entries), Prefetch("entries__outcomes", said))


def _received(one: IncomingLetter) -> PastIncoming:
    entry = one.latest
    return PastIncoming(
        _UNNUMBERED,
        one.number,
        one.received_on,
        str(entry.correspondent),
        entry.their_number,
        entry.their_date,
        entry.text,
    )


def _outcomes(one: IncomingLetter) -> Iterator[PastOutcome]:
    """What it says of asks under adopted decisions; each is named by the letter that bore it."""
    for said in one.latest.outcomes.all():
        letter = said.ask.letter
        if letter.resolution.status != ResolutionStatus.DRAFT:
            date: Any = letter.date  # there by a constraint
            yield PastOutcome(
                _UNNUMBERED,
                one.number,
                one.received_on,
                letter.number,
                date,
                said.ask.number,
                AskOutcome(said.outcome),
                said.until,
                str(said.forwarded_to or ""),
            )


# --- what was done and promised ---


def _steps() -> QuerySet[ProgressEntry]:
    """What counts of the progress of adopted decisions, in its order."""
    steps = ProgressEntry.objects.in_force().filter(action__in=STEPS_OF_THE_PAST)
    adopted = steps.exclude(point__resolution__status=ResolutionStatus.DRAFT)
    told = adopted.select_related("point__resolution", "responsible__municipality", "controller__municipality")
    return told.order_by("point__resolution__adopted_on", "point__resolution", "point__number", *IN_ORDER)


def _party(party: Party | None, name: str) -> str:
    """Whom an instruction names, as it was called then; a municipality so that it is no other."""
    return _place(party.municipality) if party and party.municipality else name


def _step(one: ProgressEntry) -> PastStep:
    return PastStep(
        row=_UNNUMBERED,
        decision=one.point.resolution.slug,
        point=one.point.number,
        happened_on=one.happened_on,
        action=PointAction(one.action),
        text="" if one.text == one.own_words else one.text,
        responsible=_party(one.responsible, one.responsible_name),
        controller=_party(one.controller, one.controller_name),
        due_on=one.due_on,
        result=PointResult(one.result) if one.action in NAMING else None,
        result_reason=one.result_reason,
        asked_due_on=one.asked_due_on,
        obstacles=one.obstacles,
        next_step=one.next_step,
    )


def _promises() -> QuerySet[Commitment]:
    """Accepted promises that are still whose they were."""
    own = Commitment.objects.public().filter(municipality=F("maker")).told()
    named = own.select_related("named_point__point__resolution", "practice__municipality", "municipality", "maker")
    return named.prefetch_related("steps").order_by("made_on", "pk")


def _promise(one: Commitment) -> PastPromise:
    tie: PointPromise | None = getattr(one, "named_point", None)
    point = tie.point if tie and tie.point.resolution.status != ResolutionStatus.DRAFT else None
    ended = {step.action: step for step in in_force(one.steps.all())}.get(CommitmentAction.DROPPED)
    made_on: Any = one.made_on  # both there by a constraint
    due_on: Any = one.due_on
    return PastPromise(
        row=_UNNUMBERED,
        municipality=_place(one.municipality),
        decision=point.resolution.slug if point else "",
        point=point.number if point else None,
        what=what_of(one),
        made_on=made_on,
        due_on=due_on,
        who=one.who,
        kept_on=one.ended_on if one.state == CommitmentState.KEPT else None,
        dropped_on=ended.happened_on if ended else None,
        reason=ended.text if ended else "",
    )
