"""An archive asks the database as often for many rows as for few; only a further decision has questions of its own."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import Letter, ProgressEntry, Resolution, ResolutionVersion, SubPoint
from sgcszr_portal.archive.contents import snapshot
from tests.documents.cms.kit import Identity
from tests.sgcszr_portal.archive.portal import SLUG, build_portal
from tests.sgcszr_portal.many.cities import more_members
from tests.sgcszr_portal.many.copying import Copies
from tests.sgcszr_portal.many.letters import copy_appeal, more_of_decision

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.loose_ledgers]

FEW, MANY = 1, 5
MOMENT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)


def asked() -> int:
    """How many questions it takes to read all that an archive holds; papers are made of that, and ask nothing."""
    with CaptureQueriesContext(connection) as queries, snapshot(MOMENT):
        pass
    return len(queries)


def asked_after(grow: Callable[[int], object]) -> tuple[int, int]:
    """The same with few rows more, and then with many."""
    grow(FEW)
    few = asked()
    grow(MANY)
    return few, asked()


def more_rows(times: int) -> None:
    """Steps, files, paragraphs and versions of the decision."""
    more_of_decision(Resolution.objects.get(slug=SLUG), times)


def more_letters(times: int) -> None:
    """Appeals of the decision with their ways, asks and answers, and letters of thanks."""
    letters = Letter.objects.filter(resolution__slug=SLUG)
    appeal = letters.filter(kind="appeal").earliest("pk").pk
    copy_appeal({"appeal": appeal, "repetition": appeal}, times)
    thanks = letters.filter(kind="gratitude", state="delivered")[:1]
    Copies(times).take(thanks).take(thanks[0].steps.order_by("pk"))


def more_decisions(times: int) -> None:
    """Decisions with their points and what was done about these."""
    signed = Resolution.objects.get(slug=SLUG)
    points = signed.points.order_by("pk")
    copied = (
        Copies(times)
        .take([signed], status="adopted", issued_document_id=None)
        .take(points)
        .take(SubPoint.objects.filter(point__in=points))
    )
    copied.take(ProgressEntry.objects.filter(point__in=points).order_by("pk"))
    copied.take(ResolutionVersion.objects.filter(resolution=signed))


def test_many_rows_are_read_as_few_and_each_decision_as_the_one_before(
    media: Path, authority: Identity, person: Identity
) -> None:
    build_portal(authority, person)
    asked()  # what a process asks once
    alone = asked()
    for grow in (more_members, more_rows, more_letters):
        assert asked_after(grow) == (alone, alone)
    few, many = asked_after(more_decisions)
    of_one = (few - alone) // FEW
    assert (few, many) == (alone + FEW * of_one, alone + (FEW + MANY) * of_one)
