"""The database says no too."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from accounts.models import User
from documents.models import IssuedDocument
from resolutions.models import (
    Attachment,
    DecisionPoint,
    Letter,
    LetterStep,
    Mailing,
    NumberSeries,
    ProgressEntry,
    Release,
    Reply,
    Resolution,
    ResolutionVersion,
    SubPoint,
)

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


def reply(resolution: Resolution, count: int = 1, **fields: object) -> None:
    letter = stored(resolution)
    values = {"number": "1", "received_on": DAY, "year": 2024, "outcome": "noted"}
    Reply.objects.bulk_create([Reply(letter=letter, **values | fields) for _ in range(count)])


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
    "point_state_known": lambda r: r.points.update(state="forgotten"),
    "point_warns_within_a_year": lambda r: r.points.update(warn_days=366),
    "point_term_comes_with_day": lambda r: r.points.update(term="10 дней"),
    "point_result_comes_with_day": lambda r: r.points.update(result="achieved"),
    "progress_is_a_step_or_a_voiding": lambda r: entry(r, action="dreamt"),
    "progress_says_a_result_exactly_where_one_is_asked": lambda r: entry(r, action="close"),
    "progress_reason_is_of_a_result": lambda r: entry(r, result_reason="Потому что"),
    "progress_term_comes_with_day": lambda r: entry(r, term="10 дней"),
    "progress_sets_or_lifts_deadline": lambda r: entry(r, due_on=DAY, lifts_due=True),
    "progress_names_or_lifts_controller": lambda r: entry(r, controller="А", lifts_controller=True),
    "progressentry_by_somebody": lambda r: entry(r, actor_name=""),
    "progressentry_on_behalf_with_ground": lambda r: entry(r, on_behalf_of="А"),
    "progressentry_voiding_says_why": lambda r: voiding_entry(r),
    "progress_says_something": lambda r: entry(r, text=""),
    "letter_kind_known": lambda r: stored(r, kind="postcard"),
    "letter_number_comes_with_date": lambda r: stored(r, date=None),
    "letter_numbered_exactly_when_registered": lambda r: stored(r, state="draft"),
    "letter_number_once_a_year": lambda r: twice(r, number="7"),
    "letter_sequence_once_a_year": lambda r: twice(r, sequence=7),
    "letter_one_appeal_per_point": lambda r: twice(r, kind="appeal", point=r.points.first()),
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
    "letter_step_about_an_answer_names_it": lambda r: letter_step(r, action="answer"),
    "reply_outcome_known": lambda r: reply(r, outcome="laughed"),
    "reply_has_number": lambda r: reply(r, number=""),
    "reply_number_once_a_year": lambda r: reply(r, 2),
    "mailing_kind_known": lambda r: Mailing.objects.create(kind="spam", resolution=r, title="Т"),
    "mailing_has_title": lambda r: Mailing.objects.create(kind="circular", resolution=r, title=""),
    "series_begins_with_one_or_more": lambda r: NumberSeries.objects.create(year=2024, first=0),
    "series_pattern_has_number": lambda r: NumberSeries.objects.create(year=2024, pattern="ИСХ"),
    "release_by_somebody": lambda r: release(r, actor_name=""),
    "release_on_behalf_with_ground": lambda r: release(r, on_behalf_of="А"),
    "release_voiding_says_why": voiding_release,
    "release_is_a_release_or_a_voiding": lambda r: release(r, is_released=None),
    "release_says_why": lambda r: release(r, text=""),
    "release_of_something": lambda r: release(r, letter=None),
    "attachment_of_one_thing": lambda r: attachment(),
    "attachment_is_a_file": lambda r: attachment(entry=_an_entry(r), size=0),
}


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
