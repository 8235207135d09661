"""The form that takes a workbook of the past."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from documents.downloads import WORKBOOK_MEDIA_TYPE
from documents.uploads import MEBIBYTE
from municipalities.importing.archive import MAX_FILE_BYTES, RefusedWorkbook, check_archive


class PastForm(forms.Form):
    """The workbook to read."""

    workbook = forms.FileField(
        label="Файл .xlsx",
        max_length=150,
        help_text=f"Заполненный шаблон или выгрузка портала, до {MAX_FILE_BYTES // MEBIBYTE} МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{WORKBOOK_MEDIA_TYPE}"}),
        error_messages={
            "required": "Выберите файл.",
            "empty": "Файл пуст.",
            "max_length": "Слишком длинное имя файла: сократите его до 150 знаков.",
        },
    )

    def clean_workbook(self) -> UploadedFile:
        """Refuse what is quickly seen to be no harmless workbook; the rest is for the worker.

        Raises:
            ValidationError: it is none.
        """
        file: Any = self.cleaned_data["workbook"]
        try:
            check_archive(file.open("rb"))  # not closed: it is kept afterwards
        except RefusedWorkbook as refused:
            raise ValidationError(str(refused)) from refused
        return file  # type: ignore[no-any-return]  # the field's
