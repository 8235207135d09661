"""Municipalities and representatives: what they derive, and what the database refuses."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from municipalities.models import IndexGroup, Municipality, Representative
from tests.municipalities.factory import city

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ярославль", "yaroslavl"),
        ("Великий Новгород", "veliky-novgorod"),
        ("Нарьян-Мар", "naryan-mar"),
        ("Щёлково", "shchyolkovo"),
        ("!!!", "municipality"),
    ],
)
def test_the_address_is_the_transliterated_name(name: str, slug: str) -> None:
    assert city(name, 1).slug == slug


def test_a_taken_address_gets_a_number() -> None:
    assert [city("Киров", number).slug for number in (1, 2, 3)] == ["kirov", "kirov-2", "kirov-3"]


@pytest.mark.parametrize(("name", "slug"), [("Адд", "add-2"), ("Импорт", "import-2"), ("Линкс", "links")])
def test_a_page_of_its_own_is_never_a_municipality(name: str, slug: str) -> None:
    assert city(name, 1).slug == slug


def test_the_address_survives_renaming(kostroma: Municipality) -> None:
    kostroma.name = "Кострома-на-Волге"
    kostroma.save()
    kostroma.refresh_from_db()
    assert kostroma.slug == "kostroma"


def test_a_very_long_name_still_has_an_address() -> None:
    assert city("Щ" * 150, 1).get_absolute_url().startswith("/municipalities/shch")


@pytest.mark.parametrize(
    ("population", "group"),
    [
        (None, ""),
        (1, IndexGroup.SMALLER),
        (99_999, IndexGroup.SMALLER),
        (100_000, IndexGroup.BIG),
        (249_999, IndexGroup.BIG),
        (250_000, IndexGroup.LARGE),
        (1_000_000, IndexGroup.LARGE),
        (1_000_001, IndexGroup.LARGEST),
    ],
)
def test_the_database_derives_the_index_group(population: int | None, group: str) -> None:
    one = city("Город", 1, population=population)
    one.refresh_from_db()
    assert one.index_group == group


def test_the_search_text_follows_the_name(kostroma: Municipality) -> None:
    kostroma.name = "Орёл"
    kostroma.save(update_fields=["name"])
    kostroma.refresh_from_db()
    assert kostroma.search_text == "орел костромская область 34701000001"


def test_a_pasted_name_is_stored_tidy() -> None:
    assert city("Великие \u00a0 Луки\n", 1).name == "Великие Луки"


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("municipality_oktmo_8_or_11_digits", {"oktmo": "123456789"}),
        ("municipality_oktmo_8_or_11_digits", {"oktmo": "1234567a"}),
        ("municipality_named", {"name": ""}),
        ("municipality_named", {"region": ""}),
        ("municipality_district_known", {"federal_district": "atlantic"}),
        ("municipality_population_positive", {"population": 0}),
        ("municipality_coordinates_on_earth", {"latitude": Decimal(91), "longitude": Decimal(0)}),
        ("municipality_coordinates_on_earth", {"latitude": Decimal(57)}),
        ("municipality_coordinates_on_earth", {"longitude": Decimal(40)}),
        ("oktmo", {"oktmo": "11701000001"}),
        ("slug", {"slug": "arkhangelsk"}),
    ],
)
def test_the_database_refuses(
    kostroma: Municipality, arkhangelsk: Municipality, constraint: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Municipality.objects.filter(pk=kostroma.pk).update(**facts)


@pytest.mark.parametrize(
    "oktmo", ["", "1234567", "123456789", "1234567890", "1234567a", "12345678\n", "１２３４５６７８"]
)
def test_the_form_of_an_oktmo_is_checked(kostroma: Municipality, oktmo: str) -> None:
    kostroma.oktmo = oktmo
    with pytest.raises(ValidationError) as refused:
        kostroma.full_clean()
    assert "oktmo" in refused.value.message_dict


def test_nobody_represents_a_municipality_twice(kostroma: Municipality, kostroma_official: User) -> None:
    with pytest.raises(IntegrityError, match=r"representative_once|user_id"), transaction.atomic():
        Representative.objects.create(user=kostroma_official, municipality=kostroma)


def test_somebody_may_represent_several(
    kostroma: Municipality, arkhangelsk: Municipality, kostroma_official: User
) -> None:
    Representative.objects.create(user=kostroma_official, municipality=arkhangelsk)
    assert kostroma_official.representations.count() == 2
