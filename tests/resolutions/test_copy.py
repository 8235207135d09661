"""What follows signing: the copy with marks, the archive, withdrawal and the new document in its place."""

import json
import zipfile
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from documents.models import DocumentState, IssuedDocument
from documents.stamps import stamped_copy
from documents.withdrawing import withdraw
from resolutions.attaching import add_signatures
from resolutions.models import Resolution, StepRefused
from resolutions.signing import sign
from tests.conftest import ClientFor
from tests.documents.signed import EVIDENCE, by_hand, electronic
from tests.papers import paper
from tests.resolutions.pdf import words_of

pytestmark = pytest.mark.slow

PHRASE = "Документ подписан электронной подписью"


def issued(resolution: Resolution) -> IssuedDocument:
    document = Resolution.objects.get(pk=resolution.pk).issued_document
    assert document is not None
    return document


def copy_words_of(document: IssuedDocument) -> str:
    content = stamped_copy(document)
    assert content is not None
    return " ".join(words_of(content))


def copy_words(resolution: Resolution) -> str:
    return copy_words_of(issued(resolution))


def test_the_copy_carries_the_mark_and_says_that_it_is_a_copy(client: Client, signed: Resolution, chair: User) -> None:
    electronic(issued(signed), chair)
    response = client.get(reverse("document_copy", args=[issued(signed).verification_code]))
    words = " ".join(words_of(response.content))
    for expected in (PHRASE, f"Сертификат {EVIDENCE['serial']}", f"Владелец {EVIDENCE['owner']}", "Копия"):
        assert expected.replace(" ", "") in words.replace(" ", "")
    assert "Действителен с 01.01.2024 по 01.04.2025" in words
    metadata = PdfReader(BytesIO(response.content)).metadata
    assert metadata is not None
    assert str(metadata.title).startswith("Копия: Решение от")


def test_the_mark_stands_in_the_place_of_the_signature(signed: Resolution, chair: User) -> None:
    electronic(issued(signed), chair)
    words = copy_words(signed)
    assert words.index("Председатель") < words.index(PHRASE) < words.rindex("Н.В. Корягина")


def test_the_words_of_the_copy_are_those_of_the_original(signed: Resolution, chair: User) -> None:
    electronic(issued(signed), chair)
    original, copy = words_of(issued(signed).read()), copy_words(signed)
    text = " ".join(original[original.index("О") : original.index("Председатель")])
    assert text in copy


def test_each_verified_signature_gets_its_mark_and_no_other(signed: Resolution, chair: User, secretariat: User) -> None:
    document = issued(signed)
    electronic(document, chair)
    electronic(document, chair, owner="Иванов Иван Иванович")
    electronic(document, chair, owner="Непроверенный", is_verified=False)
    by_hand(document, secretariat)
    words = copy_words(signed)
    assert words.count(PHRASE) == 2
    assert "Иванов" in words
    assert "Непроверенный" not in words


def test_the_same_signatures_give_the_same_copy(signed: Resolution, chair: User) -> None:
    electronic(issued(signed), chair)
    assert stamped_copy(issued(signed)) == stamped_copy(issued(signed))


def test_the_original_never_changes(signed: Resolution, chair: User) -> None:
    before = issued(signed).read()
    electronic(issued(signed), chair)
    stamped_copy(issued(signed))
    assert issued(signed).read() == before


def test_a_name_that_the_font_lacks_does_not_stop_the_copy(signed: Resolution, chair: User) -> None:
    electronic(issued(signed), chair, owner="Корягина 漢")
    words = copy_words(signed)
    assert "Корягина �" in words
    assert words.endswith("напечатано «�»: U+6F22.")


def test_the_archive_holds_the_copy_too(client: Client, signed: Resolution, chair: User) -> None:
    electronic(issued(signed), chair)
    content = paper(client, reverse("document_bundle", args=[issued(signed).verification_code])).content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert "Копия с отметкой об электронной подписи.pdf" in archive.namelist()
        assert json.loads(archive.read("Протокол проверки.json"))["state"] == "Действует"


# --- withdrawal ---


@pytest.fixture
def withdrawn(signed: Resolution, chair: User) -> Resolution:
    withdraw(issued(signed), reason="Опечатка в фамилии.", by=chair)
    return Resolution.objects.get(pk=signed.pk)


def test_the_decisions_page_says_that_its_document_is_withdrawn(client: Client, withdrawn: Resolution) -> None:
    page = client.get(withdrawn.get_absolute_url()).content.decode()
    assert "Отозван" in page
    assert "Опечатка в фамилии." in page


def test_the_withdrawn_bytes_are_downloaded_under_a_name_that_says_so(client: Client, withdrawn: Resolution) -> None:
    response = client.get(reverse("decision_pdf", args=[withdrawn.slug]))
    assert response.content == issued(withdrawn).read()
    assert "(отозван).pdf" in unquote(response.headers["Content-Disposition"])


def test_the_chair_issues_a_new_document_in_place_of_the_withdrawn_one(
    client: Client, client_for: ClientFor, chair: User, withdrawn: Resolution
) -> None:
    older, visitor = issued(withdrawn), client_for(chair)
    address = reverse("resolution_sign", args=[withdrawn.slug])
    assert "Прежний документ отозван" in visitor.get(address).content.decode()
    visitor.post(address, {"version": withdrawn.version})
    newer = issued(withdrawn)
    assert newer.supersedes == older
    assert (newer.content, newer.state) == (older.content, DocumentState.IN_FORCE)
    assert IssuedDocument.objects.get(pk=older.pk).state is DocumentState.WITHDRAWN
    assert client.get(reverse("decision_pdf", args=[withdrawn.slug])).content == newer.read()
    assert withdrawn.versions.latest("number").reason == "Новый документ взамен отозванного"


def test_a_document_in_force_is_not_issued_again(signed: Resolution, chair: User) -> None:
    with pytest.raises(StepRefused, match="уже подписано"):
        sign(signed, version=signed.version, by=chair)


def test_nothing_is_attached_to_a_withdrawn_document(
    client_for: ClientFor, secretariat: User, withdrawn: Resolution
) -> None:
    for name in ("resolution_scan", "resolution_signature"):
        response = client_for(secretariat).get(reverse(name, args=[withdrawn.slug]))
        assert response.status_code == 403
        assert "Документ отозван" in response.content.decode()
    with pytest.raises(StepRefused):
        add_signatures(withdrawn, b"", by=secretariat)


def test_the_older_document_keeps_its_copy(withdrawn: Resolution, chair: User) -> None:
    older = issued(withdrawn)
    electronic(older, chair)
    sign(withdrawn, version=withdrawn.version, by=chair)
    assert "Копия отозванного документа" in copy_words_of(older)
