"""What the models of members' reports refuse themselves, whatever page asks, and what readings say of rare days."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.models import Membership, Municipality
from municipalities.practices.models import Commitment
from municipalities.practices.models.adoption import AdoptionStatus
from resolutions import promises
from resolutions.due import tasks_for
from resolutions.execution.member_rows import read_members
from resolutions.models import (
    DecisionPoint,
    MemberReport,
    MemberReportRow,
    NewEntry,
    NewMemberReport,
    PointAction,
    PointPromise,
    Resolution,
    StepRefused,
)
from resolutions.models.point import UNDER_DRAFT
from tests.municipalities.factory import at, joined
from tests.municipalities.practices.factory import mark, practice, promise

pytestmark = pytest.mark.django_db

SAID = NewMemberReport(dt.date(2024, 9, 1), "Сделано.")


@pytest.fixture
def stored(shared: DecisionPoint, kostroma: Municipality, secretariat: User) -> MemberReport:
    """A report of Кострома."""
    made = MemberReport.objects.create(point=shared, municipality=kostroma)
    made.report(SAID, version=1, by=secretariat)
    made.refresh_from_db()
    return made


def test_nothing_is_returned_ahead_of_its_day(stored: MemberReport, secretariat: User) -> None:
    ahead = dt.date(2999, 1, 1)
    with pytest.raises(StepRefused, match="ещё не наступила"):
        stored.send_back(happened_on=ahead, reason="Мало.", version=stored.version, by=secretariat)


def test_a_row_is_voided_once_and_replaced_by_nothing_impossible(stored: MemberReport, secretariat: User) -> None:
    row = MemberReportRow.objects.get()
    assert str(row) == "Доложено, 01.09.2024"
    early = NewMemberReport(dt.date(2024, 6, 1), "Рано.")
    with pytest.raises(StepRefused, match="раньше даты решения"):
        stored.void(row, reason="Не то.", version=stored.version, by=secretariat, replacement=early)
    stored.void(row, reason="Не то.", version=stored.version, by=secretariat)
    stored.refresh_from_db()
    with pytest.raises(StepRefused, match="Запись уже отменена"):
        stored.void(row, reason="Не то.", version=stored.version, by=secretariat)


def test_nobody_reports_on_a_draft(draft: Resolution, kostroma: Municipality) -> None:
    Resolution.objects.filter(pk=draft.pk).update(adopted_on=None)
    point = DecisionPoint.objects.get(resolution=draft.pk, number=1)
    report = MemberReport(point=point, municipality=kostroma)
    assert report.refusal() == report.day_refusal(dt.date(2024, 9, 1)) == UNDER_DRAFT


def test_steps_that_choose_or_ask_say_what(shared: DecisionPoint, secretariat: User) -> None:
    for action, told in ((PointAction.MEASURE, "чем измеряется"), (PointAction.REQUEST, "какой срок нужен")):
        with pytest.raises(StepRefused, match=told):
            shared.take_step(NewEntry(action, dt.date(2024, 9, 1), "Т"), version=shared.version, by=secretariat)


def test_a_promise_names_no_point_that_is_not_offered(shared: DecisionPoint, kostroma: Municipality) -> None:
    made = promise(kostroma)
    with pytest.raises(ValidationError, match="Такого пункта больше нет"):
        promises.tie(made, "999")
    tie = PointPromise.objects.create(commitment=Commitment.objects.get(), point=shared)
    assert str(tie) == f"{shared}: {made}"
    DecisionPoint.take_note_of_deeds(shared.pk)


def test_the_furthest_mark_counts_and_who_joined_after_the_deadline_is_not_late(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality, kostroma_official: User, arkhangelsk: Municipality
) -> None:
    DecisionPoint.objects.filter(pk=shared.pk).update(experience_of=kostroma)
    for title, status in (("Первая", "introduced"), ("Вторая", "studied")):
        mark(practice(kostroma, title=title), arkhangelsk, status)
    point = DecisionPoint.objects.select_related("resolution").get(pk=shared.pk)
    rows = {row.name: row for row in read_members([(point, point.kept())], dt.date(2025, 1, 20))[point.pk].rows}
    assert rows["Архангельск"].mark == AdoptionStatus.INTRODUCED
    assert rows["Кострома"].is_owner
    Membership.objects.filter(municipality=kostroma)._raw_delete("default")
    joined(kostroma, on=dt.date(2025, 1, 10))
    with at("2025-01-20 12:00"):
        (task,) = [one for one in tasks_for(kostroma_official, dt.date(2025, 1, 20)) if one.key.startswith("report-")]
    assert task.due_on is None
