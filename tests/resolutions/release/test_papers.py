"""What the release of a letter means for its papers: signed with the box and without, withdrawn, printed anew."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import IssuedDocument
from documents.withdrawing import withdraw
from resolutions.correspondence.papers import copy_letter, render_letter
from resolutions.models import (
    Letter,
    Mailing,
    Release,
    Resolution,
)
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, mailing, register, release
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.pdf import words_of
from tests.resolutions.release.helpers import FIELDS, LATER, LATEST, paper_of, read, signed, url

pytestmark = pytest.mark.slow


def test_signing_with_the_box_writes_the_release_of_the_day(letter: Letter, chair: User, client: Client) -> None:
    found = signed(letter, is_public=True, by=chair)
    (row,) = found.releases.all()
    assert (row.is_released, row.happened_on, row.actor) == (True, timezone.localdate(), chair)
    assert (paper_of(found).is_public, paper_of(found).prints_code) == (True, True)
    assert "Просим помочь." in read(client, found.get_absolute_url())


def test_signing_without_the_box_writes_none(letter: Letter, chair: User) -> None:
    found = signed(letter, is_public=False, by=chair)
    assert list(found.releases.all()) == []
    assert (paper_of(found).is_public, paper_of(found).prints_code) == (False, False)


def test_all_letters_of_a_mailing_are_released_together(
    adopted: Resolution, secretariat: User, chair: User, client_for: ClientFor
) -> None:
    ready: Mailing = mailing(adopted, by=secretariat)
    for one in ready.letters.all():
        register(one, by=secretariat)
    visitor, address = client_for(chair), reverse("mailing_sign", args=[ready.pk])
    visitor.post(address, visitor.get(address).context["form"].initial | {"is_public": "on"})
    assert [row.is_released for row in Release.objects.filter(letter__mailing=ready)] == [True, True]


def test_a_letter_that_is_signed_anew_is_as_public_as_the_chair_says_now(
    letter: Letter, chair: User, secretariat: User
) -> None:
    for said, counted in ((True, 1), (True, 1), (False, 2), (False, 2)):
        Letter.objects.filter(pk=letter.pk).update(heading=f"После {IssuedDocument.objects.count()} бумаг")
        found = signed(letter, is_public=said, by=chair)
        assert found.publicity_on().is_released is said
        assert found.releases.count() == counted
        withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    assert list(faults()) == []


def test_later_everything_follows_the_release_that_holds_and_no_byte_changes(
    letter: Letter, chair: User, secretariat: User, client: Client
) -> None:
    found = signed(letter, is_public=False, by=chair)
    paper = paper_of(found)
    bytes_before, addresses = paper.read(), [found.get_absolute_url(), url("letter_pdf", found)]
    addresses += [paper.get_absolute_url(), reverse("issued_document", args=[paper.verification_code])]
    for is_released, day, status in ((True, DAY, 200), (False, LATER, 404), (True, LATEST, 200)):
        release(found, is_released, by=secretariat, on=day)
        assert [client.get(one).status_code for one in addresses] == [status] * 4
        assert paper_of(found).read() == bytes_before
    assert client.get(url("letter_pdf", found)).content == bytes_before


def test_what_is_printed_again_follows_the_day_of_signing(
    letter: Letter, chair: User, secretariat: User, adopted: Resolution
) -> None:
    other = draft_letter(adopted, **FIELDS)
    register(other, by=secretariat)
    without, carrying = signed(letter, is_public=False, by=chair), signed(other, is_public=True, by=chair)
    release(without, by=secretariat)
    release(carrying, False, by=secretariat, on=timezone.localdate())
    for found, is_printed in ((without, False), (carrying, True)):
        current = Letter.objects.get(pk=found.pk)
        for printed in (render_letter(current), copy_letter(paper_of(found), ())):
            assert (paper_of(found).verification_code in " ".join(words_of(printed))) is is_printed


def test_a_withdrawn_paper_is_shown_where_its_code_is_printed(letter: Letter, chair: User, secretariat: User) -> None:
    papers = []
    for said in (False, True, True):
        papers.append(paper_of(signed(letter, is_public=said, by=chair)))
        withdraw(papers[-1], reason="Опечатка.", by=secretariat)
    shown = dict(IssuedDocument.objects.filter(kind="letter").values_list("pk", "is_public"))
    assert [shown[one.pk] for one in papers] == [False, True, True]
    release(letter, False, by=secretariat, on=timezone.localdate())
    assert not IssuedDocument.objects.filter(kind="letter", is_public=True).exists()


def test_a_text_that_is_being_corrected_is_shown_to_nobody(
    letter: Letter, chair: User, secretariat: User, client: Client
) -> None:
    found = signed(letter, is_public=True, by=chair)
    withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    Letter.objects.filter(pk=found.pk).update(body="Ещё не решено.")
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.get(url("letter_pdf", found)).status_code == 404
    assert "отозван" in read(client, paper_of(found).get_absolute_url())


@pytest.mark.loose_ledgers
def test_a_paper_that_is_shown_without_a_release_is_told(letter: Letter, chair: User) -> None:
    found = signed(letter, is_public=False, by=chair)
    IssuedDocument.objects.filter(pk=paper_of(found).pk).show_to_everybody(True)
    assert [one for one in faults() if f"is_public of document {paper_of(found).pk} is True" in one]
