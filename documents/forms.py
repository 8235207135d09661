"""What somebody asks about a paper."""

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from documents.verification import canonical_code

MAX_VERIFIED_BYTES = 50 * 1024 * 1024


class CodeForm(forms.Form):
    """A verification code, as people type it."""

    code = forms.CharField(
        label="Код проверки",
        max_length=60,
        help_text="Двенадцать знаков рядом с QR-кодом на первом листе, например 7K2M-XQ9A-3FTR",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Введите код с документа."},
    )

    def clean_code(self) -> str:
        """The code in its one form."""
        code = canonical_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError("В коде двенадцать латинских букв и цифр: сверьте его с документом.")
        return code


class FileForm(forms.Form):
    """A file that may be an issued document."""

    file = forms.FileField(
        label="Файл документа",
        help_text="PDF не больше 50 МБ. Портал его не сохраняет",
        allow_empty_file=True,  # our sentence is clearer than Django's
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": "Выберите файл."},
    )

    def clean_file(self) -> UploadedFile:
        """A file of a size that can be a document."""
        file: UploadedFile = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError("Файл пуст: выберите другой.")
        if file.size > MAX_VERIFIED_BYTES:
            raise forms.ValidationError("Файл больше 50 МБ: портал таких документов не выпускает.")
        return file

    def sha256(self) -> str:
        """SHA-256 of the valid form's file, read in pieces."""
        digest: Any = hashlib.sha256()
        for piece in self.cleaned_data["file"].chunks():
            digest.update(piece)
        return str(digest.hexdigest())
