"""`…/entries/<id>/void/`: the right row of a point or a letter is typed where the wrong one is voided."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from resolutions.deadlines import term_in_words
from resolutions.models import (
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    Instruction,
    Letter,
    LetterStep,
    ProgressEntry,
    Resolution,
)
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, GOVERNMENT, PDF, answer, instruct, letter, parties, point_step, send, step

pytestmark = pytest.mark.slow

WRONG, MOVED, RIGHT = dt.date(2024, 12, 1), dt.date(2025, 3, 1), dt.date(2024, 11, 1)
REASON = "В поручении был другой срок."
INSTRUCTION: dict[str, Any] = {
    "responsible": "body:secretariat",
    "controller": "body:chair",
    "warn_days": "14",
    "term_unit": "calendar",
    "happened_on": "2024-07-05",
}


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def wrong(point: DecisionPoint, secretariat: User) -> ProgressEntry:
    """An instruction with a wrong deadline."""
    said = Instruction(*parties(), due_on=WRONG)
    return point_step(point, "instruct", by=secretariat, text="", instruction=said)


@pytest.fixture
def extended(wrong: ProgressEntry, secretariat: User) -> ProgressEntry:
    """The change of that deadline, which needs one."""
    return point_step(wrong.point, "extend", by=secretariat, on=MOVED, instruction=Instruction(due_on=MOVED))


@pytest.fixture
def sent(adopted: Resolution, secretariat: User) -> Letter:
    found = letter(adopted, heading="О деле", reply_days=30)
    send(found, by=secretariat)
    return found


Row = ProgressEntry | LetterStep | IncomingEntry


def address(row: Row) -> str:
    owner = row.point if isinstance(row, ProgressEntry) else row.letter
    return f"{owner.get_absolute_url()}entries/{row.pk}/void/"


def post(client: Client, row: Row, *, version: int = 0, **right: Any) -> Any:
    """Void a row; what is right goes below the ticked box."""
    owner = row.point if isinstance(row, ProgressEntry) else row.letter
    owner.refresh_from_db()
    data = {"reason": REASON, "version": version or owner.version}
    typed = {f"right-{name}": value for name, value in right.items()}
    return client.post(address(row), data | typed | ({"replaces": "on"} if right else {}))


def page(response: Any) -> str:
    found: str = response.content.decode().replace("\xa0", " ")
    return found


# --- a wrong deadline that somebody moved later ---


def test_voiding_alone_names_the_later_step_that_would_become_impossible(
    client: Client, wrong: ProgressEntry, extended: ProgressEntry
) -> None:
    response = post(client, wrong)
    assert response.status_code == 422
    assert "Станет невозможной более поздняя запись «Изменён срок» от 1 марта 2025 г." in page(response)
    assert ProgressEntry.objects.count() == 2


def test_with_the_right_instruction_on_the_same_day_it_passes(
    client: Client, wrong: ProgressEntry, extended: ProgressEntry
) -> None:
    assert post(client, wrong, **INSTRUCTION, due_on=str(RIGHT)).status_code == 302
    card = page(client.get(wrong.point.get_absolute_url()))
    assert "Срок: 1 ноября 2024 г. → 1 марта 2025 г." in card
    assert "Ответственный: Секретариат Союза; контролирует: Председатель Союза; срок: 1 ноября 2024 г." in card
    assert [one.action for one in wrong.point.progress.in_force()] == ["extend", "instruct"]
    assert DecisionPoint.objects.get(pk=wrong.point_id).due_on == MOVED


def test_the_card_has_the_right_deadline_and_says_what_was_done(client: Client, wrong: ProgressEntry) -> None:
    response = client.post(
        address(wrong),
        {"reason": REASON, "version": wrong.point.version, "replaces": "on"}
        | {f"right-{name}": value for name, value in (INSTRUCTION | {"due_on": str(RIGHT)}).items()},
        follow=True,
    )
    assert "Запись отменена: поручено. Верная запись внесена." in page(response)
    assert DecisionPoint.objects.get(pk=wrong.point_id).due_on == RIGHT
    assert REASON in page(response)


def test_a_right_row_that_cannot_stand_voids_nothing(
    client: Client, wrong: ProgressEntry, extended: ProgressEntry
) -> None:
    response = post(client, wrong, **INSTRUCTION | {"happened_on": "2025-03-02"}, due_on="2025-04-01")
    assert response.status_code == 422
    assert "более поздняя запись «Изменён срок»" in page(response)
    assert ProgressEntry.objects.count() == 2


# --- the page ---


def test_the_form_holds_what_the_wrong_row_said(client: Client, wrong: ProgressEntry) -> None:
    shown = page(client.get(address(wrong)))
    assert "Внести верную запись вместо неё" in shown
    for said in ('name="right-due_on" value="2024-12-01"', 'name="right-happened_on" value="2024-07-05"'):
        assert said in shown
    assert '<option value="body:secretariat" selected>Секретариат Союза</option>' in shown
    assert 'name="right-version"' not in shown
    assert "срок: 1 декабря 2024 г.</textarea>" not in shown  # the portal's own words
    assert "приложите их заново" in shown


def test_a_term_comes_back_as_a_term_and_a_note_as_it_was_typed(
    client: Client, point: DecisionPoint, secretariat: User
) -> None:
    term = term_in_words(dt.date(2024, 6, 27), 10, "working")
    said = Instruction(*parties(), due_on=dt.date(2024, 7, 11), term=term)
    entry = point_step(point, "instruct", by=secretariat, text="Устно.", instruction=said)
    shown = page(client.get(address(entry)))
    assert 'name="right-term_days" value="10"' in shown
    assert '<option value="working" selected>' in shown
    assert "Устно.</textarea>" in shown
    assert 'name="right-due_on" value' not in shown


def test_the_page_stands_below_the_card_among_the_breadcrumbs(
    client: Client, wrong: ProgressEntry, sent: Letter
) -> None:
    shown = page(client.get(address(wrong)))
    assert f'<a href="{wrong.point.get_absolute_url()}">Пункт 1</a></li><li aria-current="page">Отмена записи' in shown
    assert "Решение от 27 июня 2024 г.</a>" in shown
    shown = page(client.get(address(sent.steps.get(action="send"))))
    assert f'<a href="{sent.get_absolute_url()}">О деле</a></li><li aria-current="page">Отмена записи' in shown


def test_without_the_tick_the_right_row_is_neither_judged_nor_written_and_yet_kept(
    client: Client, wrong: ProgressEntry
) -> None:
    data = {
        "reason": "",
        "version": wrong.point.version,
        "right-happened_on": "давно",
        "right-responsible_name": "Иной",
    }
    response = client.post(address(wrong), data)
    assert response.status_code == 422
    assert 'value="Иной"' in page(response)
    assert 'value="давно"' in page(response)
    assert "правильную дату" not in page(response)
    assert client.post(address(wrong), data | {"reason": REASON}).status_code == 302
    assert not wrong.point.progress.in_force().exists()


def test_all_errors_are_shown_at_once_beside_their_fields(client: Client, wrong: ProgressEntry) -> None:
    data = {"reason": "", "version": wrong.point.version, "replaces": "on", "right-responsible": "body:secretariat"}
    response = client.post(address(wrong), data | {"right-happened_on": "давно", "right-text": "Набрано."})
    assert response.status_code == 422
    shown = page(response)
    for kept in ("правильную дату", "Обязательное поле", "Набрано.", "checked", 'id="id_right-happened_on_error"'):
        assert kept in shown
    assert wrong.point.progress.in_force().exists()


def test_the_second_writer_keeps_everything(client: Client, wrong: ProgressEntry) -> None:
    response = post(client, wrong, version=1, **INSTRUCTION, due_on=str(RIGHT), text="Набрано.")
    shown = page(response)
    assert response.status_code == 409
    for kept in (REASON, "Набрано.", "2024-11-01", "checked", "добавлена другая запись"):
        assert kept in shown
    assert f'name="version" value="{wrong.point.version}"' in shown
    assert ProgressEntry.objects.count() == 1


def test_a_deadline_is_counted_from_where_the_wrong_row_stood(
    client: Client, wrong: ProgressEntry, extended: ProgressEntry
) -> None:
    assert post(client, wrong, **INSTRUCTION, term_days="10").status_code == 302
    right = wrong.point.progress.in_force().get(action="instruct")
    assert right.due_on == dt.date(2024, 7, 8)  # ten days after the decision of 27 June end on a Sunday
    assert (right.stands_for_id, right.placed_before_id) == (wrong.pk, None)


def test_files_go_with_the_right_row(client: Client, wrong: ProgressEntry) -> None:
    files = [SimpleUploadedFile("Поручение.pdf", PDF)]
    assert post(client, wrong, **INSTRUCTION, attachments=files).status_code == 302
    right = wrong.point.progress.in_force().get()
    assert [one.name for one in right.files.all()] == ["Поручение.pdf"]
    assert not wrong.files.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_a_long_history_takes_the_same_number_of_queries(
    client: Client,
    wrong: ProgressEntry,
    secretariat: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        point_step(wrong.point, "note", by=secretariat)
    client.get(address(wrong))
    with django_assert_num_queries(14):
        client.get(address(wrong))


# --- letters ---


def test_a_sending_is_replaced_and_the_deadline_of_the_answer_counted_anew(
    client: Client, sent: Letter, secretariat: User
) -> None:
    wrong = sent.steps.get(action="send")
    step(sent, "deliver", by=secretariat, on=dt.date(2024, 7, 20))
    assert post(client, wrong).status_code == 422
    shown = page(client.get(address(wrong)))
    assert '<option value="post" selected>' in shown
    assert 'name="right-happened_on" value="2024-07-05"' in shown
    assert post(client, wrong, happened_on="2024-07-08", channel="courier", text="").status_code == 302
    right = sent.steps.in_force().get(action="send")
    sent.refresh_from_db()
    assert (right.channel, right.happened_on, sent.due_on) == ("courier", dt.date(2024, 7, 8), dt.date(2024, 8, 7))


def test_the_sending_of_a_letter_that_was_repeated_is_replaced_and_not_voided_alone(
    client: Client, sent: Letter, secretariat: User
) -> None:
    wrong = sent.steps.get(action="send")
    send(letter(sent.resolution, repeats=sent), by=secretariat, on=dt.date(2024, 8, 20))
    alone = post(client, wrong)
    assert alone.status_code == 422
    assert "К письму составлено повторное: сначала аннулируйте его." in page(alone)
    assert post(client, wrong, happened_on="2024-07-08", channel="courier").status_code == 302
    sent.refresh_from_db()
    assert sent.due_on == dt.date(2024, 8, 7)


def said_of(sent: Letter, outcome: str, **right: str) -> dict[str, Any]:
    """The right entry: what the Government says of the only ask of a letter."""
    usual = {"happened_on": "2024-07-05", "correspondent_name": GOVERNMENT}
    return {f"outcome_{sent.asks.get().pk}": outcome} | usual | right


def test_an_answer_is_replaced_under_its_own_number(client: Client, sent: Letter, secretariat: User) -> None:
    wrong = answer(sent, by=secretariat, outcome="refused", number="15")
    shown = page(client.get(address(wrong)))
    assert f'value="{GOVERNMENT}"' in shown
    assert '<option value="refused" selected>' in shown
    assert 'name="right-number"' not in shown
    assert post(client, wrong, **said_of(sent, "satisfied", text="Поддержали.")).status_code == 302
    (right,) = wrong.letter.entries.in_force()
    wrong.letter.refresh_from_db()
    assert (wrong.letter.number, right.text, right.stands_for) == ("15", "Поддержали.", wrong)
    assert [one.outcome for one in right.outcomes.all()] == ["satisfied"]


def test_the_right_answer_came_in_the_year_of_its_number(client: Client, sent: Letter, secretariat: User) -> None:
    wrong = answer(sent, by=secretariat, number="15")
    response = post(client, wrong, **said_of(sent, "satisfied", happened_on="2025-01-09"))
    assert response.status_code == 422
    assert "Номер присвоен в 2024 г.: день должен быть того же года." in page(response)
    assert list(IncomingEntry.objects.in_force()) == [wrong]


def test_the_right_answer_is_of_whom_was_asked(client: Client, sent: Letter, secretariat: User) -> None:
    wrong = answer(sent, by=secretariat)
    response = post(client, wrong, **said_of(sent, "satisfied", correspondent_name="Минстрой России"))
    assert response.status_code == 422
    assert "Одну из просьб этому отправителю не направляли" in page(response)
    assert list(IncomingEntry.objects.in_force()) == [wrong]


def test_an_answer_that_a_later_one_rests_on_is_replaced_and_not_voided_alone(
    client: Client, sent: Letter, secretariat: User
) -> None:
    """Минстрой has answered what was passed on to it."""
    wrong = answer(sent, by=secretariat, outcome="forwarded", to="Минстрой России")
    ministry = Correspondent.objects.named("Минстрой России")
    answer(sent, by=secretariat, of=ministry, on=dt.date(2024, 8, 2))
    alone = post(client, wrong)
    assert alone.status_code == 422
    assert "Станет невозможной более поздняя запись «Вх. № 2/24» от 2 августа 2024 г." in page(alone)
    ask = sent.asks.get().pk
    right = said_of(sent, "forwarded", **{f"to_{ask}": "Минстрой России", f"until_{ask}": "2024-08-21"})
    assert post(client, wrong, **right).status_code == 302


def test_a_row_of_the_same_day_takes_the_place_of_the_wrong_one(
    client: Client, wrong: ProgressEntry, secretariat: User
) -> None:
    point_step(wrong.point, "start", by=secretariat)
    assert "раньше, чем" not in page(client.get(address(wrong)))
    assert post(client, wrong, **INSTRUCTION).status_code == 302
    assert [one.action for one in wrong.point.progress.in_force()] == ["start", "instruct"]


def test_a_row_of_another_day_may_be_placed_within_it(client: Client, point: DecisionPoint, secretariat: User) -> None:
    wrong = point_step(point, "note", by=secretariat, on=dt.date(2024, 7, 1))
    report = instruct(point, by=secretariat)
    data: dict[str, Any] = {"text": "Звонили.", "happened_on": str(DAY)}
    assert post(client, wrong, **data, before="0").status_code == 422
    assert post(client, wrong, **data, before=report.pk).status_code == 302
    assert [one.action for one in point.progress.in_force()] == ["instruct", "note"]  # the latest first
