"""`/letters/<id>/sign/` and what follows: issued bytes, a frozen text, signatures, withdrawal, a new document."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.checklist import IssueRefused
from documents.models import DocumentState, IssuedDocument, Signature, TrustedAuthority
from documents.stamps import stamped_copy
from documents.withdrawing import withdraw
from resolutions.correspondence.checklist import letter_findings
from resolutions.correspondence.signing import sign_letter
from resolutions.correspondence.text import LetterText
from resolutions.models import Letter, Resolution, StepRefused
from revisions.models import EditConflict
from tests.conftest import ClientFor
from tests.documents.cms.conftest import authority, folder, person
from tests.documents.cms.kit import Identity, sign
from tests.documents.signed import electronic
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.factory import register, send, step
from tests.resolutions.pdf import words_of

pytestmark = pytest.mark.slow

__all__ = ["authority", "folder", "person"]  # fixtures of the room below

FIELDS = {
    "addressee": "Председателю Правительства\nРоссийской Федерации",
    "heading": "О статусе проекта",
    "salutation": "Уважаемый Михаил Владимирович!",
    "body": "Просим рассмотреть вопрос.\nПриложение: решение на 2 л. в 1 экз.",
    "signatory_position": "Председатель Союза",
    "signatory_name": "Н.В. Корягина",
    "executor": "С.С. Секретарёва\n+7 000 000-00-00",
}


@pytest.fixture
def letter(adopted: Resolution, secretariat: User) -> Letter:
    """A registered letter."""
    made = draft_letter(adopted, **FIELDS)
    register(made, by=secretariat)
    return made


def issued(letter: Letter) -> IssuedDocument:
    document = Letter.objects.get(pk=letter.pk).issued_document
    assert document is not None
    return document


def url(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.pk])


def submit(client: Client, letter: Letter, **data: Any) -> Any:
    letter.refresh_from_db()
    return client.post(url("letter_sign", letter), {"version": letter.version} | data)


@pytest.fixture
def signed_letter(letter: Letter, chair: User) -> Letter:
    sign_letter(letter, version=letter.version, is_public=False, by=chair)
    return Letter.objects.get(pk=letter.pk)


# --- signing ---


def test_the_chair_signs_and_everybody_who_sees_the_letter_gets_the_issued_bytes(
    client_for: ClientFor, chair: User, secretariat: User, kostroma_official: User, letter: Letter
) -> None:
    assert submit(client_for(chair), letter).status_code == 302
    for user in (chair, secretariat, kostroma_official):
        response = client_for(user).get(url("letter_pdf", letter))
        assert response.content == issued(letter).read()
        assert "private" in response.headers["Cache-Control"]
    taken = letter.steps.latest("pk")
    assert (taken.action, taken.actor) == ("sign", chair)
    assert issued(letter).kind == "letter"


def test_a_letter_that_is_not_public_carries_no_code_and_is_unknown_to_strangers(
    client: Client, signed_letter: Letter
) -> None:
    document = issued(signed_letter)
    assert document.is_public is False
    assert document.verification_code not in " ".join(words_of(document.read()))
    assert client.get(document.get_absolute_url()).status_code == 404


def test_a_public_letter_carries_its_code_and_anybody_verifies_it(
    client: Client, client_for: ClientFor, chair: User, letter: Letter
) -> None:
    submit(client_for(chair), letter, is_public="on")
    document = issued(letter)
    assert document.verification_code in " ".join(words_of(document.read()))
    page = client.get(document.get_absolute_url()).content.decode()
    assert "действует" in page
    assert "О статусе проекта" in page


@pytest.mark.parametrize("persona", ["secretariat", "kostroma_official"])
def test_nobody_else_signs(client_for: ClientFor, request: pytest.FixtureRequest, persona: str, letter: Letter) -> None:
    response = submit(client_for(request.getfixturevalue(persona)), letter)
    assert response.status_code == 403
    assert "Письма подписывает председатель" in response.content.decode()


def test_a_draft_and_a_sent_letter_are_not_signed(
    client_for: ClientFor, chair: User, secretariat: User, adopted: Resolution
) -> None:
    draft, sent = draft_letter(adopted, **FIELDS), draft_letter(adopted, **FIELDS)
    send(sent, by=secretariat)
    for one in (draft, sent):
        response = submit(client_for(chair), one)
        assert response.status_code == 403
        assert "Подписывают зарегистрированное письмо" in response.content.decode()


def test_an_outdated_page_does_not_sign(client_for: ClientFor, chair: User, letter: Letter) -> None:
    response = submit(client_for(chair), letter, version=letter.version - 1)
    assert response.headers["Location"] == url("letter_sign", letter)
    assert Letter.objects.get().issued_document is None
    with pytest.raises(EditConflict):
        sign_letter(letter, version=letter.version - 1, is_public=False, by=chair)


def test_a_signed_letter_is_frozen_and_not_signed_twice(
    client_for: ClientFor, chair: User, secretariat: User, signed_letter: Letter
) -> None:
    response = client_for(secretariat).get(url("letter_edit", signed_letter))
    assert "Письмо подписано: его текст больше не меняется." in response.content.decode()
    for action, who in (("annul", secretariat), ("sign", chair)):
        with pytest.raises(StepRefused, match=r"подписано"):
            step(signed_letter, action, by=who, on=dt.date.today(), text="Ошибка")  # noqa: DTZ011 - as the factory
    assert client_for(chair).get(url("letter_sign", signed_letter)).status_code == 403


def test_the_content_that_is_kept_prints_the_same_words(signed_letter: Letter) -> None:
    text = LetterText.from_json(issued(signed_letter).content)
    assert text == LetterText.of(signed_letter)
    assert text.paragraphs == ("Просим рассмотреть вопрос.",)
    assert text.annexes == ("решение на 2 л. в 1 экз.",)


# --- the checklist ---


def text_with(**changes: Any) -> LetterText:
    base = LetterText(
        title="О статусе",
        union_name="Союз",
        number="5",
        date=dt.date(2024, 7, 5),
        addressee=FIELDS["addressee"],
        heading=FIELDS["heading"],
        salutation=FIELDS["salutation"],
        paragraphs=("Просим рассмотреть.",),
        annexes=("решение на 2 л. в 1 экз.",),
        signatory_position="Председатель",
        signatory_name="Н.В. Корягина",
        executor="С.С. Секретарёва",
    )
    return replace(base, **changes)


def test_a_complete_letter_has_no_findings() -> None:
    assert letter_findings(text_with(), signer="Корягина Наталья") == ()


@pytest.mark.parametrize(
    ("changes", "sentence", "blocks"),
    [
        ({"number": ""}, "Нет исходящего номера.", True),
        ({"date": None}, "Нет даты письма.", True),
        ({"addressee": " "}, "Адресат не указан.", True),
        ({"paragraphs": ()}, "В письме нет текста.", True),
        ({"signatory_name": ""}, "Подписант не указан.", True),
        ({"executor": "漢"}, "Исполнитель: символ «漢»", True),
        ({"annexes": ("100 漢",)}, "Текст письма: символ «漢»", True),
        ({"heading": ""}, "Нет заголовка к тексту.", False),
        ({"salutation": ""}, "Нет обращения", False),
        ({"executor": ""}, "Не указан исполнитель.", False),
        ({"annexes": ("решение",)}, "нет числа листов и экземпляров", False),
        ({"number": "Ж" * 30}, "Номер с датой не помещается", False),
        ({"addressee": "ъ" * 60}, "Слово не помещается", False),
        ({"salutation": "Уважаемый Имя Отчество!"}, "незаполненную заготовку", False),
        ({"paragraphs": ("Благодарим {кому} за доклад.",)}, "незаполненную заготовку", False),
    ],
)
def test_each_gap_is_named(changes: dict[str, Any], sentence: str, blocks: bool) -> None:
    found = [finding for finding in letter_findings(text_with(**changes)) if sentence in finding.sentence]
    assert [finding.blocks for finding in found] == [blocks]


def test_what_blocks_stops_the_page_and_the_domain_and_leaves_no_step(
    client_for: ClientFor, chair: User, letter: Letter
) -> None:
    Letter.objects.update(signatory_name="")
    response = submit(client_for(chair), letter)
    assert response.status_code == 422
    assert "Подписант не указан." in response.content.decode()
    with pytest.raises(IssueRefused):
        sign_letter(letter, version=letter.version, is_public=False, by=chair)
    assert Letter.objects.get().version == letter.version
    assert not letter.steps.filter(action="sign").exists()


# --- what is attached ---


def test_a_scan_is_attached_and_noted_on_the_letters_way(
    client_for: ClientFor, secretariat: User, signed_letter: Letter
) -> None:
    scan = SimpleUploadedFile("скан.pdf", b"%PDF-1.4 scan")
    client_for(secretariat).post(url("letter_scan", signed_letter), {"scan": scan, "signed_on": "2024-07-06"})
    signature = Signature.objects.get()
    assert (signature.signer_name, signature.confirmed_by) == ("Н.В. Корягина", secretariat)
    assert "Собственноручная подпись приложена" in signed_letter.steps.latest("pk").text
    page = client_for(secretariat).get(signed_letter.get_absolute_url()).content.decode()
    assert "Скан с собственноручной подписью" in page


def test_a_signature_is_verified_and_gives_a_copy(
    client_for: ClientFor, chair: User, signed_letter: Letter, authority: Identity, person: Identity
) -> None:
    TrustedAuthority.of(authority.der, by=chair).save()
    file = SimpleUploadedFile("letter.sig", sign(person, issued(signed_letter).read()))
    page = client_for(chair).post(url("letter_signature", signed_letter), {"file": file}, follow=True).content.decode()
    assert "Электронная подпись проверена и приложена: " in page
    copy = stamped_copy(issued(signed_letter))
    assert copy is not None
    words = " ".join(words_of(copy))
    assert words.index("Председатель Союза") < words.index("Документ подписан электронной") < words.rindex("Н.В. Кор")
    assert issued(signed_letter).verification_code not in words


def test_a_signature_needs_an_issued_letter(client_for: ClientFor, secretariat: User, letter: Letter) -> None:
    for name in ("letter_scan", "letter_signature"):
        response = client_for(secretariat).get(url(name, letter))
        assert response.status_code == 403
        assert "не подписано в портале" in response.content.decode()


# --- withdrawal ---


@pytest.fixture
def withdrawn(signed_letter: Letter, secretariat: User) -> Letter:
    withdraw(issued(signed_letter), reason="Ошибка в адресате.", by=secretariat)
    return Letter.objects.get(pk=signed_letter.pk)


def test_a_withdrawn_letter_is_corrected_and_issued_again(
    client_for: ClientFor, secretariat: User, chair: User, withdrawn: Letter
) -> None:
    older = issued(withdrawn)
    data = FIELDS | {"addressee": "В Правительство", "version": withdrawn.version}
    assert client_for(secretariat).post(url("letter_edit", withdrawn), data).status_code == 302
    assert "В Правительство" in " ".join(words_of(client_for(chair).get(url("letter_pdf", withdrawn)).content))
    assert submit(client_for(chair), withdrawn).status_code == 302
    newer = issued(withdrawn)
    assert (newer.supersedes, newer.state) == (older, DocumentState.IN_FORCE)
    assert IssuedDocument.objects.get(pk=older.pk).state is DocumentState.WITHDRAWN
    assert "Председателю Правительства" in " ".join(words_of(older.read()))


def test_a_withdrawn_letter_is_not_sent_before_it_is_signed_again(withdrawn: Letter, secretariat: User) -> None:
    with pytest.raises(StepRefused, match="отозван: подпишите письмо заново"):
        step(withdrawn, "send", by=secretariat, channel="post")


def test_nothing_is_attached_to_a_withdrawn_letter(client_for: ClientFor, secretariat: User, withdrawn: Letter) -> None:
    response = client_for(secretariat).get(url("letter_signature", withdrawn))
    assert response.status_code == 403
    assert "Документ отозван" in response.content.decode()


def test_the_letters_page_shows_its_document_to_staff_alone(
    client_for: ClientFor, kostroma_official: User, secretariat: User, withdrawn: Letter
) -> None:
    electronic(issued(withdrawn), secretariat)
    page = client_for(secretariat).get(withdrawn.get_absolute_url()).content.decode()
    assert "Отозван" in page
    assert "Подпись подтверждена" in page
    assert "Выпущенный документ" not in client_for(kostroma_official).get(withdrawn.get_absolute_url()).content.decode()
