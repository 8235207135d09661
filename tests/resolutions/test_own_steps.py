"""A step that is one's own but not open now says why; one that never is one's own is not spoken of."""

from collections.abc import Callable

import pytest
from django.db import models
from django.urls import reverse

from accounts.models import User
from documents.withdrawing import withdraw
from resolutions.models import DecisionPoint, Letter, Resolution
from tests.conftest import ClientFor
from tests.resolutions.factory import letter, mailing, register

Read = Callable[[User, models.Model], str]
NOT_OPEN = "Какие шаги сейчас недоступны"


@pytest.fixture
def read(client_for: ClientFor) -> Read:
    def page(user: User, thing: models.Model) -> str:
        address = thing.get_absolute_url()  # type: ignore[attr-defined]  # all records of the test have a page
        return client_for(user).get(address).content.decode()

    return page


def test_a_draft_says_what_has_to_wait_to_each_of_its_own(
    read: Read, draft: Resolution, secretariat: User, chair: User
) -> None:
    assert "Скан прилагают к подписанному решению" in read(secretariat, draft)
    page = read(chair, draft)
    assert "Подписать можно только принятое решение" in page
    assert "Это делает секретариат" not in page


def test_a_withdrawn_decision_says_why_nothing_is_attached_and_why_it_is_not_withdrawn_again(
    read: Read, signed: Resolution, secretariat: User, chair: User, kostroma_official: User
) -> None:
    document = signed.issued_document
    assert document
    withdraw(document, reason="Опечатка.", by=chair)
    assert "скан прилагают к новому" in read(secretariat, signed)
    assert str(document.withdrawal_refusal) in read(chair, document)
    assert str(document.withdrawal_refusal) not in read(kostroma_official, document)


def test_the_card_of_a_point_has_steps_for_those_who_control_it(
    read: Read, point: DecisionPoint, secretariat: User, chair: User
) -> None:
    assert "Доложить можно о пункте, который в работе" in read(secretariat, point)
    shown = read(chair, point)
    assert "Снять с контроля можно пункт, об исполнении которого доложено" in shown
    assert "Доложить можно о пункте, который в работе" not in shown


def test_the_card_says_why_no_letters_are_drafted(
    read: Read, client_for: ClientFor, adopted: Resolution, draft: Resolution, secretariat: User
) -> None:
    orders = adopted.points.get(kind="appeal")
    client_for(secretariat).post(reverse("point_appeal", args=[adopted.slug, orders.number]))
    assert "Проект обращения по этому пункту уже составлен" in read(secretariat, orders)
    assert "письма по нему не готовят" in read(secretariat, draft.points.get(kind="gratitude"))
    assert "не готовят писем" not in read(secretariat, adopted.points.get(kind="recommendation"))


def test_a_letter_speaks_to_the_chair_of_signing_alone(
    read: Read, adopted: Resolution, secretariat: User, chair: User
) -> None:
    draft = letter(adopted)
    assert "Повторное письмо готовят" in read(secretariat, draft)
    page = read(chair, draft)
    assert "Подписывают зарегистрированное письмо" in page
    assert "Аннулировать" not in page
    assert "Править письмо нельзя" not in page


def test_a_mailing_says_why_a_step_waits(read: Read, adopted: Resolution, secretariat: User, chair: User) -> None:
    found = mailing(adopted, by=secretariat)
    assert "нет писем, с которыми это можно сделать" in read(secretariat, found)
    assert "нет писем, которые ждут подписи" in read(chair, found)
    for one in Letter.objects.filter(mailing=found):
        register(one, by=secretariat)
    page = read(chair, found)
    assert "Подписать: 2" in page
    assert NOT_OPEN not in page
