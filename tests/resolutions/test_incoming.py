"""Incoming letters: asks of several letters and bodies, answers typed in any order, and input that makes no sense."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.correspondence.register import AskOnDay, letters_on
from resolutions.models import (
    Ask,
    AskOutcome,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    IncomingLetter,
    Letter,
    Outcome,
    StepRefused,
    void_incoming,
)
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import GOVERNMENT, PDF, answer, letter, register, repetition, send, step

pytestmark = pytest.mark.slow

MINSTROY = "Минстрой России"
SENT, ANSWERED = dt.date(2024, 7, 8), dt.date(2024, 8, 1)
LATER = "2024-12-01 12:00"


@pytest.fixture
def office(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def sent(appeal_point: DecisionPoint, secretariat: User) -> Letter:
    """An appeal with three asks that left."""
    found = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="первая\nвторая\nтретья")
    send(found, by=secretariat, on=SENT)
    return found


def add(client: Client, by: str = GOVERNMENT, **data: Any) -> Any:
    """Send the form of an incoming letter."""
    return client.post(f"{reverse('incoming_add')}?from={by}", {"happened_on": ANSWERED.isoformat(), "text": ""} | data)


def said(number: int, outcome: str, until: str = "", to: str = "") -> dict[str, str]:
    """The fields about an ask."""
    key = Ask.objects.get(number=number).pk
    return {f"outcome_{key}": outcome, f"until_{key}": until, f"to_{key}": to}


def asks(point: DecisionPoint, on: str = "2024-12-01") -> dict[int, AskOnDay]:
    """How the asks of a point stood, by number."""
    return {one.ask.number: one for one in letters_on(dt.date.fromisoformat(on), point.letters.all()).asks}


def outcomes(point: DecisionPoint) -> dict[int, str | None]:
    return {number: one.standing.outcome for number, one in asks(point).items()}


def errors(page: HttpResponse) -> str:
    """What the form says is wrong."""
    form: Any = page.context["form"]  # type: ignore[attr-defined]  # of the test client
    assert page.status_code == 422
    assert not IncomingLetter.objects.exists()
    return " ".join(one for messages in form.errors.values() for one in messages)


class TestSeveralAsks:
    def test_of_three_the_ignored_one_is_repeated(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client, secretariat: User
    ) -> None:
        add(office, **said(1, "satisfied"), **said(2, "refused"))
        assert outcomes(appeal_point) == {1: "satisfied", 2: "refused", 3: None}
        with at(LATER):
            repeat = repetition(sent)
        assert [one.ask.number for one in repeat.planned()] == [3]
        assert "третья" in repeat.body
        assert "первая" not in repeat.body

    def test_a_refused_ask_comes_in_when_it_is_ticked(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client, secretariat: User
    ) -> None:
        add(office, **said(1, "satisfied"), **said(2, "refused"))
        with at(LATER):
            repeat = repetition(sent)
            page = office.get(reverse("letter_edit", args=[repeat.pk]))
        form = page.context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        data |= {"signatory_position": "Председатель", "signatory_name": "Н.В. Корягина"}
        keys = {one.number: f"ask_{one.pk}" for one in Ask.objects.all()}
        choices = {number: [code for code, _ in form.fields[key].choices] for number, key in keys.items()}
        assert choices == {1: [""], 2: ["", "renew"], 3: ["", "carry", "renew"]}
        assert office.post(reverse("letter_edit", args=[repeat.pk]), data | {keys[2]: "renew"}).status_code == 302
        send(repeat, by=secretariat, on=dt.date(2024, 12, 1))
        found = asks(appeal_point)
        assert {number: one.standing.is_open for number, one in found.items()} == {1: False, 2: True, 3: True}
        assert found[2].standing.outcome == AskOutcome.REFUSED  # until the next one

    def test_one_letter_settles_asks_of_several_letters(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client, secretariat: User
    ) -> None:
        second = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="четвёртая")
        send(second, by=secretariat, on=SENT)
        assert add(office, **said(3, "partly"), **said(4, "satisfied")).status_code == 302
        assert outcomes(appeal_point) == {1: None, 2: None, 3: "partly", 4: "satisfied"}
        assert [Letter.objects.get(pk=one.pk).is_awaited for one in (sent, second)] == [True, False]

    def test_asks_fall_with_an_annulled_letter_and_their_numbers_are_free(
        self, appeal_point: DecisionPoint, secretariat: User
    ) -> None:
        wrong = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="лишняя")
        register(wrong, by=secretariat)
        step(wrong, "annul", by=secretariat, text="Не то.")
        right = letter(appeal_point.resolution, "appeal", point=appeal_point)
        register(right, by=secretariat)
        assert [(number, one.ask.text) for number, one in asks(appeal_point).items()] == [(1, "рассмотреть вопрос")]

    def test_a_letter_that_asks_for_nothing_is_not_registered(
        self, appeal_point: DecisionPoint, secretariat: User
    ) -> None:
        nothing = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="")
        with pytest.raises(StepRefused, match="хотя бы одну просьбу"):
            register(nothing, by=secretariat)
        nobody = letter(appeal_point.resolution, "appeal", point=appeal_point, correspondent=None)
        with pytest.raises(StepRefused, match="корреспондента"):
            register(nobody, by=secretariat)


def test_of_many_settled_asks_none_is_offered_unless_it_is_wanted(
    appeal_point: DecisionPoint, office: Client, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resolutions.forms.incoming.MOST_SETTLED", 1)
    found = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="первая\nвторая\nтретья")
    send(found, by=secretariat, on=SENT)
    add(office, **said(1, "satisfied"), **said(2, "refused"))
    address = f"{reverse('incoming_add')}?from={GOVERNMENT}"
    assert [one.ask.number for one in office.get(address).context["form"].asks] == [3]
    page = office.get(f"{address}&settled=yes")
    assert [one.ask.number for one in page.context["form"].asks] == [3, 1, 2]
    assert "на которые уже отвечено: 2" in office.get(address).content.decode()


class TestTwoBodies:
    @pytest.fixture
    def both(self, sent: Letter, appeal_point: DecisionPoint, secretariat: User) -> Letter:
        """The same asks, put to another body as well."""
        other = Correspondent.objects.named(MINSTROY)
        found = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="", correspondent=other)
        CarriedAsk.objects.bulk_create(CarriedAsk(letter=found, ask=one) for one in Ask.objects.all())
        send(found, by=secretariat, on=SENT)
        return found

    def test_each_answers_for_itself(
        self, sent: Letter, both: Letter, appeal_point: DecisionPoint, office: Client
    ) -> None:
        add(office, **said(1, "refused"))
        first = asks(appeal_point)[1].standing
        assert [(str(line.body), line.is_open) for line in first.lines] == [(GOVERNMENT, False), (MINSTROY, True)]
        add(office, MINSTROY, **said(1, "satisfied"))
        assert asks(appeal_point)[1].standing.is_final
        assert asks(appeal_point)[1].standing.outcome == AskOutcome.SATISFIED

    def test_each_gets_a_repeated_letter_of_its_own(self, sent: Letter, both: Letter, office: Client) -> None:
        add(office, **said(1, "refused"), **said(2, "refused"))
        add(office, MINSTROY, **said(3, "refused"))
        with at(LATER):
            to_government, to_minstroy = repetition(sent), repetition(both, MINSTROY)
        assert [one.ask.number for one in to_government.planned()] == [3]
        assert [one.ask.number for one in to_minstroy.planned()] == [1, 2]

    def test_the_form_asks_only_for_what_the_sender_may_answer(self, sent: Letter, office: Client) -> None:
        page = office.get(f"{reverse('incoming_add')}?from={MINSTROY}")
        assert page.context["form"].asks == []
        assert "просьб, на которые нужно ответить, нет" in page.content.decode()


class TestTheRegister:
    def test_numbers_go_on_without_gaps_and_a_voided_one_is_not_given_again(
        self, sent: Letter, office: Client, secretariat: User
    ) -> None:
        for _ in range(3):
            add(office)
        second = IncomingLetter.objects.get(number="2/24")
        void_incoming(second.entries.get(), reason="Не нам.", version=second.version, by=secretariat)
        add(office)
        assert list(IncomingLetter.objects.order_by("pk").values_list("number", "is_voided")) == [
            ("1/24", False),
            ("2/24", True),
            ("3/24", False),
            ("4/24", False),
        ]

    def test_a_number_of_the_past_stays_as_it_is(self, office: Client) -> None:
        assert add(office, number="77-вх").status_code == 302
        assert add(office, number="77-вх").status_code == 422
        assert IncomingLetter.objects.get().number == "77-вх"

    def test_the_form_is_taken_once_and_the_same_words_from_another_sender_are_no_mistake(self, office: Client) -> None:
        once, again, other = (f"{n}" * 43 for n in range(3))
        sent = [(GOVERNMENT, once), (GOVERNMENT, once), (GOVERNMENT, again), (MINSTROY, other)]
        answers = [add(office, by, form_token=token, form_typed="1") for by, token in sent]
        assert [one.status_code for one in answers] == [302, 302, 409, 302]
        assert [one.number for one in IncomingLetter.objects.order_by("pk")] == ["1/24", "2/24"]

    def test_a_letter_that_nobody_asked_for_may_start_a_note(
        self, appeal_point: DecisionPoint, office: Client, secretariat: User
    ) -> None:
        assert add(office, "Гражданин", text="Спрашивает о проекте.", note_on=appeal_point.pk).status_code == 302
        entry = appeal_point.progress.get()
        assert "вх. № 1/24" in entry.text
        assert not {"Спрашивает", "Гражданин"} & set(entry.text.replace(".", " ").split())  # everybody reads it

    def test_an_outcome_without_a_letter_rests_on_a_file(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client
    ) -> None:
        assert "Приложите файл" in errors(add(office, without_letter="on", **said(1, "satisfied")))
        law = SimpleUploadedFile("Закон.pdf", PDF)
        assert add(office, without_letter="on", attachments=law, **said(1, "satisfied")).status_code == 302
        assert IncomingLetter.objects.get().number == ""
        assert outcomes(appeal_point)[1] == "satisfied"

    def test_a_wrong_entry_is_voided_with_its_outcomes_and_readable_as_voided(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client
    ) -> None:
        add(office, **said(1, "refused"))
        incoming = IncomingLetter.objects.get()
        url = reverse("incoming_void", args=[incoming.pk, incoming.entries.get().pk])
        assert office.post(url, {"reason": "Перепутали.", "version": incoming.version}).status_code == 302
        assert outcomes(appeal_point)[1] is None
        page = office.get(incoming.get_absolute_url()).content.decode()
        assert "Перепутали." in page
        assert "отказано" in page

    def test_the_right_entry_takes_the_place_and_the_number_of_the_wrong_one(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client
    ) -> None:
        add(office, **said(1, "refused"))
        incoming = IncomingLetter.objects.get()
        url = reverse("incoming_void", args=[incoming.pk, incoming.entries.get().pk])
        page = office.get(url)
        right = {f"right-{name}": page.context["right"][name].value() or "" for name in page.context["right"].fields}
        key = Ask.objects.get(number=1).pk
        right |= {f"right-outcome_{key}": "partly"}
        data = {"reason": "Не отказ.", "replaces": "on", "version": incoming.version} | right
        assert office.post(url, data).status_code == 302
        assert outcomes(appeal_point)[1] == "partly"
        assert IncomingLetter.objects.get().number == "1/24"


class TestTheOrderOfADay:
    def test_what_came_first_is_placed_before_what_was_typed_first(
        self, sent: Letter, appeal_point: DecisionPoint, office: Client
    ) -> None:
        add(office, **said(1, "refused"))
        interim = said(1, "interim", "2024-09-01")
        assert add(office, **interim).status_code == 422
        first = IncomingLetter.objects.get().entries.get()
        assert add(office, **interim, before=first.pk).status_code == 302
        found = asks(appeal_point)[1]
        assert [one.outcome and one.outcome.outcome for one in found.happened[1:]] == ["interim", "refused"]
        assert found.standing.is_final


class TestWhatMakesNoSense:
    def test_before_it_was_sent(self, sent: Letter, office: Client) -> None:
        told = errors(add(office, happened_on="2024-07-01", **said(1, "refused")))
        assert "отправлено 8 июля 2024 г.: раньше ответ не мог прийти" in told.replace("\xa0", " ")

    def test_of_an_ask_that_was_not_put_to_the_sender(self, sent: Letter, office: Client) -> None:
        other = Correspondent.objects.named(MINSTROY)
        with pytest.raises(StepRefused, match="не направляли"):
            answer(sent, by=User.objects.get(), of=other)
        assert not IncomingLetter.objects.exists()
        assert not Outcome.objects.exists()

    def test_nor_is_it_dropped_when_the_form_brings_it(self, sent: Letter, office: Client) -> None:
        assert "не направляли" in errors(add(office, MINSTROY, **said(1, "refused")))

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            (("forwarded",), "кому просьбу перенаправили"),
            (("forwarded", "", GOVERNMENT), "Укажите, кому"),
            (("", "2024-09-01"), "что сказано о просьбе"),
            (("refused", "2024-09-01"), "бывают только у промежуточного"),
            (("interim", "2024-07-31"), "Срок не может быть раньше"),
            (("interim", "2024-09-01", MINSTROY), "выберите «Перенаправлена»"),
        ],
    )
    def test_what_is_said_of_an_ask(self, sent: Letter, office: Client, fields: tuple[str, ...], sentence: str) -> None:
        assert sentence in errors(add(office, **said(1, *fields)))

    def test_what_is_not_final_after_what_is(self, sent: Letter, office: Client, appeal_point: DecisionPoint) -> None:
        add(office, **said(1, "refused"))
        page = add(office, happened_on="2024-08-02", **said(1, "interim", "2024-09-01"))
        assert page.status_code == 422
        assert "уже есть окончательный ответ" in page.content.decode()
        assert IncomingLetter.objects.count() == 1

    def test_what_would_make_a_later_entry_impossible(self, sent: Letter, office: Client) -> None:
        add(office, happened_on="2024-08-02", **said(1, "interim", "2024-09-01"))
        page = add(office, **said(1, "refused"))
        assert page.status_code == 422
        assert "Станет невозможной более поздняя запись «Вх. № 1/24»" in page.content.decode()

    def test_a_sending_on_which_an_answer_rests_is_not_voided(
        self, sent: Letter, office: Client, secretariat: User
    ) -> None:
        add(office, **said(1, "refused"))
        sending = sent.steps.get(action="send")
        sent.refresh_from_db()
        url = reverse("letter_void", args=[sent.pk, sending.pk])
        page = office.post(url, {"reason": "Не отправляли.", "version": sent.version})
        assert page.status_code == 422
        assert "Станет невозможной более поздняя запись «Вх. № 1/24»" in page.content.decode()
        sent.refresh_from_db()
        assert sent.state == "sent"

    def test_a_day_ahead_and_a_letter_written_after_it_came(self, office: Client) -> None:
        assert "не наступила" in errors(add(office, happened_on="2099-01-01"))
        assert "не может быть написано позже" in errors(add(office, their_date="2024-09-01"))
