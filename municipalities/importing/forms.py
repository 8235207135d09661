"""The form that takes workbooks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from documents.downloads import WORKBOOK_MEDIA_TYPE
from documents.uploads import MEBIBYTE
from municipalities.importing.archive import MAX_FILE_BYTES

MAX_FILES = 50


class _WorkbooksInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": f".xlsx,{WORKBOOK_MEDIA_TYPE}"})


class _WorkbooksField(forms.FileField):
    """One workbook or several."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Validate each.

        Raises:
            ValidationError: none, too many, or one of them is empty or too large.
        """
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MAX_FILES:
            raise ValidationError(f"За один раз – не больше {MAX_FILES} файлов.")
        files = [super(_WorkbooksField, self).clean(one, initial) for one in given or [None]]
        for file in files:
            if file.size > MAX_FILE_BYTES:
                raise ValidationError(f"{file.name}: файл больше {MAX_FILE_BYTES // MEBIBYTE} МБ.")
        return files


class ImportForm(forms.Form):
    """The workbooks to read."""

    workbooks = _WorkbooksField(
        label="Файлы .xlsx",
        max_length=150,
        help_text="Выгрузка реестра или заполненные анкеты, можно сразу несколько. "
        f"Каждый файл – до {MAX_FILE_BYTES // MEBIBYTE} МБ.",
        widget=_WorkbooksInput(),
        error_messages={
            "required": "Выберите файл.",
            "empty": "Файл пуст.",
            "max_length": "Слишком длинное имя файла: сократите его до 150 знаков.",
        },
    )
