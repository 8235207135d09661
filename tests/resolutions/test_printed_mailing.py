"""The letters of a mailing as one file, made by the worker: how far it is, and what makes it another file."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import PreparedFile
from resolutions.correspondence.printing import read_mailing, render_mailing, zip_mailing
from resolutions.models import Letter, Mailing, Resolution
from tests.conftest import ClientFor
from tests.papers import paper
from tests.resolutions.factory import mailing, step, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def sent(adopted: Resolution, secretariat: User) -> Mailing:
    return mailing(
        adopted,
        town("А"),
        town("Б"),
        by=secretariat,
    )


@pytest.mark.slow
@pytest.mark.parametrize("make", [render_mailing, zip_mailing])
def test_each_letter_that_is_done_is_told(sent: Mailing, make: object) -> None:
    told: list[tuple[int, int]] = []
    assert callable(make)
    assert make(read_mailing({"mailing": sent.pk}), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_the_page_that_waits_leads_to_the_address(client: Client, sent: Mailing) -> None:
    for name in ("mailing_pdf", "mailing_zip"):
        assert f'href="{reverse(name, args=[sent.pk])}"' in client.get(reverse(name, args=[sent.pk])).text


@pytest.mark.slow
def test_another_wording_is_another_file(client: Client, sent: Mailing) -> None:
    before = paper(client, reverse("mailing_pdf", args=[sent.pk])).content
    Letter.objects.filter(mailing=sent).update(body="Прошу о другом.")
    assert paper(client, reverse("mailing_pdf", args=[sent.pk])).content != before
    assert PreparedFile.objects.count() == 2


def test_nothing_worth_printing_is_nothing(client: Client, sent: Mailing, secretariat: User) -> None:
    for letter in sent.letters.all():
        step(letter, "annul", by=secretariat, text="Не нужно.")
    assert client.get(reverse("mailing_pdf", args=[sent.pk])).status_code == 404
