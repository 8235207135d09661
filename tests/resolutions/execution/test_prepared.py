"""The files of the report are made by the worker; everybody gets the one whose content he may see."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import UnionProfileRecord, User
from documents.models import PreparedFile, PreparedState
from resolutions.execution.prepared import MAKERS, read_report
from resolutions.models import DecisionPoint, Resolution
from tests.accounts.unions import changed
from tests.conftest import ClientFor
from tests.papers import paper
from tests.resolutions.execution.files import docx_words
from tests.resolutions.factory import letter, point_step, send
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ENDINGS = ("pdf", "docx", "xlsx")


def address(resolution: Resolution, ending: str, query: str = "?as_of=2025-03-01") -> str:
    return reverse(f"execution_{ending}", args=[resolution.slug]) + query


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_file_is_made_once_and_served_to_all_who_see_the_same(
    client_for: ClientFor, adopted: Resolution, chair: User, secretariat: User, ending: str
) -> None:
    files = [paper(client_for(user), address(adopted, ending)) for user in (secretariat, chair)]
    assert files[0].status_code == 200
    assert files[0].content == files[1].content
    assert PreparedFile.objects.count() == 1


def test_who_sees_more_gets_another_file(
    client_for: ClientFor, adopted: Resolution, secretariat: User, kostroma_official: User
) -> None:
    send(letter(adopted, heading="О направлении решения"), by=secretariat)
    point_step(adopted.points.get(number=1), "start", by=secretariat)  # who recorded it is for staff
    words = [
        " ".join(docx_words(paper(client_for(user), address(adopted, "docx")).content))
        for user in (secretariat, kostroma_official, None)
    ]
    assert ["О направлении решения" in one for one in words] == [True, True, False]
    assert PreparedFile.objects.count() == 3


def test_what_changed_since_is_in_the_next_file(client: Client, point: DecisionPoint, secretariat: User) -> None:
    before = paper(client, address(point.resolution, "docx", "")).content
    point_step(point, "note", by=secretariat, text="Разослано.")
    after = paper(client, address(point.resolution, "docx", "")).content
    assert ["Разослано." in " ".join(docx_words(content)) for content in (before, after)] == [False, True]


def test_the_name_of_the_union_is_part_of_the_content(client: Client, adopted: Resolution, secretariat: User) -> None:
    before = paper(client, address(adopted, "docx", "")).content
    changed(secretariat, full_name="Союз городов под другим именем")
    assert UnionProfileRecord.objects.exists()
    after = paper(client, address(adopted, "docx", "")).content
    assert before != after


def test_a_stranger_with_a_key_learns_the_state_and_gets_no_bytes(
    client_for: ClientFor, adopted: Resolution, secretariat: User
) -> None:
    send(letter(adopted, heading="О направлении решения"), by=secretariat)
    content = paper(client_for(secretariat), address(adopted, "docx")).content
    row, stranger = PreparedFile.objects.get(), client_for(None)
    page = stranger.get(row.get_absolute_url()).text
    assert "О направлении решения" not in page
    assert adopted.title not in page
    found = re.search(r'href="([^"]+)">Открыть файл', page)
    assert found
    assert found[1] == address(adopted, "docx")
    assert paper(stranger, found[1]).content != content


def test_a_reader_who_is_gone_leaves_the_file_to_others(
    client_for: ClientFor, adopted: Resolution, chair: User, secretariat: User
) -> None:
    point_step(adopted.points.get(number=1), "start", by=secretariat)
    client_for(chair).get(address(adopted, "pdf"))
    User.objects.filter(pk=chair.pk).update(role="municipal")
    run_tasks()
    assert PreparedFile.objects.get().state == PreparedState.STALE
    assert paper(client_for(secretariat), address(adopted, "pdf")).status_code == 200


def test_a_decision_that_is_open_again_has_no_report(client: Client, adopted: Resolution) -> None:
    client.get(address(adopted, "pdf"))
    Resolution.objects.filter(pk=adopted.pk).update(status="draft")
    run_tasks()
    assert PreparedFile.objects.get().state == PreparedState.STALE
    Resolution.objects.filter(pk=adopted.pk).update(status="adopted")


def test_both_days_are_in_the_address(adopted: Resolution) -> None:
    known = {"resolution": adopted.pk, "reader": None, "as_of": "2025-03-01", "known_on": "2025-03-02"}
    days = "?as_of=2025-03-01&known_on=2025-03-02"
    assert MAKERS[0].address(known) == address(adopted, "pdf", days)
    assert MAKERS[0].page(known) == reverse("execution", args=[adopted.slug]) + days
    assert read_report(known).known_on
