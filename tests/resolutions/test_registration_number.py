"""A decision may have a registration number: it stands by its day, wherever the decision is named."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import User
from resolutions.correspondence.appeal import draft_appeal
from resolutions.execution.papers import render_execution
from resolutions.execution.printed import sections_of
from resolutions.execution.report import ExecutionReport, report_on
from resolutions.execution.workbook import execution_workbook
from resolutions.models import Resolution
from resolutions.papers import render_decision, write_decision
from russian.text import tidy
from russian.typography import typeset
from tests.conftest import ClientFor
from tests.papers import paper
from tests.resolutions.pdf import words_of
from tests.resolutions.test_resolution_edit import posted, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NUMBERED = "27\xa0июня\xa02024\xa0г. № 5/ОС"


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def numbered(client: Client, draft: Resolution, secretariat: User) -> Resolution:
    assert client.post(url(draft), posted(draft, number=" 5/ОС ")).status_code == 302
    stored = Resolution.objects.get(pk=draft.pk)
    stored.adopt(version=stored.version, by=secretariat)
    return Resolution.objects.get(pk=draft.pk)


def test_it_is_told_where_the_decision_is_named(client: Client, numbered: Resolution) -> None:
    point = numbered.points.get(number=2)
    assert point.in_full == f"Пункт 2 решения от {NUMBERED}"
    report = reverse("execution", args=[numbered.slug])
    for page in (numbered.get_absolute_url(), point.get_absolute_url(), reverse("points"), report, "/"):
        assert NUMBERED in client.get(page).content.decode(), page
    assert f"Принято {NUMBERED}" in client.get(report).content.decode()
    assert f"{tidy(NUMBERED)} (г. Архангельск) приняло решение" in draft_appeal(point).body


def test_it_stands_on_the_paper_and_in_the_history(client: Client, numbered: Resolution) -> None:
    told = NUMBERED.replace("\xa0", " ")
    assert told in " ".join(words_of(render_decision(numbered.text, is_draft=False)))
    document = Document(BytesIO(write_decision(numbered.text, is_draft=False)))
    assert typeset(NUMBERED) in " ".join(paragraph.text for paragraph in document.paragraphs)
    history = client.get(reverse("resolution_history", args=[numbered.slug])).content.decode()
    assert "Регистрационный номер" in history


def test_it_stands_in_the_files_of_the_report(numbered: Resolution) -> None:
    report = report_on(numbered, timezone.localdate(), with_letters=True)
    assert NUMBERED in str(PdfReader(BytesIO(render_execution(report))).metadata.title)  # type: ignore[union-attr]
    sheet: Any = load_workbook(BytesIO(execution_workbook(report))).active
    assert f"{numbered.title}, {NUMBERED}" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert _decided(report) == f"Решение принято: Общее Собрание, {NUMBERED}, г. Архангельск."
    assert _decided(replace(report, place="")) == f"Решение принято: Общее Собрание, {NUMBERED}."
    without = replace(report, place="", day_and_number=NUMBERED.removesuffix(" № 5/ОС"))
    assert _decided(without) == "Решение принято: Общее Собрание, 27\xa0июня\xa02024\xa0г."


def _decided(report: ExecutionReport) -> str:
    """What the paper of a report says of the decision."""
    return sections_of(report)[0].paragraphs[0]


def test_it_stands_in_the_workbook_of_the_control_sheet(client: Client, numbered: Resolution) -> None:
    sheet: Any = load_workbook(BytesIO(paper(client, reverse("points_xlsx")).content)).active
    assert [row[2] for row in sheet.iter_rows(values_only=True)][-3:] == ["5/ОС"] * 3


def test_without_one_nothing_is_told_of_it(client: Client, adopted: Resolution) -> None:
    assert adopted.day_and_number == "27\xa0июня\xa02024\xa0г."
    assert "№" not in client.get(adopted.get_absolute_url()).content.decode().partition("paper__requisites")[2][:200]


def test_a_draft_without_a_day_has_none(draft: Resolution) -> None:
    draft.adopted_on = None
    assert draft.day_and_number == ""
