"""Who may see which issued document, and the admin that only reads."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from documents.models import IssuedDocument
from tests.documents.conftest import Issue


def seen_by(user: User | AnonymousUser) -> set[bool]:
    return set(IssuedDocument.objects.visible_to(user).values_list("is_public", flat=True))


def test_public_documents_are_for_everybody_and_the_others_for_staff(
    issue_document: Issue, secretariat: User, chair: User
) -> None:
    issue_document()
    issue_document(is_public=False)
    official = User.objects.create_user("city@example.org", name="О.О. Официальный", role=Role.MUNICIPAL)
    assert seen_by(AnonymousUser()) == seen_by(official) == {True}
    assert seen_by(secretariat) == seen_by(chair) == {True, False}


def test_a_deactivated_secretary_sees_what_everybody_sees(issue_document: Issue, secretariat: User) -> None:
    issue_document(is_public=False)
    secretariat.is_active = False
    assert seen_by(secretariat) == set()


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", name="Администратор"))
    return client


def test_the_admin_only_reads(issue_document: Issue, admin_client: Client) -> None:
    document = issue_document()
    address = f"/admin/documents/issueddocument/{document.pk}/change/"
    assert admin_client.get("/admin/documents/issueddocument/").status_code == 200
    assert document.sha256 in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"title": "Другое"}).status_code == 403
    assert admin_client.get("/admin/documents/issueddocument/add/").status_code == 403
    assert admin_client.post(f"/admin/documents/issueddocument/{document.pk}/delete/").status_code == 403
