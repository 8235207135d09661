"""`…/entries/<id>/void/`: a wrong row of a point or a letter is voided, and stays to be read."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from resolutions.models import DecisionPoint, IncomingEntry, Letter, LetterStep, ProgressEntry, Resolution
from tests.conftest import ClientFor
from tests.resolutions.factory import answer, letter, point_step, send

pytestmark = pytest.mark.slow

REASON = "Записано не по тому пункту."


@pytest.fixture
def entry(point: DecisionPoint, secretariat: User) -> ProgressEntry:
    return point_step(point, "start", by=secretariat, text="Разослано членам Союза.")


@pytest.fixture
def sent(adopted: Resolution, secretariat: User) -> Letter:
    found = letter(adopted, heading="О деле", reply_days=30)
    send(found, by=secretariat)
    return found


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


Row = ProgressEntry | LetterStep | IncomingEntry


def address(row: Row) -> str:
    owner = row.point if isinstance(row, ProgressEntry) else row.letter
    return f"{owner.get_absolute_url()}entries/{row.pk}/void/"


def post(client: Client, row: Row, **changes: Any) -> Any:
    owner = row.point if isinstance(row, ProgressEntry) else row.letter
    owner.refresh_from_db()
    return client.post(address(row), {"reason": REASON, "version": owner.version} | changes)


def test_the_page_shows_the_row_and_asks_why(client: Client, entry: ProgressEntry) -> None:
    page = client.get(address(entry)).content.decode()
    assert "Разослано членам Союза." in page
    assert "Почему запись неверна" in page
    assert address(entry) in client.get(entry.point.get_absolute_url()).content.decode()


def test_a_voided_entry_stays_with_its_reason(client: Client, entry: ProgressEntry, secretariat: User) -> None:
    response = client.post(address(entry), {"reason": REASON, "version": entry.point.version}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(entry.point.get_absolute_url(), 302)]
    for told in ("Запись отменена: исполнение начато.", "Разослано членам Союза.", REASON, secretariat.name):
        assert told in page
    assert address(entry) not in page
    assert DecisionPoint.objects.get(pk=entry.point_id).state == "planned"


def test_a_stranger_reads_that_it_was_voided_and_not_what_or_why(
    client: Client, client_for: ClientFor, entry: ProgressEntry
) -> None:
    stranger = client_for(None)
    assert address(entry) not in stranger.get(entry.point.get_absolute_url()).content.decode()
    post(client, entry)
    page = stranger.get(entry.point.get_absolute_url()).content.decode()
    assert "Запись отменена" in page
    for hidden in ("Разослано членам Союза.", REASON):
        assert hidden not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Обязательное поле"),
        ({"reason": "Kотлас"}, "буква «K» – латинская"),
        ({"reason": "я" * 1001}, "не более 1000"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_reason_is_explained_and_voids_nothing(
    client: Client, entry: ProgressEntry, changes: dict[str, str], sentence: str
) -> None:
    response = post(client, entry, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ProgressEntry.objects.count() == 1


def test_what_makes_a_later_step_impossible_is_explained(
    client: Client, entry: ProgressEntry, secretariat: User
) -> None:
    point_step(entry.point, "report", by=secretariat)
    response = post(client, entry)
    assert response.status_code == 422
    assert "более поздняя запись «Доложено об исполнении»" in response.content.decode()


def test_the_second_writer_is_told_and_keeps_the_reason(client: Client, entry: ProgressEntry) -> None:
    response = post(client, entry, version=1)
    page = response.content.decode()
    assert response.status_code == 409
    assert REASON in page
    assert "добавлена другая запись" in page
    assert f'name="version" value="{entry.point.version}"' in page


def test_a_voided_entry_is_not_voided_again(client: Client, entry: ProgressEntry) -> None:
    post(client, entry)
    response = post(client, entry)
    assert response.status_code == 403
    assert "Запись уже отменена" in response.content.decode()


@pytest.mark.parametrize("persona", ["chair", "kostroma_official"])
def test_others_may_not(
    client_for: ClientFor, request: pytest.FixtureRequest, entry: ProgressEntry, persona: str
) -> None:
    other = client_for(request.getfixturevalue(persona))
    assert post(other, entry).status_code == 403
    assert address(entry) not in other.get(entry.point.get_absolute_url()).content.decode()
    assert ProgressEntry.objects.count() == 1


def test_a_stranger_is_asked_to_log_in_and_methods_are_two(
    client: Client, client_for: ClientFor, entry: ProgressEntry
) -> None:
    assert post(client_for(None), entry).status_code == 302
    assert client.put(address(entry)).status_code == 405
    assert client.get(address(entry).replace(str(entry.pk), "999")).status_code == 404


# --- letters ---


def test_a_voided_step_stays_on_the_page_of_the_letter(client: Client, sent: Letter) -> None:
    sending = sent.steps.get(action="send")
    page = client.get(sent.get_absolute_url()).content.decode()
    assert address(sending) in page
    assert address(sent.steps.get(action="register")) not in page
    assert post(client, sending).status_code == 302
    page = client.get(sent.get_absolute_url()).content.decode()
    assert REASON in page
    assert Letter.objects.get(pk=sent.pk).state == "registered"


def test_the_answer_on_the_page_of_a_letter_leads_to_its_voiding(
    client: Client, sent: Letter, secretariat: User
) -> None:
    assert 'id="answers"' not in client.get(sent.get_absolute_url()).content.decode()
    given = answer(sent, by=secretariat)
    assert given.letter.get_absolute_url() in client.get(sent.get_absolute_url()).content.decode()
    assert address(given) in client.get(given.letter.get_absolute_url()).content.decode()
    assert post(client, given).status_code == 302
    given.letter.refresh_from_db()
    assert given.letter.is_voided
    assert address(given) not in client.get(given.letter.get_absolute_url()).content.decode()
    assert given.letter.get_absolute_url() not in client.get(sent.get_absolute_url()).content.decode()


def test_a_registration_is_not_voided(client: Client, sent: Letter) -> None:
    response = post(client, sent.steps.get(action="register"))
    assert response.status_code == 403
    assert "номер остаётся за письмом" in response.content.decode()


def test_an_official_reads_of_a_voided_step_what_was_published(
    client: Client, client_for: ClientFor, sent: Letter, kostroma_official: User
) -> None:
    post(client, sent.steps.get(action="send"))
    page = client_for(kostroma_official).get(sent.get_absolute_url()).content.decode()
    assert "Запись отменена" in page
    assert REASON not in page


def test_a_row_is_voided_at_its_own_address_alone(client: Client, entry: ProgressEntry, sent: Letter) -> None:
    other = letter(sent.resolution)
    assert client.get(f"{other.get_absolute_url()}entries/{sent.steps.earliest('pk').pk}/void/").status_code == 404
    assert client.get(address(entry).replace("/points/1/", "/points/2/")).status_code == 404


# --- placed within a day ---


def test_a_form_offers_to_stand_before_what_was_written_for_the_same_day(
    client: Client, entry: ProgressEntry, secretariat: User
) -> None:
    report = point_step(entry.point, "report", by=secretariat)
    form = f"{entry.point.get_absolute_url()}steps/note/"
    assert "раньше, чем" not in client.get(form).content.decode()
    data = {"text": "Звонили.", "happened_on": str(report.happened_on), "version": entry.point.version}
    assert client.post(form, data | {"before": "0"}).status_code == 422
    assert client.post(form, data | {"before": report.pk}).status_code == 302
    assert [one.action for one in entry.point.progress.all()] == ["report", "note", "start"]
