"""When a point is late: until it is reported, and after a return from the next day at the earliest."""

import datetime as dt
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from resolutions.due import overdue_for, tasks_for
from resolutions.execution.papers import render_execution, write_execution
from resolutions.execution.point_report import PointReport
from resolutions.execution.report import report_on
from resolutions.execution.workbook import HEADER_ROW, POINTS, execution_workbook
from resolutions.ledgers import faults
from resolutions.models import DecisionPoint, Instruction
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.execution.files import docx_words, pdf_words
from tests.resolutions.factory import instruct, parties, point_step, void

pytestmark = pytest.mark.slow

DUE = dt.date(2025, 6, 1)
LATE_WORDS = "Доложено с опозданием на 5 дней"


def june(day: int) -> dt.date:
    return dt.date(2025, 6, day)


@pytest.fixture
def begun(point: DecisionPoint, secretariat: User) -> DecisionPoint:
    """A point that is worked on, due on 1 June 2025."""
    instruct(point, by=secretariat, due_on=DUE)
    point_step(point, "start", by=secretariat)
    return point


@pytest.fixture
def reported(begun: DecisionPoint, secretariat: User) -> DecisionPoint:
    """Reported five days late."""
    point_step(begun, "report", by=secretariat, on=june(6))
    return begun


@pytest.fixture
def returned(begun: DecisionPoint, secretariat: User) -> DecisionPoint:
    """Reported in time, returned on 10 June."""
    point_step(begun, "report", by=secretariat, on=dt.date(2025, 5, 30))
    point_step(begun, "return_for_rework", by=secretariat, on=june(10))
    return begun


def told(point: DecisionPoint, day: dt.date, known_on: dt.date | None = None) -> PointReport:
    report = report_on(point.resolution, day, known_on=known_on, with_letters=True)
    assert report.overdue == sum(one.is_overdue for one in report.points)
    return next(one for one in report.points if one.number == point.number)


def is_late_everywhere(point: DecisionPoint, user: User, day: dt.date) -> bool:
    """Whether card, tasks, first page and report call the point late; they have to agree."""
    with at(f"{day} 12:00"):
        found = DecisionPoint.objects.get(pk=point.pk)
        urgent = [one.urgency for one in tasks_for(user, day) if one.key == f"point-{point.pk}"]
        late = {
            "card": found.urgency == "overdue",
            "task": urgent == ["overdue"],
            "first page": f"point-{point.pk}" in [one.key for one in overdue_for(user, day)],
            "report": told(point, day).is_overdue,
            "sentence": any(sentence.startswith("Срок прошёл") for sentence in told(point, day).open),
        }
    assert len(set(late.values())) == 1, late
    return late["card"]


# --- until it is reported ---


@pytest.mark.parametrize(("day", "is_late"), [(1, False), (2, True)])
def test_a_point_in_work_is_late_from_the_day_after(
    begun: DecisionPoint, secretariat: User, day: int, is_late: bool
) -> None:
    assert is_late_everywhere(begun, secretariat, june(day)) == is_late


def test_a_reported_point_is_never_late(begun: DecisionPoint, secretariat: User) -> None:
    point_step(begun, "report", by=secretariat, on=DUE)
    assert not is_late_everywhere(begun, secretariat, june(30))
    assert told(begun, june(30)).state_in_words == "Доложено"


def test_what_waits_about_a_reported_point_waits_by_no_day(reported: DecisionPoint, secretariat: User) -> None:
    [task] = [one for one in tasks_for(secretariat, june(30)) if one.key == f"point-{reported.pk}"]
    assert "снимите с контроля или верните на доработку" in task.why
    assert (task.urgency, task.due_on) == ("none", None)
    [before] = [one for one in tasks_for(secretariat, dt.date(2025, 5, 30)) if one.key == f"point-{reported.pk}"]
    assert before.urgency == "none"


def test_a_point_reported_in_time_and_closed_late_is_not_late(begun: DecisionPoint, secretariat: User) -> None:
    point_step(begun, "report", by=secretariat, on=DUE)
    point_step(begun, "close", by=secretariat, on=june(20))
    assert not is_late_everywhere(begun, secretariat, june(30))
    assert told(begun, june(30)).state_in_words == "Снято с контроля"


# --- reported too late ---


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, "Доложено"),
        (2, "Доложено с опозданием на 1 день"),
        (4, "Доложено с опозданием на 3 дня"),
        (6, LATE_WORDS),
        (22, "Доложено с опозданием на 21 день"),
    ],
)
def test_a_report_says_by_how_many_days_it_came_too_late(
    begun: DecisionPoint, secretariat: User, day: int, words: str
) -> None:
    point_step(begun, "report", by=secretariat, on=june(day))
    assert begun.state_in_words.replace("\xa0", " ") == words
    assert told(begun, june(30)).state_in_words.replace("\xa0", " ") == words


