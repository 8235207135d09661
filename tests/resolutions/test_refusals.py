"""What the models refuse themselves, although the forms do not let it come so far."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from resolutions.correspondence.mailings import Recipient
from resolutions.due import tasks_for
from resolutions.models import (
    AskOutcome,
    Correspondent,
    DecisionPoint,
    IncomingLetter,
    Letter,
    LetterAction,
    NewEntry,
    NewIncoming,
    PointAction,
    Resolution,
    StepRefused,
    register_incoming,
    void_incoming,
)
from tests.conftest import ClientFor
from tests.resolutions.factory import GOVERNMENT, answer, letter, mailing, release, send, upload

pytestmark = pytest.mark.slow

SENT, ANSWERED = dt.date(2024, 7, 8), dt.date(2024, 8, 1)


@pytest.fixture
def sent(appeal_point: DecisionPoint, secretariat: User) -> Letter:
    found = letter(appeal_point.resolution, "appeal", point=appeal_point)
    send(found, by=secretariat, on=SENT)
    return found


def came(day: str = "2024-08-01", **said: Any) -> NewIncoming:
    return NewIncoming(dt.date.fromisoformat(day), Correspondent.objects.named(GOVERNMENT), **said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("new", "refused"),
    [
        ({"day": "2999-01-01"}, "ещё не наступила"),
        ({"day": "1999-12-31"}, "не раньше 1 января 2000"),
        ({"their_date": dt.date(2024, 8, 2)}, "позже, чем поступило"),
    ],
)
def test_what_cannot_have_come(secretariat: User, new: dict[str, Any], refused: str) -> None:
    with pytest.raises(StepRefused, match=refused):
        register_incoming(came(**new), by=secretariat)


def test_what_came_stands_before_what_came_on_its_day_alone(sent: Letter, secretariat: User) -> None:
    other = answer(sent, by=secretariat, on=ANSWERED)
    with pytest.raises(StepRefused, match="раньше другой записи того же дня"):
        register_incoming(came("2024-08-02", before=other), by=secretariat)


def test_without_a_letter_there_is_a_file(secretariat: User) -> None:
    with pytest.raises(StepRefused, match="файл"):
        register_incoming(came(), by=secretariat, is_letter=False)
    told = register_incoming(came(files=[upload()]), by=secretariat, is_letter=False)
    wrong = told.entries.get()
    with pytest.raises(StepRefused, match="файл"):
        void_incoming(wrong, reason="Не то.", version=told.version, by=secretariat, replacement=came())
    assert wrong.voiding is None


def test_what_came_is_voided_once(sent: Letter, secretariat: User) -> None:
    entry = answer(sent, by=secretariat, on=ANSWERED)
    void_incoming(entry, reason="Не то.", version=entry.letter.version, by=secretariat)
    version = IncomingLetter.objects.get().version
    with pytest.raises(StepRefused, match="уже отменена"):
        void_incoming(entry, reason="Не то.", version=version, by=secretariat)


def test_a_right_entry_that_nobody_wants_may_name_another_sender(
    sent: Letter, secretariat: User, client_for: ClientFor
) -> None:
    entry = answer(sent, by=secretariat, on=ANSWERED)
    said = {"reason": "", "version": str(entry.letter.version), "right-correspondent_name": "Кто-то другой"}
    answered = client_for(secretariat).post(reverse("incoming_void", args=[entry.letter_id, entry.pk]), said)
    assert (answered.status_code, "Кто-то другой" in answered.content.decode()) == (422, True)


def test_a_release_is_voided_once(sent: Letter, secretariat: User) -> None:
    row = release(sent, by=secretariat, on=ANSWERED)
    sent.void_release(row, reason="Не то.", version=sent.version, by=secretariat)
    sent.refresh_from_db()
    with pytest.raises(StepRefused, match="уже отменена"):
        sent.void_release(row, reason="Не то.", version=sent.version, by=secretariat)


def test_a_letter_of_thanks_has_no_day_to_move(adopted: Resolution, secretariat: User, client_for: ClientFor) -> None:
    thanks = letter(adopted, "gratitude", point=adopted.points.get(kind="gratitude"))
    send(thanks, by=secretariat, on=SENT)
    with pytest.raises(StepRefused, match="не ждут"):
        thanks.take_step(
            LetterAction.EXTEND, happened_on=ANSWERED, due_on=ANSWERED, version=thanks.version, by=secretariat
        )
    answered = client_for(secretariat).get(reverse("letter_step", args=[thanks.pk, "extend"]))
    assert answered.status_code == 403
    assert "Ответа на такое письмо не ждут" in answered.content.decode()


def test_a_letter_of_thanks_is_edited_without_asks(
    adopted: Resolution, secretariat: User, client_for: ClientFor
) -> None:
    thanks = letter(adopted, "gratitude", point=adopted.points.get(kind="gratitude"), signatory_name="Н.В. Корягина")
    url = reverse("letter_edit", args=[thanks.pk])
    office = client_for(secretariat)
    page = office.get(url).content.decode()
    assert "Кто должен ответить" not in page
    said = {"addressee": "Учёному", "body": "Спасибо.", "version": str(thanks.version), "executor": "С.С."}
    said |= {"signatory_position": "Председатель", "signatory_name": "Н.В. Корягина", "heading": "О благодарности"}
    assert office.post(url, said).status_code == 302
    thanks.refresh_from_db()
    assert (thanks.addressee, thanks.body, thanks.correspondent) == ("Учёному", "Спасибо.", None)


def test_a_result_is_named(appeal_point: DecisionPoint, sent: Letter, secretariat: User) -> None:
    appeal_point.refresh_from_db()
    with pytest.raises(StepRefused, match="Назовите результат"):
        new = NewEntry(PointAction.REPORT, ANSWERED, "Доложено.")
        appeal_point.take_step(new, version=appeal_point.version, by=secretariat)


def test_rows_say_in_russian_what_they_are(sent: Letter, secretariat: User) -> None:
    entry = answer(sent, by=secretariat, on=ANSWERED, outcome=AskOutcome.REFUSED)
    assert str(sent.planned().get()).endswith(": просьба 1")
    assert str(entry) == entry.name
    assert str(entry.outcomes.get()) == "отказано"
    assert str(release(sent, by=secretariat, on=ANSWERED)).endswith(", 01.08.2024")


@pytest.fixture
def register_page(sent: Letter, secretariat: User, client_for: ClientFor) -> tuple[Client, list[str]]:
    """The register with an answer, an unasked letter, and one written down by mistake, by their numbers."""
    answered = answer(sent, by=secretariat, on=ANSWERED)
    unasked, wrong = (register_incoming(came(), by=secretariat) for _ in "12")
    void_incoming(wrong.entries.get(), reason="Не нам.", version=wrong.version, by=secretariat)
    return client_for(secretariat), [answered.letter.number, unasked.number, wrong.number]


@pytest.mark.parametrize(("which", "place"), [("answers", 0), ("nothing", 1), ("voided", 2)])
def test_the_register_is_narrowed(register_page: tuple[Client, list[str]], which: str, place: int) -> None:
    client, numbers = register_page
    page = client.get(reverse("incoming_letters"), {"answers": which}).content.decode()
    assert sorted(set(re.findall(r"№ (\d+/24)", page))) == [numbers[place]]


def test_a_sender_has_a_name(sent: Letter, secretariat: User, client_for: ClientFor) -> None:
    answered: Any = client_for(secretariat).get(reverse("incoming_add"), {"from": "\u00ad"})  # nothing that is seen
    assert answered.context["sender"].errors["sender"] == ["Обязательное поле."]


def test_late_letters_of_a_mailing_are_one_task(adopted: Resolution, secretariat: User) -> None:
    circulars = mailing(adopted, by=secretariat)
    for one in circulars.letters.all():
        Letter.objects.filter(pk=one.pk).update(reply_days=30)
        send(one, by=secretariat, on=SENT)
    (task,) = [one for one in tasks_for(secretariat, dt.date(2024, 9, 1)) if one.key.startswith("mailing")]
    assert (task.what, task.why) == ("Рассылка (2\u00a0письма)", "Ответ просрочен: составьте повторное письмо")


def test_a_number_that_is_taken_is_told_beside_the_field(
    sent: Letter, secretariat: User, client_for: ClientFor
) -> None:
    answer(sent, by=secretariat, on=ANSWERED, number="5/24")
    client = client_for(secretariat)
    said = {"happened_on": ANSWERED.isoformat(), "number": "５/24", "text": ""}  # another script's five
    answered: Any = client.post(f"{reverse('incoming_add')}?from={GOVERNMENT}", said)
    assert (answered.status_code, list(answered.context["form"].errors)) == (422, ["number"])
    other = letter(sent.resolution, "appeal", point=sent.point)
    said |= {"number": sent.number, "version": str(other.version)}
    answered = client.post(reverse("letter_step", args=[other.pk, "register"]), said)
    assert (answered.status_code, list(answered.context["form"].errors)) == (422, ["number"])


def test_a_municipality_that_was_withdrawn_answers_its_own_letter(
    adopted: Resolution, kostroma: Municipality, secretariat: User, client_for: ClientFor
) -> None:
    (circular,) = mailing(adopted, Recipient("Главе", municipality_id=kostroma.pk), by=secretariat).letters.all()
    Letter.objects.filter(pk=circular.pk).update(reply_days=30)
    send(circular, by=secretariat, on=SENT)
    kostroma.set_listed(False, by=secretariat, reason="Внесено дважды")
    client = client_for(secretariat)
    offered = client.get(reverse("incoming_add"), {"from": str(circular.correspondent)}).context["form"]
    assert [one.ask.letter for one in offered.ask_rows()] == [circular]
