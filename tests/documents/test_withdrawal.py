"""`/verify/<code>/withdraw/`: a document counts no longer; its bytes stay, and everything says «Отозван»."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.cms import SignatureRefused
from documents.models import DocumentState, DocumentWithdrawal, IssuedDocument
from documents.signatures import attach_signatures
from documents.withdrawing import WithdrawalRefused, withdraw
from revisions.append_only import AppendOnlyViolation
from tests.conftest import ClientFor
from tests.documents.conftest import Issue
from tests.documents.signed import by_hand

REASON = "Ошибка в фамилии докладчика."


def withdraw_url(document: IssuedDocument) -> str:
    return reverse("document_withdraw", args=[document.verification_code])


def stored(document: IssuedDocument) -> IssuedDocument:
    return IssuedDocument.objects.get(pk=document.pk)


@pytest.mark.parametrize("persona", ["secretariat", "chair"])
def test_staff_withdraw_with_a_reason(
    client: Client, client_for: ClientFor, request: pytest.FixtureRequest, persona: str, issue_document: Issue
) -> None:
    document, user = issue_document(), request.getfixturevalue(persona)
    response = client_for(user).post(withdraw_url(document), {"reason": f"  {REASON}  "})
    assert response.headers["Location"] == document.get_absolute_url()
    withdrawal = DocumentWithdrawal.objects.get()
    assert (withdrawal.reason, withdrawal.withdrawn_by, withdrawal.withdrawn_by_name) == (REASON, user, str(user))
    page = client.get(document.get_absolute_url()).content.decode()
    assert "Документ отозван" in page
    assert REASON in page
    assert "действует" not in page


def test_the_bytes_stay_and_the_file_is_called_withdrawn(client: Client, issue_document: Issue, chair: User) -> None:
    document = issue_document()
    content = document.read()
    withdraw(document, reason=REASON, by=chair)
    response = client.get(reverse("issued_document", args=[document.verification_code]))
    assert response.content == content
    assert "%D0%BE%D1%82%D0%BE%D0%B7%D0%B2%D0%B0%D0%BD" in response.headers["Content-Disposition"]  # отозван


def test_a_withdrawn_file_is_recognised_and_named_so(client: Client, issue_document: Issue, chair: User) -> None:
    document = issue_document()
    withdraw(document, reason=REASON, by=chair)
    page = client.post("/verify/", {"file": SimpleUploadedFile("x.pdf", document.read())}).content.decode()
    assert "байт в байт совпадает" in page
    assert "Отозван" in page
    assert REASON in page


@pytest.mark.parametrize(
    ("reason", "sentence"), [("", "Назовите причину"), ("   ", "Назовите причину"), ("Kотлас", "латинская")]
)
def test_a_bad_reason_is_explained(
    client_for: ClientFor, chair: User, issue_document: Issue, reason: str, sentence: str
) -> None:
    document = issue_document()
    response = client_for(chair).post(withdraw_url(document), {"reason": reason})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert stored(document).state is DocumentState.IN_FORCE


def test_others_do_not_withdraw(client_for: ClientFor, kostroma_official: User, issue_document: Issue) -> None:
    document = issue_document()
    response = client_for(kostroma_official).post(withdraw_url(document), {"reason": REASON})
    assert response.status_code == 403
    assert "секретариат или председатель" in response.content.decode()
    assert client_for(None).post(withdraw_url(document), {"reason": REASON}).status_code == 302
    assert not DocumentWithdrawal.objects.exists()


def test_a_document_is_withdrawn_once(client_for: ClientFor, issue_document: Issue, chair: User) -> None:
    document = issue_document()
    withdraw(document, reason=REASON, by=chair)
    with pytest.raises(WithdrawalRefused, match="уже отозван"):
        withdraw(document, reason=REASON, by=chair)
    response = client_for(chair).post(withdraw_url(document), {"reason": REASON})
    assert response.status_code == 403
    assert "уже отозван" in response.content.decode()


def test_who_presses_a_moment_later_is_told_so(
    client_for: ClientFor, issue_document: Issue, chair: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = issue_document()
    monkeypatch.setattr("documents.views.withdrawal.withdraw_refusal", lambda user, document: None)  # asked before
    withdraw(document, reason=REASON, by=chair)
    page = client_for(chair).post(withdraw_url(document), {"reason": "Другая."}, follow=True).content.decode()
    assert "уже отозван" in page and "Другая." in page
    assert "об этом узнает каждый" not in page


def test_nothing_is_attached_to_a_withdrawn_document(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    withdraw(document, reason=REASON, by=chair)
    with pytest.raises(SignatureRefused, match="Документ отозван: подпись к нему больше не прилагают"):
        attach_signatures(document, b"a signature", by=chair)


def test_records_are_called_by_what_they_say(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    assert str(withdraw(document, reason=REASON, by=chair)) == f"{document}: {REASON}"
    assert str(by_hand(document, chair)) == "Н.В. Корягина, собственноручная подпись"


def test_a_superseded_document_is_not_withdrawn(issue_document: Issue, chair: User) -> None:
    older = issue_document()
    issue_document(supersedes=older)
    with pytest.raises(WithdrawalRefused, match="уже заменён"):
        withdraw(older, reason=REASON, by=chair)


def test_one_property_decides_what_is_in_force(issue_document: Issue, chair: User) -> None:
    older = issue_document()
    assert stored(older).state is DocumentState.IN_FORCE
    withdraw(older, reason=REASON, by=chair)
    newer = issue_document(supersedes=stored(older))
    assert (stored(older).state, stored(newer).state) == (DocumentState.WITHDRAWN, DocumentState.IN_FORCE)
    newest = issue_document(supersedes=stored(newer))
    assert (stored(newer).state, stored(newest).state) == (DocumentState.SUPERSEDED, DocumentState.IN_FORCE)


def test_a_withdrawn_document_names_its_public_successor_alone(
    client: Client, issue_document: Issue, chair: User
) -> None:
    older = issue_document()
    withdraw(older, reason=REASON, by=chair)
    newer = issue_document(supersedes=stored(older), is_public=False, title="Тайное решение")
    page = client.get(older.get_absolute_url()).content.decode()
    assert "Взамен выпущен другой документ." in page
    assert newer.title not in page


def test_states_are_read_without_a_query_for_each(
    issue_document: Issue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        issue_document()
    with django_assert_num_queries(2):  # the documents, their successors
        assert {document.state for document in IssuedDocument.objects.with_state()} == {DocumentState.IN_FORCE}


def test_a_withdrawal_is_neither_changed_nor_deleted(issue_document: Issue, chair: User) -> None:
    withdrawal = withdraw(issue_document(), reason=REASON, by=chair)
    withdrawal.reason = "Другая"
    for change in (withdrawal.save, withdrawal.delete, DocumentWithdrawal.objects.all().delete):
        with pytest.raises(AppendOnlyViolation):
            change()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [("withdrawal_has_reason", {"reason": ""}), ("withdrawn_by_somebody", {"withdrawn_by_name": ""})],
)
def test_the_database_refuses(issue_document: Issue, chair: User, constraint: str, changes: dict[str, str]) -> None:
    fields = {"reason": REASON, "withdrawn_by_name": str(chair), **changes}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DocumentWithdrawal.objects.create(document=issue_document(), withdrawn_by=chair, **fields)


def test_the_database_refuses_a_second_withdrawal(issue_document: Issue, chair: User) -> None:
    document = issue_document()
    withdraw(document, reason=REASON, by=chair)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        DocumentWithdrawal.objects.create(
            document=document, reason=REASON, withdrawn_by=chair, withdrawn_by_name=str(chair)
        )


def test_an_empty_reason_is_refused_below_the_form_too(issue_document: Issue, chair: User) -> None:
    with pytest.raises(ValidationError):
        withdraw(issue_document(), reason="", by=chair)
