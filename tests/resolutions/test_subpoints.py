"""A point with sub-points: on the page, on paper, on its card, in the report."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from resolutions.correspondence.appeal import draft_appeal
from resolutions.correspondence.mailings import suggested_recipients
from resolutions.execution.report import report_on
from resolutions.models import Resolution
from resolutions.papers import render_decision
from resolutions.text import Paragraph, ResolutionText
from russian.typography import typeset
from tests.resolutions.pdf import words_of

pytestmark = pytest.mark.slow

FIRST = "2.1. о поддержке малых городов;"
SECOND = "2.2. о сроках программы."


@pytest.fixture
def divided(text: ResolutionText, secretariat: User) -> Resolution:
    """The second point asks for two things, the third thanks two persons."""
    first, second, third = text.points
    asked = replace(second, subpoints=(Paragraph("о поддержке малых городов;"), Paragraph("о сроках программы.")))
    thanked = (Paragraph("координатору проекта Долгих Д.С.;"), Paragraph("советнику Голубеву А.В."))
    thanks = replace(third, text="Выразить благодарность за содержательные доклады:", subpoints=thanked)
    draft = Resolution.start(replace(text, points=(first, asked, thanks)), by=secretariat)
    draft.adopt(version=draft.version, by=secretariat)
    return Resolution.objects.get(pk=draft.pk)


def test_they_stand_numbered_below_their_point_on_the_page(client: Client, divided: Resolution) -> None:
    page = client.get(divided.get_absolute_url()).content.decode()
    assert page.index("с\xa0предложением рассмотреть вопрос") < page.index(typeset(FIRST)) < page.index(typeset(SECOND))


def test_they_stand_on_the_paper_as_on_the_page(divided: Resolution) -> None:
    words = " ".join(words_of(render_decision(divided.text, is_draft=False)))
    assert f"{FIRST} {SECOND} 3. Выразить" in words


def test_they_stand_in_the_word_file(client: Client, divided: Resolution, chair: User) -> None:
    client.force_login(chair)
    response = client.get(reverse("decision_docx", args=[divided.slug]))
    lines = [paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs]
    assert lines[lines.index(typeset(FIRST)) + 1] == typeset(SECOND)


def test_the_card_and_the_report_tell_the_whole_point(client: Client, divided: Resolution) -> None:
    for address in ("point", "execution"):
        args = [divided.slug, 2] if address == "point" else [divided.slug]
        assert f"{typeset(FIRST)}<br>{typeset(SECOND)}" in client.get(reverse(address, args=args)).content.decode()
    point = report_on(divided, dt.date(2024, 12, 31), with_letters=False).points[1]
    assert point.text.splitlines()[1:] == [FIRST, SECOND]


def test_the_appeal_tells_them_too(divided: Resolution) -> None:
    body = draft_appeal(divided.points.get(number=2)).body.splitlines()
    assert body[body.index(FIRST) + 1] == SECOND


def test_whoever_is_thanked_in_a_subpoint_gets_a_letter(divided: Resolution) -> None:
    recipients = suggested_recipients(divided.points.get(number=3), "gratitude")
    assert [one.person for one in recipients] == ["координатору проекта Долгих Д.С.", "советнику Голубеву А.В."]


def test_many_of_them_take_no_more_queries(
    client: Client, divided: Resolution, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(divided.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(divided.get_absolute_url())
