"""Uploads of the past in their log, as the worker leaves them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from documents.downloads import WORKBOOK_MEDIA_TYPE
from resolutions.models import PastImport
from resolutions.past.uploads import plan_of, receive, show

NAME = "Папка 2024.xlsx"


def upload(book: bytes, name: str = NAME) -> SimpleUploadedFile:
    """A workbook as a browser sends it."""
    return SimpleUploadedFile(name, book, WORKBOOK_MEDIA_TYPE)


def past_upload(book: bytes, *, by: User) -> PastImport:
    """An upload that was read and is shown."""
    stored = receive(upload(book), by=by)

    def told(rows: int) -> None:
        PastImport.objects.filter(pk=stored.pk).update(rows=rows)

    show(stored, plan_of(stored, told=told))
    stored.refresh_from_db()
    return stored
