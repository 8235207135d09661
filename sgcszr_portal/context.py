"""What every template may ask."""

from typing import Any

from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The Union's names, for header and footer."""
    return {
        "union_name": "Союз городов Центра и Северо-Запада России",
        "union_abbreviation": "СГЦСЗР",
    }
