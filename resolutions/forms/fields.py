"""Fields that several forms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from resolutions.uploads import Upload

MAX_FILES = 10


def date_input() -> forms.DateInput:
    """The browser's own date picker."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _ManyFilesInput(forms.ClearableFileInput):
    """The browser's file picker, for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files that prove something; cleaned to a list of `Upload`."""

    widget = _ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Файлы")
        kwargs.setdefault(
            "help_text", "Документы, сканы, письма: не больше 20 МБ каждый. Их видят только сотрудники Союза"
        )
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Let each file in, or say which one is not let in and why."""
        sent: list[UploadedFile] = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(sent) > MAX_FILES:
            raise ValidationError(f"За один раз можно приложить не больше {MAX_FILES} файлов.")
        return [Upload.of(one) for one in sent]
