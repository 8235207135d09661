"""What the tests of releases share: a letter as it stands, its paper, and its pages."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import IssuedDocument
from resolutions.correspondence.signing import sign_letter
from resolutions.models import (
    Letter,
)

LATER, LATEST = dt.date(2024, 8, 1), dt.date(2024, 9, 1)


FIELDS = {
    "addressee": "Министру",
    "heading": "О поддержке",
    "body": "Просим помочь.",
    "signatory_position": "Председатель",
    "signatory_name": "Н.В. Корягина",
}


def signed(letter: Letter, *, is_public: bool, by: User) -> Letter:
    letter.refresh_from_db()
    sign_letter(letter, version=letter.version, is_public=is_public, by=by)
    return Letter.objects.get(pk=letter.pk)


def paper_of(letter: Letter) -> IssuedDocument:
    document = Letter.objects.get(pk=letter.pk).issued_document
    assert document is not None
    return document


def url(name: str, letter: Letter, *more: int) -> str:
    return reverse(name, args=[letter.pk, *more])


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()
