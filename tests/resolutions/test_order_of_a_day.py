"""What happens on one day: answers among what left, notes that go with their letters, numbers of asks that fell."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.correspondence.register import letters_on
from resolutions.models import Ask, DecisionPoint, IncomingLetter, Letter, ProgressEntry
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import GOVERNMENT, letter, register, repetition, send, step

pytestmark = pytest.mark.slow

SENT, AGAIN = dt.date(2024, 7, 8), dt.date(2024, 9, 1)


@pytest.fixture
def office(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def again(appeal_point: DecisionPoint, secretariat: User) -> Letter:
    """The repetition of an appeal that was not answered; it left on 1 September."""
    first = letter(appeal_point.resolution, "appeal", point=appeal_point)
    send(first, by=secretariat, on=SENT)
    with at("2024-08-20 12:00"):
        second = repetition(first)
    with at("2024-09-01 12:00"):
        send(second, by=secretariat, on=AGAIN)
    return second


def say(office: Client, outcome: str, on: dt.date = AGAIN, **said: Any) -> Any:
    key = Ask.objects.latest("pk").pk
    data = {"happened_on": on.isoformat(), "text": "", f"outcome_{key}": outcome}
    return office.post(f"{reverse('incoming_add')}?from={GOVERNMENT}", data | said)


def is_open(point: DecisionPoint) -> bool:
    (ask,) = letters_on(dt.date(2024, 9, 2), point.letters.all()).asks
    return ask.standing.is_open


@pytest.mark.parametrize(("among", "waits"), [("", False), ("after", False), ("before", False)])
def test_an_answer_of_the_day_settles_what_is_not_renewed(
    again: Letter, appeal_point: DecisionPoint, office: Client, among: str, waits: bool
) -> None:
    assert say(office, "refused", among_sent=among).status_code == 302
    assert is_open(appeal_point) is waits


@pytest.mark.parametrize(("among", "waits"), [("", False), ("after", False), ("before", True)])
def test_an_answer_stands_before_or_after_what_left_that_day(
    again: Letter, appeal_point: DecisionPoint, office: Client, among: str, waits: bool
) -> None:
    again.carried.update(renews=True)
    assert say(office, "refused", among_sent=among).status_code == 302
    assert is_open(appeal_point) is waits
    again.refresh_from_db()
    assert again.is_awaited is waits
    incoming = IncomingLetter.objects.get()
    url = reverse("incoming_void", args=[incoming.pk, incoming.entries.get().pk])
    form: Any = office.get(url).context["right"]
    assert form["among_sent"].value() == among
    right = {f"right-{name}": form[name].value() or "" for name in form.fields} | {"right-among_sent": "before"}
    said = right | {"reason": "Пришло утром.", "replaces": "on", "version": incoming.version}
    assert office.post(url, said).status_code == 302
    assert is_open(appeal_point)


def test_what_came_before_an_answer_of_the_morning_came_in_the_morning_too(
    again: Letter, appeal_point: DecisionPoint, office: Client
) -> None:
    again.carried.update(renews=True)
    say(office, "partly", among_sent="before")
    (morning,) = IncomingLetter.objects.get().entries.all()
    assert say(office, "refused", before=morning.pk).status_code == 302
    (ask,) = letters_on(dt.date(2024, 9, 2), appeal_point.letters.all()).asks
    assert (ask.standing.outcome, ask.standing.is_open) == ("partly", True)


def test_the_order_is_asked_where_something_left_that_day_alone(again: Letter, office: Client) -> None:
    url = f"{reverse('incoming_add')}?from={GOVERNMENT}"
    for day, asked in (("2024-09-01", True), ("2024-09-02", False), ("вчера", False)):
        form: Any = office.post(url, {"happened_on": day, "number": "Kот"}).context["form"]
        assert ("among_sent" in form.fields) is asked


class TestNotes:
    @pytest.fixture
    def came(self, appeal_point: DecisionPoint, office: Client) -> IncomingLetter:
        data = {"happened_on": "2024-08-01", "text": "", "note_on": appeal_point.pk}
        office.post(f"{reverse('incoming_add')}?from=Гражданин", data)
        return IncomingLetter.objects.get()

    def void(self, office: Client, came: IncomingLetter, **said: str) -> None:
        url = reverse("incoming_void", args=[came.pk, came.entries.get().pk])
        assert office.post(url, {"reason": "Не нам.", "version": came.version} | said).status_code == 302

    def test_a_note_goes_with_its_letter(
        self, came: IncomingLetter, appeal_point: DecisionPoint, office: Client, client: Client
    ) -> None:
        page = office.get(reverse("incoming_void", args=[came.pk, came.entries.get().pk])).content.decode()
        assert "Пункт 2: запись в ходе исполнения" in page
        self.void(office, came)
        assert not ProgressEntry.objects.in_force().exists()
        assert ProgressEntry.objects.get(voids__isnull=False).text == "Не нам."
        assert "Запись отменена" in office.get(appeal_point.get_absolute_url()).content.decode()
        assert "вх. № 1/24" not in client.get(appeal_point.get_absolute_url()).content.decode()

    def test_the_right_entry_has_the_right_note(
        self, came: IncomingLetter, appeal_point: DecisionPoint, office: Client
    ) -> None:
        right = {"happened_on": "2024-08-05", "correspondent_name": "Гражданин", "text": ""}
        self.void(office, came, replaces="on", **{f"right-{name}": value for name, value in right.items()})
        note = ProgressEntry.objects.in_force().get()
        assert (note.happened_on, note.incoming) == (dt.date(2024, 8, 5), came)
        assert "вх. № 1/24 от 5" in note.text


def test_numbers_of_asks_do_not_meet_on_a_day_before_an_annulment(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    fallen = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="первая\nвторая")
    register(fallen, by=secretariat, on=dt.date(2024, 7, 5))
    step(fallen, "annul", by=secretariat, on=dt.date(2024, 7, 20), text="Не то.")
    early = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="иная")
    register(early, by=secretariat, on=dt.date(2024, 7, 10))
    late = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="ещё иная")
    register(late, by=secretariat, on=dt.date(2024, 7, 20))

    def numbers(day: int) -> list[int]:
        return [one.ask.number for one in letters_on(dt.date(2024, 7, day), appeal_point.letters.all()).asks]

    assert (numbers(15), numbers(20)) == ([1, 2, 3], [3, 4])
