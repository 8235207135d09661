"""What the public reads of asks and answers: outcomes always, words and files while the letters are released."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.withdrawing import withdraw
from resolutions.models import (
    AskOutcome,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    NewIncoming,
    NewOutcome,
    register_incoming,
)
from tests.reading import to_the_end
from tests.resolutions.factory import GOVERNMENT, answer, register, release, send, upload
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.release.helpers import FIELDS, LATER, LATEST, paper_of, signed

pytestmark = pytest.mark.slow


def test_of_an_appeal_the_public_sees_outcomes_and_the_words_only_while_it_is_released(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    appeal = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS, new_asks="дать денег")
    send(appeal, by=secretariat)
    entry = answer(appeal, by=secretariat, on=LATER, outcome="refused")
    entry.attach([upload("Отказ.pdf")], by=secretariat)
    file = entry.files.get()
    pages = [appeal_point.get_absolute_url(), reverse("execution", args=[appeal_point.resolution.slug])]
    for shown in (False, True, False):
        if shown or appeal.publicity_on().is_released:
            release(appeal, shown, by=secretariat, on=LATER if shown else LATEST)
        for url in pages:
            text = client.get(url).content.decode().replace("\xa0", " ")
            assert f"исх. № 1/24, отправлено 5 июля 2024 г.: {GOVERNMENT}" in text
            assert f"1 августа 2024 г. {GOVERNMENT}: отказано" in text
            assert ("дать денег" in text) == shown
            assert "вх. №" not in text
        page = client.get(appeal.get_absolute_url())
        assert page.status_code == (200 if shown else 404)
        assert ("Отказ.pdf" in page.content.decode()) == shown
        download = to_the_end(client.get(file.get_absolute_url()))
        assert download.status_code == (200 if shown else 404)


def test_what_answers_another_letter_too_waits_for_its_release(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    first, second = (
        draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS, new_asks=text) for text in "АБ"
    )
    for one in (first, second):
        send(one, by=secretariat)
    asks = [NewOutcome(one.asks.get(), AskOutcome.REFUSED) for one in (first, second)]
    assert first.correspondent
    came = NewIncoming(LATER, first.correspondent, text="Слова ответа.", outcomes=asks, files=[upload("Отказ.pdf")])
    file = register_incoming(came, by=secretariat).entries.get().files.get()
    for one, is_shown in ((first, False), (second, True)):
        release(one, by=secretariat, on=LATER)
        page = client.get(first.get_absolute_url()).content.decode()
        assert "отказано" in page
        assert ("Слова ответа." in page, "Отказ.pdf" in page) == (is_shown, is_shown)
        assert to_the_end(client.get(file.get_absolute_url())).status_code == (200 if is_shown else 404)


def test_an_answer_is_shown_with_the_letter_that_it_answers_whichever_bore_the_ask(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    first = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS)
    send(first, by=secretariat)
    ministry = Correspondent.objects.named("Минстрой России")
    facts: dict[str, Any] = {**FIELDS, "correspondent": ministry, "new_asks": ""}
    second = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **facts)
    CarriedAsk.objects.create(letter=second, ask=first.asks.get())
    send(second, by=secretariat)
    entry = answer(second, by=secretariat, on=LATER, outcome="refused")
    entry.attach([upload("Отказ.pdf")], by=secretariat)
    file = entry.files.get().get_absolute_url()
    release(first, by=secretariat, on=LATER)
    assert "Отказ.pdf" not in client.get(first.get_absolute_url()).content.decode()
    assert client.get(file).status_code == 404
    release(second, by=secretariat, on=LATER)
    release(first, False, by=secretariat, on=LATER)
    assert "Отказ.pdf" in client.get(second.get_absolute_url()).content.decode()
    assert to_the_end(client.get(file)).status_code == 200


def test_the_asks_of_a_text_that_is_being_corrected_are_shown_to_nobody(
    client: Client, appeal_point: DecisionPoint, secretariat: User, chair: User
) -> None:
    found = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS, new_asks="дать денег")
    register(found, by=secretariat)
    found = signed(found, is_public=True, by=chair)
    pages = [appeal_point.get_absolute_url(), reverse("execution", args=[appeal_point.resolution.slug])]
    assert all("дать денег" in client.get(one).content.decode() for one in pages)
    withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    assert not any("дать денег" in client.get(one).content.decode() for one in pages)
