"""What rooms above the registry bring to it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.access import Visitor
from listings.filters import Choice
from municipalities import registration
from municipalities.models import Municipality
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.registration import Section, add_filter, add_section
from municipalities.registry import Registry
from tests.municipalities.factory import city

pytestmark = pytest.mark.django_db

FIRST_LETTER = [("К", "На К")]


@pytest.fixture(autouse=True)
def nothing_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry as it is without the rooms above it."""
    monkeypatch.setattr(registration, "_filters", {})
    monkeypatch.setattr(registration, "_sections", {})


def by_letter(listing: object, rows: MunicipalityQuerySet, letter: str) -> MunicipalityQuerySet:
    return rows.filter(name__startswith=letter)


def registry(query: str, user: Visitor) -> Registry:
    return Registry(QueryDict(query), user)


def test_a_filter_narrows_the_rows_and_is_named_in_words(kostroma: Municipality, chair: Visitor) -> None:
    city("Орёл", 1)
    for _ in "12":
        add_filter(Choice("letter", "Буква", "Любая", FIRST_LETTER, by=by_letter))
    shown = registry("letter=К", chair)
    assert ([one.name for one in shown.rows()], shown.description()) == (["Кострома"], "Буква – На К")
    names = list(shown.form.fields)
    assert names.index("freshness") + 1 == names.index("letter") == names.index("as_of") - 1
    assert not registry("letter=Я", chair).is_valid


def test_a_filter_without_choices_is_not_offered(kostroma: Municipality, chair: Visitor) -> None:
    add_filter(Choice("letter", "Буква", "Любая", lambda listing: None, by=by_letter))
    shown = registry("letter=Я", chair)
    assert ("letter" in shown.form.fields, shown.count) == (False, 1)


def test_sections_stand_on_the_page_in_the_order_in_which_they_were_brought(
    client: Client, kostroma: Municipality
) -> None:
    def facts(user: Visitor, municipality: Municipality) -> dict[str, Any]:
        return {"status": "active", "label": f"Раздел: {municipality}"}

    for template in ("municipalities/_changes.html", "municipalities/_changes.html", "municipalities/_regions.html"):
        add_section(Section(template, facts))
    sections = client.get(kostroma.get_absolute_url()).context["sections"]
    assert [one.template for one in sections] == ["municipalities/_changes.html", "municipalities/_regions.html"]
    assert sections[0].content["label"] == "Раздел: Кострома"


def test_without_other_rooms_the_page_is_whole(client: Client, kostroma: Municipality) -> None:
    page = client.get(kostroma.get_absolute_url()).content.decode()
    assert "История участия" in page
    assert "Практики</h2>" not in page
