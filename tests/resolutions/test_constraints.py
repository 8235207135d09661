"""The database says no too."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone

from accounts.models import User
from documents.models import IssuedDocument
from municipalities.models import Municipality
from resolutions.models import (
    Ask,
    Attachment,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterStep,
    Mailing,
    MemberReport,
    MemberReportRow,
    NumberSeries,
    Outcome,
    Party,
    PastImport,
    ProgressEntry,
    Release,
    ReportReminder,
    Resolution,
    ResolutionVersion,
    SubPoint,
)
from tests.accounts.mail.factory import letter as mail_letter
from tests.municipalities.factory import city

pytestmark = pytest.mark.slow

Broken = Callable[[Resolution], object]
DAY = dt.date(2024, 7, 1)


def stored(resolution: Resolution, **fields: Any) -> Letter:
    """A registered letter, past every method that would refuse it."""
    values = {"kind": "circular", "state": "registered", "number": "1", "date": DAY, "year": 2024, "sequence": 1}
    Letter.objects.bulk_create([Letter(resolution=resolution, addressee="А", body="Т", **values | fields)])
    return Letter.objects.latest("pk")


def twice(resolution: Resolution, **fields: Any) -> None:
    """Two letters that differ in nothing else."""
    for number in range(2):
        stored(resolution, **{"number": str(number), "sequence": number} | fields)


def entry(resolution: Resolution, **fields: object) -> None:
    point = resolution.points.first()
    values = {"happened_on": DAY, "text": "Т", "action": "note", "actor_name": "А"}
    ProgressEntry.objects.bulk_create([ProgressEntry(point=point, **values | fields)])


def letter_step(resolution: Resolution, **fields: object) -> None:
    values = {"happened_on": DAY, "action": "note", "actor_name": "А"}
    LetterStep.objects.bulk_create([LetterStep(letter=stored(resolution), **values | fields)])


def voiding_entry(resolution: Resolution, **fields: object) -> None:
    """Voids another entry, and would stand before it."""
    entry(resolution)
    first = ProgressEntry.objects.get()
    entry(resolution, **{"voids": first, "placed_before": first, "action": ""} | fields)


def voiding_step(resolution: Resolution, **fields: object) -> None:
    """Voids another step, and would change something besides."""
    letter_step(resolution)
    first = LetterStep.objects.get()
    values = {"happened_on": DAY, "action": "", "text": "Т", "actor_name": "А", "voids": first, "letter": first.letter}
    LetterStep.objects.bulk_create([LetterStep(**values | fields)])


def ask(resolution: Resolution, count: int = 1, **fields: Any) -> Ask:
    """Something that a stored letter asks for."""
    letter = stored(resolution)
    Ask.objects.bulk_create([Ask(**{"letter": letter, "number": 1, "text": "Т"} | fields) for _ in range(count)])
    return Ask.objects.latest("pk")


def carried(resolution: Resolution, count: int = 1, *, sent: bool = False) -> None:
    """A letter that carries its ask, or is going to."""
    born = ask(resolution)
    step = LetterStep.objects.create(letter=born.letter, happened_on=DAY, action="note", actor_name="А")
    rows = [CarriedAsk(letter=born.letter, ask=born, step=step if sent else None) for _ in range(count)]
    CarriedAsk.objects.bulk_create(rows)


def a_body(name: str = "Минстрой России") -> Correspondent:
    return Correspondent.objects.named(name)


def incoming(count: int = 1, **fields: Any) -> IncomingLetter:
    """A place in the register; the next one differs in its numbers, unless it is told not to."""
    for number in range(1, count + 1):
        values = {"number": str(number), "sequence": number, "year": 2024, "received_on": DAY}
        IncomingLetter.objects.bulk_create([IncomingLetter(correspondent=a_body(), **values | fields)])
    return IncomingLetter.objects.latest("pk")


def came(**fields: Any) -> IncomingEntry:
    """An entry of the register."""
    values = {"happened_on": DAY, "correspondent": a_body(), "actor_name": "А"}
    IncomingEntry.objects.bulk_create([IncomingEntry(letter=incoming(), **values | fields)])
    return IncomingEntry.objects.latest("pk")


def voiding_of_what_came(**fields: Any) -> None:
    """Voids an entry of the register, and would say something besides."""
    wrong = came()
    values = {"happened_on": DAY, "text": "Т", "actor_name": "А", "voids": wrong, "letter": wrong.letter}
    IncomingEntry.objects.bulk_create([IncomingEntry(**values | fields)])


def said(resolution: Resolution, count: int = 1, **fields: Any) -> None:
    """What an entry says of an ask."""
    values = {"entry": came(), "ask": ask(resolution), "outcome": "refused"}
    Outcome.objects.bulk_create([Outcome(**values | fields) for _ in range(count)])


def release(resolution: Resolution, **fields: object) -> Release:
    values = {"happened_on": DAY, "is_released": True, "text": "Т", "actor_name": "А", "letter": stored(resolution)}
    Release.objects.bulk_create([Release(**values | fields)])
    return Release.objects.latest("pk")


def voiding_release(resolution: Resolution) -> None:
    """Voids another row, and would stand before it."""
    first = release(resolution)
    said = {"voids": first, "placed_before": first, "is_released": None, "letter": first.letter}
    Release.objects.bulk_create([Release(happened_on=DAY, text="Т", actor_name="А", **said)])


def attachment(**fields: object) -> None:
    values = {"name": "а.pdf", "size": 1, "added_by_name": "А"}
    Attachment.objects.bulk_create([Attachment(**values | fields)])


def subpoints(resolution: Resolution, count: int = 2, **fields: Any) -> None:
    point = resolution.points.first()
    SubPoint.objects.bulk_create(
        SubPoint(**{"point": point, "number": number, "text": "Т"} | fields) for number in range(1, count + 1)
    )


ATTEMPTS: dict[str, Broken] = {
    "resolution_status_known": lambda r: Resolution.objects.filter(pk=r.pk).update(status="lost"),
    "resolution_adopted_has_date": lambda r: Resolution.objects.filter(pk=r.pk).update(adopted_on=None),
    "resolution_signed_exactly_when_issued": lambda r: Resolution.objects.filter(pk=r.pk).update(status="signed"),
    "version_number_once": lambda r: ResolutionVersion.objects.bulk_create(
        [ResolutionVersion(resolution=r, number=1, action="created", text={}, actor_name="А")]
    ),
    "version_action_known": lambda r: ResolutionVersion.objects.bulk_create(
        [ResolutionVersion(resolution=r, number=9, action="guessed", text={}, actor_name="А")]
    ),
    "point_number_once": lambda r: r.points.update(number=1),
    "point_key_once": lambda r: r.points.update(key="samekey1"),
    "point_has_key": lambda r: r.points.filter(number=1).update(key=""),
    "paragraph_number_once": lambda r: r.paragraphs.update(number=1),
    "paragraph_key_once": lambda r: r.paragraphs.update(key="samekey1"),
    "paragraph_number_from_one": lambda r: r.paragraphs.filter(number=1).update(number=0),
    "paragraph_has_key": lambda r: r.paragraphs.filter(number=1).update(key=""),
    "subpoint_number_once": lambda r: subpoints(r, number=1),
    "subpoint_key_once": lambda r: subpoints(r, key="samekey1"),
    "subpoint_number_from_one": lambda r: subpoints(r, count=1, number=0),
    "subpoint_has_key": lambda r: subpoints(r, count=1, key=""),
    "point_number_from_one": lambda r: r.points.filter(number=1).update(number=0),
    "point_kind_known": lambda r: r.points.update(kind="wish"),
    "point_answered_is_of_answers": lambda r: r.points.update(answered="lapsed"),
    "point_state_known": lambda r: r.points.update(state="forgotten"),
    "point_warns_within_a_year": lambda r: r.points.update(warn_days=366),
    "point_term_comes_with_day": lambda r: r.points.update(term="10 дней"),
    "point_result_comes_with_day": lambda r: r.points.update(result="achieved"),
    "progress_is_a_step_or_a_voiding": lambda r: entry(r, action="dreamt"),
    "progress_says_a_result_exactly_where_one_is_asked": lambda r: entry(r, action="close"),
    "progress_reason_is_of_a_result": lambda r: entry(r, result_reason="Потому что"),
    "progress_responsible_by_name": lambda r: entry(r, responsible_name="А"),
    "progress_controller_by_name": lambda r: entry(r, controller_name="А"),
    "progress_deadline_not_before_its_step": lambda r: entry(r, due_on=DAY - dt.timedelta(days=1)),
    "progress_asks_for_a_day_to_come": lambda r: entry(r, asked_due_on=DAY),
    "progress_obstacles_are_of_a_report": lambda r: entry(r, obstacles="Снег"),
    "progress_measures_where_that_is_chosen": lambda r: entry(r, measures="reports"),
    "party_body_is_of_the_union": lambda r: party(kind="body", body="king"),
    "party_municipality_where_it_is_one": lambda r: party(kind="municipality"),
    "party_user_where_it_is_one": lambda r: party(kind="user"),
    "party_name_where_it_is_outside": lambda r: party(kind="outside"),
    "party_body_once": lambda r: [party(kind="members") for _ in range(2)],
    "party_municipality_once": lambda r: [party(kind="municipality", municipality=_town()) for _ in range(2)],
    "party_user_once": lambda r: [party(kind="user", user=User.objects.first()) for _ in range(2)],
    "progress_term_comes_with_day": lambda r: entry(r, term="10 дней"),
    "progress_sets_or_lifts_deadline": lambda r: entry(r, due_on=DAY, lifts_due=True),
    "progressentry_by_somebody": lambda r: entry(r, actor_name=""),
    "progressentry_on_behalf_with_ground": lambda r: entry(r, on_behalf_of="А"),
    "progressentry_voiding_says_why": lambda r: voiding_entry(r),
    "progress_says_something": lambda r: entry(r, text=""),
    "letter_kind_known": lambda r: stored(r, kind="postcard"),
    "letter_number_comes_with_date": lambda r: stored(r, date=None),
    "letter_numbered_exactly_when_registered": lambda r: stored(r, state="draft"),
    "letter_number_once_a_year": lambda r: twice(r, number="7"),
    "letter_sequence_once_a_year": lambda r: twice(r, sequence=7),
    "letter_day_is_of_what_is_awaited": lambda r: stored(r, awaited_until=DAY),
    "letter_answer_is_due_after_sending": lambda r: stored(r, due_on=DAY),
    "letter_issued_has_number": lambda r: stored(
        r, state="annulled", number="", date=None, year=None, sequence=None, issued_document=_a_document()
    ),
    "letter_step_is_a_step_or_a_voiding": lambda r: letter_step(r, action="burnt"),
    "letter_step_sets_or_lifts_deadline": lambda r: letter_step(r, due_on=DAY, lifts_due=True),
    "letterstep_by_somebody": lambda r: letter_step(r, actor_name=""),
    "letterstep_on_behalf_with_ground": lambda r: letter_step(r, behalf_ground="По устному поручению"),
    "letterstep_voiding_says_why": lambda r: voiding_step(r, text=""),
    "letter_sent_by_a_channel": lambda r: letter_step(r, action="send", channel="pigeon"),
    "ask_number_once_a_letter": lambda r: ask(r, 2),
    "ask_says_something": lambda r: ask(r, text=""),
    "ask_planned_once_a_letter": lambda r: carried(r, 2),
    "ask_sent_once_a_step": lambda r: carried(r, 2, sent=True),
    "correspondent_once": lambda r: Correspondent.objects.bulk_create(
        [Correspondent(name="Минстрой", search_name="минстрой") for _ in range(2)]
    ),
    "correspondent_is_a_body_or_a_municipality": lambda r: Correspondent.objects.create(name="", search_name=""),
    "incoming_number_once_a_year": lambda r: incoming(2, number="7"),
    "incoming_sequence_once_a_year": lambda r: incoming(2, sequence=7),
    "incoming_sequence_comes_with_number": lambda r: incoming(number=""),
    "incomingentry_by_somebody": lambda r: came(actor_name=""),
    "incomingentry_on_behalf_with_ground": lambda r: came(on_behalf_of="А"),
    "incomingentry_voiding_says_why": lambda r: voiding_of_what_came(text=""),
    "incoming_entry_says_who_wrote_or_voids": lambda r: voiding_of_what_came(their_number="1"),
    "incoming_not_before_2000": lambda r: came(happened_on=dt.date(1999, 12, 31)),
    "incoming_entry_among_sent_known": lambda r: came(among_sent="between"),
    "outcome_once_an_entry": lambda r: said(r, 2),
    "outcome_says_what_belongs_to_it": lambda r: said(r, until=DAY),
    "mailing_kind_known": lambda r: Mailing.objects.create(kind="spam", resolution=r, title="Т"),
    "mailing_has_title": lambda r: Mailing.objects.create(kind="circular", resolution=r, title=""),
    "series_begins_with_one_or_more": lambda r: NumberSeries.objects.create(year=2024, first=0),
    "series_once_a_year": lambda r: NumberSeries.objects.bulk_create([NumberSeries(year=2024) for _ in range(2)]),
    "series_direction_known": lambda r: NumberSeries.objects.create(year=2024, direction="sideways"),
    "series_pattern_has_number": lambda r: NumberSeries.objects.create(year=2024, pattern="ИСХ"),
    "release_by_somebody": lambda r: release(r, actor_name=""),
    "release_on_behalf_with_ground": lambda r: release(r, on_behalf_of="А"),
    "release_voiding_says_why": voiding_release,
    "release_is_a_release_or_a_voiding": lambda r: release(r, is_released=None),
    "release_says_why": lambda r: release(r, text=""),
    "release_of_something": lambda r: release(r, letter=None),
    "member_report_once_a_point": lambda r: [_a_report(r) for _ in "12"],
    "member_report_row_is_a_step_or_a_voiding": lambda r: reported(r, action="dreamt"),
    "member_report_row_says_something": lambda r: reported(r, text=""),
    "member_report_row_result_is_of_a_report": lambda r: reported(r, action="return", result="Вышло"),
    "memberreportrow_by_somebody": lambda r: reported(r, actor_name=""),
    "memberreportrow_on_behalf_with_ground": lambda r: reported(r, on_behalf_of="А"),
    "memberreportrow_voiding_says_why": lambda r: voiding_of_a_report(r),
    "report_reminder_by_somebody": lambda r: ReportReminder.objects.bulk_create(
        [ReportReminder(report=_a_report(r), mail=mail_letter(), sent_by=User.objects.latest("pk"))]
    ),
    "pastimport_state_known": lambda r: past(state="lost", decided_at=timezone.now(), decided_by_name="А"),
    "pastimport_has_author": lambda r: past(uploaded_by_name=""),
    "pastimport_decided_by_somebody": lambda r: past(decided_by_name="А"),
    "pastimport_applied_without_errors": lambda r: past(
        state="applied", decided_at=timezone.now(), decided_by_name="А", errors=1
    ),
    "pastimport_sha256_hex": lambda r: past(sha256="нет"),
    "attachment_of_one_thing": lambda r: attachment(),
    "attachment_is_a_file": lambda r: attachment(entry=_an_entry(r), size=0),
}


def past(**fields: Any) -> PastImport:
    values: dict[str, Any] = {"uploaded_by_name": "А", "name": "А.xlsx", "sha256": "a" * 64, "size": 1} | fields
    return PastImport.objects.create(uploaded_by=User.objects.latest("pk"), **values)


def party(**facts: Any) -> Party:
    return Party.objects.create(**facts)


def _town() -> Municipality:
    return Municipality.objects.first() or city("Кострома", 34701000)


def _a_report(resolution: Resolution) -> MemberReport:
    return MemberReport.objects.create(point=resolution.points.earliest("number"), municipality=_town())


def reported(resolution: Resolution, **fields: Any) -> MemberReportRow:
    values: dict[str, Any] = {"happened_on": DAY, "text": "Т", "action": "report", "actor_name": "А"} | fields
    values.setdefault("report", MemberReport.objects.first() or _a_report(resolution))
    MemberReportRow.objects.bulk_create([MemberReportRow(**values)])
    return MemberReportRow.objects.latest("pk")


def voiding_of_a_report(resolution: Resolution) -> None:
    """Voids another row, and would stand before it."""
    first = reported(resolution)
    reported(resolution, voids=first, placed_before=first, action="")


def _a_document() -> IssuedDocument:
    by = User.objects.latest("pk")
    return IssuedDocument.objects.create(
        kind="letter", title="Т", sha256="a" * 64, size=1, verification_code="0" * 4 + "-0000-0000", issued_by=by,
        issued_by_name="А", is_public=False, prints_code=False,
    )  # fmt: skip


def _an_entry(resolution: Resolution) -> ProgressEntry:
    entry(resolution)
    return ProgressEntry.objects.get()


def constraints() -> dict[str, Any]:
    models = [model for model in apps.get_app_config("resolutions").get_models() if "Historical" not in model.__name__]
    assert {DecisionPoint, Letter, Attachment} <= set(models)
    return {constraint.name: constraint for model in models for constraint in model._meta.constraints}


def test_every_constraint_has_an_attempt_to_break_it() -> None:
    assert set(constraints()) == set(ATTEMPTS)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_database_refuses(adopted: Resolution, name: str) -> None:
    constraint = constraints()[name]
    # SQLite names the columns of a broken uniqueness, not its constraint.
    column = constraint.fields[-1] if isinstance(constraint, UniqueConstraint) else "-"
    with pytest.raises(IntegrityError, match=f"{name}|UNIQUE constraint failed: .*{column}"), transaction.atomic():
        ATTEMPTS[name](adopted)
