"""The protocol of verification and the archive: what was checked, what was not, and everything in one file."""

import datetime as dt
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from documents.bundle import bundle
from documents.cms.verdicts import ACCREDITATION, INTEGRITY, REVOCATION, STRUCTURE, TIME, VALUE
from documents.models import DamagedDocument
from documents.protocol import protocol_of, render_protocol
from documents.withdrawing import withdraw
from tests.conftest import ClientFor
from tests.documents.conftest import Issue
from tests.documents.signed import EVIDENCE, by_hand, electronic
from tests.papers import paper

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def files_of(response: object) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(response.content)) as archive:  # type: ignore[attr-defined]  # a response
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_protocol_says_what_was_checked_and_what_was_not(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    electronic(document, chair)
    line = protocol_of(document).signatures[0]
    assert line.verdict == "Подпись подтверждена"
    assert any(one.startswith("целостность") for one in line.checked)
    assert line.not_checked == (REVOCATION, TIME, ACCREDITATION)
    facts = dict(line.facts)
    assert facts["Сертификат"] == EVIDENCE["serial"]
    assert facts["Действителен"] == "с 01.01.2024 по 01.04.2025"


def test_what_the_machine_could_not_check_is_listed_as_not_checked(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    evidence = {**EVIDENCE, "checked": [STRUCTURE], "not_checked": [INTEGRITY, VALUE]}
    electronic(document, chair, is_verified=False, evidence=evidence)
    line = protocol_of(document).signatures[0]
    assert line.verdict == "Приложена, не проверена"
    assert (line.checked, line.not_checked) == ((STRUCTURE,), (INTEGRITY, VALUE))


def test_a_signature_by_hand_is_no_cryptography(issue_document: Issue, secretariat: User) -> None:
    document = issue_document()
    by_hand(document, secretariat)
    line = protocol_of(document).signatures[0]
    assert line.checked == ()
    assert "не сличает почерк" in line.not_checked[0]
    assert secretariat.name not in str(line)


def test_personal_numbers_are_masked_in_both_forms(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    electronic(document, chair)
    protocol = protocol_of(document)
    for text in (protocol.as_json(), text_of(render_protocol(protocol))):
        assert EVIDENCE["snils"] not in text
        assert EVIDENCE["inn"] not in text
        assert "*********01" in text


def test_json_and_pdf_tell_the_same(issue_document: Issue, chair: User) -> None:
    document = issue_document(content={"signatory_name": "И.И. Иванов"})
    electronic(document, chair)
    protocol = protocol_of(document, now=NOW)
    told, printed = json.loads(protocol.as_json()), text_of(render_protocol(protocol))
    assert told["made_at"] == "2026-11-24T12:00:00+03:00"
    assert told["signatures"][0]["facts"]["Подписант в тексте документа"] == "И.И. Иванов"
    for value in (told["title"], told["code"], told["state"], *told["signatures"][0]["facts"].values()):
        assert value.replace(" ", "") in printed.replace(" ", "")


def test_the_same_protocol_gives_the_same_bytes(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    electronic(document, chair)
    protocol = protocol_of(document, now=NOW)
    assert render_protocol(protocol) == render_protocol(protocol)


def test_a_withdrawn_document_is_withdrawn_in_its_protocol(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    withdraw(document, reason="Опечатка.", by=chair)
    protocol = protocol_of(type(document).objects.get())
    assert protocol.state == "Отозван"
    assert protocol.state_note.endswith(". Опечатка.")


def test_a_damaged_document_gets_no_protocol(issue_document: Issue) -> None:
    document = issue_document()
    Path(document.file.path).unlink()
    with pytest.raises(DamagedDocument):
        protocol_of(document)


def test_the_archive_holds_original_signatures_and_protocol(
    client: Client, issue_document: Issue, chair: User, secretariat: User
) -> None:
    document = issue_document(title="Решение «О проекте: вопрос/ответ»")
    first, second = electronic(document, chair), electronic(document, chair, owner="Иванов И.И.")
    by_hand(document, secretariat)
    response = paper(client, reverse("document_bundle", args=[document.verification_code]))
    files = files_of(response)
    assert list(files) == [
        "Решение «О проекте вопрос ответ».pdf",
        "Решение «О проекте вопрос ответ».pdf.sig",
        "Решение «О проекте вопрос ответ».pdf.2.sig",
        "Протокол проверки.pdf",
        "Протокол проверки.json",
    ]
    contents = list(files.values())
    assert contents[0] == document.read()
    assert contents[1:3] == [Path(one.container.path).read_bytes() for one in (first, second)]
    assert len(json.loads(contents[4])["signatures"]) == 3
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_names_in_the_archive_fit_every_file_system(issue_document: Issue, chair: User) -> None:
    document = issue_document(title="Щ" * 500)
    electronic(document, chair)
    electronic(document, chair)
    with zipfile.ZipFile(BytesIO(bundle(document, protocol_of(document)))) as archive:
        assert all(len(name.encode()) <= 255 for name in archive.namelist())
        assert len(set(archive.namelist())) == 5


def test_files_of_a_non_public_document_are_for_staff(
    client: Client, client_for: ClientFor, issue_document: Issue, chair: User
) -> None:
    document = issue_document(is_public=False)
    electronic(document, chair)
    for name in ("document_bundle", "document_copy", "issued_document"):
        assert client.get(reverse(name, args=[document.verification_code])).status_code == 404
    assert paper(client_for(chair), reverse("document_bundle", args=[document.verification_code])).status_code == 200


def test_the_copy_is_not_there_before_something_was_verified(
    client: Client, issue_document: Issue, chair: User
) -> None:
    document = issue_document(content={"signatory_name": "Н.В. Корягина"})
    electronic(document, chair, is_verified=False)
    assert client.get(reverse("document_copy", args=[document.verification_code])).status_code == 404
    assert "Копия с отметкой о подписи" not in client.get(document.get_absolute_url()).content.decode()


def test_several_signatures_are_numbered_on_the_page(client: Client, issue_document: Issue, chair: User) -> None:
    document = issue_document(content={"signatory_name": "Н.В. Корягина"})
    signatures = [electronic(document, chair), electronic(document, chair, owner="Иванов Иван")]
    page = client.get(document.get_absolute_url()).content.decode()
    assert page.count("Подпись подтверждена") == 2
    assert all(signature.container_url in page for signature in signatures)
    assert page.count("владелец сертификата – другой человек") == 1
