"""A report marks who joined or left by what was written down after its day, on the page and in every file."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from resolutions.execution.papers import write_execution
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.execution.workbook import execution_workbook
from resolutions.models import Resolution
from resolutions.seed import seed_resolution
from tests.municipalities.factory import city, joined, left, moment, statement
from tests.resolutions.execution.files import docx_words, rows_of, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = dt.date(2025, 3, 1)
LATER = moment("2025-04-01 12:00")
LATE_MEMBER = "членство внесено позже отчётной даты"


@pytest.fixture
def recommending(secretariat: User, kostroma: Municipality) -> Resolution:
    """The real decision, which recommends the experience of Кострома to the members."""
    resolution = seed_resolution()[0]
    resolution.adopt(version=resolution.version, by=secretariat)
    return Resolution.objects.get(pk=resolution.pk)


@pytest.fixture
def told(recommending: Resolution) -> ExecutionReport:
    """Буй joined and Елец left before the day, and both were written down after it."""
    late = Municipality.objects.create(name="Буй", oktmo="00000003", region="О", federal_district="central")
    joined(late, on=dt.date(2025, 1, 10), recorded_at=LATER)
    left(city("Елец", 4), "2025-02-01", recorded_at=LATER)
    return report_on(recommending, DAY, with_letters=False)


def test_who_was_a_member_only_later_is_marked(told: ExecutionReport, recommending: Resolution) -> None:
    assert told.municipalities
    marked = {line.name: line.is_late_member for line in told.municipalities.lines}
    assert marked == {"Буй": True, "Кострома": False}
    assert (told.municipalities.left_later, told.has_late) == (("Елец",), True)
    then = report_on(recommending, DAY, known_on=DAY, with_letters=False)
    assert then.municipalities
    assert {line.name for line in then.municipalities.lines} == {"Елец", "Кострома"}
    assert (then.has_late, then.municipalities.left_later) == (False, ())
    after = report_on(recommending, dt.date(2025, 4, 1), with_letters=False)
    assert (after.has_late, after.municipalities and after.municipalities.left_later) == (False, ())


def test_a_leaving_alone_makes_the_report_late(recommending: Resolution, kostroma: Municipality) -> None:
    assert not report_on(recommending, DAY, with_letters=False).has_late
    left(kostroma, "2025-02-01", recorded_at=LATER)
    assert report_on(recommending, DAY, with_letters=False).has_late


def test_the_page_and_the_files_say_so(told: ExecutionReport, recommending: Resolution) -> None:
    statement(Municipality.objects.get(name="Буй"), "active", "2024-07-01")
    page = Client().get(f"/resolutions/{recommending.slug}/execution/?as_of=2025-03-01").content.decode()
    assert LATE_MEMBER in page
    assert "Не входят в Союз: Елец." in page
    words = " ".join(docx_words(write_execution(told)))
    assert LATE_MEMBER in words
    assert "Не входят в Союз: Елец. (внесено позже отчётной даты)" in words
    rows = rows_of(workbook(execution_workbook(told)), "Муниципальные образования")
    said = {row["Муниципальное образование"]: row["Внесено позже"] for row in rows}
    assert said == {"Буй": LATE_MEMBER, "Кострома": None, "Елец": "внесено позже отчётной даты"}
