"""What the address of a list asks for: the form that reads it, and the query string that writes it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from russian.forms import PlainField

UNKNOWN_ORDER = {"invalid_choice": "Такого порядка строк нет: выберите столбец в заголовке таблицы."}


class FilterForm(forms.Form):
    """What the address of a list may ask for; the listing says what cannot be asked together."""

    bound_field_class = PlainField  # the search finds a word by letters of either alphabet

    def __init__(self, data: QueryDict, listing: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.listing = listing
        self.fields.update({one.name: field for one in listing.filters if (field := one.field(listing))})
        if listing.sorts:
            self.fields["sort"] = forms.ChoiceField(
                required=False,
                choices=[(sort, sort) for sort in listing.sorts],
                widget=forms.HiddenInput,
                error_messages=UNKNOWN_ORDER,
            )

    def clean(self) -> None:
        """What the listing has to say about the answers together."""
        self.listing.check(self)


def query_of(asked: Mapping[str, str]) -> str:
    """The query string of some answers, with its question mark; empty ones are left out."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return f"?{query.urlencode()}" if query else ""
