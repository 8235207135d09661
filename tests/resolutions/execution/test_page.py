"""`/resolutions/<slug>/execution/` and its files: days, access, links."""

import datetime as dt
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.models import DecisionPoint, Resolution
from tests.conftest import ClientFor
from tests.papers import paper
from tests.resolutions.factory import letter, point_step, send

pytestmark = pytest.mark.django_db
NAMES = ("execution", "execution_pdf", "execution_docx", "execution_xlsx")


def address(resolution: Resolution, query: str = "", name: str = "execution") -> str:
    return reverse(name, args=[resolution.slug]) + query


def test_without_a_day_it_is_todays(client: Client, adopted: Resolution) -> None:
    page = client.get(address(adopted))
    assert page.context["report"].as_of == timezone.localdate()
    assert page.context["report"].known_on is None


def test_the_day_and_what_was_known_are_in_the_address(client: Client, adopted: Resolution) -> None:
    page = client.get(address(adopted, "?as_of=2025-03-01&known_on=2025-03-02"))
    report = page.context["report"]
    assert (report.as_of, report.known_on) == (dt.date(2025, 3, 1), dt.date(2025, 3, 2))
    assert "По состоянию на 1\u00a0марта\u00a02025\u00a0г." in page.text
    assert "не позднее 2\u00a0марта\u00a02025\u00a0г." in page.text
    assert "execution.docx?as_of=2025-03-01&amp;known_on=2025-03-02" in page.text


BAD = {
    "?as_of=2024-06-26": "Решение принято 27\u00a0июня\u00a02024\u00a0г. Выберите этот или более поздний день.",
    "?as_of=1999-01-01": "Укажите дату не раньше 1 января 2000 г.",
    "?as_of=2999-01-01": "Эта дата ещё не наступила",
    "?as_of=2025-02-30": "Укажите дату так: 27.06.2024.",
    "?as_of=вчера": "Укажите дату так: 27.06.2024.",
    "?known_on=2024-06-26": "Решение принято 27\u00a0июня\u00a02024\u00a0г.",
    "?known_on=2999-01-01": "Эта дата ещё не наступила",
    "?as_of=2025-03-01&known_on=x": "Укажите дату так: 27.06.2024.",
}


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("name", NAMES)
def test_a_bad_day_gets_a_sentence_and_the_form(client: Client, adopted: Resolution, name: str, query: str) -> None:
    page = client.get(address(adopted, query, name))
    assert page.status_code == 422
    assert page["Content-Type"].startswith("text/html")
    assert BAD[query] in page.text
    assert f'<form class="filters" method="get" action="{address(adopted)}">' in page.text


def test_the_day_of_the_decision_itself_is_fine(client: Client, adopted: Resolution) -> None:
    assert client.get(address(adopted, "?as_of=2024-06-27")).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_execution_begins_with_adoption(client_for: ClientFor, secretariat: User, draft: Resolution, name: str) -> None:
    assert client_for(None).get(address(draft, name=name)).status_code == 404
    refused = client_for(secretariat).get(address(draft, name=name))
    assert refused.status_code == 403
    assert "исполнение начинается с принятия" in refused.text


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_files_are_named_by_their_day(client: Client, adopted: Resolution, ending: str) -> None:
    answer = paper(client, address(adopted, "?as_of=2025-03-01", f"execution_{ending}"))
    assert f"Исполнение решения от 27.06.2024 на 01.03.2025.{ending}" in unquote(answer["Content-Disposition"])
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_decision_and_its_points_lead_there(client: Client, adopted: Resolution, point: DecisionPoint) -> None:
    assert f'href="{address(adopted)}"' in client.get(adopted.get_absolute_url()).text
    assert f'href="{address(adopted)}#point-1"' in client.get(point.get_absolute_url()).text


def test_a_draft_leads_to_no_report(client_for: ClientFor, secretariat: User, draft: Resolution) -> None:
    assert "/execution/" not in client_for(secretariat).get(draft.get_absolute_url()).text


def test_letters_are_for_those_who_log_in(
    client_for: ClientFor, adopted: Resolution, secretariat: User, kostroma_official: User
) -> None:
    send(letter(adopted, heading="О направлении решения"), by=secretariat)
    seen = [
        "О направлении решения" in client_for(user).get(address(adopted)).text
        for user in (None, kostroma_official, secretariat)
    ]
    assert seen == [False, True, True]


def test_who_recorded_is_for_staff(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    point_step(point, "start", by=secretariat)
    seen = [
        "Записано" in client_for(user).get(address(point.resolution)).text
        for user in (None, kostroma_official, secretariat)
    ]
    assert seen == [False, False, True]


def test_what_was_recorded_later_is_marked_and_can_be_left_out(
    client: Client, point: DecisionPoint, secretariat: User
) -> None:
    point_step(point, "start", by=secretariat, on=dt.date(2024, 7, 5), text="Разослано.")
    page = client.get(address(point.resolution, "?as_of=2024-07-31"))
    assert "внесено позже отчётной даты" in page.text
    assert "?as_of=2024-07-31&amp;known_on=2024-07-31" in page.text
    assert "Разослано." not in client.get(address(point.resolution, "?as_of=2024-07-31&known_on=2024-07-31")).text


def test_what_was_done_stacks_on_narrow_screens(client: Client, adopted: Resolution, secretariat: User) -> None:
    point_step(adopted.points.get(number=1), "start", by=secretariat)
    table = (
        client.get(address(adopted)).content.decode().partition("Что сделано по пункту 1")[2].partition("</table>")[0]
    )
    assert 'class="table table--stacks" role="table"' in table
    assert [table.count(f'role="{role}"') for role in ("rowgroup", "row", "rowheader", "cell")] == [2, 2, 1, 2]
    assert [f'data-label="{label}"' in table for label in ("Что сделано", "Документ")] == [True, True]
