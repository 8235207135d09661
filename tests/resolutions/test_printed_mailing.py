"""The letters of a mailing as one file, made by the worker: how far it is, and what makes it another file."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from documents.models import PreparedFile
from documents.preparing.makers import CannotBeMade, Incomplete
from resolutions.correspondence import printing
from resolutions.correspondence.printing import read_mailing, render_mailing, zip_mailing
from resolutions.correspondence.text import LetterText
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


@pytest.fixture
def broken(sent: Mailing, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Break so many letters: neither printed nor written any more."""

    def break_letters(count: int) -> None:
        def fail_or(make: Callable[..., Any]) -> Callable[..., Any]:
            def made(text: LetterText, *more: object) -> Any:
                if text.heading == "Сломано":
                    raise ValueError("no such measure")
                return make(text, *more)

            return made

        for one in sent.letters.order_by("pk")[:count]:
            Letter.objects.filter(pk=one.pk).update(heading="Сломано")
        for name in ("letter_paper", "write_letter_text"):
            monkeypatch.setattr(printing, name, fail_or(getattr(printing, name)))

    return break_letters


@pytest.mark.slow
def test_a_sheet_lies_in_the_place_of_a_letter_that_cannot_be_made(
    sent: Mailing, broken: Callable[[int], None]
) -> None:
    broken(1)
    made = render_mailing(read_mailing({"mailing": sent.pk}))
    assert isinstance(made, Incomplete)
    assert made.lacks.replace("\xa0", " ") == "Не составлено: 1 файл; на их местах листы с объяснением."
    assert isinstance(made.file, bytes)
    first, second = (one.extract_text() for one in PdfReader(BytesIO(made.file)).pages)
    assert "Здесь должен быть документ" in first
    assert "01. Проект, " in first.replace("\xa0", " ")
    assert "(ValueError)" in first
    assert "Здесь должен быть документ" not in second


@pytest.mark.slow
def test_the_other_letters_are_packed_and_the_missing_ones_are_named(
    sent: Mailing, broken: Callable[[int], None]
) -> None:
    broken(1)
    made = zip_mailing(read_mailing({"mailing": sent.pk}))
    assert isinstance(made, Incomplete)
    assert "Не составлено: 2 файла; они названы в файле «Не составлено.txt»." in made.lacks.replace("\xa0", " ")
    assert isinstance(made.file, bytes)
    with zipfile.ZipFile(BytesIO(made.file)) as archive:
        names = archive.namelist()
        said = archive.read("Не составлено.txt").decode().splitlines()
    assert [name[:2] for name in names] == ["02", "02", "Не"]
    assert [line.partition(":")[0][-5:] for line in said] == ["А.pdf", ".docx"]


@pytest.mark.parametrize("make", [render_mailing, zip_mailing])
def test_nothing_is_made_of_nothing(sent: Mailing, broken: Callable[[int], None], make: Callable[..., Any]) -> None:
    broken(2)
    with pytest.raises(CannotBeMade, match="Помешала ошибка портала"):
        make(read_mailing({"mailing": sent.pk}))
