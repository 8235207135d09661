"""What somebody asks about a paper."""

import hashlib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from documents.cms import SignatureRefused, certificate_to_der
from documents.models import (
    AuthorityPurpose,
    DocumentWithdrawal,
    RevocationRefused,
    RevocationSource,
    TrustedAuthority,
    load_revocation,
)
from documents.uploads import CERTIFICATE, REVOCATION, SIGNATURE, VERIFIED
from documents.verification import canonical_code
from revisions.forms import RecordForm
from russian.forms import PlainField
from russian.text import tidy


class CodeForm(forms.Form):
    """A verification code, as people type it."""

    bound_field_class = PlainField  # letters of either alphabet are taken

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

    signature = forms.FileField(
        label="Файл подписи (.sig)",
        help_text="Не обязательно: портал проверит и электронную подпись этого файла. Не больше 128 КБ",
        required=False,
        allow_empty_file=True,  # our sentence is clearer than Django's
        widget=forms.ClearableFileInput(attrs={"accept": ".sig,.p7s,.sgn,.sign"}),
    )

    def clean_file(self) -> UploadedFile:
        """A file of a size that can be a document."""
        file: UploadedFile = self.cleaned_data["file"]
        VERIFIED.check(file)
        return file

    def clean_signature(self) -> UploadedFile | None:
        """A signature small enough to be read at once; None when there is none."""
        file: UploadedFile | None = self.cleaned_data["signature"]
        if file:
            SIGNATURE.check(file)
        return file

    def sha256(self) -> str:
        """SHA-256 of the valid form's file, read in pieces."""
        digest: Any = hashlib.sha256()
        for piece in self.cleaned_data["file"].chunks():
            digest.update(piece)
        return str(digest.hexdigest())


class SignatureFileForm(forms.Form):
    """A detached electronic signature."""

    file = forms.FileField(
        label="Файл подписи (.sig)",
        help_text="Отсоединённая подпись, DER или base64, не больше 128 КБ",
        allow_empty_file=True,  # our sentence is clearer than Django's
        error_messages={"required": "Выберите файл подписи."},
    )

    def clean_file(self) -> UploadedFile:
        """A file small enough to be read at once."""
        file: UploadedFile = self.cleaned_data["file"]
        SIGNATURE.check(file)
        return file


class WithdrawalForm(RecordForm):
    """Why a document is withdrawn."""

    class Meta:
        model = DocumentWithdrawal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"reason": {"required": "Назовите причину: её прочитает каждый, кто проверит документ."}}

    def clean_reason(self) -> str:
        """One tidy paragraph."""
        return tidy(self.cleaned_data["reason"])


class AuthorityForm(forms.Form):
    """A certificate for the trust store; `authority` holds the record of a valid form."""

    file = forms.FileField(
        label="Сертификат удостоверяющего центра",
        help_text="Корневой или промежуточный, файл PEM или DER (.cer, .crt, .pem)",
        error_messages={"required": "Выберите файл сертификата.", "empty": "Файл пуст: выберите другой."},
    )
    purpose = forms.ChoiceField(label="Чему доверяем", choices=AuthorityPurpose, initial=AuthorityPurpose.SIGNATURES)
    authority: TrustedAuthority

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_file(self) -> UploadedFile:
        """A readable certificate of an authority that is not in the store yet."""
        file: UploadedFile = self.cleaned_data["file"]
        CERTIFICATE.check(file)
        try:
            self.authority = TrustedAuthority.of(certificate_to_der(file.read()), by=self.by)
        except ValueError as broken:
            raise forms.ValidationError("Это не сертификат X.509 в виде PEM или DER.") from broken
        except SignatureRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        try:
            self.authority.validate_constraints()
        except forms.ValidationError as known:
            raise forms.ValidationError(known.messages) from known
        return file

    def save(self) -> TrustedAuthority:
        """Trust the authority with what was chosen."""
        self.authority.purpose = self.cleaned_data["purpose"]
        self.authority.save()
        return self.authority


class RevocationForm(forms.Form):
    """A list of revoked certificates or an OCSP answer; `save` verifies it."""

    file = forms.FileField(
        label="Список отзыва (CRL) или ответ OCSP",
        help_text="DER или PEM, не больше 10 МБ. Файл должен быть подписан одним из доверенных удостоверяющих центров",
        error_messages={"required": "Выберите файл.", "empty": "Файл пуст: выберите другой."},
    )

    def clean_file(self) -> UploadedFile:
        """A file of a size that is read at once."""
        file: UploadedFile = self.cleaned_data["file"]
        REVOCATION.check(file)
        return file

    def save(self, *, by: User) -> RevocationSource | None:
        """Keep the file of a valid form; None with an error on the form when it is of no use."""
        try:
            return load_revocation(self.cleaned_data["file"].read(), by=by, by_name=str(by))
        except RevocationRefused as refusal:
            self.add_error("file", str(refusal))
            return None
