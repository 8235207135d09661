"""Who an incoming letter is from: by any name that it had, another one than was typed, an addressee of a circular."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality, Succession
from municipalities.renaming import rename
from resolutions.correspondence.mailings import Recipient
from resolutions.due import tasks_for
from resolutions.models import (
    Ask,
    Correspondent,
    DecisionPoint,
    IncomingLetter,
    Letter,
    Resolution,
)
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city
from tests.resolutions.factory import GOVERNMENT, letter, mailing, repetition, send
from tests.resolutions.test_incoming import LATER, MINSTROY, SENT, add, outcomes, said

pytestmark = pytest.mark.slow


@pytest.fixture
def office(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def sent(appeal_point: DecisionPoint, secretariat: User) -> Letter:
    """An appeal with three asks that left."""
    found = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="первая\nвторая\nтретья")
    send(found, by=secretariat, on=SENT)
    return found


def test_a_circular_that_awaits_an_answer_asks_each_addressee_for_one(
    adopted: Resolution, kostroma: Municipality, arkhangelsk: Municipality, office: Client, secretariat: User
) -> None:
    sent = mailing(
        adopted, *(Recipient("Главе", municipality_id=one.pk) for one in (kostroma, arkhangelsk)), by=secretariat
    )
    Letter.objects.filter(mailing=sent).update(reply_days=30)
    letters = list(sent.letters.order_by("pk"))
    for one in letters:
        send(Letter.objects.get(pk=one.pk), by=secretariat, on=SENT)
    page = office.get(f"{reverse('incoming_add')}?from=Кострома")
    (ask,) = page.context["form"].asks
    fields = {f"outcome_{ask.ask.pk}": "satisfied"}
    assert add(office, "Кострома", **fields).status_code == 302
    assert [Letter.objects.get(pk=one.pk).is_awaited for one in letters] == [False, True]
    with at(LATER):
        late = [one for one in tasks_for(secretariat, dt.date(2024, 12, 1)) if "просрочен" in one.why]
    assert len(late) == 1
    assert late[0].url == letters[1].get_absolute_url()


def test_a_repeated_circular_carries_what_the_first_one_asked(
    adopted: Resolution, kostroma: Municipality, office: Client, secretariat: User
) -> None:
    (sent,) = mailing(adopted, Recipient("Главе", municipality_id=kostroma.pk), by=secretariat).letters.all()
    Letter.objects.filter(pk=sent.pk).update(reply_days=30)
    sent = Letter.objects.get(pk=sent.pk)
    send(sent, by=secretariat, on=SENT)
    with at(LATER):
        repeat = repetition(sent)
        send(repeat, by=secretariat, on=dt.date(2024, 12, 1))
        ask = Ask.objects.get()
        assert [Letter.objects.get(pk=one.pk).is_awaited for one in (sent, repeat)] == [False, True]
        page = office.get(repeat.get_absolute_url())
        assert [line.number for line in page.context["asks"]] == [1]
        fields = {f"outcome_{ask.pk}": "satisfied", "happened_on": "2024-12-01"}
        assert add(office, "Кострома", **fields).status_code == 302
    assert not Letter.objects.filter(is_awaited=True).exists()


def test_the_right_entry_may_be_of_another_sender(
    sent: Letter, appeal_point: DecisionPoint, office: Client, secretariat: User
) -> None:
    other = letter(
        appeal_point.resolution,
        "appeal",
        point=appeal_point,
        new_asks="четвёртая",
        correspondent=Correspondent.objects.named(MINSTROY),
    )
    send(other, by=secretariat, on=SENT)
    add(office, MINSTROY, **said(4, "refused"))
    incoming = IncomingLetter.objects.get()
    url = reverse("incoming_void", args=[incoming.pk, incoming.entries.get().pk])
    right = {"right-happened_on": "2024-08-01", "right-correspondent_name": GOVERNMENT, "right-text": ""}
    right |= {f"right-{name}": value for name, value in said(2, "refused").items()}
    data = {"reason": "Не тот.", "replaces": "on", "version": incoming.version} | right
    assert office.post(url, data).status_code == 302
    assert outcomes(appeal_point) == {1: None, 2: "refused", 3: None, 4: None}


class TestTheSender:
    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("А" * 251, "не более 250"),
            ("\u200b", "Обязательное поле"),
            ("Двойной", "«Двойной (Тверская область)», «Двойной (Псковская область)». Укажите с регионом"),
        ],
    )
    def test_is_a_name_that_can_be_read_and_is_of_one_alone(self, office: Client, name: str, sentence: str) -> None:
        city("Двойной", 1)
        city("Двойной", 2, region="Псковская область")
        for answered in (office.get(reverse("incoming_add"), {"from": name}), add(office, name)):
            assert sentence in answered.content.decode().replace("&lt;", "<")
        assert not IncomingLetter.objects.exists()
        assert not Correspondent.objects.exists()

    def test_a_city_comes_before_a_body_of_its_name(self, office: Client) -> None:
        body = Correspondent.objects.named("Дубна")
        own = Correspondent.objects.of_municipality(city("Дубна", 1).pk)
        assert Correspondent.objects.called("дубна") == Correspondent.objects.named("Дубна") == own
        assert own != body


def test_a_city_that_was_renamed_answers_under_either_name(kostroma: Municipality, secretariat: User) -> None:
    known = Correspondent.objects.of_municipality(kostroma.pk)
    rename(kostroma, SENT, name="Новая Кострома", oktmo="", basis="Закон", by=secretariat, version=kostroma.version)
    assert {Correspondent.objects.named(one).pk for one in ("Кострома", "новая кострома")} == {known.pk}
    assert str(Correspondent.objects.get()) == "Новая Кострома (Костромская область)"


@pytest.mark.loose_ledgers
def test_a_name_that_a_predecessor_has_too_is_that_of_the_successor(secretariat: User) -> None:
    parts = [city("Двойной", 1), city("Другой", 2)]
    whole = city("Двойной", 3)
    Succession.objects.bulk_create(
        Succession(successor=whole, predecessor=one, happened_on=SENT, basis="Закон", actor_name="А") for one in parts
    )
    assert Correspondent.objects.named("Двойной").municipality == whole
