"""`/letters/<id>/steps/<action>/` and what comes in: a letter on its way."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.models import (
    AskOutcome,
    Correspondent,
    IncomingLetter,
    Letter,
    LetterState,
    LetterStep,
    Resolution,
    void_incoming,
)
from resolutions.models.letter_step import LETTER_RULES
from revisions.append_only import AppendOnlyViolation
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, PDF, answer, letter, register, send, step

pytestmark = pytest.mark.slow


def post(client: Client, found: Letter, action: str, **changes: Any) -> Any:
    data = {"happened_on": "2024-07-05", "version": Letter.objects.get(pk=found.pk).version, "text": ""}
    return client.post(reverse("letter_step", args=[found.pk, action]), data | changes)


def reply(client: Client, found: Letter, **changes: Any) -> Any:
    """Register an answer of whom a letter went to, to its only ask."""
    data = {"number": "7", "happened_on": "2024-08-01", f"outcome_{found.asks.get().pk}": "satisfied"}
    address = reverse("incoming_add", query={"from": str(found.correspondent)})
    return client.post(address, data | changes)


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def draft_letter(adopted: Resolution) -> Letter:
    return letter(adopted, heading="О деле", reply_days=30)


@pytest.fixture
def sent(draft_letter: Letter, secretariat: User) -> Letter:
    send(draft_letter, by=secretariat)
    return draft_letter


def test_the_whole_way_of_a_letter(client: Client, draft_letter: Letter) -> None:
    assert post(client, draft_letter, "register").status_code == 302
    post(client, draft_letter, "send", channel="email", text="priemnaya@gov.example", happened_on="2024-07-08")
    post(client, draft_letter, "deliver", happened_on="2024-07-09")
    draft_letter.refresh_from_db()
    assert (draft_letter.number, draft_letter.date, draft_letter.due_on) == ("1/24", DAY, dt.date(2024, 8, 7))
    assert (draft_letter.is_awaited, draft_letter.awaited_until) == (True, draft_letter.due_on)
    assert reply(client, draft_letter).status_code == 302
    draft_letter.refresh_from_db()
    assert (draft_letter.state, draft_letter.is_awaited) == (LetterState.DELIVERED, False)
    way = [(one.row.action, one.after.state) for one in LETTER_RULES.walk(draft_letter.steps.all())]
    assert way == [
        ("register", "registered"),
        ("send", "sent"),
        ("deliver", "delivered"),
    ]


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(draft_letter: Letter, secretariat: User) -> None:
    register(draft_letter, by=secretariat)
    step(draft_letter, "send", by=secretariat, channel="post", on=dt.date(2024, 7, 5))
    assert draft_letter.due_on == dt.date(2024, 8, 5)  # the thirtieth day is Sunday, 4 August


def test_a_letter_that_needs_no_answer_has_no_deadline(adopted: Resolution, secretariat: User) -> None:
    thanks = letter(adopted, reply_days=None)
    send(thanks, by=secretariat)
    assert thanks.due_on is None
    assert thanks.urgency == "none"


def test_proof_of_sending_is_kept_with_the_step(client: Client, draft_letter: Letter, secretariat: User) -> None:
    register(draft_letter, by=secretariat)
    post(client, draft_letter, "send", channel="post", attachments=[SimpleUploadedFile("Квитанция.pdf", PDF)])
    assert draft_letter.steps.get(action="send").files.get().name == "Квитанция.pdf"


@pytest.mark.parametrize(
    ("outcome", "to"),
    [(AskOutcome.INTERIM, ""), (AskOutcome.FORWARDED, "Минстрой России")],
    ids=["interim", "forwarded"],
)
def test_after_an_answer_that_is_not_final_the_letter_still_waits(
    sent: Letter, secretariat: User, outcome: str, to: str
) -> None:
    september = dt.date(2024, 9, 20)
    answer(sent, by=secretariat, outcome=outcome, to=to, until=september)
    assert (sent.state, sent.is_awaited, sent.awaited_until) == (LetterState.SENT, True, september)
    answer(sent, by=secretariat)
    assert (sent.is_awaited, sent.awaited_until) == (False, None)


def test_a_wrong_answer_is_voided_and_its_number_stays_with_it(client: Client, sent: Letter, secretariat: User) -> None:
    wrong = answer(sent, by=secretariat, number="7")
    address = reverse("incoming_void", args=[wrong.letter.pk, wrong.pk])
    version = wrong.letter.version
    assert client.post(address, {"reason": "", "version": version}).status_code == 422
    assert client.post(address, {"reason": "Не то письмо.", "version": version}).status_code == 302
    sent.refresh_from_db()
    wrong.letter.refresh_from_db()
    assert (sent.is_awaited, wrong.letter.is_voided) == (True, True)
    assert reply(client, sent).status_code == 422
    assert reply(client, sent, number="8").status_code == 302


def test_without_its_answer_a_letter_is_where_it_was_before(sent: Letter, secretariat: User) -> None:
    step(sent, "deliver", by=secretariat, on=dt.date(2024, 7, 9))
    awaited_until = sent.awaited_until
    given = answer(sent, by=secretariat, on=dt.date(2024, 8, 1))
    void_incoming(given, reason="Не то письмо.", version=given.letter.version, by=secretariat)
    sent.refresh_from_db()
    assert (sent.state, sent.is_awaited, sent.awaited_until) == (LetterState.DELIVERED, True, awaited_until)


def test_the_deadline_of_the_answer_is_moved_with_a_reason(client: Client, sent: Letter) -> None:
    changed = {"due_on": "2024-09-30", "text": "Министерство просит время."}
    assert post(client, sent, "extend", **changed).status_code == 302
    sent.refresh_from_db()
    assert sent.due_on == dt.date(2024, 9, 30)
    assert post(client, sent, "extend", **changed).status_code == 422
    assert "Проверьте год" in post(client, sent, "extend", **changed | {"due_on": "9999-12-31"}).content.decode()


def test_a_note_holds_back_no_annulment(draft_letter: Letter, secretariat: User) -> None:
    for action, day in (("register", 5), ("note", 20), ("annul", 15)):
        step(draft_letter, action, by=secretariat, on=dt.date(2024, 7, day), text="Т")
    assert draft_letter.state == LetterState.ANNULLED


def test_an_annulled_letter_keeps_its_number(client: Client, draft_letter: Letter, adopted: Resolution) -> None:
    post(client, draft_letter, "register")
    assert post(client, draft_letter, "annul", text="Опечатка в адресате.").status_code == 302
    following = letter(adopted)
    post(client, following, "register")
    assert Letter.objects.get(pk=following.pk).number == "2/24"
    assert Letter.objects.get(pk=draft_letter.pk).number == "1/24"


def test_a_number_given_outside_the_portal_is_kept_and_passed_over(
    client: Client, draft_letter: Letter, adopted: Resolution
) -> None:
    post(client, draft_letter, "register", number="1/24")
    second, third = letter(adopted), letter(adopted)
    response = post(client, second, "register", number="1/24")
    assert response.status_code == 422
    assert "в этом году уже есть" in response.content.decode()
    post(client, third, "register")
    assert Letter.objects.get(pk=third.pk).number == "2/24"


def test_each_year_begins_anew(draft_letter: Letter, adopted: Resolution, secretariat: User) -> None:
    register(draft_letter, by=secretariat, on=dt.date(2024, 12, 30))
    following = letter(adopted)
    register(following, by=secretariat, on=dt.date(2025, 1, 9))
    assert (draft_letter.number, following.number) == ("1/24", "1/25")


@pytest.mark.parametrize(
    ("action", "changes", "sentence"),
    [
        ("register", {"happened_on": "2090-01-01"}, "ещё не наступила"),
        ("register", {"happened_on": "вчера"}, "правильную дату"),
        ("register", {"number": "Ч" * 31}, "не более 30"),
        ("register", {"version": ""}, "Обязательное поле"),
        ("annul", {"text": ""}, "Обязательное поле"),
        ("annul", {"text": "Kотлас"}, "буква «K» – латинская"),
    ],
)
def test_bad_input_is_explained_and_moves_nothing(
    client: Client, draft_letter: Letter, action: str, changes: dict[str, str], sentence: str
) -> None:
    response = post(client, draft_letter, action, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not LetterStep.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"happened_on": ""}, "Обязательное поле"),
        ({"happened_on": "2090-01-01"}, "ещё не наступила"),
        ({"happened_on": "2024-07-01"}, "раньше ответ не мог прийти"),
        ({"their_date": "2024-08-02"}, "позже, чем поступило"),
        ({"outcome": "maybe"}, "корректный вариант"),
        ({"outcome": "forwarded"}, "кому просьбу перенаправили"),
        ({"outcome": "", "until": "2024-09-01"}, "Укажите, что сказано о просьбе."),
        ({"until": "2024-09-01"}, "бывают только у промежуточного ответа"),
        ({"outcome": "interim", "until": "2024-07-31"}, "раньше дня, когда письмо поступило"),
        ({"outcome": "interim", "to": "Минстрой России"}, "выберите «Перенаправлена»"),
        ({"without_letter": "on"}, "Приложите файл"),
        ({"attachments": SimpleUploadedFile("а.exe", b"MZ")}, "не подходит"),
    ],
)
def test_a_bad_answer_is_explained_and_not_kept(
    client: Client, sent: Letter, changes: dict[str, Any], sentence: str
) -> None:
    ask = sent.asks.get().pk
    named = {f"{name}_{ask}" if name in ("outcome", "until", "to") else name: said for name, said in changes.items()}
    response = reply(client, sent, **named)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not IncomingLetter.objects.exists()


def test_an_incoming_number_is_used_once_a_year(
    client: Client, sent: Letter, adopted: Resolution, secretariat: User
) -> None:
    other = letter(adopted)
    send(other, by=secretariat)
    answer(other, by=secretariat, number="7", on=dt.date(2024, 7, 20))
    response = reply(client, sent)
    assert response.status_code == 422
    assert "Входящее с таким номером в этом году уже есть." in response.content.decode()


def test_the_second_secretary_is_told_and_registers_nothing_twice(client: Client, draft_letter: Letter) -> None:
    stale = draft_letter.version
    post(client, draft_letter, "register")
    response = post(client, draft_letter, "send", channel="post", version=stale)
    assert response.status_code == 409
    assert "что-то сделал кто-то ещё" in response.content.decode()
    assert post(client, draft_letter, "register", version=stale).status_code == 403


def test_a_letter_under_a_draft_is_not_registered(client: Client, draft: Resolution) -> None:
    response = post(client, letter(draft), "register")
    assert response.status_code == 403
    assert "ещё не принято" in response.content.decode()


def test_steps_are_neither_changed_nor_deleted(sent: Letter) -> None:
    taken = sent.steps.first()
    assert taken is not None
    for forbidden in (taken.save, taken.delete):
        with pytest.raises(AppendOnlyViolation):
            forbidden()


def test_an_overdue_letter_is_found_in_the_register_and_repeated_once(client: Client, sent: Letter) -> None:
    page = client.get(reverse("letters"), {"state": "overdue"}).content.decode()
    assert "О деле" in page
    assert "Просрочено" in page
    address, body = reverse("letter_repeat", args=[sent.pk]), {"body": sent.correspondent_id}
    editor = client.post(address, body, follow=True).content.decode()
    assert "№ 1/24 Союз обращался" in editor
    assert "Повторное письмо уже составлено" in client.post(address, body, follow=True).content.decode()
    assert Letter.objects.get(repeats=sent).body.endswith(sent.body)


def test_an_annulled_repetition_makes_room_for_another(client: Client, sent: Letter, secretariat: User) -> None:
    address, body = reverse("letter_repeat", args=[sent.pk]), {"body": sent.correspondent_id}
    client.post(address, body)
    step(Letter.objects.get(repeats=sent), "annul", by=secretariat, text="Опечатка.")
    assert client.post(address, body).status_code == 302
    assert sorted(sent.repeated_by.values_list("state", flat=True)) == ["annulled", "draft"]


def test_a_repetition_goes_to_whom_owes_an_answer(client: Client, sent: Letter) -> None:
    stranger = Correspondent.objects.named("Минфин России")
    for body in ({}, {"body": "всем"}, {"body": stranger.pk}):
        assert client.post(reverse("letter_repeat", args=[sent.pk]), body).status_code == 404
    assert not Letter.objects.filter(repeats=sent).exists()


def test_on_its_last_day_an_answer_is_not_overdue(sent: Letter) -> None:
    assert sent.due_on is not None
    assert not Letter.objects.overdue(sent.due_on).exists()
    assert Letter.objects.overdue(sent.due_on + dt.timedelta(days=1)).get() == sent


def test_a_letter_in_time_is_not_overdue(adopted: Resolution, secretariat: User) -> None:
    fresh = letter(adopted)
    send(fresh, by=secretariat, on=timezone.localdate())
    assert fresh.urgency == "in_time"
    assert not Letter.objects.overdue(timezone.localdate()).exists()


@pytest.mark.parametrize(("query", "found"), [("ГУБЕРНАТОРУ", 1), ("1/24", 1), ("министру", 0)])
def test_the_register_is_searched_whatever_the_case(
    client: Client, adopted: Resolution, secretariat: User, query: str, found: int
) -> None:
    register(letter(adopted, addressee="Губернатору", heading="О деле"), by=secretariat)
    page = client.get(reverse("letters"), {"q": query}).content.decode()
    assert page.count("О деле") == found


def test_a_filter_that_makes_no_sense_is_explained(client: Client, sent: Letter) -> None:
    response = client.get(reverse("letters"), {"kind": "spam"})
    assert response.status_code == 422
    assert "Такого варианта нет" in response.content.decode()


def test_a_note_may_be_dated_before_everything_and_other_steps_may_not(
    client: Client, draft_letter: Letter, secretariat: User
) -> None:
    send(draft_letter, by=secretariat, on=dt.date(2024, 7, 10))
    earlier = {"happened_on": "2024-07-09", "text": "Звонили в приёмную."}
    assert post(client, draft_letter, "deliver", **earlier).status_code == 422
    assert post(client, draft_letter, "note", **earlier).status_code == 302
    assert draft_letter.steps.get(action="note").happened_on == dt.date(2024, 7, 9)


def test_a_note_holds_back_no_step(client: Client, draft_letter: Letter, secretariat: User) -> None:
    send(draft_letter, by=secretariat, on=dt.date(2024, 7, 10))
    step(draft_letter, "note", by=secretariat, on=dt.date(2024, 7, 20), text="Звонили в приёмную.")
    assert post(client, draft_letter, "deliver", happened_on="2024-07-15").status_code == 302
