"""Numbers by which an organisation is known, with the check digits that catch a slip of the keyboard."""

import re

from django.core.exceptions import ValidationError

INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def validate_ogrn(number: str) -> None:
    """Validate an ОГРН: 13 digits, the last of which is the rest of the twelve before by 11, by 10.

    Source: the order of the Ministry of Finance that regulates the register of legal entities (ЕГРЮЛ).

    Args:
        number: as it is typed.

    Raises:
        ValidationError: it cannot be an ОГРН.
    """
    if not re.fullmatch("[0-9]{13}", number):
        raise ValidationError("В ОГРН тринадцать цифр.", code="ogrn_length")
    if int(number[:12]) % 11 % 10 != int(number[12]):
        raise ValidationError("Контрольная цифра ОГРН не сходится: сверьте номер со свидетельством.", code="ogrn_check")


def validate_inn(number: str) -> None:
    """Validate the ИНН of an organisation: ten digits, the last of which is a weighted sum of the nine before.

    Source: the order of the Federal Tax Service on the structure of the ИНН.

    Args:
        number: as it is typed.

    Raises:
        ValidationError: it cannot be an ИНН of an organisation.
    """
    if not re.fullmatch("[0-9]{10}", number):
        raise ValidationError("В ИНН организации десять цифр.", code="inn_length")
    total = sum(weight * int(digit) for weight, digit in zip(INN_WEIGHTS, number[:9], strict=True))
    if total % 11 % 10 != int(number[9]):
        raise ValidationError("Контрольная цифра ИНН не сходится: сверьте номер со свидетельством.", code="inn_check")