@pytest.mark.parametrize("address", ["card", "list", "first page", "report"])
def test_pages_say_it(reported: DecisionPoint, client_for: ClientFor, secretariat: User, address: str) -> None:
    client: Client = client_for(secretariat)
    decision = reported.resolution.get_absolute_url()
    places = {
        "card": reported.get_absolute_url(),
        "list": decision,
        "first page": "/",
        "report": f"{decision}execution/",
    }
    page = client.get(places[address]).content.decode().replace("\xa0", " ")
    assert LATE_WORDS in page
    assert not {"Просрочено", "Срок прошёл"} & set(page.replace(">", "<").split("<"))


def test_files_say_it(reported: DecisionPoint) -> None:
    report = report_on(reported.resolution, june(30), with_letters=True)
    sheet = load_workbook(BytesIO(execution_workbook(report)))[POINTS]
    cells = [str(cell.value).replace("\xa0", " ") for cell in sheet[HEADER_ROW + 1]]
    assert LATE_WORDS in cells
    assert LATE_WORDS in " ".join(pdf_words(render_execution(report)))
    assert LATE_WORDS in " ".join(docx_words(write_execution(report)))


def test_a_deadline_moved_after_the_report_blames_nobody(begun: DecisionPoint, secretariat: User) -> None:
    point_step(begun, "report", by=secretariat, on=dt.date(2025, 5, 30))
    earlier = Instruction(*parties(), due_on=june(2))
    point_step(begun, "instruct", by=secretariat, on=june(2), instruction=earlier)
    assert begun.state_in_words == "Доложено"


def test_how_late_is_read_by_the_day_of_the_report_and_what_was_known(point: DecisionPoint, secretariat: User) -> None:
    with at("2025-06-06 12:00"):
        instruct(point, by=secretariat, due_on=DUE)
        point_step(point, "start", by=secretariat)
        point_step(point, "report", by=secretariat, on=june(6))
    with at("2025-06-20 12:00"):
        later = Instruction(due_on=june(4))
        point_step(point, "extend", by=secretariat, on=dt.date(2025, 5, 20), instruction=later)
    words = [told(point, june(10), known_on).state_in_words.replace("\xa0", " ") for known_on in (june(10), None)]
    assert words == [LATE_WORDS, "Доложено с опозданием на 2 дня"]


# --- after a return ---


@pytest.mark.parametrize(("day", "is_late"), [(10, False), (11, True)])
def test_a_returned_point_is_late_from_the_day_after_at_the_earliest(
    returned: DecisionPoint, secretariat: User, day: int, is_late: bool
) -> None:
    assert is_late_everywhere(returned, secretariat, june(day)) == is_late


@pytest.mark.parametrize("end", ["close", "cancel"])
def test_so_is_one_that_is_put_back_under_control(begun: DecisionPoint, secretariat: User, end: str) -> None:
    point_step(begun, "report", by=secretariat, on=june(6))
    point_step(begun, end, by=secretariat, on=june(7))
    point_step(begun, "reopen", by=secretariat, on=june(10))
    assert begun.watched_anew_on == june(10)
    assert [is_late_everywhere(begun, secretariat, june(day)) for day in (10, 11)] == [False, True]


def test_on_the_day_of_the_return_a_passed_deadline_is_not_called_near(returned: DecisionPoint) -> None:
    assert returned.kept().urgency_on(june(10)) == "in_time"


def test_a_deadline_after_the_return_counts_as_it_is(returned: DecisionPoint, secretariat: User) -> None:
    anew = Instruction(due_on=june(15))
    point_step(returned, "extend", by=secretariat, on=june(10), instruction=anew)
    assert [returned.kept().urgency_on(june(day)) for day in (12, 15, 16)] == ["soon", "soon", "overdue"]


@pytest.mark.parametrize(("day", "words"), [(10, "Доложено"), (15, LATE_WORDS)])
def test_how_late_a_second_report_is_counts_from_the_return(
    returned: DecisionPoint, secretariat: User, day: int, words: str
) -> None:
    point_step(returned, "report", by=secretariat, on=june(day))
    assert returned.state_in_words.replace("\xa0", " ") == words


def test_a_return_takes_the_lateness_of_the_report_back(reported: DecisionPoint, secretariat: User) -> None:
    point_step(reported, "return_for_rework", by=secretariat, on=june(10))
    assert (reported.reported_late_by, reported.watched_anew_on) == (0, june(10))


def test_a_voided_return_never_happened(returned: DecisionPoint, secretariat: User) -> None:
    void(returned.progress.get(action="return_for_rework"), by=secretariat)
    returned.refresh_from_db()
    assert (returned.watched_anew_on, returned.state) == (None, "reported")
    assert list(faults()) == []


@pytest.mark.loose_ledgers
@pytest.mark.parametrize("changed", [{"watched_anew_on": june(9)}, {"reported_late_by": 3}])
def test_the_columns_are_compared_with_the_ledger(returned: DecisionPoint, changed: dict[str, object]) -> None:
    assert list(faults()) == []
    DecisionPoint.objects.filter(pk=returned.pk).update(**changed)
    assert len(list(faults())) == 1
